"""Weights of people with which walks give chances that are wanted: the most random lottery of these, nearly.

Where juries cannot be counted, how often each kind of people sits is measured on many walks (`walking`). The
weight of a kind that sits too seldom is raised, less and less each time (Robbins and Monro 1951, A stochastic
approximation method); the mean of the later weights is kept (Polyak and Juditsky 1992). In the long run walks
with these weights are the most random lottery of all that have its own chances. These are near those that are
wanted; what is left is made good when the juries that were drawn get weights (`tilting`).

Where the wanted chances leave a target no room (its people are as few or as many as they may be on average),
every jury must have just so many: so walks go through such juries only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fairground.power.juries.kinds import Kinds
from fairground.power.juries.sampling import Told
from fairground.power.juries.walking import Walkers, Window, pace

__all__ = ["NEAR", "fitted", "narrowed"]

Floats = NDArray[np.float64]
NEAR = 1e-7
WALKS, LOOKS = 256, 2  # walks, and looks at each between two changes of the weights
ROUNDS, FIRST = 20, 5  # changes, and after how many of them they grow smaller
OFTEN = 0.3  # the share of walks that meet all targets, at least
MOST = 1e6  # how much more one kind may weigh than another


def narrowed(kinds: Kinds, wanted: Floats, near: float = NEAR) -> Window:
    """Return what every jury of a lottery with these chances must meet.

    Parameters
    ----------
    near : so many people away from a limit, on average, is as good as at it.
    """
    sits = wanted * kinds.people
    held = kinds.matrix @ sits
    low, high = kinds.low.copy(), kinds.high.copy()
    high = np.where(held <= low + near, low, high)
    low = np.where(held >= high - near, high, low)
    must = np.where(sits >= kinds.most - near, kinds.most, kinds.least)
    most = np.where(sits <= near, 0.0, kinds.most)
    return Window(low, high, np.minimum(must, most), most)


def fitted(
    kinds: Kinds, wanted: Floats, window: Window, seed: int, told: Told = None
) -> tuple[Floats, Walkers, int]:
    """Return weights with which walks nearly give the wanted chances, these walks, and their pace.

    Raises
    ------
    Impossible : walks meet all targets too seldom.
    """
    free = window.most - window.must
    sits = np.clip(wanted * kinds.people - window.must, 0, free)
    part = np.where(free > 0, sits / np.maximum(free, 1), 0.5)
    part = np.clip(part, 1 / MOST, 1 - 1 / MOST)
    each = np.array([len(units[0]) for units in kinds.units], float)
    weights, spread = part / (1 - part) / each, np.maximum(free * part * (1 - part), 1e-3)
    factor, steps = pace(kinds, window, weights, np.ones(len(kinds.matrix) - 1), seed, OFTEN)
    walkers = Walkers(kinds, window, weights, WALKS, seed + 1)
    walkers.factor = factor
    walkers.go(10 * steps)
    kept: Floats = np.zeros(len(weights))
    for turn in range(ROUNDS):
        mean, seen = _mean(walkers, steps)
        if seen:
            change = min(1.0, FIRST / (turn + 1)) * (sits + window.must - mean) / spread
            weights = np.clip(weights * np.clip(1 + change, 0.5, 2.0), 1 / MOST, MOST)
            walkers.weight = weights * each
        if 2 * turn >= ROUNDS:
            kept = kept + weights
        if told:
            told(0.5 * (turn + 1) / ROUNDS)
    weights = kept / (ROUNDS // 2)
    walkers.weight = weights * each
    return weights, walkers, steps


def _mean(walkers: Walkers, steps: int) -> tuple[Floats, float]:
    """Return how many of each kind sit where all targets are met, on average, and how often they were."""
    sits, times = np.zeros(len(walkers.kinds.units)), 0.0
    for _ in range(LOOKS):
        walkers.go(steps)
        counts, met = walkers.seen()
        sits, times = sits + counts.sum(axis=0), times + float(met.sum())
    return sits / max(times, 1.0), times
