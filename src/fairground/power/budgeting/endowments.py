"""Exact Equal Shares with more and more money, from one endowment that changes something to the next.

What a voter has spent does not depend on what everybody started with. So the first k supporters of a project,
the last of whom has spent s, can buy it from the endowment s + cost / k on, and a round stays as it is until
the least such endowment at which an offer beats the one that was taken. Rounds before the first change are
kept. Floats find what may be next; whatever lies within their error is settled in exact fractions.
Reference: Kraiczy, Robinson and Elkind, "Streamlining Equal Shares", arXiv 2502.11797, section 4 (add-opt).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from fairground.power.budgeting.election import Whole
from fairground.power.budgeting.equal_shares import Bought, Field, Small

Real = npt.NDArray[np.float64]
Offer = tuple[int, int]
SLACK, STRIDE = 2.0**-40, 2.0**-11


@dataclass
class Round:
    """What the voters of each ballot have spent before a purchase (roughly), and which state they are in.

    States from `first` on are new in this round: those who were in one of `parents` and paid `rate`. `open`
    are the projects left, `most` bounds how many could pay now, `left` may still be spent. `later` is
    the least endowment at which enough supporters of each project can pay to change the round, worked out as
    far as the endowment `sure`; `needed` is how many are enough (0 if no number is).
    """

    spent: Real
    state: Small
    first: int
    parents: Small
    rate: Fraction
    most: Whole
    left: int
    open: Whole
    needed: Whole
    later: Real
    sure: float = 0.0


class Rise:
    """The count at one endowment, which `go_on` takes to the next endowment at which anything changes."""

    def __init__(self, field: Field, endowment: Fraction, *, limit: int) -> None:
        size, number = len(field.costs), len(field.supporters.voters)
        self.field, self.endowment, self.over = field, endowment, False
        self.costs = np.array(field.costs, np.float64)
        worth = [cost // base for cost, base in zip(field.costs, field.bases, strict=True)]
        small = max(worth) * field.voters < 2**62
        self.worth = np.array(worth, np.int64 if small else object)
        self.rough, self.ranks = self.worth.astype(np.float64), np.array(field.ranks)
        start = Round(
            np.zeros(number), np.zeros(number, np.int32), 0, np.zeros(1, np.int32), Fraction(0),
            self._all(field.open), limit, np.array(field.open, np.int64),
            np.zeros(size, np.int64), np.full(size, np.inf),
        )  # fmt: skip
        self.rounds, self.bought = [start], list[int]()
        self._count()

    def _all(self, projects: Whole | tuple[int, ...]) -> Whole:
        found = np.zeros(len(self.costs), np.int64)
        found[list(projects)] = self.field.weights[list(projects)]
        return found

    @property
    def outcome(self) -> Bought:
        """What is bought with the present endowment."""
        return Bought(tuple(self.bought), self.endowment, self.over)

    def following(self) -> Fraction | None:
        """Return the next endowment at which anything changes; None if nothing ever does."""
        if not any(now.needed.any() for now in self.rounds):
            return None
        stride, limit = STRIDE, 0.0
        while (soon := self._soonest()) > limit:
            limit = soon if soon < np.inf else max(float(self.endowment), 1.0) * (1 + stride)
            stride *= 2
            self._work_out(limit)
        found = set[Fraction]()
        for now in self.rounds:
            for p in np.flatnonzero(now.later <= soon * (1 + SLACK)).tolist():
                exact = self._thresholds(now, p, soon)
                found |= {endowment for endowment, payers in exact if payers >= now.needed[p]}
        return min(found)

    def _soonest(self) -> float:
        return min(float(now.later.min()) for now in self.rounds)

    def _work_out(self, limit: float) -> None:
        """Find out what changes each round up to a limit, and for new rounds a little further."""
        from fairground.power.budgeting import even_kernels

        s, f = self.field.supporters, self.field
        for now in self.rounds:
            if now.sure < limit * (1 + SLACK):
                now.sure = max(limit, float(self.endowment) * (1 + STRIDE)) * (1 + 2 * SLACK)
                now.later = even_kernels.next_endowments(
                    self.costs, s.starts, f.marks, f.heads, now.spent, now.needed, now.sure
                )

    def go_on(self) -> bool:
        """Give everybody the next endowment at which anything changes; returns whether there is one."""
        endowment = self.following()
        if endowment is None:
            return False
        edge = float(endowment) * (1 + SLACK)
        place = next(n for n, now in enumerate(self.rounds) if now.later.min() <= edge)
        del self.rounds[place + 1 :]
        self.rounds[place].most = self._all(self.rounds[place].open)
        del self.bought[place:]
        self.endowment = endowment
        self._count()
        return True

    def _count(self) -> None:
        """Buy from the last round on, until nobody can buy or the limit would be passed."""
        while True:
            now = self.rounds[-1]
            best = self._best(now)
            now.needed, now.sure = self._needed(now, best), 0.0
            now.later = np.full(len(self.costs), np.inf)
            if best is None:
                return
            if self.field.costs[best[0]] > now.left:
                self.over = True
                return
            self.bought.append(best[0])
            self.rounds.append(self._after(now, *best))

    def _best(self, now: Round) -> Offer | None:
        """Return the project with the lowest rate and its payers: each as many as can pay an equal part."""
        from fairground.power.budgeting import even_kernels

        s, f, endowment = self.field.supporters, self.field, float(self.endowment)
        payers, unsure = even_kernels.most_payers(
            self.costs, self.rough, s.starts, f.marks, f.heads, now.spent, now.most,
            endowment, endowment * SLACK, 1 + SLACK,
        )  # fmt: skip
        for p in np.flatnonzero(unsure).tolist():
            exact = self._thresholds(now, p, endowment)
            enough = [number for least, number in exact if least <= self.endowment]
            payers[p] = max([int(payers[p]), *enough])
        best: Offer | None = None
        for p in np.flatnonzero(payers).tolist():
            if best is None or payers[p] >= self._enough(np.array([p]), best)[0]:
                best = p, int(payers[p])
        return best

    def _enough(self, projects: Whole, best: Offer) -> Whole:
        """Return how few payers make each project's offer better than the best so far."""
        p, payers = best
        share = self.worth[projects] * payers
        enough: Whole = share // self.worth[p]
        even = (enough * self.worth[p] == share) & (self.ranks[projects] < self.ranks[p])
        found: Whole = enough + ~even
        return found

    def _needed(self, now: Round, best: Offer | None) -> Whole:
        """Return how many payers each project needs to change the round; 0 if it has no such number."""
        needed, most = np.zeros(len(self.costs), np.int64), self.field.weights[now.open]
        enough = np.ones_like(now.open) if best is None else np.maximum(self._enough(now.open, best), 1)
        needed[now.open] = np.where(enough <= most, np.minimum(enough, most), 0)
        return needed

    def _after(self, now: Round, p: int, payers: int) -> Round:
        """Return the next round, after a project is bought by so many payers."""
        from fairground.power.budgeting import even_kernels

        rate, first = Fraction(self.field.costs[p], payers), now.first + len(now.parents)
        spent, state, most = now.spent.copy(), now.state.copy(), now.most.copy()
        buyers = self._paying(now, p, self.endowment - rate)
        parents = even_kernels.pay(buyers, float(rate), spent, state, first)
        most[p] = 0
        left, still = now.left - self.field.costs[p], now.open[now.open != p]
        return Round(spent, state, first, parents, rate, most, left, still, now.needed, now.later)

    def _paying(self, now: Round, p: int, most: Fraction) -> Small:
        """Return the supporters of a project who have spent so much or less."""
        ballots = self.field.marks[self.field.supporters.of(p)]
        spent, limit, slack = now.spent[ballots], float(most), float(self.endowment) * SLACK
        pays, doubt = spent <= limit, np.abs(spent - limit) <= slack
        if doubt.any():
            state = now.state[ballots]
            for one in np.unique(state[doubt]).tolist():
                pays[state == one] = self._spent(one) <= most
        found: Small = ballots[pays]
        return found

    def _spent(self, state: int) -> Fraction:
        """Return exactly what the voters in a state have spent."""
        total = Fraction(0)
        for now in reversed(self.rounds):
            if state >= now.first > 0:
                total += now.rate
                state = int(now.parents[state - now.first])
        return total

    def _thresholds(self, now: Round, p: int, around: float) -> list[tuple[Fraction, int]]:
        """Return exactly from which endowments on how many supporters can pay, for those near a float."""
        where = self.field.supporters.of(p)
        order = np.argsort(now.spent[self.field.marks[where]], kind="stable")
        ballots, heads = self.field.marks[where][order], self.field.heads[where][order].astype(np.int64)
        spent, slack = now.spent[ballots], around * SLACK
        near = spent[np.abs(spent + self.costs[p] / np.cumsum(heads) - around) <= 2 * slack]
        if not len(near):
            return []
        cluster = (spent >= near[0] - slack) & (spent <= near[-1] + slack)
        backers, held = int(heads[spent < near[0] - slack].sum()), dict[Fraction, int]()
        states, places = np.unique(now.state[ballots[cluster]], return_inverse=True)
        for state, voters in zip(states.tolist(), np.bincount(places, heads[cluster]), strict=True):
            exact = self._spent(state)
            held[exact] = held.get(exact, 0) + int(voters)
        found = []
        for exact in sorted(held):
            backers += held[exact]
            found.append((exact + Fraction(self.field.costs[p], backers), backers))
        return found
