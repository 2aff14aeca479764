"""Equal Shares on whole arrays at a time: nothing to compile, so a count starts at once, in little memory.

Each purse is held between two whole numbers, `low` and `high`, in units of 2**-bits of the smallest coin.
Every rounding goes outward, so the true purse is always between them. A purchase is made only if it is the
same whatever the true purses are; otherwise we stop and say so, and exact arithmetic decides (or the range of
endowments is cut in two). The numbers are kept as floats for speed; they and all their sums stay below 2**53,
where every whole number is a float, so nothing is rounded that we do not round ourselves.

What each project's supporters could pay at least only rises while money is spent, so most bounds need not be
worked out anew. Counts with much the same money learn their bounds from one another (`Offers.note`). And
where it is sure that a count will end within the budget with something left, it need not be finished
(`Offers.passes`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from fairground.power.budgeting.steering import DONE, DOWN, OVER, PASSED, UNSURE, UP, Flags, Real, Whole

HAIR, LONG = 16.0, 10_000  # units that a payment may be rounded up by; the longest array for BLAS
CLOSE = 2.0**20  # the part of the least cost that may be left when a payment is found
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

    At a payment below the one of `lower` by x, supporters raise at least x times `rich` less than the cost.
    Where `short` is above zero, that is what all their money falls short of the cost.
    """

    order: tuple[int, ...]
    top: float
    excess: float
    high: Real
    lower: Real
    rich: Real
    short: Real


@dataclass
class Watch:
    """When counts look whether they are settled enough to be passed, and what that takes (`Offers.passes`).

    Parameters
    ----------
    room : something that cannot be bought must fit what is left. next : after how many purchases to look.
    """

    room: bool
    next: int = 0


def sums(amounts: Real) -> Sum:
    """Return what sums other amounts, each times one of these.

    On long arrays BLAS would set several threads to work, which costs more than it gives.
    """
    return amounts.dot if len(amounts) < LONG else partial(np.einsum, "i,i", amounts)


