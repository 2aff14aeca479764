"""How much was sold in all, when only some councils have answered: a total with its honest uncertainty.

Every council has a stratum and a figure that is known of all (`x`, for example its published receipts);
those that answered have a count (`y`). Each method gives the total and what the sample cannot say: W. G.
Cochran, *Sampling Techniques* (3rd edition, 1977), chapters 5, 6 and 7; C.-E. Särndal, B. Swensson and J.
Wretman, *Model Assisted Survey Sampling* (1992), chapter 6; J. N. K. Rao and C. F. J. Wu, JASA 83 (1988) for
the bootstrap.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from fairground.errors import BadInput, NotFound

__all__ = ["METHODS", "Estimate", "Survey", "estimate", "survey", "tipping_point"]

Floats = NDArray[np.float64]
LEVEL = 0.95
ROUNDS = 100  # of the iteration that fits the model of counts


@dataclass(frozen=True, eq=False)
class Survey:
    """The councils: (N,) stratum numbers, what is known of all, and counts where answered (nan elsewhere).

    strata : the names of the strata. merged : strata too thin to stand alone, and those they were joined
    with.
    """

    stratum: NDArray[np.int64]
    x: Floats
    y: Floats
    strata: tuple[str, ...]
    merged: tuple[tuple[str, str], ...] = ()

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Which councils answered."""
        return ~np.isnan(self.y)

    @property
    def weights(self) -> Floats:
        """How many councils each that answered stands for: N over n of its stratum; 0 where silent."""
        n, size = self.counts
        return np.where(self.answered, (size / np.maximum(n, 1))[self.stratum], 0.0)

    @property
    def counts(self) -> tuple[Floats, Floats]:
        """Return, for each stratum, how many answered and how many there are."""
        number = len(self.strata)
        return (
            np.bincount(self.stratum[self.answered], minlength=number).astype(float),
            np.bincount(self.stratum, minlength=number).astype(float),
        )


@dataclass(frozen=True)
class Estimate:
    """A total by one method, three standard errors, and an interval at 95%.

    `error` is the linearised one, with the finite-population correction. `low` and `high` use the larger of
    it and the jackknife's, on the scale of logarithms of what was not counted, with Student's t on the
    degrees of freedom that the spread of the errors leaves: few councils with great errors are worth little
    more than those few.
    """

    method: str
    total: float
    error: float
    jackknife: float
    bootstrap: float
    low: float
    high: float
    freedom: float


def survey(strata: Sequence[str], x: Sequence[float], y: Sequence[float | None], *, thin: int = 2) -> Survey:
    """Return a survey, with strata in which fewer than `thin` answered joined to the one most like them.

    Parameters
    ----------
    strata : (N,) the stratum of each council, such as its class or region.
    x : (N,) a figure known of every council, zero or more.
    y : (N,) the count of those that answered; None where silent.

    Raises
    ------
    BadInput : lengths that differ, a negative or missing x, a negative y, or fewer than two answers; names
    the row.

    >>> survey(["a", "a", "a"], [1.0, 2.0, 3.0], [2.0, None, 6.0]).weights.tolist()
    [1.5, 0.0, 1.5]
    """
    if not len(strata) == len(x) == len(y):
        raise BadInput("Each council needs a stratum, a figure and an answer or none", value=len(y))
    for row, (known, told) in enumerate(zip(x, y, strict=True), start=2):
        if not (np.isfinite(known) and known >= 0):
            raise BadInput("A figure that is known of all must be a number", "x", known, "0 or more", row)
        if told is not None and not (np.isfinite(told) and told >= 0):
            raise BadInput("A count must be a number", "y", told, "0 or more", row)
    names = tuple(dict.fromkeys(strata))
    number = np.array([names.index(one) for one in strata], np.int64)
    counts = np.array([np.nan if one is None else float(one) for one in y])
    found = Survey(number, np.array(x, float), counts, names)
    if found.answered.sum() < thin:
        raise BadInput(
            "Too few have answered to estimate a total", "y", int(found.answered.sum()), f"{thin} or more"
        )
    return _joined(found, thin)


