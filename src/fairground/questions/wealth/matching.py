"""What it costs to bring every place up to one region's public investment for each person.

A region's level is the mean of its five latest years of public investment per head, in the prices of the
last of them. Each district is taken to have its region's level, because none is published by district.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from fairground import places
from fairground.errors import BadInput
from fairground.questions.wealth import past
from fairground.questions.wealth.funding import REGIONS, regions
from fairground.wealth.funding.formula import Areas, matching_pot

__all__: list[str] = []

YEARS = 5


@dataclass(frozen=True)
class Matched:
    """The region matched, its pounds per head, the pence a year it takes, and how many people had less."""

    at: str
    level: Fraction
    pot: int
    people: int
    years: tuple[str, ...]


@cache
def matched(at: str) -> Matched:
    """Return the pot that lifts every district to a region's level: the sum of people x what they lack.

    Raises
    ------
    NotFound : no such region. BadInput : several regions, or the one that has least.
    """
    codes = regions(at)
    if len(codes) != 1:
        raise BadInput("Match one region only", "match", at, ", ".join(REGIONS.values()))
    level = _level(codes[0])
    districts = tuple(places.children("E92000001", kind="district"))
    areas = Areas(
        tuple(place.code for place in districts),
        tuple(place.name for place in districts),
        tuple(place.region for place in districts),
        tuple(place.population for place in districts),
        (),
    )
    had = [_level(region) for region in areas.groups]
    pot = matching_pot(areas, level=level, committed=had)
    if pot == 0:
        raise BadInput("No region has less than this one, so matching it takes no money", "match", at)
    short = sum(p for p, own in zip(areas.populations, had, strict=True) if own < level)
    return Matched(REGIONS[codes[0]], level, pot, short, past.years(YEARS))


@cache
def _level(region: str) -> Fraction:
    rates = [past.real_rate(region, year) for year in past.years(YEARS)]
    return sum(rates, Fraction(0)) / len(rates)
