"""Exact Equal Shares: whoever pays for a project pays exactly as much as everybody else who pays for it.

Supporters who cannot give an equal part give nothing. The next endowment at which anything changes can be
worked out (`next_endowment`), so the left-over money is used without trying amounts one by one.
Reference: Kraiczy, Robinson and Elkind, "Streamlining Equal Shares", arXiv 2502.11797, algorithm 1 and
section 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fairground.power.budgeting.equal_shares import Bought, Field
from fairground.power.budgeting.purse import Purchase, Purse


@dataclass(frozen=True)
class Trail:
    """What was bought, what was paid, and how much more for each voter would change something."""

    bought: Bought
    purchases: tuple[Purchase, ...]
    step: Fraction | None


def exact_equal_shares(field: Field, endowment: Fraction, *, limit: int | None = None) -> Trail:
    """Return what Exact Equal Shares buys when each voter starts with an endowment (coins).

    Parameters
    ----------
    limit : stop as soon as the cost would pass it.
    """
    purse = field.purse(endowment)
    running = list(field.open)
    taken: list[int] = []
    paid: list[Purchase] = []
    steps: list[Fraction] = []
    left = sum(field.costs) if limit is None else limit
    while True:
        held = {p: _purses(purse, p) for p in running}
        offers = [_offer(field, held[p], p) for p in running]
        best = min((offer for offer in offers if offer is not None), default=None)
        found = [_sooner(field, held[p], p, best) for p in running]
        steps += [step for step in found if step is not None]
        if best is None:
            return Trail(Bought(tuple(taken), endowment), tuple(paid), min(steps, default=None))
        if field.costs[best[2]] > left:
            return Trail(Bought(tuple(taken), endowment, over=True), tuple(paid), None)
        left -= field.costs[best[2]]
        paid.append(Purchase(best[2], Fraction(field.costs[best[2]], best[3]), short_pay=False))
        purse.take(best[2], paid[-1].rate, short_pay=False)
        taken.append(best[2])
        running.remove(best[2])


def _purses(purse: Purse, p: int) -> list[tuple[Fraction, int]]:
    """Return the money of a project's supporters, richest first, with the number of voters of each."""
    found = [(Fraction(purse.money[state], purse.scale), voters) for state, _, voters in purse.groups(p)]
    return sorted(found, reverse=True)


def _offer(field: Field, held: list[tuple[Fraction, int]], p: int) -> tuple[Fraction, int, int, int] | None:
    """Return the rate, rank, project and number of payers with the most payers, or None."""
    payers, best = 0, 0
    for money, voters in held:
        payers += voters
        if money * payers >= field.costs[p]:
            best = payers
        elif money * (payers - voters + 1) >= field.costs[p]:
            best = max(best, payers)
    if not best:
        return None
    return field.rated(p, Fraction(field.costs[p], best)), field.ranks[p], p, best


def _sooner(
    field: Field, held: list[tuple[Fraction, int]], p: int, best: tuple[Fraction, int, int, int] | None
) -> Fraction | None:
    """Return the least addition to every purse by which p would be bought instead, or by more payers."""
    payers, found = 0, None
    for money, voters in held:
        payers += voters
        rate = Fraction(field.costs[p], payers)
        needed = rate - money
        better = best is None or (field.rated(p, rate), field.ranks[p]) < best[:2]
        if needed > 0 and better and (found is None or needed < found):
            found = needed
    return found
