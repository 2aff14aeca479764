"""Chances as a lottery of whole juries: take out one whole jury after another, each as often as it can be.

If the chances are a point of the polytope of fractional juries, a whole jury that lies on every face the
point lies on can be taken out until the point meets another face; after at most as many juries as there are
kinds, nothing is left. This is how Carathéodory's theorem is proved, and how Birkhoff and von Neumann write
a doubly stochastic matrix as a mixture of permutations. A whole jury on the face may not exist; what is
then left over is said, and `columns` finds the best lottery in the ordinary way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.power.juries.kinds import Kinds
from fairground.power.juries.solver import Program

__all__ = ["Mixture", "decompose"]

Floats = NDArray[np.float64]
NEAR = 1e-9
ENOUGH = 1e-7


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
    chance = np.random.default_rng(seed)
    rest, weight = np.clip(chances * kinds.people, 0, kinds.most), 1.0
    program = Program(kinds.matrix, kinds.low, kinds.high, kinds.least, kinds.most, whole=True)
    program.within(0.05)
    juries, weights = [], []
    while weight > ENOUGH:
        jury = _on_face(kinds, program, rest / weight, NEAR / weight, chance)
        share = 0.0 if jury is None else _step(kinds, rest, weight, jury)
        if jury is None or share <= NEAR / 10:
            break
        rest, weight = np.maximum(rest - share * jury, 0), weight - share
        juries.append(jury)
        weights.append(share)
        if told:
            told(1 - weight)
    found = np.array(juries).reshape(len(juries), len(kinds.units))
    return Mixture(found, np.array(weights), max(weight, 0.0))


def _on_face(
    kinds: Kinds, program: Program, point: Floats, near: float, chance: np.random.Generator
) -> Floats | None:
    """Return a whole jury on every face on which a point lies, rounded up where the point is nearly up."""
    near = max(near, 1e-8)
    program.costs(point - np.floor(point) - 0.5 + chance.normal(0, 0.05, len(point)))
    held = kinds.matrix @ point
    low, high = (
        np.maximum(np.floor(held + 30 * near), kinds.low),
        np.minimum(np.ceil(held - 30 * near), kinds.high),
    )
    crossed = low > high
    low[crossed], high[crossed] = kinds.low[crossed], kinds.high[crossed]
    least = np.clip(np.floor(point + near), kinds.least, kinds.most)
    most = np.clip(np.ceil(point - near), kinds.least, kinds.most)
    program.bounds(least, np.maximum(least, most))
    program.limits(low, high)
    found = program.solve()
    if found is None:  # further than the nearest whole numbers, but still on the face
        at_low, at_high = held <= kinds.low + 30 * near, held >= kinds.high - 30 * near
        program.limits(np.where(at_high, kinds.high, kinds.low), np.where(at_low, kinds.low, kinds.high))
        program.bounds(
            np.where(point >= kinds.most - near, kinds.most, kinds.least),
            np.where(point <= near, 0.0, kinds.most),
        )
        found = program.solve()
    return None if found is None else np.round(found)


def _step(kinds: Kinds, rest: Floats, weight: float, jury: Floats) -> float:
    """Return how much of a jury can be taken out before the rest leaves the polytope."""
    held, had = kinds.matrix @ jury, kinds.matrix @ rest
    limits = [
        (jury - kinds.least, rest - kinds.least * weight),
        (kinds.most - jury, kinds.most * weight - rest),
        (held - kinds.low, had - kinds.low * weight),
        (kinds.high - held, kinds.high * weight - had),
    ]
    return min(weight, *(float((room[by > 0] / by[by > 0]).min(initial=np.inf)) for by, room in limits))
