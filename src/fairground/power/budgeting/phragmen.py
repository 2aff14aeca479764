"""Sequential Phragmén: all voters earn at the same speed, and buy a project as soon as its supporters can.

Put the other way round, each project's cost is a load on its supporters, and the next project is the one
that keeps the heaviest load lowest. Reference: Los, Christoff and Grossi, "Proportional Budget
Allocations: Towards a Systematization" (IJCAI 2022), section 3. Loads are exact; voters with equal loads
are one state.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from fairground.power.budgeting.election import Supporters, Whole
from fairground.power.budgeting.equal_shares import Field
from fairground.power.budgeting.rules import Rule


def phragmen(field: Field, rule: Rule) -> tuple[int, ...]:
    """Return the projects in the order in which they are bought.

    The count ends with the first project that would pass the budget, or, where the rule skips, goes on
    without it.
    """
    supporters = field.supporters
    loads, state = [Fraction(0)], np.zeros(len(supporters.voters), np.int64)
    least = {p: Fraction(0) for p in field.open}
    taken, left = [], field.budget
    while least:
        best = _lightest(field, supporters, loads, state, least)
        del least[best[1]]
        project = best[1]
        if field.costs[project] > left:
            if rule.skip:
                continue
            break
        taken.append(project)
        left -= field.costs[project]
        loads.append(best[0])
        state[supporters.ballots[supporters.of(project)]] = len(loads) - 1
    return tuple(taken)


def _lightest(
    field: Field, supporters: Supporters, loads: list[Fraction], state: Whole, least: dict[int, Fraction]
) -> tuple[Fraction, int]:
    """Return the lowest new load and its project; `least` holds loads that can only have grown since."""
    best: tuple[Fraction, int, int] | None = None
    for p in sorted(least, key=least.__getitem__):
        if best is not None and least[p] > best[0]:
            break
        ballots = supporters.ballots[supporters.of(p)]
        heavy = np.bincount(state[ballots], weights=supporters.voters[ballots], minlength=len(loads))
        borne = sum((int(n) * load for n, load in zip(heavy, loads, strict=True) if n), Fraction(0))
        least[p] = (field.costs[p] + borne) / int(heavy.sum())
        found = (least[p], field.ranks[p], p)
        best = found if best is None else min(best, found)
    if best is None:
        raise AssertionError("asked for the lightest of no projects")
    return best[0], best[2]
