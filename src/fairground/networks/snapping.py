"""Puts homes, entrances and sites onto the streets: to the nearest place on an edge, not to a junction.

The straight line that is left between the point and the street is kept and counted as walked. It may not
cross a railway, river, canal or motorway on the ground: then the next nearest street on the point's own side
is taken. Points far from any street are left off, not moved. Decision record 0041 says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from fairground import standards
from fairground.errors import BadInput
from fairground.networks.graph import StreetGraph
from fairground.networks.kernels.grid import nearest_piece, squares
from fairground.networks.ways import Codes, Flags, Floats

FURTHEST = float(standards.get("fairground.networks", "furthest-from-a-street").values[-1].value)
SIDE = 50.0  # metres; side of the squares in which streets are looked up: changes speed only


Lines = tuple[Floats, Floats, Floats, Floats, Codes, Codes]  # x1, y1, x2, y2; rows by square
NONE = np.empty(0)
NO_BARRIER: Lines = (NONE, NONE, NONE, NONE, np.zeros(1, dtype=np.int32), np.empty(0, dtype=np.int32))


@dataclass(frozen=True)
class Snapped:
    """Points on the streets: point i lies `offset[i]` metres along edge `edge[i]`, `gap[i]` metres beside it.

    `edge` is -1 and `gap` infinite where no street is near enough. `x`, `y`: the place on the street.
    `crossed`: every street near enough lies beyond a barrier, so the nearest was taken all the same: to be
    said aloud.
    """

    edge: Codes
    offset: Floats
    gap: Floats
    x: Floats
    y: Floats
    crossed: Flags

    def __post_init__(self) -> None:
        if not self.edge.size == self.offset.size == self.gap.size == self.x.size == self.crossed.size:
            raise BadInput(
                "Snapped points need an edge, an offset, a gap and a place each", "edge", self.edge.size
            )

    @property
    def count(self) -> int:
        """How many points there are."""
        return int(self.edge.size)

    def rows(self, chosen: np.ndarray) -> Snapped:
        """Return some of the points, by row numbers or by a flag each."""
        parts = (self.edge, self.offset, self.gap, self.x, self.y, self.crossed)
        return Snapped(*(part[chosen] for part in parts))


@dataclass(frozen=True)
class StreetIndex:
    """A graph's straight pieces (and its barriers), sorted into squares for looking up."""

    bend: Codes
    pieces: Lines
    barrier: Lines
    frame: tuple[float, float, float, int, int]


def snap(
    graph: StreetGraph,
    x: Floats,
    y: Floats,
    *,
    furthest: float = FURTHEST,
    islands: bool = False,
    barriers: bool = True,
) -> Snapped:
    """Put points onto the nearest street that can be reached without crossing a barrier.

    Parameters
    ----------
    graph : the streets. x, y : (k,) metres east and north on the graph's map (`graph.projection.metres`).
    furthest : metres beyond which a point is left off the streets.
    islands : whether streets that are cut off from the rest of the network may be used.
    barriers : whether railways, rivers, canals, water and motorways stop the straight line to the street.

    Returns
    -------
    Snapped : edge, metres along it, and the straight metres that remain, for each point.

    Raises
    ------
    BadInput : a place that is not a number (names the row).

    >>> import numpy as np
    >>> from fairground.networks import TagColumn, Ways, build_graph, profile, snap
    >>> ways = Ways(np.array([7]), np.array([0, 2]), np.array([1, 2]), np.array([0.0, 100.0]),
    ...     np.array([0.0, 0.0]), {"highway": TagColumn.of(["footway"])}, crs="flat")
    >>> graph, _ = build_graph(ways, profile("walk"))
    >>> found = snap(graph, np.array([30.0]), np.array([12.0]))
    >>> found.offset.tolist(), found.gap.tolist()
    ([30.0], [12.0])
    """
    east, north = np.atleast_1d(np.asarray(x, dtype=float)), np.atleast_1d(np.asarray(y, dtype=float))
    wrong = np.flatnonzero(~(np.isfinite(east) & np.isfinite(north)))
    if wrong.size:
        raise BadInput("A place must be two numbers", "place", "not a number", row=int(wrong[0]) + 1)
    index = street_index(graph, islands)
    frame, most = index.frame, float(furthest)
    fence = index.barrier if barriers else NO_BARRIER
    piece, along, gap = nearest_piece(east, north, index.pieces, fence, frame, most)
    crossed = np.zeros(piece.size, dtype=bool)
    left = np.flatnonzero(piece < 0)
    if barriers and left.size:
        again = nearest_piece(east[left], north[left], index.pieces, NO_BARRIER, frame, most)
        piece[left], along[left], gap[left] = again
        crossed[left] = again[0] >= 0
    return _placed(graph, index, piece, along, gap, crossed)


