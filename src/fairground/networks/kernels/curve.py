"""Puts places in the order of Hilbert's curve, so that neighbours on the ground are neighbours in memory.

Reference: Hilbert, "Über die stetige Abbildung einer Linie auf ein Flächenstück", Mathematische Annalen 38,
1891; the steps follow Warren, "Hacker's Delight", second edition, section 16.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ORDER = 16


def hilbert(x: Floats, y: Floats) -> NDArray[np.int64]:
    """Return how far along the curve each place lies; the curve fills the box of all places."""
    along = np.zeros(x.size, np.int64)
    if x.size == 0:
        return along
    west, south = x.min(), y.min()
    span = max(x.max() - west, y.max() - south, 1e-9)
    cells = 1 << ORDER
    column = np.minimum(((x - west) / span * cells).astype(np.int64), cells - 1)
    row = np.minimum(((y - south) / span * cells).astype(np.int64), cells - 1)
    for power in reversed(range(ORDER)):
        right, upper = (column >> power) & 1, (row >> power) & 1
        along += ((3 * right) ^ upper) << (2 * power)
        flip, turn = (upper == 0) & (right == 1), upper == 0
        column, row = np.where(flip, cells - 1 - column, column), np.where(flip, cells - 1 - row, row)
        column, row = np.where(turn, row, column), np.where(turn, column, row)
    return along
