"""Anyone's own table, as CSV: its columns by name, and each fault named by file, row, column and cell.

Rows are numbered as a spreadsheet numbers them: the header is row 1, and blank rows count.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from fairground.errors import BadInput
from fairground.evidence import Source
from fairground.table_text import listed, separator

__all__ = ["OwnTable"]

NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d+)?", re.ASCII)
SPACED = re.compile(
    r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))"
)  # 24 000, also with the spaces of printers
POUNDS = re.compile(r"^([+-]?)£([+-]?)")
MARK = re.compile(
    r"\s*\[[a-z]{1,3}\]$"
)  # how government statistics mark a figure: [p] provisional, [r] revised


@dataclass(frozen=True)
class OwnTable:
    """A person's table, read; `numbers` are the rows' numbers in the file, `cut` stands between its cells."""

    name: str
    digest: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    cut: str = ","

    @staticmethod
    def read(text: str, name: str) -> OwnTable:
        """Read a table; its first row that is not empty is the header; lines that begin with # are no rows.

        Its cells have commas between them, or tabs or semicolons where the header has no comma.

        Raises
        ------
        BadInput : no rows, two columns of one name, a row longer or shorter than the header.
        """
        cut = _cut(text)
        lines = listed(
            csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=cut), BadInput, name
        )
        top = next((at for at, cells in enumerate(lines) if any(cells) and not _is_remark(cells)), 0)
        header = tuple(cell.strip() for cell in lines[top]) if lines else ()
        times = Counter(header)
        twice = next((cell for cell in header if times[cell] > 1), None)
        if twice is not None:
            raise BadInput("Two columns have one name", "header", twice, "each name once", top + 1, name)
        body = [
            (number, tuple(row)) for number, row in enumerate(lines, start=1) if number > top + 1 and any(row)
        ]
        kept = [(number, row) for number, row in body if not _is_remark(row)]
        if not kept:
            raise BadInput("The table has no rows", allowed="a header and at least one row", file=name)
        for number, row in kept:
            if len(row) != len(header):
                what = "This row has more or fewer cells than the header"
                raise BadInput(what, "cells", len(row), f"{len(header)} cells", number, name)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return OwnTable(name, digest, header, tuple(row for _, row in kept), tuple(n for n, _ in kept), cut)

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
        """Return a column of numbers, as tables write them: 24,000; £24,000; 12%, if all have it; 12 [p]."""
        found, cells = [], self.texts(column)
        share = all(MARK.sub("", cell).endswith("%") for cell in cells)
        for number, cell in zip(self.numbers, cells, strict=True):
            worth = number_of(MARK.sub("", cell).removesuffix("%") if share else cell)
            if worth is None or (self.cut == ";" and "," in cell):
                what = "This cell must be a number"
                raise BadInput(what, column, cell, "digits, such as 24000 or 12.5", number, self.name)
            found.append(worth)
        return found

    def marked(self, column: str) -> dict[str, int]:
        """Return the marks of a column's figures, such as [p], with the number of cells that have each."""
        marks = (mark[0].strip() for cell in self.texts(column) if (mark := MARK.search(cell)))
        return dict(sorted(Counter(marks).items()))

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


def number_of(cell: str) -> float | None:
    """Return the number of a cell in the digits 0 to 9, or None.

    >>> number_of("-£24,000.50"), number_of("24 000 [r]"), number_of("12%"), number_of("1 2")
    (-24000.5, 24000.0, None, None)
    """
    plain = SPACED.sub("", MARK.sub("", cell).replace("\u2212", "-"))
    plain = POUNDS.sub(r"\1\2", plain)
    if not NUMBER.fullmatch(plain) or not any(c.isdigit() for c in plain.lower().partition("e")[0]):
        return None
    return float(plain.replace(",", ""))


def _is_remark(cells: Sequence[str]) -> bool:
    return len(cells) == 1 and cells[0].startswith("#")


def _cut(text: str) -> str:
    """Return what stands between the cells of the header."""
    lines = (line for line in io.StringIO(text.removeprefix("\ufeff")) if line.strip())
    head = next((line for line in lines if not line.startswith("#")), "")
    return separator(head)
