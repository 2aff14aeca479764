"""Equal Shares on whole arrays at a time: nothing to compile, so a count starts at once, in little memory.

Each purse is held between two whole numbers, `low` and `high`, in units of 2**-bits of the smallest coin.
Every rounding goes outward, so the true purse is always between them. A purchase is made only if it is the
same whatever the true purses are; otherwise we stop and say so, and exact arithmetic decides (or the range of
endowments is cut in two). The numbers are kept as floats for speed; they and all their sums stay below 2**53,
where every whole number is a float, so nothing is rounded that we do not round ourselves.

What each project's supporters could pay at least only rises while money is spent, so most bounds need not be
worked out anew. Counts with much the same money learn their bounds from one another (`Offers.buy`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from fairground.power.budgeting.steering import DONE, DOWN, OVER, UNSURE, UP, Flags, Real, Whole

HAIR, LONG = 16.0, 10_000  # units that a payment may be rounded up by; the longest array for BLAS
Sum = Callable[[Any], Any]


class Backers(NamedTuple):
    """Who marked a project: their ballots, and points (None where each mark counts 1).

    `funds` sums what each ballot's voters give, `slope` the points of the ballots that it is given.
    """

    ballots: Whole
    points: Real | None
    funds: Sum
    slope: Sum

    @classmethod
    def of(cls, ballots: Whole, voters: Real, points: Real | None) -> Backers:
        """Return the backers of a project from the number of voters of each ballot."""
        return cls(ballots, points, sums(voters), sums(voters if points is None else voters * points))


class Mark(NamedTuple):
    """Where a count was after some purchases: the purses, and the bounds of each project.

    At a payment below `least` by x, supporters raise at least x times `rich` less than the cost. Where
    `short` is above zero, that is what all their money falls short of the cost.
    """

    high: Real
    least: Real
    rich: Real
    short: Real


def sums(amounts: Real) -> Sum:
    """Return what sums other amounts, each times one of these.

    On long arrays BLAS would set several threads to work, which costs more than it gives.
    """
    return amounts.dot if len(amounts) < LONG else partial(np.einsum, "i,i", amounts)


def price(cost: float, backers: Backers, held: Real, start: float, *, up: bool) -> tuple[float, Real]:
    """Return the payment per point at which backers who hold so much raise the cost, and what each gives.

    The payment is -1 if they cannot. Rounded down it never exceeds the true one, if `start` does not; rounded
    up it is never below it. What they raise grows with the payment, ever more slowly, so each step along the
    slope stops short of the true payment (Newton's method from below).
    """
    (_, points, funds, slope), rate = backers, start
    while True:
        due = rate if points is None else points * rate
        given = np.minimum(held, due)
        left = cost - float(funds(given))
        if left <= 0:
            return rate, given
        rich = float(slope(given == due))
        if rich == 0:
            return -1.0, given
        step = -(-left // rich) if up else left // rich
        if step == 0:
            return rate, given
        rate += step


class Offers:
    """A count under way, for all endowments between two: purses, purchases, and bounds on what can follow.

    `fresh` has what supporters would have left of their purses, for each project whose `least` was worked
    out to the last unit since the last purchase. `lower` is the least payment for each unit of utility, or
    infinity where a project is out. The other bounds are those of `Mark`.

    Parameters
    ----------
    costs : in units. bases : utility for each point. weights : the points of all supporters.
    voters : sums over ballots. limit : the most to spend, in units. ranks : of each project in a tie.
    trail : where other counts were, by the number of purchases; shared by counts in the same units that learn
        from one another, else None.
    """

    def __init__(
        self,
        costs: Real,
        bases: Real,
        backers: Sequence[Backers],
        weights: Real,
        *,
        voters: Sum,
        limit: float,
        ranks: Sequence[int],
        trail: dict[int, Mark] | None,
    ) -> None:
        self.costs, self.bases, self.backers = costs.tolist(), bases.tolist(), backers
        self.voters, self.limit, self.ranks, self.trail = voters, limit, ranks, trail
        self.low = self.high = np.zeros(0)
        self.least, self.rich, self.short = costs // weights, weights, np.zeros(len(costs))
        self.each = DOWN * DOWN / bases
        self.lower = self.least * self.each
        self.fresh, self.hoped = dict[int, Real](), dict[int, float]()
        self.order, self.paid, self.spent = list[int](), list[float](), 0.0

    def copied(self, low: Real, high: Real) -> Offers:
        """Return the same count with other purses, to go on from here in another way."""
        other = copy(self)
        other.low, other.high, other.lower = low, high, self.lower.copy()
        other.least, other.rich, other.short = self.least.copy(), self.rich.copy(), self.short.copy()
        other.order, other.paid, other.fresh, other.hoped = self.order.copy(), self.paid.copy(), {}, {}
        return other

    def look(self, p: int) -> None:
        """Raise the least payment for a project by one step; drop it if its supporters can never pay.

        A step that makes nobody else poor leaves just what was hoped for, and is the last one.
        """
        (ballots, points, funds, slope), rate = self.backers[p], float(self.least[p]) // 1
        held = self.high.take(ballots)
        due = rate if points is None else points * rate
        given = np.minimum(held, due)
        left = self.costs[p] - float(funds(given))
        if left != self.hoped.get(p):
            rich = float(slope(given == due))
            if rich == 0 < left:
                self.short[p], self.lower[p] = left, np.inf
                return
            step = left // rich if rich else 0.0
            if step > 0:
                self.least[p], self.rich[p], self.hoped[p] = rate + step, rich, left - step * rich
                self.lower[p] = (rate + step) * self.each[p]
                return
        self.fresh[p] = held - given

    def buy(self) -> int:
        """Buy projects until none can be bought, the limit would be passed, or a choice is unsure."""
        lower = self.lower
        while True:
            p = int(lower.argmin())
            if p not in self.fresh:
                if lower[p] == np.inf:
                    self._mark()
                    return DONE
                self.look(p)
                continue
            backers, rate = self.backers[p], float(self.least[p]) // 1
            held = self.low.take(backers.ballots)
            most, given = price(self.costs[p], backers, held, rate + HAIR, up=True)
            near = lower <= most / self.bases[p] * UP
            if most < 0:
                return UNSURE
            if np.count_nonzero(near) > 1:
                stale = [n for n in near.nonzero()[0].tolist() if n not in self.fresh]
                for n in stale:
                    self.look(n)
                if stale:
                    continue
                tied = self._tied(near)
                if tied is None:
                    return UNSURE
                p, backers = tied, self.backers[tied]
                rate, held = float(self.least[p]) // 1, self.low.take(backers.ballots)
                _, given = price(self.costs[p], backers, held, rate, up=True)
            self._mark()
            if self.spent + self.costs[p] > self.limit:
                return OVER
            self.low[backers.ballots] = held - given
            self.high[backers.ballots] = self.fresh[p]
            self.note(p, rate)
            self._learn()

    def _tied(self, near: Flags) -> int | None:
        """Return which of some projects is bought first, if no purse could change that; else None.

        Where each supporter surely has nothing left, or surely enough to pay the same as all others, the
        payment is the cost over their points, exactly. So the many ties of projects with as many votes need
        no exact purses, and hold for a whole range of endowments.
        """
        found = [(self._even(p), self.ranks[p], p) for p in near.nonzero()[0].tolist()]
        return None if any(rate == 0 for rate, _, _ in found) else min(found)[2]

    def _even(self, p: int) -> Fraction:
        """Return what a project costs for each unit of utility if its supporters pay the same; else 0."""
        ballots, points, _, slope = self.backers[p]
        paying = self.high.take(ballots) > 0
        rich = float(slope(paying.astype(np.float64)))
        due = np.ceil(self.costs[p] / max(rich, 1.0) * UP)
        able = self.low.take(ballots) >= (due if points is None else points * due)
        if rich == 0 or not (able | ~paying).all():
            return Fraction(0)
        return Fraction(int(self.costs[p]), int(rich) * int(self.bases[p]))

    def note(self, p: int, rate: float) -> None:
        """Note a purchase at a payment that is surely not too high."""
        self.order.append(p)
        self.paid.append(rate)
        self.spent += self.costs[p]
        self.lower[p] = np.inf
        self.fresh, self.hoped = {}, {}

    def _mark(self) -> None:
        if self.trail is None:
            return
        bounds = self.least.copy(), self.rich.copy(), self.short.copy()
        self.trail[len(self.order)] = Mark(self.high.copy(), *bounds)

    def _learn(self) -> None:
        """Take over the bounds of the last count after as many purchases, where they are better.

        Rule 1: if all purses together hold at most `more` above those of that count, then supporters raise
        at most that much more at any payment. Rule 2: so what was short by more than that is short, and each
        least payment is lower by at most `more` over the slope.
        """
        known = self.trail.get(len(self.order)) if self.trail else None
        if known is None:
            return
        above = self.high - known.high
        more = float(self.voters(np.maximum(above, 0.0, out=above)))
        least = known.least - more / known.rich - 1.0
        better = least > self.least
        np.copyto(self.least, least, where=better)
        np.copyto(self.rich, known.rich, where=better)
        np.maximum(self.short, known.short - more, out=self.short)
        np.maximum(self.lower, self.least * self.each, out=self.lower)
        self.lower[self.short > 0] = np.inf

    def again(self, purses: Real, *, up: bool) -> Real | None:
        """Return what is left of other purses after the same purchases; None if they may be too little.

        Parameters
        ----------
        purses : full ones, for an endowment between ours. up : round payments up, so that less is left.
        """
        left = purses.copy()
        for p, rate in zip(self.order, self.paid, strict=True):
            held = left.take(self.backers[p].ballots)
            found, given = price(self.costs[p], self.backers[p], held, rate, up=up)
            if found < 0:
                return None
            left[self.backers[p].ballots] = held - given
        return left
