"""Whether the second counter finds the same: it counts all, or a sample where all would take hours.

Add1 can go through thousands of endowments, and the plain counter counts each from the start. Where that is
too much, it counts the first, the last, the one that was one too many, and others at even distances between.
At each it must buy the same projects, go on or end likewise, and go on to the same next endowment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from fairground.power.budgeting.completion import climb, first_endowment
from fairground.power.budgeting.counting import Count
from fairground.power.budgeting.election import Election
from fairground.power.budgeting.equal_shares import Field, equal_shares, field
from fairground.power.budgeting.plain import PlainCount

PATIENCE, LEAST = 10**9, 3
WORK = {"equal-shares": 1, "exact-equal-shares": 40}


@dataclass(frozen=True)
class Second:
    """What the second counter found: the winners, and whether they and all the way there are the same.

    `counted` of the `endowments` were counted; both are 1 where there is but one.
    """

    winners: tuple[int, ...]
    agree: bool
    counted: int = 1
    endowments: int = 1


@dataclass(frozen=True)
class Stop:
    """One endowment (in coins) on the way: what the first counter bought, and which endowment followed."""

    endowment: Fraction
    bought: frozenset[int]
    over: bool
    following: Fraction | None


def second(election: Election, counted: Count, *, patience: int = PATIENCE) -> Second:
    """Return whether the plain counter agrees with a count.

    Parameters
    ----------
    patience : how much the plain counter may do, in marks times projects bought: a billion is about a minute.

    >>> from fractions import Fraction
    >>> from fairground.power.budgeting import Ballot, Election, Project, Rule, count, second
    >>> town = Election(Fraction(90), (Project("park", Fraction(60)),), (Ballot((0,), voters=3),))
    >>> second(town, count(town, Rule()))
    Second(winners=(0,), agree=True, counted=1, endowments=1)
    """
    rule, plain = counted.rule, PlainCount(election, counted.rule)
    steps = counted.steps + 1 + (counted.ended == "over")
    each = max(len(election.supporters.ballots), 1) * (len(counted.winners) + 1) * WORK.get(rule.method, 1)
    most = max(patience // each, LEAST)
    if rule.completion not in ("add1", "add1u") or steps <= most:
        winners = plain.winners()
        return Second(winners, set(winners) == set(counted.winners), steps, steps)
    chosen = _evenly(steps, most)
    stops = _stops(field(election, rule), counted, steps, chosen)
    agree = all(_agrees(plain, stop) for stop in stops)
    last = next(stop for stop in reversed(stops) if not stop.over)
    winners = plain.compared(plain.outcome(last.endowment / election.unit)[0])
    return Second(winners, agree and set(winners) == set(counted.winners), len(stops), steps)


def _evenly(steps: int, most: int) -> list[int]:
    """Return at most so many places among so many steps: the first, the last two, and others between."""
    between = {round(n * (steps - 1) / (most - 1)) for n in range(most - 1)}
    return sorted(between | {steps - 2, steps - 1})


def _stops(seen: Field, counted: Count, steps: int, chosen: Sequence[int]) -> list[Stop]:
    """Return what the first counter found at some of its endowments."""
    rule = counted.rule
    if rule.method == "exact-equal-shares":
        bought = [found for found, _ in climb(seen, rule)]
        endowments = [found.endowment for found in bought]
        sets = {n: frozenset(bought[n].order) for n in chosen}
    else:
        start, step = first_endowment(seen, rule), rule.step * seen.unit
        endowments = [start + n * step for n in range(steps)]
        sets = {n: frozenset(equal_shares(seen, endowments[n]).order) for n in chosen}
    over = steps - 1 if counted.ended == "over" else steps
    following = [*endowments[1:], None]
    return [Stop(endowments[n], sets[n], n == over, following[n]) for n in chosen]


def _agrees(plain: PlainCount, stop: Stop) -> bool:
    """Return whether the plain counter buys the same with an endowment and goes on to the same next one."""
    unit = plain.election.unit
    bought, following = plain.outcome(stop.endowment / unit)
    within = plain.spent(bought) <= plain.election.budget
    if stop.over:
        return not within
    later = None if plain.ended(bought) or following is None else following * unit
    return within and set(bought) == stop.bought and later == stop.following
