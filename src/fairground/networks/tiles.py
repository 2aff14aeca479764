"""Cuts a street network into tiles, each with a margin as wide as the limit, so that nothing changes.

Nobody can be nearer along streets than in a straight line. So whoever is inside a tile reaches nothing
further than the limit beyond its border, and a tile with such a margin gives the same distances as the whole.
Points are put onto streets, and islands, sites and the flat map are settled, before anything is cut. An edge
belongs to a tile where any part of it lies there, not only its ends. Reference: own-tile-computes with a
halo; the margin is exact because a way along streets is never shorter than the straight line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from fairground.errors import BadInput
from fairground.networks.graph import StreetGraph
from fairground.networks.snapping import Snapped
from fairground.networks.ways import Codes, Flags, Floats, Indices

STRETCH, SLACK = (
    1.01,
    10.0,
)  # a flat map's metres differ from those of the globe by less than one in a hundred

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Cut:
    """A part of a network: its graph, and the row in the whole network of each of its edges, rising."""

    graph: StreetGraph
    edge: Codes

    def points(self, whole: Snapped) -> tuple[Snapped, Codes]:
        """Return the points that lie on this part's edges, and the rows that they had."""
        at = np.searchsorted(self.edge, whole.edge)
        held = np.zeros(whole.count, bool)
        inside = at < self.edge.size
        held[inside] = self.edge[at[inside]] == whole.edge[inside]
        rows = np.flatnonzero(held & (whole.edge >= 0))
        return replace(whole.rows(rows), edge=at[rows].astype(np.int32)), rows.astype(np.int32)


def squares(x: Floats, y: Floats, side: float) -> tuple[tuple[Box, Indices], ...]:
    """Return the square tiles that hold some points: the box of each, and the rows of its points.

    Parameters
    ----------
    x, y : (n,) metres on the flat map. side : metres.

    Returns
    -------
    tuple : (west, south, east, north) and rows, from the south-west; every point is in exactly one tile.

    Raises
    ------
    BadInput : a side that is not above zero, or a place that is not a number.

    >>> import numpy as np
    >>> from fairground.networks import squares
    >>> [(box, rows.tolist()) for box, rows in squares(np.array([5.0, 15.0]), np.array([5.0, 5.0]), 10.0)]
    [((0.0, 0.0, 10.0, 10.0), [0]), ((10.0, 0.0, 20.0, 10.0), [1])]
    """
    if not (np.isfinite(side) and side > 0):
        raise BadInput("The side of a tile is above zero", "side", side, "metres")
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise BadInput("A place must be two numbers", "place", "not a number")
    cell = np.column_stack([np.floor(y / side), np.floor(x / side)]).astype(np.int64)
    found, member = np.unique(cell, axis=0, return_inverse=True)
    order = np.argsort(member.ravel(), kind="stable")
    ends = np.searchsorted(member.ravel()[order], np.arange(len(found) + 1))
    return tuple(
        ((c * side, r * side, (c + 1) * side, (r + 1) * side), order[ends[n] : ends[n + 1]])
        for n, (r, c) in enumerate(found.tolist())
    )


@dataclass(frozen=True, eq=False)
class Tiling:
    """A network that can be cut into parts, each of which whoever is inside a box can use within a limit.

    >>> import numpy as np
    >>> from fairground.networks import TagColumn, Tiling, Ways, build_graph, profile
    >>> ways = Ways(np.array([7, 8]), np.array([0, 2, 4]), np.array([1, 2, 2, 3]),
    ...     np.array([0.0, 500.0, 500.0, 9000.0]), np.zeros(4),
    ...     {"highway": TagColumn.of(["footway", "path"])}, crs="flat")
    >>> whole, _ = build_graph(ways, profile("wheel"))
    >>> Tiling(whole).cut((0.0, 0.0, 10.0, 10.0), limit=100.0).edge.size <= whole.edges
    True
    """

    graph: StreetGraph

    @cached_property
    def bounds(self) -> tuple[Floats, Floats, Floats, Floats]:
        """West, south, east and north of each edge, with all its bends."""
        first, x, y = self.graph.bend_starts[:-1], self.graph.bend_x, self.graph.bend_y
        return (
            np.minimum.reduceat(x, first),
            np.minimum.reduceat(y, first),
            np.maximum.reduceat(x, first),
            np.maximum.reduceat(y, first),
        )

    @cached_property
    def cheapest(self) -> int:
        """An edge whose metre costs least; it goes into each part, for straight steps cost as much as it."""
        return int(np.minimum(self.graph.cost_to, self.graph.cost_back).argmin())

    def cut(self, box: Box, *, limit: float) -> Cut:
        """Return every edge some part of which lies no further from a box than a limit in metres.

        Raises
        ------
        BadInput : a limit that is not a number of zero or more.
        """
        if not (np.isfinite(limit) and limit >= 0):
            raise BadInput("A limit must be a number of zero or more", "limit", limit)
        wide = limit * STRETCH + SLACK
        west, south, east, north = self.bounds
        outer = (box[0] - wide, box[1] - wide, box[2] + wide, box[3] + wide)
        held = (west <= outer[2]) & (east >= outer[0]) & (south <= outer[3]) & (north >= outer[1])
        held[self.cheapest] = True
        return _part(self.graph, held, outer)


def _part(graph: StreetGraph, held: Flags, box: Box) -> Cut:
    edge = np.flatnonzero(held).astype(np.int32)
    nodes, ends = np.unique(np.concatenate([graph.edge_from[edge], graph.edge_to[edge]]), return_inverse=True)
    starts = graph.bend_starts
    sizes = (starts[edge + 1] - starts[edge]).astype(np.int64)
    begins = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    bend = np.repeat(starts[edge] - begins[:-1], sizes) + np.arange(begins[-1])
    x1, y1, x2, y2 = graph.barrier
    near = (np.minimum(x1, x2) <= box[2]) & (np.maximum(x1, x2) >= box[0])
    near &= (np.minimum(y1, y2) <= box[3]) & (np.maximum(y1, y2) >= box[1])
    by_edge = ("length", "cost_to", "cost_back", "unknown", "mainland")
    by_bend = ("bend_x", "bend_y", "bend_at", "bend_id", "bend_way")
    part = replace(
        graph,
        x=graph.x[nodes],
        y=graph.y[nodes],
        edge_from=ends[: edge.size].astype(np.int32),
        edge_to=ends[edge.size :].astype(np.int32),
        bend_starts=begins,
        barrier=graph.barrier[:, near],
        **{name: getattr(graph, name)[edge] for name in by_edge},
        **{name: getattr(graph, name)[bend] for name in by_bend},
    )
    return Cut(part, edge)
