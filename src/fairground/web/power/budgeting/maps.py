"""Draws a plain map of points on the server: numbered as in the list beside it, with north and a scale.

Points are placed by their latitude and longitude, one kilometre as long from west to east as from south to
north in the middle of the map (an equirectangular projection, Snyder 1987, USGS Professional Paper 1395).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians

WIDTH, HEIGHT, EDGE, BAR = 560, 360, 34, 50
KM_PER_DEGREE = 111.2
SCALES = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200)


@dataclass(frozen=True)
class Point:
    """A number in a list, where it is, what it is called and where it leads."""

    number: int
    latitude: float
    longitude: float
    title: str
    address: str


def drawn(points: Sequence[Point], *, title: str) -> str:
    """Return the map as SVG, or nothing where there is no point."""
    if not points:
        return ""
    middle = sum(point.latitude for point in points) / len(points)
    across = [point.longitude * cos(radians(middle)) * KM_PER_DEGREE for point in points]
    up = [point.latitude * KM_PER_DEGREE for point in points]
    per_km = min((WIDTH - 2 * EDGE) / _span(across), (HEIGHT - 2 * EDGE - BAR) / _span(up))
    left, top = _middle(across), _middle(up)
    marks = [
        _mark(point, WIDTH / 2 + (x - left) * per_km, (HEIGHT - BAR) / 2 - (y - top) * per_km)
        for point, x, y in zip(points, across, up, strict=True)
    ]
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


def _mark(point: Point, x: float, y: float) -> str:
    return (
        f'<a href="{escape(point.address)}" aria-label="{point.number}: {escape(point.title)}">'
        f"<title>{point.number}: {escape(point.title)}</title>"
        f'<circle class="fg-map__spot" cx="{x:.1f}" cy="{y:.1f}" r="15"/>'
        f'<text class="fg-map__number" x="{x:.1f}" y="{y + 5.5:.1f}" text-anchor="middle">'
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
