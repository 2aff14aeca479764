"""How unequal places are, in one number, counting people and not places.

Each index is worked on people's shares p and on values relative to the mean, r. Sums are written so that each
term is zero where a place has the mean: places nearly alike then lose no digits. Zero, negative and missing
values: each function says what it takes, and an error names the row. One place alone has no inequality, 0.
References: Cowell, "Measuring Inequality" (3rd edition, 2011), chapters 2, 3 and appendix A; Williamson,
"Regional inequality and the process of national development", Economic Development and Cultural Change 13(4),
1965, p. 11; OECD, "Regions and Cities at a Glance" (top 20% over bottom 20%).
"""

from __future__ import annotations

from collections.abc import Sequence
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
class Gap:
    """Best minus worst and best over worst (None when the worst is not above zero), with both names."""

    absolute: float
    ratio: float | None
    highest: float
    lowest: float
    highest_name: str
    lowest_name: str


def gini(values: Numbers, *, weights: Numbers | None = None) -> float:
    """Gini index: half the mean gap between two people, over the mean. 0 is equal, towards 1 is unequal.

    Parameters
    ----------
    values : (n,) zero or more, with a mean above zero. weights : (n,) people; None counts each place once.

    Returns
    -------
    float : the index. Of n places counted once it is at most 1 - 1/n, so nine regions cannot pass 0.889.

    Raises
    ------
    BadInput : a value that is negative, missing or not a number; names the row.

    Source: Cowell (2011), appendix A, with weights.

    >>> from fairground.measures import gini
    >>> round(gini([1, 1, 2], weights=[1, 1, 2]), 4)
    0.1667
    """
    y = checked_values(values, lowest="zero")
    p, r = shares_and_relatives(y, checked_weights(weights, y.size))
    order = np.argsort(r, kind="stable")
    return gini_of(p[order], r[order])


def gini_of(p: Floats, r: Floats) -> float:
    """Gini of shares p and relative values r, both (n,), r in rising order."""
    return max(0.0, float(np.sum(p * (r - 1) * (2 * np.cumsum(p) - p))))


def generalised_entropy(values: Numbers, *, alpha: float, weights: Numbers | None = None) -> float:
    """Generalised entropy GE(alpha): a larger alpha minds more about gaps among the richest places.

    Parameters
    ----------
    values : (n,) zero or more when alpha is above 0, otherwise above zero.
    alpha : any finite number; 1 is Theil T, 0 is Theil L. weights : (n,) people; None counts each place once.

    Returns
    -------
    float : the index, 0 when all are equal. It runs smoothly through alpha = 0 and 1.

    Raises
    ------
    BadInput : a value that the index cannot take (names the row), or an alpha so large that the sum
        overflows.

    Source: Cowell (2011), chapter 3 and appendix A.

    >>> from fairground.measures import generalised_entropy
    >>> round(generalised_entropy([1, 3], alpha=2), 4)
    0.125
    """
    checked_alpha(alpha)
    y = checked_values(values, lowest="zero" if alpha > 0 else "positive")
    found = entropy(*shares_and_relatives(y, checked_weights(weights, y.size)), alpha=alpha)
    if not np.isfinite(found):
        raise BadInput("Alpha is too far from 0 for these values", "alpha", alpha, "such as -1 to 3")
    return found


def checked_alpha(alpha: float) -> None:
    """Refuse an alpha that is not finite."""
    if not np.isfinite(alpha):
        raise BadInput("Alpha must be finite", field="alpha", value=alpha, allowed="a finite number")


def entropy(p: Floats, r: Floats, *, alpha: float) -> float:
    """GE(alpha) of population shares p and relative values r, both (n,), already checked."""
    return float(np.sum(p * entropy_terms(r, alpha=alpha)))


def entropy_terms(r: Floats, *, alpha: float) -> Floats:
    """(r^alpha - 1 - alpha (r - 1)) / (alpha (alpha - 1)) and its limits: never negative, 1/alpha at r = 0.

    The part in r - 1 adds up to nothing, because the mean of r is 1; it keeps terms small near the mean.
    """
    above = r > 0
    safe = np.where(above, r, 1.0)
    logs = np.log(safe)
    with np.errstate(over="ignore", invalid="ignore"):
        if alpha == 0:
            terms = safe - 1 - logs
        elif alpha == 1:
            terms = safe * logs - (safe - 1)
        elif alpha < 0.5:
            terms = (np.expm1(alpha * logs) / alpha - (safe - 1)) / (alpha - 1)
        else:
            terms = (safe * (np.expm1((alpha - 1) * logs) / (alpha - 1)) - (safe - 1)) / alpha
    return np.where(above, terms, 1 / alpha if alpha > 0 else np.inf)


def theil_t(values: Numbers, *, weights: Numbers | None = None) -> float:
    """Theil T, GE(1): the mean of r ln r, from 0 (equal) up to ln n.

    Parameters
    ----------
    values : (n,) zero or more (0 ln 0 is 0). weights : (n,) people; None counts each place once.

    Raises
    ------
    BadInput : a value that is negative or missing; names the row.

    Source: Theil, "Economics and Information Theory" (1967), chapter 4.

    >>> from fairground.measures import theil_t
    >>> round(theil_t([1, 3]), 4)
    0.1308
    """
    return generalised_entropy(values, alpha=1, weights=weights)


