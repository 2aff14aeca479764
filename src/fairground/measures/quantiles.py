"""The rich end over the poor end: means of the top and bottom fifths, and ratios such as the 90/10.

A quantile here is the value of the place in which a given person lives when people stand in order of their
places' values: no value is made up between two places. With weights, people are counted; without, places; the
result says which, because the two differ. References: Hyndman and Fan, "Sample quantiles in statistical
packages", American Statistician 50(4), 1996, definition 1, with weights; OECD, "Regions and Cities at a
Glance", for the top fifth over the bottom fifth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fairground.errors import BadInput
from fairground.measures.sample import (
    Floats,
    Numbers,
    checked_values,
    checked_weights,
    mean_of,
    shares_and_relatives,
)


@dataclass(frozen=True)
class QuantileRatio:
    """The upper quantile over the lower, both quantiles, and whether people or places were counted."""

    ratio: float
    upper: float
    lower: float
    counted: str


def quantile(values: Numbers, *, share: float, weights: Numbers | None = None) -> float:
    """The lowest value that a given share of people (or places) have or stay under.

    Parameters
    ----------
    values : (n,) any finite numbers. share : from 0 to 1. weights : (n,) people; None counts places.

    Raises
    ------
    BadInput : a missing value (names the row), a share outside 0 to 1.

    Source: Hyndman and Fan (1996), definition 1.

    >>> from fairground.measures import quantile
    >>> quantile([10, 20, 30, 40], share=0.5), quantile([10, 20, 30, 40], share=0.5, weights=[1, 1, 1, 9])
    (20.0, 40.0)
    """
    if not 0 <= share <= 1:
        raise BadInput("Share is out of range", field="share", value=share, allowed="0 to 1")
    y = checked_values(values)
    w = checked_weights(weights, y.size)
    y, w = y[w > 0], w[w > 0]
    order = np.argsort(y, kind="stable")
    reached = np.cumsum(w[order])
    wanted = share * reached[-1] * (1 - 1e-12)
    return float(y[order][min(int(np.searchsorted(reached, wanted)), y.size - 1)])


def quantile_ratio(
    values: Numbers, *, upper: float = 0.9, lower: float = 0.1, weights: Numbers | None = None
) -> QuantileRatio:
    """One quantile over another, the 90/10 ratio unless told otherwise, by people or by places.

    Parameters
    ----------
    values : (n,) zero or more. upper, lower : shares, the lower first. weights : (n,) people; None counts
        places.

    Raises
    ------
    BadInput : a negative or missing value (names the row), shares out of order, a lower quantile of zero.

    Source: Hyndman and Fan (1996), definition 1, for both quantiles.

    >>> from fairground.measures import quantile_ratio
    >>> quantile_ratio([10, 20, 30, 40], weights=[3, 1, 1, 3])
    QuantileRatio(ratio=4.0, upper=40.0, lower=10.0, counted='people')
    """
    if not 0 <= lower < upper <= 1:
        raise BadInput("The lower share must be below the upper", "share", lower, f"0 to under {upper}")
    y = checked_values(values, lowest="zero")
    high, low = (quantile(y, share=share, weights=weights) for share in (upper, lower))
    if low == 0:
        raise BadInput("The lower quantile is zero", field="value", allowed="a lower quantile above zero")
    return QuantileRatio(high / low, high, low, "places" if weights is None else "people")


def top_bottom_ratio(values: Numbers, *, weights: Numbers | None = None, share: float = 0.2) -> float:
    """Mean of the richest fifth of people over that of the poorest, the place at the margin split pro rata.

    Parameters
    ----------
    values : (n,) zero or more. weights : (n,) people; None counts each place once.
    share : how large each end is, above 0 and up to 0.5; 0.2 is the OECD's.

    Raises
    ------
    BadInput : a negative or missing value (names the row), a share out of range, a bottom mean of zero.

    Source: OECD, "Regions and Cities at a Glance"; reproduces its 2.2498 for the United Kingdom.

    >>> from fairground.measures import top_bottom_ratio
    >>> round(top_bottom_ratio([1, 2, 4], weights=[1, 6, 3]), 4)
    2.6667
    """
    if not 0 < share <= 0.5:
        raise BadInput("Share is out of range", field="share", value=share, allowed="above 0, up to 0.5")
    y = checked_values(values, lowest="zero")
    p, r = shares_and_relatives(y, checked_weights(weights, y.size))
    order = np.argsort(r, kind="stable")
    bottom = _mean_of_first(r[order], p[order], share)
    if bottom == 0:
        raise BadInput("The bottom group's mean is zero", field="value", allowed="a bottom mean above zero")
    return _mean_of_first(r[order[::-1]], p[order[::-1]], share) / bottom


def _mean_of_first(r: Floats, p: Floats, share: float) -> float:
    before = np.cumsum(p) - p
    return mean_of(np.clip(share - before, 0.0, p), r) / share
