"""Maximum welfare: of all sets of projects that fit the budget, the one with the most utility in total.

HiGHS proposes a set in floating point; a search in whole numbers then proves that no set is better, or
finds it. Among equally good sets the search keeps the first it meets, trying first what gives most for
its cost. Reference: Rey and Maly (2023), section 3.1; the search is Kolesar's branch and bound (1967)
with Dantzig's bound.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from fairground.errors import Impossible
from fairground.power.budgeting.election import Election
from fairground.power.budgeting.equal_shares import Field
from fairground.power.budgeting.rules import Rule

PATIENCE = 2_000_000


def max_welfare(_election: Election, _rule: Rule, field: Field) -> tuple[int, ...]:
    """Return the set of projects with the most utility, in the order of utility for money.

    Raises
    ------
    Impossible : the proof would take too long; no unproved set is ever given.
    """
    value = {p: int(field.weights[p]) * field.bases[p] for p in field.open}
    items = sorted(field.open, key=lambda p: (-value[p] / field.costs[p], field.ranks[p]))
    if not items:
        return ()
    proposed = _proposed([value[p] for p in items], [field.costs[p] for p in items], field.budget)
    floor = sum(value[items[n]] for n in proposed)
    search = _Search([value[p] for p in items], [field.costs[p] for p in items], floor)
    return tuple(items[n] for n in search.best(field.budget))


def _proposed(values: list[int], costs: list[int], budget: int) -> list[int]:
    worth = np.array(values, float)
    found = milp(
        -worth / worth.max(),
        constraints=LinearConstraint(np.array([costs], float) / budget, -np.inf, 1.0),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(values)),
        options={"mip_rel_gap": 0.0},
    )
    chosen = [] if found.x is None else [n for n, x in enumerate(found.x) if x > 0.5]
    return chosen if sum(costs[n] for n in chosen) <= budget else []


class _Search:
    """Branch and bound in whole numbers, from a value that is known to be reachable."""

    def __init__(self, values: list[int], costs: list[int], floor: int) -> None:
        self.values, self.costs = values, costs
        self.goal = floor
        self.found: list[int] | None = None
        self.looked = 0

    def _bound(self, n: int, left: int) -> int:
        total = 0
        for value, cost in zip(self.values[n:], self.costs[n:], strict=True):
            if cost > left:
                return total + value * left // cost
            total += value
            left -= cost
        return total

    def best(self, budget: int) -> list[int]:
        """Return the first best set: items are taken before they are left out."""
        stack: list[tuple[int, int, int, tuple[int, ...]]] = [(0, budget, 0, ())]
        while stack:
            n, left, worth, taken = stack.pop()
            self.looked += 1
            if self.looked > PATIENCE:
                raise Impossible("The best set could not be proved in reasonable time", ("max-welfare",))
            if worth > self.goal or (worth == self.goal and self.found is None):
                self.goal, self.found = worth, list(taken)
            reach = worth + self._bound(n, left)
            if n == len(self.values) or reach < self.goal or (reach == self.goal and self.found is not None):
                continue
            stack.append((n + 1, left, worth, taken))
            if self.costs[n] <= left:
                stack.append((n + 1, left - self.costs[n], worth + self.values[n], (*taken, n)))
        return self.found or []
