"""How unequal places are, in one number, counting people and not places.

Reference: Cowell, "Measuring Inequality" (2011); Williamson (1965); OECD, "Regions and Cities at a Glance"
(top 20% over bottom 20% of people's regions).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fairground.errors import BadInput
from fairground.measures.sample import Floats, Numbers, checked_values, checked_weights, shares_and_relatives


@dataclass(frozen=True)
class Gap:
    """Best minus worst and best over worst (None when the worst is not above zero), with both names."""

    absolute: float
    ratio: float | None
    highest: float
    lowest: float
    highest_name: str
    lowest_name: str


def gini(values: Numbers, *, weights: Numbers | None = None) -> float:
    """Weighted Gini, 0 (equal) towards 1; values zero or more, mean above zero. Raises BadInput."""
    y = checked_values(values, lowest="zero")
    w = checked_weights(weights, y.size)
    p, r = shares_and_relatives(y, w)
    order = np.argsort(r, kind="stable")
    p, r = p[order], r[order]
    return max(0.0, float(2 * np.sum(p * r * (np.cumsum(p) - p / 2)) - 1))


def generalised_entropy(values: Numbers, *, alpha: float, weights: Numbers | None = None) -> float:
    """GE(alpha); alpha above 0 allows zeros, alpha at or below 0 needs values above zero. Raises BadInput."""
    if not np.isfinite(alpha):
        raise BadInput("Alpha must be finite", field="alpha", value=alpha, allowed="a finite number")
    y = checked_values(values, lowest="zero" if alpha > 0 else "positive")
    return entropy(*shares_and_relatives(y, checked_weights(weights, y.size)), alpha=alpha)


def entropy(p: Floats, r: Floats, *, alpha: float) -> float:
    """GE(alpha) of population shares p and relative values r, both (n,), already checked."""
    if alpha == 1:
        return float(np.sum(p * r * np.log(np.where(r > 0, r, 1.0))))
    if alpha == 0:
        return float(-np.sum(p * np.log(r)))
    return float((np.sum(p * r**alpha) - 1) / (alpha * (alpha - 1)))


def theil_t(values: Numbers, *, weights: Numbers | None = None) -> float:
    """Theil T = GE(1); zeros count as 0 ln 0 = 0. Raises BadInput."""
    return generalised_entropy(values, alpha=1, weights=weights)


def theil_l(values: Numbers, *, weights: Numbers | None = None) -> float:
    """Theil L = GE(0), the mean log deviation; values above zero. Raises BadInput."""
    return generalised_entropy(values, alpha=0, weights=weights)


def atkinson(values: Numbers, *, epsilon: float, weights: Numbers | None = None) -> float:
    """Atkinson index for aversion `epsilon` above zero; from 1 upward values must be above zero."""
    if not (np.isfinite(epsilon) and epsilon > 0):
        raise BadInput("Epsilon must be above zero", field="epsilon", value=epsilon, allowed="more than zero")
    y = checked_values(values, lowest="zero" if epsilon < 1 else "positive")
    p, r = shares_and_relatives(y, checked_weights(weights, y.size))
    if epsilon == 1:
        return float(1 - np.exp(p @ np.log(r)))
    return float(1 - (p @ r ** (1 - epsilon)) ** (1 / (1 - epsilon)))


def hoover(values: Numbers, *, weights: Numbers | None = None) -> float:
    """Share of the total that would have to move for all to be equal. Raises BadInput."""
    y = checked_values(values, lowest="zero")
    p, r = shares_and_relatives(y, checked_weights(weights, y.size))
    return float(0.5 * (p @ np.abs(r - 1)))


def williamson(values: Numbers, *, weights: Numbers | None = None) -> float:
    """Population-weighted coefficient of variation; negatives allowed, mean above zero. Raises BadInput."""
    y = checked_values(values)
    p, r = shares_and_relatives(y, checked_weights(weights, y.size))
    return float(np.sqrt(p @ (r - 1) ** 2))


def top_bottom_ratio(values: Numbers, *, weights: Numbers | None = None, share: float = 0.2) -> float:
    """Mean of the richest `share` of people over the poorest, the marginal place split pro rata."""
    if not 0 < share <= 0.5:
        raise BadInput("Share is out of range", field="share", value=share, allowed="above 0, up to 0.5")
    y = checked_values(values, lowest="zero")
    p, r = shares_and_relatives(y, checked_weights(weights, y.size))
    order = np.argsort(r, kind="stable")
    bottom = _mean_of_first(r[order], p[order], share)
    if bottom == 0:
        raise BadInput("The bottom group's mean is zero", field="value", allowed="a bottom mean above zero")
    return _mean_of_first(r[order[::-1]], p[order[::-1]], share) / bottom


def gap(values: Numbers, *, names: Sequence[str]) -> Gap:
    """Best minus worst and their ratio, with both names; ties go to the first row. Raises BadInput."""
    y = checked_values(values)
    if len(names) != y.size:
        raise BadInput(
            "Names and values differ in number", field="name", value=len(names), allowed=f"{y.size}"
        )
    top, low = int(np.argmax(y)), int(np.argmin(y))
    high, least = float(y[top]), float(y[low])
    return Gap(high - least, high / least if least > 0 else None, high, least, names[top], names[low])


def _mean_of_first(r: Floats, p: Floats, share: float) -> float:
    before = np.cumsum(p) - p
    return float(np.clip(share - before, 0.0, p) @ r) / share
