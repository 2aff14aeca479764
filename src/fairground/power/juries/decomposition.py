"""Chances as a lottery of whole juries: take out one whole jury after another, each as often as it can be.

If the chances are a point of the polytope of fractional juries, a whole jury that lies on every face the
point lies on can be taken out until the point meets another face; after at most as many juries as there are
kinds, nothing is left. This is how Carathéodory's theorem is proved, and how Birkhoff and von Neumann write
a doubly stochastic matrix as a mixture of permutations. A whole jury on the face may not exist; what is
then left over is said, and `columns` finds the best lottery in the ordinary way.

Where there are thousands of kinds, a walk (`kernels`) looks for each whole jury: from people called as often
as the point says, one swap at a time, until it lies on every face. A program is asked only where it fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from fairground.power.juries.kinds import Kinds
from fairground.power.juries.solver import Program
from fairground.power.juries.swaps import Walk

__all__ = ["Faces", "Mixture", "decompose"]

Floats = NDArray[np.float64]
NEAR = 1e-11
ENOUGH = 2e-9
LARGE = 300_000  # numbers in the rows of all kinds, beyond which noughts are left out, and a walk looks first
STEPS, MISSED = 200_000, 0.05  # of a walk at most; how likely it misses a row by one person more
SHARES = (0.1, 0.25, 0.5, 1.0)  # of the kinds that are let go, one after another: change speed only


@dataclass(frozen=True, eq=False)
class Mixture:
    """Whole juries, shape (juries, kinds) as numbers of people of each kind, and the weight of each.

    `left` is the weight for which no whole jury was found; 0 to rounding where the chances are attainable.
    """

    juries: Floats
    weights: Floats
    left: float


def decompose(
    kinds: Kinds, chances: Floats, seed: int = 0, told: Callable[[float], None] | None = None
) -> Mixture:
    """Write chances as a mixture of whole juries.

    Parameters
    ----------
    chances : shape (kinds,), in the polytope of fractional juries. seed : of the order in which juries come
        out. told : is given the share that is done, again and again.
    """
    rest, weight = np.clip(chances * kinds.people, 0, kinds.most), 1.0
    faces = Faces(kinds, np.random.default_rng(seed))
    juries, weights = [], []
    while weight > ENOUGH:
        jury = faces.jury(rest / weight, NEAR / weight)
        share = 0.0 if jury is None else faces.step(rest, weight, jury)
        if jury is None or share <= NEAR / 10:
            break
        rest, weight = np.maximum(rest - share * jury, 0), weight - share
        juries.append(jury.astype(np.int16) if faces.large else jury)
        weights.append(share)
        if told:
            told(1 - weight)
    found: Any = np.array(juries).reshape(len(juries), len(kinds.units))
    return Mixture(found, np.array(weights), max(weight, 0.0))


class Faces:
    """Finds whole juries on the faces on which a point lies, first where they are cheap to find.

    A linear program over the nearest whole numbers gives a jury that is whole but for a few kinds. These few,
    and some more by chance, are then searched with all others held; only where none is found, all kinds are.
    """

    def __init__(self, kinds: Kinds, chance: np.random.Generator) -> None:
        self.kinds, self.chance = kinds, chance
        self.large = kinds.matrix.size > LARGE
        self.rows = sparse.csr_matrix(kinds.matrix) if self.large else kinds.matrix
        parts = (kinds.matrix, kinds.low, kinds.high, kinds.least, kinds.most)
        self.fractional, self.whole = Program(*parts), Program(*parts, whole=True)
        self.whole.within(0.05)

    def jury(self, point: Floats, near: float) -> Floats | None:
        """Return a whole jury on every face of a point, rounded up where the point is nearly up; or None."""
        kinds, near = self.kinds, max(near, 1e-8)
        cost = point - np.floor(point) - 0.5 + self.chance.normal(0, 0.05, len(point))
        held = self.rows @ point
        low = np.maximum(np.floor(held + 30 * near), kinds.low)
        high = np.minimum(np.ceil(held - 30 * near), kinds.high)
        crossed = low > high
        low[crossed], high[crossed] = kinds.low[crossed], kinds.high[crossed]
        least = np.clip(np.floor(point + near), kinds.least, kinds.most)
        most = np.maximum(least, np.clip(np.ceil(point - near), kinds.least, kinds.most))
        if self.large and (jury := self._walked(point, low, high, least, most)) is not None:
            return jury
        for program in (self.fractional, self.whole):
            program.costs(cost)
            program.limits(low, high)
        found = self._near(least, most)
        return self._anywhere(point, held, near) if found is None else np.round(found)

    @cached_property
    def walk(self) -> Walk:
        """What is walked on, for pools of many kinds."""
        return Walk(self.kinds)

    def _walked(self, point: Floats, low: Floats, high: Floats, least: Floats, most: Floats) -> Floats | None:
        """Return a jury within these bounds that a walk finds; None where it finds none."""
        open_ = np.flatnonzero(most > least)
        part = np.clip((point - least)[open_], 1e-9, 1 - 1e-9)
        places = int(self.kinds.low[0] - least.sum())
        if not 0 < places < len(open_):
            return None
        called = np.argpartition(self.chance.exponential(size=len(open_)) / part, places)[:places]
        weights = np.zeros(len(least))
        weights[open_] = part / (1 - part)
        must = np.repeat(np.arange(len(least)), least.astype(int))
        seed = int(self.chance.integers(1 << 62))
        return self.walk.jury(must, open_, called, (low, high), weights, seed, STEPS, MISSED)

    def step(self, rest: Floats, weight: float, jury: Floats) -> float:
        """Return how much of a jury can be taken out before the rest leaves the polytope."""
        return _step(self.kinds, rest, weight, jury, self.rows @ jury, self.rows @ rest)

    def _near(self, least: Floats, most: Floats) -> Floats | None:
        """Return a jury within these bounds: from the linear program, with more and more kinds let go."""
        self.fractional.bounds(least, most)
        start = self.fractional.solve()
        if start is None:
            return None
        whole = np.round(start)
        open_, lot = np.abs(start - whole) > 1e-6, self.chance.random(len(start))
        if not open_.any():
            return whole
        for share in SHARES:
            free = open_ | (lot < share)
            self.whole.bounds(np.where(free, least, whole), np.where(free, most, whole))
            if (found := self.whole.solve()) is not None:
                return found
        return None

    def _anywhere(self, point: Floats, held: Floats, near: float) -> Floats | None:
        """Return a jury further than the nearest whole numbers, but still on the faces; or None."""
        kinds = self.kinds
        at_low, at_high = held <= kinds.low + 30 * near, held >= kinds.high - 30 * near
        self.whole.limits(np.where(at_high, kinds.high, kinds.low), np.where(at_low, kinds.low, kinds.high))
        full, none = point >= kinds.most - near, point <= near
        self.whole.bounds(np.where(full, kinds.most, kinds.least), np.where(none, 0.0, kinds.most))
        found = self.whole.solve()
        return None if found is None else np.round(found)


def _step(kinds: Kinds, rest: Floats, weight: float, jury: Floats, held: Floats, had: Floats) -> float:
    limits = [
        (jury - kinds.least, rest - kinds.least * weight),
        (kinds.most - jury, kinds.most * weight - rest),
        (held - kinds.low, had - kinds.low * weight),
        (kinds.high - held, kinds.high * weight - had),
    ]
    return min(weight, *(float((room[by > 0] / by[by > 0]).min(initial=np.inf)) for by, room in limits))
