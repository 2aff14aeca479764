"""A fair funding formula, as data: what counts as need, and the rules for floors, caps, catch-up and time.

Score of a place = people x need^alpha x cost^gamma x catch-up^beta, where catch-up = 1 + kappa x years
behind the benchmark. Shares of the pot are in proportion to scores, inside the bounds. References: IPPR
North, "Parallel lives" (2023), asks for a formula of need and historic investment with medium-term
certainty and leaves its terms open; the structure (relative need, cost, transition) follows MHCLG's
Fair Funding Review 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from fractions import Fraction

import numpy as np

from fairground.errors import BadInput, Impossible
from fairground.wealth.funding.allocation import Allocation, Problem, bounded, money
from fairground.wealth.funding.need import (
    UNIT,
    Column,
    Weighted,
    check_weights,
    need_index,
    powered,
    to_mean_one,
)

ROUNDINGS = ("largest-remainder", "webster")
THIRDS = (Fraction(1, 3), Fraction(2, 3), Fraction(1))


@dataclass(frozen=True)
class Formula:
    """Every choice that a formula makes. Numbers are exact.

    Parameters
    ----------
    indicators : what counts as need; weights add up to 1.
    pot : pence per year.
    alpha, gamma, beta : exponents of need, cost and catch-up; 0 switches a factor off.
    kappa : how much one year behind the benchmark adds to the catch-up factor.
    depreciation : share of the shortfall that wears away each year.
    look_back : years of history that count.
    floor, cap : least and most per head, as shares of the mean per head; None for none.
    previous_floor : least, as a share of the previous year's amount; None for none.
    band : furthest that an amount may move in a year, as a share of the previous year's; None for none.
    uprating : what the pot and last amounts are multiplied by each year; 1 in real terms.
    damping : how far the shares have moved to the formula in year 1, 2, ...; the last value holds on.
    years : how many years are published.
    rounding : "largest-remainder" or "webster".

    Raises
    ------
    BadInput : a number outside its range, weights that do not add up to 1.
    """

    indicators: tuple[Weighted, ...]
    pot: int
    alpha: Fraction = Fraction(1)
    gamma: Fraction = Fraction(0)
    beta: Fraction = Fraction(0)
    kappa: Fraction = Fraction(1)
    depreciation: Fraction = Fraction(4, 100)
    look_back: int = 10
    floor: Fraction | None = None
    cap: Fraction | None = None
    previous_floor: Fraction | None = None
    band: Fraction | None = None
    uprating: Fraction = Fraction(1)
    damping: tuple[Fraction, ...] = THIRDS
    years: int = 1
    rounding: str = "largest-remainder"

    def __post_init__(self) -> None:
        check_weights(self.indicators)
        for name in ("alpha", "gamma", "beta", "kappa", "floor", "cap", "previous_floor", "band"):
            value = getattr(self, name)
            if value is not None and not (isinstance(value, Fraction | int) and value >= 0):
                raise BadInput("This must be zero or more", name, value, "an exact number, 0 or more")
        for name, least, most in (("pot", 0, 10**16), ("look_back", 1, 50), ("years", 1, 50)):
            value = getattr(self, name)
            if not (isinstance(value, int) and least <= value <= most):
                raise BadInput("This number is out of range", name, value, f"{least} to {most:,}")
        if not 0 <= self.depreciation <= 1:
            raise BadInput("Depreciation is a share", "depreciation", self.depreciation, "0 to 1")
        if not Fraction(1, 2) <= self.uprating <= 2:
            raise BadInput("Uprating is close to 1", "uprating", self.uprating, "1/2 to 2, e.g. 1.02")
        if self.rounding not in ROUNDINGS:
            raise BadInput("No such way of rounding", "rounding", self.rounding, " or ".join(ROUNDINGS))
        self._check_damping()

    def _check_damping(self) -> None:
        steps = self.damping
        if not steps or list(steps) != sorted(steps) or not 0 <= steps[0] <= steps[-1] <= 1:
            shown = ", ".join(map(str, steps)) or "none"
            raise BadInput("Damping must rise from 0 towards 1", "damping", shown, "e.g. 1/3, 2/3, 1")


@dataclass(frozen=True)
class Areas:
    """The places that share a pot, as columns of equal length.

    Parameters
    ----------
    codes, names, groups : code, name and region of each place.
    populations : people, above zero.
    indicators : columns of values, one per indicator.
    cost : relative cost, above zero; empty when cost is switched off.
    behind : years behind the benchmark (K / (L x P)); empty when catch-up is switched off.
    base : spending per head outside the formula, in pounds, over the benchmark's level; empty likewise.
    level : the benchmark's yearly level in pounds per head, for the catch-up path; None likewise.
    previous : pence received in the year before the first; empty when there is no path.
    capacity : most that a place can spend in a year, in pence; empty for no limit.

    Raises
    ------
    BadInput : columns of unequal length, a code twice, a population that is not above zero.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    groups: tuple[str, ...]
    populations: tuple[int, ...]
    indicators: tuple[Column, ...]
    cost: tuple[float, ...] = ()
    behind: tuple[Fraction, ...] = ()
    base: tuple[Fraction, ...] = ()
    level: Fraction | None = None
    previous: tuple[int, ...] = ()
    capacity: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        n = len(self.codes)
        for name, column in self._columns():
            if column and len(column) != n:
                raise BadInput(
                    f"There are {n} places but {len(column)} values", field=name, value=len(column)
                )
        if n == 0 or not (self.names and self.groups and self.populations):
            raise BadInput("Give at least one place with its code, name, group and population", "codes", n)
        if len(set(self.codes)) != n:
            seen: set[str] = set()
            twice = next(code for code in self.codes if code in seen or seen.add(code))  # type: ignore[func-returns-value]
            raise BadInput("A place is listed twice", field="codes", value=twice)
        for row, people in enumerate(self.populations, start=1):
            if not isinstance(people, int) or people <= 0:
                raise BadInput(
                    "A population must be a whole number above zero", "populations", people, "1 or more", row
                )

    def _columns(self) -> list[tuple[str, Sequence[object]]]:
        plain = [
            (f.name, getattr(self, f.name)) for f in fields(self) if f.name not in ("indicators", "level")
        ]
        return plain + [(column.id, column.values) for column in self.indicators]


