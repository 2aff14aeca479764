"""How steeply something, such as healthy life, rises from the most to the least deprived places.

Places are put in order of another column (deprivation, income), and each person stands at the middle of
their place's stretch of the line from 0 (worst off) to 1 (best off); places that tie stand together. The
slope index is the straight-line difference from one end to the other; the concentration index is a Gini in
that order. References: Kakwani, Wagstaff and van Doorslaer, "Socioeconomic inequalities in health", Journal
of Econometrics 77(1), 1997; Mackenbach and Kunst, "Measuring the magnitude of socio-economic inequalities in
health", Social Science and Medicine 44(6), 1997, for the slope index.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fairground.errors import BadInput
from fairground.measures.line import fit_line
from fairground.measures.sample import (
    Floats,
    Numbers,
    checked_values,
    checked_weights,
    mean_of,
    shares_and_relatives,
)


@dataclass(frozen=True)
class SlopeIndex:
    """The difference between the best and the worst off end of the line, and that over the mean.

    `relative` is None when the mean is not above zero, `standard_error` (HC3) when it cannot be known.
    """

    slope: float
    relative: float | None
    standard_error: float | None
    p_value: float | None
    worst_end: float
    best_end: float


def concentration_index(values: Numbers, *, ranked_by: Numbers, weights: Numbers | None = None) -> float:
    """Concentration index: above 0, the values gather where `ranked_by` is high; below 0, where it is low.

    Parameters
    ----------
    values : (n,) any, with a mean above zero. ranked_by : (n,) low for the worst off, high for the best off.
    weights : (n,) people; None counts each place once.

    Returns
    -------
    float : from -1 to 1 when no value is negative. Ranked by the values themselves it is the Gini. 0 when all
        places tie.

    Raises
    ------
    BadInput : a value or rank that is missing (names the row), a mean that is not above zero.

    Source: Kakwani, Wagstaff and van Doorslaer (1997): twice the covariance of value and rank, over the mean.

    >>> from fairground.measures import concentration_index
    >>> round(concentration_index([60, 70, 80], ranked_by=[1, 2, 3]), 4)
    0.0635
    """
    y = checked_values(values)
    w = checked_weights(weights, y.size)
    stand = _standing(ranked_by, w)
    p, r = shares_and_relatives(y, w)
    return float(2 * np.sum(p * (r - 1) * stand))


def slope_index(values: Numbers, *, ranked_by: Numbers, weights: Numbers | None = None) -> SlopeIndex:
    """Slope index of inequality: the straight-line difference between the best and the worst off end.

    Parameters
    ----------
    values : (n,) any finite numbers. ranked_by : (n,) low for the worst off, high for the best off.
    weights : (n,) people; None counts each place once. Places of no weight are left out.

    Returns
    -------
    SlopeIndex : weighted least squares on people's standing, with HC3 error; both ends of the line.

    Raises
    ------
    BadInput : a value or rank that is missing (names the row), or places that all tie, so there is no slope.

    Source: Mackenbach and Kunst (1997).

    >>> from fairground.measures import slope_index
    >>> found = slope_index([60, 70, 80], ranked_by=[1, 2, 3])
    >>> round(found.slope, 4), round(found.worst_end, 4), round(found.best_end, 4)
    (30.0, 55.0, 85.0)
    """
    y = checked_values(values)
    w = checked_weights(weights, y.size)
    stand = _standing(ranked_by, w)
    kept = w > 0
    y, w, stand = y[kept], w[kept], stand[kept]
    if np.ptp(stand) == 0:
        raise BadInput("All places tie, so there is no slope", "ranked_by", allowed="ranks that differ")
    fit = fit_line(stand, y, w)
    mean = mean_of(fit.p, y)
    error, p_value = fit.robust_error()
    return SlopeIndex(
        fit.slope,
        fit.slope / mean if mean > 0 else None,
        error,
        p_value,
        fit.intercept,
        fit.intercept + fit.slope,
    )


def _standing(ranked_by: Numbers, w: Floats) -> Floats:
    """The middle of each place's stretch of people, 0 worst to 1 best off, ties together."""
    rank = checked_values(ranked_by, field="ranked_by")
    if rank.size != w.size:
        raise BadInput("Ranks and values differ in number", "ranked_by", rank.size, f"{w.size}")
    _, level = np.unique(rank, return_inverse=True)
    people = np.bincount(level, weights=w / w.sum())
    return np.asarray((np.cumsum(people) - people / 2)[level])
