"""A table as people send it, with its headings made alike: pools, histories, addresses and panels.

CSV with commas, semicolons, tabs or bars, `.xlsx` and `.ods`; a byte order mark, empty rows and capitals do
not matter, nor do rows of words above the headings. Text that is not UTF-8 but can be Windows-1252, as Excel
saves “CSV” in Britain, is read as that, and the source of the answer says so. Rows are numbered as a
spreadsheet numbers them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fairground import spreadsheets, typed
from fairground.errors import BadInput, DataProblem
from fairground.evidence import Source
from fairground.spreadsheet_parts import hidden_rows
from fairground.table_text import UTF16, WINDOWS, decoded, listed, separator

__all__ = ["PeopleTable", "alike"]

UNKNOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
DEPTH = 60  # rows in which headings are looked for
REMARK = re.compile(r" *\([^()]*\)$")
SHOWN = 4  # names of a column that are told where none is there
Names = tuple[str, ...]
Rows = tuple[tuple[int, list[str]], ...]


@dataclass(frozen=True)
class PeopleTable:
    """A table that was read: headings made alike, and each row with its number in the file.

    Parameters
    ----------
    assumed : the encoding, where it is none of today's. hidden : rows of a spreadsheet that nobody sees.
    """

    name: str
    digest: str
    heads: tuple[str, ...]
    rows: Rows
    assumed: str = ""
    hidden: int = 0

    @staticmethod
    def read(file: Path | str, *columns: str | Names, empty: bool = False) -> PeopleTable:
        """Read a table; of a spreadsheet the first sheet that has the columns.

        Parameters
        ----------
        columns : headings that the table must have; each one name, or all that are as good. empty : a table
            of headings only, or of nothing at all, is allowed.

        Raises
        ------
        BadInput : the file cannot be read, has no rows, or a row has more cells than there are headings.
        """
        path = Path(file)
        try:
            content = path.read_bytes()
        except OSError as fault:
            raise BadInput(f"The file cannot be read ({fault.strerror})", "file", str(file)) from fault
        digest = hashlib.sha256(content).hexdigest()
        if empty and not content.strip():
            return PeopleTable(path.name, digest, (), ())
        plain, assumed = _as_utf8(content)
        wanted = [(name,) if isinstance(name, str) else name for name in columns]
        name, lines, at = _found(plain, path.name, wanted)
        full = [(n, row) for n, row in enumerate(lines, start=1) if n > at and any(map(str.strip, row))]
        if len(full) < (1 if empty else 2):
            raise BadInput("The table has no rows", allowed="headings and at least one row", file=name)
        heads = tuple(_headings(full[0][1]))
        hidden = hidden_rows(plain) if spreadsheets.is_spreadsheet(plain) else 0
        return PeopleTable(name, digest, heads, _padded(full[1:], len(heads), name), assumed, hidden)

    def column(self, *names: str) -> int:
        """Return where the first of these headings is.

        Raises
        ------
        BadInput : none is there, or one is there twice.
        """
        for wanted in names:
            plain = _heading(wanted)
            times = self.heads.count(plain)
            if times > 1:
                what = "Two columns have one name"
                raise BadInput(what, "heading", wanted, "each name once", file=self.name)
            if times:
                return self.heads.index(plain)
        sought = " or ".join(f"“{name}”" for name in names[:SHOWN])
        what = f"The table has no such column: {sought}. Its columns are {_shown(self.heads)}"
        raise BadInput(what, file=self.name)

    def need(self, *columns: str | Names) -> None:
        """Name all columns that are not there, at once; as for `read`, each one name or all that are as good.

        Raises
        ------
        BadInput : one or more are not there.
        """
        wanted = [(name,) if isinstance(name, str) else name for name in columns]
        lacking = [names for names in wanted if not self.has(*names)]
        if lacking:
            named = ", ".join(" or ".join(f"“{name}”" for name in names[:2]) for names in lacking)
            what = f"The table has no such column: {named}. Its columns are {_shown(self.heads)}"
            allowed = "a column for each feature of the targets, headed alike"
            raise BadInput(what, allowed=allowed, file=self.name)

    def has(self, *names: str) -> bool:
        """Say whether one of these headings is there."""
        return any(_heading(name) in self.heads for name in names)

    def whole(self, cell: str, field: str, row: int) -> int:
        """Return a cell as a whole number.

        Raises
        ------
        BadInput : it is none.
        """
        try:
            return typed.whole(cell, field)
        except BadInput as fault:
            raise BadInput(fault.what, field, cell, "0 or more, in digits", row, self.name) from None

    def share(self, cell: str, field: str, row: int) -> float:
        """Return a cell as a share from 0 to 1: 0.25, 1/4 or 25%.

        Raises
        ------
        BadInput : it is none.
        """
        plain = cell.strip()
        try:
            if plain.endswith("%"):
                return float(typed.exact(plain[:-1].strip(), field, least=0, most=100)) / 100
            return float(typed.part(plain, field))
        except BadInput as fault:
            allowed = "0 to 1, such as 0.25, 1/4 or 25%"
            raise BadInput(fault.what, field, cell, allowed, row, self.name) from None

    @property
    def source(self) -> Source:
        """The table as a source of an answer."""
        name = f"{self.name}, read as {self.assumed}" if self.assumed else self.name
        return Source.own_file(name, self.digest)


def _found(content: bytes, file: str, wanted: Sequence[Names]) -> tuple[str, list[list[str]], int]:
    """Return what a table is called, its rows, and how many rows stand above its headings.

    Raises
    ------
    BadInput : it cannot be read; no sheet of a spreadsheet has the columns.
    """
    if not spreadsheets.is_spreadsheet(content):
        text, name = spreadsheets.text_of(content, file)
        lines = _cells(text, name)
        return name, lines, _above(lines, wanted) or 0
    try:
        return _sheet(content, file, wanted)
    except DataProblem as fault:
        raise BadInput(fault.what, "", None, fault.allowed or fault.try_this, None, file) from fault


def _sheet(content: bytes, file: str, wanted: Sequence[Names]) -> tuple[str, list[list[str]], int]:
    """Return the first sheet that has the columns, as `_found` does."""
    nearest: tuple[list[str], str, Sequence[str]] | None = None
    sheets = []
    for sheet, rows in spreadsheets.tables_of(content, file, shown=True):
        sheets.append(f"“{sheet}”")
        above = _above(rows, wanted)
        if above is not None and any(any(map(str.strip, row)) for row in rows):
            width = max((at for at, cell in enumerate(rows[above], start=1) if cell.strip()), default=0)
            return f"{file}, sheet “{sheet}”", [_cut(row, width) for row in rows], above
        lacking, heads = min(
            ((_lacking(row, wanted), row) for row in rows[:DEPTH]),
            key=lambda one: len(one[0]),
            default=([], []),
        )
        if rows and (nearest is None or len(lacking) < len(nearest[0])):
            nearest = lacking, sheet, heads
    if nearest is None:
        raise BadInput("The spreadsheet is empty", allowed="a sheet with headings and rows", file=file)
    missing = f"“{nearest[1]}” has no column {', '.join(nearest[0])}; its columns are {_shown(nearest[2])}"
    what = f"No sheet of {', '.join(sheets)} has the columns that are needed: {missing}"
    allowed = f"those headings, in one of the first {DEPTH} rows of a sheet"
    raise BadInput(what, allowed=allowed, file=file)


def _cut(row: list[str], width: int) -> list[str]:
    used = next((place for place in range(len(row), 0, -1) if row[place - 1].strip()), 0)
    return row[: max(used, width)] if used else []


def _above(rows: Sequence[Sequence[str]], wanted: Sequence[Names]) -> int | None:
    """Return how many rows stand above the first that has all columns; None where none has."""
    near = [at for at, row in enumerate(rows[:DEPTH]) if any(map(str.strip, row))]
    return next((at for at in near if not _lacking(rows[at], wanted)), None)


def _lacking(row: Sequence[str], wanted: Sequence[Names]) -> list[str]:
    heads = set(_headings(row))
    return [" or ".join(names[:3]) for names in wanted if not heads & set(map(_heading, names))]


def _as_utf8(content: bytes) -> tuple[bytes, str]:
    """Return text as UTF-8, and the encoding that was assumed where it was written in another way.

    What has control signs, or bytes that Windows-1252 does not know, is left as it is, to be refused.
    """
    if spreadsheets.is_spreadsheet(content) or content.startswith(UTF16):
        return content, ""
    text, code = decoded(content)
    return (text.encode(), code) if code == WINDOWS and not UNKNOWN.search(text) else (content, "")


def alike(text: str) -> str:
    """Return a text without what people write in many ways: capitals, spaces, long dashes, 16 to 24.

    >>> from fairground.questions.power.people_tables import alike
    >>> alike(" 16 – 24 "), alike("16 to 24")
    ('16-24', '16-24')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"[‐‑‒–—−]", "-", plain)
    plain = re.sub(" ?- ?", "-", " ".join(plain.split()))
    return re.sub(r"(?<=\d) to (?=\d)", "-", plain)


def _heading(text: str) -> str:
    """Return a heading made alike: “Ref. No” and “ref_no:” are one."""
    return alike(text).replace("_", " ").replace(".", "").rstrip(":?* ")


def _headings(row: Sequence[str]) -> list[str]:
    """Return headings made alike; a remark in brackets is left out where that makes no two of them one."""
    heads = [_heading(cell) for cell in row]
    bare = [_heading(REMARK.sub("", head)) or head for head in heads]
    return [short if bare.count(short) == 1 else head for head, short in zip(heads, bare, strict=True)]


def _shown(heads: Sequence[str]) -> str:
    return ", ".join(" ".join(head.split()) for head in heads if head.strip())


def _padded(rows: list[tuple[int, list[str]]], width: int, name: str) -> Rows:
    for number, row in rows:
        if any(cell.strip() for cell in row[width:]):
            what = "This row has more cells than there are headings"
            raise BadInput(what, "cells", len(row), f"{width}", number, name)
    return tuple((number, (row + [""] * width)[:width]) for number, row in rows)


def _cells(text: str, name: str) -> list[list[str]]:
    plain = text.removeprefix("\ufeff")
    return listed(csv.reader(io.StringIO(plain, newline=""), delimiter=separator(plain)), BadInput, name)
