"""What the labels of people teach: how much each feature speaks for a pair's being the same, and how surely.

Logistic regression with a ridge (A. E. Hoerl and R. W. Kennard, *Technometrics* 12, 1970), fitted by Newton's
method (T. Hastie, R. Tibshirani and J. Friedman, *The Elements of Statistical Learning*, 2nd edition, 4.4.1).
A pair is also judged beside its rivals: how far its score is above the best other of either entry. Since
these margins need scores, they are found in turns, from the weights without labels on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.wealth.property.linkage import comparison, kernels

__all__ = ["Model", "fitted", "learn", "margins"]

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
RIDGE = 4.0
START_RIDGE = 0.2
START = -8.0  # points of a pair of which nothing is known
STEPS = 30
TURNS = 3
MOST = 8.0  # points by which a margin may speak
ALONE = 20.0  # points by which an entry without a rival is ahead, before `MOST`


@dataclass(frozen=True, eq=False)
class Model:
    """The points of each feature, the points of a pair with none, and what is usual for each feature."""

    weight: Floats
    start: float
    usual: Floats

    def score(self, features: NDArray[np.floating]) -> Floats:
        """Return the log-odds that each pair of (pairs, features) is the same."""
        return np.asarray(features @ self.weight.astype(features.dtype), np.float64) + self.start


def fitted(
    features: NDArray[np.floating], same: NDArray[np.bool_], usual: Floats, spread: Floats,
    guess: tuple[Floats, float],
) -> Model:  # fmt: skip
    """Return the ridge logistic regression of labelled pairs, drawn towards a guess and not towards nothing.

    Parameters
    ----------
    features : (labels, features). same : (labels,). usual, spread : mean and deviation of each feature among
        all pairs, by which the ridge is fair between features. guess : the points of each feature and of a
        pair with none, before any label.
    """
    x = np.column_stack([np.ones(len(same)), (features - usual) / spread])
    ridge = np.full(x.shape[1], RIDGE)
    ridge[0] = START_RIDGE
    towards = np.concatenate([[guess[1] + guess[0] @ usual], guess[0] * spread])
    b = towards.copy()
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ b, -30, 30)))
        slope = x.T @ (same - chance) - ridge * (b - towards)
        curve = (x.T * (chance * (1 - chance))) @ x + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        b = b + step * min(1.0, 5 / max(1e-12, float(np.abs(step).max())))
        if np.abs(step).max() < 1e-8:
            break
    weight = b[1:] / spread
    return Model(weight, float(b[0] - weight @ usual), usual)


def margins(score: Floats, ones: Whole, twos: Whole) -> NDArray[np.float32]:
    """Return (pairs, 4): points ahead of either entry's best rival, the fewer, and if both are ahead."""
    out = np.empty((len(score), 4), np.float32)
    for at, entry in enumerate((twos, ones)):
        out[:, at] = np.clip(score - kernels.best_rival(score, entry, ALONE), -MOST, MOST)
    out[:, 2] = np.minimum(out[:, 0], out[:, 1])
    out[:, 3] = out[:, 2] > 0
    return out


def learn(
    features: NDArray[np.float32], pairs: tuple[Whole, Whole], labelled: Whole, same: NDArray[np.bool_]
) -> tuple[Model, NDArray[np.float32], Floats]:
    """Return the model, the margins it was fitted with, and the score of each pair.

    Parameters
    ----------
    features : (pairs, features). pairs : their entries. labelled : the rows that have a label, perhaps none.
    same : their answers.
    """
    usual, spread = features.mean(0, np.float64), features.std(0, dtype=np.float64) + 1e-6
    width = features.shape[1]
    score = np.asarray(features @ comparison.GUESS.astype(np.float32), np.float64) + START
    guess = np.concatenate([comparison.GUESS, comparison.RIVAL_GUESS])
    for _ in range(TURNS):
        beside = margins(score, *pairs)
        usual_all = np.concatenate([usual, beside.mean(0, np.float64)])
        spread_all = np.concatenate([spread, beside.std(0, dtype=np.float64) + 1e-6])
        told = np.column_stack([features[labelled], beside[labelled]]).astype(np.float64)
        model = fitted(told, same, usual_all, spread_all, (guess, START))
        score = (
            features @ model.weight[:width].astype(np.float32) + beside @ model.weight[width:] + model.start
        )
        score = np.asarray(score, np.float64)
    return model, beside, score
