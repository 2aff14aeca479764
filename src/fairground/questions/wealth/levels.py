"""The level of each year of a path: the past years' own, or pounds for each person that somebody typed.

A level per year and what each region has besides in that year make the pot of the year: the sum over places
of people x what they lack. Each district is taken to have its region's figure, because none is published by
district. Everything is in the prices of the last year that is bundled.
"""

from __future__ import annotations

from fractions import Fraction

from fairground import places, typed
from fairground.errors import BadInput
from fairground.questions.wealth import past
from fairground.questions.wealth.choice import MOST_YEARS, Choice
from fairground.questions.wealth.funding import REGIONS, regions
from fairground.wealth.funding.formula import Areas, matching_pot
from fairground.wealth.funding.path import Terms

__all__: list[str] = []

EACH_YEAR = "each-year"
MOST = 10**6  # pounds for each person


def leveled(choice: Choice, areas: Areas, text: str, *, years: int) -> list[tuple[str, Terms]]:
    """Return each year's terms with the year whose figures they rest on; nothing where no level is given.

    Raises
    ------
    BadInput : a level that is no number, too many years, or neither a region to match nor catch-up, so that
    a level would count for nothing.
    """
    if not text.strip():
        return []
    if not (choice.match or choice.catch_up):
        raise BadInput("A level counts only with a region to match, or with catch-up", "levels", text)
    if choice.catch_up and choice.match and regions(choice.match) != (past.LONDON,):
        raise BadInput("Catch-up counts years behind London", "match", choice.match, "London, or no catch-up")
    if _each(text):
        return _known(choice, areas, years)
    last = past.years()[-1]
    own = [typed.pounds(part, "levels", least=1, most=MOST) for part in text.split(",")]
    if len(own) > years:
        raise BadInput("There are more levels than years", "levels", text, f"at most {years}")
    levels = [*own, *[own[-1]] * (years - len(own))]
    return [(last, _terms(choice, areas, level, last)) for level in levels]


def start_of(choice: Choice, text: str, *, years: int) -> str:
    """Return the year before the path: the last one held, or the one before the past years that it walks.

    Raises
    ------
    BadInput : more past years than we hold.
    """
    held = past.years(MOST_YEARS)
    if not _each(text):
        return held[-1]
    if years >= len(held):
        raise BadInput("We do not hold that many years", "years", years, f"1 to {len(held) - 1}")
    return held[-years - 1]


def _each(text: str) -> bool:
    return text.strip().casefold() == EACH_YEAR


def _known(choice: Choice, areas: Areas, years: int) -> list[tuple[str, Terms]]:
    """Return the terms of the latest years: the level that the region to match had in each of them."""
    held = past.years(MOST_YEARS)
    (at,) = regions(choice.match) if choice.match else (past.LONDON,)
    return [(year, _terms(choice, areas, past.real_rate(at, year), year)) for year in held[-years:]]


def _terms(choice: Choice, areas: Areas, level: Fraction, year: str) -> Terms:
    rate = {places.get(code).name: past.real_rate(code, year) for code in REGIONS}
    base = tuple(rate[group] for group in areas.groups)
    if not choice.match:
        return Terms(int(choice.pot * 100), level, base)
    pot = matching_pot(areas, level=level, committed=base)
    if not pot:
        raise BadInput(
            "No region has less than this level, so matching it takes no money", "levels", str(level)
        )
    return Terms(pot, level, base)
