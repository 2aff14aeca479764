"""The ground of the made-up town: straight lines of the plan become gentle curves at real latitudes.

Metres of the plan are first bent by two waves, so that streets have many points and no two seeds give the
same distances; then they are laid on the globe around the origin (azimuthal equidistant, so that metres from
the middle stay metres).
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable, Sequence

from pyproj import Transformer

from fairground.sources.town.plan import Point

STEP = 20.0  # metres between the points of a drawn line
WAVE = (12.0, 900.0, 10.0, 1100.0)  # metres to the side, metres of a wave: east, then north
BRITISH = (
    "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy "
    "+towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m"
)  # the seven published numbers, not the grid of small shifts: the same on every machine


class Bent:
    """Turns metres of the plan into longitude and latitude."""

    def __init__(self, origin: Point, middle: Point, seed: int) -> None:
        chance = random.Random(seed)
        self.phases = (chance.uniform(0, math.tau), chance.uniform(0, math.tau))
        self.middle = middle
        around = f"+proj=aeqd +lat_0={origin[0]} +lon_0={origin[1]} +datum=WGS84 +units=m"
        self.globe = Transformer.from_crs(around, "EPSG:4326", always_xy=True)
        self.grid = Transformer.from_crs("EPSG:4326", BRITISH, always_xy=True)

    def metres(self, point: Point) -> Point:
        """Return metres east and north of the middle of the town, after bending."""
        x, y = point
        east, long, north, wide = WAVE
        return (
            x - self.middle[0] + east * math.sin(math.tau * y / long + self.phases[0]),
            y - self.middle[1] + north * math.sin(math.tau * x / wide + self.phases[1]),
        )

    def degrees(self, points: Iterable[Point]) -> list[Point]:
        """Return longitude and latitude of each point, to a ten-millionth of a degree (a centimetre)."""
        bent = [self.metres(point) for point in points]
        if not bent:
            return []
        east, north = zip(*bent, strict=True)
        lon, lat = self.globe.transform(east, north)
        return [(round(x, 7), round(y, 7)) for x, y in zip(lon, lat, strict=True)]

    def national(self, degrees: Sequence[Point]) -> list[tuple[int, int]]:
        """Return British National Grid metres of longitudes and latitudes."""
        lon, lat = zip(*degrees, strict=True)
        east, north = self.grid.transform(lon, lat)
        return [(round(x), round(y)) for x, y in zip(east, north, strict=True)]


def drawn(line: Sequence[Point]) -> list[tuple[Point, bool]]:
    """Return the points of a line at most `STEP` apart; True where the plan itself has the point."""
    points: list[tuple[Point, bool]] = [(line[0], True)]
    for (x0, y0), (x1, y1) in itertools.pairwise(line):
        parts = max(1, math.ceil(math.hypot(x1 - x0, y1 - y0) / STEP))
        for n in range(1, parts):
            points.append(((x0 + (x1 - x0) * n / parts, y0 + (y1 - y0) * n / parts), False))
        points.append(((x1, y1), True))
    return points
