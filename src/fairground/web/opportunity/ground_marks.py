"""What a map of the ground shows: streets, steps, water, railways, green spaces and the ways into them.

A large place has too many streets for one page: then only the roads of higher classes are drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import shapely

from fairground.networks import profile
from fairground.networks.profiles import NO, UNKNOWN, YES, judged, judged_points
from fairground.questions.opportunity.ground import Ground, ground
from fairground.report.charts import Mark

Place = tuple[float, float]  # longitude, latitude
Box = tuple[float, float, float, float]  # west, south, east, north
MOST = 2_500  # ways on one map
NOT_YET = ("construction", "proposed", "corridor", "platform")
SMALL = ("service", "footway", "path", "track", "cycleway", "bridleway", "pedestrian", "steps", "corridor")
MAIN = ("motorway", "trunk", "primary", "secondary", "tertiary")
SHAPE = 4 / 3
BESIDE = 0.003  # degrees of latitude around a site: some 330 metres


def known(streets: Path) -> Ground:
    """Return the ground of a street map; read once."""
    return ground(streets)


def whole(ground: Ground) -> Box:
    """Return the box of the whole map."""
    west, south, east, north = shapely.bounds(ground.streets.outline).tolist()
    return west, south, east, north


def around(places: Sequence[Place]) -> Box:
    """Return a box around places, with some room, in the shape of the paper: four wide to three high."""
    lon, lat = zip(*places, strict=True)
    middle, centre = (min(lon) + max(lon)) / 2, (min(lat) + max(lat)) / 2
    a_degree = float(np.cos(np.radians(centre)))  # of longitude, in degrees of latitude
    high = (max(lat) - min(lat)) / 2 + BESIDE
    wide = (max(lon) - min(lon)) / 2 * a_degree + BESIDE
    high, wide = max(high, wide / SHAPE), max(wide, high * SHAPE)
    return middle - wide / a_degree, centre - high, middle + wide / a_degree, centre + high


def marks(ground: Ground, box: Box) -> list[Mark]:
    """Return everything on the ground inside a box and at its edge."""
    box = _with_edge(box)
    return [*_water(ground, box), *_green(ground, box), *_lines(ground, box), *_ways_in(ground, box)]


def _lines(ground: Ground, box: Box) -> list[Mark]:
    ways = ground.streets.ways
    rows = _rows_in(ways.x, ways.y, ways.starts, box)
    kinds = {name: ways.tags[name] for name in ("highway", "railway") if name in ways.tags}
    streets = [
        (int(row), kinds["highway"][row]) for row in rows if "highway" in kinds and kinds["highway"][row]
    ]
    streets = [(row, kind) for row, kind in streets if kind not in NOT_YET]
    for left_out in (SMALL, tuple({kind for _, kind in streets} - set(MAIN))):
        if len(streets) > MOST:
            streets = [(row, kind) for row, kind in streets if kind not in left_out]
    rails = [int(row) for row in rows if "railway" in kinds and kinds["railway"][row] == "rail"]
    parts = {
        "street": [row for row, kind in streets if kind != "steps"],
        "steps": [row for row, kind in streets if kind == "steps"],
        "rail": rails,
    }
    return [Mark(layer, tuple(_line(ground, row) for row in held)) for layer, held in parts.items() if held]


def for_wheels(ground: Ground, box: Box) -> list[Mark]:
    """Return the ways in a box that people may walk but no wheel can use, or of which nobody knows it.

    Steps have a layer of their own.
    """
    ways, box = ground.streets.ways, _with_edge(box)
    rows = _rows_in(ways.x, ways.y, ways.starts, box)
    walk, wheel = (judged(ways, profile(one)).verdict for one in ("walk", "wheel"))
    steps = ways.matching({"highway": ("steps",)})
    rows = rows[(walk[rows] == YES) & ~steps[rows]]
    parts = {"wheel-unknown": rows[wheel[rows] == UNKNOWN], "wheel-no": rows[wheel[rows] == NO]}
    lines = [
        Mark(layer, tuple(_line(ground, int(row)) for row in held))
        for layer, held in parts.items()
        if len(held)
    ]
    return [*lines, *_stops(ground, box)]


def _stops(ground: Ground, box: Box) -> list[Mark]:
    """Return the points on ways that no wheel can pass, or of which nobody knows it."""
    west, south, east, north = box
    points, verdict = ground.streets.points, judged_points(ground.streets.ways, profile("wheel")).verdict
    lon, lat = points.longitude, points.latitude
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    inside &= np.isin(points.id, ground.walk.bend_id)
    found = {"wheel-stop": inside & (verdict == NO), "wheel-stop-unknown": inside & (verdict == UNKNOWN)}
    return [
        Mark(layer, tuple(((x, y),) for x, y in zip(lon[rows].tolist(), lat[rows].tolist(), strict=True)))
        for layer, rows in found.items()
        if rows.any()
    ]


def frame(marks: Iterable[Mark]) -> tuple[Place, ...]:
    """Return two corners of the box around marks: what a map of homes must show; none for no marks."""
    places = [place for mark in marks for part in mark.parts for place in part]
    if not places:
        return ()
    lon, lat = zip(*places, strict=True)
    return (min(lon), min(lat)), (max(lon), max(lat))


def thinned(parts: Sequence[tuple[Place]], most: int = 40_000) -> tuple[tuple[Place], ...]:
    """Return dots on the ground as they are, or, beyond so many, one for those that lie close together."""
    if len(parts) <= most:
        return tuple(parts)
    for digits in (4, 3, 2):
        found = dict.fromkeys(((round(lon, digits), round(lat, digits)),) for ((lon, lat),) in parts)
        if len(found) <= most:
            break
    return tuple(found)


def _line(ground: Ground, row: int) -> tuple[Place, ...]:
    ways = ground.streets.ways
    part = slice(int(ways.starts[row]), int(ways.starts[row + 1]))
    return tuple(zip(ways.x[part].tolist(), ways.y[part].tolist(), strict=True))


def _rows_in(x: np.ndarray, y: np.ndarray, starts: np.ndarray, box: Box) -> np.ndarray:
    """Return the ways that may run through the box, also those that have no point in it."""
    west, south, east, north = box
    begins = starts[:-1]
    low_x, high_x = np.minimum.reduceat(x, begins), np.maximum.reduceat(x, begins)
    low_y, high_y = np.minimum.reduceat(y, begins), np.maximum.reduceat(y, begins)
    return np.flatnonzero((high_x >= west) & (low_x <= east) & (high_y >= south) & (low_y <= north))


def _with_edge(box: Box) -> Box:
    """Return a box with the edge of the paper around it."""
    west, south, east, north = box
    wide, high = (east - west) / 16, (north - south) / 16
    return west - wide, south - high, east + wide, north + high


def _water(ground: Ground, box: Box) -> list[Mark]:
    areas = ground.streets.areas
    frame = shapely.box(*box)
    rows = np.flatnonzero(areas.matching({"natural": ("water",)}))
    return [
        Mark("water", part)
        for row in rows
        if areas.shape[row].intersects(frame)
        for part in _rings(areas.shape[row])
    ]


def _green(ground: Ground, box: Box) -> list[Mark]:
    frame = shapely.box(*box)
    sites, ways = ground.sites(())
    found: list[Mark] = []
    for shape, name, how in zip(_degrees(ground, sites.shapes), sites.names, ways.found, strict=True):
        if shape.intersects(frame):
            layer = "green-unknown" if how == "unknown" else "green"
            found += [Mark(layer, part, name) for part in _rings(shape)]
    closed = np.setdiff1d(np.arange(len(ground.areas)), np.concatenate([[-1], _counted(ground)]))
    for row, shape in zip(closed, _degrees(ground, ground.areas.shapes[closed]), strict=True):
        if shape.intersects(frame):
            found += [Mark("green-closed", part, ground.areas.names[row]) for part in _rings(shape)]
    return found


def _counted(ground: Ground) -> np.ndarray:
    """Return the numbers of the areas that count by default."""
    from fairground.opportunity.greenspace import chosen

    return ground.areas.kept(chosen(()))


def _ways_in(ground: Ground, box: Box) -> list[Mark]:
    _, ways = ground.sites(())
    kept = np.flatnonzero(ways.first)
    lon, lat = ground.projection.degrees(ways.x[kept], ways.y[kept])
    west, south, east, north = box
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    parts = tuple(((x, y),) for x, y in zip(lon[inside].tolist(), lat[inside].tolist(), strict=True))
    return [Mark("entrance", parts)] if parts else []


def _degrees(ground: Ground, shapes: Iterable[object]) -> list[shapely.Geometry]:
    def turned(places: np.ndarray) -> np.ndarray:
        return np.column_stack(ground.projection.degrees(places[:, 0], places[:, 1]))

    return list(shapely.transform(np.array(list(shapes), object), turned))


def _rings(shape: shapely.Geometry) -> list[tuple[tuple[Place, ...], ...]]:
    """Return each polygon of a shape as its rings."""
    polygons = [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]
    return [
        tuple(tuple((x, y) for x, y, *_ in ring.coords) for ring in (part.exterior, *part.interiors))
        for part in polygons
    ]
