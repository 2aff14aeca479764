"""How sure a measure is: resampling places, shuffling them between groups, and carrying published limits.

Three questions, three tools. *What if other places like these had been counted?* Resample them (bootstrap),
inside their regions if regions are given. *Could regions drawn by lot differ as much?* Shuffle the places
(permutation test). *The figures themselves are uncertain?* Draw each from its published limits. Each draw
follows from a seed that is part of the answer. References: Efron and Tibshirani, "An Introduction to the
Bootstrap" (1993), chapters 6, 13 and 16; Phipson and Smyth, "Permutation p-values should never be zero",
Statistical Applications in Genetics and Molecular Biology 9(1), 2010.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import special

from fairground.errors import BadInput
from fairground.measures.decomposition import group_sums
from fairground.measures.inequality import checked_alpha, entropy, entropy_terms, gini
from fairground.measures.sample import (
    Floats,
    Labels,
    Numbers,
    checked_seed,
    checked_times,
    checked_values,
    checked_weights,
    grouped,
    shares_and_relatives,
)


class Measure(Protocol):
    """Anything that measures values with weights in one number, such as `gini`."""

    def __call__(self, values: Numbers, /, *, weights: Numbers | None = None) -> float: ...


@dataclass(frozen=True)
class Limits:
    """A measure with its limits, standard error, and how it was drawn.

    `undefined` counts draws on which the measure has no value (such as a mean of zero); they are left out.
    With fewer than about 20 places resampled limits are too narrow: `few` says so.
    """

    value: float
    lower: float
    upper: float
    standard_error: float
    confidence: float
    draws: int
    undefined: int
    seed: int
    few: bool


@dataclass(frozen=True)
class BetweenTest:
    """The part of inequality between groups, against groups drawn by lot.

    `p_value` is the share of shuffles, the real layout counted as one, with a part between at least as large.
    """

    between: float
    share: float
    p_value: float
    expected_share: float
    permutations: int
    seed: int


def bootstrap(
    measure: Measure,
    values: Numbers,
    *,
    weights: Numbers | None = None,
    groups: Sequence[str] | None = None,
    resamples: int = 999,
    confidence: float = 0.95,
    seed: int = 0,
) -> Limits:
    """Limits of a measure by resampling places, as if other places like these had been counted.

    Parameters
    ----------
    measure : `gini` (worked on a sorted list, much the fastest) or any function of values and weights.
    values : (n,) as the measure takes them. weights : (n,) people; a place keeps its people when drawn.
    groups : (n,) strata: as many places are drawn from each as it holds. A group of one adds no doubt.
    resamples : how many, 1 to a million. confidence : between 0 and 1. seed : fixes the draws.

    Returns
    -------
    Limits : percentile limits at ranks (resamples + 1) x share. One place has limits equal to its value.

    Raises
    ------
    BadInput : as the measure does on the values themselves; a measure that no resample can be worked on.

    Source: Efron and Tibshirani (1993), chapters 6 (standard error) and 13 (percentile limits).

    >>> from fairground.measures import bootstrap, gini
    >>> found = bootstrap(gini, [1, 2, 3, 4, 5], resamples=99, seed=1)
    >>> found.lower < found.value < found.upper
    True
    """
    from fairground.measures import kernels

    times, start = checked_times(resamples, field="resamples"), checked_seed(seed)
    value = measure(values, weights=weights)
    y = checked_values(values)
    w = checked_weights(weights, y.size)
    names, member = grouped(groups if groups is not None else ["all"] * y.size, y.size)
    order = np.argsort(y, kind="stable")
    y, w, member = y[order], w[order], member[order]
    rows = np.argsort(member, kind="stable").astype(np.int32)
    starts = np.concatenate([[0], np.cumsum(np.bincount(member, minlength=len(names)))]).astype(np.int32)
    if measure is gini:
        p, r = shares_and_relatives(y, w)
        found = kernels.resampled_gini(rows, starts, p, r - 1, times, start)
    else:
        found = _resampled(measure, y, w, rows, starts, times, start)
    return _limits(value, found, confidence, int(seed), few=y.size < 20)


def limits_from_published(
    measure: Measure,
    values: Numbers,
    *,
    lower: Numbers,
    upper: Numbers,
    weights: Numbers | None = None,
    draws: int = 999,
    confidence: float = 0.95,
    seed: int = 0,
) -> Limits:
    """Limits of a measure when each figure has published 95% limits, which need not be symmetric.

    Parameters
    ----------
    measure : any function of values and weights. values, lower, upper : (n,) figures and their 95% limits.
    weights : (n,) people; None counts each place once. draws, confidence, seed : as for `bootstrap`.

    Returns
    -------
    Limits : each figure is drawn by itself from a normal curve whose two halves fit its two limits, so that
        95% of draws lie inside them. A measure of spread is larger on drawn figures than on the true ones,
        since noise spreads them: the limits then lie above the value, and that is a finding, not a fault.

    Raises
    ------
    BadInput : a lower limit above its figure or an upper limit below; a missing number; names the row.

    Source: Wallis, "The two-piece normal, binormal, or double Gaussian distribution", Statistical Science
    29(1), 2014, here with half the chance on each side so that the figure stays the median.

    >>> from fairground.measures import gini, limits_from_published
    >>> found = limits_from_published(gini, [59, 65], lower=[58, 64], upper=[60, 66], draws=99, seed=1)
    >>> found.lower < found.value < found.upper
    True
    """
    from fairground.measures import kernels

    times, start = checked_times(draws, field="draws"), checked_seed(seed)
    value = measure(values, weights=weights)
    y, w = checked_values(values), None if weights is None else checked_weights(weights, len(values))
    low, high = _sides(y, lower, upper)
    found = np.empty(times)
    for k in range(times):
        z = special.ndtri(kernels.uniforms(y.size, start, k)) / special.ndtri(0.975)
        found[k] = _worked(measure, y + z * np.where(z < 0, low, high), w)
    return _limits(value, found, confidence, int(seed), few=False)


def permutation_test(
    values: Numbers,
    *,
    groups: Sequence[str],
    weights: Numbers | None = None,
    alpha: float = 1.0,
    permutations: int = 999,
    seed: int = 0,
) -> BetweenTest:
    """Whether groups differ more than groups drawn by lot: the part between them, against shuffles.

    Parameters
    ----------
    values, groups, weights, alpha : as for `decompose`. Places, each with its people, change groups at
        random.
    permutations : how many shuffles. seed : fixes them; the same on every machine.

    Returns
    -------
    BetweenTest : the total is the same in every shuffle, so only the sums of each group are worked again.
        With one group, or each place its own group, every shuffle ties and the p-value is 1.

    Raises
    ------
    BadInput : as `decompose`.

    Source: Phipson and Smyth (2010): (shuffles at least as large + 1) / (shuffles + 1).

    >>> from fairground.measures import permutation_test
    >>> found = permutation_test([1, 2, 8, 9], groups=["n", "n", "s", "s"], permutations=99, seed=1)
    >>> round(found.share, 3), found.p_value > 0.05
    (0.964, True)
    """
    from fairground.measures import kernels

    checked_alpha(alpha)
    times, start = checked_times(permutations, field="permutations"), checked_seed(seed)
    y = checked_values(values, lowest="zero" if alpha > 0 else "positive")
    w = checked_weights(weights, y.size)
    names, member = grouped(groups, y.size)
    p, r = shares_and_relatives(y, w)
    total = entropy(p, r, alpha=alpha)
    between = _between(*(part[None] for part in group_sums(member, p, r, len(names))), alpha=alpha)[0]
    sums = kernels.shuffled_sums(member, p, p * r, len(names), times, start)
    drawn = _between(sums[:, 0], sums[:, 1], alpha=alpha)
    larger = int(np.sum(drawn >= between - 1e-12 * max(total, 1e-300)))
    share, expected = (float(x) / total if total > 0 else 0.0 for x in (between, drawn.mean()))
    return BetweenTest(float(between), share, (larger + 1) / (times + 1), expected, times, int(seed))


def _between(people: Floats, amount: Floats, *, alpha: float) -> Floats:
    """The part between for each row of group sums, both (rows, groups)."""
    kept = people > 0
    relative = np.divide(amount, people, out=np.ones_like(people), where=kept)
    return np.asarray(np.sum(np.where(kept, people * entropy_terms(relative, alpha=alpha), 0.0), axis=1))


def _resampled(
    measure: Measure, y: Floats, w: Floats, rows: Labels, starts: Labels, times: int, seed: np.uint64
) -> Floats:
    """A resample is a count of each place, and a count is a weight."""
    from fairground.measures import kernels

    counts, found = np.zeros(y.size, np.int32), np.empty(times)
    for k in range(times):
        kernels.drawn(rows, starts, counts, seed, k)
        there = counts > 0
        found[k] = _worked(measure, y[there], (counts * w)[there])
    return found


def _worked(measure: Measure, y: Floats, w: Floats | None) -> float:
    try:
        return measure(y, weights=w)
    except BadInput:
        return float("nan")


def _sides(y: Floats, lower: Numbers, upper: Numbers) -> tuple[Floats, Floats]:
    """How far each figure's limits lie below and above it."""
    low, high = checked_values(lower, field="lower"), checked_values(upper, field="upper")
    for limits, field, wrong, allowed in (
        (low, "lower", low > y if low.size == y.size else None, "no more than the figure"),
        (high, "upper", high < y if high.size == y.size else None, "no less than the figure"),
    ):
        if wrong is None:
            raise BadInput("Limits and values differ in number", field, limits.size, f"{y.size}")
        if wrong.any():
            row = int(np.argmax(wrong))
            raise BadInput(
                "A limit is on the wrong side of its figure", field, float(limits[row]), allowed, row + 1
            )
    return y - low, high - y


def _limits(value: float, found: Floats, confidence: float, seed: int, *, few: bool) -> Limits:
    if not 0 < confidence < 1:
        raise BadInput("Confidence is out of range", "confidence", confidence, "between 0 and 1")
    known = found[np.isfinite(found)]
    if known.size == 0:
        raise BadInput("The measure has no value on any draw", "value", allowed="values it can be worked on")
    tail = (1 - confidence) / 2
    lower, upper = np.quantile(known, [tail, 1 - tail], method="weibull")
    error = float(known.std(ddof=1)) if known.size > 1 else 0.0
    return Limits(
        float(value),
        float(lower),
        float(upper),
        error,
        confidence,
        int(found.size),
        int(found.size - known.size),
        seed,
        few,
    )
