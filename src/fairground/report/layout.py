"""An answer laid out whole: as text for a terminal, as JSON, as a table, as CSV.

Every layout ends with the sources, so that nobody can carry a number away without them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from fairground.evidence import Answer
from fairground.report.numbers import number
from fairground.report.words import column, headline, working


def records(value: Any) -> tuple[Any, ...]:
    """Return the rows of a value: its `rows`, itself if it is a tuple of records, or itself alone."""
    found = getattr(value, "rows", value)
    return tuple(found) if isinstance(found, tuple) else (value,)


def as_table(answer: Answer[Any]) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """Return the answer's rows as column names and cells; nested values are left out."""
    rows = records(answer.value)
    if not rows:
        return (), ()
    if not is_dataclass(rows[0]):
        return ("value",), tuple((row,) for row in rows)
    names = tuple(f.name for f in fields(rows[0]) if _is_cell(getattr(rows[0], f.name)))
    return names, tuple(tuple(getattr(row, name) for name in names) for row in rows)


def _is_cell(value: Any) -> bool:
    return not (is_dataclass(value) or isinstance(value, Mapping | tuple | list))


def as_csv(answer: Answer[Any]) -> str:
    """Return the answer's rows as CSV, with the sources as comment lines at the end.

    A cell that a spreadsheet would run as a formula is led by an apostrophe.
    """
    names, rows = as_table(answer)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    writer.writerow([])
    writer.writerow(["# " + headline(answer)])
    writer.writerow([f"# Method: {answer.method.name} ({answer.method.reference})"])
    writer.writerows([["# Source: " + source_line(source)] for source in answer.sources])
    return out.getvalue()


def _safe(cell: Any) -> Any:
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + cell
    return "" if cell is None else cell


def as_json(answer: Answer[Any]) -> str:
    """Return the whole answer as indented JSON, which `Answer.from_json` reads back."""
    return answer.to_json(indent=2)


def source_line(source: Any) -> str:
    """Return a source in one line: title, publisher, edition, licence, address."""
    parts = (source.title, source.publisher, source.edition, source.licence, source.url)
    return ", ".join(part for part in parts if part)


def as_text(answer: Answer[Any]) -> str:
    """Return the answer for a terminal: headline, table, working, method, sources."""
    names, rows = as_table(answer)
    parts = [headline(answer), ""]
    if names and len(rows) > 1:
        parts += [*_grid(names, rows), ""]
    steps = working(answer)
    if steps:
        parts += ["How we worked it out", *(f"  {n}. {text}" for n, text in enumerate(steps, 1)), ""]
    parts += [f"Method: {answer.method.name} ({answer.method.reference})", "Sources"]
    return "\n".join(parts + [f"  - {source_line(source)}" for source in answer.sources])


def _grid(names: tuple[str, ...], rows: tuple[tuple[Any, ...], ...]) -> list[str]:
    shown = [[_cell(cell) for cell in row] for row in rows]
    heads = [column(name) for name in names]
    widths = [max(len(line[i]) for line in [heads, *shown]) for i in range(len(names))]
    numeric = [
        all(isinstance(row[i], int | float | Fraction | None) for row in rows) for i in range(len(names))
    ]

    def line(cells: list[str]) -> str:
        padded = [c.rjust(w) if n else c.ljust(w) for c, w, n in zip(cells, widths, numeric, strict=True)]
        return "  ".join(padded).rstrip()

    return [line(heads), "  ".join("-" * width for width in widths), *map(line, shown)]


def _cell(value: Any) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value) if isinstance(value, float | Fraction) else str(value)
