"""A sketch of where the projects are, drawn on the server: numbers as on the list, north up, no map service.

Longitudes are drawn at the cosine of the middle latitude, which keeps shapes true over a town.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import Any

WIDTH, MARGIN, MOST_HEIGHT = 560.0, 34.0, 420.0


@dataclass(frozen=True)
class Point:
    """A project on the sketch."""

    x: float
    y: float
    line: Any


@dataclass(frozen=True)
class Sketch:
    """Every project that has a place, and those that have none."""

    width: float
    height: float
    points: tuple[Point, ...]
    elsewhere: tuple[Any, ...]


def map_of(sheet: Any) -> Sketch | None:
    """Return the sketch of a sheet's projects, or None where none has a place."""
    lines = [line for section in sheet.sections for line in section.lines]
    placed = [one for one in lines if one.project.latitude is not None and one.project.longitude is not None]
    if not placed:
        return None
    squeeze = cos(radians(sum(one.project.latitude for one in placed) / len(placed)))
    east = [one.project.longitude * squeeze for one in placed]
    north = [one.project.latitude for one in placed]
    wide, high = max(east) - min(east), max(north) - min(north)
    scale = min(
        (WIDTH - 2 * MARGIN) / wide if wide else 1e9, (MOST_HEIGHT - 2 * MARGIN) / high if high else 1e9
    )
    scale = scale if scale < 1e9 else 1.0
    points = tuple(
        Point(round(MARGIN + (x - min(east)) * scale, 1), round(MARGIN + (max(north) - y) * scale, 1), one)
        for x, y, one in zip(east, north, placed, strict=True)
    )
    rest = tuple(one for one in lines if one not in placed)
    return Sketch(WIDTH, round(2 * MARGIN + high * scale, 1), points, rest)
