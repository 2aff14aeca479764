"""How much each agreement says before anybody has labelled a pair: the weights of Fellegi and Sunter, by EM.

A level of agreement weighs the logarithm of how much oftener it is seen among the same (m) than among others
(u). I. P. Fellegi and A. B. Sunter, JASA 64 (1969); learnt without labels by expectation and maximisation,
W. E. Winkler, *Using the EM Algorithm for Weight Computation in the Fellegi-Sunter Model* (1988). A prior of
a few made-up pairs, in which higher levels are likelier among the same, keeps the two from changing places.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput

__all__ = ["Weights", "learnt"]

Floats = NDArray[np.float64]
ROUNDS = 200
CLOSE = 1e-7


@dataclass(frozen=True, eq=False)
class Weights:
    """The share of pairs that are the same, and for each field the shares m and u of its levels."""

    same: float
    m: tuple[Floats, ...]
    u: tuple[Floats, ...]

    def score(self, levels: NDArray[np.int8]) -> Floats:
        """Return the log-odds (natural) that each pair of (pairs, fields) levels is the same."""
        total = np.full(len(levels), np.log(self.same / (1 - self.same)))
        for at, (m, u) in enumerate(zip(self.m, self.u, strict=True)):
            total += np.log(m / u)[levels[:, at]]
        return total


def learnt(levels: NDArray[np.int8], *, same: float = 0.05, prior: float = 1.0) -> Weights:
    """Return the weights under which the levels of these pairs are likeliest.

    Parameters
    ----------
    levels : (pairs, fields) whole numbers from 0 (missing), a higher number the more agreement.
    same : the share of pairs that are the same, to start from. prior : how many pairs the prior is worth.

    Raises
    ------
    BadInput : no pairs.

    Notes
    -----
    Missing is held to say nothing: its m is its u.

    >>> import numpy as np
    >>> found = learnt(np.array([[2, 2]] * 10 + [[1, 1]] * 80 + [[2, 1]] * 10, np.int8))
    >>> bool(found.score(np.array([[2, 2]], np.int8)) > found.score(np.array([[2, 1]], np.int8)))
    True
    """
    if not len(levels):
        raise BadInput("Weights are learnt from pairs, and there is none", "levels", 0)
    patterns, often = np.unique(levels, axis=0, return_counts=True)
    number = often.astype(np.float64)
    sizes = [int(levels[:, at].max()) + 1 for at in range(levels.shape[1])]
    start = [_rising(size) for size in sizes]
    found = Weights(
        same,
        tuple(start),
        tuple(_share(patterns[:, at], number, size, None, 0.0) for at, size in enumerate(sizes)),
    )
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-found.score(patterns)))
        m = tuple(
            _share(patterns[:, at], number * chance, size, start[at], prior) for at, size in enumerate(sizes)
        )
        u = tuple(
            _share(patterns[:, at], number * (1 - chance), size, None, prior) for at, size in enumerate(sizes)
        )
        m = tuple(_silent(one, other) for one, other in zip(m, u, strict=True))
        after = Weights(float(np.clip((number * chance).sum() / number.sum(), 1e-6, 0.999)), m, u)
        if max(float(np.abs(a - b).max()) for a, b in zip(after.m, found.m, strict=True)) < CLOSE:
            return after
        found = after
    return found


def _rising(size: int) -> Floats:
    out = 4.0 ** np.arange(size)
    return np.asarray(out / out.sum())


def _share(level: NDArray[np.int8], number: Floats, size: int, prior: Floats | None, worth: float) -> Floats:
    flat = np.full(size, 1 / size) if prior is None else prior
    counts = np.bincount(level, number, size) + worth * flat + 1e-9
    return np.asarray(counts / counts.sum())


def _silent(m: Floats, u: Floats) -> Floats:
    """Return m with a missing field as frequent as among others, and its levels sharing what is left."""
    if m[1:].sum() <= 0:
        return m
    return np.concatenate([u[:1], m[1:] / m[1:].sum() * (1 - u[0])])
