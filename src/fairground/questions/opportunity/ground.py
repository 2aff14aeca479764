"""The ground that questions stand on: streets, green areas and the ways into them, read once for each file.

Areas of the engine do not know one another, so what a question needs of several of them is put together here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.errors import BadInput, DataProblem
from fairground.evidence import Source
from fairground.networks import (
    Projection,
    StreetGraph,
    StreetMap,
    profile,
    snap,
)
from fairground.networks.profiles import NO, judged_points
from fairground.networks.ruler import Ruler
from fairground.opportunity.greenspace import Areas, Sites, WaysIn, chosen, join, ways_in
from fairground.opportunity.greenspace.lookup import Pieces
from fairground.opportunity.greenspace.mapped import flat, gates, green_areas, paths
from fairground.questions.opportunity.green_file import read_green
from fairground.questions.opportunity.walking import Footing
from fairground.sources.prepared import Prepared, opened

__all__: list[str] = []

Floats = NDArray[np.float64]
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
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def projection(self) -> Projection:
        """The flat map."""
        return self.walk.projection

    @cached_property
    def wheel(self) -> StreetGraph:
        """The streets for a wheelchair or pushchair."""
        return self.prepared.graph("wheel")

    @cached_property
    def footing(self) -> Footing:
        """The streets for walking and wheeling, and the points that no wheel can pass."""
        points = self.streets.points
        stops = judged_points(self.streets.ways, profile("wheel")).verdict == NO
        x, y = self.projection.metres(points.longitude[stops], points.latitude[stops])
        box = (self.walk.bend_x.min(), self.walk.bend_y.min(), self.walk.bend_x.max(), self.walk.bend_y.max())
        ruler = Ruler.over(self.walk.crs, *(float(edge) for edge in box))
        return Footing(self.walk, self.wheel, np.column_stack([x, y]), ruler)

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
        return self.footing.line(x, y, to_x, to_y)

    def to_the_end(self, x: Floats, y: Floats) -> Floats:
        """Return the metres from places to the end of the street map; 0 outside it."""
        near = self._end.nearest(x, y)
        shapely.prepare(self.outline)
        far = np.hypot(near.x - x, near.y - y)
        found: Floats = np.where(shapely.intersects_xy(self.outline, x, y), far, 0.0)
        return found

    @cached_property
    def _end(self) -> Pieces:
        rings = shapely.get_parts(shapely.boundary(self.outline))
        at, ring = shapely.get_coordinates(rings, return_index=True)
        ends = np.hstack([at[:-1], at[1:]])[ring[:-1] == ring[1:]]
        return Pieces.sorted(ends, np.zeros(len(ends), np.int64))


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
        prepared,
        mapped,
        walk,
        found.areas,
        ways,
        found.mended,
        found.name,
        (mapped.source, found.source),
        found.dropped,
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
