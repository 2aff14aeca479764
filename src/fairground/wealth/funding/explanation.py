"""Why a place gets what it gets: its amount per head over the average, split into factors and into pounds.

Rule 1. The ratio is the exact product of need, cost and catch-up (each over the mean that remains once the
factors before it are counted), what the floors and caps of other places take or give, the place's own floor
or cap, and the rounding to whole pence. The factors are fractions, so the product holds to the last digit.
Rule 2. Pounds follow the logarithms of the factors: each part is ln(factor) times the logarithmic mean of the
two amounts. The parts add up to the difference with nothing left over, in any order of the factors.
Rule 3. Need is split further between its indicators, by the logarithm of each.
Rule 4. Parts are rounded to pence by largest remainder, so that they still add up when they are read.

Reference: Ang, "Decomposition analysis for policymaking in energy" (LMDI), Energy Policy 32(9), 2004.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from fairground.errors import BadInput, NotFound
from fairground.wealth.funding.allocation import Allocation
from fairground.wealth.funding.formula import Areas, Factors, Formula, allocate, factors
from fairground.wealth.funding.need import logarithms

FACTORS = ("need", "cost", "catch-up", "others", "bound", "rounding")


@dataclass(frozen=True)
class Part:
    """One factor of the ratio, exactly, and the pence per head that it adds (or takes, below zero).

    `id` is need, cost, catch-up, others (their floors and caps), bound (one's own) or rounding.
    """

    id: str
    ratio: Fraction
    pence_per_head: int


@dataclass(frozen=True)
class IndicatorPart:
    """What one indicator adds to the need part, in pence per head."""

    id: str
    pence_per_head: int


@dataclass(frozen=True)
class Explanation:
    """A place's pence, its pence per head and the average's, the factors between them, and need by indicator.

    The parts' pence add up to the difference of the two, rounded to whole pence; the indicators' to need's.
    """

    code: str
    pence: int
    per_head: Fraction
    mean: Fraction
    parts: tuple[Part, ...]
    indicators: tuple[IndicatorPart, ...]

    @property
    def ratio(self) -> Fraction:
        """The place's amount per head over the average."""
        return self.per_head / self.mean


def explain(formula: Formula, areas: Areas, *, code: str) -> Explanation:
    """Return why a place's amount per head differs from the average: exact factors, and pence per head.

    Parameters
    ----------
    formula, areas : as for `allocate`.
    code : the place to explain.

    Raises
    ------
    NotFound : the place is not among the areas. BadInput : it gets nothing, so there is no ratio to split.

    Notes
    -----
    Method: logarithmic mean Divisia index (Ang, 2004).
    """
    if code not in areas.codes:
        raise NotFound("This place has no share in the pot", "place", code)
    place = areas.codes.index(code)
    found, multiplied = allocate(formula, areas), factors(formula, areas)
    if found.pence[place] == 0:
        raise BadInput("This place gets nothing, so there is nothing to split", "place", code)
    ratios = _ratios(found, multiplied, areas, place)
    per_head = Fraction(found.pence[place], areas.populations[place])
    mean = Fraction(found.problem.pot, sum(areas.populations))
    weight = _logarithmic_mean(float(per_head), float(mean))
    exact = [weight * log_of(ratio) for ratio in ratios]
    pence = whole(exact, total=round(per_head - mean))
    return Explanation(
        code,
        found.pence[place],
        per_head,
        mean,
        tuple(Part(*part) for part in zip(FACTORS, ratios, pence, strict=True)),
        _indicators(formula, areas, place, weight=weight, need=(ratios[0], pence[0])),
    )


def _ratios(found: Allocation, multiplied: Factors, areas: Areas, place: int) -> tuple[Fraction, ...]:
    """Rule 1. Each factor over its mean, weighted by people and by the factors before it."""
    weights: list[int] = list(areas.populations)
    ratios = []
    for column in (multiplied.need, multiplied.cost, multiplied.catch_up):
        after = [w * value for w, value in zip(weights, column, strict=True)]
        ratios.append(Fraction(column[place] * sum(weights), sum(after)))
        weights = after
    unbounded = Fraction(found.problem.pot * weights[place], sum(weights))
    proportional = found.multiplier * found.problem.scores[place] or unbounded
    optimum = found.optimum(place)
    return (
        *ratios,
        proportional / unbounded,
        optimum / proportional,
        Fraction(found.pence[place]) / optimum,
    )


def _logarithmic_mean(a: float, b: float) -> float:
    return a if math.isclose(a, b, rel_tol=1e-12) else (a - b) / (math.log(a) - math.log(b))


def log_of(ratio: Fraction) -> float:
    """Return the natural logarithm of an exact ratio, accurate close to 1 as well."""
    return math.log1p(float(ratio - 1)) if abs(ratio - 1) < Fraction(1, 2) else math.log(ratio)


def whole(parts: Sequence[float], *, total: int) -> tuple[int, ...]:
    """Rule 4. Return parts as whole numbers that add up to a total, each less than one away from its own."""
    found = [math.floor(part) for part in parts]
    left = total - sum(found)
    order = sorted(range(len(parts)), key=lambda i: (found[i] - parts[i], i))
    for i in order[: max(left, 0)]:
        found[i] += 1
    return tuple(found)


def _indicators(
    formula: Formula, areas: Areas, place: int, *, weight: float, need: tuple[Fraction, int]
) -> tuple[IndicatorPart, ...]:
    """Rule 3. What all places share (the means' logarithms) is spread over the indicators by weight."""
    held = {column.id: column for column in areas.indicators}
    shares = [float(item.weight) for item in formula.indicators]
    logs = [
        share
        * float(formula.alpha)
        * float(
            logarithms(item, held[item.id].values, populations=areas.populations, names=areas.names)[place]
        )
        for item, share in zip(formula.indicators, shares, strict=True)
    ]
    shared = log_of(need[0]) - math.fsum(logs)
    exact = [weight * (log + share * shared) for log, share in zip(logs, shares, strict=True)]
    pence = whole(exact, total=need[1])
    return tuple(IndicatorPart(item.id, p) for item, p in zip(formula.indicators, pence, strict=True))