def _placed(
    graph: StreetGraph, index: StreetIndex, piece: Codes, along: Floats, gap: Floats, crossed: Flags
) -> Snapped:
    on = piece >= 0
    bend = index.bend[np.where(on, piece, 0)].astype(np.int64)
    edge = np.searchsorted(graph.bend_starts, bend, side="right") - 1
    at, x, y = graph.bend_at, graph.bend_x, graph.bend_y
    return Snapped(
        np.where(on, edge, -1).astype(np.int32),
        np.where(on, at[bend] + along * (at[bend + 1] - at[bend]), 0.0),
        gap,
        np.where(on, x[bend] + along * (x[bend + 1] - x[bend]), np.nan),
        np.where(on, y[bend] + along * (y[bend + 1] - y[bend]), np.nan),
        crossed,
    )


def bends(graph: StreetGraph) -> Snapped:
    """Return every bend of the graph as a point on the streets, in the order of `graph.bend_id`.

    Returns
    -------
    Snapped : (b,) points without a gap; a junction appears once for each edge that touches it.

    >>> import numpy as np
    >>> from fairground.networks import TagColumn, Ways, bends, build_graph, profile
    >>> ways = Ways(np.array([7]), np.array([0, 3]), np.array([1, 2, 3]), np.array([0.0, 30.0, 30.0]),
    ...     np.array([0.0, 0.0, 40.0]), {"highway": TagColumn.of(["footway"])}, crs="flat")
    >>> bends(build_graph(ways, profile("walk"))[0]).offset.tolist()
    [0.0, 30.0, 70.0]
    """
    edge = np.repeat(np.arange(graph.edges, dtype=np.int32), np.diff(graph.bend_starts))
    return Snapped(
        edge, graph.bend_at, np.zeros(edge.size), graph.bend_x, graph.bend_y, np.zeros(edge.size, dtype=bool)
    )


@lru_cache(maxsize=8)
def _kept(key: _ByIdentity, islands: bool) -> StreetIndex:
    return _indexed(key.graph, islands)


class _ByIdentity:
    """A graph that is told from others by being itself, so that its index is made once."""

    def __init__(self, graph: StreetGraph) -> None:
        self.graph = graph

    def __hash__(self) -> int:
        return id(self.graph)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.graph is self.graph


def street_index(graph: StreetGraph, islands: bool = False) -> StreetIndex:
    """Return the graph's pieces sorted into squares; made once for a graph."""
    return _kept(_ByIdentity(graph), islands)


def _indexed(graph: StreetGraph, islands: bool) -> StreetIndex:
    last = np.zeros(graph.bend_x.size, dtype=bool)
    last[graph.bend_starts[1:] - 1] = True
    use = ~last
    if not islands:
        use &= np.repeat(graph.mainland, np.diff(graph.bend_starts))
    bend = np.flatnonzero(use)
    bend = bend[
        np.argsort(graph.bend_way[bend], kind="stable")
    ]  # of two at one distance, the lowest way is taken
    x1, y1, x2, y2 = graph.bend_x[bend], graph.bend_y[bend], graph.bend_x[bend + 1], graph.bend_y[bend + 1]
    # A barrier beyond the last street still stands between the street and a home out there.
    west, south = float(graph.bend_x.min()) - FURTHEST, float(graph.bend_y.min()) - FURTHEST
    width, height = float(graph.bend_x.max()) + FURTHEST - west, float(graph.bend_y.max()) + FURTHEST - south
    side = max(SIDE, float(np.sqrt(width * height / 4e7)))
    frame = (west, south, side, int(width // side) + 1, int(height // side) + 1)
    fence = graph.barrier
    kept = _within(fence, frame)
    bx1, by1, bx2, by2 = (np.ascontiguousarray(part[kept]) for part in fence)
    return StreetIndex(
        bend.astype(np.int32),
        (x1, y1, x2, y2, *squares(x1, y1, x2, y2, frame)),
        (bx1, by1, bx2, by2, *squares(bx1, by1, bx2, by2, frame)),
        frame,
    )


def _within(lines: Floats, frame: tuple[float, float, float, int, int]) -> np.ndarray:
    west, south, side, wide, high = frame
    x1, y1, x2, y2 = lines
    return np.asarray(
        (np.maximum(x1, x2) >= west)
        & (np.minimum(x1, x2) <= west + wide * side)
        & (np.maximum(y1, y2) >= south)
        & (np.minimum(y1, y2) <= south + high * side)
    )
