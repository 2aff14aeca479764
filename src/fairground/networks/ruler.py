"""Measures many short lines on a flat map as long as they are on the globe, without going back to degrees.

A flat map stretches lengths a little, and not the same everywhere. How much it stretches is worked out once
at the corners of a net of squares, by geodesics; between them it is so even that a straight line between two
places of the flat map comes out right to a hundredth of a millimetre (decision record 0040). A longer line
than ten kilometres, or a map that is less even than that, is measured along the globe itself. Reference:
Karney, "Algorithms for geodesics", Journal of Geodesy 87, 2013; Snyder, "Map Projections: A Working Manual",
US Geological Survey Professional Paper 1395, 1987, section 4 (scale).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from fairground.networks.projection import FLAT, lengths
from fairground.networks.ways import Floats

SIDE = 2_000.0  # metres between the corners of the net
ARM = 500.0  # metres to each side of a corner that are measured there
LONGEST = 10_000.0  # metres: a longer line is measured along the globe
EVEN = 2e-8  # of a length: how far the net may be off before it is not used
MOST = 4_000_000  # corners; a map that is larger is measured along the globe


@dataclass(frozen=True, eq=False)
class Ruler:
    """The stretch of a flat map at the corners of a net, and where the net begins.

    net : (rows, columns, 3) how the square of a length depends on metres east squared, east times north, and
    north squared; empty where lengths are measured along the globe.
    """

    crs: str
    west: float
    south: float
    net: Floats

    @staticmethod
    def over(crs: str, west: float, south: float, east: float, north: float) -> Ruler:
        """Return a ruler for a box of a flat map, in metres.

        >>> import numpy as np
        >>> from fairground.networks.ruler import Ruler
        >>> ruler = Ruler.over("EPSG:27700", 330000, 187000, 340000, 190000)
        >>> far = ruler(*map(np.array, ([331000.0], [188000.0], [331300.0], [188000.0])))
        >>> round(float(far[0]), 3)
        300.094
        """
        none = np.empty((0, 0, 3))
        wide, high = (int(span // SIDE) + 2 for span in (east - west, north - south))
        if crs == FLAT or not 0 < wide * high <= MOST:
            return Ruler(crs, west, south, none)
        made = Ruler(crs, west, south, _net(crs, west, south, wide, high))
        return made if made._is_even() else Ruler(crs, west, south, none)

    def __call__(self, x1: Floats, y1: Floats, x2: Floats, y2: Floats) -> Floats:
        """Return the metres of straight lines between pairs of places, along the globe."""
        if not self.net.size:
            return lengths(self.crs, x1, y1, x2, y2)
        a, b, c, d = (np.ascontiguousarray(end, float) for end in (x1, y1, x2, y2))
        found: Floats = _measured(a, b, c, d, self.net, self.west, self.south)
        left = np.flatnonzero(np.isnan(found))
        if left.size:
            found[left] = lengths(self.crs, a[left], b[left], c[left], d[left])
        return found

    def _is_even(self) -> bool:
        """Whether lines across the middles of the squares come out as along the globe."""
        rows, columns = self.net.shape[:2]
        x = self.west + (np.arange(columns - 1) + 0.5) * SIDE
        y = self.south + (np.linspace(0, rows - 2, min(rows - 1, 16)).astype(int) + 0.5) * SIDE
        x, y = (part.ravel() for part in np.meshgrid(x, y))
        a, b, c, d = x - ARM, y - 0.6 * ARM, x + ARM, y + 0.4 * ARM
        exact = lengths(self.crs, a, b, c, d)
        found = _measured(a, b, c, d, self.net, self.west, self.south)
        return bool(np.isfinite(exact).all() and (np.abs(found - exact) <= EVEN * exact).all())


def _net(crs: str, west: float, south: float, wide: int, high: int) -> Floats:
    """Return the stretch at each corner, from the length of three lines through it."""
    x, y = (
        part.ravel() for part in np.meshgrid(west + np.arange(wide) * SIDE, south + np.arange(high) * SIDE)
    )
    along, up, aslant = (
        (lengths(crs, x - ARM * dx, y - ARM * dy, x + ARM * dx, y + ARM * dy) / (2 * ARM)) ** 2
        for dx, dy in ((1, 0), (0, 1), (1, 1))
    )
    return np.column_stack([along, aslant - along - up, up]).reshape(high, wide, 3)


@njit(cache=True)
def _measured(
    x1: Floats, y1: Floats, x2: Floats, y2: Floats, net: Floats, west: float, south: float
) -> Floats:
    """Return the metres of lines by the stretch at their middles; nan where that cannot be said."""
    rows, columns = net.shape[0], net.shape[1]
    found = np.empty(x1.size)
    for i in range(x1.size):
        dx, dy = x2[i] - x1[i], y2[i] - y1[i]
        across, up = ((x1[i] + x2[i]) / 2 - west) / SIDE, ((y1[i] + y2[i]) / 2 - south) / SIDE
        inside = 0 <= across < columns - 1 and 0 <= up < rows - 1
        if not inside or dx * dx + dy * dy > LONGEST * LONGEST:
            found[i] = np.nan
            continue
        c, r = int(across), int(up)
        s, t = across - c, up - r
        square = 0.0
        for k, part in enumerate((dx * dx, dx * dy, dy * dy)):
            low = net[r, c, k] * (1 - s) + net[r, c + 1, k] * s
            top = net[r + 1, c, k] * (1 - s) + net[r + 1, c + 1, k] * s
            square += part * (low * (1 - t) + top * t)
        found[i] = np.sqrt(max(square, 0.0))
    return found
