"""What has become of a volunteer, and how likely it was: other apps of a jury fill this in.

Each app adds its functions when it is ready. All of them are asked about one volunteer at a time, for the
volunteer's own page, for the file of all that is kept about them, and when they withdraw.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fairground.web.power.juries.models import Volunteer


@dataclass(frozen=True)
class Outcome:
    """Something that happened to a volunteer: "Drawn", "Invited", what it means for them, when, and where."""

    name: str
    words: str
    at: date | datetime | None = None
    address: str = ""


@dataclass(frozen=True)
class Chance:
    """How likely a volunteer is to be drawn, as the public lottery says: from 0 to 1, and its page."""

    value: float
    address: str = ""

    @property
    def words(self) -> str:
        """Return the chance as people say it."""
        if self.value <= 0:
            return "no chance: no jury that meets the targets has a place for your answers"
        if self.value >= 0.995:
            return "certain"
        return f"{self.value:.1%}, which is about 1 in {round(1 / self.value)}"


@dataclass(frozen=True)
class Part:
    """A part of a volunteer's own page that another app draws: its template, and what it shows."""

    template: str
    facts: dict[str, Any]


OUTCOMES: list[Callable[[Volunteer], list[Outcome]]] = []  # what happened, in order
CHANCES: list[Callable[[Volunteer], Chance | None]] = []  # the first that knows it counts
DATA: list[Callable[[Volunteer], dict[str, Any]]] = []  # what else is kept about them, for their file
PARTS: list[Callable[[Volunteer], Part | None]] = []  # what else their own page shows
GONE: list[Callable[[Volunteer], object]] = []  # what else must be done when they withdraw, all or nothing


def parts_of(person: Volunteer) -> list[Part]:
    """Return what else a volunteer's own page has."""
    return [found for part in PARTS if (found := part(person)) is not None]


def outcomes_of(person: Volunteer) -> list[Outcome]:
    """Return what happened to a volunteer after they came into the pool."""
    return [outcome for part in OUTCOMES for outcome in part(person)]


def chance_of(person: Volunteer) -> Chance | None:
    """Return how likely a volunteer is to be drawn, where the lottery is public."""
    return next((found for part in CHANCES if (found := part(person)) is not None), None)


def data_of(person: Volunteer) -> dict[str, Any]:
    """Return all else that is kept about a volunteer."""
    return {name: kept for part in DATA for name, kept in part(person).items()}
