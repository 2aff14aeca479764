"""Finds green areas, gates and paths on a street map: what the other modules of this area work on.

Shapes are laid on the flat map of the street network. A shape that crosses itself is mended, and counted.
The paths are the straight pieces of the walking network at ground level: not on a bridge, in a tunnel or on
another layer, and not on an island that no street joins.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.networks import Projection, StreetGraph
from fairground.networks.streetmap import StreetMap
from fairground.opportunity.greenspace.kinds import IN_SCHOOLS, KEYS, closed, kind_of
from fairground.opportunity.greenspace.sites import Areas, Shapes

GATES = ("gate", "kissing_gate", "stile", "swing_gate", "turnstile", "cycle_barrier", "bollard", "entrance")
NO_ENTRANCE = ("no", "exit", "emergency")
ASKED = (*KEYS, "access", "foot", "garden:type", "name")


def green_areas(streets: StreetMap, projection: Projection) -> tuple[Areas, int]:
    """Return every area of some kind of green space, in metres, and how many shapes had to be mended.

    Kinds that do not count by themselves are there too; `chosen` picks among them.
    """
    mapped = streets.areas
    some = np.zeros(len(mapped.id), bool)
    for key in KEYS:
        some |= mapped.matching({key: ("*",)})
    rows, kinds = [], []
    for row in np.flatnonzero(some):
        kind = kind_of(_tags(mapped.tags, int(row), ASKED))
        if kind:
            rows.append(int(row))
            kinds.append(kind)
    shapes, mended = flat(mapped.shape[rows], projection)
    names = mapped.tags.get("name")
    told = tuple(names[row] if names else "" for row in rows)
    return within_schools(Areas(shapes, tuple(kinds), told, tuple(mapped.id[row] for row in rows))), mended


def flat(shapes: Shapes, projection: Projection) -> tuple[Shapes, int]:
    """Return shapes in degrees as shapes in metres, and how many had to be mended to be valid."""

    def metres(places: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(projection.metres(places[:, 0], places[:, 1]))

    found = np.asarray(shapely.transform(shapes, metres), object)
    wrong = np.flatnonzero(~shapely.is_valid(found))
    found[wrong] = shapely.buffer(shapely.make_valid(found[wrong]), 0)
    return found, len(wrong)


def within_schools(areas: Areas) -> Areas:
    """Return the areas with each playground, pitch or garden inside a school as part of the school."""
    schools = areas.kept(("schools",))
    inner = areas.kept(tuple(IN_SCHOOLS))
    if not len(schools) or not len(inner):
        return areas
    middles = shapely.point_on_surface(areas.shapes[inner])
    at, _ = shapely.STRtree(areas.shapes[schools]).query(middles, predicate="within")
    kinds = list(areas.kinds)
    for one in inner[np.unique(at)]:
        kinds[int(one)] = "schools"
    return Areas(areas.shapes, tuple(kinds), areas.names, areas.ids)


def gates(streets: StreetMap, graph: StreetGraph) -> Shapes:
    """Return the points, in metres, that the map names as ways in: entrances, and gates on a walked way.

    Private and locked ones are left out.
    """
    points = streets.points
    named = points.matching({"entrance": ("*",)}) & ~points.matching({"entrance": NO_ENTRANCE})
    barred = points.matching({"barrier": GATES}) & np.isin(points.id, graph.bend_id)
    rows = [
        int(row)
        for row in np.flatnonzero(named | barred)
        if not closed(_tags(points.tags, int(row), ("access", "foot"))) and not _locked(streets, int(row))
    ]
    x, y = graph.projection.metres(points.longitude[rows], points.latitude[rows])
    return np.asarray(shapely.points(x, y), object)


def _locked(streets: StreetMap, row: int) -> bool:
    return _tags(streets.points.tags, row, ("locked",)).get("locked", "") == "yes"


def paths(streets: StreetMap, graph: StreetGraph) -> Shapes:
    """Return the straight pieces of the walking network at ground level, in metres."""
    use = np.repeat(graph.mainland, np.diff(graph.bend_starts))
    use[graph.bend_starts[1:] - 1] = False
    use &= ~np.isin(graph.bend_way, streets.ways.id[_off_the_ground(streets)])
    at = np.flatnonzero(use)
    ends = np.stack(
        [
            np.column_stack([graph.bend_x[at], graph.bend_y[at]]),
            np.column_stack([graph.bend_x[at + 1], graph.bend_y[at + 1]]),
        ],
        axis=1,
    )
    return np.asarray(shapely.linestrings(ends), object)


def _off_the_ground(streets: StreetMap) -> NDArray[np.bool_]:
    ways = streets.ways
    level = ~ways.matching({"layer": ("", "0")})
    bridge = ~ways.matching({"bridge": ("", "no")})
    tunnel = ~ways.matching({"tunnel": ("", "no", "building_passage")})
    return level | bridge | tunnel


def _tags(columns: object, row: int, keys: Iterable[str]) -> dict[str, str]:
    found = {}
    for key in keys:
        column = columns.get(key)  # type: ignore[attr-defined]
        if column is not None and column[row]:
            found[key] = column[row]
    return found
