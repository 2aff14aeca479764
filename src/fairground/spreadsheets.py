"""Reads a table out of a spreadsheet, as publishers and councils send it: .xlsx (Excel), .ods (LibreOffice).

A workbook becomes the same plain text that a CSV file holds, with each row at its own number, so that every
reader of CSV reads spreadsheets too and names the row that a person sees. The sheet is the first that has the
columns asked for. ECMA-376 (.xlsx) and OpenDocument 1.3 (.ods), read by `python-calamine`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from fairground.errors import BadInput, DataProblem
from fairground.spreadsheet_parts import STARTS, as_shown, sound_parts
from fairground.table_text import UTF16

__all__ = ["as_csv", "heading_row", "is_spreadsheet", "tables_of", "text_of"]

DEPTH = 60
Shape = Sequence[Sequence[str]]


def is_spreadsheet(content: bytes) -> bool:
    """Say whether the bytes of a file are those of a spreadsheet, or of another packed file.

    >>> from fairground.spreadsheets import is_spreadsheet
    >>> is_spreadsheet(b"name,people")
    False
    """
    return content.startswith(STARTS)


def text_of(content: bytes, file: str, *columns: str) -> tuple[str, str]:
    """Return a person's table as CSV text, and what to call it: the file, with the sheet of a spreadsheet.

    Parameters
    ----------
    content : the bytes of the file. file : its name. columns : headings that the sheet must have.

    Raises
    ------
    BadInput : neither text in UTF-8 (or UTF-16 with its mark) nor a spreadsheet that can be read; no sheet
        has the columns.

    >>> from fairground.spreadsheets import text_of
    >>> text_of(b"name,people", "town.csv", "people")
    ('name,people', 'town.csv')
    """
    if is_spreadsheet(content):
        try:
            return as_csv(content, file, [[(name.casefold(),) for name in columns]])
        except DataProblem as fault:
            raise BadInput(fault.what, "", None, fault.allowed or fault.try_this, None, file) from fault
    try:
        text = content.decode("utf-16" if content.startswith(UTF16) else "utf-8-sig")
        if "\0" in text:  # PostgreSQL keeps none
            row = text[: text.index("\0")].count("\n") + 1
            raise BadInput("A letter cannot be read", "", "NUL", "text without it", row, file)
        return _from_headings(text, columns), file
    except UnicodeDecodeError as fault:
        raise not_utf_8(content, fault, file, "CSV saved as UTF-8, .xlsx or .ods") from fault


def not_utf_8(content: bytes, fault: UnicodeDecodeError, file: str, allowed: str) -> BadInput:
    """Return what is wrong with a text in another script: its first strange byte, and where it stands."""
    line = content[: fault.start].count(b"\n") + 1
    strange = content[fault.start : fault.start + 1]
    seen = strange.decode("cp1252", errors="ignore")
    likely = f", which Windows writes for “{seen}”" if seen.isprintable() and seen else ""
    return BadInput(
        "The file is not UTF-8 text", "", f"byte {strange.hex().upper()}{likely}", allowed, line, file
    )


def _from_headings(text: str, columns: Sequence[str]) -> str:
    """Return a text with empty lines in place of titles above the headings, as in a spreadsheet.

    Where no row has all the columns, the text is as it was: whoever reads it says what is missing.
    """
    wanted = {_folded(name) for name in columns}
    lines = text.split("\n", DEPTH)[:DEPTH] if wanted else []
    at = next((n for n, line in enumerate(lines) if any(wanted <= cells for cells in _cells(line))), 0)
    return "\n" * at + text.split("\n", at)[at] if any(map(str.strip, lines[:at])) else text


def _cells(line: str) -> Iterator[set[str]]:
    """Yield the cells of a line, cut by commas, by tabs and by semicolons."""
    for mark in ",\t;":
        with suppress(csv.Error):
            yield {_folded(cell) for row in csv.reader([line], delimiter=mark) for cell in row}


def _folded(cell: str) -> str:
    return " ".join(cell.casefold().split())


def heading_row(text: str) -> int:
    """Return the number of the row that has the headings: the first that is not empty.

    >>> from fairground.spreadsheets import heading_row
    >>> heading_row("\\n\\nname,people")
    3
    """
    return 1 + len(text) - len(text.lstrip("\n"))


def as_csv(content: bytes, file: str, shapes: Sequence[Shape]) -> tuple[str, str]:
    """Return the sheet that has all the columns of one shape as CSV text, and the name of file and sheet.

    Rows above the headings become empty lines; numbers have the 15 figures that a spreadsheet keeps; dates
    are written 2026-11-25; a cell whose formula failed holds its mark, such as #N/A.

    Parameters
    ----------
    shapes : each a list of columns, and each column the headings that it may have, in small letters; one that
        ends with `*` matches the beginning.

    Raises
    ------
    DataProblem : the file cannot be read, or no sheet has the columns; names the sheets and what is missing.
    """
    book = _opened(content, file)
    nearest: tuple[int, str, list[str]] | None = None
    for name in _by_sight(book):
        rows = [[_plain(cell) for cell in row] for row in _rows(book, name, file)]
        for at, row in enumerate(rows[:DEPTH]):
            heads = [_folded(cell) for cell in row]
            lacking = min((_lacking(heads, shape) for shape in shapes), key=len)
            if not lacking and any(heads):
                return _csv(rows, at), f"{file}, sheet “{name}”"
            if nearest is None or len(lacking) < nearest[0]:
                nearest = len(lacking), name, lacking
    sheets = ", ".join(f"“{name}”" for name in book.sheet_names)
    if nearest is None:
        raise DataProblem("The spreadsheet is empty", file, allowed="a sheet with headings and rows")
    missing = "no column " + ", ".join(nearest[2])
    raise DataProblem(
        f"No sheet of {sheets} has the columns that are needed: “{nearest[1]}” has {missing}", file,
        try_this=f"writing the headings in one of the first {DEPTH} rows of a sheet",
    )  # fmt: skip


def tables_of(
    content: bytes, file: str, *, hidden: bool = True, shown: bool = False
) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield each sheet of a spreadsheet, those that are seen first: its name, and its rows as plain text.

    Parameters
    ----------
    hidden : also those that are hidden. shown : a number that is shown with noughts in front keeps them.

    Raises
    ------
    DataProblem : the file or a sheet cannot be read.
    """
    book = _opened(content, file, shown=shown)
    out_of_sight = {s.name for s in book.sheets_metadata if s.visible != SheetVisibleEnum.Visible}
    for name in _by_sight(book):
        if hidden or name not in out_of_sight:
            yield name, [[_plain(cell) for cell in row] for row in _rows(book, name, file)]


