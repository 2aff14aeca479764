"""The arithmetic that must be fast: one multiplier that makes bounded amounts add up, many times over.

The problem is separable: a_i = clip(m x s_i, lower_i, upper_i), and the sum over i rises with m, so m is
found by sorting the 2n points at which a place leaves its floor or meets its cap. Method: Luss and Gupta,
"Allocation of effort resources among competing activities", Operations Research 23(2), 1975, and
Brucker, "An O(n) algorithm for quadratic knapsack problems", Operations Research Letters 3(3), 1984.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@njit(cache=True)
def multiplier(scores: Floats, lower: Floats, upper: Floats, pot: float) -> float:
    """Return m with sum(clip(m * scores, lower, upper)) = pot; scores above zero, bounds that can hold it."""
    n = scores.size
    points = np.empty(2 * n)
    points[:n] = lower / scores
    points[n:] = upper / scores
    order = np.argsort(points)
    total = lower.sum()
    slope = 0.0
    last = 0.0
    for k in order:
        step = points[k] - last
        if slope > 0.0 and total + slope * step >= pot:
            return last + (pot - total) / slope
        total += slope * step
        last = points[k]
        slope = slope + scores[k] if k < n else slope - scores[k - n]
    return last


@njit(cache=True)
def amounts(
    weights: Floats, logs: Floats, exponent: float, base: Floats, lower: Floats, upper: Floats, pot: float
) -> Floats:
    """Return the bounded amounts of each draw (draws, places), in the pot's unit.

    `weights` has shape (draws, indicators); `logs` has shape (draws or 1, indicators, places) and holds the
    logarithm of each place's ratio to the mean; `base` (places) is what multiplies need.
    """
    draws, k = weights.shape
    n = base.size
    found = np.empty((draws, n))
    scores = np.empty(n)
    for d in range(draws):
        held = d if logs.shape[0] > 1 else 0
        for i in range(n):
            power = 0.0
            for j in range(k):
                power += weights[d, j] * logs[held, j, i]
            scores[i] = base[i] * np.exp(exponent * power)
        m = multiplier(scores, lower, upper, pot)
        for i in range(n):
            found[d, i] = min(max(m * scores[i], lower[i]), upper[i])
    return found


@njit(cache=True)
def ranks(values: Floats, tolerance: float) -> NDArray[np.int32]:
    """Return for each row the rank of each place, 1 for the largest; places within `tolerance` share one."""
    draws, n = values.shape
    found = np.empty((draws, n), dtype=np.int32)
    for d in range(draws):
        order = np.argsort(-values[d])
        shared, top = 1, values[d, order[0]]
        for place in range(n):
            if top - values[d, order[place]] > tolerance:
                shared, top = place + 1, values[d, order[place]]
            found[d, order[place]] = shared
    return found
