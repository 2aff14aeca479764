"""The Treasury's database of public spending by region and function, read from a file that you have.

HM Treasury, Country and Regional Analysis: the workbook as published (.xlsx, .ods), or its database sheet as
CSV (2018 edition: in £ thousand, one column a financial year); or the combined file of
thomasforth/PESAParser (in pounds, one row a year). One region is spelt two ways there, and for 2004/05 to
2008/09 the combined file has totals beside their parts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from fairground.evidence import Dataset
from fairground.sources.catalogue import source
from fairground.sources.tabular import (
    Fault,
    LeftOut,
    Reading,
    Row,
    Tally,
    Wrong,
    gathered,
    number,
    raw,
    reading,
    rows,
    table_of,
)

__all__ = ["Spent", "examine", "read"]

WIDE = {
    "region": ("nuts region", "nuts 1 region", "itl region", "itl 1 region"),
    "function": ("hmt function",),
    "part": ("hmt subfunction",),
    "kind": ("cap or cur",),
    "identifiable": ("id/non-id", "id or non-id"),
}
LONG = {
    "region": ("geography",),
    "function": ("hmtfunction",),
    "part": ("hmtsubfunction",),
    "kind": ("caporcur",),
    "year": ("financialyear",),
    "value": ("value",),
}
YEAR = re.compile(r"((?:19|20)\d\d)[-/](\d\d)", re.ASCII)
DATE = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-01", re.ASCII)
KINDS = {"cap": "capital", "cur": "current"}
AREAS = {
    "E12000001": ("North East",),
    "E12000002": ("North West",),
    "E12000003": ("Yorkshire and The Humber", "Yorkshire and the Humber", "Yorkshire and Humberside"),
    "E12000004": ("East Midlands",),
    "E12000005": ("West Midlands",),
    "E12000006": ("East of England", "East", "Eastern"),
    "E12000007": ("London",),
    "E12000008": ("South East",),
    "E12000009": ("South West",),
    "S92000003": ("Scotland",),
    "W92000004": ("Wales",),
    "N92000002": ("Northern Ireland",),
}
CODES = {name.casefold(): code for code, names in AREAS.items() for name in names}
OUTSIDE = ("outside uk", "outside the uk")
NOWHERE = ("not identifiable", "non-identifiable spending", "non-regional", "non-identifiable")
NOTHING = ("", "-", "–")
TOTAL = "a total of other rows"
PART = "part of a total that the file lists too"
SLACK = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent in an area in a financial year on a function, in pounds, cash; capital or current."""

    code: str
    name: str
    financial_year: str
    function: str
    kind: str
    pounds: int | Decimal


@dataclass(frozen=True, slots=True)
class _Line:
    code: str
    function: str
    part: str
    kind: str
    years: Mapping[str, Decimal]


def read(path: Path) -> Dataset:
    """Return spending in pounds: columns code, name, financial_year, function, kind, pounds.

    Raises
    ------
    DataProblem : the file is missing, is no such table, or has a fault; names row, field, value, allowed.
    """
    return examine(path).dataset(source("hmt-cra"), file=path.name)


def examine(path: Path) -> Reading:
    """Return what the file holds, with every fault listed rather than raised."""
    tally = Tally()
    text = table_of(raw(path), path.name, tally, WIDE, LONG)
    heading = text.lstrip("\n").partition("\n")[0].casefold().replace('"', "")
    if "hmtfunction" in heading.split(","):
        found = gathered(rows(text, path.name, LONG), lambda row: _long(row, tally), tally)
    else:
        found = gathered(rows(text, path.name, WIDE, also=_year), lambda row: _wide(row, tally), tally)
    parts, doubted = _counted_twice(found)
    tally.faults += doubted
    dropped = [at for at, line in found if all((at, year) in parts for year in line.years)]
    if dropped:
        tally.dropped[PART] = len(dropped)
    return reading(len(found) - len(dropped), _sums(found, parts), Spent.__match_args__, tally)


def _year(heading: str) -> str | None:
    """Return a financial year; where a spreadsheet made the date 2010-11-01 of 2010-11, that year too."""
    found = YEAR.fullmatch(
        re.sub(r"-01(?: 00:00:00)?$", "", heading) if DATE.match(heading) else heading.strip()
    )
    return f"{found[1]}/{found[2]}" if found else None


