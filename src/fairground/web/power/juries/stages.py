"""Where a jury stands, from what is kept: each stage with its day and whether it is past, now or to come.

Apps that keep more of a jury (its draw, its sittings) add their stages to `MORE` when they are ready.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from fairground.web.power.juries.models import Jury

PAST, NOW, AHEAD = "past", "now", "ahead"


@dataclass(frozen=True)
class Stage:
    """One stage: what it is called, what it says, its state, its day, and the address of its page."""

    name: str
    words: str
    state: str
    day: date | datetime | None = None
    address: str = ""


MORE: list[Callable[[Jury], list[Stage]]] = []


def stages(jury: Jury) -> list[Stage]:
    """Return the stages of a jury, in order."""
    now = timezone.now()
    over = now >= jury.registration_closes
    begun = now >= jury.registration_opens
    told = [
        Stage(
            "Question set", jury.question, PAST if jury.round.published_at else NOW, jury.round.published_at
        ),
        Stage(
            "People volunteer",
            f"From {_day(timezone.localdate(jury.registration_opens))} to {_day(jury.last_day)}",
            PAST if over else NOW if begun else AHEAD,
            jury.registration_closes,
            reverse("juries:volunteer", args=[jury.round.slug]),
        ),
    ]
    return told + [stage for more in MORE for stage in more(jury)]


def stands(jury: Jury) -> Stage:
    """Return the stage at which a jury is: the first of now, else the last that is past, else the first."""
    told = stages(jury)
    going = [stage for stage in told if stage.state == NOW]
    past = [stage for stage in told if stage.state == PAST]
    return going[0] if going else past[-1] if past else told[0]


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
