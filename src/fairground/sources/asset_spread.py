"""Says which assets of a list stand far from all others of it, as a wrong digit in a coordinate makes them.

A council's land lies together. Where nine in ten of the places stand within some distance of their middle,
one that stands more than ten times that distance off, and at least 100 km, is pointed out. It is kept:
councils do own land elsewhere. The distances are our own choice.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

__all__ = ["far_off"]

ENOUGH = 10  # places from which a list has a middle
MOST = 0.9  # of the places, that stand together
TIMES, LEAST = 10, 100.0  # how much further off, and how many km at least
DEGREE = 111.2  # km of a degree of latitude


def far_off(spots: Mapping[int, tuple[float, float]]) -> dict[int, int]:
    """Return which places (longitude, latitude) stand far from the others, and how many km from their middle.

    >>> far_off({n: (0.58 + n / 1000, 50.86) for n in range(20)} | {99: (-6.5, 55.0)})
    {99: 661}
    """
    if len(spots) < ENOUGH:
        return {}
    at = np.array(list(spots.values()), float)
    middle = np.median(at, axis=0)
    east = (at[:, 0] - middle[0]) * np.cos(np.radians(middle[1]))
    km = np.hypot(east, at[:, 1] - middle[1]) * DEGREE
    beyond = max(LEAST, TIMES * float(np.quantile(km, MOST)))
    return {which: round(far) for which, far in zip(spots, km.tolist(), strict=True) if far > beyond}
