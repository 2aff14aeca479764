"""The ground that questions stand on: streets, green areas and the ways into them, read once for each file.

Areas of the engine do not know one another, so what a question needs of several of them is put together here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from fairground.errors import BadInput, DataProblem
from fairground.evidence import Source
from fairground.networks import (
    Projection,
    Snapped,
    StreetGraph,
    StreetMap,
    nearest,
    profile,
    snap,
)
from fairground.networks.profiles import NO, judged_points
from fairground.networks.projection import lengths
from fairground.opportunity.greenspace import Areas, Sites, Walked, WaysIn, chosen, join, ways_in
from fairground.opportunity.greenspace.mapped import flat, gates, green_areas, paths
from fairground.questions.opportunity.green_file import read_green
from fairground.sources.prepared import Prepared, opened

__all__: list[str] = []

Floats = NDArray[np.float64]
FAR = 10_000.0  # metres on foot beyond which nothing is looked for
SAME = 0.01  # metres: nearer than this is the same place (a place in a PBF is right to a centimetre)
FURTHEST_LISTED = 10.0  # metres between an access point of a list that names no site and the edge it opens


@dataclass(frozen=True, eq=False)
class Ground:
    """Streets to walk on, green areas and the ways into them, on one flat map; and its sources."""

    prepared: Prepared
    streets: StreetMap
    walk: StreetGraph
    areas: Areas
    ways: WaysIn
    mended: int
    green: str
    sources: tuple[Source, ...]

    @property
    def projection(self) -> Projection:
        """The flat map."""
        return self.walk.projection

    @cached_property
    def wheel(self) -> StreetGraph:
        """The streets for a wheelchair or pushchair."""
        return self.prepared.graph("wheel")

    @cached_property
    def not_by_wheel(self) -> cKDTree:
        """The points that no wheel can pass, such as stiles and raised kerbs."""
        points = self.streets.points
        stops = judged_points(self.streets.ways, profile("wheel")).verdict == NO
        x, y = self.projection.metres(points.longitude[stops], points.latitude[stops])
        return cKDTree(np.column_stack([x, y]))

    def wheeling(self, x: Floats, y: Floats, unknown: str) -> Walker:
        """Return what wheels from some homes, over streets that are unknown or not ("pass", "bar")."""
        return Walker(self.wheel, x, y, unknown, on_foot=self)

    @cached_property
    def outline(self) -> Any:
        """Where the street map ends, in metres."""
        return flat(np.array([self.streets.outline], object), self.projection)[0][0]

    def sites(self, include: Sequence[str] = ()) -> tuple[Sites, WaysIn]:
        """Return the green spaces that count, and the ways into them."""
        kept = self.areas.kept(chosen(include))
        sites = join(self.areas.rows(kept))
        return sites, self.ways.onto(sites, kept)

    def line(self, x: Floats, y: Floats, to_x: Floats, to_y: Floats) -> Floats:
        """Return the metres of straight lines along the globe."""
        return lengths(self.walk.crs, x, y, to_x, to_y)

    def to_the_end(self, x: Floats, y: Floats) -> Floats:
        """Return the metres from places to the end of the street map; 0 outside it."""
        points = shapely.points(x, y)
        far = shapely.distance(points, shapely.boundary(self.outline))
        found: Floats = np.where(shapely.covers(self.outline, points), far, 0.0)
        return found


@dataclass
class Walker:
    """Walks (or wheels) from some homes to whatever it is asked for; homes are put on the streets once.

    A way in that every street near enough lies beyond a barrier from is not reached. `on_foot` is given where
    one wheels: then a way in is reached only along the street on which people walk to it, never by leaping
    from another street over the steps or the stile that lie between.
    """

    graph: StreetGraph
    x: Floats
    y: Floats
    unknown: str = "pass"
    barriers: bool = True
    on_foot: Ground | None = None

    def __post_init__(self) -> None:
        self.homes = _on_the_streets(self.graph, self.x, self.y, self.barriers)

    def __call__(self, x: Floats, y: Floats, to_x: Floats, to_y: Floats) -> Walked:
        """Return how far each home is from the nearest of some places."""
        if not len(to_x):
            return Walked(np.full(len(x), np.inf), self.homes.gap, np.full(len(x), -1))
        ends = self._ways_in(to_x, to_y)
        found = nearest(self.graph, self.homes, ends, limit=FAR, unknown=self.unknown)
        street = np.maximum(found.cost - np.where(np.isfinite(found.cost), self.homes.gap, 0.0), 0.0)
        return Walked(street, self.homes.gap, found.target.astype(np.int64))

    def _ways_in(self, x: Floats, y: Floats) -> Snapped:
        ends = _on_the_streets(self.graph, x, y, self.barriers, self.on_foot is not None)
        off = ends.crossed.copy()
        if self.on_foot is not None:
            walked = _on_the_streets(self.on_foot.walk, x, y, islands=True)
            off |= ends.gap > walked.gap + SAME
            stops = self.on_foot.not_by_wheel
            off |= stops.query(np.column_stack([x, y]))[0] <= SAME if stops.n else False
        return replace(ends, edge=np.where(off, np.int32(-1), ends.edge), gap=np.where(off, np.inf, ends.gap))


def _on_the_streets(
    graph: StreetGraph, x: Floats, y: Floats, barriers: bool = True, islands: bool = False
) -> Snapped:
    """Return places put on the streets, with the step to the street in metres along the globe."""
    at = snap(graph, x, y, barriers=barriers, islands=islands)
    on = np.flatnonzero(at.edge >= 0)
    gap = at.gap.copy()
    gap[on] = lengths(graph.crs, x[on], y[on], at.x[on], at.y[on])
    return replace(at, gap=gap)


def ground(streets: str | Path, green: str | Path = "") -> Ground:
    """Return the ground of a street file, with the green spaces on it or those of another file.

    Raises
    ------
    DataProblem : a file is missing, cut short, or not what it should be.
    """
    return _ground(*_stamp(Path(streets)), *(_stamp(Path(green)) if str(green) else ("", 0, 0)))


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        told = path.stat()
    except OSError as fault:
        raise DataProblem(f"The file cannot be read ({fault.strerror})", str(path)) from fault
    return str(path), told.st_size, told.st_mtime_ns


@lru_cache(maxsize=4)
def _ground(streets: str, _size: int, _when: int, green: str, _green_size: int, _green_when: int) -> Ground:
    prepared = opened(streets, keep=False)
    mapped, walk = prepared.map, prepared.graph("walk")
    if not green:
        areas, mended = green_areas(mapped, walk.projection)
        ways = ways_in(areas, paths=paths(mapped, walk), listed=gates(mapped, walk))
        return Ground(prepared, mapped, walk, areas, ways, mended, "", (mapped.source,))
    found = read_green(Path(green), to=walk.projection)
    ways = ways_in(
        found.areas, paths=paths(mapped, walk), listed=found.entrances, of=found.of, reach=FURTHEST_LISTED
    )
    return Ground(
        prepared, mapped, walk, found.areas, ways, found.mended, found.name, (mapped.source, found.source)
    )


def place(ground: Ground, latitude: float, longitude: float) -> tuple[Floats, Floats]:
    """Return a place in degrees as metres on the flat map.

    Raises
    ------
    BadInput : the place is no place on the globe, or lies far from every street of this map.
    """
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise BadInput(
            "This is no place on the globe", "at", f"{latitude},{longitude}", "latitude,longitude in degrees"
        )
    x, y = ground.projection.metres(np.array([longitude]), np.array([latitude]))
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise _off(ground, latitude, longitude)
    if not np.isfinite(snap(ground.walk, x, y).gap[0]):
        raise _off(ground, latitude, longitude)
    return x, y


def _off(ground: Ground, latitude: float, longitude: float) -> BadInput:
    west, south, east, north = shapely.bounds(ground.streets.outline)
    swapped = west <= latitude <= east and south <= longitude <= north
    hint = "Did you swap latitude and longitude? " if swapped else ""
    return BadInput(
        f"{hint}No street of this map is within 500 metres of that place, so it is not on this map",
        "at",
        f"{latitude},{longitude}",
        f"latitude {south:.4f} to {north:.4f}, longitude {west:.4f} to {east:.4f}",
    )
