"""Juries found by walks, where there are too many to be counted: in the long run as likely as their weight.

Walks go through sets of people that miss some targets too (`kernels`), so that no jury is out of reach. So
that they often meet all, a person too many or too few is made less likely, and more so for a value that the
pool has more, or less, of than the targets ask for; that changes nothing among sets that meet all targets.
When every place was filled anew a hundred times and more, a walk is looked at now and then, and its jury is
taken the first time that it meets all targets. Then it goes on, fills every place anew, and is looked at
again, until it has given its part of the juries.

What is proven: in the long run a walk is at each jury as often as the jury's weight says (Metropolis,
Rosenbluth, Rosenbluth, Teller and Teller 1953). What is not: that the walks are long enough. So half of
them begin at people called at random, and half at one and the same jury. If at the end it can still be told
who sits more often in one half than in the other, beyond what chance explains, all go on, twice as long;
and if that does not help, nothing is drawn (after Gelman and Rubin 1992, who compare walks from starts far
apart).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.errors import Impossible
from fairground.power.juries.chance import Stream
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.sampling import Sample, Told
from fairground.power.juries.swaps import joined

__all__ = ["Walkers", "Window", "by_walk", "from_walks", "pace"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FACTORS = (0.5, 0.35, 0.25, 0.18, 0.12, 0.08, 0.05, 0.03, 0.02, 0.01)  # for a person too many or too few
OFTEN = 0.08  # the share of walks that meet all targets, at least
ROUNDS = 120  # times that each place is filled anew, on average, before a jury is taken
LONGER = 4  # times that walks may be made twice as long
ALIKE = 1.35  # of the mean square difference half-way, in standard errors: 1 if only chance differs
FARTHER = 5.0  # standard errors that no one kind may differ by
LOOKS = 2000  # looks for juries that meet all targets, before it is given up
FINE, FARTHEST = 64, 4096.0  # a tilt is rounded to sixty-fourths
SELDOM = "Random walks meet all targets of this pool too seldom to draw juries by them"
PILOT = 64  # walks that find out how walks go
WALKS = 500  # walks that juries are taken from, at most


@dataclass(frozen=True, eq=False)
class Window:
    """Which numbers of people of each row are wanted, and which kinds may or must sit.

    Parameters
    ----------
    low, high : shape (rows,). must, most : shape (kinds,), people of each kind who sit always, and at most.
    """

    low: Floats
    high: Floats
    must: Floats
    most: Floats

    @classmethod
    def of(cls, kinds: Kinds) -> Window:
        """Return the window of the targets themselves."""
        return cls(kinds.low, kinds.high, kinds.least, kinds.most)


class Walkers:
    """Many walks over the juries of a pool, each with chance of its own."""

    def __init__(self, kinds: Kinds, window: Window, weights: Floats, number: int, seed: int) -> None:
        from fairground.power.juries import kernels  # compiled code that few rules wait for

        self.kernels, self.kinds, self.number, self.seed = kernels, kinds, number, seed
        size, rows = int(kinds.low[0]), kinds.matrix[1:]
        must = np.repeat(np.arange(len(kinds.units)), window.must.astype(int))
        free = np.repeat(np.arange(len(kinds.units)), (window.most - window.must).astype(int))
        self.fixed, self.kind_of = len(must), np.append(free, must).astype(np.int64)
        of_kind = [np.flatnonzero(rows[:, kind]) for kind in range(len(kinds.units))]
        groups = [np.flatnonzero(row[free] > 0) for row in rows]
        self.places, self.rows = joined(of_kind), joined(groups)
        self.low, self.high = window.low[1:].astype(np.int64), window.high[1:].astype(np.int64)
        self.shared = len({name[1] for name in kinds.names if name[0] == "target"})
        self.weight = np.array([len(units[0]) for units in kinds.units]) * weights
        self.tilt = np.ones(len(rows))
        self.factor, self.free = FACTORS[0], len(free)
        self.seats = np.zeros((number, size), np.int64)
        self.seats[:, : self.fixed] = len(free) + np.arange(len(must))
        self.seated = np.zeros((number, len(self.kind_of)), bool)
        self.held = np.zeros((number, len(rows)), np.int64)
        self.off, self.states = np.zeros(number, np.int64), np.zeros(number, np.uint64)
        self.steps = self.taken = 0
        self.begin()

    def begin(self) -> None:
        """Start all walks anew, from people called at random."""
        self.kernels.start_each_in_place(
            self.seats, self.seated, self.held, self.off, self.states, self.fixed, np.uint64(self.seed),
            self.kind_of, *self.places, self.low, self.high,
        )  # fmt: skip

    def go(self, steps: int, going: NDArray[np.bool_] | None = None) -> float:
        """Let walks go on by so many steps, and return the share of steps that were taken."""
        going = np.ones(self.number, bool) if going is None else going
        if self.fixed == self.seats.shape[1] or self.free <= 1:
            return 1.0
        taken = self.kernels.walk_each_in_place(
            self.seats, self.seated, self.held, self.off, self.states, going, self.fixed, steps, self.kind_of,
            *self.places, self.low, self.high, self.weight, self.factor / self.tilt, self.factor * self.tilt,
            self.shared, *self.rows,
        )  # fmt: skip
        return float(taken) / max(1, steps * int(going.sum()))

    def gather(self) -> None:
        """Let every other walk go on from where the first one is."""
        for of in (self.seats, self.seated, self.held, self.off):
            of[::2] = of[0]

    def seen(self) -> tuple[Floats, Floats]:
        """Return how many of each kind sit in each walk that misses nothing now, and which these are."""
        met = self.met()
        return self.counts() * met[:, None], met.astype(float)

    def counts(self) -> Floats:
        """Return how many of each kind sit in each walk, shape (walks, kinds)."""
        kinds = len(self.kinds.units)
        at = self.kind_of[self.seats] + kinds * np.arange(self.number)[:, None]
        return (
            np.bincount(at.ravel(), minlength=self.number * kinds).reshape(self.number, kinds).astype(float)
        )

    def met(self) -> NDArray[np.bool_]:
        """Return which walks miss no target now."""
        found: NDArray[np.bool_] = self.off == 0
        return found


def by_walk(kinds: Kinds, chance: Stream, number: int, told: Told = None) -> Sample:
    """Draw juries by walks; each is in the long run equally likely.

    Raises
    ------
    Impossible : walks meet all targets too seldom, or are not alike half-way and at the end.
    """
    window, weights = Window.of(kinds), np.ones(len(kinds.units))
    tilt = tilted(kinds, window)
    factor, steps = pace(kinds, window, weights, tilt, chance.below(1 << 63))
    walkers = Walkers(kinds, window, weights, max(min(number, WALKS), PILOT), chance.below(1 << 63))
    walkers.factor, walkers.tilt = factor, tilt
    walkers.go(steps * ROUNDS // 2)
    return from_walks(walkers, steps, number, told, steps * ROUNDS // 2)


def from_walks(walkers: Walkers, steps: int, number: int, told: Told = None, walked: int = 0) -> Sample:
    """Return juries that walks under way come to, when those that began apart are alike.

    Parameters
    ----------
    steps : in which every place is filled anew, on average. walked : steps that were walked before.

    Raises
    ------
    Impossible : walks meet all targets too seldom, or are not alike at the end.
    """
    length, half = _until_alike(walkers, steps, told)
    found: list[NDArray[np.int16]] = []
    sits, times, looks = np.zeros((walkers.number, len(walkers.kinds.units))), np.zeros(walkers.number), 0
    while times.sum() < number:
        if looks:
            walkers.go(steps)
        counts, met = walkers.seen()
        found.append(counts[met > 0].astype(np.int16))
        sits, times, looks = sits + counts, times + met, looks + 1
        if looks > LOOKS * (1 + times.sum() / walkers.number):
            raise Impossible(SELDOM)
        if told:
            told(0.6 + 0.4 * min(1.0, float(times.sum()) / number))
    expected, error = _mean_of_walks(walkers.kinds, sits, times)
    counts, walked = np.concatenate(found), walked + length + steps * (looks - 1)
    return Sample(counts, (), expected, error, len(counts), walked=walked, alike=half)


def _mean_of_walks(kinds: Kinds, sits: Floats, times: Floats) -> tuple[Floats, Floats]:
    """Return each kind's mean chance, and its standard error by the spread between walks."""
    total = float(times.sum())
    mean = sits.sum(axis=0) / total
    apart = (sits - times[:, None] * mean) / total
    error = np.maximum(np.sqrt((apart * apart).sum(axis=0)), 1 / total)
    return mean / kinds.people, error / kinds.people


