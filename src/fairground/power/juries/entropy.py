"""As random as it can be with chances that are given: the lottery of greatest entropy that keeps them.

Among all lotteries with these chances, one says least beyond them: each jury is as likely as the product of a
weight for each of its people. The weights are found by going down a convex function (its dual), whose slope
is how far the chances still are from those that are wanted; each step counts all juries anew. The weights are
then written as whole numbers and everything is counted once more, exactly: so the chances of the lottery that
is drawn from are fractions, and how far they are from those wanted is known. By the dual, no lottery with
those chances has an entropy greater than this one's by more than the gap. Where juries cannot be counted,
walks measure what is counted here (`weights`), and chances and gap have an error.

De Azevedo and Gölz (2026), Maximally random sortition, arXiv 2604.02712 (FairMaxEntropy).
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np
from numpy.typing import NDArray

from fairground.errors import Impossible
from fairground.power.juries.chance import Stream
from fairground.power.juries.counting import Counting
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.sampling import Sample, Told
from fairground.power.juries.uniform import counted_whole, exactly
from fairground.power.juries.walking import by_walk
from fairground.power.juries.weights import fitted, narrowed

__all__ = ["OFF", "max_entropy"]

Floats = NDArray[np.float64]
NOBODY = 1e-9
STEEP = 40.0  # the greatest logarithm of a weight: chances on the edge of what can be are only come close to
ROUNDS = 500
FINE = 2.0**30
OFF = 0.005  # by which anyone's chance may differ from the one that is wanted


def max_entropy(kinds: Kinds, chance: Stream, number: int, wanted: Floats, told: Told = None) -> Sample:
    """Draw juries from the lottery of greatest entropy with these chances.

    Parameters
    ----------
    wanted : shape (kinds,), the chances to be kept; some lottery gives them.

    Raises
    ------
    Impossible : the chances cannot be come close to; or walks cannot be used.
    """
    from scipy.optimize import minimize  # half a second that no other rule waits for

    alive = [int(share > NOBODY) for share in wanted]
    whole = counted_whole(kinds, alive)
    if whole is None:
        return _walked(kinds, chance, number, wanted, told)
    wants = wanted * kinds.people
    slopes, limits = _Dual(whole, np.array(alive, bool), wants), [(-STEEP, STEEP)] * len(wants)
    found = minimize(
        slopes.value, np.zeros(len(wants)), jac=True, method="L-BFGS-B", bounds=limits,
        options={"maxiter": ROUNDS, "maxcor": 30, "ftol": 0.0, "gtol": 1e-10},
    )  # fmt: skip
    if told:
        told(0.9)
    theta = np.asarray(found.x, float)
    least = theta[np.array(alive, bool)].min()
    weights = [round(math.exp(t - least) * FINE) * on for t, on in zip(theta, alive, strict=True)]
    again = counted_whole(kinds, weights)
    assert again is not None
    sample = exactly(kinds, again, chance, number)
    off = float(np.abs(sample.expected - wanted).max())
    if off > OFF:
        raise _too_far(off)
    logs = np.array([math.log(w / FINE) if w else 0.0 for w in weights])
    gap = float(logs @ (sample.expected * kinds.people - wants))
    return dataclasses.replace(sample, number=None, gap=abs(gap))


def _walked(kinds: Kinds, chance: Stream, number: int, wanted: Floats, told: Told) -> Sample:
    """Draw juries by walks, with weights that give the wanted chances as nearly as walks can measure."""
    window = narrowed(kinds, wanted)
    found = fitted(kinds, wanted, window, chance.below(1 << 62), told)
    off = float((np.abs(found.chances - wanted) - 4 * found.errors).max())
    if off > OFF:
        raise _too_far(off)
    sample = by_walk(kinds, chance, number, window=window, weights=found.weights)
    gap = abs(found.gap) + 3 * found.error
    return dataclasses.replace(sample, expected=found.chances, error=found.errors, gap=gap)


def _too_far(off: float) -> Impossible:
    return Impossible(
        "The chances that are wanted cannot be come close to by weights",
        (f"somebody’s chance would be out by {off:.4f}", "ask for another rule by name"),
    )


class _Dual:
    """The logarithm of the weight of all juries together, less that of the wanted chances; and its slope."""

    def __init__(self, of: Counting, alive: NDArray[np.bool_], wants: Floats) -> None:
        self.of, self.alive, self.wants = of, alive, wants
        self.layers = [self._layer(at) for at in range(len(of.blocks))]

    def _layer(self, at: int) -> tuple[NDArray[np.int64], ...]:
        source, target, choice = self.of.steps[at]
        begins = np.flatnonzero(np.append(True, source[1:] != source[:-1]))
        return source, target, choice, begins

    def _logs(self, theta: Floats) -> list[Floats]:
        """Return for each block and choice the logarithm of its ways, weights counted in."""
        found = []
        for at, block in enumerate(self.of.blocks):
            takes = np.array(self.of.takes(at))
            ways = np.array([math.log(n) if n else -np.inf for n in block.ways])
            found.append(ways + theta[takes[:, 0]] * takes[:, 1])
        return found

    def value(self, theta: Floats) -> tuple[float, Floats]:
        """Return the dual and its slope at these logarithms of weights."""
        theta = np.where(self.alive, theta, 0.0)
        logs = self._logs(theta)
        behind = np.zeros(self.of.states[-1])
        each: list[Floats] = []
        for (source, target, choice, begins), log in zip(self.layers[::-1], logs[::-1], strict=True):
            worth = log[choice] + behind[target]
            here = np.full(int(self.of.states[len(self.layers) - 1 - len(each)]), -np.inf)
            top = np.maximum.reduceat(worth, begins)
            safe = np.where(np.isfinite(top), top, 0.0)
            lengths = np.diff(np.append(begins, len(worth)))
            parts = np.exp(worth - np.repeat(safe, lengths))
            sums = np.add.reduceat(parts, begins)
            here[source[begins]] = safe + np.log(np.maximum(sums, 1e-300))
            each.append(parts / np.repeat(np.maximum(sums, 1e-300), lengths))
            behind = here
        seats = self._seats(each[::-1])
        return float(behind[0] - theta @ self.wants), np.where(self.alive, seats - self.wants, 0.0)

    def _seats(self, each: list[Floats]) -> Floats:
        """Return the mean seats of each kind, from the chance of each step in its state."""
        found: Floats = np.zeros(len(self.wants))
        here: Floats = np.ones(1)
        for at, ((source, target, choice, _), share) in enumerate(zip(self.layers, each, strict=True)):
            flow = here[source] * share
            takes = np.array(self.of.takes(at))
            by_choice = np.bincount(choice, flow, len(takes))
            np.add.at(found, takes[:, 0], by_choice * takes[:, 1])
            here = np.bincount(target, flow, self.of.states[at + 1]).astype(float)
        return found
