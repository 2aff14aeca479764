"""Whom or what is scored: homes, the points of the street network, or hexagons; always in blocks.

Points and hexagons weigh alike; they show where, not how many people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.errors import BadInput, DataProblem
from fairground.networks import bends
from fairground.questions.opportunity.green_homes import BLOCK, HomeList, homes_of
from fairground.questions.opportunity.ground import Ground
from fairground.sources.homes import Block
from fairground.sources.neighbourhoods import Neighbourhoods

__all__: list[str] = []

Floats = NDArray[np.float64]
UNITS = ("homes", "nodes", "hexagons")
LEAST_SIDE, MOST_SIDE = 25.0, 2_000.0


@dataclass(frozen=True, eq=False)
class Units:
    """The list of what is scored, its blocks, and the side of a hexagon (0 for points)."""

    kind: str
    listed: HomeList
    blocks: Iterator[Block]
    side: float = 0.0


def units(known: Ground, kind: str, homes: str | Path, side: float, size: int = BLOCK) -> Units:
    """Return what is scored. With no kind and no file: homes, or nodes where the map has no buildings.

    size : how many homes a block has at most.

    Raises
    ------
    BadInput : no such kind, a side out of bounds, or a file of homes together with another kind.
    """
    if kind and kind not in UNITS:
        raise BadInput("No such unit", "units", kind, ", ".join(UNITS))
    if str(homes) and kind not in ("", "homes"):
        raise BadInput("A list of homes is scored home by home", "units", kind, "homes")
    if kind == "nodes":
        return _nodes(known)
    if kind == "hexagons":
        return _hexagons(known, side)
    try:
        listed, blocks = homes_of(known, homes, size)
    except DataProblem:
        if kind or str(homes):
            raise
        return _nodes(known)
    return Units("homes", listed, blocks)


def _nodes(known: Ground) -> Units:
    """Every point of the walking network that is not on an island, once."""
    graph = known.walk
    use = np.repeat(graph.mainland, np.diff(graph.bend_starts))
    _, first = np.unique(graph.bend_id, return_index=True)
    on = first[use[first]]
    at = bends(graph)
    names = tuple(f"n{one}" for one in graph.bend_id[on].tolist())
    return Units("nodes", *_listed(known, "nodes", names, at.x[on], at.y[on]))


def _hexagons(known: Ground, side: float) -> Units:
    """Hexagons side by side, point up, whose middle is no further from a street than its own width."""
    if not LEAST_SIDE <= side <= MOST_SIDE:
        raise BadInput(
            "The side of a hexagon is in metres", "hexagon", side, f"{LEAST_SIDE:g} to {MOST_SIDE:g}"
        )
    graph = known.walk
    wide, high = side * np.sqrt(3), side * 1.5
    row = np.round(graph.bend_y / high).astype(np.int64)
    column = np.round(graph.bend_x / wide - (row % 2) / 2).astype(np.int64)
    cells = np.unique(np.column_stack([row, column]), axis=0)
    near = np.array([(r + dr, c + dc) for dr in (-1, 0, 1) for dc in (-1, 0, 1) for r, c in ((0, 0),)])
    cells = np.unique((cells[:, None, :] + near[None]).reshape(-1, 2), axis=0)
    x, y = (cells[:, 1] + (cells[:, 0] % 2) / 2) * wide, cells[:, 0] * high
    names = tuple(f"h{r}_{c}" for r, c in cells.tolist())
    return Units("hexagons", *_listed(known, "hexagons", names, x, y), side)


def corners(x: Floats, y: Floats, side: float) -> NDArray[np.float64]:
    """Return the seven corners (the first twice) of each hexagon: (n, 7, 2) metres, against the clock."""
    turn = np.radians(90 + 60 * np.arange(7))
    return np.stack([x[:, None] + side * np.cos(turn), y[:, None] + side * np.sin(turn)], axis=2)


def _listed(
    known: Ground, kind: str, names: tuple[str, ...], x: Floats, y: Floats
) -> tuple[HomeList, Iterator[Block]]:
    listed = HomeList(kind, known.streets.source)

    def blocks() -> Iterator[Block]:
        for start in range(0, len(x), BLOCK):
            some = slice(start, start + BLOCK)
            count = len(x[some])
            listed.read += count
            listed.kept += count
            none = np.zeros(count, np.int64)
            yield Block(
                np.arange(start + 1, start + count + 1),
                names[some],
                x[some],
                y[some],
                ("",) * count,
                none,
                np.ones(count),
            )

    return listed, blocks()


def in_areas(blocks: Iterator[Block], areas: Neighbourhoods | None) -> Iterator[Block]:
    """Yield the blocks with each home's area and tenth of deprivation filled in where the areas know them."""
    for block in blocks:
        if areas is None:
            yield block
            continue
        at = areas.of(block.x, block.y, block.group)
        group = tuple(
            areas.code[row] if row >= 0 else told for row, told in zip(at.tolist(), block.group, strict=True)
        )
        decile = np.where(at >= 0, np.nan_to_num(areas.decile[at]), 0).astype(np.int64)
        decile = np.where(block.decile > 0, block.decile, decile)
        yield Block(block.row, block.id, block.x, block.y, group, decile, block.people)


def outline_of(x: Floats, y: Floats, known: Ground, side: float) -> NDArray[np.object_]:
    """Return the shapes to write, in degrees: points, or hexagons where a side is given."""
    if not side:
        return np.asarray(shapely.points(*known.projection.degrees(x, y)), object)
    rings = corners(x, y, side)
    lon, lat = known.projection.degrees(rings[..., 0].ravel(), rings[..., 1].ravel())
    places = np.column_stack([lon, lat]).reshape(len(x), 7, 2)
    places[:, 6] = places[:, 0]
    return np.asarray(shapely.polygons(places), object)
