"""How sure an allocation is: what each place would get if the weights or the figures were a little different.

Rule 1. Weights are drawn at random around the chosen ones (a Dirichlet distribution). Unless told otherwise,
its concentration is the number of indicators, so that equal weights give every mix the same chance.
Rule 2. A figure with 95% limits is drawn so that it lies outside them once in twenty times; the two sides may
differ in width, and no draw is zero or less. A figure without limits moves only by an error that is assumed.
Rule 3. Each draw is shared out inside the same floors and caps. A place's range holds nine draws in ten.
Rule 4. Each indicator is also left out in turn, and the others keep their proportions.

The draws depend on the seed alone. References: OECD and JRC, "Handbook on Constructing Composite Indicators"
(2008), step 7; Saisana, Saltelli and Tarantola, "Uncertainty and sensitivity analysis techniques", Journal of
the Royal Statistical Society A 168(2), 2005.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput, NotFound
from fairground.wealth.funding.allocation import Allocation
from fairground.wealth.funding.formula import Areas, Factors, Formula, allocate, factors
from fairground.wealth.funding.kernels import amounts, ranks
from fairground.wealth.funding.need import Column, Weighted, logarithms, transform

Floats = NDArray[np.float64]
Tell = Callable[[float], None]

Z95 = 1.959963984540054
"""Half the width of 95% limits, in standard deviations of the normal distribution."""

TOLERANCE = 0.01
"""Places within a hundredth of a penny per head of one another share a rank: bounds are whole pence."""

CHUNK = 500
LARGEST = 20_000_000


@dataclass(frozen=True)
class Draws:
    """How to draw: how often, from which seed, how tightly around the weights, and with what assumed error.

    Parameters
    ----------
    count : number of draws, 100 or more.
    seed : any whole number from 0; the same seed gives the same draws.
    concentration : how tightly the weights keep to the chosen ones; None for the number of indicators.
    error : standard error assumed for a figure without limits, as a share of the figure.

    Raises
    ------
    BadInput : a number outside its range.
    """

    count: int = 10_000
    seed: int = 1
    concentration: Fraction | None = None
    error: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        for name, least, most in (("count", 100, 1_000_000), ("seed", 0, 2**63 - 1)):
            value = getattr(self, name)
            if not (isinstance(value, int) and least <= value <= most):
                raise BadInput("This number is out of range", name, value, f"{least} to {most:,}")
        if self.concentration is not None and self.concentration <= 0:
            raise BadInput("Concentration must be above zero", "concentration", self.concentration, "above 0")
        if not 0 <= self.error <= 1:
            raise BadInput("An assumed error is a share of the figure", "error", self.error, "0 to 1")


@dataclass(frozen=True)
class Range:
    """What one place gets, and the range of amounts (pence) and of ranks per head (1 is most) it could get.

    `gain` is the share of draws in which it gets more than an equal share per head. `left_out_low` and
    `left_out_high` are the least and most that it gets when one indicator is left out.
    """

    code: str
    pence: int
    low: int
    high: int
    rank: int
    rank_low: int
    rank_high: int
    gain: float
    left_out_low: int
    left_out_high: int

    @property
    def at_stake(self) -> int:
        """Pence between the two ends of the range."""
        return self.high - self.low


@dataclass(frozen=True)
class Sensitivity:
    """The range of every place; `moved` is the share of the pot that changes hands in a middling draw.

    `with_limits` and `without_limits` name the indicators whose published limits were used, or are missing.
    """

    draws: Draws
    ranges: tuple[Range, ...]
    moved: float
    with_limits: tuple[str, ...]
    without_limits: tuple[str, ...]


def sensitivity(
    formula: Formula, areas: Areas, *, draws: Draws | None = None, tell: Tell | None = None
) -> Sensitivity:
    """Return the range of amounts and ranks of each place over random weights and errors of the figures.

    Parameters
    ----------
    formula : the rules; its weights are the centre of the draws.
    areas : the places, with limits in the indicators' columns where they are published.
    draws : how many draws, from which seed; 10,000 from seed 1 unless given.
    tell : is called now and then with the share of the draws that are done, 0 to 1; what it raises ends all.

    Raises
    ------
    BadInput : more than 20,000,000 amounts in all; limits that do not hold the figure.
    Impossible : the bounds clash with the pot.

    Notes
    -----
    Method: OECD and JRC handbook (2008), step 7. See `docs/explanation/funding.md`.
    """
    draws = draws or Draws()
    if draws.count * len(areas.codes) > LARGEST:
        allowed = f"at most {LARGEST // len(areas.codes):,} draws for {len(areas.codes):,} places"
        raise BadInput("That is more draws than fit in memory", "count", draws.count, allowed)
    centre = allocate(formula, areas)
    trial = _Trial(formula, areas, factors(formula, areas), centre)
    found, left_out = trial.drawn(draws, tell), trial.left_out()
    limited = tuple(item.id for item in formula.indicators if _has_limits(trial.column(item)))
    return Sensitivity(
        draws,
        _ranges(centre, areas, found, left_out),
        float(np.median(np.abs(found - np.asarray(centre.pence, dtype=np.float64)).sum(axis=1)))
        / (2 * max(formula.pot, 1)),
        limited,
        tuple(item.id for item in formula.indicators if item.id not in limited),
    )


@dataclass(frozen=True)
class _Trial:
    """One formula and its places, ready to be tried with other weights and figures."""

    formula: Formula
    areas: Areas
    factors: Factors
    centre: Allocation

    def column(self, item: Weighted) -> Column:
        """Return the figures of an indicator."""
        held = {column.id: column for column in self.areas.indicators}
        if item.id not in held:
            raise NotFound("No values for this indicator", "indicators", item.id, nearest=tuple(held))
        return held[item.id]

    def logs(self, item: Weighted, values: Sequence[float]) -> Floats:
        """Return the logarithm of each place's ratio to the mean."""
        return logarithms(item, values, populations=self.areas.populations, names=self.areas.names)

    def run(self, weights: Floats, logs: Floats) -> Floats:
        """Return the amounts (draws, places) in pence."""
        base = np.asarray(self.areas.populations, dtype=np.float64)
        for factor in (self.factors.cost, self.factors.catch_up):
            base = base * np.asarray(factor, dtype=np.float64)
        lower = np.asarray(self.centre.problem.lower, dtype=np.float64)
        upper = np.asarray(self.centre.problem.upper, dtype=np.float64)
        alpha, pot = float(self.formula.alpha), float(self.formula.pot)
        found: Floats = amounts(weights, logs, alpha, base / base.mean(), lower, upper, pot)
        return found

    def drawn(self, draws: Draws, tell: Tell | None) -> Floats:
        """Return the amounts of every draw; weights come first from the seed, then the figures."""
        generator = np.random.Generator(np.random.PCG64(draws.seed))
        items = self.formula.indicators
        chosen = [item for item in items if item.weight]
        spread = float(draws.concentration or len(chosen))
        weights = generator.dirichlet([float(item.weight) * spread for item in chosen], size=draws.count)
        columns = [self.column(item) for item in chosen]
        fixed = np.array([self.logs(item, c.values) for item, c in zip(chosen, columns, strict=True)])
        sides = [_sides(column, self.areas.names, float(draws.error)) for column in columns]
        exact = not any(side.any() for side in sides)
        parts = []
        for start in range(0, draws.count, CHUNK):
            if tell:
                tell(start / draws.count)
            some = weights[start : start + CHUNK]
            logs = np.repeat(fixed[np.newaxis], 1 if exact else len(some), axis=0)
            for j, (item, column, side) in enumerate(zip(chosen, columns, sides, strict=True)):
                if side.any():
                    z = generator.standard_normal((len(some), len(column.values)))
                    drawn = np.asarray(column.values) * np.exp(np.where(z < 0, side[0], side[1]) * z)
                    logs[:, j] = _logs_of_draws(item, drawn)
            parts.append(self.run(some, logs))
        return np.concatenate(parts)

    def left_out(self) -> Floats:
        """Return the amounts with each indicator left out in turn; the chosen amounts when there is one."""
        chosen = [item for item in self.formula.indicators if item.weight]
        if len(chosen) == 1:
            return np.asarray([self.centre.pence], dtype=np.float64)
        logs = np.array([self.logs(item, self.column(item).values) for item in chosen])
        rest = np.array([[float(item.weight) for item in chosen]] * len(chosen))
        np.fill_diagonal(rest, 0.0)
        return self.run(rest / rest.sum(axis=1, keepdims=True), logs[np.newaxis])


