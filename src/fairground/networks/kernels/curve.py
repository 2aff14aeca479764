"""Puts places in the order of Hilbert's curve, so that neighbours on the ground are neighbours in memory.

Reference: Hilbert, "Über die stetige Abbildung einer Linie auf ein Flächenstück", Mathematische Annalen 38,
1891; the steps follow Warren, "Hacker's Delight", second edition, section 16.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ORDER = 16


@njit(cache=True)
def hilbert(x: Floats, y: Floats) -> NDArray[np.int64]:
    """Return how far along the curve each place lies; the curve fills the box of all places."""
    out = np.empty(x.size, np.int64)
    if x.size == 0:
        return out
    west, south = x.min(), y.min()
    span = max(x.max() - west, y.max() - south, 1e-9)
    cells = 1 << ORDER
    for i in range(x.size):
        column = min(int((x[i] - west) / span * cells), cells - 1)
        row = min(int((y[i] - south) / span * cells), cells - 1)
        along, size = 0, cells >> 1
        while size > 0:
            right, upper = int((column & size) > 0), int((row & size) > 0)
            along += size * size * ((3 * right) ^ upper)
            if upper == 0:
                if right == 1:
                    column, row = cells - 1 - column, cells - 1 - row
                column, row = row, column
            size >>= 1
        out[i] = along
    return out
