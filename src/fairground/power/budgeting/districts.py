"""Districts: what each gets of the money against how many people live there, and shares that mend turnout.

Where few people of a district vote, its voters together have little money under Equal Shares. With the
correction for turnout, the voters of a district share the part of the budget that its people are of all
people: each starts with budget · people / all people / voters of the district, and Add1 raises every
purse in the same proportion. Districts where nobody voted are left out, so that no money is lost.
Reference: Peters and Skowron, equalshares.net, "Implementation: city districts" (2025).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from fairground.errors import BadInput
from fairground.power.budgeting.election import Election, Grouped, Whole

Parts = tuple[tuple[Fraction, ...], Whole]


@dataclass(frozen=True)
class District:
    """What a district has of the people, the voters and the money of the winners built there.

    `people_share` and `money_share` are of all districts together; None where the population is not known.
    """

    district: str
    people: int | None
    people_share: Fraction | None
    voters: int
    winners: int
    spent: Fraction
    money_share: Fraction
    voters_with_nothing: int


def alike(election: Election) -> Parts:
    """Return that all voters start with one endowment."""
    return (Fraction(1),), np.zeros(len(election.ballots), np.int64)


def district_parts(election: Election) -> Parts:
    """Return how many endowments each voter of a district starts with, and the district of each ballot.

    Raises
    ------
    BadInput : a ballot comes from a district whose population is not given.
    """
    people, cast = dict(election.population), dict[str, int]()
    for ballot in election.ballots:
        cast[ballot.district] = cast.get(ballot.district, 0) + ballot.voters
    for district in cast:
        if district not in people:
            known = ", ".join(people) or "no district was given a population"
            raise BadInput("A ballot's district has no population", "district", district, known)
    everybody = sum(people[district] for district in cast)
    names = sorted(cast)
    parts = tuple(Fraction(people[name] * election.voters, everybody * cast[name]) for name in names)
    place = {name: n for n, name in enumerate(names)}
    return parts, np.array([place[ballot.district] for ballot in election.ballots], np.int64)


def spread(election: Election, winners: Collection[int]) -> tuple[District, ...]:
    """Return each district of the projects, ballots or population, with its people, voters and money.

    >>> from fractions import Fraction
    >>> from fairground.power.budgeting import Ballot, Election, Project, spread
    >>> town = Election(Fraction(90), (Project("park", Fraction(60), district="north"),),
    ...     (Ballot((0,), voters=3, district="north"),), population=(("north", 800), ("south", 200)))
    >>> [(row.district, row.people_share, row.money_share) for row in spread(town, (0,))]
    [('north', Fraction(4, 5), Fraction(1, 1)), ('south', Fraction(1, 5), Fraction(0, 1))]
    """
    people, chosen = dict(election.population), set(winners)
    homes = {p.district for p in election.projects} | _homes(election) | set(people)
    total = sum((p.cost for n, p in enumerate(election.projects) if n in chosen and p.district), Fraction(0))
    found = []
    for home in sorted(homes - {""}):
        built = [n for n in chosen if election.projects[n].district == home]
        spent = election.cost(built)
        cast = [ballot for ballot in election.ballots if ballot.district == home]
        found.append(
            District(
                home,
                people.get(home),
                Fraction(people[home], sum(people.values())) if home in people else None,
                sum(ballot.voters for ballot in cast),
                len(built),
                spent,
                spent / total if total else Fraction(0),
                sum(ballot.voters for ballot in cast if chosen.isdisjoint(ballot.projects)),
            )
        )
    return tuple(found)


def _homes(election: Election) -> set[str]:
    """Return the districts that ballots name; ballots kept as arrays name none."""
    return set() if isinstance(election.ballots, Grouped) else {b.district for b in election.ballots}
