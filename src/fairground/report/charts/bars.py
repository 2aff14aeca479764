"""A chart of bars: one line of words, one bar and one number for each thing, with limits where published.

The label stands above its bar, so that the chart can be read on a narrow phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fairground.report.charts.drawing import WIDTH, box, frame, line, text
from fairground.report.numbers import number


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its value, its limits where known, and whether it is the one that matters."""

    name: str
    value: float
    lower: float | None = None
    upper: float | None = None
    marked: bool = False
    shown: str = ""


def bars(rows: Sequence[Bar], *, title: str) -> str:
    """Return a bar chart; bars start at zero and a negative value runs to the left of it."""
    lowest = min(0.0, *(min(row.value, _or(row.lower, row.value)) for row in rows))
    highest = max(0.0, *(max(row.value, _or(row.upper, row.value)) for row in rows))
    room = WIDTH - 130
    scale = room / ((highest - lowest) or 1.0)
    zero = -lowest * scale
    parts = [part for at, row in enumerate(rows) for part in _bar(row, at * 48, zero, scale)]
    told = "; ".join(f"{row.name}: {_words(row)}" for row in rows)
    height = len(rows) * 48 + 6
    return frame([*parts, line(zero, 0, zero, height, kind="rule")], height=height, title=title, description=told)


def _or(value: float | None, other: float) -> float:
    return other if value is None else value


def _words(row: Bar) -> str:
    return row.shown or number(row.value)


def _bar(row: Bar, top: float, zero: float, scale: float) -> list[str]:
    start, length = (zero if row.value >= 0 else zero + row.value * scale), abs(row.value) * scale
    end = zero + max(row.value, _or(row.upper, row.value), 0.0) * scale
    parts = [
        text(0, top + 16, row.name, bold=row.marked),
        box(start, top + 22, length, 18, kind="marked" if row.marked else "bar"),
        text(end + 8, top + 37, _words(row), bold=True),
    ]
    if row.lower is not None and row.upper is not None:
        low, high = zero + row.lower * scale, zero + row.upper * scale
        parts.append(line(low, top + 31, high, top + 31, kind="limit"))
        parts += [line(x, top + 25, x, top + 37, kind="limit") for x in (low, high)]
    return parts