def _joined(found: Survey, thin: int) -> Survey:
    """Join each stratum with too few answers to the stratum whose mean of x is nearest."""
    while len(found.strata) > 1:
        n, size = found.counts
        lacking = np.flatnonzero(n < thin)
        if not len(lacking):
            return found
        mean = np.bincount(found.stratum, found.x, minlength=len(found.strata)) / size
        one = int(lacking[0])
        away = np.abs(mean - mean[one])
        away[one] = np.inf
        other = int(np.argmin(away))
        keep = [at for at in range(len(found.strata)) if at != one]
        moved = np.where(found.stratum == one, other, found.stratum)
        found = replace(
            found,
            stratum=np.array([keep.index(at) for at in moved.tolist()], np.int64),
            strata=tuple(found.strata[at] for at in keep),
            merged=(*found.merged, (found.strata[one], found.strata[other])),
        )
    return found


def expansion(s: Survey, w: Floats) -> tuple[float, Floats]:
    """Return N times the mean count, and each council's part of the error: strata are not used."""
    sample = w > 0
    mean = float((w @ np.nan_to_num(s.y)) / w.sum())
    return mean * len(s.y), np.where(sample, np.nan_to_num(s.y) - mean, 0.0)


def stratified(s: Survey, w: Floats) -> tuple[float, Floats]:
    """Return the sum over strata of their size times their mean count (Cochran, 5.1)."""
    mean = _by_stratum(s, w * np.nan_to_num(s.y)) / np.maximum(_by_stratum(s, w), 1e-300)
    size = s.counts[1]
    return float(mean @ size), np.where(w > 0, np.nan_to_num(s.y) - mean[s.stratum], 0.0)


def combined_ratio(s: Survey, w: Floats) -> tuple[float, Floats]:
    """Return the count for each pound of the sample, times all pounds (Cochran, 6.11)."""
    y = np.nan_to_num(s.y)
    known = float(w @ s.x)
    ratio = float(w @ y) / known if known else 0.0
    scale = s.x.sum() / known if known else 0.0
    return ratio * float(s.x.sum()), np.where(w > 0, (y - ratio * s.x) * scale, 0.0)


def separate_ratio(s: Survey, w: Floats) -> tuple[float, Floats]:
    """Return the count for each pound in each stratum, times its pounds, summed (Cochran, 6.10)."""
    y, all_x = np.nan_to_num(s.y), np.bincount(s.stratum, s.x, minlength=len(s.strata))
    known = _by_stratum(s, w * s.x)
    ratio = np.divide(_by_stratum(s, w * y), known, out=np.zeros_like(known), where=known > 0)
    scale = np.divide(all_x, known, out=np.zeros_like(known), where=known > 0)
    return float(ratio @ all_x), np.where(w > 0, (y - ratio[s.stratum] * s.x) * scale[s.stratum], 0.0)


def regression(s: Survey, w: Floats) -> tuple[float, Floats]:
    """Return the total of a straight line through the sample, mended by its errors (Särndal, 6.4)."""
    design = np.column_stack([np.ones(len(s.x)), s.x])
    return _assisted(s, w, design @ _least_squares(design, np.nan_to_num(s.y), w))


def count_model(s: Survey, w: Floats) -> tuple[float, Floats]:
    """Return the total of a model of counts (log mean = stratum + slope · log x), mended by its errors."""
    design = np.column_stack([np.eye(len(s.strata))[s.stratum], np.log1p(s.x / max(s.x.mean(), 1e-300))])
    y = np.nan_to_num(s.y)
    mean = np.maximum(float(w @ y) / w.sum(), 1e-9)
    slopes = np.zeros(design.shape[1])
    slopes[:-1] = np.log(mean)
    for _ in range(ROUNDS):
        fitted = np.exp(np.clip(design @ slopes, -30, 30))
        working = design @ slopes + (y - fitted) / fitted
        better = _least_squares(design, working, w * fitted)
        if np.allclose(better, slopes, rtol=1e-11, atol=1e-11):
            break
        slopes = better
    return _assisted(s, w, np.exp(np.clip(design @ slopes, -30, 30)))


