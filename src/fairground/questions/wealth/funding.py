"""What places would have received at another area's public spending per head, from published figures.

Reads the Treasury's regional spending and the mid-year populations beside it, and asks the engine.
Reference: HM Treasury, Country and Regional Analysis; IPPR North (2018, 2019).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer, Method, Step, merged
from fairground.sources import population, spending
from fairground.sources.catalogue import source
from fairground.tables import rows
from fairground.wealth.funding.counterfactual import (
    CONTEMPORARY,
    Record,
    Shortfall,
    Window,
    shortfalls,
    start_of,
)

__all__ = ["counterfactual"]

FUNCTIONS = {
    "transport": "transport_total_gbp_m",
    "transport-capital": "transport_capital_gbp_m",
    "all-capital": "all_capital_gbp_m",
}
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
    """One way to work out the extra: whose population is counted, and the sums in pounds."""

    population: str
    received: Fraction
    would_have: Fraction
    extra: Fraction
    extra_per_year: Fraction


@dataclass(frozen=True)
class Counterfactual:
    """The variant that was asked for, and every variant with the range that they span."""

    chosen: Variant
    rows: tuple[Variant, ...]
    low: Fraction
    high: Fraction


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
    population_year: str = CONTEMPORARY,
) -> Answer[Counterfactual]:
    """Answer what regions would have received at another region's spending per head, in cash.

    Parameters
    ----------
    areas, at : regions by name, code or group; one region for `at`.
    first, last : financial years such as 2007/08, both included.
    function : transport, transport-capital or all-capital.
    population_year : "contemporary", or the financial year whose population is used throughout.

    Raises
    ------
    BadInput : a year outside the figures, an unknown function, a window that is not one.
    """
    if function not in FUNCTIONS:
        raise BadInput("There are no figures for this function", "function", function, ", ".join(FUNCTIONS))
    codes, benchmark, window = regions(areas), regions(at), Window(first, last)
    if len(benchmark) != 1:
        raise BadInput("Compare with one region only", "at", at, ", ".join(REGIONS.values()))
    records = _records(FUNCTIONS[function])

    def worked(year: str) -> Variant:
        found = shortfalls(records, areas=codes, at=benchmark[0], window=window, population_year=year)
        return _variant(year, found, len(window.years))

    chosen = worked(population_year)
    ways = dict.fromkeys((population_year, CONTEMPORARY, window.first, window.last))
    found = tuple(worked(year) for year in ways)
    value = Counterfactual(chosen, found, min(v.extra for v in found), max(v.extra for v in found))
    facts = {"areas": ", ".join(REGIONS[c] for c in codes), "at": REGIONS[benchmark[0]]}
    facts |= {"first": first, "last": last, "function": function}
    return _answer(value, facts)


def _answer(value: Counterfactual, facts: dict[str, str]) -> Answer[Counterfactual]:
    sums = {"extra": abs(value.chosen.extra), "per_year": abs(value.chosen.extra_per_year)}
    sums |= {"received": value.chosen.received, "would_have": value.chosen.would_have}
    code = "funding.counterfactual." + ("more" if value.chosen.extra >= 0 else "less")
    steps = (
        Step(code, {**facts, **sums}),
        Step("funding.counterfactual.sum", {**facts, **sums}),
        Step("funding.counterfactual.range", {"low": value.low, "high": value.high}),
        Step("funding.counterfactual.cash"),
        Step("funding.counterfactual.beyond"),
        Step("funding.counterfactual.residents"),
        Step("funding.counterfactual.years"),
    )
    return Answer(
        value, METHOD, steps, merged((spending.read().source,), (source(population.SERIES[CONTEMPORARY]),))
    )


def _variant(year: str, found: tuple[Shortfall, ...], years: int) -> Variant:
    received = sum((one.received for one in found), Fraction(0))
    would_have = sum((one.would_have for one in found), Fraction(0))
    extra = would_have - received
    return Variant(year, received, would_have, extra, extra / years)


def _records(column: str) -> tuple[Record, ...]:
    people = {
        (row["area_code"], int(row["year"])): int(row["population"])
        for row in rows("populations")
        if row["series"] == CONTEMPORARY and row["area_code"] in REGIONS
    }
    held = spending.read().columns
    return tuple(
        Record(code, year, Fraction(amount) * 1_000_000, people[code, start_of(year) or 0])
        for code, year, amount in zip(held["code"], held["financial_year"], held[column], strict=True)
        if code in REGIONS
    )