def price(cost: float, backers: Backers, held: Real, start: float, *, up: bool) -> tuple[float, Real, float]:
    """Return the payment per point at which backers raise the cost, what each gives, and what is left of it.

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
            return rate, given, left
        rich = float(slope(given == due))
        if rich == 0:
            return -1.0, given, left
        step = -(-left // rich) if up else left // rich
        if step == 0:
            return rate, given, left
        rate += step


class Offers:
    """A count under way, for all endowments between two: purses, purchases, and bounds on what can follow.

    The true purses of the most endowment hold at most `excess` less than `high`, all together. For one
    endowment alone that is enough, and there is no `low`. `fresh` has, for each project that was looked at to
    the end since the last purchase, what supporters pay, what they keep, and what is left of the cost.
    `lower` is the least payment for each unit of utility, or infinity where a project is out. The other
    bounds are those of `Mark`.

    Parameters
    ----------
    costs : in units. bases : utility for each point. weights : the points of all supporters.
    voters : sums over ballots. limit : the most to spend, in units. ranks : of each project in a tie.
    widest : the most points of a mark. open : the projects that may win. trail : where other counts were, by
        the number of purchases; shared by counts in the same units that learn from one another, else None.
    watch : if counts may be passed, else None.
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
        widest: float,
        open: Collection[int],
        trail: dict[int, Mark] | None,
        watch: Watch | None,
    ) -> None:
        self.costs, self.bases, self.backers = costs.tolist(), bases.tolist(), backers
        self.voters, self.limit, self.ranks, self.widest = voters, limit, ranks, widest
        self.trail, self.watch, self.close = trail, watch, float(min(costs) // CLOSE)
        self.low: Real | None = None
        self.high, self.excess, self.top = np.zeros(0), 0.0, 0.0
        self.each, self.unit = (DOWN * DOWN / bases).tolist(), UP / bases
        self.lower, self.rich, self.short = costs // weights * self.each, weights, np.zeros(len(costs))
        self.open = frozenset(open)
        self.lower[[p for p in range(len(costs)) if p not in self.open]] = np.inf
        self.fresh = dict[int, tuple[float, Real, float]]()
        self.order, self.paid, self.spent, self.marked = tuple[int, ...](), list[float](), 0.0, -1
        self.tried = 0

    def copied(self) -> Offers:
        """Return the same count, to go on from here in another way."""
        other = copy(self)
        other.low, other.high = None if self.low is None else self.low.copy(), self.high.copy()
        other.lower, other.rich, other.short = self.lower.copy(), self.rich.copy(), self.short.copy()
        other.paid, other.fresh, other.marked = self.paid.copy(), {}, -1
        return other

    def fill(self, purses: Real, excess: float) -> None:
        """Take other purses, which hold at most so much more than the true ones, all together."""
        self.high, self.excess = purses, excess

    def look(self, p: int) -> None:
        """Raise the least payment for a project while it is the least of all; drop one that is never paid."""
        (ballots, points, funds, slope), cost, lower = self.backers[p], self.costs[p], self.lower
        known, held = lower.item(p), self.high.take(ballots)
        rate = known * self.bases[p] * DOWN // 1
        while True:
            due = rate if points is None else points * rate
            given = np.minimum(held, due)
            left = cost - float(funds(given))
            if left <= self.close:
                break
            rich = float(slope(given == due))
            if rich == 0:
                self.short[p], lower[p] = left, np.inf
                return
            step = left // rich
            if step == 0:
                break
            rate += step
            self.rich[p], lower[p] = rich, rate * self.each[p]
            if lower[p] > known and lower.argmin() != p:
                return
        self.fresh[p] = rate, held - given, left

    def buy(self) -> int:
        """Buy projects until none can be bought, the limit would be passed, or a choice is unsure."""
        self._learn()
        while True:
            lower = self.lower
            p = int(lower.argmin())
            if p not in self.fresh:
                if lower[p] == np.inf:
                    self._mark()
                    return DONE
                self.look(p)
                continue
            most, rest = self._most(p, HAIR)
            if most < 0:
                return UNSURE
            near = lower <= most / self.bases[p] * UP
            if np.count_nonzero(near) > 1:
                if self._looks(near):
                    continue
                tied = self._tied(near)
                if tied is None:
                    return UNSURE
                p, (_, rest) = tied, self._most(tied, 0.0)
            self._mark()
            if self.spent + self.costs[p] > self.limit:
                return OVER
            self._pay(p, rest)
            if self.watch is not None and self.passes(self.watch):
                return PASSED

    def _looks(self, near: Flags) -> bool:
        """Look at those of some projects that are not fresh; returns whether there were any."""
        stale = [p for p in near.nonzero()[0].tolist() if p not in self.fresh]
        for p in stale:
            self.look(p)
        return bool(stale)

    def passes(self, watch: Watch) -> bool:
        """Return whether it is sure by now that the limit will not be passed, and something will be left.

        All that supporters could still pay for must fit together; and a project that they cannot pay for must
        stay, one that fits what is left even then if there must be `room`.
        """
        most, bought = self.spent, len(self.order)
        if bought < max(watch.next, self.tried + 2):
            return False
        self.tried = bought
        for p in np.argsort(self.lower)[: np.count_nonzero(self.lower < np.inf)].tolist():
            short = self.costs[p] - float(self.backers[p].funds(self.high.take(self.backers[p].ballots)))
            if short > 0:
                self.short[p], self.lower[p] = short, np.inf
                continue
            most += self.costs[p]
            if most > self.limit:
                return False
        room = self.limit - most if watch.room else np.inf
        found = any(self.costs[p] <= room and self.lower[p] == np.inf for p in self.open - set(self.order))
        watch.next = bought - 2 if found else watch.next
        return found

    def _most(self, p: int, hair: float) -> tuple[float, Real | None]:
        """Return a payment at which supporters surely raise the cost, and what it leaves in their low purses.

        The payment is -1 if they may not.
        """
        rate, kept, left = self.fresh[p]
        if self.low is None:
            return self._enough(rate, kept, left), None
        backers = self.backers[p]
        held = self.low.take(backers.ballots)
        most, given, _ = price(self.costs[p], backers, held, rate + hair, up=True)
        return most, held - given

    def _enough(self, rate: float, kept: Real, left: float) -> float:
        """Return a payment at which supporters surely raise a cost, or -1, where there are no low purses.

        At `rate` they are `left` short and keep so much each. Their true purses hold at most `excess` less,
        together. Whoever keeps more than that, and than all that may be lacking, can pay as much more.
        """
        lack = left + self.excess
        able = np.count_nonzero(kept >= (self.excess + self.widest * lack) * UP)
        return rate + lack / able if able else -1.0

    def _pay(self, p: int, rest: Real | None) -> None:
        """Let supporters pay for a project that was looked at to the end."""
        ballots, (rate, kept, left) = self.backers[p].ballots, self.fresh[p]
        self.high[ballots] = kept
        self.excess += left
        if self.low is not None and rest is not None:
            self.low[ballots] = rest
        self.note(p, rate)

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
        sure = (self.high - self.excess if self.low is None else self.low).take(ballots)
        able = sure >= (due if points is None else points * due)
        if rich == 0 or not (able | ~paying).all():
            return Fraction(0)
        return Fraction(int(self.costs[p]), int(rich) * int(self.bases[p]))

    def note(self, p: int, rate: float) -> None:
        """Note a purchase at a payment that is surely not too high; the purses are what is left."""
        self.order += (p,)
        self.paid.append(rate)
        self.spent += self.costs[p]
        self.fresh = {}
        if self._taken_over():
            return
        if self.trail is not None:
            self.lower, self.rich, self.short = self.lower.copy(), self.rich.copy(), self.short.copy()
        self.lower[p] = np.inf
        self._learn()

    def _mark(self) -> None:
        if self.trail is not None and self.marked < len(self.order):
            bounds, self.marked = (self.lower, self.rich, self.short), len(self.order)
            self.trail[self.marked] = Mark(self.order, self.top, self.excess, self.high.copy(), *bounds)

    def _taken_over(self) -> bool:
        """Go on with the bounds of a count that bought the same with more money, if there is one.

        With less money nothing costs less, so its bounds hold here, and are ours from now on.
        """
        known = self.trail.get(len(self.order)) if self.trail else None
        if known is None or known.top <= self.top or known.order != self.order:
            return False
        np.maximum(known.lower, self.lower, out=known.lower)
        np.minimum(known.rich, self.rich, out=known.rich)
        self.lower, self.rich, self.short = known.lower, known.rich, known.short
        self._mark()
        return True

    def _learn(self) -> None:
        """Take over the bounds of the last count after as many purchases, where they are better.

        Rule 1: if all purses together hold at most `more` above those of that count, then supporters raise
        at most that much more at any payment. Rule 2: so what was short by more than that is short, and each
        least payment is lower by at most `more` over the slope.
        """
        known = self.trail.get(len(self.order)) if self.trail else None
        if known is None or self._taken_over():
            return
        above = self.high - known.high
        more = float(self.voters(np.maximum(above, 0.0, out=above))) + known.excess
        least = known.lower - (more / known.rich + 1.0) * self.unit
        np.maximum(self.lower, least, out=self.lower, where=least < np.inf)
        np.minimum(self.rich, known.rich, out=self.rich)
        np.maximum(self.short, known.short - more, out=self.short)
        self.lower[self.short > 0] = np.inf

    def again(self, purses: Real, *, up: bool) -> tuple[Real, float] | None:
        """Return what is left of other purses after the same purchases; None if they may be too little.

        Also what was left of all the costs.

        Parameters
        ----------
        purses : full ones, for an endowment between ours. up : round payments up, so that less is left.
        """
        rest, unpaid = purses.copy(), 0.0
        for p, rate in zip(self.order, self.paid, strict=True):
            held = rest.take(self.backers[p].ballots)
            found, given, left = price(self.costs[p], self.backers[p], held, rate, up=up)
            if found < 0:
                return None
            rest[self.backers[p].ballots] = held - given
            unpaid += left
        return rest, unpaid
