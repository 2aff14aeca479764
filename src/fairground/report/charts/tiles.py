"""England's nine regions as nine equal tiles, about where they lie, each with its name and figure.

Equal tiles keep London from vanishing and the South West from shouting. The figure is written in each tile
and the shade only repeats it, so the map reads without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fairground.report.charts.canvas import Canvas

SIZE, GAP = 142, 6
SHADES = 5


@dataclass(frozen=True)
class Tile:
    """One region: name, place on the grid (row, column from 1), its figure and how that is written."""

    name: str
    row: int
    column: int
    value: float
    written: str


def tiles(regions: Sequence[Tile], *, title: str) -> str:
    """Return the tile map as SVG: a darker tile has a higher figure."""
    told = "; ".join(f"{tile.name} {tile.written}" for tile in regions)
    top, left = (min(getattr(tile, way) for tile in regions) for way in ("row", "column"))
    rows = max(tile.row for tile in regions) - top + 1
    columns = max(tile.column for tile in regions) - left + 1
    height = SIZE * 0.62
    canvas = Canvas(title, told, height=rows * (height + GAP), width=columns * (SIZE + GAP))
    low, high = (end(tile.value for tile in regions) for end in (min, max))
    for tile in regions:
        shade = round((SHADES - 1) * (tile.value - low) / (high - low)) + 1 if high > low else 3
        x, y = (tile.column - left) * (SIZE + GAP), (tile.row - top) * (height + GAP)
        dark = " fg-chart__tile-text--light" if shade >= 4 else ""
        canvas.rectangle(x, y, SIZE, height, f"fg-chart__tile fg-chart__tile--{shade}")
        for number, line in enumerate(_lines(tile.name)):
            canvas.text(
                x + SIZE / 2, y + 22 + 15 * number, line, "fg-chart__tile-text" + dark, anchor="middle"
            )
        canvas.text(
            x + SIZE / 2, y + height - 9, tile.written, "fg-chart__tile-figure" + dark, anchor="middle"
        )
    return canvas.drawn()


def _lines(name: str) -> list[str]:
    if len(name) <= 16:
        return [name]
    words = name.split(" ")
    return [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
