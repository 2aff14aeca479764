"""What a place is: its code, names, tier, parents and the days between which it exists.

A place is a code and a shape on the map; a body is the legal person that governs it (`places.body`). Codes
are those of the Office for National Statistics (GSS): E06 unitary, E07 district, E08 metropolitan, E09
London, E10 county, E12 region, E47 combined authority.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from fairground.errors import BadInput

CODE = re.compile(r"[EKNSW]\d{8}", re.ASCII)  # the shape of a GSS code: nation, kind and number
KINDS = ("nation", "region", "combined-authority", "county", "district")


@dataclass(frozen=True)
class Place:
    """A place with its parents (by code, empty where it has none) and its dates.

    `start` is the first day, `end` the first day on which it is no more; None where not known or not ended.
    `planned_end` is the day on which government plans to replace it: a plan, not yet a fact. `population` is
    the mid-year estimate of `population_year`; 0 where we hold none.
    """

    code: str
    name: str
    slug: str
    kind: str
    tier: str
    region: str
    county: str
    combined_authority: str
    population: int
    start: date | None
    end: date | None
    planned_end: date | None
    tile: tuple[int, int] | None
    source: str
    population_year: int = 2022

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadInput(
                "There is no such kind of place", field="kind", value=self.kind, allowed=", ".join(KINDS)
            )
        if self.start and self.end and self.end <= self.start:
            raise BadInput("A place cannot end before it starts", field="end", value=self.end)

    def exists(self, day: date) -> bool:
        """Tell whether the place exists on a day, as far as its known dates say; plans do not count."""
        return not (self.start and day < self.start) and not (self.end and day >= self.end)

    @property
    def current(self) -> bool:
        """Tell whether the place has not ended, as far as this release of the register knows."""
        return self.end is None

    @property
    def planned(self) -> bool:
        """Tell whether the place has an end that is planned and may still change."""
        return self.planned_end is not None


@dataclass(frozen=True)
class Body:
    """A council or combined authority: the legal person, by its stable key.

    The key is mySociety's three or four letters; where mySociety has none yet, the code of the area, or its
    name in small letters where no code is known (then `area_code` is empty). `members` are the codes of the
    councils in a combined authority.
    """

    key: str
    name: str
    type: str
    area_code: str
    start: date | None
    end: date | None
    source: str
    members: tuple[str, ...] = ()

    def exists(self, day: date | None) -> bool:
        """Tell whether the body exists on a day; without a day, whether it has not ended in this release."""
        if day is None:
            return self.end is None
        return not (self.start and day < self.start) and not (self.end and day >= self.end)


@dataclass(frozen=True)
class Succession:
    """One place that gave way, or is planned to give way, to another on a day.

    `kind` is "reorganised" (all of it went into the new place), "recoded" (the same council under a new code,
    after a small change of boundary), "divided" (part of it went into the new place) or "undecided" (planned,
    and what comes next is not settled). A planned place has no code yet: `new_name` names it.
    """

    old_code: str
    new_code: str
    date: date
    kind: str
    source: str
    planned: bool = False
    new_name: str = ""


@dataclass(frozen=True)
class Match:
    """A place that a search found: how well (0 to 100) and by which of its names."""

    place: Place
    score: float
    matched_name: str
