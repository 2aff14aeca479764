"""Walks and wheels from homes to ways into green spaces, along the streets of one map or of a part of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from fairground.networks import Route, Snapped, StreetGraph, Tiling, nearest, route, snap
from fairground.networks.ruler import Ruler
from fairground.networks.snapping import FURTHEST
from fairground.networks.tiles import Box
from fairground.opportunity.greenspace import Walked

__all__: list[str] = []

Floats = NDArray[np.float64]
FAR = 10_000.0  # metres on foot beyond which nothing is looked for
SAME = 0.01  # metres: nearer than this is the same place (a place in a PBF is right to a centimetre)


@dataclass(frozen=True, eq=False)
class Footing:
    """Streets to walk and to wheel on, the points that no wheel can pass, and how far is looked.

    stops : (k, 2) metres. furthest : metres on foot beyond which nothing is looked for.
    """

    walk: StreetGraph
    wheel: StreetGraph
    stops: Floats
    ruler: Ruler
    furthest: float = FAR

    @cached_property
    def stop(self) -> cKDTree:
        """The points that no wheel can pass, such as stiles and raised kerbs, for looking up."""
        return cKDTree(self.stops)

    def line(self, x: Floats, y: Floats, to_x: Floats, to_y: Floats) -> Floats:
        """Return the metres of straight lines along the globe."""
        return self.ruler(x, y, to_x, to_y)

    def walking(self, x: Floats, y: Floats, *, barriers: bool = True) -> Walker:
        """Return what walks from some homes."""
        return Walker(self, self.walk, self._on_the_streets(self.walk, x, y, barriers), barriers=barriers)

    def wheeling(self, x: Floats, y: Floats, unknown: str) -> Walker:
        """Return what wheels from some homes, over streets that are unknown or not ("pass", "bar")."""
        return Walker(self, self.wheel, self._on_the_streets(self.wheel, x, y), unknown, on_foot=True)

    def cut(self, tilings: tuple[Tiling, Tiling], box: Box) -> Footing:
        """Return the streets that whoever is inside a box can use; `tilings` are those of walk and wheel.

        The streets by which a way in may be reached lie up to as far from it as doors may.
        """
        walk, wheel = (tiling.cut(box, limit=self.furthest + FURTHEST).graph for tiling in tilings)
        west, south, east, north = box
        gap_x = np.maximum(np.maximum(west - self.stops[:, 0], self.stops[:, 0] - east), 0.0)
        gap_y = np.maximum(np.maximum(south - self.stops[:, 1], self.stops[:, 1] - north), 0.0)
        near = np.maximum(gap_x, gap_y) <= 2 * (self.furthest + FURTHEST)
        return replace(self, walk=walk, wheel=wheel, stops=self.stops[near])

    def ways_in(self, graph: StreetGraph, x: Floats, y: Floats, *, barriers: bool, on_foot: bool) -> Snapped:
        """Return ways in put on the streets; off them where every street near lies beyond a barrier.

        By wheel (`on_foot`) a way in is reached only along the street on which people walk to it, never by
        leaping from another street over the steps or the stile that lie between.
        """
        ends = self._on_the_streets(graph, x, y, barriers, on_foot)
        off = ends.crossed.copy()
        if on_foot:
            walked = self._on_the_streets(self.walk, x, y, islands=True)
            off |= ends.gap > walked.gap + SAME
            off |= self.stop.query(np.column_stack([x, y]))[0] <= SAME if self.stop.n else False
        return replace(ends, edge=np.where(off, np.int32(-1), ends.edge), gap=np.where(off, np.inf, ends.gap))

    def _on_the_streets(
        self, graph: StreetGraph, x: Floats, y: Floats, barriers: bool = True, islands: bool = False
    ) -> Snapped:
        """Return places put on the streets, with the step to the street in metres along the globe."""
        at = snap(graph, x, y, barriers=barriers, islands=islands)
        on = np.flatnonzero(at.edge >= 0)
        gap = at.gap.copy()
        gap[on] = self.ruler(x[on], y[on], at.x[on], at.y[on])
        return replace(at, gap=gap)


@dataclass(frozen=True, eq=False)
class Walker:
    """Walks (or wheels) from some homes to whatever it is asked for; homes are put on the streets once."""

    footing: Footing
    graph: StreetGraph
    homes: Snapped
    unknown: str = "pass"
    barriers: bool = True
    on_foot: bool = False

    def __call__(self, x: Floats, y: Floats, to_x: Floats, to_y: Floats) -> Walked:
        """Return how far each home is from the nearest of some places."""
        if not len(to_x):
            return Walked(np.full(len(x), np.inf), self.homes.gap, np.full(len(x), -1))
        ends = self.footing.ways_in(self.graph, to_x, to_y, barriers=self.barriers, on_foot=self.on_foot)
        limit = self.footing.furthest
        found = nearest(self.graph, self.homes, ends, limit=limit, unknown=self.unknown)
        street = np.maximum(found.cost - np.where(np.isfinite(found.cost), self.homes.gap, 0.0), 0.0)
        return Walked(street, self.homes.gap, found.target.astype(np.int64))

    def way_to(self, to_x: Floats, to_y: Floats) -> Route | None:
        """Return the way from the only home to one place; None where there is none."""
        ends = self.footing.ways_in(self.graph, to_x, to_y, barriers=self.barriers, on_foot=self.on_foot)
        return route(self.graph, self.homes, ends, unknown=self.unknown)

    def rows(self, chosen: NDArray[np.int64]) -> Walker:
        """Return the same for some of the homes."""
        return replace(self, homes=self.homes.rows(chosen))

    def over(self, unknown: str) -> Walker:
        """Return the same over streets that are unknown ("pass") or not ("bar")."""
        return replace(self, unknown=unknown)