def _opened(content: bytes, file: str, *, shown: bool = False) -> CalamineWorkbook:
    sound = sound_parts(content, file)
    try:
        return CalamineWorkbook.from_filelike(BytesIO(as_shown(sound) if shown else sound))
    except CalamineError as fault:
        raise DataProblem(
            "This is no spreadsheet that can be read", file, try_this="saving it as .xlsx, .ods or CSV UTF-8"
        ) from fault


def _by_sight(book: CalamineWorkbook) -> list[str]:
    """Return the names of the sheets, those that are hidden last."""
    return [s.name for s in sorted(book.sheets_metadata, key=lambda s: s.visible != SheetVisibleEnum.Visible)]


def _rows(book: CalamineWorkbook, name: str, file: str) -> list[list[Any]]:
    try:
        return book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, ValueError) as fault:
        raise DataProblem(f"The sheet “{name}” cannot be read", file, try_this="saving it again") from fault


def _lacking(heads: list[str], shape: Sequence[Any]) -> list[str]:
    def there(accepted: Sequence[str]) -> bool:
        return any(
            head == name or (name.endswith("*") and head.startswith(name[:-1]))
            for name in accepted
            for head in heads
        )

    return [" or ".join(accepted) for accepted in shape if not there(accepted)]


def _plain(cell: Any) -> str:
    """Return a cell as CSV would have it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        return str(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else format(cell, ".15g")
    if isinstance(cell, datetime):
        return str(cell) if any((cell.hour, cell.minute, cell.second)) else str(cell.date())
    return str(cell) if isinstance(cell, date) else re.sub(r"[\r\n]+", " ", str(cell))


def _csv(rows: list[list[str]], at: int) -> str:
    width = max(place for place, cell in enumerate(rows[at], start=1) if cell.strip())
    out = StringIO()
    write = csv.writer(out, lineterminator="\n")
    out.write("\n" * at)
    write.writerows(_trimmed(rows[at:], width))
    return out.getvalue()


def _trimmed(rows: list[list[str]], width: int) -> Iterator[list[str]]:
    """Yield rows without the empty cells to the right of the headings; an empty row has no cells."""
    for row in rows:
        used = next((place for place in range(len(row), 0, -1) if row[place - 1].strip()), 0)
        yield row[: max(used, width)] if used else []
