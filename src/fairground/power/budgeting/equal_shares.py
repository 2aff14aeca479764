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
from fairground.power.budgeting.steering import DONE, OVER, PASSED, UNSURE, UP, Real
from fairground.power.budgeting.thresholds import barred, precedence
from fairground.power.budgeting.vectors import Backers, Offers, Watch, sums

ROOM, FEW = 51, 4
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
    parts where they leave a doubt (`part`), and each goes on from there.
    """

    def __init__(
        self, field: Field, least: Fraction, most: Fraction, limit: int, watch: Watch | None = None
    ) -> None:
        self.field, self.least, self.most, self.limit, self.watch = field, least, most, limit, watch
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
            widest=float(field.points.max(initial=1)),
            open=field.open,
            trail=None if least == most else {},
            watch=watch,
        )
        if self.bits >= 0:
            self.offers.low = None if least == most else self._purses(least, up=False)
            self._fill(self.offers)
        self.purse: Purse | None = None
        self.replayed = self.settled = self.shared = 0

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

    def _fill(self, offers: Offers) -> None:
        """Fill every purse with the most endowment."""
        purses = self._purses(self.most, up=True)
        offers.top = float(offers.voters(purses))
        offers.fill(purses, float(self.field.voters))

    def count(self) -> int:
        """Count to the end with one endowment; returns why it ended."""
        while (said := self.steer()) == UNSURE and (said := self.settle()) == UNSURE:
            pass
        return said

    def part(self, least: Fraction, most: Fraction) -> Run:
        """Return the count for some of the endowments, from here on.

        More money for everybody leaves everybody more after the same purchases. So what is bought
        for certain with the least and the most is bought with all between, and bounds from the most hold.
        """
        part, offers = copy(self), self.offers.copied()
        part.least, part.most, part.offers, part.shared = least, most, offers, len(offers.order)
        if most != self.most:
            part._fill(offers)
            found = offers.again(offers.high, up=False)
            if found is None:
                return Run(self.field, least, most, self.limit, self.watch)
            offers.fill(found[0], offers.excess + found[1])
        if least == most:
            offers.low = None
        elif least != self.least:
            found = offers.again(self._purses(least, up=False), up=True)
            if found is None:
                return Run(self.field, least, most, self.limit, self.watch)
            offers.low = found[0]
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
        if self.bits >= 0:
            offers.fill(purse.bounds(self.bits)[1], float(self.field.voters))
        offers.note(project, 0.0)
        self.replayed += 1
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
    run = Run(field, endowment, endowment, most)
    return run.bought(run.count())


def outcomes(
    field: Field,
    endowment: Callable[[int], Fraction],
    first: int,
    last: int,
    *,
    limit: int,
    watch: Watch | None = None,
) -> Iterator[tuple[int, int, Bought | None]]:
    """Yield what Equal Shares buys with each endowment of a row: (from, to, bought), the last ones first.

    It is None where counts were not finished because they may be passed (`watch`).

    Endowments that buy the same are counted together as long as that is certain. Those with more money are
    counted first, because what they teach holds for those with less.

    Parameters
    ----------
    endowment : the endowment of each number; it rises. limit : stop a count whose cost would pass it.
    watch : pass counts that surely end within the limit with a project left (one that fits, if so asked).
    """
    waiting = [(first, last, Run(field, endowment(first), endowment(last), limit, watch))]
    while waiting:
        first, last, run = waiting.pop()
        said = run.count() if first == last else run.steer()
        if said != UNSURE:
            yield first, last, None if said == PASSED else run.bought(said)
            continue
        alone = last - first < (FEW if len(run.offers.order) > run.shared else 4 * FEW)
        cuts = range(first, last) if alone else [(first + last) // 2]
        for low, high in zip([first, *(cut + 1 for cut in cuts)], [*cuts, last], strict=True):
            waiting.append((low, high, run.part(endowment(low), endowment(high))))
