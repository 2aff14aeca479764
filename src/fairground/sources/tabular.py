"""Reads a publisher's CSV file or spreadsheet row by row, and says exactly where it is not what it should be.

A row that is wrong in a known way is left out or mended, and counted. Anything else is a fault: it is
listed with its row, field, value and what is allowed, and no figure of such a file is used. CSV as in RFC
4180.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from fairground.errors import DataProblem
from fairground.evidence import Dataset, Quality, Source
from fairground.spreadsheets import as_csv, is_spreadsheet
from fairground.table_text import UTF16, listed, separator

T = TypeVar("T")
NUMBER = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d{1,3})?", re.ASCII)
MOST_FAULTS = 100_000
LONGEST_NUMBER = 300  # characters of a whole number: above that Python does not write it out


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell or row that is not what it should be, and what would be allowed there."""

    row: int
    field: str
    value: str
    what: str
    allowed: str


class Wrong(Exception):
    """Raised inside a reader for a row that has a fault."""

    def __init__(self, what: str, field: str = "", value: object = "", allowed: str = "") -> None:
        super().__init__(what)
        self.what, self.field, self.value, self.allowed = what, field, str(value), allowed


class LeftOut(Exception):
    """Raised inside a reader for a row that is left out for a known reason."""


@dataclass
class Tally:
    """What happened to the rows of a file so far; and its sheet, if it is a spreadsheet."""

    read: int = 0
    sheet: str = ""
    dropped: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """What a file, or one sheet of it, holds: columns of equal length, what was kept, and every fault."""

    columns: Mapping[str, tuple[Any, ...]]
    quality: Quality
    faults: tuple[Fault, ...]
    sheet: str = ""

    def dataset(self, source: Source, *, file: str) -> Dataset:
        """Return the columns with their source.

        Raises
        ------
        DataProblem : the file has a fault; shows the first and counts the others.
        """
        if self.faults:
            first, others = self.faults[0], len(self.faults) - 1
            more = f", and {others} more fault{'s' * (others > 1)}" if others else ""
            raise DataProblem(
                first.what + more,
                file + self.sheet,
                first.row,
                first.field,
                first.value,
                allowed=first.allowed,
            )
        return Dataset(self.columns, source, self.quality)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file, by our own names of its columns.

    `heads` has the file's heading of each; `surplus` is how many cells are too many, or too few.
    """

    number: int
    cells: Mapping[str, str]
    heads: Mapping[str, str] = field(default_factory=dict)
    surplus: int = 0

    def text(self, name: str) -> str:
        """Return a cell without the spaces around it; double spaces and line breaks become one space."""
        return " ".join(self.cells[name].split())

    def like(self, name: str, pattern: re.Pattern[str], allowed: str) -> str:
        """Return a cell that must have a certain shape."""
        found = self.text(name)
        if not pattern.fullmatch(found):
            raise Wrong("This cell does not have the right shape", name, found, allowed)
        return found

    def amount(self, name: str, low: float | None = None, high: float | None = None) -> Decimal:
        """Return a cell that must be a number, within bounds where given. Thousands commas are allowed."""
        return number(self.text(name), name, low, high)

    def whole(self, name: str, low: int | None = None, high: int | None = None) -> int:
        """Return a cell that must be a whole number, within bounds where given."""
        told = self.text(name)
        if len(told) > LONGEST_NUMBER:
            raise Wrong("This number is out of bounds", name, told[:LONGEST_NUMBER], _bounds(low, high))
        found = Decimal(told) if told.isascii() and told.isdigit() else number(told, name, low, high)
        if found != found.to_integral_value():
            raise Wrong("This must be a whole number", name, told, _bounds(low, high))
        _within(found, told, name, low, high)
        return int(found)


def number(text: str, name: str, low: float | None = None, high: float | None = None) -> Decimal:
    """Return the number that a cell holds, exactly."""
    plain = text.replace(",", "")
    if not NUMBER.fullmatch(plain):
        raise Wrong("This must be a number", name, text, _bounds(low, high))
    found = Decimal(plain)
    _within(found, text, name, low, high)
    return found


def _within(found: Decimal, text: str, name: str, low: float | None, high: float | None) -> None:
    if (low is not None and found < low) or (high is not None and found > high):
        raise Wrong("This number is out of bounds", name, text, _bounds(low, high))


def _bounds(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return "digits, such as 1234.5"
    if high is None:
        return f"{low} or more"
    return f"{high} or less" if low is None else f"{low} to {high}"


def raw(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    DataProblem : the file is missing or cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as fault:
        told = f"The file cannot be read ({fault.strerror})"
        raise DataProblem(told, str(path), try_this="check its name and its folder") from fault


def table_of(
    content: bytes, file: str, tally: Tally, *shapes: Mapping[str, tuple[str, ...]], latin: bool = False
) -> str:
    """Return the text of a CSV file, or of the sheet of a spreadsheet that has the columns of a shape.

    Raises
    ------
    DataProblem : as `text_of`; or no sheet has the columns.
    """
    if not is_spreadsheet(content):
        return text_of(content, file, tally, latin=latin)
    text, name = as_csv(content, file, [list(shape.values()) for shape in shapes])
    tally.sheet = name.removeprefix(file)
    return text


def text_of(content: bytes, file: str, tally: Tally, *, latin: bool = False) -> str:
    """Return the text of a file, without a byte order mark; with `latin`, also one written in Latin-1.

    Raises
    ------
    DataProblem : the file is empty, a spreadsheet, a web page, or text that is not UTF-8.
    """
    _refuse_what_is_no_table(content, file)
    if content.startswith(b"\xef\xbb\xbf"):
        tally.mended["a byte order mark stood at the start of the file"] += 1
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        if latin:
            tally.mended["the file was written in Latin-1, not UTF-8"] += 1
            return content.decode("latin-1")
        line = content[: fault.start].count(b"\n") + 1
        raise DataProblem(
            "A character cannot be read", file, line, "", repr(content[fault.start : fault.end]),
            "saving the file again as CSV UTF-8", "text in UTF-8",
        ) from fault  # fmt: skip


def _refuse_what_is_no_table(content: bytes, file: str) -> None:
    save = "open it and save the sheet as CSV UTF-8"
    start = content[:200].lstrip().lower()
    if not content.strip():
        raise DataProblem("The file is empty", file, try_this="fetching it again")
    if is_spreadsheet(content):
        raise DataProblem("This is a spreadsheet or a zip file, not a CSV table", file, try_this=save)
    if content.startswith(UTF16):
        raise DataProblem("The file is in UTF-16, not UTF-8", file, try_this=save)
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise DataProblem("This is a web page, not a table", file, try_this="downloading the file itself")
    if content.startswith(b"version https://git-lfs"):
        raise DataProblem("This only points to the real file", file, try_this="downloading the file itself")


def records(text: str, file: str) -> Iterator[list[str]]:
    """Yield the records of a CSV text, as lists of cells.

    Raises
    ------
    DataProblem : a quotation mark is not closed, or the text is no CSV for another reason.
    """
    read = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from read
    except csv.Error as fault:
        raise DataProblem(f"This is not well-formed CSV ({fault})", file, read.line_num) from fault


def grid(text: str, file: str) -> list[list[str]]:
    """Return the rows of a table that people made, whatever stands between its cells; empty rows count.

    Raises
    ------
    DataProblem : the text is no CSV from a row on, or has more rows than a spreadsheet can.
    """
    read = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator(text))
    return listed(read, DataProblem, file)


def rows(
    text: str,
    file: str,
    names: Mapping[str, tuple[str, ...]],
    *,
    also: Callable[[str], str | None] = lambda heading: None,
) -> Iterator[Row]:
    """Yield the rows of a table whose first record that is not empty holds the headings.

    Parameters
    ----------
    names : our name of each column that is needed, and the headings that it may have; capitals and spaces
    do not
        matter, and a heading that ends with `*` matches the beginning.
    also : gives our name of a further column by its heading, or None to pass it over.

    Raises
    ------
    DataProblem : a column that is needed is missing; names it and shows the headings that are there.
    """
    found = enumerate(records(text, file), start=1)
    line, first = next(((at, cells) for at, cells in found if "".join(cells).strip()), (1, []))
    heads = [" ".join(cell.split()) for cell in first]
    places = {name: _column(heads, accepted, file, line) for name, accepted in names.items()}
    for at, head in enumerate(heads):
        if (name := also(head)) is not None and places.setdefault(name, at) != at:
            raise DataProblem("Two columns have one heading", file, line, head, allowed="each heading once")
    headings = {name: heads[at] for name, at in places.items()}
    for ordinal, cells in found:
        if not "".join(cells).strip():
            continue
        surplus = len(cells) - len(heads)
        full = cells + [""] * -surplus
        yield Row(ordinal, {name: full[at] for name, at in places.items()}, headings, surplus)


def _column(heads: list[str], accepted: tuple[str, ...], file: str, line: int) -> int:
    folded = [head.casefold() for head in heads]
    for name in accepted:
        for at, head in enumerate(folded):
            if head == name or (name.endswith("*") and head.startswith(name[:-1])):
                return at
    shown = ", ".join(heads[:12]) + ("…" if len(heads) > 12 else "")
    wanted = " or ".join(name.rstrip("*") for name in accepted)
    raise DataProblem("A column is missing", file, line, accepted[0].rstrip("*"), shown, allowed=wanted)


def gathered(found: Iterable[Row], parse: Callable[[Row], T], tally: Tally) -> list[tuple[int, T]]:
    """Return row number and record of each row; count those left out, and list the faults of those wrong."""
    kept = []
    for row in found:
        tally.read += 1
        if len(tally.faults) >= MOST_FAULTS:  # no figure of such a file is used anyway
            what = "The file has too many faults: what follows is not read"
            tally.faults.append(Fault(row.number, "", "", what, f"up to {MOST_FAULTS:,}"))
            break
        try:
            if row.surplus:
                raise Wrong(
                    "A row has too many or too few cells", "", f"{row.surplus:+d} cells", "one a heading"
                )
            kept.append((row.number, parse(row)))
        except LeftOut as reason:
            tally.dropped[str(reason)] += 1
        except Wrong as wrong:
            heading = row.heads.get(wrong.field, wrong.field)
            tally.faults.append(Fault(row.number, heading, wrong.value, wrong.what, wrong.allowed))
    return kept


def reading(kept: int, records: Iterable[Any], names: tuple[str, ...], tally: Tally) -> Reading:
    """Return what was read, as columns: one for each field of the records."""
    held = list(records)
    columns = {name: tuple(getattr(record, name) for record in held) for name in names}
    quality = Quality(tally.read, kept, dict(tally.dropped), dict(tally.mended))
    return Reading(columns, quality, tuple(sorted(tally.faults, key=lambda fault: fault.row)), tally.sheet)
