"""Looks up what lies nearest in a straight line: edges of green spaces, their middles, the ways into them.

Nearest is decided on the flat map; the length of the line that is left is taken along the globe by whoever
asks. What is looked up in is put in order once for each set of green spaces and each size floor.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.networks.kernels.curve import hilbert
from fairground.opportunity.greenspace.entrances import UNKNOWN, WaysIn
from fairground.opportunity.greenspace.kernels import LEAF, Tree, boxes, nearest_piece
from fairground.opportunity.greenspace.sites import Sites

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Near:
    """The nearest of some things to each home: which one (-1: there is none), and the place on it."""

    which: Places
    x: Floats
    y: Floats


@dataclass(frozen=True, eq=False)
class Pieces:
    """Straight pieces (or points), each with the number of what it belongs to, in order for looking up."""

    tree: Tree
    of: Places

    @staticmethod
    def sorted(ends: Floats, of: Places) -> Pieces:
        """Return (k, 4) pieces, or (k, 2) points, in order."""
        ends = np.ascontiguousarray(np.tile(ends, 2) if ends.shape[1] == 2 else ends, float)
        order = np.argsort(hilbert(ends[:, 0] + ends[:, 2], ends[:, 1] + ends[:, 3]), kind="stable")
        leaves = 1 << max(int(np.ceil(len(ends) / LEAF)) - 1, 0).bit_length()
        return Pieces((ends[order], order.astype(np.int64), boxes(ends[order], leaves)), of)

    def nearest(self, x: Floats, y: Floats) -> Near:
        """Return what is nearest to each home."""
        piece, at_x, at_y = nearest_piece(x, y, self.tree)
        if not len(self.of):
            return Near(piece, at_x, at_y)
        return Near(np.where(piece >= 0, self.of[np.maximum(piece, 0)], -1), at_x, at_y)


@dataclass(frozen=True, eq=False)
class Lookup:
    """The green spaces of at least a size, and the ways into them, in order for looking up."""

    sites: Sites
    ways: WaysIn
    hectares: float

    @cached_property
    def large(self) -> Flags:
        """Which sites are large enough."""
        return np.asarray(self.sites.hectares >= self.hectares)

    @cached_property
    def shut(self) -> Flags:
        """Which of them have no way in that is known."""
        return np.asarray(self.large & np.array([found == UNKNOWN for found in self.ways.found], bool))

    @cached_property
    def count(self) -> Places:
        """The numbers of the ways in that count."""
        return np.flatnonzero(self.ways.first & self.large[self.ways.of])

    @cached_property
    def edges(self) -> Pieces:
        """The edges of the sites."""
        return self._edges(self.large)

    @cached_property
    def shut_edges(self) -> Pieces:
        """The edges of the sites without a known way in."""
        return self._edges(self.shut)

    @cached_property
    def middles(self) -> Pieces:
        """The middles of the sites."""
        which = np.flatnonzero(self.large)
        return Pieces.sorted(_places(shapely.centroid(self.sites.shapes[which])), which)

    @cached_property
    def entrances(self) -> Pieces:
        """The ways in that count."""
        at = np.column_stack([self.ways.x[self.count], self.ways.y[self.count]])
        return Pieces.sorted(at, self.count)

    def _edges(self, which: Flags) -> Pieces:
        ends, of = self.sites.edges
        kept = which[of] if len(of) else np.empty(0, bool)
        return Pieces.sorted(ends[kept].reshape(-1, 4), of[kept])

    def inside(self, near: Near, x: Floats, y: Floats) -> Places:
        """Return the site in which each home lies, or on whose edge, -1 for none; `near`: the nearest edge.

        Sites are apart from one another, so a home inside one has that one's edge nearest.
        """
        found = np.full(len(x), -1, np.int64)
        west, south, east, north = shapely.bounds(self.sites.shapes).reshape(-1, 4).T
        at = near.which
        held = np.flatnonzero(at >= 0)
        site = at[held]
        boxed = (x[held] >= west[site]) & (x[held] <= east[site])
        boxed &= (y[held] >= south[site]) & (y[held] <= north[site])
        held = held[boxed]
        shapely.prepare(self.sites.shapes)
        within = shapely.intersects_xy(self.sites.shapes[at[held]], x[held], y[held])
        found[held[within]] = at[held[within]]
        return found


def lookup(sites: Sites, ways: WaysIn, hectares: float) -> Lookup:
    """Return green spaces of at least a size in order for looking up; put in order once."""
    return _kept(_Same(sites), _Same(ways), hectares)


class _Same:
    """Something that is told from others by being itself."""

    def __init__(self, held: Any) -> None:
        self.held = held

    def __hash__(self) -> int:
        return id(self.held)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.held is self.held


@lru_cache(maxsize=16)
def _kept(sites: _Same, ways: _Same, hectares: float) -> Lookup:
    return Lookup(sites.held, ways.held, hectares)


def _places(points: NDArray[np.object_]) -> Floats:
    return np.column_stack([shapely.get_x(points), shapely.get_y(points)])
