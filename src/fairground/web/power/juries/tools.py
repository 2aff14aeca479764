"""What the officers of a jury can do, by group: each tool with its page and what it says now.

Apps that do more with a jury (its draw, its sittings) add their tools to `MORE` when they are ready.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.permissions import deeds

SET_UP, PEOPLE, LETTERS, DRAW, SITTINGS, MONEY = (
    "Set up", "Volunteers", "Letters", "The draw", "Sessions and answers", "Payments",
)  # fmt: skip
GROUPS = (SET_UP, LETTERS, PEOPLE, DRAW, SITTINGS, MONEY)  # as a jury goes


@dataclass(frozen=True)
class Tool:
    """One thing to do: its group, its name, its page, who may (a deed of permissions.py), how it stands."""

    group: str
    name: str
    address: str
    deed: str
    words: str = ""


MORE: list[Callable[[Jury], list[Tool]]] = []


def tools(user: Any, jury: Jury) -> list[tuple[str, list[Tool]]]:
    """Return what this person may do with the jury, group by group in the order in which a jury goes."""
    allowed = deeds(user, jury)
    found = [tool for part in (_own, *MORE) for tool in part(jury) if tool.deed in allowed]
    grouped = [(group, [tool for tool in found if tool.group == group]) for group in GROUPS]
    return [(group, listed) for group, listed in grouped if listed]


def _own(jury: Jury) -> list[Tool]:
    def at(name: str) -> str:
        return reverse(f"juries:{name}", args=[jury.round.slug])

    return [
        Tool(SET_UP, "Words, size and days", at("change"), "jury.manage"),
        Tool(SET_UP, "Whom the jury must hold, and what volunteers are asked", at("targets"), "jury.manage"),
        Tool(SET_UP, "Officers of this jury", at("people"), "jury.people"),
        Tool(
            LETTERS,
            "The letter, the plan, and making letters",
            at("letters"),
            "letters.send",
            _lettered(jury),
        ),
        Tool(PEOPLE, "The pool against the place", at("pool"), "pool.open", _counted(jury)),
        Tool(PEOPLE, "Write down a volunteer", at("write_down"), "pool.open"),
        Tool(PEOPLE, "Take in a table of volunteers", at("tables"), "pool.open"),
        Tool(PEOPLE, "Find or open a volunteer", at("volunteers"), "pool.open"),
        Tool(PEOPLE, "Take the pool along as a table", at("export"), "pool.open"),
        Tool(PEOPLE, "Erase the pool before its day", at("erase"), "pool.open", _erased(jury)),
    ]


def _counted(jury: Jury) -> str:
    people = jury.volunteers.exclude(sealed="").count()
    return "erased" if jury.erased_at else f"{people} {'person' if people == 1 else 'people'}"


def _erased(jury: Jury) -> str:
    if jury.erased_at:
        return "done"
    return f"it is erased on {jury.erase_on:%-d %B %Y} in any case"


def _lettered(jury: Jury) -> str:
    made = jury.letters.count()
    return f"{made} made" if made else "none made yet"
