"""How far each home is from the nearest place for each need, exactly, along the streets.

Two searches for each need. The first goes only to places that are surely such places, by streets that are
surely passable. The second goes to every place that may be one, by streets that may be passable too. Where
the two agree nothing is unknown. Homes and doors lie on the edges of streets, and the straight steps from
door to street at both ends are walked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.networks import Snapped, StreetGraph, Tiling, nearest, snap, squares
from fairground.opportunity.neighbourhoods.places import Places

Floats = NDArray[np.float64]
Joined = tuple[Snapped, NDArray[np.bool_]]


def joined(graph: StreetGraph, places: Sequence[Places]) -> tuple[Joined, ...]:
    """Return the doors of each need's places on the streets, and which of them are sure.

    Parameters
    ----------
    graph : the streets. places : for each need.

    Returns
    -------
    tuple : for each need its points on the streets and a flag each; done once for all homes.
    """
    return tuple((snap(graph, one.x, one.y), one.sure) for one in places)


def reach(
    graph: StreetGraph, homes: Snapped, doors: Sequence[Joined], *, limit: float
) -> tuple[Floats, Floats]:
    """Return how far homes are from the nearest place for each need.

    Parameters
    ----------
    graph : the streets of one way of travelling. homes : (n,) points on them.
    doors : for each of k needs, from `joined`.
    limit : how far to look, in the graph's unit.

    Returns
    -------
    sure, perhaps : (n, k) in the graph's unit; inf where nothing lies within the limit.

    Raises
    ------
    BadInput : points of another graph, or a limit that is no number of zero or more.
    """
    sure = np.full((homes.count, len(doors)), np.inf)
    perhaps = sure.copy()
    doubtful = bool(graph.unknown.any())
    for column, (points, known) in enumerate(doors):
        if not points.count:
            continue
        if known.any():
            sure[:, column] = nearest(graph, homes, points.rows(known), limit=limit, unknown="bar").cost
        if doubtful or not known.all():
            perhaps[:, column] = nearest(graph, homes, points, limit=limit, unknown="pass").cost
    return sure, np.minimum(sure, perhaps)


@dataclass(frozen=True, eq=False)
class Tile:
    """All that one tile needs to be worked out anywhere: its streets, homes (their `rows`) and doors."""

    rows: NDArray[np.int64]
    graph: StreetGraph
    homes: Snapped
    doors: tuple[Joined, ...]
    limit: float

    def work(self) -> tuple[Floats, Floats]:
        """Return how far the homes of the tile are from each need, as `reach` does."""
        return reach(self.graph, self.homes, self.doors, limit=self.limit)


def tiles(
    tiling: Tiling, homes: Snapped, doors: Sequence[Joined], *, limit: float, metres: float, side: float
) -> Iterator[Tile]:
    """Yield the tiles that hold homes, each with a margin as wide as the limit, one at a time.

    Parameters
    ----------
    tiling : the streets. homes : (n,) points on them. doors : for each need, from `joined`.
    limit : how far to look, in the graph's unit; metres : the same in metres. side : of a tile, in metres.

    Returns
    -------
    iterator of Tile : worked out one by one they give what `reach` gives for the whole.
    """
    on = np.flatnonzero(homes.edge >= 0)
    for box, members in squares(homes.x[on], homes.y[on], side):
        part = tiling.cut(box, limit=metres)
        own, rows = part.points(homes.rows(on[members]))
        held = []
        for points, known in doors:
            inside, kept = part.points(points)
            held.append((inside, known[kept]))
        yield Tile(on[members][rows], part.graph, own, tuple(held), limit)
