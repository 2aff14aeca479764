"""An answer laid out whole: as text for a terminal, as JSON, as a table, as CSV.

Every layout ends with the sources, so that nobody can carry a number away without them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any

from fairground.evidence import Answer
from fairground.formulas import guarded
from fairground.report.numbers import number
from fairground.report.words import column, column_format, headline, working, written

WIDEST = 200  # characters: a table wider than this is shown row below row


def records(value: Any, part: str = "rows") -> tuple[Any, ...]:
    """Return the rows of a value: its `rows`, itself if it is a tuple of records, or itself alone."""
    found = value.get(part, value) if isinstance(value, Mapping) else getattr(value, part, value)
    return tuple(found) if isinstance(found, tuple) else (value,)


def parts(value: Any) -> tuple[str, ...]:
    """Return the names of a value's other tables: fields besides `rows` that hold records."""
    if isinstance(value, Mapping):
        return tuple(name for name, held in value.items() if name != "rows" and _is_rows(held))
    if not is_dataclass(value):
        return ()
    return tuple(f.name for f in fields(value) if f.name != "rows" and _is_rows(getattr(value, f.name)))


def _is_rows(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and is_dataclass(value[0])


def as_table(answer: Answer[Any], part: str = "rows") -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """Return a table of the answer (its rows, or another part) as column names and cells.

    Nested values are left out, but a field that has `each` in its metadata gives a column for each of its
    numbers: `pence` with each year becomes `pence_year_1`, `pence_year_2` and so on.
    """
    rows = records(answer.value, part)
    if not rows:
        return (), ()
    if not is_dataclass(rows[0]):
        return ("value",), tuple((row,) for row in rows)
    cells = [dict(_cells(row)) for row in rows]
    return tuple(cells[0]), tuple(tuple(row.values()) for row in cells)


def _cells(row: Any) -> Iterator[tuple[str, Any]]:
    """Yield each cell of a record with the name of its column."""
    for one in fields(row):
        value = getattr(row, one.name)
        if "each" in one.metadata:
            yield from (
                (f"{one.name}_{one.metadata['each']}_{n}", cell) for n, cell in enumerate(value, start=1)
            )
        elif _is_cell(value):
            yield one.name, value


def _is_cell(value: Any) -> bool:
    return not (is_dataclass(value) or isinstance(value, Mapping | tuple | list))


def as_csv(answer: Answer[Any], part: str = "rows") -> str:
    """Return the answer's rows (or another part) as CSV, with the sources as comment lines at the end.

    A cell that a spreadsheet would run as a formula is led by an apostrophe. An exact fraction is written
    out with twelve decimal places at most, any other decimal with six (a size below 0.001 with six digits
    that count); JSON keeps both exact.
    """
    names, rows = as_table(answer, part)
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
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, Fraction):
        return _written_out(cell)
    if isinstance(cell, float) and isfinite(cell):
        return _shortened(cell)
    return "" if cell is None else cell


def _written_out(value: Fraction) -> str:
    """Write an exact fraction as a decimal that a spreadsheet reads, to twelve places at most."""
    shown = f"{Decimal(round(value * 10**12)).scaleb(-12):f}"
    return shown.rstrip("0").rstrip(".")


def _shortened(value: float) -> str:
    """Write a decimal with the places that mean something, never as a power of ten."""
    shown = f"{value:.6f}" if value == 0 or abs(value) >= 0.001 else f"{Decimal(f'{value:.6g}'):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def as_json(answer: Answer[Any]) -> str:
    """Return the whole answer as indented JSON, which `Answer.from_json` reads back."""
    return answer.to_json(indent=2)


def source_line(source: Any) -> str:
    """Return a source in one line: title, publisher, edition, licence, address."""
    parts = (source.title, source.publisher, source.edition, source.licence, source.url)
    return ", ".join(part for part in parts if part)


def as_text(answer: Answer[Any]) -> str:
    """Return the answer for a terminal: headline, table, working, what is not known, method, sources."""
    names, rows = as_table(answer)
    parts = [headline(answer), ""]
    if names and len(rows) > 1:
        parts += [*_grid(names, rows), ""]
    said = list(zip(answer.steps[1:], working(answer), strict=True))
    steps = [text for step, text in said if ".unknown" not in step.code]
    unknown = [text for step, text in said if ".unknown" in step.code]
    if steps:
        parts += ["How we worked it out", *(f"  {n}. {text}" for n, text in enumerate(steps, 1)), ""]
    if unknown:
        parts += ["What we do not know", *(f"  - {text}" for text in unknown), ""]
    parts += [f"Method: {answer.method.name} ({answer.method.reference})", "Sources"]
    return "\n".join(parts + [f"  - {source_line(source)}" for source in answer.sources])


def _grid(names: tuple[str, ...], rows: tuple[tuple[Any, ...], ...]) -> list[str]:
    shown = [[cell_text(cell, name) for name, cell in zip(names, row, strict=True)] for row in rows]
    heads = [column(name) for name in names]
    widths = [max(len(line[i]) for line in [heads, *shown]) for i in range(len(names))]
    numeric = [
        all(isinstance(row[i], int | float | Fraction | None) for row in rows) for i in range(len(names))
    ]

    if sum(widths) + 2 * len(widths) > WIDEST:
        return _blocks(heads, shown)

    def line(cells: list[str]) -> str:
        padded = [c.rjust(w) if n else c.ljust(w) for c, w, n in zip(cells, widths, numeric, strict=True)]
        return "  ".join(padded).rstrip()

    return [line(heads), "  ".join("-" * width for width in widths), *map(line, shown)]


def _blocks(heads: list[str], shown: list[list[str]]) -> list[str]:
    """Lay out rows that are too wide for a terminal one below the other, without their empty cells."""
    lines = []
    for cells in shown:
        lines.append(cells[0])
        lines += [
            f"  {head}: {cell}" for head, cell in zip(heads[1:], cells[1:], strict=True) if cell.strip()
        ]
        lines.append("")
    return lines[:-1]


def cell_text(value: Any, column_name: str = "") -> str:
    """Return a cell as people read it; a column can name the way in which its values are written."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    way = column_format(column_name)
    if way:
        return written(value, way)
    return number(value) if isinstance(value, float | Fraction) else str(value)
