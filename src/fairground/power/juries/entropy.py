"""As random as it can be with chances that are given: the lottery of greatest entropy that keeps them.

Among all lotteries with these chances, one says least beyond them: each jury is as likely as the product of
a weight for each of its people. Where there are few juries, all are listed and this lottery is written
down. Else the weights are found by going down a convex function (its dual), whose slope is how far the
chances still are from those that are wanted; each step counts all juries anew, or walks measure what cannot
be counted (`weights`). Juries are then drawn with these weights, and the list of those drawn is bent a
little (`tilting`), so that it gives the chances that are wanted, to nine places. By the dual, no lottery
with those chances has an entropy greater by more than the gap than the one that was drawn from; where walks
measure it, the gap has an error.

A list of some thousand juries cannot be as random as all juries together; but of all weights for what was
drawn, these are the most even ones. Where the juries drawn cannot give the chances, those of the leximin
lottery are added, which can.

De Azevedo and Gölz (2026), Maximally random sortition, arXiv 2604.02712 (FairMaxEntropy); the list is ours.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from fairground.power.juries.chance import Stream
from fairground.power.juries.counting import Counting
from fairground.power.juries.decomposition import Mixture, decompose
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.sampling import MORE, Sample, Told, listed
from fairground.power.juries.tilting import bent, near
from fairground.power.juries.uniform import Walks, counted_whole, drawn_from
from fairground.power.juries.walking import Window, from_walks
from fairground.power.juries.weights import NEAR, fitted, narrowed

__all__ = ["max_entropy"]

Floats = NDArray[np.float64]
STEEP = 40.0  # the greatest logarithm of a weight: chances on the edge of what can be are only come close to
ROUNDS = 500
FINE = 2.0**30
EDGE = 1e-3  # so many people away from a limit, on average, and walks keep to it
MUCH = 0.01  # the most of a lottery that may be where no walk goes
MOSTLY = 0.9  # where the juries that were not drawn are more than this, the lottery that is given is kept
ATTAINED = 1e-7


def max_entropy(kinds: Kinds, chance: Stream, number: int, fair: Mixture, told: Told = None) -> Sample:
    """Return juries, with weights, of the lottery of greatest entropy with chances that are given.

    Parameters
    ----------
    fair : a lottery that has these chances.

    Raises
    ------
    Impossible : juries can neither be counted nor walked to.
    """
    window, inside, _ = _split(kinds, fair)
    alive = [int(most > 0) for most in window.most]
    whole = counted_whole(kinds, alive)
    if whole is None:
        return _walked(kinds, chance, MORE * number, fair, told)
    sits, walks = inside.weights @ inside.juries, Walks(kinds, whole)
    if walks.total <= MORE * number:
        return _every_one(kinds, walks, window, sits)
    drawn, gap = _counted(kinds, whole, alive, sits, chance, MORE * number)
    return _kept(kinds, drawn[_within(kinds, window, drawn)], inside, gap=gap)


def _walked(kinds: Kinds, chance: Stream, number: int, fair: Mixture, told: Told) -> Sample:
    """Return juries found by walks, and those few of the given lottery where no walk goes."""
    window, inside, rest = _split(kinds, fair, EDGE)
    sits, apart = inside.weights @ inside.juries, float(rest.weights.sum())
    weights, walkers, steps = fitted(kinds, sits / kinds.people, window, chance.below(1 << 62), told)
    sample = from_walks(walkers, steps, number, told)
    logs = np.log(weights)
    gap = abs(float(logs @ (sample.expected * kinds.people - sits)))
    gap += 3 * float(np.sqrt(((logs * kinds.people * sample.error) ** 2).sum()))
    found = _kept(kinds, sample.counts, inside, gap=gap)
    return replace(
        found, counts=np.concatenate([found.counts, rest.juries.astype(np.int16)]),
        weights=np.append((1 - apart) * np.asarray(found.weights), rest.weights),
        expected=(1 - apart) * found.expected + rest.weights @ rest.juries / kinds.people,
        walked=sample.walked, alike=sample.alike,
    )  # fmt: skip


def _split(kinds: Kinds, fair: Mixture, near: float = NEAR) -> tuple[Window, Mixture, Mixture]:
    """Return what every jury of a lottery must meet, the juries that do, and those that only nearly need not.

    The weights of the first add up to 1; those of the second are their part of the whole lottery, which is
    small: for `near` of the default they are what rounding left, and are dropped.
    """
    weights = fair.weights / fair.weights.sum()
    juries = np.asarray(fair.juries, float)
    window = narrowed(kinds, weights @ juries / kinds.people, near)
    on = _within(kinds, window, juries)
    if weights[on].sum() < 1 - MUCH:
        return _split(kinds, fair)
    out = ~on if near > NEAR else np.zeros(len(on), bool)
    inside = Mixture(juries[on], weights[on] / weights[on].sum(), 0.0)
    return window, inside, Mixture(juries[out], weights[out], 0.0)


def _within(kinds: Kinds, window: Window, juries: Floats) -> NDArray[np.bool_]:
    """Return which juries are within a window."""
    held = juries @ kinds.matrix.T
    low, high = np.append(window.low, window.must), np.append(window.high, window.most)
    both = np.concatenate([held, juries], axis=1)
    return np.asarray(((both >= low) & (both <= high)).all(axis=1))


def _every_one(kinds: Kinds, walks: Walks, window: Window, sits: Floats) -> Sample:
    """Return every jury there is, with the weights of greatest entropy."""
    counts = np.array([of for of, _ in walks.every()], float)
    counts = counts[_within(kinds, window, counts)]
    found = [(jury, at) for at, of in enumerate(counts) for jury in listed(kinds, of.astype(int).tolist())]
    every = counts[[at for _, at in found]]
    best = bent(every, np.full(len(every), 1 / len(every)), sits, kinds.people)
    assert best is not None  # the lottery that is given is one of these
    return _sample(
        kinds, every, best.weights, sits, tuple(jury for jury, _ in found), gap=best.gap, whole=True
    )


def _counted(
    kinds: Kinds, whole: Counting, alive: list[int], sits: Floats, chance: Stream, number: int
) -> tuple[Floats, float]:
    """Return juries drawn with the weights of the dual, and how much more random a lottery can be."""
    from scipy.optimize import minimize  # half a second that no other rule waits for

    on = np.array(alive, bool)
    slopes, limits = _Dual(whole, on, sits), [(-STEEP, STEEP)] * len(sits)
    found = minimize(
        slopes.value, np.zeros(len(sits)), jac=True, method="L-BFGS-B", bounds=limits,
        options={"maxiter": ROUNDS, "maxcor": 30, "ftol": 0.0, "gtol": 1e-10},
    )  # fmt: skip
    theta = np.asarray(found.x, float)
    least = theta[on].min()
    weights = [round(math.exp(t - least) * FINE) * live for t, live in zip(theta, alive, strict=True)]
    again = counted_whole(kinds, weights)
    assert again is not None
    walks = Walks(kinds, again)
    seats = again.seats(len(sits))
    mean = np.array([n / walks.total for n in seats])
    logs = np.array([math.log(w / FINE) if w else 0.0 for w in weights])
    return drawn_from(walks, chance, number), abs(float(logs @ (mean - sits)))


def _kept(kinds: Kinds, drawn: Floats, fair: Mixture, *, gap: float) -> Sample:
    """Return juries that were drawn, with weights that give the chances; and more juries where needed."""
    sits = fair.weights @ fair.juries
    even = np.full(len(drawn), 1 / max(len(drawn), 1))
    best = bent(drawn, even, sits, kinds.people) if len(drawn) else None
    if best is None:
        mixed = _made_good(kinds, drawn, even, fair)
        if mixed is None:
            return _sample(kinds, fair.juries, fair.weights, sits, (), gap=None, given=True)
        return _sample(kinds, *mixed, sits, (), gap=gap)
    return _sample(kinds, drawn, best.weights, sits, (), gap=gap)


def _made_good(kinds: Kinds, drawn: Floats, even: Floats, fair: Mixture) -> tuple[Floats, Floats] | None:
    """Return juries drawn, nearly with the chances, and others that make good what is missing.

    What all have together is a mean of what those drawn give and of a point beyond the chances, on the other
    side. The nearer those drawn come, the smaller is the part of that point, which must be possible; None
    where it would be nearly everything, or no juries give it.
    """
    sits = fair.weights @ fair.juries
    if not len(drawn):
        return None
    weights = near(drawn, even, sits, kinds.people)
    off = sits - weights @ drawn
    beyond = _room(kinds, sits, off)
    part = 1 / (1 + beyond) if np.isfinite(beyond) else 0.0
    if part > MOSTLY:
        return None
    rest = decompose(kinds, (sits + beyond * off) / kinds.people) if part else None
    if rest is None or rest.left > ATTAINED:
        return None
    others = rest.weights / rest.weights.sum()
    return (
        np.concatenate([drawn, rest.juries.astype(drawn.dtype)]),
        np.concatenate([(1 - part) * weights, part * others]),
    )


def _room(kinds: Kinds, sits: Floats, way: Floats) -> float:
    """Return how far one can go this way from a point before a target, or a kind, leaves no more room."""
    held, more = kinds.matrix @ sits, kinds.matrix @ way
    at, by = np.append(held, sits), np.append(more, way)
    low, high = np.append(kinds.low, kinds.least), np.append(kinds.high, kinds.most)
    moves = np.abs(by) > 1e-9
    room = np.where(by > 0, high - at, at - low)[moves] / np.abs(by[moves])
    return float(np.maximum(room, 0).min(initial=np.inf)) * 0.999


def _sample(
    kinds: Kinds, juries: Floats, weights: Floats, sits: Floats, named: tuple[tuple[int, ...], ...], *,
    gap: float | None, whole: bool = False, given: bool = False,
) -> Sample:  # fmt: skip
    on = weights > 0
    named = tuple(jury for jury, some in zip(named, on, strict=True) if some) if named else ()
    return Sample(
        juries[on], named, sits / kinds.people, np.zeros(len(sits)), len(juries), gap=gap,
        weights=weights[on], whole=whole, given=given,
    )  # fmt: skip


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
