"""A chart of lines over time: one whole line and one dashed line, told apart without colour.

The scale starts at zero; each line is named at its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fairground.report.charts.drawing import WIDTH, frame, line, text
from fairground.report.numbers import number

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 320, 10, 190, 30, 40


@dataclass(frozen=True)
class Line:
    """One line: its name and a value for each period."""

    name: str
    values: tuple[float, ...]


def lines(periods: Sequence[str], rows: Sequence[Line], *, title: str) -> str:
    """Return a line chart of one or two series over the same periods."""
    top = max((value for row in rows for value in row.values), default=0.0) or 1.0
    step = (WIDTH - LEFT - RIGHT) / max(len(periods) - 1, 1)

    def point(at: int, value: float) -> tuple[float, float]:
        return LEFT + at * step, HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM)

    parts = [line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, kind="rule")]
    for kind, row in zip(("path", "path2"), rows, strict=False):
        track = " ".join(f"{x:.1f},{y:.1f}" for x, y in (point(i, v) for i, v in enumerate(row.values)))
        parts.append(f'<polyline class="{kind}" points="{track}"/>')
        x, y = point(len(row.values) - 1, row.values[-1])
        parts.append(text(x + 8, y + 5, f"{row.name}: {number(row.values[-1])}", size=15, bold=True))
    parts.append(text(LEFT, HEIGHT - 14, periods[0]))
    parts.append(text(WIDTH - RIGHT, HEIGHT - 14, periods[-1], anchor="end"))
    told = "; ".join(
        f"{row.name} went from {number(row.values[0])} in {periods[0]} to {number(row.values[-1])} in {periods[-1]}"
        for row in rows
    )
    return frame(parts, height=HEIGHT, title=title, description=told)
