"""Are places growing more alike: does their spread narrow (sigma), and do the poorer grow faster (beta)?

Both are worked on natural logarithms, so values must be above zero. The spread is tested by its trend over
every year given, not by two end points. Weighted results count people, unweighted ones count places: print
both, because they often disagree. References: Barro and Sala-i-Martin, "Convergence", Journal of Political
Economy 100(2), 1992; the errors allow unequal variances, see `line`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fairground.errors import BadInput
from fairground.measures.line import fit_line
from fairground.measures.sample import Floats, Numbers, checked_values, checked_weights, mean_of


@dataclass(frozen=True)
class SigmaConvergence:
    """The spread of ln y in each year, and its straight-line trend a year with its error and p-value.

    `converging` is true when the spread falls on trend. With two years there is a trend but no test of it:
    `standard_error` and `p_value` are None. The test takes the years as independent, so a long run of years
    that move together looks surer than it is.
    """

    years: tuple[float, ...]
    spreads: tuple[float, ...]
    trend: float
    standard_error: float | None
    p_value: float | None
    places: int
    weighted: bool

    @property
    def converging(self) -> bool:
        """Whether the spread falls on trend."""
        return self.trend < 0


@dataclass(frozen=True)
class BetaConvergence:
    """Growth a year for each step in ln y at the start: below zero, the poorer places grew faster.

    `speed` is the share of the gap closed each year and `half_life` the years to close half of it, None when
    there is no such number. `standard_error` and `p_value` are None when one place alone decides the slope.
    """

    beta: float
    intercept: float
    standard_error: float | None
    p_value: float | None
    r_squared: float
    speed: float | None
    half_life: float | None
    years: float
    places: int
    weighted: bool

    @property
    def converging(self) -> bool:
        """Whether poorer places grew faster."""
        return self.beta < 0


def sigma_convergence(
    values: Sequence[Numbers], *, years: Numbers, weights: Numbers | None = None
) -> SigmaConvergence:
    """Whether the spread between places narrows over the years.

    Parameters
    ----------
    values : one list for each year, each with one value above zero for each place, in the same order.
    years : (years,) when each list was measured, rising; at least two.
    weights : (places,) people in each place, the same for every year; None counts each place once.

    Returns
    -------
    SigmaConvergence : the standard deviation of ln y each year (over the whole weight, not n - 1); its trend.

    Raises
    ------
    BadInput : a value at or below zero or missing (names the row and the year), lists of unequal length,
        years that do not rise. A single place has spread 0 in every year.

    Source: Barro and Sala-i-Martin (1992), on sigma convergence.

    >>> from fairground.measures import sigma_convergence
    >>> found = sigma_convergence([[10, 40], [15, 45], [24, 54]], years=[2000, 2010, 2020])
    >>> found.converging, [round(spread, 3) for spread in found.spreads]
    (True, [0.693, 0.549, 0.405])
    """
    when = checked_values(years, field="year")
    if when.size < 2 or not np.all(np.diff(when) > 0):
        raise BadInput("Years must rise", field="year", value=list(when), allowed="two or more, rising")
    if len(values) != when.size:
        raise BadInput("One list of values is needed for each year", "value", len(values), f"{when.size}")
    columns = [
        checked_values(column, lowest="positive", field=_year(year))
        for column, year in zip(values, when, strict=True)
    ]
    w = checked_weights(weights, columns[0].size)
    for column, year in zip(columns, when, strict=True):
        if column.size != w.size:
            raise BadInput("Each year needs the same places", _year(year), column.size, f"{w.size} values")
    spreads = np.array([_spread(np.log(column), w) for column in columns])
    fit = fit_line(when, spreads, np.ones(when.size))
    error, p_value = fit.plain_error()
    return SigmaConvergence(
        tuple(when.tolist()), tuple(spreads.tolist()), fit.slope, error, p_value, w.size, weights is not None
    )


def beta_convergence(
    initial: Numbers, final: Numbers, *, years: float, weights: Numbers | None = None
) -> BetaConvergence:
    """Whether places that began poorer grew faster: mean growth a year on ln y at the start.

    Parameters
    ----------
    initial, final : (places,) values above zero at the start and the end, in the same order.
    years : years between the two, above zero.
    weights : (places,) people in each place; None counts each place once. Places of no weight are left out.

    Returns
    -------
    BetaConvergence : slope, HC3 standard error, p-value (t with n - 2), and the speed -ln(1 + beta x T) / T.

    Raises
    ------
    BadInput : a value at or below zero or missing (names the row), fewer than three places, or places that
        all began alike, so that there is no slope.

    Source: Barro and Sala-i-Martin (1992); MacKinnon and White (1985) for HC3.

    >>> from fairground.measures import beta_convergence
    >>> found = beta_convergence([10, 20, 40], [20, 30, 45], years=10)
    >>> round(found.beta, 4), round(found.speed, 4)
    (-0.0415, 0.0536)
    """
    if not (np.isfinite(years) and years > 0):
        raise BadInput("Years must be above zero", field="years", value=years, allowed="more than zero")
    start = checked_values(initial, lowest="positive", field="initial")
    end = checked_values(final, lowest="positive", field="final")
    if start.size != end.size:
        raise BadInput(
            "Start and end differ in number", field="final", value=end.size, allowed=f"{start.size}"
        )
    w = checked_weights(weights, start.size)
    kept = w > 0
    x, growth, w = np.log(start[kept]), np.log(end[kept] / start[kept]) / years, w[kept]
    if x.size < 3:
        raise BadInput("Too few places for a slope", field="initial", value=x.size, allowed="three or more")
    if np.ptp(x) == 0:
        raise BadInput("All places began alike", "initial", float(start[kept][0]), "values that differ")
    fit = fit_line(x, growth, w)
    error, p_value = fit.robust_error()
    return BetaConvergence(
        fit.slope,
        fit.intercept,
        error,
        p_value,
        fit.r_squared,
        *_speed(fit.slope, years),
        float(years),
        x.size,
        weights is not None,
    )


def _speed(beta: float, years: float) -> tuple[float | None, float | None]:
    if 1 + beta * years <= 0:
        return None, None
    speed = float(-np.log1p(beta * years) / years)
    return speed, float(np.log(2) / speed) if speed > 0 else None


def _spread(logs: Floats, w: Floats) -> float:
    p = w / w.sum()
    return float(np.sqrt(mean_of(p, (logs - mean_of(p, logs)) ** 2)))


def _year(year: float) -> str:
    return f"{year:g}"