def tilted(kinds: Kinds, window: Window) -> Floats:
    """Return for each row how much likelier its people must be made, so that walks come to what is wanted."""
    middle, size = (window.low + window.high) / 2, float(kinds.low[0])
    free = window.most - window.must
    odds = np.full(len(kinds.units), size / max(float(free.sum()) - size, 1.0))
    weights = np.ones(len(kinds.low))
    for _ in range(200):
        for row in range(len(kinds.low)):
            on = kinds.matrix[row] > 0
            sits = float((window.must + free * odds / (1 + odds))[on].sum())
            low, high = window.low[row] + 0.1, window.high[row] - 0.1
            wanted = min(max(sits, low), high) if low < high else middle[row]
            if kinds.names[row][0] == "household":
                wanted = min(sits, 0.9)
            if sits > 1e-9 and wanted > 0:
                by = min(max(wanted / sits, 0.25), 4.0)
                weights[row] *= by
                odds = np.where(on, odds * by, odds)
    fine = np.maximum(np.round(weights[1:] * FINE), 1.0) / FINE
    return np.minimum(fine, FARTHEST)


def pace(
    kinds: Kinds, window: Window, weights: Floats, tilt: Floats, seed: int, often: float = OFTEN
) -> tuple[float, int]:
    """Return the mildest factor by which walks often meet all targets, and steps that fill all places."""
    some = Walkers(kinds, window, weights, PILOT, seed)
    some.tilt = tilt
    seats = max(some.seats.shape[1] - some.fixed, 1)
    met = 0.0
    for factor in FACTORS:
        some.factor, met = factor, 0.0
        share = some.go(200 * seats)
        for _ in range(20):
            share = some.go(10 * seats)
            met += float(some.met().mean()) / 20
        if met >= often:
            return factor, round(seats / max(share, 0.002))
    raise Impossible(
        SELDOM,
        (f"of {PILOT} walks, {met:.0%} met them at a time", "ask for another rule by name"),
    )


def _until_alike(walkers: Walkers, steps: int, told: Told) -> tuple[int, float]:
    """Walk until both halves are alike; return how many steps that took, and how alike they are."""
    length, part = 0, steps * ROUNDS // 2
    walkers.gather()
    for turn in range(LONGER + 1):
        walkers.go(part)
        length += part
        if told:
            told(min(0.6, (turn + 1) / (LONGER + 1)))
        differ, farthest = _difference(walkers.counts())
        if differ <= ALIKE and farthest <= FARTHER:
            return length, differ
        part *= 2
    raise Impossible(
        "Random walks of this pool do not forget where they began",
        (f"after {length:,} steps it can still be told", "ask for another rule by name"),
    )


def _difference(counts: Floats) -> tuple[float, float]:
    """Return the mean square and the greatest difference of both halves' means, in standard errors."""
    one, other = counts[::2], counts[1::2]
    spread = one.var(axis=0, ddof=1) / len(one) + other.var(axis=0, ddof=1) / len(other)
    free = spread > 1e-12
    if not free.any():
        return 0.0, 0.0
    apart = (one.mean(axis=0) - other.mean(axis=0))[free] ** 2 / spread[free]
    return float(apart.mean()), float(np.sqrt(apart.max()))
