"""What regions had before: public investment per head over ten years, in real terms, beside London's.

The Treasury publishes it by region, not by district, so each district is taken to have its region's rate.
Money of the past is turned into money of the last year by the Consumer Prices Index of the financial year,
and divided by the people of the mid-year in which the financial year starts.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from fairground import places
from fairground.errors import BadInput
from fairground.sources import figures, population, prices
from fairground.wealth.funding.catch_up import YearPast, years_behind

__all__: list[str] = []

LONDON = "E12000007"
RATE = "all_capital_per_head"
DEPRECIATION = Fraction(4, 100)
LOOK_BACK = 10
SOURCES = ("hmt-cra-2005-2018", "ons-mye-start-year", "ons-cpi-2022-07")


@cache
def years(look_back: int = LOOK_BACK, *, until: str = "") -> tuple[str, ...]:
    """Return the latest financial years (ten) for which regional investment is bundled, up to a year."""
    held = figures.periods(RATE, "region")
    return tuple(year for year in held if not until or year <= until)[-look_back:]


def region_behind(look_back: int = LOOK_BACK, *, until: str = "") -> dict[str, Fraction]:
    """Return the years that each region is behind London's level of public investment, up to a year."""
    return {
        region: years_behind(
            history(region, look_back, until=until), depreciation=DEPRECIATION, look_back=look_back
        )
        for region in regions()
    }


def regions() -> tuple[str, ...]:
    """Return the codes of the nine regions."""
    return tuple(place.code for place in places.children("E92000001", kind="region"))


def history(region: str, look_back: int = LOOK_BACK, *, until: str = "") -> tuple[YearPast, ...]:
    """Return a region's past years beside London's, in pounds per head at the last year's prices."""
    people = _people()
    return tuple(
        YearPast(year, real_rate(LONDON, year), real_rate(region, year), people[region, int(year[:4])])
        for year in years(look_back, until=until)
    )


def real_rate(region: str, year: str) -> Fraction:
    """Return a region's public investment per head in a year, at the prices of the last year held."""
    held = figures.figure(region, RATE, period=year)
    if held is None:
        raise BadInput("No spending is bundled for this year", "year", year, ", ".join(years()))
    index = _prices()
    return Fraction(held.value) * index[years()[-1]] / index[year]


@cache
def _people() -> dict[tuple[str, int], int]:
    columns = population.read("contemporary").columns
    rows = zip(columns["code"], columns["year"], columns["population"], strict=True)
    return {(code, year): people for code, year, people in rows}


@cache
def _prices() -> dict[str, Fraction]:
    columns = prices.read().columns
    return dict(zip(columns["financial_year"], columns["index"], strict=True))