def _logs_of_draws(item: Weighted, drawn: Floats) -> Floats:
    """Return the logarithms of transformed draws (draws, places); the mean cancels out in the shares."""
    turned = 1.0 / drawn if item.higher_is == "better" else drawn
    chosen = transform(item.transform)
    done = chosen.run(turned) if chosen.smooth else np.apply_along_axis(chosen.run, 1, turned)
    logs: Floats = np.log(done)
    return logs


def _has_limits(column: Column) -> bool:
    return any(value is not None for value in (*column.lower, *column.upper))


def _sides(column: Column, names: Sequence[str], error: float) -> Floats:
    """Return the standard deviations below and above each figure's logarithm, of shape (2, places)."""
    n = len(column.values)
    lower, upper = column.lower or (None,) * n, column.upper or (None,) * n
    found = np.full((2, n), error)
    for i, (value, low, high) in enumerate(zip(column.values, lower, upper, strict=True)):
        if low is None and high is None:
            continue
        if low is None or high is None or not 0 < low <= value <= high:
            raise BadInput(
                f"The limits of '{column.id}' do not hold its figure for {names[i]}",
                column.id,
                f"{low} to {high} around {value}",
                "a lower limit above zero, at most the figure, and an upper limit at least the figure",
                i + 1,
            )
        found[0, i], found[1, i] = math.log(value / low) / Z95, math.log(high / value) / Z95
    return found


def _ranges(centre: Allocation, areas: Areas, found: Floats, left_out: Floats) -> tuple[Range, ...]:
    people = np.asarray(areas.populations, dtype=np.float64)
    now = np.asarray([centre.pence], dtype=np.float64)
    held = np.sort(ranks(found / people, TOLERANCE), axis=0)
    first = ranks(now / people, TOLERANCE)[0]
    equal = centre.problem.pot / people.sum()
    gain = (found / people > equal * (1 + 1e-12)).mean(axis=0)
    ordered = np.sort(found, axis=0)
    last = len(found) - 1
    low, high = math.floor(0.05 * last), math.ceil(0.95 * last)
    return tuple(
        Range(
            code,
            centre.pence[i],
            round(float(ordered[low, i])),
            round(float(ordered[high, i])),
            int(first[i]),
            int(held[low, i]),
            int(held[high, i]),
            float(gain[i]),
            round(float(left_out[:, i].min())),
            round(float(left_out[:, i].max())),
        )
        for i, code in enumerate(areas.codes)
    )
