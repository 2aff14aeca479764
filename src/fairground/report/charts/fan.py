"""A line with a band around it over time: the middle of many tries, and between which two most of them lie.

The scale holds zero, always, and a line is drawn there: what lies below it is money that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fairground.report.charts.canvas import WIDTH, Canvas, step_of

HEIGHT, LEFT, BOTTOM, TOP = 280, 84, 40, 20
LOOKS = {
    "fg-chart__band": {"fill": "#cfe4df"},
    "fg-chart__line": {"fill": "none", "stroke": "#0b5a55", "stroke-width": "3"},
    "fg-chart__grid": {"fill": "none", "stroke": "#c9c4b8", "stroke-width": "1"},
    "fg-chart__limit": {"fill": "none", "stroke": "#1b2a2f", "stroke-width": "2"},
    "fg-chart__mark": {"fill": "#1b2a2f"},
}
"""How the parts look where no style sheet is: in a document."""


@dataclass(frozen=True)
class Span:
    """One moment: what it is called, the low end, the middle and the high end."""

    name: str
    low: float
    middle: float
    high: float


def fan(rows: Sequence[Span], *, title: str, write: Callable[[float], str], inked: bool = False) -> str:
    """Return the band and its middle as SVG, nothing where there is no row.

    `write` says how a value is written beside the scale; `inked` gives each part its colour, for documents.
    """
    if not rows:
        return ""
    told = "; ".join(
        f"{r.name}: {write(r.middle)}, most between {write(r.low)} and {write(r.high)}" for r in rows
    )
    canvas = Canvas(title, told, height=HEIGHT)
    low, high = min(0.0, *(row.low for row in rows)), max(0.0, *(row.high for row in rows))
    high = high if high > low else low + 1.0
    xs = [LEFT + (WIDTH - LEFT - 16) * n / max(1, len(rows) - 1) for n in range(len(rows))]

    def y(value: float) -> float:
        return TOP + (HEIGHT - BOTTOM - TOP) * (high - value) / (high - low)

    band = [(x, y(r.low)) for x, r in zip(xs, rows, strict=True)]
    band += [(x, y(r.high)) for x, r in zip(reversed(xs), reversed(rows), strict=True)]
    _scale(canvas, low, high, y, write)
    canvas.path([*band, band[0]], "fg-chart__band")
    canvas.path([(LEFT, y(0.0)), (WIDTH - 16, y(0.0))], "fg-chart__limit")
    canvas.path([(x, y(row.middle)) for x, row in zip(xs, rows, strict=True)], "fg-chart__line")
    for n, (x, row) in enumerate(zip(xs, rows, strict=True)):
        if n % max(1, len(rows) // 6) == 0:
            canvas.text(x, HEIGHT - 14, row.name, "fg-chart__mark", anchor="middle")
    if inked:
        _ink(canvas)
    return canvas.drawn()


def _scale(
    canvas: Canvas, low: float, high: float, y: Callable[[float], float], write: Callable[[float], str]
) -> None:
    step = step_of(high - low)
    mark = step * -(-low // step) if low % step else low
    while mark <= high:
        canvas.path([(LEFT, y(mark)), (WIDTH - 16, y(mark))], "fg-chart__grid")
        canvas.text(LEFT - 8, y(mark) + 5, write(mark), "fg-chart__mark", anchor="end")
        mark += step


def _ink(canvas: Canvas) -> None:
    for shape in canvas.svg:
        for name, value in LOOKS.get(shape.get("class", ""), {}).items():
            shape.set(name, value)
