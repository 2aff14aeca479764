"""Small elections for tests: drawn at random by hypothesis, or written out."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st

from fairground.power.budgeting import Ballot, Election, Project


def tries(number):
    """Try a law on so many cases in `make test`, on fewer in `make check`, on more in `make fuzz`."""
    return settings(max_examples=max(number * settings.default.max_examples // 100, 1), deadline=None)


def town(budget, costs, *ballots, kind="approval"):
    """Make an election from costs by id and ballots as (ids, voters) or (ids, points, voters)."""
    projects = tuple(Project(id, Fraction(cost)) for id, cost in costs.items())
    place = {id: n for n, id in enumerate(costs)}
    made = []
    for ids, *rest in ballots:
        points = tuple(rest[0]) if kind != "approval" else ()
        made.append(Ballot(tuple(place[id] for id in ids), points, rest[-1]))
    return Election(Fraction(budget), projects, tuple(made), kind)


def ids(election, positions):
    return [election.projects[p].id for p in positions]


@st.composite
def elections(draw, kind="approval", most=6):
    """Draw an election; costs and voters are small, so that ties are common."""
    count = draw(st.integers(1, most))
    costs = draw(st.lists(st.integers(1, 12), min_size=count, max_size=count))
    projects = tuple(Project(f"p{n}", Fraction(cost)) for n, cost in enumerate(costs))
    ballots = []
    for _ in range(draw(st.integers(1, 6))):
        marks = tuple(draw(st.lists(st.integers(0, count - 1), max_size=count, unique=True)))
        points = tuple(draw(st.integers(1, 3)) for _ in marks) if kind != "approval" else ()
        ballots.append(Ballot(marks, points, draw(st.integers(1, 4))))
    return Election(Fraction(draw(st.integers(1, 30))), projects, tuple(ballots), kind)
