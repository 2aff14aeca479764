"""From degrees on the globe to metres: on a flat map for places, along the globe for lengths.

Places lie on one flat map: Great Britain's grid (EPSG:27700), elsewhere a transverse Mercator map about the
middle of the extract. Lengths of streets are those on the globe, because the grid is off by up to 4 in
10,000. Reference: Karney, "Algorithms for geodesics", Journal of Geodesy 87, 2013; Ordnance Survey, "A guide
to coordinate systems in Great Britain", section 6. Decision record 0040 says why.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache

import numpy as np
from pyproj import CRS, Geod, Transformer
from pyproj.transformer import TransformerGroup

from fairground.errors import BadInput
from fairground.networks.ways import Floats

NATIONAL_GRID = "EPSG:27700"
DEGREES = "EPSG:4326"
FLAT = "flat"  # metres on a flat earth, for made-up streets
GLOBE = Geod(ellps="WGS84")
BRITAIN = (-8.7, 49.8, 1.8, 60.9)  # west, south, east, north; Ireland is cut off below
IRELAND = (-10.8, 51.3, -5.4, 55.4)


@dataclass(frozen=True)
class Projection:
    """A flat map: `crs` names it in PROJ's words, so that any other tool can draw on it too."""

    crs: str

    @staticmethod
    def about(longitude: float, latitude: float) -> Projection:
        """Return the flat map for a place: the National Grid in Great Britain, else one about the place.

        Raises
        ------
        BadInput : the place is not on the globe.
        """
        if not (abs(longitude) <= 180 and abs(latitude) <= 90):
            raise BadInput("This place is not on the globe", "place", f"{latitude}, {longitude}", "degrees")
        if _inside(longitude, latitude, BRITAIN) and not _inside(longitude, latitude, IRELAND):
            return Projection(NATIONAL_GRID)
        return Projection(
            f"+proj=tmerc +lat_0={latitude:.4f} +lon_0={longitude:.4f} +k=1 +x_0=0 +y_0=0 "
            "+ellps=WGS84 +units=m +no_defs"
        )

    def metres(self, longitude: Floats, latitude: Floats, *, crs: str = DEGREES) -> tuple[Floats, Floats]:
        """Return metres east and north of places given in degrees, or on another map."""
        if crs == self.crs or self.crs == FLAT:
            return np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)
        east, north = _between(crs, self.crs).transform(longitude, latitude)
        return np.asarray(east, dtype=float), np.asarray(north, dtype=float)

    def degrees(self, east: Floats, north: Floats) -> tuple[Floats, Floats]:
        """Return longitude and latitude of places on this map."""
        if self.crs == FLAT:
            return np.asarray(east, dtype=float), np.asarray(north, dtype=float)
        longitude, latitude = _between(self.crs, DEGREES).transform(east, north)
        return np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)


@cache
def doubt(crs: str) -> float:
    """Return the metres by which places given on a map may lie off places given in degrees.

    Ordnance Survey's table of shifts (OSTN15) joins the National Grid to degrees to a few centimetres; where
    that table is not installed it is some metres, and PROJ says how many.

    >>> from fairground.networks.projection import doubt
    >>> doubt("EPSG:4326")
    0.0
    """
    if crs in (DEGREES, FLAT):
        return 0.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a finer table exists is what is said here
        ways = TransformerGroup(DEGREES, crs, always_xy=True).transformers
    return max(float(ways[0].accuracy), 0.0) if ways else 0.0


def lengths(crs: str, x1: Floats, y1: Floats, x2: Floats, y2: Floats) -> Floats:
    """Return the metres between pairs of places: along the globe, or straight where `crs` is "flat"."""
    if crs == FLAT:
        return np.asarray(np.hypot(x2 - x1, y2 - y1), dtype=float)
    ends = [(x1, y1), (x2, y2)]
    if crs != DEGREES:
        ends = [_between(crs, DEGREES).transform(*end) for end in ends]
    if x1.size == 0:
        return np.zeros(0)
    return np.asarray(GLOBE.inv(*ends[0], *ends[1])[2], dtype=float)


@cache
def _between(one: str, other: str) -> Transformer:
    return Transformer.from_crs(CRS(one), CRS(other), always_xy=True)


def _inside(longitude: float, latitude: float, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return west <= longitude <= east and south <= latitude <= north
