"""The Method of Equal Shares: every voter gets the same money, and pays only for what they marked.

Each round buys the project that costs its supporters least for what it gives them, shared as equally as their
money allows. Reference: Peters, Pierczyński and Skowron, "Proportional Participatory Budgeting with Additive
Utilities" (NeurIPS 2021), arXiv 2008.13276, section 3. Whole numbers with known rounding steer (`vectors`, or
`kernels` for many counts); where they leave a doubt, exact fractions decide (`purse`). No outcome rests on
floating point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib import import_module
from math import ceil, floor
from sys import modules

import numpy as np
import numpy.typing as npt

from fairground.power.budgeting.districts import alike, district_parts
from fairground.power.budgeting.election import Election, Supporters, Whole, summed
from fairground.power.budgeting.purse import Purse
from fairground.power.budgeting.rules import Rule
from fairground.power.budgeting.steering import DONE, DOWN, OVER, UNSURE, UP
from fairground.power.budgeting.thresholds import barred, precedence
from fairground.power.budgeting.vectors import equal_shares as by_vectors

ROOM, KERNELS = 61, "fairground.power.budgeting.kernels"
WORTH_LOADING, BESIDES = 20_000_000, 20_000
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


def hasten(marks: int, counts: int) -> None:
    """Load the compiled kernel if counting so many marks so often takes longer without it than loading it.

    Loading takes over a second and 100 MB; the outcome is the same.
    """
    if (marks + BESIDES) * counts > WORTH_LOADING:
        import_module(KERNELS)


class Run:
    """One count, which rounded whole numbers steer and exact arithmetic settles where they leave a doubt."""

    def __init__(self, field: Field, least: Fraction, most: Fraction, limit: int) -> None:
        self.field, self.endowment, self.limit = field, least, limit
        top = max(ceil(most * field.voters), sum(field.costs), limit, 1)
        self.bits = ROOM - top.bit_length() - int(field.points.max(initial=1)).bit_length()
        if self.bits >= 0:
            unit = 2**self.bits
            self.low = np.array([floor(least * unit * part) for part in field.parts], np.int64)[field.groups]
            self.high = np.array([ceil(most * unit * part) for part in field.parts], np.int64)[field.groups]
        self.alive = np.zeros(len(field.costs), np.int64)
        self.alive[list(field.open)] = 1
        scale = 1 << max(self.bits, 0)
        self.least = np.array(field.costs, np.int64) * scale // np.maximum(field.weights, 1)
        self.order = np.zeros(len(field.costs), np.int64)
        self.progress = np.zeros(2, np.int64)
        self.purse: Purse | None = None
        self.replayed = 0
        self.settled = 0

    def steer(self) -> int:
        """Let the kernel buy until it is done, over the limit, or not sure."""
        if self.bits < 0:
            return UNSURE
        f, s, scale = self.field, self.field.supporters, 1 << self.bits
        spent = int(self.progress[1])
        self.progress[1] = spent * scale
        costs, bases = np.array([cost * scale for cost in f.costs], np.int64), np.array(f.bases, np.float64)
        state = (self.low, self.high, self.alive, self.least, self.order, self.progress, self.limit * scale)
        if KERNELS in modules:
            from fairground.power.budgeting import kernels

            points = f.points.astype(np.int32)
            said = kernels.equal_shares(costs, bases, s.starts, f.marks, points, f.heads, *state)
        else:
            said = by_vectors(costs, bases, s.starts, f.marks, f.points, f.heads, *state)
        self.progress[1] = int(self.progress[1]) // scale
        return int(said)

    def settle(self) -> int:
        """Decide one purchase in exact arithmetic; returns `UNSURE` if there is more to count."""
        purse, self.settled = self._exact_purse(), self.settled + 1
        best: tuple[Fraction, int, int] | None = None
        for p in np.flatnonzero(self.alive)[np.argsort(self._lower()[self.alive > 0], kind="stable")]:
            if best is not None and self._lower()[p] > float(best[0]) * UP:
                break
            rate = purse.rate(int(p))
            if rate is None:
                self.alive[p] = 0
                continue
            found = (self.field.rated(int(p), rate), self.field.ranks[p], int(p))
            best = found if best is None else min(best, found)
        if best is None:
            return DONE
        return self._buy(best[2], purse)

    def _lower(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return self.least / np.array(self.field.bases, np.float64) / 2.0 ** max(self.bits, 0) * DOWN

    def _exact_purse(self) -> Purse:
        f = self.field
        if self.purse is None:
            self.purse = f.purse(self.endowment)
        for project in self.order[self.replayed : self.progress[0]]:
            self.purse.buy(int(project))
        self.replayed = int(self.progress[0])
        return self.purse

    def _buy(self, project: int, purse: Purse) -> int:
        if int(self.progress[1]) + self.field.costs[project] > self.limit:
            return OVER
        purse.buy(project)
        self.order[self.progress[0]] = project
        self.progress += (1, self.field.costs[project])
        self.replayed, self.alive[project] = self.replayed + 1, 0
        if self.bits >= 0:
            self.low, self.high = purse.bounds(self.bits)
        return UNSURE

    def bought(self, said: int) -> Bought:
        """Return what was bought so far."""
        chosen = tuple(int(p) for p in self.order[: self.progress[0]])
        return Bought(chosen, self.endowment, said == OVER)


def equal_shares(field: Field, endowment: Fraction, *, limit: int | None = None) -> Bought:
    """Return what Equal Shares buys when each voter starts with an endowment.

    Parameters
    ----------
    endowment : coins for each voter, exact. limit : stop as soon as the cost would pass it.
    """
    run = Run(field, endowment, endowment, sum(field.costs) if limit is None else limit)
    while True:
        said = run.steer()
        if said == UNSURE:
            said = run.settle()
        if said != UNSURE:
            return run.bought(said)


def equal_shares_between(field: Field, least: Fraction, most: Fraction, *, limit: int) -> Bought | None:
    """Return what Equal Shares buys with every endowment between two, or None if that is not certain."""
    run = Run(field, least, most, limit)
    said = run.steer()
    return None if said == UNSURE else run.bought(said)