def _assisted(s: Survey, w: Floats, fitted: Floats) -> tuple[float, Floats]:
    left = np.where(w > 0, np.nan_to_num(s.y) - fitted, 0.0)
    return float(fitted.sum() + w @ left), left


def _least_squares(design: Floats, y: Floats, w: Floats) -> Floats:
    here = w > 0  # those that are silent weigh nothing
    root = np.sqrt(w[here])
    return np.asarray(
        np.linalg.lstsq(design[here] * root[:, None], y[here] * root, rcond=1e-12)[0], np.float64
    )


def _by_stratum(s: Survey, values: Floats) -> Floats:
    return np.bincount(s.stratum, values, minlength=len(s.strata)).astype(np.float64)


Method = Callable[[Survey, Floats], tuple[float, Floats]]
METHODS: Mapping[str, Method] = {
    "expansion": expansion,
    "stratified": stratified,
    "combined-ratio": combined_ratio,
    "separate-ratio": separate_ratio,
    "regression": regression,
    "count-model": count_model,
}


def estimate(s: Survey, method: str = "separate-ratio", *, seed: int = 1, draws: int = 1000) -> Estimate:
    """Return a total with its uncertainty.

    Parameters
    ----------
    s : the survey. method : one of `METHODS`.
    seed, draws : of the bootstrap; the same seed gives the same answer.

    Raises
    ------
    NotFound : no such method.

    >>> s = survey(["a"] * 4, [1.0, 2.0, 3.0, 4.0], [2.0, 4.0, None, None])
    >>> round(estimate(s, "combined-ratio").total, 6), round(estimate(s, "combined-ratio").error, 6)
    (20.0, 0.0)
    """
    work = _design(s, method)
    total, parts = METHODS[method](work, work.weights)
    error = float(np.sqrt(linearised(work, parts)))
    again = float(np.sqrt(jackknife(work, METHODS[method])))
    drawn = float(np.sqrt(bootstrap(work, METHODS[method], seed=seed, draws=draws)))
    freedom = degrees_of_freedom(work, parts)
    low, high = _interval(total, max(error, again), float(np.nansum(s.y)), freedom)
    return Estimate(method, total, error, again, drawn, low, high, freedom)


def _design(s: Survey, method: str) -> Survey:
    """Return the survey as a method sees it: the mean of all knows no strata."""
    if method not in METHODS:
        raise NotFound("No such method", "method", method, ", ".join(METHODS), nearest=tuple(METHODS))
    return replace(s, stratum=np.zeros_like(s.stratum), strata=("all",)) if method == "expansion" else s


def _interval(total: float, error: float, counted: float, freedom: float) -> tuple[float, float]:
    """Return limits on the logarithms of what was not counted: that part alone is uncertain.

    Where the reach is longer than that part itself, the limit goes on straight, not as an exponential.
    """
    beyond = total - counted
    reach = float(stdtrit(freedom, 0.5 + LEVEL / 2)) * error
    if beyond <= 0:
        return max(counted, total - reach), total + reach
    far = reach / beyond
    factor = math.exp(far) if far < 1 else math.e * far
    return counted + beyond / factor, counted + beyond * factor


def linearised(s: Survey, parts: Floats) -> float:
    """Return the variance of a total whose errors are `parts`: the sum over strata of N²(1 − n/N) s²/n."""
    n, size = s.counts
    sample = s.answered
    mean = np.bincount(s.stratum[sample], parts[sample], minlength=len(n)) / np.maximum(n, 1)
    away = (parts - mean[s.stratum]) ** 2
    spread = np.bincount(s.stratum[sample], away[sample], minlength=len(n)) / np.maximum(n - 1, 1)
    return float(np.sum(size**2 * (1 - n / size) * spread / np.maximum(n, 1)))


