"""Finds on a street map the places that meet a need: shops, schools, stops and the rest, and their doors.

Rule 1: a place meets a need if it has the need's tags and is not closed to the public by an `access` tag.
Rule 2: a place drawn as a point is entered there.
Rule 3: a place drawn as an area is entered at the entrances that are mapped on its edge; where none is, it is
taken to be at its middle (a point inside it), and counted as such.
Rule 4: a stop is a place only where a timetable says so; one that the map alone knows may be one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.errors import BadInput
from fairground.networks import Projection, StreetMap
from fairground.opportunity.neighbourhoods.needs import Need

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

CLOSED = ("private", "no", "residents", "employees", "military")  # "customers" is everybody who comes to buy
NO_ENTRANCE = ("no", "exit", "emergency")


@dataclass(frozen=True, eq=False)
class Places:
    """Doors of places that meet a need, in metres; `sure` is false where it only may be one.

    Parameters
    ----------
    x, y, sure : (p,). count : places, which may have several doors. middles : places without a mapped door.

    Raises
    ------
    BadInput : parts that differ in length.
    """

    x: Floats
    y: Floats
    sure: Flags
    count: int
    middles: int = 0

    def __post_init__(self) -> None:
        if not len(self.x) == len(self.y) == len(self.sure):
            raise BadInput("Each door has a place", "x", len(self.x), str(len(self.y)))

    def __len__(self) -> int:
        return len(self.x)


def places_of(streets: StreetMap, need: Need, projection: Projection) -> Places:
    """Return the places of a street map that have the tags of a need.

    Parameters
    ----------
    streets : the map. need : what is looked for, by its tags. projection : the flat map of the streets.

    Returns
    -------
    Places : points first, then the doors of areas, each in the order of the map.
    """
    points, areas = streets.points, streets.areas
    single = np.zeros(points.id.size, bool)
    wide = np.zeros(len(areas.id), bool)
    for tags in need.where:
        single |= points.matching(tags)
        wide |= areas.matching(tags)
    single &= ~points.matching({"access": CLOSED})
    wide &= ~areas.matching({"access": CLOSED})
    rows = np.flatnonzero(single)
    east, north, middles = _doors(streets, np.flatnonzero(wide))
    longitude = np.concatenate([points.longitude[rows], east])
    latitude = np.concatenate([points.latitude[rows], north])
    x, y = projection.metres(longitude, latitude)
    sure = np.full(len(x), need.of != "timetable")
    return Places(x, y, sure, len(rows) + int(wide.sum()), middles)


def _doors(streets: StreetMap, rows: NDArray[np.int64]) -> tuple[Floats, Floats, int]:
    """Return the doors of some areas in degrees, and how many areas have none that is mapped."""
    shapes = streets.areas.shape[rows]
    points = streets.points
    open_door = points.matching({"entrance": ("*",)}) & ~points.matching({"entrance": NO_ENTRANCE})
    known = np.flatnonzero(open_door & ~points.matching({"access": CLOSED}))
    corners, of = shapely.get_coordinates(shapes, return_index=True)
    place = {(lon, lat) for lon, lat in zip(points.longitude[known], points.latitude[known], strict=True)}
    on = np.array([(lon, lat) in place for lon, lat in corners.tolist()], bool)
    doors = np.unique(np.column_stack([of[on], corners[on]]), axis=0) if on.any() else np.empty((0, 3))
    without = np.setdiff1d(np.arange(len(rows)), of[on])
    middle = middles(shapes[without])
    east = np.concatenate([doors[:, 1], shapely.get_x(middle)])
    north = np.concatenate([doors[:, 2], shapely.get_y(middle)])
    return east, north, len(without)


def middles(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the centroid of each shape, or a point on it where the centroid lies outside."""
    centre = shapely.centroid(shapes)
    inside = shapely.covers(shapes, centre)
    found: NDArray[np.object_] = np.where(inside, centre, shapely.point_on_surface(shapes))
    return found
