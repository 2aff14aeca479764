"""Where a jury stands, from what is kept: each stage with its day and whether it is past, now or to come.

Apps that keep more of a jury (its draw, its sittings) add their stages to `MORE` when they are ready.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from fairground.web.power.juries.models import Jury

PAST, NOW, AHEAD = "past", "now", "ahead"


@dataclass(frozen=True)
class Stage:
    """One stage: what it is called, what it says, its state, its day, and the address of its page.

    `can` is what a resident can do now or look at, in words, each with its page. `late` says that somebody
    had to do something by a day that has passed.
    """

    name: str
    words: str
    state: str
    day: date | datetime | None = None
    address: str = ""
    can: tuple[tuple[str, str], ...] = ()
    late: bool = False


@dataclass(frozen=True)
class Beside:
    """Something else that a jury's page shows, of another app: its template, and what is in it."""

    template: str
    facts: dict[str, Any]


MORE: list[Callable[[Jury], list[Stage]]] = []
BESIDE: list[Callable[[Jury], Beside | None]] = []


def stages(jury: Jury) -> list[Stage]:
    """Return the stages of a jury, in order."""
    shown = jury.round.published_at
    question = Stage("Question set", jury.question, PAST if shown else NOW, shown)
    return [question, _volunteering(jury)] + [stage for more in MORE for stage in more(jury)]


def _volunteering(jury: Jury) -> Stage:
    now, slug = timezone.now(), jury.round.slug
    over, begun = now >= jury.registration_closes, now >= jury.registration_opens
    page, own = reverse("juries:volunteer", args=[slug]), reverse("juries:mine", args=[slug])
    by_letter = "Volunteer with the code of your letter" if jury.letter_needed else "Volunteer"
    can = [(by_letter, page)] if jury.registering() else []
    can += [("Open your own page, if you volunteered", own)] if begun and not jury.erased_at else []
    can += [] if begun else [("Read what is asked, and why", page)]
    words = f"From {_day(timezone.localdate(jury.registration_opens))} to {_day(jury.last_day)}"
    return Stage(
        "People volunteer", words,
        PAST if over else NOW if begun else AHEAD, jury.registration_closes, page, tuple(can),
    )  # fmt: skip


@dataclass(frozen=True)
class Today:
    """What a resident finds of a jury today: the stages that go on, the next one, and what one can do."""

    going: tuple[Stage, ...]
    next: Stage | None
    can: tuple[tuple[str, str], ...]


def today(told: list[Stage]) -> Today:
    """Return what goes on, what comes next, and what anybody can do now; late answers go on too."""
    going = [stage for stage in told if stage.state == NOW]
    past = [stage for stage in told if stage.state == PAST]
    ahead = [stage for stage in told if stage.state == AHEAD]
    shown = going or past[-1:] or told[:1]
    return Today(tuple(shown), ahead[0] if ahead else None, tuple(can for one in shown for can in one.can))


def beside(jury: Jury) -> list[Beside]:
    """Return what else the page of a jury shows."""
    return [found for part in BESIDE if (found := part(jury)) is not None]


def stands(jury: Jury) -> Stage:
    """Return the stage at which a jury is: the first of now, else the last that is past, else the first."""
    told = stages(jury)
    going = [stage for stage in told if stage.state == NOW]
    past = [stage for stage in told if stage.state == PAST]
    return going[0] if going else past[-1] if past else told[0]


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
