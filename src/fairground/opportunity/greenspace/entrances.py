"""Where people can walk into a green space: known ways in, else where a path goes in, else unknown.

Ways in are looked for on each area as it was mapped, before areas are joined to sites.

Rule 1: a way in that a map or a list names (an OpenStreetMap entrance or gate on the edge, an access point of
OS Open Greenspace) is "known". An area that has a known way in is entered by its known ways in.
Rule 2: an area without one is entered wherever a way that may be walked goes in at ground level: "inferred".
A way that only runs along the edge does not go in. The ends of a way that lie on the edge count.
Rule 3: an area with neither is "unknown". It is never taken to be open, and never taken to be shut. A park
that lies open along a street without a fence cannot be told from a map of its edge: it is unknown too.

Beside them the inferred ways in of areas of rule 1 are kept, for a further figure. Reference for crossings as
modelled ways in: Environment Systems, West of England green space accessibility.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.errors import BadInput
from fairground.opportunity.greenspace.sites import Areas, Shapes, Sites

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

REACH = 2.0  # metres between a mapped gate and the edge that it opens
SAME = 0.001  # metres: nearer than this is the same place
KNOWN, INFERRED, UNKNOWN = "known", "inferred", "unknown"


@dataclass(frozen=True, eq=False)
class WaysIn:
    """Points in metres by which green spaces are entered, which each of them opens, and how it was found.

    x, y : (e,). of : (e,) number of the area, or of the site after `onto`. known : (e,) whether listed.
    first : (e,) whether it counts by the rules; the others are inferred beside known ones.
    found : one of "known", "inferred", "unknown" for each area or site.
    """

    x: Floats
    y: Floats
    of: Places
    known: Flags
    first: Flags
    found: tuple[str, ...]

    def __post_init__(self) -> None:
        if not len(self.x) == len(self.y) == len(self.of) == len(self.known) == len(self.first):
            raise BadInput("Each way in needs a place and a green space", value=len(self.x))

    def __len__(self) -> int:
        return len(self.x)

    def onto(self, sites: Sites, chosen: Places) -> WaysIn:
        """Return the ways into sites, from the ways into the areas that they were joined from.

        Parameters
        ----------
        sites : joined areas. chosen : (a,) the number of each of those areas among all areas.
        """
        place = np.full(len(self.found), -1, np.int64)
        place[chosen] = sites.member
        kept = np.flatnonzero(place[self.of] >= 0)
        site = place[self.of[kept]]
        kept = kept[_once(self.x[kept], self.y[kept], site, self.known[kept], self.first[kept])]
        found = np.full(len(sites), UNKNOWN, object)
        for how in (INFERRED, KNOWN):
            found[[place[at] for at in chosen if self.found[at] == how]] = how
        return WaysIn(
            self.x[kept], self.y[kept], place[self.of[kept]], self.known[kept], self.first[kept], tuple(found)
        )

    def having(self, x: Floats, y: Floats, of: Places) -> WaysIn:
        """Return these ways in with more of them, as known ones, beside all that there are."""
        found = list(self.found)
        for one in of:
            found[int(one)] = KNOWN
        yes = np.ones(len(x), bool)
        return WaysIn(
            np.concatenate([self.x, x]),
            np.concatenate([self.y, y]),
            np.concatenate([self.of, of]),
            np.concatenate([self.known, yes]),
            np.concatenate([self.first, yes]),
            tuple(found),
        )

    def every(self) -> WaysIn:
        """Return the same with the inferred ways in beside known ones counted too."""
        return WaysIn(self.x, self.y, self.of, self.known, np.ones(len(self), bool), self.found)


def ways_in(
    areas: Areas, *, paths: Shapes, listed: Shapes, of: Sequence[int] | None = None, reach: float = REACH
) -> WaysIn:
    """Return the ways into each area.

    Parameters
    ----------
    areas : as mapped, in metres. paths : (p,) straight pieces of the ways that may be walked at ground level.
    listed : (l,) points of known ways in. of : (l,) the area of each, -1 where the list does not say.
    reach : metres between a listed point and the edge that it opens.

    Returns
    -------
    WaysIn : each point once for each area that it opens.

    >>> import numpy as np, shapely
    >>> from fairground.opportunity.greenspace import Areas, ways_in
    >>> park = Areas(np.array([shapely.box(0, 0, 100, 100)]), ("park",), ("",), ("a",))
    >>> path = np.array([shapely.LineString([(50, -50), (50, 50)])])
    >>> found = ways_in(park, paths=path, listed=np.empty(0, object))
    >>> found.found, float(found.x[0]), float(found.y[0])
    (('inferred',), 50.0, 0.0)
    """
    at, opened = _listed(areas, listed, of, reach)
    over, entered = _going_in(areas, paths)
    has = np.zeros(len(areas), bool)
    has[opened] = True
    points = np.concatenate([at, over])
    area = np.concatenate([opened, entered])
    known = np.concatenate([np.ones(len(at), bool), np.zeros(len(over), bool)])
    first = known | ~has[area]
    found = np.full(len(areas), UNKNOWN, object)
    found[entered] = INFERRED
    found[opened] = KNOWN
    x, y = shapely.get_x(points), shapely.get_y(points)
    kept = _once(x, y, area, known, first)
    return WaysIn(x[kept], y[kept], area[kept], known[kept], first[kept], tuple(found))


def _listed(areas: Areas, points: Shapes, of: Sequence[int] | None, reach: float) -> tuple[Shapes, Places]:
    """Return the listed points that open an area, with that area; a point may open several."""
    if not len(areas) or not len(points):
        return np.empty(0, object), np.empty(0, np.int64)
    told = np.full(len(points), -1, np.int64) if of is None else np.asarray(of, np.int64)
    free, kept = np.flatnonzero(told < 0), np.flatnonzero(told >= 0)
    edges = shapely.STRtree(shapely.boundary(areas.shapes))
    near, area = edges.query(points[free], predicate="dwithin", distance=reach)
    return points[np.concatenate([kept, free[near]])], np.concatenate([told[kept], area])


def _going_in(areas: Areas, paths: Shapes) -> tuple[Shapes, Places]:
    """Return the points on the edges of areas from which a path leads inside, with the area of each."""
    if not len(areas) or not len(paths):
        return np.empty(0, object), np.empty(0, np.int64)
    path, area = shapely.STRtree(areas.shapes).query(paths, predicate="intersects")
    wholly = shapely.contains_properly(areas.shapes[area], paths[path])
    path, area = path[~wholly], area[~wholly]
    shapely.prepare(areas.shapes)
    pieces, pair = shapely.get_parts(shapely.intersection(paths[path], areas.shapes[area]), return_index=True)
    line = shapely.get_type_id(pieces) == 1
    pieces, area = pieces[line], area[pair[line]]
    edges = shapely.boundary(areas.shapes)
    middle = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    inside = shapely.distance(middle, edges[area]) > SAME
    pieces, area = pieces[inside], area[inside]
    ends = np.concatenate([shapely.get_point(pieces, 0), shapely.get_point(pieces, -1)])
    both = np.concatenate([area, area])
    on = shapely.distance(ends, edges[both]) <= SAME
    return ends[on], both[on]


def _once(x: Floats, y: Floats, of: Places, known: Flags, first: Flags) -> Places:
    """Return which points to keep: each once per space; one that counts goes before one that does not."""
    if not len(x):
        return np.empty(0, np.int64)
    east, north = np.round(x / SAME), np.round(y / SAME)
    order = np.lexsort((~known, ~first, north, east, of))
    cell = np.column_stack([of, east, north])[order]
    fresh = np.concatenate([[True], (np.diff(cell, axis=0) != 0).any(axis=1)])
    kept: Places = order[fresh]
    return kept
