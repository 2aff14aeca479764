"""What councils were paid for land, buildings and other fixed things that they sold, by year and service.

The government's capital outturn (Capital Outturn Return, form A1), "receipts from the disposal of tangible
fixed assets", in £ thousand. Two layouts: the time series as one wide table (`PeriodCode`, `ONS_Code`,
`EandR1_<service>_rectot`), and a workbook a year with one row a council, whose headings stand below titles
and changed over the years: a service before the words in one cell, or below them. A council and year that
are there twice are refused: counted once for each of several groups, £21.3 billion became £63.8 billion in a
published chart.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from fairground.errors import DataProblem
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
    records,
    rows,
    text_of,
)
from fairground.spreadsheets import as_csv, is_spreadsheet, tables_of
from fairground.table_text import separator, wide
from fairground.tables import toml

__all__ = ["CLASSES", "Receipt", "examine", "is_outturn", "read"]

WIDE = {
    "period": ("periodcode",),
    "code": ("ons_code",),
    "name": ("la_name",),
    "all": ("eandr1_alltot_rectot",),
}
WIDE_SERVICE = re.compile(r"eandr1_(\w+tot)_rectot", re.I | re.ASCII)
SOLD = re.compile(
    r"(?P<before>.*?)\s*[:–-]?\s*(?:receipts from (?:the )?)?disposal of tangible fixed assets"
    r"\s*(?:\(?£ ?(?:000s?|thousand|k)\)?)?\s*",
    re.I,
)
CODES = ("ons code", "ons_code", "gss code", "gss_code", "ons gss code", "onscode", "area code")
NAMES = (
    "local authority",
    "la name",
    "la_name",
    "name",
    "authority",
    "authority name",
    "local authority name",
)
YEAR = re.compile(r"(?<!\d)(20\d\d)\s?(?:[-/_]|to)\s?(?:20)?(\d\d)(?!\d)", re.ASCII)
PERIOD = re.compile(r"(20\d\d)-?03", re.ASCII)
CODE = re.compile(r"[EWSN]\d{8}", re.ASCII)
CLASSES = {
    "E06": "unitary",
    "E07": "district",
    "E08": "metropolitan",
    "E09": "london",
    "E10": "county",
}
TOTALS = ("E92", "E12", "E13", "E11")
UNSAID = ("", "..", "...", "-", "–", "n/a", "x", "c", "[x]", "[c]", "[z]", "[w]")
DEPTH = 30  # rows in which the headings of a workbook are looked for
ABOVE = 4  # rows above the headings of codes in which a service may be named
MOST = 10_000_000  # £ thousand that one council can be paid in a year
OTHERS = "a body that is no principal council (police, fire, parks, waste, combined authorities)"
TOTAL = "a total of other rows"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one council was paid in a financial year for things sold of one service, in pounds, cash."""

    code: str
    name: str
    council_class: str
    financial_year: str
    service: str
    pounds: int | Decimal


@dataclass(frozen=True, slots=True)
class _Line:
    code: str
    name: str
    year: str
    services: Mapping[str, Decimal]


def read(path: Path) -> Dataset:
    """Return receipts in pounds: columns code, name, council_class, financial_year, service, pounds.

    Raises
    ------
    DataProblem : the file is missing, is no such table, or has a fault; names row, field, value, allowed.
    """
    return examine(path).dataset(source("mhclg-capital-outturn"), file=path.name)


def examine(path: Path) -> Reading:
    """Return what the file holds, with every fault listed rather than raised."""
    tally, content = Tally(), raw(path)
    if is_spreadsheet(content):
        found = _of_workbook(content, path.name, tally)
    else:
        text = _commas(text_of(_utf8(content, tally), path.name, tally, latin=True))
        found = _of_wide(text, path.name) if _is_wide(text) else _of_table(_cells(text, path.name), path.name)
    lines = gathered(found, lambda row: _line(row, tally), tally)
    tally.faults += _twice(lines)
    return reading(len(lines), _receipts(lines), Receipt.__match_args__, tally)


