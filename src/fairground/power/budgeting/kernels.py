"""Equal Shares on arrays of whole numbers: fast, and it says when it is not sure.

Each purse is held between two whole numbers, `low` and `high`, in units of 2**-bits of the smallest coin.
Every rounding goes outward, so the true purse is always between them. A purchase is made only if it is
the same whatever the true purses are; otherwise the kernel stops and says so, and exact arithmetic
decides.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from fairground.power.budgeting.steering import DONE, DOWN, OVER, UNSURE, UP, Marks, Real, Whole


@njit(cache=True)
def price(cost: int, ballots: Marks, points: Marks, voters: Marks, money: Whole, start: int, up: bool) -> int:
    """Return the payment per point at which these supporters raise the cost, or -1 if they cannot.

    `voters` has one number for each supporter's mark. Rounded down the payment never exceeds the true one, if
    `start` does not; rounded up it is never below it.
    """
    rate = start
    while True:
        paid, rich = 0, 0
        for k in range(len(ballots)):
            held = money[ballots[k]]
            poor = held < rate * points[k]
            paid += voters[k] * held * poor
            rich += voters[k] * points[k] * (not poor)
        left = cost - paid
        if rich == 0:
            return rate if left <= 0 else -1
        following = left // rich
        if up and following * rich < left:
            following += 1
        if following <= rate:
            return rate
        rate = following


@njit(cache=True)
def spend(ballots: Marks, points: Marks, low: Whole, high: Whole, rate_low: int, rate_high: int) -> None:
    """Take a payment from each supporter, as far as the purse goes."""
    for k in range(len(ballots)):
        b = ballots[k]
        low[b] = max(0, low[b] - rate_high * points[k])
        high[b] = max(0, high[b] - rate_low * points[k])


@njit(cache=True)
def cheapest(alive: Whole, lower: Real) -> int:
    """Return the project with the lowest bound, or -1 if none is left."""
    best = -1
    for p in range(len(lower)):
        if alive[p] and (best < 0 or lower[p] < lower[best]):
            best = p
    return best


@njit(cache=True)
def rival(alive: Whole, lower: Real, fresh: Whole, best: int, ceiling: float) -> int:
    """Return a project that could be as cheap as the best: one not looked at yet if there is one, or -1."""
    found = -1
    for p in range(len(lower)):
        if alive[p] and p != best and lower[p] <= ceiling:
            if not fresh[p]:
                return p
            found = p
    return found


@njit(cache=True)
def look(
    p: int,
    costs: Whole,
    bases: Real,
    starts: Whole,
    ballots: Marks,
    points: Marks,
    voters: Marks,
    high: Whole,
    alive: Whole,
    least: Whole,
    lower: Real,
) -> None:
    """Work out anew the lowest payment at which a project could be bought; drop it if it never can."""
    s, e = starts[p], starts[p + 1]
    at = price(costs[p], ballots[s:e], points[s:e], voters[s:e], high, least[p], False)
    alive[p] = at >= 0
    least[p] = max(at, 0)
    lower[p] = least[p] / bases[p] * DOWN


@njit(cache=True)
def equal_shares(
    costs: Whole,
    bases: Real,
    starts: Whole,
    ballots: Marks,
    points: Marks,
    voters: Marks,
    low: Whole,
    high: Whole,
    alive: Whole,
    least: Whole,
    order: Whole,
    progress: Whole,
    limit: int,
) -> int:
    """Buy projects until none can be bought, the limit would be passed, or a choice is unsure.

    Changes low, high, alive, least, order and progress (number bought, money spent), so that a caller can
    settle an unsure choice and call again. `least` are payments per point that are surely not too high.
    """
    lower = least / bases * DOWN
    fresh = np.zeros(len(costs), np.int64)
    while True:
        p = cheapest(alive, lower)
        if p < 0:
            return DONE
        s, e = starts[p], starts[p + 1]
        most, other = -1, p
        if fresh[p]:
            most = price(costs[p], ballots[s:e], points[s:e], voters[s:e], low, least[p], True)
            other = rival(alive, lower, fresh, p, most / bases[p] * UP)
            if most < 0 or (other >= 0 and fresh[other]):
                return UNSURE
        if other >= 0:
            look(other, costs, bases, starts, ballots, points, voters, high, alive, least, lower)
            fresh[other] = 1
            continue
        if progress[1] + costs[p] > limit:
            return OVER
        spend(ballots[s:e], points[s:e], low, high, least[p], most)
        order[progress[0]] = p
        progress[0] += 1
        progress[1] += costs[p]
        alive[p] = 0
        fresh[:] = 0
