"""One line over time, with each point named, so that it reads without colour.

Points stand at their true distance in time; the scale begins at zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fairground.report.charts.canvas import WIDTH, Canvas, step_of

HEIGHT, LEFT, BOTTOM, TOP = 280, 64, 40, 20
LETTER = 10  # room for a letter of a period, as large as a phone shows it


def lines(points: Sequence[tuple[str, float]], *, title: str, write: Callable[[float], str]) -> str:
    """Return a line chart as SVG; each point is a period (beginning with its year) and a value."""
    told = "; ".join(f"{period}: {write(value)}" for period, value in points)
    canvas = Canvas(title, told, height=HEIGHT)
    years = [int(period[:4]) for period, _ in points]
    span = max(years) - min(years) or 1
    top = max(value for _, value in points) * 1.1 or 1.0
    step = step_of(top)
    mark = 0.0
    while mark <= top:
        y = _y(mark, top)
        canvas.line(LEFT, y, WIDTH - 20, y, "fg-chart__grid")
        canvas.text(LEFT - 8, y + 5, write(mark), "fg-chart__mark", anchor="end")
        mark += step
    places = [
        (LEFT + 16 + (WIDTH - LEFT - 60) * (year - min(years)) / span, _y(value, top))
        for year, (_, value) in zip(years, points, strict=True)
    ]
    canvas.path(places, "fg-chart__line")
    last = -100.0
    for (x, y), (period, _) in zip(places, points, strict=True):
        canvas.circle(x, y, 5, "fg-chart__dot")
        if x - last > max(44, LETTER * len(period)):
            canvas.text(x, HEIGHT - 14, period, "fg-chart__mark", anchor="middle")
            last = x
    return canvas.drawn()


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top
