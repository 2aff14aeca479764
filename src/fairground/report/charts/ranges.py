"""Where a place stands on each measure: a dot for its rank and a band for the ranks it could have.

The band comes first and the dot second, because the range is the answer (Goldstein and Spiegelhalter, 1996).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fairground.report.charts.canvas import WIDTH, Canvas

ROW, MARGIN = 50, 10


@dataclass(frozen=True)
class Range:
    """One measure: the rank, the best and the worst it could be, out of how many (1 is best)."""

    name: str
    rank: int
    best: int
    worst: int
    of: int


def ranges(rows: Sequence[Range], *, title: str) -> str:
    """Return the ranges as SVG: worst on the left, best on the right, the worst fifth shaded."""
    told = "; ".join(f"{r.name}: {r.rank} out of {r.of}, between {r.best} and {r.worst}" for r in rows)
    canvas = Canvas(title, told, height=ROW * len(rows) + 30)
    room = WIDTH - 2 * MARGIN
    canvas.text(MARGIN, 16, "Worst", "fg-chart__mark")
    canvas.text(WIDTH - MARGIN, 16, "Best", "fg-chart__mark", anchor="end")
    for number, row in enumerate(rows):
        y = number * ROW + 42
        canvas.text(MARGIN, y, row.name, "fg-chart__name")
        canvas.text(WIDTH - MARGIN, y, f"{row.rank} of {row.of}", "fg-chart__value", anchor="end")
        canvas.rectangle(MARGIN, y + 8, room, 14, "fg-chart__track")
        canvas.rectangle(MARGIN, y + 8, room / 5, 14, "fg-chart__worst")
        low, high = (MARGIN + room * _along(rank, row.of) for rank in (row.worst, row.best))
        if row.best != row.worst:
            canvas.rectangle(low, y + 8, high - low, 14, "fg-chart__band")
        canvas.circle(MARGIN + room * _along(row.rank, row.of), y + 15, 7, "fg-chart__dot")
    return canvas.drawn()


def _along(rank: int, of: int) -> float:
    return 1 - (rank - 0.5) / of
