"""Finds on a street map the places that meet a need: shops, schools, stops and the rest, and their doors.

Rule 1: a place meets a need if it has the need's tags and is not closed to the public by an `access` tag.
Rule 2: a place drawn as a point is entered there.
Rule 3: a place drawn as an area is entered at the entrances that are mapped on its edge; where none is,
wherever a way that may be walked touches or crosses its edge; where none does, it is taken to be at its
middle (a point inside it). It is counted how many are entered in which way.
Rule 4: a playground, a pitch, a track or a garden inside the grounds of a school belongs to the school, and
is no place for everybody.
Rule 5: a stop is a place only where a timetable says so; one that the map alone knows may be one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.errors import BadInput
from fairground.networks import Areas, Points, Projection, StreetMap
from fairground.opportunity.neighbourhoods.needs import Need

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

CLOSED = ("private", "no", "residents", "employees", "military")  # "customers" is everybody who comes to buy
NO_ENTRANCE = ("no", "exit", "emergency")
SCHOOLS = ("school", "kindergarten", "college", "university")
IN_SCHOOLS = ("playground", "pitch", "track", "garden")


@dataclass(frozen=True, eq=False)
class Places:
    """Doors of places that meet a need, in metres; `sure` is false where it only may be one.

    Parameters
    ----------
    x, y, sure : (p,). count : places, which may have several doors. touched : places entered where a way
    touches their edge. middles : places of which neither a door nor such a way is known. in_schools : left
    out because they lie in the grounds of a school. no_wheels : (p,) whether the map says that no wheelchair
    can enter there; empty where nothing says so of any.

    Raises
    ------
    BadInput : parts that differ in length.
    """

    x: Floats
    y: Floats
    sure: Flags
    count: int
    middles: int = 0
    touched: int = 0
    in_schools: int = 0
    no_wheels: Flags = field(default_factory=lambda: np.empty(0, bool))

    def __post_init__(self) -> None:
        if not len(self.x) == len(self.y) == len(self.sure):
            raise BadInput("Each door has a place", "x", len(self.x), str(len(self.y)))
        if len(self.no_wheels) not in (0, len(self.x)):
            raise BadInput("Each door has a word on wheels, or none has", "no_wheels", len(self.no_wheels))

    def __len__(self) -> int:
        return len(self.x)


def places_of(
    streets: StreetMap, need: Need, projection: Projection, *, paths: NDArray[np.object_] | None = None
) -> Places:
    """Return the places of a street map that have the tags of a need.

    Parameters
    ----------
    streets : the map. need : what is looked for, by its tags. projection : the flat map of the streets.
    paths : (w,) straight pieces, in metres, of the ways that may be walked at ground level; None for none.

    Returns
    -------
    Places : points first, then the doors of areas, each in the order of the map.
    """
    points, areas = streets.points, streets.areas
    single = _matching(points, need, points.id.size)
    wide = _matching(areas, need, len(areas.id))
    found = int(single.sum() + wide.sum())
    single[single] = ~_school_ground(streets, points, single)
    wide[wide] = ~_school_ground(streets, areas, wide)
    rows = np.flatnonzero(single)
    x, y = projection.metres(points.longitude[rows], points.latitude[rows])
    doors = _doors(streets, np.flatnonzero(wide), projection, np.empty(0, object) if paths is None else paths)
    count = len(rows) + int(wide.sum())
    east, north = np.concatenate([x, doors.x]), np.concatenate([y, doors.y])
    sure = np.full(len(east), need.of != "timetable")
    wheels = np.concatenate([points.matching({"wheelchair": ["no"]})[rows], doors.no_wheels])
    return replace(doors, x=east, y=north, sure=sure, count=count, in_schools=found - count, no_wheels=wheels)


def _matching(things: Points | Areas, need: Need, count: int) -> Flags:
    """Return which points or areas have the tags of a need and are not closed to the public."""
    found = np.zeros(count, bool)
    for tags in need.where:
        found |= things.matching(tags)
    return found & ~things.matching({"access": CLOSED})


def _school_ground(streets: StreetMap, things: Points | Areas, chosen: Flags) -> Flags:
    """Return which of some chosen things are playgrounds and the like inside the grounds of a school."""
    shapes = (
        things.shape[chosen]
        if isinstance(things, Areas)
        else shapely.points(things.longitude[chosen], things.latitude[chosen])
    )
    found = np.zeros(len(shapes), bool)
    play = things.matching({"leisure": IN_SCHOOLS}) & ~things.matching({"amenity": SCHOOLS})
    inner = np.flatnonzero(play[chosen])
    schools = streets.areas.shape[streets.areas.matching({"amenity": SCHOOLS})]
    if len(inner) and len(schools):
        at, _ = shapely.STRtree(schools).query(shapely.point_on_surface(shapes[inner]), predicate="within")
        found[inner[at]] = True
    return found


def _doors(
    streets: StreetMap, rows: NDArray[np.int64], projection: Projection, paths: NDArray[np.object_]
) -> Places:
    """Return the doors of some areas in metres, and how many areas have none that is mapped."""
    shapes, points = streets.areas.shape[rows], streets.points
    open_door = points.matching({"entrance": ("*",)}) & ~points.matching({"entrance": NO_ENTRANCE})
    known = np.flatnonzero(open_door & ~points.matching({"access": CLOSED}))
    corners, of = shapely.get_coordinates(shapes, return_index=True)
    place = {(lon, lat) for lon, lat in zip(points.longitude[known], points.latitude[known], strict=True)}
    on = np.array([(lon, lat) in place for lon, lat in corners.tolist()], bool)
    doors = np.unique(np.column_stack([of[on], corners[on]]), axis=0) if on.any() else np.empty((0, 3))
    without = np.setdiff1d(np.arange(len(rows)), of[on])
    flat = shapely.transform(
        shapes[without], lambda at: np.column_stack(projection.metres(at[:, 0], at[:, 1]))
    )
    touches, touched = _touches(np.asarray(flat, object), paths)
    left = np.setdiff1d(np.arange(len(without)), touched)
    x, y = projection.metres(doors[:, 1], doors[:, 2])
    middle_x, middle_y = projection.metres(*shapely.get_coordinates(middles(shapes[without[left]])).T)
    east, north = (
        np.concatenate(parts) for parts in zip((x, y), touches.T, (middle_x, middle_y), strict=True)
    )
    sure = np.ones(len(east), bool)
    area = np.concatenate([doors[:, 0].astype(np.int64), without[touched], without[left]])
    wheels = streets.areas.matching({"wheelchair": ["no"]})[rows[area]]
    return Places(east, north, sure, len(rows), len(left), len(without) - len(left), no_wheels=wheels)


def _touches(shapes: NDArray[np.object_], paths: NDArray[np.object_]) -> tuple[Floats, NDArray[np.int64]]:
    """Return where ways touch or cross the edges of shapes, (t, 2) metres, and the shape of each place.

    A way that runs along an edge touches it at both ends of the run.
    """
    if not len(shapes) or not len(paths):
        return np.empty((0, 2)), np.empty(0, np.int64)
    edges = shapely.boundary(shapes)
    way, of = shapely.STRtree(edges).query(paths, predicate="intersects")
    places, pair = shapely.get_coordinates(shapely.intersection(paths[way], edges[of]), return_index=True)
    once = np.unique(np.column_stack([of[pair], places]), axis=0)
    return once[:, 1:], once[:, 0].astype(np.int64)


def middles(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the centroid of each shape, or a point on it where the centroid lies outside."""
    centre = shapely.centroid(shapes)
    inside = shapely.covers(shapes, centre)
    found: NDArray[np.object_] = np.where(inside, centre, shapely.point_on_surface(shapes))
    return found
