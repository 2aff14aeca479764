"""What places would have received at another area's public spending per head, from published figures.

Reads the Treasury's regional spending, the populations beside it and the Consumer Prices Index, and asks the
engine every way at once: three kinds of spending, cash or real, the people of each year or of one year.
Reference: HM Treasury, Country and Regional Analysis; IPPR North (2018, 2019).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer, Method, Step, merged
from fairground.sources import population, prices, spending
from fairground.sources.catalogue import source
from fairground.wealth.funding.counterfactual import (
    CASH,
    CONTEMPORARY,
    REAL,
    Record,
    Shortfall,
    Window,
    mean_rate,
    shortfalls,
    start_of,
)

__all__ = ["counterfactual"]

FUNCTIONS = {
    "transport": "transport_total_gbp_m",
    "transport-capital": "transport_capital_gbp_m",
    "all-capital": "all_capital_gbp_m",
}
REAL_CALENDAR = "real-calendar"
PRICES = {CASH: "", REAL: "financial-year", REAL_CALENDAR: "calendar-year"}
JANUARY = "january"
REGIONS = {
    "E12000001": "North East",
    "E12000002": "North West",
    "E12000003": "Yorkshire and The Humber",
    "E12000004": "East Midlands",
    "E12000005": "West Midlands",
    "E12000006": "East of England",
    "E12000007": "London",
    "E12000008": "South East",
    "E12000009": "South West",
}
LONDON = "E12000007"
GROUPS = {
    "north": ("E12000001", "E12000002", "E12000003"),
    "midlands": ("E12000004", "E12000005"),
    "south": ("E12000006", "E12000008", "E12000009"),
    "outside-london": tuple(code for code in REGIONS if code != LONDON),
}
METHOD = Method(
    "counterfactual-per-head",
    "Another area's spending per head times the area's population, less what it received",
    "IPPR North, 2018 and 2019, recomputed from HM Treasury figures in exact fractions",
)


@dataclass(frozen=True)
class Variant:
    """One way to work out the extra: which spending, which prices, whose population; sums in pounds."""

    function: str
    prices: str
    people: str
    received: Fraction
    would_have: Fraction
    extra: Fraction
    extra_per_year: Fraction


@dataclass(frozen=True)
class AreaExtra:
    """What one region got and would have had, the way that was asked for; sums in pounds."""

    region: str
    received: Fraction
    would_have: Fraction
    extra: Fraction
    extra_per_year: Fraction


@dataclass(frozen=True)
class Counterfactual:
    """The variant that was asked for, its regions, every variant, and the range for that spending.

    `own_rate` and `other_rate` are pounds a head a year: the plain mean of the years' rates.
    """

    chosen: Variant
    own_rate: Fraction
    other_rate: Fraction
    low: Fraction
    high: Fraction
    areas: tuple[AreaExtra, ...]
    rows: tuple[Variant, ...]


@dataclass(frozen=True)
class Asked:
    """What was asked: codes of the areas and of the benchmark, and the window."""

    areas: tuple[str, ...]
    at: str
    window: Window


def regions(text: str) -> tuple[str, ...]:
    """Return region codes from a group ("north"), or codes and names with commas between.

    Raises
    ------
    NotFound : a name that is no region and no group.
    """
    known = {name.casefold(): code for code, name in REGIONS.items()} | {c.casefold(): c for c in REGIONS}
    found: list[str] = []
    for part in text.split(","):
        key = part.strip().casefold()
        codes = GROUPS.get(key) or ((known[key],) if key in known else ())
        if not codes:
            allowed = ", ".join((*GROUPS, *REGIONS.values()))
            raise NotFound("There is no such region", "areas", part.strip(), allowed)
        found += codes
    return tuple(dict.fromkeys(found))


def counterfactual(
    areas: str,
    *,
    at: str = "London",
    first: str,
    last: str,
    function: str = "transport",
    prices: str = CASH,
    people: str = CONTEMPORARY,
) -> Answer[Counterfactual]:
    """Answer what regions would have received at another region's spending per head, in every way.

    Parameters
    ----------
    areas, at : regions by name, code or group; one region for `at`.
    first, last : financial years such as 2007/08, both included.
    function : transport, transport-capital or all-capital.
    prices : "cash"; "real", in the prices of the last year by the CPI of April to March; or "real-calendar",
        by the CPI of the calendar year in which each financial year ends.
    people : "contemporary", the mid-year people of each year; "january", the people of each 1 January;
        or the financial year whose mid-year people are counted throughout.

    Raises
    ------
    BadInput : a year outside the figures, an unknown function or way, a window that is not one.
    """
    _check_choice("function", function, tuple(FUNCTIONS))
    _check_choice("prices", prices, tuple(PRICES))
    codes, benchmark = regions(areas), regions(at)
    if len(benchmark) != 1:
        raise BadInput("Compare with one region only", "at", at, ", ".join(REGIONS.values()))
    asked = Asked(codes, benchmark[0], Window(first, last))
    return _answer(asked, _value(asked, function, prices, people))


def _check_choice(field: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise BadInput(f"There are no figures for this {field}", field, value, ", ".join(allowed))


def _value(asked: Asked, function: str, prices: str, people: str) -> Counterfactual:
    found = _shortfalls(asked, function, prices, people)
    ways = dict.fromkeys((CONTEMPORARY, JANUARY, asked.window.first, asked.window.last, people))
    rows = tuple(_variant(asked, one, price, way) for one in FUNCTIONS for price in PRICES for way in ways)
    sums = [row.extra for row in rows if row.function == function]
    years = len(asked.window.years)
    return Counterfactual(
        _variant(asked, function, prices, people),
        _rate(asked, asked.areas, function, prices, people),
        _rate(asked, (asked.at,), function, prices, people),
        min(sums),
        max(sums),
        tuple(
            AreaExtra(REGIONS[one.code], one.received, one.would_have, one.extra, one.extra / years)
            for one in found
        ),
        rows,
    )


def _rate(asked: Asked, areas: tuple[str, ...], function: str, prices: str, people: str) -> Fraction:
    return mean_rate(
        _records(function, people),
        areas=areas,
        window=asked.window,
        deflators=_levels(prices),
        population_year=CONTEMPORARY if people == JANUARY else people,
    )


def _shortfalls(asked: Asked, function: str, prices: str, people: str) -> tuple[Shortfall, ...]:
    return shortfalls(
        _records(function, people),
        areas=asked.areas,
        at=asked.at,
        window=asked.window,
        deflators=_levels(prices),
        population_year=CONTEMPORARY if people == JANUARY else people,
    )


def _variant(asked: Asked, function: str, prices: str, people: str) -> Variant:
    found = _shortfalls(asked, function, prices, people)
    received = sum((one.received for one in found), Fraction(0))
    would_have = sum((one.would_have for one in found), Fraction(0))
    extra = would_have - received
    return Variant(function, prices, people, received, would_have, extra, extra / len(asked.window.years))


@cache
def _levels(way: str) -> Mapping[str, Fraction] | None:
    if way == CASH:
        return None
    held = prices.read(PRICES[way]).columns
    return dict(zip(held["financial_year"], held["index"], strict=True))


@cache
def _records(function: str, people: str) -> tuple[Record, ...]:
    """Return spending in pounds beside people: those of mid-year, or of the 1 January inside the year."""
    series, later = (JANUARY, 1) if people == JANUARY else (CONTEMPORARY, 0)
    counted = population.read(series).columns
    held_people = dict(
        zip(zip(counted["code"], counted["year"], strict=True), counted["population"], strict=True)
    )
    held = spending.read().columns
    return tuple(
        Record(code, year, Fraction(amount) * 1_000_000, held_people[code, (start_of(year) or 0) + later])
        for code, year, amount in zip(
            held["code"], held["financial_year"], held[FUNCTIONS[function]], strict=True
        )
        if code in REGIONS
    )


def _answer(asked: Asked, value: Counterfactual) -> Answer[Counterfactual]:
    chosen = value.chosen
    facts = {"areas": _listed([REGIONS[c] for c in asked.areas]), "at": REGIONS[asked.at]}
    facts |= {"first": asked.window.first, "last": asked.window.last, "function": chosen.function}
    sums = {"extra": abs(chosen.extra), "per_year": abs(chosen.extra_per_year)}
    sums |= {"received": chosen.received, "would_have": chosen.would_have}
    sums |= {"low": value.low, "high": value.high, "own": value.own_rate, "other": value.other_rate}
    every = {**facts, **sums, "people": chosen.people}
    counted = chosen.people if chosen.people in (CONTEMPORARY, JANUARY) else "fixed"
    codes = (
        "more" if chosen.extra >= 0 else "less",
        "rates",
        "sum",
        f"prices.{chosen.prices}",
        f"people.{counted}",
        "range",
        "beyond",
        "residents",
        "years",
    )
    cited = [spending.read().source, source(population.SERIES[CONTEMPORARY])]
    cited += [source(population.SERIES[JANUARY]), prices.read().source]
    steps = tuple(Step("funding.counterfactual." + code, every) for code in codes)
    return Answer(value, METHOD, steps, merged(cited))


def _listed(names: list[str]) -> str:
    """Return names as a person would say them: "A, B and C"."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
