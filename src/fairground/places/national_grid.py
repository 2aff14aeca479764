"""Great Britain's National Grid: metres east and north to degrees of longitude and latitude, and back.

The Grid was drawn by triangulation and bends by some metres against the globe. Ordnance Survey's table of
shifts, OSTN15, says by how much at every kilometre and joins the two to about ten centimetres; the package
`convertbng` carries it. Where it says nothing (far out at sea; from degrees, south of 49.92), or where it is
not installed, PROJ's plain way of seven numbers is used, and how far that may be off is said. Reference:
Ordnance Survey, "A guide to coordinate systems in Great Britain", section 6.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj.transformer import Transformer, TransformerGroup

Floats = NDArray[np.float64]
Table = Callable[[Floats, Floats], tuple[Floats, Floats]]
to_metres: Table | None = None
to_degrees: Table | None = None
try:
    from convertbng.cutil import convert_bng as to_metres
    from convertbng.cutil import convert_lonlat as to_degrees
except ImportError:  # no wheel for this machine, such as Alpine Linux
    pass

__all__ = ["Spots", "degrees", "metres"]

GRID, DEGREES = "EPSG:27700", "EPSG:4326"
BY_TABLE = 0.1  # metres, 1 in 3 further off: Ordnance Survey, "A guide to coordinate systems", section 6.1


@dataclass(frozen=True, eq=False)
class Spots:
    """Places turned from one way of saying them into the other.

    x, y : longitude and latitude, or metres east and north; not a number where the place was none.
    doubt : metres by which each may be off.
    """

    x: Floats
    y: Floats
    doubt: Floats


def degrees(east: ArrayLike, north: ArrayLike) -> Spots:
    """Return longitude and latitude of places on the National Grid, given in metres.

    >>> from fairground.places import national_grid
    >>> spot = national_grid.degrees([530624.974], [178388.464])  # Ordnance Survey's test point TP09
    >>> round(float(spot.y[0]), 5), round(float(spot.x[0]), 5)
    (51.48937, -0.11993)
    """
    return _turned(east, north, to_degrees, GRID, DEGREES)


def metres(longitude: ArrayLike, latitude: ArrayLike) -> Spots:
    """Return metres east and north on the National Grid of places given in degrees."""
    return _turned(longitude, latitude, to_metres, DEGREES, GRID)


def _turned(x: ArrayLike, y: ArrayLike, table: Table | None, *maps: str) -> Spots:
    one, two = (np.array(part, float, ndmin=1) for part in (x, y))
    known = np.isfinite(one) & np.isfinite(two)
    made = Spots(*(np.full(one.size, math.nan) for _ in range(3)))
    if table is not None and known.any():
        made.x[known], made.y[known] = table(one[known], two[known])
        made.doubt[known & np.isfinite(made.x)] = BY_TABLE
    left = np.flatnonzero(known & ~np.isfinite(made.x))
    if left.size:
        change, made.doubt[left] = _plain(*maps)
        made.x[left], made.y[left] = change.transform(one[left], two[left])
    return made


@cache
def _plain(one: str, other: str) -> tuple[Transformer, float]:
    """Return PROJ's best way between two maps here, and how many metres it may be off.

    It is named and not left to PROJ, which takes one that is a hundred metres off where a place lies at sea.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a finer table exists is what the doubt says
        best = TransformerGroup(one, other, always_xy=True).transformers[0]
    return best, max(float(best.accuracy), BY_TABLE)