@dataclass(frozen=True)
class Factors:
    """What multiplies people into a score, in billionths: need, cost and catch-up, exponents applied."""

    need: tuple[int, ...]
    cost: tuple[int, ...]
    catch_up: tuple[int, ...]

    def scores(self, populations: Sequence[int]) -> tuple[int, ...]:
        """Return people x need x cost x catch-up as whole numbers; factors that are off are left out."""
        found = list(populations)
        for factor in (self.need, self.cost, self.catch_up):
            if any(value != UNIT for value in factor):
                found = [score * value for score, value in zip(found, factor, strict=True)]
        return tuple(found)


def factors(formula: Formula, areas: Areas) -> Factors:
    """Return the need, cost and catch-up factors of each place.

    Raises
    ------
    BadInput : a value is missing or not above zero; cost or catch-up is on and has no data.
    """
    need = need_index(formula.indicators, areas.indicators, populations=areas.populations, names=areas.names)
    return Factors(powered(need, formula.alpha), _cost(formula, areas), catch_up_factors(formula, areas))


def _cost(formula: Formula, areas: Areas) -> tuple[int, ...]:
    if formula.gamma == 0:
        return (UNIT,) * len(areas.codes)
    if not areas.cost or min(areas.cost) <= 0:
        raise BadInput("The cost factor is on, so each place needs a cost above zero", "gamma", formula.gamma)
    return powered(to_mean_one(np.asarray(areas.cost, dtype=np.float64), areas.populations), formula.gamma)


def catch_up_factors(formula: Formula, areas: Areas) -> tuple[int, ...]:
    """Return (1 + kappa x years behind)^beta of each place, in billionths."""
    if formula.beta == 0 or formula.kappa == 0:
        return (UNIT,) * len(areas.codes)
    if not areas.behind:
        raise BadInput("Catch-up is on, so each place needs its past spending", "beta", formula.beta)
    return powered(tuple(round((1 + formula.kappa * k) * UNIT) for k in areas.behind), formula.beta)


def per_head_bound(share: Fraction, formula: Formula, areas: Areas, *, up: bool) -> tuple[int, ...]:
    """Return a share of the mean per head as pence for each place; part pennies widen the bound."""
    people = sum(areas.populations)
    top, bottom = share.numerator * formula.pot, share.denominator * people
    return tuple(-(-top * p // bottom) if up else top * p // bottom for p in areas.populations)


def bounds(formula: Formula, areas: Areas) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the least and most pence of each place from floor, cap, previous floor and capacity."""
    n = len(areas.codes)
    low = per_head_bound(formula.floor, formula, areas, up=False) if formula.floor else (0,) * n
    if formula.previous_floor and areas.previous:
        share = formula.previous_floor
        low = tuple(
            max(a, int(share * formula.uprating * b)) for a, b in zip(low, areas.previous, strict=True)
        )
    high = (formula.pot,) * n
    if formula.cap is not None:
        high = per_head_bound(formula.cap, formula, areas, up=True)
    if areas.capacity:
        high = tuple(map(min, high, areas.capacity))
    return low, tuple(min(value, formula.pot) for value in high)


def problem(formula: Formula, areas: Areas, *, scores: Sequence[int]) -> Problem:
    """Return the bounded problem that a formula poses for one year."""
    low, high = bounds(formula, areas)
    over = [i for i, (a, b) in enumerate(zip(low, high, strict=True)) if a > b and b == formula.pot]
    if over:
        raise Impossible(
            "A floor is more than the whole pot", tuple(f"{areas.names[i]}: {money(low[i])}" for i in over)
        )
    return Problem(areas.codes, tuple(scores), low, high, formula.pot, areas.names)


def allocate(formula: Formula, areas: Areas) -> Allocation:
    """Return what a formula gives each place in one year, undamped, in whole pence.

    Parameters
    ----------
    formula : the rules.
    areas : the places and their published values.

    Raises
    ------
    BadInput : a value that the formula needs is missing.
    Impossible : the bounds clash; each is named.
    """
    scores = factors(formula, areas).scores(areas.populations)
    return bounded(problem(formula, areas, scores=scores), rounding=formula.rounding)


def matching_pot(areas: Areas, *, level: Fraction, committed: Sequence[Fraction]) -> int:
    """Return the pence a year that lift every place to a level per head: sum of P x max(0, L - c).

    Parameters
    ----------
    level : the benchmark's pounds per head.
    committed : each place's pounds per head without the formula.
    """
    gaps = (p * max(Fraction(0), level - c) for p, c in zip(areas.populations, committed, strict=True))
    return round(100 * sum(gaps, Fraction(0)))
