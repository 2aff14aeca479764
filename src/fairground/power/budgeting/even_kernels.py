"""How many can pay an equal part, and from when on: the loops of Exact Equal Shares, compiled.

`ballots[starts[p]:starts[p + 1]]` are the ballots that mark project p, `heads` the voters of each, and
`spent` is roughly what a voter of each ballot has spent. A number closer than `slack` to a limit is in
doubt, and whoever calls settles it in exact arithmetic (`endowments`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from fairground.power.budgeting.steering import Marks, Real, Whole

Flags = npt.NDArray[np.bool_]


@njit(cache=True)
def able(cost: float, ballots: Marks, heads: Marks, spent: Real, endowment: float, most: int) -> int:
    """Return the most supporters, and at most so many, who can each pay an equal part of a cost."""
    payers = most
    while payers > 0:
        limit, number = endowment - cost / payers, 0
        for k in range(len(ballots)):
            number += heads[k] * (spent[ballots[k]] <= limit)
        if number >= payers:
            return payers
        payers = number
    return 0


@njit(cache=True)
def most_payers(
    costs: Real,
    worth: Real,
    starts: Whole,
    ballots: Marks,
    heads: Marks,
    spent: Real,
    most: Whole,
    endowment: float,
    slack: float,
    more: float,
) -> tuple[Whole, Flags]:
    """Return how many can surely pay for each project that may be the best, and if more perhaps can.

    `most` bounds the payers of each project (0 if it is out), and is lowered to what is found. The best offer
    has the least `worth` for each payer; a project that cannot come within `more` times it has 0.
    """
    payers, unsure = np.zeros(len(costs), np.int64), np.zeros(len(costs), np.bool_)
    seen, best = most == 0, np.inf
    while True:
        p, least = -1, best * more
        for q in range(len(costs)):
            if not seen[q] and worth[q] <= least * most[q]:
                p, least = q, worth[q] / most[q]
        if p < 0:
            return payers, unsure
        s, e = starts[p], starts[p + 1]
        most[p] = able(costs[p], ballots[s:e], heads[s:e], spent, endowment + slack, most[p])
        payers[p] = able(costs[p], ballots[s:e], heads[s:e], spent, endowment - slack, most[p])
        unsure[p], seen[p] = payers[p] < most[p], True
        if payers[p] > 0:
            best = min(best, worth[p] / payers[p])


@njit(cache=True)
def next_endowments(
    costs: Real, starts: Whole, ballots: Marks, heads: Marks, spent: Real, needed: Whole, limit: float
) -> Real:
    """Return roughly from which endowment on each project has the payers it needs, if that is below a limit.

    `needed` is 0 for a project that can never have enough.
    """
    found = np.full(len(costs), np.inf)
    for p in range(len(costs)):
        s, e = starts[p], starts[p + 1]
        if needed[p] == 0:
            continue
        if able(costs[p], ballots[s:e], heads[s:e], spent, limit, heads[s:e].sum()) < needed[p]:
            continue
        held, backers = spent[ballots[s:e]], 0
        for k in np.argsort(held):
            backers += heads[s + k]
            if backers >= needed[p]:
                found[p] = min(found[p], held[k] + costs[p] / backers)
    return found


@njit(cache=True)
def pay(buyers: Marks, rate: float, spent: Real, state: Marks, first: int) -> Marks:
    """Let the voters of some ballots pay, and give those who were in one state a new one, from `first` on.

    Changes spent and state; returns the state from which each new one comes.
    """
    new, parents, number = np.full(first, -1, np.int32), np.empty(len(buyers), np.int32), 0
    for b in buyers:
        spent[b] += rate
        if new[state[b]] < 0:
            new[state[b]] = first + number
            parents[number] = state[b]
            number += 1
        state[b] = new[state[b]]
    return parents[:number]
