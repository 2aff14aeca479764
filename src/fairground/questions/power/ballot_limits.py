"""Ballots that go beyond what their file allows: how many there are of each sort, so that nobody guesses.

A file of Pabulib may say how many projects a ballot marks, what they cost together and how many points it
gives. Cities counted such ballots or not; here every mark counts, and the answer says how many there are.
Reference: https://pabulib.org/format, the facts that go with each type of vote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from fairground.errors import BadInput
from fairground.evidence import Step
from fairground.power.budgeting import Election, exact
from fairground.sources.pabulib import PabulibFile

__all__: list[str] = []

Floats = npt.NDArray[np.float64]
NEAR = 1e-9  # of a limit: sums of many costs are not exact


def beyond(election: Election, file: PabulibFile) -> Iterator[Step]:
    """Yield a step for each limit of a file that some of its ballots go beyond."""
    for fact, amounts in LIMITS.items():
        limit = _limit(file, fact)
        if limit is None or (fact.endswith("points") and election.kind != "points"):
            continue
        low, high = amounts(election)
        slack = NEAR * max(1.0, float(limit))
        under = fact.startswith("min")
        off = low < float(limit) - slack if under else high > float(limit) + slack
        marked = _marked(election) > 0
        ballots = int(election.supporters.voters[off & marked].sum())
        if ballots:
            yield Step(f"budgeting.beyond.{fact}", {"ballots": ballots, "limit": float(limit)})


def _limit(file: PabulibFile, fact: str) -> Fraction | None:
    """Return the number of a fact, or None where the file has none that can be read."""
    try:
        return exact(file.meta.get(fact, "").strip(), fact)
    except BadInput:
        return None


def _marked(election: Election) -> Floats:
    """Return how many projects each different ballot marks."""
    return _summed(election, np.ones(len(election.supporters.ballots)))


def _summed(election: Election, amounts: Floats) -> Floats:
    given = election.supporters
    found: Floats = np.asarray(np.bincount(given.ballots, amounts, len(given.voters)), np.float64)
    return found


def _lengths(election: Election) -> tuple[Floats, Floats]:
    return (_marked(election),) * 2


def _costs(election: Election) -> tuple[Floats, Floats]:
    costs = np.array([float(project.cost) for project in election.projects])
    return (_summed(election, np.repeat(costs, np.diff(election.supporters.starts))),) * 2


def _sums(election: Election) -> tuple[Floats, Floats]:
    return (_summed(election, election.supporters.points.astype(np.float64)),) * 2


def _each(election: Election) -> tuple[Floats, Floats]:
    """Return the fewest and the most points that each different ballot gives to a project."""
    given = election.supporters
    low, high = np.full(len(given.voters), np.inf), np.zeros(len(given.voters))
    np.minimum.at(low, given.ballots, given.points)
    np.maximum.at(high, given.ballots, given.points)
    return low, high


LIMITS: dict[str, Callable[[Election], tuple[Floats, Floats]]] = {
    "min_length": _lengths,
    "min_sum_cost": _costs,
    "max_sum_cost": _costs,
    "min_points": _each,
    "max_points": _each,
    "min_sum_points": _sums,
    "max_sum_points": _sums,
}
