"""Weights for a list of juries, bent as little as can be so that they give the chances that are wanted.

Of all weights that give these chances, those are taken which say least beyond them: the least relative
entropy to the weights that the juries had before. They are the old weights times a factor for each person
who sits, and are found by Newton's method on a function of these factors that bends upwards (the dual),
each step by conjugate gradients. Where no factors give the chances, because some jury of the list could
have no weight at all, a linear program keeps as much of the weight as can be.

Csiszár (1975), I-divergence geometry of probability distributions and minimization problems; Nocedal and
Wright (2006), Numerical Optimization, chapter 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from fairground.power.juries.solver import Program

__all__ = ["EXACT", "Bent", "bent", "near"]

Floats = NDArray[np.float64]
EXACT = 1e-9  # by which anyone's chance may be off at most
SMALL = 2000  # juries in a list that a linear program looks at
NEARLY = 3e-7  # the same, where a program had to find the weights
AIM = 1e-11
STEPS, INNER, HALVES = 80, 300, 30
RIDGE, LEAST = 0.1, 1e-3  # of each kind's spread of seats, and the least spread
FAR = 4.0  # the most by which one step changes the logarithm of a jury's weight


@dataclass(frozen=True, eq=False)
class Bent:
    """Weights that add up to 1, shape (juries,).

    Parameters
    ----------
    gap : how much nearer to the old weights others that give these chances could be, at most (relative
        entropy, in nats). far : the relative entropy of these weights to the old ones.
    """

    weights: Floats
    gap: float
    far: float


def bent(juries: Any, old: Floats, sits: Floats, people: Floats) -> Bent | None:
    """Return the weights nearest to the old ones that give the wanted chances; None where none do.

    Parameters
    ----------
    juries : shape (juries, kinds), people of each kind; may be sparse. old : weights, above 0. sits : shape
        (kinds,), the people of each kind who are to sit, on average. people : of each kind in the pool.
    """
    of = sparse.csr_array(juries, dtype=float)
    dual = _Dual(of, old / old.sum(), sits, people)
    weights = dual.down()
    if dual.best > dual.most:  # no weights on this list are so far from the old ones: none give the chances
        return None
    if dual.off(weights) > EXACT:
        found = _kept(of, weights, sits, people) if of.shape[0] <= SMALL else None
        if found is None:
            return None
        weights = found
    far = _relative(weights, dual.old)
    return Bent(weights, max(far - max(dual.best, 0.0), 0.0), far)


def _relative(weights: Floats, old: Floats) -> float:
    on = weights > 0
    return max(float(weights[on] @ np.log(weights[on] / old[on])), 0.0)


def near(juries: Any, old: Floats, sits: Floats, people: Floats) -> Floats:
    """Return weights that give nearly the wanted chances, held back so that some always do.

    For lists on which no weights give the chances themselves.
    """
    return _Dual(sparse.csr_array(juries, dtype=float), old / old.sum(), sits, people, RIDGE).down()


class _Dual:
    """The dual: the logarithm of all weight together, at these factors, less that of what is wanted."""

    def __init__(self, of: Any, old: Floats, sits: Floats, people: Floats, ridge: float = 0.0) -> None:
        self.of, self.over, self.old, self.sits, self.people = of, of.T.tocsr(), old, sits, people
        mean = self.over @ old
        self.hold = ridge * np.maximum(of.power(2).T @ old - mean * mean, LEAST)
        self.best = 0.0  # no weights that give the chances are nearer than this
        self.most = -float(np.log(old.min())) + 1e-6  # and none at all are as far as this

    def off(self, weights: Floats) -> float:
        """Return by how much anyone's chance is off at most."""
        return float((np.abs(self.over @ weights - self.sits) / self.people).max())

    def at(self, factors: Floats) -> tuple[float, Floats]:
        """Return the value at logarithms of factors, and the weights there."""
        logs = self.of @ factors
        top = float(logs.max())
        raised = self.old * np.exp(logs - top)
        whole = float(raised.sum())
        held = float(self.hold @ (factors * factors)) / 2
        return top + float(np.log(whole)) - float(factors @ self.sits) + held, raised / whole

    def down(self) -> Floats:
        """Return the weights at the lowest value, or as near to it as so many steps come."""
        factors: Floats = np.zeros(len(self.sits))
        value, weights = self.at(factors)
        for _ in range(STEPS):
            self.best = max(self.best, -value)
            slopes = self.over @ weights - self.sits + self.hold * factors
            if np.abs(slopes / self.people).max() <= AIM or self.best > self.most:
                break
            step = _step(self.of, self.over, weights, slopes, self.hold)
            slope = float(step @ slopes)
            part = min(1.0, FAR / max(float(np.abs(self.of @ step).max()), 1e-12))
            for _ in range(HALVES):
                lower, there = self.at(factors + part * step)
                if lower <= value + 1e-4 * part * slope + 1e-15:
                    break
                part /= 2
            else:
                break
            factors, value, weights = factors + part * step, lower, there
        return weights


def _step(of: Any, over: Any, weights: Floats, slopes: Floats, hold: Floats) -> Floats:
    """Return Newton's step, by conjugate gradients scaled by the spread of each kind's seats."""
    mean = over @ weights
    spread = np.maximum(of.power(2).T @ weights - mean * mean, 1e-12) + hold
    step, left = np.zeros(len(mean)), -slopes
    scaled = left / spread
    way, size = scaled.copy(), float(left @ scaled)
    enough = min(0.1, size**0.25) ** 2 * size
    for _ in range(INNER):
        if size <= max(enough, 1e-30):
            break
        ahead = over @ (weights * (of @ way)) - mean * float(mean @ way) + hold * way
        bend = float(way @ ahead)
        if bend <= 1e-18 * float(way @ (spread * way)):
            break
        step, left = step + size / bend * way, left - size / bend * ahead
        scaled = left / spread
        last, size = size, float(left @ scaled)
        way = scaled + size / last * way
    return step


def _kept(of: Any, weights: Floats, sits: Floats, people: Floats) -> Floats | None:
    """Return weights that give the chances and keep as much of these as can be; None where none give them."""
    number = len(weights)
    one = sparse.csr_array(np.ones((1, number)))
    rows = sparse.vstack([of.T, one])
    program = Program(
        sparse.hstack([rows, rows]), np.append(sits, 1.0), np.append(sits, 1.0), np.zeros(2 * number),
        np.append(weights, np.ones(number)),
    )  # fmt: skip
    program.costs(np.append(np.ones(number), np.zeros(number)))
    program.finely()
    found = program.solve()
    if found is None:
        return None
    both: Floats = np.maximum(found[:number], 0) + np.maximum(found[number:], 0)
    both = both / both.sum()
    return both if (np.abs(of.T @ both - sits) / people).max() <= NEARLY else None