def degrees_of_freedom(s: Survey, parts: Floats) -> float:
    """Return how many degrees of freedom a variance has whose errors have long tails.

    F. E. Satterthwaite, Biometrics Bulletin 2 (1946), with the variance of s² for the kurtosis of the sample:
    s⁴ (2 / (n − 1) + κ / n). For errors without long tails it is about n less the number of strata.
    """
    n, size = s.counts
    whole, unsure = 0.0, 0.0
    for h in range(len(n)):
        left = parts[s.answered & (s.stratum == h)]
        left = left - left.mean() if len(left) else left
        square = float(left @ left)
        if len(left) < 2 or square == 0:
            continue
        tails = max(0.0, len(left) * float((left**4).sum()) / square**2 - 3)
        share = size[h] ** 2 * (1 - n[h] / size[h]) / n[h] * square / (n[h] - 1)
        whole += share
        unsure += share**2 * (2 / (n[h] - 1) + tails / n[h])
    return max(1.0, 2 * whole**2 / unsure) if unsure else max(1.0, float(n.sum()) - len(n))


def jackknife(s: Survey, method: Method) -> float:
    """Return the variance from leaving out each answer in turn, stratum by stratum, with 1 − n/N."""
    n, size = s.counts
    w, found = s.weights, np.zeros(len(s.y))
    for at in np.flatnonzero(s.answered):
        h = s.stratum[at]
        left = np.where(s.stratum == h, w * n[h] / max(n[h] - 1, 1), w)
        left[at] = 0.0
        found[at] = method(s, left)[0]
    sample = s.answered
    mean = np.bincount(s.stratum[sample], found[sample], minlength=len(n)) / np.maximum(n, 1)
    away = np.bincount(s.stratum[sample], (found - mean[s.stratum])[sample] ** 2, minlength=len(n))
    return float(np.sum((1 - n / size) * (n - 1) / np.maximum(n, 1) * away))


def bootstrap(s: Survey, method: Method, *, seed: int, draws: int) -> float:
    """Return the variance over samples drawn again within strata (Rao and Wu, rescaled, m = n − 1)."""
    n, size = s.counts
    chance, w = np.random.default_rng(seed), s.weights
    members = [np.flatnonzero(s.answered & (s.stratum == h)) for h in range(len(n))]
    totals = []
    for _ in range(draws):
        again = w.copy()
        for h, held in enumerate(members):
            if len(held) < 2:
                continue
            times = np.bincount(chance.integers(0, len(held), len(held) - 1), minlength=len(held))
            scale = np.sqrt(1 - n[h] / size[h])
            again[held] *= 1 - scale + scale * times * len(held) / (len(held) - 1)
        totals.append(method(s, again)[0])
    return float(np.var(totals, ddof=1)) if draws > 1 else 0.0


def tipping_point(s: Survey, claim: float, method: str = "separate-ratio") -> tuple[float, float, float]:
    """Return what those who are silent must have sold for a claimed total to be true.

    Returns
    -------
    counted, predicted, factor : the sum of the answers; what the method predicts of those who are silent;
    and how many times that they must have sold. 1 says that silence says nothing; the claim needs silence to
    depend on sales as much as the factor is away from 1. Below 0, no silence makes the claim true.

    Raises
    ------
    NotFound : no such method. BadInput : a claim that is no number, or nobody is silent.

    >>> s = survey(["a"] * 4, [1.0, 2.0, 3.0, 4.0], [2.0, 4.0, None, None])
    >>> tipping_point(s, 27.0)
    (6.0, 14.0, 1.5)
    """
    if not np.isfinite(claim) or claim < 0:
        raise BadInput("A claimed total must be a number", "claim", claim, "0 or more")
    counted = float(np.nansum(s.y))
    work = _design(s, method)
    predicted = METHODS[method](work, work.weights)[0] - counted
    if s.answered.all() or predicted <= 0:
        raise BadInput("Nobody is silent, so silence cannot explain a claim", "claim", claim)
    return counted, predicted, (claim - counted) / predicted
