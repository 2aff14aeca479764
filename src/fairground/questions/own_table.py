"""Anyone's own table, as CSV: its columns by name, and each fault named by file, row, column and cell.

Rows are numbered as a spreadsheet numbers them: the header is row 1, and blank rows count.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from fairground.errors import BadInput
from fairground.evidence import Source

__all__ = ["OwnTable"]

NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class OwnTable:
    """A person's table, read; `numbers` are the rows' numbers in the file."""

    name: str
    digest: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]

    @staticmethod
    def read(text: str, name: str) -> OwnTable:
        """Read CSV; the header is its first row that is not empty; lines that begin with # are passed over.

        Raises
        ------
        BadInput : no rows, two columns of one name, a row longer or shorter than the header.
        """
        lines = _records(text.removeprefix("\ufeff"), name)
        top = next((at for at, cells in enumerate(lines) if any(cells)), 0)
        header = tuple(cell.strip() for cell in lines[top]) if lines else ()
        twice = next((cell for cell in header if header.count(cell) > 1), None)
        if twice is not None:
            raise BadInput("Two columns have one name", "header", twice, "each name once", top + 1, name)
        body = [
            (number, tuple(row)) for number, row in enumerate(lines, start=1) if number > top + 1 and any(row)
        ]
        kept = [(number, row) for number, row in body if not (row[0].startswith("#") and len(row) == 1)]
        if not kept:
            raise BadInput("The table has no rows", allowed="a header and at least one row", file=name)
        for number, row in kept:
            if len(row) != len(header):
                what = "This row has more or fewer cells than the header"
                raise BadInput(what, "cells", len(row), f"{len(header)} cells", number, name)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return OwnTable(name, digest, header, tuple(row for _, row in kept), tuple(n for n, _ in kept))

    def texts(self, column: str) -> tuple[str, ...]:
        """Return a column's cells; an empty cell is refused."""
        if column not in self.header:
            raise BadInput(
                "The table has no such column", "column", column, ", ".join(self.header), file=self.name
            )
        at = self.header.index(column)
        cells = tuple(row[at].strip() for row in self.rows)
        for number, cell in zip(self.numbers, cells, strict=True):
            if not cell:
                raise BadInput("This cell is empty", column, "", "a value in every row", number, self.name)
        return cells

    def floats(self, column: str) -> list[float]:
        """Return a column of numbers; thousands may be written 24,000."""
        found = []
        for number, cell in zip(self.numbers, self.texts(column), strict=True):
            if not is_number(cell):
                what = "This cell must be a number"
                raise BadInput(what, column, cell, "digits, such as 24000", number, self.name)
            found.append(float(cell.replace(",", "")))
        return found

    def only(self, column: str, cell: str) -> OwnTable:
        """Return the rows whose cell in a column is this one."""
        keep = [at for at, found in enumerate(self.texts(column)) if found == cell]
        return replace(
            self, rows=tuple(self.rows[at] for at in keep), numbers=tuple(self.numbers[at] for at in keep)
        )

    @contextmanager
    def naming(self, fields: Mapping[str, str]) -> Iterator[None]:
        """Give an engine's errors this file's name, row numbers and column names in place of its own."""
        try:
            yield
        except BadInput as fault:
            if fault.file:
                raise
            at = self.numbers[fault.row - 1] if fault.row else None
            raise replace(fault, row=at, file=self.name, field=fields.get(fault.field, fault.field)) from None

    def source(self) -> Source:
        """Return where the numbers came from: the file, by the digest of its content."""
        return Source.own_file(self.name, self.digest)


def is_number(cell: str) -> bool:
    """Say whether a cell is a number in the digits 0 to 9."""
    return bool(NUMBER.fullmatch(cell)) and any(c.isdigit() for c in cell.lower().partition("e")[0])


def _records(text: str, name: str) -> list[list[str]]:
    read = csv.reader(io.StringIO(text, newline=""))
    try:
        return list(read)
    except csv.Error as fault:
        what = f"This is not well-formed CSV ({fault})"
        raise BadInput(what, allowed="cells with commas between them", row=read.line_num, file=name) from None