def _wide(row: Row, tally: Tally) -> _Line:
    if row.text("identifiable").casefold() != "id":
        raise LeftOut("spending that no place can be named for")
    years = [name for name in row.cells if YEAR.fullmatch(name)]
    if not years:
        raise Wrong("There is no column of a financial year", "", "", "a heading such as 2017-18")
    return _line(row, {year: 1000 * _amount(row.text(year), year, tally) for year in years}, tally)


def _long(row: Row, tally: Tally) -> _Line:
    year = _year(row.text("year"))
    if year is None:
        raise Wrong("This is no financial year", "year", row.text("year"), "such as 2008-09")
    return _line(row, {year: _amount(row.text("value"), "value", tally)}, tally)


def _line(row: Row, years: Mapping[str, Decimal], tally: Tally) -> _Line:
    kind = row.text("kind").casefold()
    if kind not in KINDS:
        raise Wrong("Capital or current is not told", "kind", row.text("kind"), "CAP or CUR")
    function = row.text("function")
    if not function:
        raise Wrong("The function is missing", "function", "", "such as 7. Health")
    return _Line(_area(row.text("region"), tally), function, row.text("part"), KINDS[kind], years)


def _area(text: str, tally: Tally) -> str:
    name = re.sub(r"^england[_ ]+(?=\w)", "", text, flags=re.I)
    folded = name.casefold()
    if folded in CODES:
        proper = AREAS[CODES[folded]][0]
        if text != proper:
            tally.mended[f"“{text}” was read as {proper}"] += 1
        return CODES[folded]
    if folded in OUTSIDE:
        raise LeftOut("spent outside the United Kingdom")
    if folded in NOWHERE:
        raise LeftOut("spending that no place can be named for")
    if folded in ("england", "uk", "united kingdom") or folded.startswith(("total ", "uk ")):
        raise LeftOut(TOTAL)
    raise Wrong("There is no such region or nation", "region", text, ", ".join(n[0] for n in AREAS.values()))


def _amount(text: str, field: str, tally: Tally) -> Decimal:
    """Return an amount as spreadsheets write it: a dash is nothing, brackets are less than nothing."""
    if text in NOTHING:
        if text:
            tally.mended["a dash was read as nothing spent"] += 1
        return Decimal(0)
    if text.startswith("(") and text.endswith(")"):
        tally.mended["brackets were read as less than nothing"] += 1
        return -number(text[1:-1].strip(), field)
    return number(text, field)


def _counted_twice(lines: list[tuple[int, _Line]]) -> tuple[set[tuple[int, str]], list[Fault]]:
    """Return the (row, year) pairs that are parts of a listed total, and totals that are not their sum."""
    totals: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    shares: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    first: dict[tuple[str, ...], int] = {}
    for row, line in lines:
        for year, amount in line.years.items():
            key = (line.code, line.function, line.kind, year)
            (shares if line.part else totals)[key] += amount
            if not line.part:
                first.setdefault(key, row)
    both = totals.keys() & shares.keys()
    doubted = [
        Fault(
            first[key],
            "Value",
            f"{totals[key]:f}",
            "This total is not the sum of its parts",
            f"{shares[key]:f}",
        )
        for key in both
        if abs(totals[key] - shares[key]) > SLACK * max(abs(totals[key]), Decimal(10**8))
    ]
    parts = {
        (row, year)
        for row, line in lines
        if line.part
        for year in line.years
        if (line.code, line.function, line.kind, year) in both
    }
    return parts, doubted


def _sums(lines: Iterable[tuple[int, _Line]], parts: set[tuple[int, str]]) -> Iterable[Spent]:
    sums: dict[tuple[str, str, str, str], Decimal] = defaultdict(Decimal)
    for row, line in lines:
        for year, amount in line.years.items():
            if (row, year) not in parts:
                sums[line.code, year, line.function, line.kind] += amount
    for (code, year, function, kind), amount in sorted(sums.items()):
        whole = amount == amount.to_integral_value()
        yield Spent(code, AREAS[code][0], year, function, kind, int(amount) if whole else amount.normalize())
