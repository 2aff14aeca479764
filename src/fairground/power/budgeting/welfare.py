"""Maximum welfare: of all sets of projects that fit the budget, the one with the most utility in total.

Of sets that are equally good, the one with the project that stands first in the order for ties wins; if
both have it, the second decides, and so on. A search in whole numbers proves that no other set is better.
Reference: Rey and Maly (2023), section 3.1; the search is Kolesar's branch and bound (1967) with Dantzig's
bound. HiGHS checks it in the tests; it steers nothing here, because it works in floating point.
"""

from __future__ import annotations

from fractions import Fraction

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
    items = sorted(field.open, key=lambda p: (Fraction(-value[p], field.costs[p]), field.ranks[p]))
    marks = [1 << (len(field.ranks) - field.ranks[p]) for p in items]
    search = _Search([value[p] for p in items], [field.costs[p] for p in items], marks)
    return tuple(items[n] for n in search.best(field.budget))


class _Search:
    """Branch and bound in whole numbers over items sorted by value for cost, best first.

    Parameters
    ----------
    marks : a power of two for each item, higher for whoever wins ties: of equally good sets, the one with
        the higher sum of marks is the better.
    """

    def __init__(self, values: list[int], costs: list[int], marks: list[int]) -> None:
        self.values, self.costs, self.marks = values, costs, marks
        self.goal, self.found = (-1, 0), tuple[int, ...]()
        self.looked = 0
        self.ahead = [sum(marks[n:]) for n in range(len(marks) + 1)]

    def _reach(self, n: int, left: int) -> int:
        """Return what the items from n on cannot exceed with the money left."""
        total = 0
        for place in range(n, len(self.values)):
            if self.costs[place] > left:
                return total + self.values[place] * left // self.costs[place]
            total += self.values[place]
            left -= self.costs[place]
        return total

    def best(self, budget: int) -> tuple[int, ...]:
        """Return the best set: items are taken before they are left out."""
        stack: list[tuple[int, int, int, int, tuple[int, ...]]] = [(0, budget, 0, 0, ())]
        while stack:
            n, left, worth, mark, taken = stack.pop()
            self.looked += 1
            if self.looked > PATIENCE:
                raise Impossible("The best set could not be proved in reasonable time", ("max-welfare",))
            if (worth, mark) > self.goal:
                self.goal, self.found = (worth, mark), taken
            if n == len(self.values) or (worth + self._reach(n, left), mark + self.ahead[n]) <= self.goal:
                continue
            stack.append((n + 1, left, worth, mark, taken))
            if self.costs[n] <= left:
                here = (worth + self.values[n], mark + self.marks[n], (*taken, n))
                stack.append((n + 1, left - self.costs[n], *here))
        return self.found