def theil_l(values: Numbers, *, weights: Numbers | None = None) -> float:
    """Theil L, GE(0), the mean log deviation: how far, in logarithms, people are below the mean on average.

    Parameters
    ----------
    values : (n,) above zero. weights : (n,) people; None counts each place once.

    Raises
    ------
    BadInput : a value that is zero, negative or missing; names the row.

    Source: Theil (1967), chapter 4.

    >>> from fairground.measures import theil_l
    >>> round(theil_l([1, 3]), 4)
    0.1438
    """
    return generalised_entropy(values, alpha=0, weights=weights)


def atkinson(values: Numbers, *, epsilon: float, weights: Numbers | None = None) -> float:
    """Atkinson index: the share of the total that could go, if the rest were shared equally, without loss.

    Parameters
    ----------
    values : (n,) zero or more; above zero when epsilon is 1 or more.
    epsilon : dislike of inequality, above zero. weights : (n,) people; None counts each place once.

    Raises
    ------
    BadInput : a value that the index cannot take (names the row), an epsilon at or below zero.

    Source: Atkinson, "On the measurement of inequality", Journal of Economic Theory 2(3), 1970, p. 257.

    >>> from fairground.measures import atkinson
    >>> round(atkinson([1, 3], epsilon=1), 4)
    0.134
    """
    if not (np.isfinite(epsilon) and epsilon > 0):
        raise BadInput("Epsilon must be above zero", field="epsilon", value=epsilon, allowed="more than zero")
    y = checked_values(values, lowest="zero" if epsilon < 1 else "positive")
    p, r = shares_and_relatives(y, checked_weights(weights, y.size))
    spread = entropy(p, r, alpha=1 - epsilon)
    if epsilon == 1:
        return float(-np.expm1(-spread))
    inside = max(-1.0, epsilon * (epsilon - 1) * spread)
    return 1.0 if np.isinf(spread) else float(-np.expm1(np.log1p(inside) / (1 - epsilon)))


def equally_distributed_equivalent(
    values: Numbers, *, epsilon: float, weights: Numbers | None = None
) -> float:
    """The level which, if everyone had it, would be as good as what there is: the mean less Atkinson's share.

    Parameters
    ----------
    values, epsilon, weights : as for `atkinson`. The result is in the unit of the values.

    Raises
    ------
    BadInput : as `atkinson`.

    Source: Atkinson (1970), p. 250.

    >>> from fairground.measures import equally_distributed_equivalent
    >>> round(equally_distributed_equivalent([1, 4], epsilon=1), 4)
    2.0
    """
    lost = atkinson(values, epsilon=epsilon, weights=weights)
    y = checked_values(values)
    w = checked_weights(weights, y.size)
    return mean_of(w / w.sum(), y) * (1 - lost)


def hoover(values: Numbers, *, weights: Numbers | None = None) -> float:
    """Hoover index: the share of the total that would have to move for all to be equal.

    Parameters
    ----------
    values : (n,) zero or more, with a mean above zero. weights : (n,) people; None counts each place once.

    Raises
    ------
    BadInput : a value that is negative or missing; names the row.

    Source: Hoover, "The measurement of industrial localization", Review of Economic Statistics 18(4), 1936.

    >>> from fairground.measures import hoover
    >>> hoover([1, 3])
    0.25
    """
    y = checked_values(values, lowest="zero")
    p, r = shares_and_relatives(y, checked_weights(weights, y.size))
    return float(0.5 * mean_of(p, np.abs(r - 1)))


def williamson(values: Numbers, *, weights: Numbers | None = None) -> float:
    """Williamson index: the standard deviation between people's places, over the mean.

    Parameters
    ----------
    values : (n,) any, with a mean above zero. weights : (n,) people; None counts each place once.

    Raises
    ------
    BadInput : a missing value (names the row), or a mean that is not above zero.

    Source: Williamson (1965), p. 11.

    >>> from fairground.measures import williamson
    >>> williamson([1, 3])
    0.5
    """
    y = checked_values(values)
    p, r = shares_and_relatives(y, checked_weights(weights, y.size))
    return float(np.sqrt(mean_of(p, (r - 1) ** 2)))


def gap(values: Numbers, *, names: Sequence[str]) -> Gap:
    """Highest less lowest and their ratio, with both names: the most quoted measure and the least robust.

    Parameters
    ----------
    values : (n,) any finite numbers. names : (n,) whose they are; ties go to the first row.

    Raises
    ------
    BadInput : a missing value; names the row.

    >>> from fairground.measures import gap
    >>> gap([3, 9, 6], names=["A", "B", "C"]).ratio
    3.0
    """
    y = checked_values(values)
    if len(names) != y.size:
        raise BadInput(
            "Names and values differ in number", field="name", value=len(names), allowed=f"{y.size}"
        )
    top, low = int(np.argmax(y)), int(np.argmin(y))
    high, least = float(y[top]), float(y[low])
    return Gap(high - least, high / least if least > 0 else None, high, least, names[top], names[low])
