"""What fairness means for an outcome, checked without trusting the rule that chose it.

`overlooked` looks for groups that agree on a losing project and whose equal part of the budget would have
bought more than any of them got: the property EJR+, up to one project. Reference: Peters, Pierczyński and
Skowron (2021), arXiv 2008.13276, theorem 1; Brill and Peters, "Robust and Verifiable Proportionality
Axioms" (EC 2023), for groups that agree on only one project. `unpriced` checks a price system: Peters and
Skowron (EC 2020), section 3.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from fairground.power.budgeting.counting import Count, opened, purchases
from fairground.power.budgeting.election import Election


@dataclass(frozen=True)
class Overlooked:
    """A losing project and so many of its supporters, none of whom got more than `most` from the winners."""

    project: int
    voters: int
    most: Fraction


def overlooked(
    election: Election, winners: Collection[int], *, by: str = "projects"
) -> tuple[Overlooked, ...]:
    """Return a group for each losing project that overlooks one; empty if the outcome is fair in this sense.

    A group of s supporters of a losing project could pay for s·budget / (voters·cost) projects like it. It is
    overlooked if every one of them, even with that project added, would have no more than this.

    Parameters
    ----------
    by : "projects" counts each marked winner as 1, "money" as its cost.

    >>> from fractions import Fraction
    >>> from fairground.power.budgeting import Ballot, Election, Project, overlooked
    >>> town = Election(Fraction(100), (Project("park", Fraction(60)), Project("slide", Fraction(40))),
    ...     (Ballot((0,), voters=6), Ballot((1,), voters=4)))
    >>> overlooked(town, (0,))
    (Overlooked(project=1, voters=4, most=Fraction(0, 1)),)
    >>> overlooked(town, (0, 1))
    ()
    """
    unit, supporters = election.unit, election.supporters
    worth = [int(project.cost * unit) if by == "money" else 1 for project in election.projects]
    gained = np.zeros(len(supporters.voters), np.int64)
    for p in winners:
        gained[supporters.ballots[supporters.of(p)]] += worth[p]
    found = []
    for p in sorted(set(range(len(worth))) - set(winners)):
        ballots = supporters.ballots[supporters.of(p)]
        levels, places = np.unique(gained[ballots], return_inverse=True)
        sizes = np.cumsum(np.bincount(places, weights=supporters.voters[ballots]))
        for level, size in zip(levels, sizes, strict=True):
            could = Fraction(int(size) * worth[p]) * election.budget
            price = election.projects[p].cost * election.voters
            if could >= worth[p] * price and (int(level) + worth[p]) * price <= could:
                most = Fraction(int(level), unit if by == "money" else 1)
                found.append(Overlooked(p, int(size), most))
                break
    return tuple(found)


def unpriced(election: Election, counted: Count) -> tuple[int, ...]:
    """Return the projects at which a count breaks its own price system; empty if it is priceable.

    A winner breaks it if its supporters did not pay exactly its cost out of equal purses. A loser breaks it
    if its supporters have more than its cost left; one that could not win (it costs more than the budget, or
    the rule bars it) is not asked. Winners of a completion were not paid for at all.

    >>> from fractions import Fraction
    >>> from fairground.power.budgeting import Ballot, Election, Project, Rule, count, unpriced
    >>> town = Election(Fraction(90), (Project("park", Fraction(60)),), (Ballot((0,), voters=3),))
    >>> unpriced(town, count(town, Rule())), unpriced(town, count(town, Rule("greedy")))
    ((), (0,))
    """
    if counted.endowment is None or counted.switched:
        return tuple(sorted(counted.winners))
    seen, purse = opened(election, counted)
    broken, bought = [], set()
    for buy in purchases(seen, counted):
        before = purse.total()
        purse.take(buy.project, buy.rate, short_pay=buy.short_pay)
        bought.add(buy.project)
        if before - purse.total() != seen.costs[buy.project]:
            broken.append(buy.project)
    broken += [p for p in counted.winners if p not in bought]
    broken += [p for p in seen.open if p not in counted.winners and purse.funds(p) > seen.costs[p]]
    return tuple(sorted(broken))
