"""Exact Equal Shares: whoever pays for a project pays exactly as much as everybody else who pays for it.

Supporters who cannot give an equal part give nothing. The next endowment at which anything changes can be
worked out (`Trail.step`), so the left-over money is used without trying amounts one by one.
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

HARDLY_LESS, HARDLY_MORE = 1 - 2.0**-40, 1 + 2.0**-40
Levels = tuple[Whole, npt.NDArray[np.float64]]
Offer = tuple[Fraction, int, int, int]


@dataclass(frozen=True)
class Trail:
    """What was bought, what was paid, and how much more for each voter would change something (if asked)."""

    bought: Bought
    purchases: tuple[Purchase, ...]
    step: Fraction | None


def exact_equal_shares(
    field: Field, endowment: Fraction, *, limit: int | None = None, ahead: bool = False
) -> Trail:
    """Return what Exact Equal Shares buys when each voter starts with an endowment (coins).

    Parameters
    ----------
    limit : stop as soon as the cost would pass it. ahead : also work out the next endowment that matters.
    """
    purse = field.purse(endowment)
    least = dict.fromkeys(field.open, Fraction(0))
    reach, taken, paid = list(field.open) if ahead else [], list[int](), list[Purchase]()
    step: Fraction | None = None
    left = sum(field.costs) if limit is None else limit
    while True:
        levels = _levels(purse)
        best = _best(field, purse, levels, least)
        for p in tuple(reach):
            step, within = _sooner(field, purse, levels, p, best, step)
            if not within:
                reach.remove(p)
        if best is None:
            return Trail(Bought(tuple(taken), endowment), tuple(paid), step)
        project, payers = best[2:]
        if field.costs[project] > left:
            return Trail(Bought(tuple(taken), endowment, over=True), tuple(paid), None)
        left -= field.costs[project]
        paid.append(Purchase(project, Fraction(field.costs[project], payers), short_pay=False))
        purse.take(project, paid[-1].rate, short_pay=False)
        taken.append(project)
        if project in reach:
            reach.remove(project)
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


def _sooner(
    field: Field, purse: Purse, levels: Levels, p: int, best: Offer | None, step: Fraction | None
) -> tuple[Fraction | None, bool]:
    """Return the least addition to every purse, or `step`, by which p would be bought sooner or by more.

    Also say whether p is within reach: purses only empty, so a project that nobody could buy now even with
    `step` more matters in no later round. Floats choose which additions to work out; whether one counts is
    decided exactly.
    """
    cost = field.costs[p]
    if best is not None and cost / field.weights[p] / field.bases[p] > float(best[0]) * HARDLY_MORE:
        return step, True
    payers = _payers(field, purse, levels, p)
    rates = cost / np.maximum(payers, 1)
    needed, slack = rates - levels[1], rates * (HARDLY_MORE - 1)
    likely = payers > 0
    if step is not None:
        likely &= needed <= float(step) + slack
        if not likely.any():
            return step, False
    likely &= needed > -slack
    if best is not None:
        likely &= rates / field.bases[p] <= float(best[0]) * HARDLY_MORE
    for place in np.flatnonzero(likely)[np.argsort(needed[likely], kind="stable")]:
        if step is not None and needed[place] > float(step) + slack[place]:
            break
        rate = Fraction(cost, int(payers[place]))
        addition = rate - Fraction(purse.money[levels[0][place]], purse.scale)
        better = best is None or (field.rated(p, rate), field.ranks[p]) < best[:2]
        if addition > 0 and better and (step is None or addition < step):
            step = addition
    return step, True
