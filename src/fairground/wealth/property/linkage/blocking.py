"""Which pairs of two lists are worth comparing: those that one of four keys brings together.

Rule 1: the same UPRN. Rule 2: the same whole postcode. Rule 3: among the most alike by their rarer words.
Rule 4: among the nearest within `REACH` metres. A pair that no key brings together is never found, so the
share of true pairs that are (the recall of the keys) is measured in `benchmarks/linkage.py`. Reference: P.
Christen, *Data Matching* (2012), chapter 4.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fairground.wealth.property.linkage import kernels
from fairground.wealth.property.linkage.coding import Lists, Words

__all__ = ["candidates"]

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
REACH = 700.0  # metres
ALIKE = 25
NEAREST = 20
FAR = 10_000.0  # metres
COMMONEST = 3_000  # entries that may share a word that is looked under
TOGETHER = 60  # entries under one postcode or UPRN; more is no key but a habit of the list


def candidates(lists: Lists, places: tuple[Floats, Floats]) -> tuple[Whole, Whole]:
    """Return pairs as two arrays: the entry of the first list and that of the second, in order, each once."""
    size = len(lists.first.uprn)
    found = [
        _same(lists.first.uprn, lists.second.uprn),
        _same(lists.first.postcode[:, 3], lists.second.postcode[:, 3]),
        _alike(lists, places),
        _near(lists),
    ]
    keys = np.unique(np.concatenate([two * size + one for one, two in found]))
    return keys % size, keys // size


def _same(one: Whole, two: Whole) -> tuple[Whole, Whole]:
    """Return the pairs that have one value, where no more than `TOGETHER` entries of the first have it."""
    order = np.argsort(one, kind="stable")
    low, high = np.searchsorted(one[order], two, "left"), np.searchsorted(one[order], two, "right")
    size = np.where((two >= 0) & (high - low <= TOGETHER), high - low, 0)
    seconds = np.repeat(np.arange(len(two)), size)
    firsts = np.repeat(low, size) + np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    return order[firsts], seconds


def _alike(lists: Lists, places: tuple[Floats, Floats]) -> tuple[Whole, Whole]:
    weight = lists.clue_weight
    have = kernels.postings(lists.first.clue, len(weight))
    length = np.maximum(kernels.lengths(lists.first.clue, weight), 1e-9)
    return kernels.most_alike(
        lists.second.clue,
        have,
        lists.near,
        weight,
        length,
        *places,
        lists.first.kinds,
        lists.second.kinds,
        ALIKE,
        COMMONEST,
        FAR,
    )


def _near(lists: Lists) -> tuple[Whole, Whole]:
    first, second = lists.first, lists.second
    placed = np.flatnonzero(~np.isnan(first.east))
    cell = _cell(first.east[placed], first.north[placed])
    order = np.argsort(cell, kind="stable")
    known, start = np.unique(cell[order], return_index=True)
    grid = Words(np.append(start, len(order)).astype(np.int64), placed[order])
    around = np.full((len(second.east), 9), -1, np.int64)
    if len(known):
        there = np.flatnonzero(~np.isnan(second.east))
        for n, (x, y) in enumerate((x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)):
            at = _cell(second.east[there] + x * REACH, second.north[there] + y * REACH)
            row = np.minimum(np.searchsorted(known, at), len(known) - 1)
            around[there, n] = np.where(known[row] == at, row, -1)
    return kernels.standing_near(grid.start, grid.word, around, first, second, REACH, NEAREST)


def _cell(east: NDArray[np.float64], north: NDArray[np.float64]) -> Whole:
    columns = np.floor(east / REACH).astype(np.int64)
    return columns * 1_000_003 + np.floor(north / REACH).astype(np.int64)
