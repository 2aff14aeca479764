"""A count: the rule applied to the ballots, the winners in order, and where every voter's money went.

`count` is the one way in: it looks up the rule's method in `RUNS`, completes it, and compares if the rule
says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from fairground.power.budgeting.completion import (
    Completed,
    add1,
    add_opt,
    first_endowment,
)
from fairground.power.budgeting.election import Election
from fairground.power.budgeting.equal_shares import Field, equal_shares, field
from fairground.power.budgeting.exact_equal_shares import exact_equal_shares
from fairground.power.budgeting.greedy import greedy
from fairground.power.budgeting.overspending import bos
from fairground.power.budgeting.phragmen import phragmen
from fairground.power.budgeting.purse import Paid, Purchase, Purse
from fairground.power.budgeting.rules import Rule
from fairground.power.budgeting.thresholds import barred
from fairground.power.budgeting.welfare import max_welfare

Trail = tuple[tuple[Paid, ...], ...]


@dataclass(frozen=True)
class Outcome:
    """What a method chose, in order; the coins each voter had; how many endowments; why it ended."""

    order: tuple[int, ...]
    endowment: Fraction | None = None
    steps: int = 0
    ended: str = "spent"


@dataclass(frozen=True)
class Comparison:
    """How many voters prefer the rule's outcome, how many greedy's, and how many neither."""

    rule: int
    greedy: int
    neither: int


@dataclass(frozen=True)
class Count:
    """The result: positions of the winners in order, and everything that led to it.

    `endowment` is what each voter started with in currency units; `bought` of the winners were bought with
    the voters' own money, the rest by a completion. `switched` says that greedy's outcome was preferred.
    """

    winners: tuple[int, ...]
    rule: Rule
    cost: Fraction
    endowment: Fraction | None
    bought: int
    steps: int
    ended: str
    barred: Mapping[int, str]
    comparison: Comparison | None = None
    switched: bool = False


def count(election: Election, rule: Rule) -> Count:
    """Return the winners of an election under a rule, with the working.

    Raises
    ------
    NotFound : the rule names a project that is not on the ballot.

    >>> from fractions import Fraction
    >>> from fairground.power.budgeting import Ballot, Election, Project, Rule, count
    >>> costs = (("park", 60), ("bench", 20), ("slide", 30))
    >>> park, bench, slide = (Project(id, Fraction(cost)) for id, cost in costs)
    >>> ballots = (Ballot((0, 2), voters=6), Ballot((1,), voters=4))
    >>> town = Election(Fraction(100), (park, bench, slide), ballots)
    >>> [town.projects[p].id for p in count(town, Rule("equal-shares")).winners]
    ['slide', 'bench']
    """
    seen = field(election, rule)
    found = RUNS[rule.method](election, rule, seen)
    order, bought = found.order, len(found.order)
    if rule.completion in ("greedy", "add1u"):
        order = greedy(election, rule, seen, chosen=order)
    compared, switched = None, False
    if rule.comparison != "none":
        other = greedy(election, rule, seen)
        compared = preferences(election, order, other, by=rule.comparison)
        switched = compared.greedy > compared.rule
        if switched:
            order, bought = other, 0
    return Count(
        order,
        rule,
        election.cost(order),
        None if found.endowment is None else found.endowment / seen.unit,
        bought,
        found.steps,
        found.ended,
        barred(election, rule),
        compared,
        switched,
    )


def payments(election: Election, counted: Count) -> Trail:
    """Return what was paid for each winner that was bought with voters' own money, exactly, in order.

    Greedy, maximum welfare and Phragmén have no purses, so nothing is paid.

    >>> from fractions import Fraction
    >>> from fairground.power.budgeting import Ballot, Election, Project, Rule, count, payments
    >>> town = Election(Fraction(90), (Project("park", Fraction(60)),), (Ballot((0,), voters=3),))
    >>> payments(town, count(town, Rule()))
    ((Paid(voters=3, each=Fraction(20, 1), emptied=False),),)
    """
    if counted.endowment is None or counted.switched:
        return ()
    seen, purse = opened(election, counted)
    bought = purchases(seen, counted)
    found = tuple(purse.take(buy.project, buy.rate, short_pay=buy.short_pay) for buy in bought)
    return tuple(tuple(Paid(p.voters, p.each / seen.unit, p.emptied) for p in paid) for paid in found)


def opened(election: Election, counted: Count) -> tuple[Field, Purse]:
    """Return an election as a count saw it, with every purse as full as it was at the start."""
    seen = field(election, counted.rule)
    endowment = (counted.endowment or Fraction(0)) * seen.unit
    return seen, seen.purse(endowment)


def purchases(seen: Field, counted: Count) -> tuple[Purchase, ...]:
    """Return what a count bought with voters' own money, in order, with the exact rates."""
    endowment = (counted.endowment or Fraction(0)) * seen.unit
    if counted.rule.method == "bos":
        return bos(seen)
    if counted.rule.method == "exact-equal-shares":
        return exact_equal_shares(seen, endowment, limit=seen.budget).purchases
    purse = seen.purse(endowment)
    found = []
    for p in counted.winners[: counted.bought]:
        found.append(Purchase(p, purse.rate(p) or Fraction(0)))
        purse.take(p, found[-1].rate)
    return tuple(found)


