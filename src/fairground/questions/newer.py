"""Answers from a file that you add, newer than the figures that travel with Fairground.

The file is checked first; if it has a fault, there is no answer. Reference: `docs/how-to/get-more-data.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from fairground.errors import BadInput
from fairground.evidence import Answer, Source, Step, merged
from fairground.questions import data
from fairground.questions.own_table import OwnTable
from fairground.questions.wealth.funding import METHOD, REGIONS, regions
from fairground.questions.wealth.inequality import GAP
from fairground.sources import catalogue, population
from fairground.sources.catalogue import source
from fairground.sources.local_statistics import Observation
from fairground.sources.regional_spending import Spent
from fairground.wealth.funding.counterfactual import Record, Window, shortfalls, start_of
from fairground.wealth.inequality import Reading, RegionalGap, regional_gap

__all__ = ["counterfactual_of_file", "gap_of_file"]

KINDS = ("total", "capital", "current")
SPENDING, PEOPLE = "hmt-cra", "contemporary"


@dataclass(frozen=True)
class RegionExtra:
    """What a region received, what another region's rate would have brought, and the difference."""

    code: str
    name: str
    received: Fraction
    would_have: Fraction
    extra: Fraction


@dataclass(frozen=True)
class FileCounterfactual:
    """The extra of all the regions together, in pounds, and of each."""

    extra: Fraction
    rows: tuple[RegionExtra, ...]


def gap_of_file(
    id: str, path: Path | None = None, *, indicator: str = "", period: str = "", better: str = "higher"
) -> Answer[RegionalGap]:
    """Answer how far England's best region is ahead of its worst, from a file of local statistics.

    Parameters
    ----------
    id : the dataset of the file. path : the file; without it, a small made-up one.
    indicator : its name in the file; may be left out if the file has only one.
    period : as Fairground writes it, e.g. "2021-23"; the latest where left out.
    better : "higher" or "lower".

    Raises
    ------
    NotFound : no such dataset. DataProblem : the file has a fault.
    BadInput : the file is of another kind, or has no such indicator or period; says which there are.

    >>> from fairground.questions.newer import gap_of_file
    >>> round(gap_of_file("ons-hle-2026-02").value.gap, 1)
    7.1
    """
    _of_kind(id, "local_statistics")
    _one_of("better", better, ("higher", "lower"))
    answer = data.tidy(id, path)
    rows: list[Observation] = [row for row in answer.value.rows if row.code in REGIONS]
    named = sorted({row.indicator for row in rows})
    indicator = indicator or (named[0] if len(named) == 1 else "")
    _one_of("indicator", indicator, named)
    rows = [row for row in rows if row.indicator == indicator]
    periods = sorted({row.period for row in rows})
    period = period or periods[-1]
    _one_of("period", period, periods)
    rows = [row for row in rows if row.period == period]
    found = regional_gap(_readings(rows), indicator=indicator, period=period, better=better)
    steps = (
        *_gap_steps(found, rows[0].unit),
        *answer.steps,
        Step("data.newer.regions", {"count": len(rows)}),
    )
    return Answer(found, GAP, steps, answer.sources)


def _readings(rows: list[Observation]) -> tuple[Reading, ...]:
    measures = sorted({(row.measure, row.unit) for row in rows})
    if len(measures) > 1:
        told = "; ".join(f"{measure} ({unit})" for measure, unit in measures)
        raise BadInput("The file measures this in several ways", "measure", told, "a file with one measure")

    def plain(value: Any) -> float | None:
        return None if value is None else float(value)

    return tuple(
        Reading(row.code, REGIONS[row.code], float(row.value), plain(row.lower), plain(row.upper))
        for row in rows
    )


def _gap_steps(found: RegionalGap, unit: str) -> tuple[Step, ...]:
    facts = {"name": found.indicator, "period": found.period, "best": found.best, "worst": found.worst}
    facts |= {"unit": unit}
    numbers = {"high": found.rows[0].value, "low": found.rows[-1].value, "gap": found.gap}
    steps = (Step("inequality.gap", {**facts, **numbers}),)
    if found.lower is None:
        return steps
    return (*steps, Step("inequality.gap.limits", {"low": found.lower, "high": found.upper}))


