"""Bars side by side, longest first as given, with the publisher's limits as a thin line.

Bars begin at zero, always: a bar that does not would mislead (Tufte, The visual display of quantitative
information, 2nd edition, 2001, chapter 2).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fairground.report.charts.canvas import WIDTH, Canvas

ROW, LABELS, VALUES = 34, 190, 90


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
    top = max((row.upper or row.value for row in rows), default=1.0)
    top = top if top > 0 else 1.0
    told = "; ".join(f"{row.name} {write(row.value)}" for row in rows)
    canvas = Canvas(title, told, height=ROW * len(rows) + 8)
    room = WIDTH - LABELS - VALUES
    for number, row in enumerate(rows):
        y = number * ROW + 4
        length = room * max(row.value, 0) / top
        canvas.text(LABELS - 8, y + 19, row.name, "fg-chart__name", anchor="end")
        canvas.rectangle(
            LABELS,
            y + 3,
            length,
            ROW - 12,
            "fg-chart__bar" + (" fg-chart__bar--marked" if row.marked else ""),
        )
        end = LABELS + length
        if row.lower is not None and row.upper is not None:
            low, high = (LABELS + room * limit / top for limit in (row.lower, row.upper))
            canvas.line(low, y + 14, high, y + 14, "fg-chart__limit")
            for x in (low, high):
                canvas.line(x, y + 9, x, y + 19, "fg-chart__limit")
            end = max(end, high)
        canvas.text(end + 8, y + 19, write(row.value), "fg-chart__value")
    return canvas.drawn()
