"""Where an entry without a place must roughly be, from what entries with a place say in the same words.

Rule 1: an entry's own place stands. Rule 2: else, of the postcodes, parts of postcodes and words that it has,
the one whose other entries stand closest together tells: their median, and half of them stand within its
`spread`. Rule 3: a word must have `ENOUGH` entries with a place, and none that spreads over `WIDEST` metres
tells anything. So "Netherwade" without a postcode is looked for where all that say Netherwade are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fairground.wealth.property.linkage.coding import Coded, Lists

__all__ = ["whereabouts"]

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
ENOUGH = 3
WIDEST = 4_000.0  # metres


def whereabouts(lists: Lists) -> tuple[Floats, Floats]:
    """Return east, north and spread (metres) of each entry of either list; nan where it is not known."""
    sides = lists.first, lists.second
    found = tuple(
        np.column_stack((one.east, one.north, np.where(np.isnan(one.east), np.inf, 0))) for one in sides
    )
    for part in (3, 2, 1):
        codes = [one.postcode[:, part] for one in sides]
        rows = [np.flatnonzero(code >= 0) for code in codes]
        keys = [code[row] for code, row in zip(codes, rows, strict=True)]
        _tell(found, sides, rows, keys, enough=1 if part == 3 else ENOUGH)
    rows = [np.repeat(np.arange(len(one.uprn)), np.diff(one.text.start)) for one in sides]
    _tell(found, sides, rows, [one.text.word for one in sides], enough=ENOUGH)
    for one in found:
        one[np.isinf(one[:, 2])] = np.nan
    return found[0], found[1]


def _tell(
    found: Sequence[Floats], sides: Sequence[Coded], rows: Sequence[Whole], keys: Sequence[Whole], *,
    enough: int,
) -> None:  # fmt: skip
    """Give each entry the median of those with its key and a place, where that is closer than what it has."""
    east = np.concatenate([one.east[row] for one, row in zip(sides, rows, strict=True)])
    north = np.concatenate([one.north[row] for one, row in zip(sides, rows, strict=True)])
    key = np.concatenate(keys)
    size = int(key.max(initial=-1)) + 1
    number, x, y, spread = _medians(key, east, north, size)
    told = (number >= enough) & (spread <= WIDEST)
    for one, row, held in zip(found, rows, keys, strict=True):
        for entry, what in zip(row.tolist(), held.tolist(), strict=True):
            if told[what] and spread[what] + 1 < one[entry, 2]:
                one[entry] = x[what], y[what], spread[what] + 1


def _medians(key: Whole, east: Floats, north: Floats, size: int) -> tuple[Whole, Floats, Floats, Floats]:
    placed = ~np.isnan(east)
    key, east, north = key[placed], east[placed], north[placed]
    number = np.bincount(key, minlength=size)
    x, y = _median(key, east, number), _median(key, north, number)
    return number, x, y, _median(key, np.hypot(east - x[key], north - y[key]), number)


def _median(key: Whole, value: Floats, number: Whole) -> Floats:
    """Return the (lower) median of the values of each key; nan for a key without one."""
    ordered = value[np.lexsort((value, key))]
    start = np.cumsum(number) - number
    out = np.full(len(number), np.nan)
    have = number > 0
    out[have] = ordered[(start + (number - 1) // 2)[have]]
    return out
