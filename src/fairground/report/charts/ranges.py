"""Where a place stands on each measure: a dot for its rank and a band for the ranks it could have.

The band comes first and the dot second, because the range is the answer (Goldstein and Spiegelhalter, 1996).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from fairground.report.charts.canvas import WIDTH, Canvas

MARGIN, TOP, LINE, BAND, GAP = 10, 28, 22, 14, 14
LETTER = 11  # the widest that a letter of a rank is drawn, on a small screen
LETTERS = 40  # as many letters of a name as fit in a line, on a small screen


@dataclass(frozen=True)
class Range:
    """One measure: the rank, the best and the worst it could be, out of how many (1 is best)."""

    name: str
    rank: int
    best: int
    worst: int
    of: int


def ranges(rows: Sequence[Range], *, title: str) -> str:
    """Return the ranges as SVG: worst on the left, best on the right, the worst fifth shaded.

    A name has its line, or lines, to itself; the rank stands beside its band, so neither runs into the other.
    """
    told = "; ".join(f"{r.name}: {r.rank} out of {r.of}, between {r.best} and {r.worst}" for r in rows)
    names = [wrap(row.name, LETTERS) or [""] for row in rows]
    height = TOP + sum(LINE * len(lines) + BAND + GAP for lines in names)
    canvas = Canvas(title, told, height=height)
    room = WIDTH - 2 * MARGIN - max((LETTER * len(_rank(row)) for row in rows), default=0)
    canvas.text(MARGIN, 16, "Worst", "fg-chart__mark")
    canvas.text(MARGIN + room, 16, "Best", "fg-chart__mark", anchor="end")
    y: float = TOP
    for row, lines in zip(rows, names, strict=True):
        for line in lines:
            canvas.text(MARGIN, y + LINE - 6, line, "fg-chart__name")
            y += LINE
        _band(canvas, row, y=y, room=room)
        y += BAND + GAP
    return canvas.drawn()


def _band(canvas: Canvas, row: Range, *, y: float, room: float) -> None:
    """Draw one measure: the track, its worst fifth, the band, the dot, and the rank in words beside them."""
    low, high, dot = (MARGIN + room * _along(rank, row.of) for rank in (row.worst, row.best, row.rank))
    canvas.rectangle(MARGIN, y, room, BAND, "fg-chart__track")
    canvas.rectangle(MARGIN, y, room / 5, BAND, "fg-chart__worst")
    if row.best != row.worst:
        canvas.rectangle(low, y, high - low, BAND, "fg-chart__band")
    canvas.circle(dot, y + BAND / 2, BAND / 2, "fg-chart__dot")
    canvas.text(WIDTH - MARGIN, y + BAND - 1, _rank(row), "fg-chart__value", anchor="end")


def _rank(row: Range) -> str:
    return f"{row.rank} of {row.of}"


def _along(rank: int, of: int) -> float:
    return 1 - (rank - 0.5) / of
