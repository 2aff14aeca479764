"""Equal Shares with bounded overspending (BOS): supporters who are a little short may still buy.

Equal Shares fails a project whose supporters lack a few pounds. BOS asks instead: if the supporters
carried only a share of the project's cost (alpha), at what rate (rho) would they pay? It buys the project
with the lowest rho / alpha, the supporters give what they can at rate rho, and the budget as a whole is
never passed. Reference: Papasotiropoulos, Pishbin, Skibski, Skowron and Wąs, arXiv 2409.15005, section 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from fairground.power.budgeting.equal_shares import Field
from fairground.power.budgeting.purse import Purchase, Purse

NEAR = 1.0 + 2.0**-30


@dataclass(frozen=True)
class Offer:
    """The best a project can offer: rho / alpha (lower is better), alpha, and rho for each point."""

    rank: Fraction
    share: Fraction
    rate: Fraction


def bos(field: Field) -> tuple[Purchase, ...]:
    """Return the projects in the order in which they are bought, with the rate for each."""
    purse = field.purse(Fraction(field.budget, field.voters))
    least = dict.fromkeys(field.open, 0.0)
    left, taken = field.budget, list[Purchase]()
    while True:
        least = {p: bound for p, bound in least.items() if field.costs[p] <= left}
        best = _best(field, purse, least)
        if best is None:
            return tuple(taken)
        project, offer = best
        purse.take(project, offer.rate)
        taken.append(Purchase(project, offer.rate))
        left -= field.costs[project]
        del least[project]


def _best(field: Field, purse: Purse, least: dict[int, float]) -> tuple[int, Offer] | None:
    """Return the project with the best offer; floats choose whom to ask, exact numbers decide."""
    money = np.array([m / purse.scale for m in purse.money])
    ceiling, near = float("inf"), []
    for p in sorted(least, key=least.__getitem__):
        if least[p] > ceiling * NEAR:
            break
        rough = _rough(field, purse, money, p)
        least[p] = rough
        ceiling = min(ceiling, rough)
        near.append(p)
    asked = [(p, _exact(field, purse, p)) for p in near if least[p] <= ceiling * NEAR]
    offers = [(offer.rank, field.ranks[p], p, offer) for p, offer in asked if offer is not None]
    if not offers:
        return None
    found = min(offers, key=lambda item: item[:2])
    return found[2], found[3]


def _rough(field: Field, purse: Purse, money: np.ndarray[tuple[int], np.dtype[np.float64]], p: int) -> float:
    """Return rho / alpha of a project in floating point: a guide to whom to ask, never a decision."""
    where = field.supporters.of(p)
    ballots, points = field.supporters.ballots[where], field.points[where]
    voters = field.supporters.voters[ballots]
    held = money[purse.state[ballots]]
    order = np.argsort(held / points)
    held, points, voters = held[order], points[order], voters[order]
    level = held / points
    before = np.concatenate(([0.0], np.cumsum(held * voters)[:-1]))
    above = np.cumsum((points * voters)[::-1])[::-1]
    raised, cost = before + level * above, float(field.costs[p])
    part = (level > 0) & (raised <= cost)
    best = float((level[part] / raised[part] ** 2).min(initial=np.inf)) * cost * cost
    full = int(np.searchsorted(raised, cost))
    if full < len(raised):
        best = min(best, float((cost - before[full]) / above[full]))
    return best / field.bases[p]


def _exact(field: Field, purse: Purse, p: int) -> Offer | None:
    """Return the best offer of a project in exact numbers; None if its supporters have nothing left.

    Between two purses that run dry, rho / alpha = rate·cost²/raised² is highest inside, so the best is where
    a purse runs dry or where the whole cost is raised.
    """
    groups = [(purse.money[state], points, voters) for state, points, voters in purse.groups(p)]
    groups.sort(key=lambda group: Fraction(group[0], group[1]))
    cost, before = field.costs[p] * purse.scale, 0
    above = sum(points * voters for _, points, voters in groups)
    best: tuple[Fraction, Fraction, Fraction] | None = None
    for money, points, voters in groups:
        level = Fraction(money, points)
        raised = before + level * above
        ends = raised >= cost
        if ends:
            level, raised = Fraction(cost - before, above), Fraction(cost)
        if raised > 0:
            share = raised / cost
            found = (level / share**2, -share, level / share)
            best = found if best is None else min(best, found)
        if ends:
            break
        before, above = before + money * voters, above - points * voters
    if best is None:
        return None
    return Offer(best[0] / purse.scale / field.bases[p], -best[1], best[2] / purse.scale)
