"""Where streets of the made-up town meet: each line gets a point wherever another crosses or ends on it.

Bridges and tunnels (lines with a layer) meet others at their two ends only.
"""

from __future__ import annotations

from collections.abc import Iterable

from shapely import STRtree
from shapely.geometry import LineString
from shapely.geometry import Point as Dot

from fairground.sources.town.plan import Point, Spot, Street

NEAR = 0.05  # metres


def meeting(streets: Iterable[Street], spots: Iterable[Spot]) -> list[tuple[Street, tuple[Point, ...]]]:
    """Return each street with its line, which now has a point at each meeting and each spot on it."""
    streets = list(streets)
    lines = [LineString(street.line) for street in streets]
    level = [n for n, street in enumerate(streets) if street.layer is None]
    tree = STRtree([lines[n] for n in level])
    found: list[tuple[Street, tuple[Point, ...]]] = []
    for n, street in enumerate(streets):
        dots: list[Point] = []
        if street.layer is None:
            for other in tree.query(lines[n]).tolist():
                dots += [] if level[other] == n else _points(lines[n], lines[level[other]])
            dots += [spot.at for spot in spots if spot.on and lines[n].distance(Dot(spot.at)) < NEAR]
        found.append((street, _with(lines[n], dots)))
    return found


def _points(line: LineString, other: LineString) -> list[Point]:
    shared = line.intersection(other)
    parts = getattr(shared, "geoms", [shared])
    return [(part.x, part.y) for part in parts if part.geom_type == "Point"]


def _with(line: LineString, dots: Iterable[Point]) -> tuple[Point, ...]:
    at = {round(line.project(Dot(x, y)), 1): (round(x, 1), round(y, 1)) for x, y in line.coords}
    for x, y in dots:
        at.setdefault(round(line.project(Dot(x, y)), 1), (round(x, 1), round(y, 1)))
    return tuple(at[far] for far in sorted(at))