def counterfactual_of_file(
    path: Path | None = None,
    *,
    areas: str,
    at: str = "London",
    first: str,
    last: str,
    function: str = "transport",
    kind: str = "total",
    people: OwnTable | None = None,
) -> Answer[FileCounterfactual]:
    """Answer what regions would have had at another's spending per head, from a Treasury file, in cash.

    Parameters
    ----------
    path : the Country and Regional Analysis; without it, a small made-up file.
    areas, at : regions by name, code or group; one region for `at`. first, last : financial years.
    function : a word that one function of the file has in its name, or "all".
    kind : total, capital or current.
    people : your own counts of people, for years that Fairground holds none of: columns code, year (of the
        middle of the year in which the financial year starts) and people.

    Raises
    ------
    DataProblem : the file has a fault. NotFound : an area for which the file has no such spending.
    BadInput : no such function, or several; a year that the file, or the counts of people, do not have.

    >>> from fairground.questions.newer import counterfactual_of_file
    >>> counterfactual_of_file(areas="North East", first="2016/17", last="2016/17").value.rows[0].name
    'North East'
    """
    _one_of("kind", kind, KINDS)
    codes, benchmark, window = regions(areas), regions(at), Window(first, last)
    if len(benchmark) != 1:
        raise BadInput("Compare with one region only", "at", at, ", ".join(REGIONS.values()))
    answer = data.tidy(SPENDING, path)
    name = _function([row.function for row in answer.value.rows], function)
    wanted = {code: REGIONS[code] for code in (*codes, *benchmark)}
    counted = _held() if people is None else _own(people)
    records = _records(answer.value.rows, wanted, window, name, kind, counted)
    found = shortfalls(records, areas=codes, at=benchmark[0], window=window)
    rows = tuple(
        RegionExtra(one.code, REGIONS[one.code], one.received, one.would_have, one.extra) for one in found
    )
    extra = sum((row.extra for row in rows), Fraction(0))
    facts = {"areas": ", ".join(REGIONS[code] for code in codes), "at": REGIONS[benchmark[0]]}
    facts |= {"first": first, "last": last, "function": name or "all functions", "kind": kind}
    told = (
        Step("data.newer.people") if people is None else Step("data.newer.people.own", {"file": people.name})
    )
    steps = (_extra_step(facts, extra), *answer.steps, told)
    cited: tuple[Source, ...] = (source(population.SERIES[PEOPLE]) if people is None else people.source(),)
    return Answer(FileCounterfactual(extra, rows), METHOD, steps, merged(answer.sources, cited))


def _extra_step(facts: Mapping[str, str], extra: Fraction) -> Step:
    code = "data.newer.counterfactual." + ("more" if extra >= 0 else "less")
    return Step(code, {**facts, "extra": abs(extra)})


def _function(names: list[str], word: str) -> str:
    """Return the one function whose name holds a word; "" for all of them."""
    if word.strip().casefold() == "all":
        return ""
    known = sorted(set(names))
    found = [name for name in known if word.strip().casefold() in name.casefold()]
    if len(found) != 1 or not word.strip():
        told = (
            "Several functions have that word" if len(found) > 1 else "No function of the file has that word"
        )
        raise BadInput(told, "function", word, "; ".join((*(found or known), "all")))
    return found[0]


def _records(
    rows: tuple[Spent, ...],
    wanted: Mapping[str, str],
    window: Window,
    name: str,
    kind: str,
    people: Mapping[tuple[str, int], int],
) -> tuple[Record, ...]:
    sums: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in rows:
        asked = name in ("", row.function) and kind in ("total", row.kind)
        if asked and row.code in wanted and row.financial_year in window.years:
            sums[row.code, row.financial_year] += Fraction(row.pounds)
    for code, year in sums:
        if (code, start_of(year)) not in people:
            raise _no_people(year, REGIONS[code], people)
    return tuple(
        Record(code, year, pounds, people[code, start_of(year) or 0]) for (code, year), pounds in sums.items()
    )


def _no_people(year: str, region: str, people: Mapping[tuple[str, int], int]) -> BadInput:
    known = sorted({year for _, year in people})
    allowed = f"financial years that start in {known[0]} to {known[-1]}, or your own counts with --people"
    return BadInput(f"No count of the people of {region} is held for that year", "year", year, allowed)


def _held() -> Mapping[tuple[str, int], int]:
    counted = population.read(PEOPLE).columns
    return dict(zip(zip(counted["code"], counted["year"], strict=True), counted["population"], strict=True))


def _own(table: OwnTable) -> Mapping[tuple[str, int], int]:
    """Return the people of regions by code and year from a person's own table."""
    found: dict[tuple[str, int], int] = {}
    cells = (table.texts("code"), table.floats("year"), table.floats("people"))
    for number, code, year, people in zip(table.numbers, *cells, strict=True):
        key = (code.upper(), int(year))
        if year != int(year) or not 1900 <= year <= 2200:
            raise BadInput("This is no year", "year", f"{year:g}", "such as 2023", number, table.name)
        if not 0 < people < 1e9 or people != int(people):
            raise BadInput(
                "People are counted", "people", f"{people:g}", "a whole number above 0", number, table.name
            )
        if found.setdefault(key, int(people)) != int(people):
            raise BadInput("Two counts for one place and year", "code", code, "one", number, table.name)
    return found


def _of_kind(id: str, reader: str) -> None:
    if catalogue.file(id).reader != reader:
        known = ", ".join(file.id for file in catalogue.files() if file.reader == reader)
        raise BadInput("This dataset has no such figures", "dataset", id, known)


def _one_of(field: str, value: str, allowed: list[str] | tuple[str, ...]) -> None:
    if value not in allowed:
        raise BadInput("There is no such choice", field, value or "nothing", ", ".join(allowed) or "none")
