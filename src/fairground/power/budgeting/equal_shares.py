"""The Method of Equal Shares: every voter gets the same money, and pays only for what they marked.

Each round buys the project that costs its supporters least for what it gives them, shared as equally as their
money allows. Reference: Peters, Pierczyński and Skowron, "Proportional Participatory Budgeting with Additive
Utilities" (NeurIPS 2021), arXiv 2008.13276, section 3. Whole numbers with known rounding steer (`vectors`);
where they leave a doubt, exact fractions decide (`purse`). No outcome rests on floating point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import ceil

import numpy as np
import numpy.typing as npt

from fairground.power.budgeting.districts import alike, district_parts
from fairground.power.budgeting.election import Election, Supporters, Whole, summed
from fairground.power.budgeting.purse import Purse
from fairground.power.budgeting.rules import Rule
from fairground.power.budgeting.steering import DONE, OVER, UNSURE, UP, Real
from fairground.power.budgeting.thresholds import barred, precedence
from fairground.power.budgeting.vectors import Backers, Offers, sums

ROOM = 51
Small = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Field:
    """An election as one rule sees it: costs in whole coins, points, who may win, ties already settled."""

    costs: tuple[int, ...]
    bases: tuple[int, ...]
    supporters: Supporters
    points: Whole
    heads: Small
    marks: Small
    weights: Whole
    ranks: tuple[int, ...]
    open: tuple[int, ...]
    voters: int
    unit: int
    budget: int
    parts: tuple[Fraction, ...]
    groups: Whole

    @cached_property
    def backers(self) -> tuple[Backers, ...]:
        """Who marked each project, as the fast counter reads it."""
        s, voters, points = self.supporters, self.heads.astype(np.float64), self.points.astype(np.float64)
        plain, parts = bool((self.points == 1).all()), [s.of(p) for p in range(len(self.costs))]
        return tuple(
            Backers.of(s.ballots[part], voters[part], None if plain else points[part]) for part in parts
        )

    def purse(self, endowment: Fraction) -> Purse:
        """Return every voter's purse, filled with an endowment (coins a voter, before parts)."""
        return Purse(endowment, self.costs, self.supporters, self.points, self.parts, self.groups)

    def rated(self, project: int, rate: Fraction) -> Fraction:
        """Return a payment per point as a payment per unit of utility: the lower, the sooner bought."""
        return rate / self.bases[project]

    def without(self, projects: Sequence[int]) -> Field:
        """Return the same field with some projects out of the running."""
        return replace(self, open=tuple(p for p in self.open if p not in set(projects)))


def field(election: Election, rule: Rule) -> Field:
    """Return an election as a rule sees it."""
    unit, supporters, utility = election.unit, election.supporters, rule.known_utility
    costs = tuple(int(project.cost * unit) for project in election.projects)
    points = supporters.points if utility.by_points else np.ones_like(supporters.points)
    out = barred(election, rule)
    parts, groups = district_parts(election) if rule.turnout else alike(election)
    votes = election.votes
    return Field(
        costs,
        costs if utility.by_cost else (1,) * len(costs),
        supporters,
        points,
        supporters.voters[supporters.ballots].astype(np.int32),
        supporters.ballots.astype(np.int32),
        summed(supporters, supporters.voters[supporters.ballots] * points),
        precedence(election, rule),
        tuple(p for p in range(len(costs)) if p not in out and votes[p]),
        election.voters,
        unit,
        int(election.budget * unit),
        parts,
        groups,
    )


@dataclass(frozen=True)
class Bought:
    """What was bought, in order, with an endowment (coins a voter); `over` if it would pass the limit."""

    order: tuple[int, ...]
    endowment: Fraction
    over: bool = False


