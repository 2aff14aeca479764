"""Exact Equal Shares: whoever pays for a project pays exactly as much as everybody else who pays for it.

Supporters who cannot give an equal part give nothing. The next endowment at which anything changes can be
worked out (`endowments`), so the left-over money is used without trying amounts one by one.
Reference: Kraiczy, Robinson and Elkind, "Streamlining Equal Shares", arXiv 2502.11797, algorithm 1 and
section 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from fairground.power.budgeting.election import Whole
from fairground.power.budgeting.equal_shares import Bought, Field
from fairground.power.budgeting.purse import Purchase, Purse

HARDLY_LESS = 1 - 2.0**-40
Levels = tuple[Whole, npt.NDArray[np.float64]]
Offer = tuple[Fraction, int, int, int]


@dataclass(frozen=True)
class Trail:
    """What was bought and what was paid for it."""

    bought: Bought
    purchases: tuple[Purchase, ...]


def exact_equal_shares(field: Field, endowment: Fraction, *, limit: int | None = None) -> Trail:
    """Return what Exact Equal Shares buys when each voter starts with an endowment (coins).

    Parameters
    ----------
    limit : stop as soon as the cost would pass it.
    """
    purse = field.purse(endowment)
    least = dict.fromkeys(field.open, Fraction(0))
    taken, paid = list[int](), list[Purchase]()
    left = sum(field.costs) if limit is None else limit
    while True:
        levels = _levels(purse)
        best = _best(field, purse, levels, least)
        if best is None:
            return Trail(Bought(tuple(taken), endowment), tuple(paid))
        project, payers = best[2:]
        if field.costs[project] > left:
            return Trail(Bought(tuple(taken), endowment, over=True), tuple(paid))
        left -= field.costs[project]
        paid.append(Purchase(project, Fraction(field.costs[project], payers), short_pay=False))
        purse.take(project, paid[-1].rate, short_pay=False)
        taken.append(project)
        del least[project]


def _levels(purse: Purse) -> Levels:
    """Return the states of the purse, richest first, and roughly the money of each."""
    order = sorted(range(len(purse.money)), key=lambda state: -purse.money[state])
    return np.array(order, np.int64), np.array([purse.money[state] / purse.scale for state in order])


def _payers(field: Field, purse: Purse, levels: Levels, p: int) -> Whole:
    """Return how many supporters of a project have at least the money of each level."""
    ballots = field.supporters.ballots[field.supporters.of(p)]
    held = np.bincount(purse.state[ballots], field.supporters.voters[ballots], len(purse.money))
    found: Whole = np.cumsum(held[levels[0]]).astype(np.int64)
    return found


def _best(field: Field, purse: Purse, levels: Levels, least: dict[int, Fraction]) -> Offer | None:
    """Return the best offer; a project's rate can only rise, so `least` tells whom not to ask."""
    best: Offer | None = None
    for p in sorted(least, key=least.__getitem__):
        if best is not None and least[p] > best[0]:
            break
        payers = _most_payers(field, purse, levels, p)
        if payers == 0:
            del least[p]
            continue
        least[p] = field.rated(p, Fraction(field.costs[p], payers))
        found = (least[p], field.ranks[p], p, payers)
        best = found if best is None else min(best, found)
    return best


def _most_payers(field: Field, purse: Purse, levels: Levels, p: int) -> int:
    """Return the most supporters who can each pay an equal part of the cost, or 0."""
    payers, cost = _payers(field, purse, levels, p), field.costs[p]
    for place in np.flatnonzero(levels[1] * payers >= cost * HARDLY_LESS)[::-1]:
        if purse.money[levels[0][place]] * int(payers[place]) >= cost * purse.scale:
            return int(payers[place])
    return 0
