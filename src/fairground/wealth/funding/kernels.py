"""The arithmetic that must be fast: one multiplier that makes bounded amounts add up, many times over.

The problem is separable: a_i = clip(m x s_i, lower_i, upper_i), and the sum over i rises with m, so m is
found by sorting the 2n points at which a place leaves its floor or meets its cap. Method: Luss and Gupta,
"Allocation of effort resources among competing activities", Operations Research 23(2), 1975, and
Brucker, "An O(n) algorithm for quadratic knapsack problems", Operations Research Letters 3(3), 1984.

Whole arrays of draws are worked at once by NumPy: nothing is compiled, so the first asker waits for nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BLOCK = 200_000  # amounts that are worked at once: few enough to stay in the processor's cache


def multipliers(scores: Floats, lower: Floats, upper: Floats, pot: float) -> Floats:
    """Return for each row m with sum(clip(m * scores, lower, upper)) = pot.

    `scores` has shape (draws, places) and is above zero; the bounds (places) can hold the pot.
    """
    points = np.concatenate((lower / scores, upper / scores), axis=1)
    order = np.argsort(points, axis=1, kind="stable")
    points = np.take_along_axis(points, order, axis=1)
    turns = np.take_along_axis(np.concatenate((scores, -scores), axis=1), order, axis=1)
    none = np.zeros((len(scores), 1))
    before = np.concatenate((none, points[:, :-1]), axis=1)
    slopes = np.concatenate((none, np.cumsum(turns, axis=1)[:, :-1]), axis=1)
    with np.errstate(invalid="ignore"):
        totals = lower.sum() + np.cumsum(slopes * (points - before), axis=1)
        reached = (slopes > 0.0) & (totals >= pot)
    first = np.argmax(reached, axis=1)
    rows = np.arange(len(scores))
    held = np.where(first > 0, totals[rows, first - 1], lower.sum())
    slope = np.where(reached[rows, first], slopes[rows, first], 1.0)
    found: Floats = np.where(reached[rows, first], before[rows, first] + (pot - held) / slope, points[:, -1])
    return found


def amounts(
    weights: Floats, logs: Floats, exponent: float, base: Floats, lower: Floats, upper: Floats, pot: float
) -> Floats:
    """Return the bounded amounts of each draw (draws, places), in the pot's unit.

    `weights` has shape (draws, indicators); `logs` has shape (draws or 1, indicators, places) and holds the
    logarithm of each place's ratio to the mean; `base` (places) is what multiplies need.
    """
    draws, k = weights.shape
    found = np.empty((draws, base.size))
    size = max(1, BLOCK // base.size)
    for start in range(0, draws, size):
        rows = slice(start, start + size)
        held = logs[rows] if len(logs) > 1 else logs
        power = np.zeros((len(weights[rows]), base.size))
        for j in range(k):
            power += weights[rows, j, np.newaxis] * held[:, j]
        scores = base * np.exp(exponent * power)
        m = multipliers(scores, lower, upper, pot)
        found[rows] = np.clip(m[:, np.newaxis] * scores, lower, upper)
    return found


def ranks(values: Floats, tolerance: float) -> NDArray[np.int32]:
    """Return for each row the rank of each place, 1 for the largest; places within `tolerance` share one."""
    draws, n = values.shape
    order = np.argsort(-values, axis=1, kind="stable")
    falling = np.ascontiguousarray(np.take_along_axis(values, order, axis=1).T)
    shared, top = np.ones(draws, dtype=np.int32), falling[0]
    placed = np.empty((n, draws), dtype=np.int32)
    for place, row in enumerate(falling):
        apart = top - row > tolerance
        shared, top = np.where(apart, np.int32(place + 1), shared), np.where(apart, row, top)
        placed[place] = shared
    found = np.empty((draws, n), dtype=np.int32)
    np.put_along_axis(found, order, placed.T, axis=1)
    return found
