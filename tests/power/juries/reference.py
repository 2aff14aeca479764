"""Leximin the slow way: every jury is listed, people stay people, SciPy raises one level after another.

Nothing here is shared with the engine.
"""

import numpy as np
from scipy.optimize import linprog


def leximin(juries, people, ahead=None):
    """Return the leximin chances over lotteries of these juries, shape (people,).

    With `ahead`, what earlier draws gave each person, the sums of both are leximin; the chances come back.
    """
    ahead = np.zeros(people) if ahead is None else np.array(ahead)
    sits = np.zeros((people, len(juries)))
    for at, jury in enumerate(juries):
        sits[list(jury), at] = 1
    floors = np.full(people, np.nan)
    while np.isnan(floors).any():
        level = _best(sits, floors, None, ahead)
        free = np.flatnonzero(np.isnan(floors))
        raised = [_best(sits, _with(floors, free, level - 1e-9), person, ahead) for person in free]
        stuck = [p for p, most in zip(free, raised, strict=True) if most <= level + 1e-7]
        floors[stuck] = level
    return floors - ahead


def _with(floors, free, level):
    found = floors.copy()
    found[free] = level
    return found


def _best(sits, floors, person, ahead):
    """Raise one person's chance, or everyone's lowest that is not settled, as far as it goes."""
    number = sits.shape[1]
    settled = ~np.isnan(floors)
    rows = [np.append(-sits[p], 0) for p in np.flatnonzero(settled)]
    limits = [ahead[p] - floors[p] + 1e-10 for p in np.flatnonzero(settled)]
    if person is None:
        rows += [np.append(-sits[p], 1) for p in np.flatnonzero(~settled)]
        limits += [ahead[p] for p in np.flatnonzero(~settled)]
        cost = np.append(np.zeros(number), -1)
    else:
        cost = np.append(-sits[person], 0)
    found = linprog(
        cost, A_ub=np.array(rows), b_ub=limits, A_eq=[np.append(np.ones(number), 0)], b_eq=[1],
        bounds=[(0, 1)] * number + [(-9, 9)], method="highs",
    )  # fmt: skip
    assert found.status == 0, found.message
    return -found.fun + (0 if person is None else ahead[person])


class SplitMix:
    """SplitMix64 (Steele, Lea and Flood 2014), with whole numbers below n as Lemire (2019) draws them."""

    def __init__(self, state):
        self.state = state

    def bits(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
        z = (self.state ^ (self.state >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
        return z ^ (z >> 31)

    def below(self, n):
        while True:
            product = (self.bits() >> 32) * n
            if product % 2**32 >= 2**32 % n:
                return product >> 32


def walk(seats, steps, state, kind_of, rows_of, low, high, weight, few, many, groups, shared):
    """Walk from jury to jury as `kernels.walk_in_place` does, with lists and dictionaries and no speed.

    Parameters
    ----------
    rows_of : for each kind its rows. groups : for each row its places. Return the seats at the end.
    """
    seats, chance = list(seats), SplitMix(state)

    def likely(sits):
        found = 1.0
        for place in sits:
            found *= weight[kind_of[place]]
        for row in range(len(low)):
            held = sum(row in rows_of[kind_of[place]] for place in sits)
            found *= few[row] ** max(low[row] - held, 0) * many[row] ** max(held - high[row], 0)
        return found

    for _ in range(steps):
        at = chance.below(len(seats))
        old = seats[at]
        coin = chance.below(2 * shared)
        if coin < shared:
            group = groups[rows_of[kind_of[old]][coin]]
            new = group[chance.below(len(group))]
        else:
            new = chance.below(len(kind_of))
        if new in seats:
            continue
        after = [*seats[:at], new, *seats[at + 1 :]]
        ratio = likely(after) / likely(seats)
        if (chance.bits() >> 11) / 2**53 < ratio:
            seats = after
    return seats