def preferences(
    election: Election, one: tuple[int, ...], other: tuple[int, ...], *, by: str = "projects"
) -> Comparison:
    """Return how many voters get more of what they marked in one outcome than in the other.

    Every voter counts, also one who marked no winner at all.

    Parameters
    ----------
    by : "projects" counts the winners that a voter marked, "money" adds up their costs.

    >>> from fractions import Fraction
    >>> from fairground.power.budgeting import Ballot, Election, Project, preferences
    >>> town = Election(Fraction(9), (Project("a", Fraction(5)), Project("b", Fraction(5))),
    ...     (Ballot((0,), voters=3), Ballot((1,), voters=2)))
    >>> preferences(town, (0,), (1,))
    Comparison(rule=3, greedy=2, neither=0)
    """
    unit, supporters = election.unit, election.supporters
    lead = np.zeros(len(supporters.voters), np.int64)
    for sign, chosen in ((1, one), (-1, other)):
        for p in chosen:
            lead[supporters.ballots[supporters.of(p)]] += sign * (
                int(election.projects[p].cost * unit) if by == "money" else 1
            )
    counts = [int(supporters.voters[where].sum()) for where in (lead > 0, lead < 0, lead == 0)]
    return Comparison(*counts)


def _equal_shares(_election: Election, rule: Rule, seen: Field) -> Outcome:
    if rule.completion in ("add1", "add1u"):
        found = add1(seen, rule)
    else:
        found = Completed(equal_shares(seen, first_endowment(seen, rule)), 0, "own-money")
    return Outcome(found.bought.order, found.bought.endowment, found.steps, found.ended)


def _exact_equal_shares(_election: Election, rule: Rule, seen: Field) -> Outcome:
    if rule.completion in ("add1", "add1u"):
        found = add_opt(seen, rule)
    else:
        found = Completed(exact_equal_shares(seen, first_endowment(seen, rule)).bought, 0, "own-money")
    return Outcome(found.bought.order, found.bought.endowment, found.steps, found.ended)


def _bos(_election: Election, _rule: Rule, seen: Field) -> Outcome:
    return Outcome(tuple(buy.project for buy in bos(seen)), Fraction(seen.budget, seen.voters))


RUNS: Mapping[str, Callable[[Election, Rule, Field], Outcome]] = {
    "greedy": lambda election, rule, seen: Outcome(greedy(election, rule, seen)),
    "max-welfare": lambda election, rule, seen: Outcome(max_welfare(election, rule, seen)),
    "phragmen": lambda _election, rule, seen: Outcome(phragmen(seen, rule)),
    "equal-shares": _equal_shares,
    "bos": _bos,
    "exact-equal-shares": _exact_equal_shares,
}
