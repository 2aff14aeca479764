"""What one new way in would change for a home: the best place on the edges of spaces near it.

A new entrance is a gap in the fence where a street already runs beside the space; a new path besides joins
the space to a street that is further off. Both are places on the edges of spaces that count, taken every ten
metres and then, about the best, every half metre; the walk to them is worked out as exactly as any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.opportunity.greenspace.sites import Sites

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

STEP = 10.0  # metres between places that are tried on an edge
FINER = 0.5  # metres between places that are tried about the best of those
BESIDE = 15.0  # metres from edge to street: nearer, a gap in the fence is enough
PATH = 150.0  # metres: the longest path that is thought of


@dataclass(frozen=True, eq=False)
class Openings:
    """Places on the edges of sites where a way in could be, with the site and the metres to a street."""

    x: Floats
    y: Floats
    site: Places
    to_street: Floats

    def nearer_than(self, metres: float) -> Openings:
        """Return the places that lie so near to a street."""
        kept = self.to_street <= metres
        return Openings(self.x[kept], self.y[kept], self.site[kept], self.to_street[kept])


def openings(
    sites: Sites,
    which: Places,
    *,
    to_street: Callable[[Floats, Floats], Floats],
    step: float = STEP,
    near: shapely.Geometry | None = None,
) -> Openings:
    """Return the places on the edges of some sites where a way in could be.

    Parameters
    ----------
    sites : green spaces in metres. which : their numbers. to_street : (x, y) -> metres to the nearest street.
    step : metres between places. near : only places inside this shape.

    >>> import numpy as np, shapely
    >>> from fairground.opportunity.greenspace import Areas, join, openings
    >>> park = join(Areas(np.array([shapely.box(0, 0, 100, 100)]), ("park",), ("",), ("a",)))
    >>> len(openings(park, np.array([0]), to_street=lambda x, y: np.abs(y), step=50).x)
    8
    """
    points, belongs = [], []
    for site in which:
        for line in shapely.get_parts(shapely.boundary(sites.shapes[site])):
            steps = max(int(line.length // step), 1)
            at = shapely.line_interpolate_point(line, np.arange(steps) * (line.length / steps))
            points.append(at)
            belongs.append(np.full(steps, site))
    if not points:
        none = np.empty(0)
        return Openings(none, none, np.empty(0, np.int64), none)
    at, site = np.concatenate(points), np.concatenate(belongs).astype(np.int64)
    if near is not None:
        shapely.prepare(near)
        kept = shapely.intersects(near, at)
        at, site = at[kept], site[kept]
    x, y = shapely.get_x(at), shapely.get_y(at)
    return Openings(x, y, site, to_street(x, y))