def is_outturn(content: bytes) -> bool:
    """Say whether a file looks like the capital outturn: its time series, or the workbook of a year."""
    if not is_spreadsheet(content):
        start = _utf8(content[:200_000], Tally())
        return bool(WIDE_SERVICE.search(start.decode("latin-1"))) or SOLD_SOMEWHERE in start
    try:
        return any(_heads(cells) for _, cells in tables_of(content, "the file")) or _has_wide(content)
    except DataProblem:
        return False


def _utf8(content: bytes, tally: Tally) -> bytes:
    code = wide(content)
    if not code:
        return content
    tally.mended["the file was written in UTF-16, not UTF-8"] += 1
    return content.decode(code, "replace").encode()


def _commas(text: str) -> str:
    """Return a text with commas between its cells, and empty lines for titles above the time series."""
    lines = text.splitlines(keepends=True)
    top = next((at for at, line in enumerate(lines[:DEPTH]) if WIDE_SERVICE.search(line)), 0)
    plain = "".join(["\n"] * top + lines[top:])
    mark = separator("".join(lines[top : top + DEPTH]))
    if mark == ",":
        return plain
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(csv.reader(io.StringIO(plain, newline=""), delimiter=mark))
    return out.getvalue()


SOLD_SOMEWHERE = b": Disposal of tangible fixed assets"


def _has_wide(content: bytes) -> bool:
    try:
        return bool(as_csv(content, "the file", [list(WIDE.values())]))
    except DataProblem:
        return False


def _is_wide(text: str) -> bool:
    return bool(WIDE_SERVICE.search(text.lstrip().partition("\n")[0]))


def _of_wide(text: str, file: str) -> Iterator[Row]:
    return rows(text, file, WIDE, also=_wide_service)


def _wide_service(heading: str) -> str | None:
    """Return our word for a column of receipts; a service that we have no word for keeps its code."""
    found = WIDE_SERVICE.fullmatch(heading.strip())
    return _by_code().get(found[1].casefold(), found[1].casefold()) if found else None


def _of_workbook(content: bytes, file: str, tally: Tally) -> Iterator[Row]:
    for sheet, cells in tables_of(content, file):
        if _heads(cells):
            tally.sheet = f", sheet “{sheet}”"
            return _of_table(cells, file)
    text, name = as_csv(content, file, [list(WIDE.values()), [("ons code",)]])
    if not _is_wide(text):
        raise _no_layout(file)
    tally.sheet = name.removeprefix(file)
    return _of_wide(text, file)


def _cells(text: str, file: str) -> list[list[str]]:
    return list(records(text, file))


def _no_layout(file: str) -> DataProblem:
    return DataProblem(
        "No column of this file holds receipts from the disposal of tangible fixed assets", file,
        allowed="EandR1_alltot_rectot, or “All services total: Disposal of tangible fixed assets”",
        try_this="the capital outturn (COR A1) of single councils, or its time series",
    )  # fmt: skip


def _heads(cells: list[list[str]]) -> tuple[int, dict[str, int]] | None:
    """Return the row of the headings of a workbook, and the column of each thing we need."""
    for at, line in enumerate(cells[:DEPTH]):
        plain = [_plain(cell) for cell in line]
        code, name = (next((plain.index(n) for n in names if n in plain), None) for names in (CODES, NAMES))
        if code is None or name is None:
            continue
        services = _services(cells[max(0, at - ABOVE) : at + 1])
        if "all" in services:
            return at, {"code": code, "name": name, **services}
    return None


def _services(above: list[list[str]]) -> dict[str, int]:
    """Return the column of each service: named before the words of a receipt, or below them in its column."""
    found: dict[str, int] = {}
    for row, line in enumerate(above):
        over = False
        for at, cell in enumerate(line):
            sold = SOLD.fullmatch(cell.strip())
            over = bool(sold and not sold["before"].strip()) or (over and not cell.strip())
            told = _below(above[row + 1 :], at) if over else _plain(sold["before"]) if sold else ""
            service = _by_heading().get(told)
            if service is not None and found.setdefault(service, at) != at:
                raise DataProblem("Two columns hold one service", value=cell, allowed="each service once")
    return found


def _below(lines: list[list[str]], at: int) -> str:
    """Return the first words below a merged heading, in one column."""
    return next((_plain(line[at]) for line in lines if at < len(line) and line[at].strip()), "")


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace(" and ", " & ").split())


