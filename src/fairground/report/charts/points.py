"""Draws a plain map of points on the server: numbered as in the list beside it, with north and a scale.

Points are placed by their latitude and longitude, one kilometre as long from west to east as from south to
north in the middle of the map (an equirectangular projection, Snyder 1987, USGS Professional Paper 1395).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, hypot, radians, sin

WIDTH, HEIGHT, EDGE, BAR = 560, 400, 34, 56
KM_PER_DEGREE = 111.2
ROOM, ROUNDS, CROWD = 46, 60, 60  # how far apart numbers stand; beyond a crowd they stay where they are
SCALES = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200)


@dataclass(frozen=True)
class Point:
    """A number in a list, where it is, what it is called and where it leads."""

    number: int
    latitude: float
    longitude: float
    title: str
    address: str


def points(rows: Sequence[Point], *, title: str) -> str:
    """Return the map as SVG, or nothing where there is no point; each number leads to its address."""
    if not rows:
        return ""
    middle = sum(point.latitude for point in rows) / len(rows)
    across = [point.longitude * cos(radians(middle)) * KM_PER_DEGREE for point in rows]
    up = [point.latitude * KM_PER_DEGREE for point in rows]
    per_km = min((WIDTH - 2 * EDGE) / _span(across), (HEIGHT - 2 * EDGE - BAR) / _span(up))
    left, top = _middle(across), _middle(up)
    true = [
        (WIDTH / 2 + (x - left) * per_km, (HEIGHT - BAR) / 2 - (y - top) * per_km)
        for x, y in zip(across, up, strict=True)
    ]
    marks = [_mark(*each) for each in zip(rows, true, _apart(true), strict=True)]
    return (
        f'<svg class="fg-chart fg-map" viewBox="0 0 {WIDTH} {HEIGHT}" role="group"'
        f' aria-label="{escape(title)}">'
        f'<rect class="fg-chart__track" x="0" y="0" width="{WIDTH}" height="{HEIGHT}" rx="10"/>'
        + "".join(marks)
        + _scale(per_km)
        + "</svg>"
    )


def _span(values: Sequence[float]) -> float:
    return max(max(values) - min(values), 0.5)


def _middle(values: Sequence[float]) -> float:
    return (max(values) + min(values)) / 2


def _apart(true: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return where to show each number: pushed apart where two would hide each other, inside the frame."""
    spots = [list(spot) for spot in true]
    for _ in range(ROUNDS if len(spots) <= CROWD else 0):
        for n, one in enumerate(spots):
            for other in spots[:n]:
                dx, dy = one[0] - other[0], one[1] - other[1]
                apart = hypot(dx, dy)
                if apart >= ROOM:
                    continue
                if apart < 0.01:
                    dx, dy, apart = cos(n), sin(n), 1.0
                push = (ROOM - apart) / 2 / apart
                one[0], one[1] = one[0] + dx * push, one[1] + dy * push
                other[0], other[1] = other[0] - dx * push, other[1] - dy * push
        spots = [[min(max(x, EDGE), WIDTH - EDGE), min(max(y, EDGE), HEIGHT - BAR)] for x, y in spots]
    return [(x, y) for x, y in spots]


def _mark(point: Point, true: tuple[float, float], shown: tuple[float, float]) -> str:
    x, y = shown
    words = escape(f"{point.number}: {point.title}")
    line = ""
    if hypot(x - true[0], y - true[1]) > 1:
        line = f'<path class="fg-map__line" d="M{true[0]:.1f} {true[1]:.1f}L{x:.1f} {y:.1f}"/>'
    return (
        f'{line}<a href="{escape(point.address)}" aria-label="{words}"><title>{words}</title>'
        f'<circle class="fg-map__spot" cx="{x:.1f}" cy="{y:.1f}" r="15"/>'
        f'<text class="fg-map__number" x="{x:.1f}" y="{y:.1f}" dy="0.35em" text-anchor="middle">'
        f"{point.number}</text></a>"
    )


def _scale(per_km: float) -> str:
    km = max((length for length in SCALES if length * per_km <= 180), default=SCALES[0])
    x, y, long = EDGE, HEIGHT - 20, km * per_km
    words = f"{km:g} km" if km >= 1 else f"{km * 1000:g} m"
    return (
        f'<path class="fg-chart__limit" fill="none" d="M{x} {y - 6}V{y}H{x + long:.1f}V{y - 6}"/>'
        f'<text class="fg-chart__mark" x="{x + long + 8:.1f}" y="{y + 3}">{words}</text>'
        f'<text class="fg-chart__value" x="{WIDTH - EDGE}" y="{y + 3}" text-anchor="end">North is up</text>'
    )