class Run:
    """A count for all endowments between two, which rounded whole numbers steer.

    For one endowment alone, exact arithmetic settles what they leave in doubt (`settle`). A range is cut in
    two where they leave a doubt (`split`): each half goes on from there.
    """

    def __init__(self, field: Field, least: Fraction, most: Fraction, limit: int) -> None:
        self.field, self.least, self.most, self.limit = field, least, most, limit
        top = max(ceil(most * field.voters), sum(field.costs), limit, 1)
        self.bits = ROOM - top.bit_length() - int(field.points.max(initial=1)).bit_length()
        scale = float(1 << max(self.bits, 0))
        self.offers = Offers(
            np.array(field.costs, np.float64) * scale,
            np.array(field.bases, np.float64),
            field.backers,
            np.maximum(field.weights, 1).astype(np.float64),
            voters=sums(field.supporters.voters.astype(np.float64)),
            limit=limit * scale,
            ranks=field.ranks,
            trail=None if least == most else {},
        )
        self.offers.lower[list(set(range(len(field.costs))) - set(field.open))] = np.inf
        if self.bits >= 0:
            self.offers.low, self.offers.high = self._purses(least, up=False), self._purses(most, up=True)
        self.purse: Purse | None = None
        self.replayed = self.settled = 0

    def _purses(self, endowment: Fraction, *, up: bool) -> Real:
        """Return every ballot's full purse, rounded."""
        over, under = endowment.numerator << self.bits, endowment.denominator
        full = [divmod(over * part.numerator, under * part.denominator) for part in self.field.parts]
        each = np.array([whole + (up and rest > 0) for whole, rest in full], np.float64)
        found: Real = each.take(self.field.groups)
        return found

    def steer(self) -> int:
        """Buy until it is done, over the limit, or not sure."""
        return UNSURE if self.bits < 0 else self.offers.buy()

    def split(self, middle: Fraction, following: Fraction) -> tuple[Run, Run]:
        """Return the counts for the endowments up to the middle one and from the following one on.

        More money for everybody leaves everybody more after the same purchases. So what is bought
        for certain with the least and the most is bought with all between, and bounds from the most hold.
        """
        return self._part(self.least, middle), self._part(following, self.most)

    def _part(self, least: Fraction, most: Fraction) -> Run:
        part, offers = copy(self), self.offers
        low: Real | None = offers.low.copy()
        high: Real | None = offers.high.copy()
        if least != self.least:
            low = offers.again(self._purses(least, up=False), up=True)
        if most != self.most:
            high = offers.again(self._purses(most, up=True), up=False)
        if low is None or high is None:
            return Run(self.field, least, most, self.limit)
        part.least, part.most, part.offers = least, most, offers.copied(low, high)
        return part

    def settle(self) -> int:
        """Decide one purchase in exact arithmetic; returns `UNSURE` if there is more to count."""
        purse, lower, self.settled = self._exact_purse(), self.offers.lower, self.settled + 1
        best: tuple[Fraction, int, int] | None = None
        for p in np.argsort(lower, kind="stable")[: int(np.isfinite(lower).sum())].tolist():
            if best is not None and lower[p] / 2.0 ** max(self.bits, 0) > float(best[0]) * UP:
                break
            rate = purse.rate(p)
            if rate is None:
                self.offers.lower[p] = np.inf
                continue
            found = (self.field.rated(p, rate), self.field.ranks[p], p)
            best = found if best is None else min(best, found)
        if best is None:
            return DONE
        return self._buy(best[2], purse)

    def _exact_purse(self) -> Purse:
        if self.purse is None:
            self.purse = self.field.purse(self.least)
        for project in self.offers.order[self.replayed :]:
            self.purse.buy(project)
        self.replayed = len(self.offers.order)
        return self.purse

    def _buy(self, project: int, purse: Purse) -> int:
        offers = self.offers
        if offers.spent + offers.costs[project] > offers.limit:
            return OVER
        purse.buy(project)
        offers.note(project, 0.0)
        self.replayed += 1
        if self.bits >= 0:
            offers.low, offers.high = purse.bounds(self.bits)
        return UNSURE

    def bought(self, said: int) -> Bought:
        """Return what was bought so far."""
        return Bought(tuple(self.offers.order), self.least, said == OVER)


def equal_shares(field: Field, endowment: Fraction, *, limit: int | None = None) -> Bought:
    """Return what Equal Shares buys when each voter starts with an endowment.

    Parameters
    ----------
    endowment : coins for each voter, exact. limit : stop as soon as the cost would pass it.
    """
    most = sum(field.costs) if limit is None else limit
    return next(outcomes(field, lambda _: endowment, 0, 0, limit=most))[2]


def outcomes(
    field: Field, endowment: Callable[[int], Fraction], first: int, last: int, *, limit: int
) -> Iterator[tuple[int, int, Bought]]:
    """Yield what Equal Shares buys with each endowment of a row: (from, to, bought), the last ones first.

    Endowments that buy the same are counted together as long as that is certain. Those with more money are
    counted first, because what they teach holds for those with less.

    Parameters
    ----------
    endowment : the endowment of each number; it rises. limit : stop a count whose cost would pass it.
    """
    waiting = [(first, last, Run(field, endowment(first), endowment(last), limit))]
    while waiting:
        first, last, run = waiting.pop()
        said = run.steer()
        while said == UNSURE and first == last:
            said = run.settle()
            said = run.steer() if said == UNSURE else said
        if said != UNSURE:
            yield first, last, run.bought(said)
            continue
        middle = (first + last) // 2
        left, right = run.split(endowment(middle), endowment(middle + 1))
        waiting += [(first, middle, left), (middle + 1, last, right)]