def _of_table(cells: list[list[str]], file: str) -> Iterator[Row]:
    found = _heads(cells)
    if found is None:
        raise _no_layout(file)
    at, places = found
    titles = " ".join(cell for line in cells[:at] for cell in line)
    year = _said_year(titles) or _said_year(file)
    if year is None:
        told = "The file does not say its financial year"
        raise DataProblem(told, file, allowed="a year such as 2016-17 in a title or in the name of the file")
    heads = {name: cells[at][place] for name, place in places.items() if place < len(cells[at])}
    for ordinal, line in enumerate(cells[at + 1 :], start=at + 2):
        full = line + [""] * (max(places.values()) + 1 - len(line))
        if "".join(full).strip() and _plain(full[places["code"]]) not in ("", "[z]", "ons_code", "ons code"):
            held = {name: full[place] for name, place in places.items()}
            yield Row(ordinal, {**held, "year": year}, heads)


def _said_year(text: str) -> str | None:
    found = {f"{first}/{last}" for first, last in YEAR.findall(text) if (int(first) + 1) % 100 == int(last)}
    return found.pop() if len(found) == 1 else None


def _line(row: Row, tally: Tally) -> _Line:
    code = row.text("code")
    if not code or code[:3] in TOTALS:
        raise LeftOut(TOTAL)
    if not CODE.fullmatch(code):
        raise Wrong("This is no code of a council", "code", code, "a code such as E06000001")
    if code[:3] not in CLASSES:
        raise LeftOut(OTHERS)
    if row.text("all").casefold() in UNSAID:
        raise LeftOut("no figure was published for this council and year")
    names = [n for n in row.cells if n not in ("period", "code", "name", "year")]
    told = {name: row.text(name) for name in names}
    unsaid = sum(text.casefold() in UNSAID for text in told.values())
    if unsaid:
        tally.mended["a service without a figure was left empty"] += unsaid
    services = {n: _thousand(text, n) for n, text in told.items() if text.casefold() not in UNSAID}
    return _Line(code, row.text("name"), _year(row), services)


def _thousand(text: str, field: str) -> Decimal:
    """Return pounds; accountants write less than nothing in brackets."""
    if text[:1] == "(" and text[-1:] == ")":
        return -1000 * number(text[1:-1], field, 0, MOST)
    return 1000 * number(text, field, -MOST, MOST)


def _year(row: Row) -> str:
    if "year" in row.cells:
        return row.cells["year"]
    told = YEAR.fullmatch(row.text("period"))
    if told and (int(told[1]) + 1) % 100 == int(told[2]):
        return f"{told[1]}/{told[2]}"
    found = PERIOD.fullmatch(row.text("period"))
    if found is None:
        raise Wrong(
            "This is no financial year",
            "period",
            row.text("period"),
            "the March it ends in, such as 201803, or 2017-18",
        )
    end = int(found[1])
    return f"{end - 1}/{end % 100:02d}"


def _twice(lines: list[tuple[int, _Line]]) -> list[Fault]:
    """Return a fault for each council and year that another row has given already."""
    first: dict[tuple[str, str], int] = {}
    found = []
    for at, line in lines:
        before = first.setdefault((line.code, line.year), at)
        if before != at:
            told = f"{line.code}, {line.year}"
            what = f"This council and year are in row {before} already: its receipts would count twice"
            found.append(Fault(at, "ONS_Code", told, what, "one row for each council and year"))
    return found


def _receipts(lines: Iterable[tuple[int, _Line]]) -> Iterator[Receipt]:
    for _, line in lines:
        for service, pounds in line.services.items():
            whole = pounds == pounds.to_integral_value()
            exact = int(pounds) if whole else pounds
            yield Receipt(line.code, line.name, CLASSES[line.code[:3]], line.year, service, exact)


@cache
def _by_code() -> Mapping[str, str]:
    return {entry["code"]: id for id, entry in toml("fairground.sources", "council_finance.toml").items()}


@cache
def _by_heading() -> Mapping[str, str]:
    found = toml("fairground.sources", "council_finance.toml").items()
    return {heading: id for id, entry in found for heading in entry["headings"]}
