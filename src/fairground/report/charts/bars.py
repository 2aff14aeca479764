"""Bars side by side, longest first as given, with the publisher's limits as a thin line.

Bars begin at zero, always: a bar that does not would mislead (Tufte, The visual display of quantitative
information, 2nd edition, 2001, chapter 2).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fairground.report.charts.canvas import WIDTH, Canvas

ROW, LETTER = 46, 10  # height of a row; the widest that a letter of a value is drawn


@dataclass(frozen=True)
class Bar:
    """One bar: its name, value, limits if any, and whether the reader's eye should go to it."""

    name: str
    value: float
    lower: float | None = None
    upper: float | None = None
    marked: bool = False


def bars(rows: Sequence[Bar], *, title: str, write: Callable[[float], str]) -> str:
    """Return a bar chart as SVG; `write` says how a value is written beside its bar."""
    top = max((max(row.value, row.upper or 0.0) for row in rows), default=1.0)
    top = top if top > 0 else 1.0
    told = "; ".join(f"{row.name} {write(row.value)}" for row in rows)
    canvas = Canvas(title, told, height=ROW * len(rows) + 4)
    room = WIDTH - 10 - LETTER * max((len(write(row.value)) for row in rows), default=0)
    for number, row in enumerate(rows):
        y = number * ROW
        length = room * max(row.value, 0) / top
        canvas.text(0, y + 16, row.name, "fg-chart__name")
        mark = " fg-chart__bar--marked" if row.marked else ""
        canvas.rectangle(0, y + 22, length, ROW - 30, "fg-chart__bar" + mark)
        end = length
        if row.lower is not None and row.upper is not None:
            low, high = (room * limit / top for limit in (row.lower, row.upper))
            canvas.line(low, y + 30, high, y + 30, "fg-chart__limit")
            for x in (low, high):
                canvas.line(x, y + 25, x, y + 35, "fg-chart__limit")
            end = max(end, high)
        canvas.text(end + 6, y + 35, write(row.value), "fg-chart__value")
    return canvas.drawn()
