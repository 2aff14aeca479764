"""Which places are most alike in need and in size.

Each feature is standardised (less its mean, over its standard deviation), and places are ordered by their
straight-line distance; size enters as the logarithm of population. Reference: CIPFA's nearest
neighbours model (2019 documentation) uses the same distance with more features.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, isfinite, log
from statistics import fmean, pstdev

from fairground.errors import BadInput, NotFound


@dataclass(frozen=True)
class Candidate:
    """A place with its need (any score, higher is greater need) and its population (persons).

    Raises
    ------
    BadInput : a need that is not a finite number, or a population that is not above zero.
    """

    code: str
    name: str
    need: float
    population: int

    def __post_init__(self) -> None:
        if not isfinite(self.need):
            raise BadInput("Need must be a number", "need", self.need)
        if self.population <= 0:
            raise BadInput("A population must be above zero", "population", self.population)


@dataclass(frozen=True)
class Neighbour:
    """A place that is alike, and how far it is in standard deviations (0: the same)."""

    code: str
    name: str
    need: float
    population: int
    distance: float


def similar(code: str, candidates: Sequence[Candidate], *, count: int = 10) -> tuple[Neighbour, ...]:
    """Return the places most like one place in need and population, nearest first; ties by code.

    Raises
    ------
    NotFound : the place is not among the candidates.
    BadInput : fewer than one neighbour is asked for.

    Notes
    -----
    Source of the method: CIPFA nearest neighbours, standardised Euclidean distance.
    """
    if count < 1:
        raise BadInput("Ask for at least one place", "count", count, "1 or more")
    own = next((c for c in candidates if c.code == code), None)
    if own is None:
        raise NotFound("There is no need score for this place", "place", code)
    need_spread = pstdev([c.need for c in candidates]) or 1.0
    size_spread = pstdev([log(c.population) for c in candidates]) or 1.0

    def far(other: Candidate) -> float:
        size = (log(other.population) - log(own.population)) / size_spread
        return hypot((other.need - own.need) / need_spread, size)

    others = sorted((c for c in candidates if c.code != code), key=lambda c: (far(c), c.code))[:count]
    return tuple(Neighbour(c.code, c.name, c.need, c.population, far(c)) for c in others)


def mean_need(neighbours: Sequence[Neighbour]) -> float:
    """Return the plain mean of the neighbours' need.

    Raises
    ------
    BadInput : there are no neighbours.
    """
    if not neighbours:
        raise BadInput("There are no similar places to average", "neighbours", "none")
    return fmean(n.need for n in neighbours)
