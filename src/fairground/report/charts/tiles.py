"""A map of England's nine regions as tiles, with the name and the number of each: no colour is needed.

The layout keeps neighbours near one another; it is our own. Darker tiles have higher values.
"""

from __future__ import annotations

from collections.abc import Mapping

from fairground.report.charts.drawing import box, frame, text
from fairground.report.numbers import number

TILES = {
    "E12000001": (0, 1, "North East"),
    "E12000002": (1, 0, "North West"),
    "E12000003": (1, 1, "Yorkshire"),
    "E12000005": (2, 0, "West Midlands"),
    "E12000004": (2, 1, "East Midlands"),
    "E12000006": (2, 2, "East"),
    "E12000009": (3, 0, "South West"),
    "E12000007": (3, 2, "London"),
    "E12000008": (3, 1, "South East"),
}


def tiles(values: Mapping[str, float], *, title: str) -> str:
    """Return a tile map of values by region code; a region without a value says "not known"."""
    ordered = sorted(values.values())
    parts = []
    for code, (row, column, name) in TILES.items():
        x, y = column * 212, row * 92
        value = values.get(code)
        shade = 0 if value is None else min(2, 3 * ordered.index(value) // len(ordered))
        parts.append(box(x + 2, y + 2, 204, 84, kind=f"tile t{shade}"))
        parts.append(text(x + 104, y + 36, name, anchor="middle", bold=True, size=18))
        parts.append(
            text(x + 104, y + 64, "not known" if value is None else number(value), anchor="middle", size=19)
        )
    told = "; ".join(
        f"{name}: {number(values[code])}" for code, (_, _, name) in TILES.items() if code in values
    )
    return frame(parts, height=372, title=title, description=told)
