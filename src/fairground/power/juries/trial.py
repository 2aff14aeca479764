"""Draw juries by some of the targets, keep those that meet all: each that is kept is still equally likely.

Some features are counted, as `counting` does, and juries that meet their targets are drawn, many at a time;
one that breaks another target or a household is thrown away. So that few are, values that the targets ask for
more often than the pool has them are drawn more often (the tilt), and a jury of such values is then kept as
much less often. Probabilities are numbers to some ten places here, not fractions; everyone's chance is the
mean of all draws, with its error.

De Azevedo and Gölz (2026), arXiv 2604.02712, throw away in this way; the tilt is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import prod

import numpy as np
from numpy.typing import NDArray

from fairground.errors import Impossible
from fairground.power.juries.chance import Stream
from fairground.power.juries.counting import (
    STEPS,
    Block,
    Counting,
    TooMany,
    block_ways,
    blocks_of,
    by_feature,
    counted,
    kind_ways,
)
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.sampling import Sample, Told, mean_of_draws

__all__ = ["by_trial"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PART = 0.75  # of the steps that a whole count may take, which a count of some features may take
FINE = 64  # into how many parts a tilt is measured
BATCH = 10_000  # juries drawn at a time
SELDOM = 20_000  # draws for each jury, on average, after which too few are kept


def by_trial(kinds: Kinds, chance: Stream, number: int, told: Told = None) -> Sample:
    """Draw juries that meet the targets of some features, and keep those that meet all.

    Raises
    ------
    Impossible : too few are kept.
    """
    some, rest = _some(kinds, by_feature(kinds))
    tilt = _tilt(kinds, rest)
    weights = [prod(tilt[row] for row in tilt if kinds.matrix[row, k]) for k in range(len(kinds.units))]
    walks = _Walks(
        kinds, counted(kinds, some, blocks_of(kinds, some, households=False, weights=weights)), weights
    )
    keep = _Keep(kinds, tilt, rest)
    random = np.random.Generator(np.random.PCG64(chance.below(1 << 128)))
    counts, kept, tries = [], 0, 0
    while kept < number:
        drawn = walks.draw(random, BATCH)
        good = drawn[keep.good(drawn, random.random(BATCH))][: number - kept]
        counts.append(good)
        kept, tries = kept + len(good), tries + BATCH
        if told:
            told(kept / number)
        if kept < number and tries > SELDOM * (kept + 1):
            raise _too_many(tries, kept)
    found = np.concatenate(counts)
    expected, error = mean_of_draws(kinds, found)
    return Sample(found, (), expected, error, tries)


class _Walks:
    """Draws many walks through a count at once, and shares the people of a block out among its kinds."""

    def __init__(self, kinds: Kinds, of: Counting, weights: Sequence[int]) -> None:
        self.of, self.number = of, len(kinds.units)
        behind = of.behind()
        if not behind[0][0]:
            raise Impossible("No jury meets the targets")
        self.sums = [_sums(of, at, behind) for at in range(len(of.blocks))]
        self.shares = [_shares(kinds, block, weights) for block in of.blocks]

    def draw(self, random: np.random.Generator, number: int) -> NDArray[np.int16]:
        """Return juries, shape (number, kinds)."""
        found, state = np.zeros((number, self.number), np.int16), np.zeros(number, np.int64)
        for at, block in enumerate(self.of.blocks):
            _, target, choice = self.of.steps[at]
            step = np.searchsorted(self.sums[at], state + random.random(number), side="right")
            step = np.minimum(step, len(target) - 1)
            state, left = target[step], choice[step]
            for kind, share in zip(block.kinds, self.shares[at], strict=True):
                taken = (random.random(number)[:, None] >= share[left]).sum(axis=1)
                found[:, kind] = taken
                left = left - taken
        return found


def _sums(of: Counting, at: int, behind: list[list[int]]) -> Floats:
    """Return for each step the number of its state, plus the share of juries behind it and those before."""
    source, target, choice = (part.tolist() for part in of.steps[at])
    ways, after, whole = of.blocks[at].ways, behind[at + 1], behind[at]
    steps = zip(source, target, choice, strict=True)
    found: Floats = np.array([ways[c] * after[t] / whole[s] if whole[s] else 0.0 for s, t, c in steps])
    number = np.array(source, np.int64)
    sums: Floats = np.cumsum(found)
    first = np.searchsorted(number, np.arange(of.states[at]))
    begun = np.where(first > 0, sums[np.maximum(first - 1, 0)], 0.0)
    sums = number + sums - begun[number]
    last = np.append(number[1:] != number[:-1], True)
    sums[last] = number[last] + 1.0
    return sums


def _shares(kinds: Kinds, block: Block, weights: Sequence[int]) -> list[Floats]:
    """Return for each kind of a block and each number of people left the sums of the chances of 0, 1, 2 …"""
    found, most = [], len(block.ways)
    for at, kind in enumerate(block.kinds):
        own, rest = kind_ways(kinds, kind, weights[kind]), block_ways(kinds, block.kinds[at + 1 :], weights)
        table = np.ones((most, len(own)))
        for left in range(most):
            ways = [
                n_ways * rest[left - n] if 0 <= left - n < len(rest) else 0 for n, n_ways in enumerate(own)
            ]
            if sum(ways):
                table[left] = [part / sum(ways) for part in accumulate(ways)]
        found.append(table[:, :-1])
    return found


class _Keep:
    """Says which juries are kept: those that meet every row, and fewer of those tilted towards."""

    def __init__(self, kinds: Kinds, tilt: dict[int, int], features: list[list[int]]) -> None:
        self.kinds = kinds
        self.weight = np.zeros(len(kinds.low))
        self.weight[list(tilt)] = np.log(list(tilt.values())) if tilt else 0.0
        self.least = sum(_least(kinds, self.weight, rows) for rows in features)

    def good(self, drawn: NDArray[np.int16], lots: Floats) -> NDArray[np.bool_]:
        """Return which of the juries are kept, by a lot for each."""
        held = drawn @ self.kinds.matrix.T
        meets = ((held >= self.kinds.low) & (held <= self.kinds.high)).all(axis=1)
        meets &= (drawn >= self.kinds.least).all(axis=1)
        kept: NDArray[np.bool_] = meets & (lots < np.exp(self.least - held @ self.weight))
        return kept


def _least(kinds: Kinds, weight: Floats, rows: list[int]) -> float:
    """Return the least that one feature’s tilts come to (a logarithm) in a jury that meets its targets."""
    left = float(kinds.low[0] - kinds.low[rows].sum())
    found = float(kinds.low[rows] @ weight[rows])
    for row in sorted(rows, key=lambda row: weight[row]):
        more = min(left, float(kinds.high[row] - kinds.low[row]))
        found, left = found + more * float(weight[row]), left - more
    return found


def _too_many(tries: int, kept: int) -> Impossible:
    return Impossible(
        "There are too many ways to make a jury from this pool to draw each of them equally often",
        (
            f"more than {STEPS:,} steps would be needed to count them all",
            f"of {tries:,} juries drawn by some of the targets, {kept} met all of them",
            "another rule, such as leximin, can be asked for by name",
        ),
    )


def _some(kinds: Kinds, features: list[list[int]]) -> tuple[list[int], list[list[int]]]:
    """Return the rows of features that can be counted together, and the features that cannot."""
    some: list[int] = []
    rest: list[list[int]] = []
    for rows in features:
        try:
            counted(kinds, some + rows, blocks_of(kinds, some + rows, households=False), int(PART * STEPS))
            some = some + rows
        except TooMany:
            rest.append(rows)
    return some, rest


def _tilt(kinds: Kinds, features: list[list[int]]) -> dict[int, int]:
    """Return a whole number for each value that is not counted: how much more often it is drawn."""
    middle = (kinds.low + kinds.high) / 2
    odds = np.full(len(kinds.units), kinds.low[0] / max(kinds.people.sum() - kinds.low[0], 1))
    weights = np.ones(len(kinds.low))
    for _ in range(100):
        for rows in by_feature(kinds):
            expected = kinds.matrix[rows] @ (kinds.people * odds / (1 + odds))
            wanted = middle[rows] * kinds.low[0] / max(middle[rows].sum(), 1e-9)
            by = np.where(expected > 1e-9, np.maximum(wanted, 1e-3) / np.maximum(expected, 1e-9), 1.0)
            weights[rows] *= by
            odds = odds * (by @ kinds.matrix[rows])
    return {
        row: max(1, round(FINE * weights[row] / weights[rows].max())) for rows in features for row in rows
    }
