"""What each voter has left, exactly, however many projects were bought.

Voters with the same money are one state: a purchase splits a state at most once for each number of
points, and all who have nothing left are one again. So thousands of different ballots need few exact
sums. Money is whole numbers over one shared denominator, which grows only when a payment does not come
out even.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np

from fairground.power.budgeting.election import Supporters, Whole
from fairground.power.budgeting.steering import Real


@dataclass(frozen=True)
class Paid:
    """So many voters paid so much each; `emptied` if that was all they had."""

    voters: int
    each: Fraction
    emptied: bool


@dataclass(frozen=True)
class Purchase:
    """A project that is bought at a payment per point; who has less pays all of it, or nothing."""

    project: int
    rate: Fraction
    short_pay: bool = True


class Purse:
    """The exact money of every ballot's voters while projects are bought, one after another.

    Parameters
    ----------
    endowment : what each voter starts with, in whole coins or fractions of them.
    costs : of each project in whole coins. points : one for each mark (all 1 where points do not count).
    parts : how many endowments the voters of each group start with; groups : the group of each ballot.
    """

    def __init__(
        self,
        endowment: Fraction,
        costs: tuple[int, ...],
        supporters: Supporters,
        points: Whole,
        parts: tuple[Fraction, ...] = (Fraction(1),),
        groups: Whole | None = None,
    ) -> None:
        self.costs, self.supporters, self.points = costs, supporters, points
        starts = [endowment * part for part in parts]
        self.scale = lcm(*(start.denominator for start in starts))
        self.money = [int(start * self.scale) for start in starts]
        self.state: Whole = np.zeros(len(supporters.voters), np.int64) if groups is None else groups.copy()
        self._most = int(points.max()) + 1 if len(points) else 1

    def groups(self, project: int) -> list[tuple[int, int, int]]:
        """Return the supporters of a project as (state, points, voters), each pair once."""
        where = self.supporters.of(project)
        ballots = self.supporters.ballots[where]
        keys = self.state[ballots] * self._most + self.points[where]
        different, places = np.unique(keys, return_inverse=True)
        counts = np.bincount(places, weights=self.supporters.voters[ballots])
        return [
            (int(key) // self._most, int(key) % self._most, int(n))
            for key, n in zip(different, counts, strict=True)
        ]

    def rate(self, project: int) -> Fraction | None:
        """Return the exact payment per point at which the supporters raise the cost; None if they cannot."""
        left, rich = self._solved(project, self.groups(project))
        return None if rich == 0 else Fraction(left, rich * self.scale)

    def _solved(self, project: int, groups: list[tuple[int, int, int]]) -> tuple[int, int]:
        cost = self.costs[project] * self.scale
        held = [(self.money[state], points, voters) for state, points, voters in groups]
        if sum(money * voters for money, _, voters in held) < cost:
            return 0, 0
        paid, left, rich = 0, cost, sum(points * voters for _, points, voters in held)
        while True:
            able = [(m, p, v) for m, p, v in held if m * rich >= left * p]
            if len(able) == len(held):
                return left, rich
            left = cost - paid - sum(m * v for m, _, v in held) + sum(m * v for m, _, v in able)
            paid, rich = cost - left, sum(p * v for _, p, v in able)
            held = able

    def funds(self, project: int) -> Fraction:
        """Return all the money that the supporters of a project still have."""
        total = sum(self.money[state] * voters for state, _, voters in self.groups(project))
        return Fraction(total, self.scale)

    def total(self) -> Fraction:
        """Return all the money that all voters still have."""
        held = np.bincount(self.state, weights=self.supporters.voters)
        return Fraction(sum(int(n) * m for n, m in zip(held, self.money, strict=True)), self.scale)

    def buy(self, project: int) -> tuple[Paid, ...]:
        """Take the cost of a project from its supporters, as equally as their money allows."""
        left, rich = self._solved(project, self.groups(project))
        return self.take(project, Fraction(left, rich * self.scale))

    def take(self, project: int, rate: Fraction, *, short_pay: bool = True) -> tuple[Paid, ...]:
        """Take a payment per point from each supporter of a project, as far as their money goes.

        Those who have less give all they have, or nothing at all if `short_pay` is false.
        """
        whole = rate * self.scale
        if whole.denominator > 1:
            self.scale *= whole.denominator
            self.money = [money * whole.denominator for money in self.money]
            whole *= whole.denominator
        paid, moves = [], {}
        for state, points, voters in self.groups(project):
            due = int(whole) * points
            if self.money[state] < due:
                due = self.money[state] if short_pay else 0
            paid.append(Paid(voters, Fraction(due, self.scale), due == self.money[state] > 0))
            moves[state * self._most + points] = self._state(self.money[state] - due)
        self._move(project, moves)
        return tuple(paid)

    def _state(self, money: int) -> int:
        if money == 0 and self.money[-1] == 0:
            return len(self.money) - 1
        if money == 0 and 0 in self.money:
            return self.money.index(0)
        self.money.append(money)
        return len(self.money) - 1

    def _move(self, project: int, moves: dict[int, int]) -> None:
        where = self.supporters.of(project)
        ballots = self.supporters.ballots[where]
        keys = self.state[ballots] * self._most + self.points[where]
        known = np.array(sorted(moves), np.int64)
        new = np.array([moves[key] for key in sorted(moves)], np.int64)
        self.state[ballots] = new[np.searchsorted(known, keys)]
        self._tidy()

    def _tidy(self) -> None:
        used, self.state = np.unique(self.state, return_inverse=True)
        self.money = [self.money[state] for state in used]
        common = gcd(self.scale, *self.money)
        if common > 1:
            self.scale //= common
            self.money = [money // common for money in self.money]

    def bounds(self, bits: int) -> tuple[Real, Real]:
        """Return the money of each ballot's voters in units of 2**-bits coins, rounded down and up."""
        low = np.array([(money << bits) // self.scale for money in self.money], np.float64)
        high = np.array([-((-money << bits) // self.scale) for money in self.money], np.float64)
        return low[self.state], high[self.state]
