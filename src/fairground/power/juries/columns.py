"""The fairest lottery where fractional juries promise too much: leximin over whole juries, one by one.

A small program mixes the juries known so far; its prices ask for the jury that would help most; when no jury
helps any more, the lowest chance is as high as it goes, and who holds it down is settled. Flanigan et al.
(2021), Nature 596, supplementary information 8; here over kinds of people, and every level keeps its proof.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from fairground.errors import Impossible
from fairground.power.juries.decomposition import Mixture
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.leximin import WEIGHT, Chances, Level
from fairground.power.juries.solver import INFINITE, Program

__all__ = ["dearest", "over_whole_juries"]

Floats = NDArray[np.float64]
CLOSE = 1e-9
PRICE = 1e-9


def over_whole_juries(
    kinds: Kinds, known: Sequence[Floats] = (), told: Callable[[float], None] | None = None
) -> tuple[Chances, Mixture]:
    """Return the leximin chances over lotteries of whole juries, and such a lottery.

    Parameters
    ----------
    known : juries to begin with. told : is given the share of kinds that are settled, again and again.

    Raises
    ------
    Impossible : no whole jury meets the quotas.
    """
    program = Program(kinds.matrix, kinds.low, kinds.high, kinds.least, kinds.most, whole=True)
    program.within(0.0)
    juries = [np.array(jury, float) for jury in known] or [_any(program, kinds)]
    floors, levels = np.full(len(kinds.units), np.nan), []
    weights = np.ones(1)
    while np.isnan(floors).any():
        weights, level = _raise(kinds, program, juries, floors)
        levels.append(level)
        floors[list(level.settled)] = level.chance
        if told:
            told(float(np.mean(~np.isnan(floors))))
    held = weights > CLOSE / 10
    whole = np.array(juries)[: len(weights)][held]
    mixture = Mixture(whole, weights[held] / weights[held].sum(), 0.0)
    return Chances(np.clip(floors - kinds.ahead, 0, 1), tuple(levels)), mixture


def dearest(kinds: Kinds, program: Program, worth: Floats) -> tuple[Floats, float]:
    """Return the whole jury whose people are worth most, and what it is worth."""
    program.costs(worth)
    found = program.solve()
    if found is None:
        raise Impossible("No jury meets the targets")
    jury = np.round(found)
    return jury, float(worth @ jury)


def _any(program: Program, kinds: Kinds) -> Floats:
    return dearest(kinds, program, np.zeros(len(kinds.units)))[0]


def _raise(kinds: Kinds, program: Program, juries: list[Floats], floors: Floats) -> tuple[Floats, Level]:
    """Raise the lowest chance of those not settled as far as it goes; juries that help are added."""
    free = np.isnan(floors)
    while True:
        weights, chance, prices = _mix(kinds, juries, floors)
        worth = prices / kinds.people
        jury, best = dearest(kinds, program, worth)
        if best <= chance + float(prices[~free] @ floors[~free] - prices @ kinds.ahead) + CLOSE:
            break
        juries.append(jury)
    named = np.flatnonzero(free & (prices > WEIGHT * max(prices[free].sum(), PRICE)))
    if not len(named):
        named = np.flatnonzero(free)
        prices = np.where(free, 1 / len(named), prices)
    total = prices[named].sum()
    settled = tuple(map(int, named))
    held = np.setdiff1d(np.flatnonzero(prices > PRICE), named)
    return weights, Level(
        chance,
        settled,
        tuple(float(p) / total for p in prices[named]),
        held=tuple((int(kind), float(prices[kind] / total)) for kind in held),
    )


def _mix(kinds: Kinds, juries: list[Floats], floors: Floats) -> tuple[Floats, float, Floats]:
    """Return the best weights of known juries, the lowest free chance, and the price of each kind's."""
    free, shares = np.isnan(floors), np.array(juries) / kinds.people
    matrix = np.vstack(
        [np.hstack([shares.T, -free[:, None].astype(float)]), np.append(np.ones(len(juries)), 0)]
    )
    low = np.append(np.where(free, 0, np.nan_to_num(floors) - CLOSE / 10) - kinds.ahead, 1)
    high = np.append(np.full(len(free), INFINITE), 1)
    none, all_ = np.zeros(len(juries)), np.ones(len(juries))
    program = Program(matrix, low, high, np.append(none, kinds.span[0]), np.append(all_, kinds.span[1]))
    program.costs(np.append(np.zeros(len(juries)), 1))
    found = program.solve()
    if found is None:
        raise ArithmeticError("the juries that were known no longer give the chances that were settled")
    return found[:-1], float(found[-1]), np.abs(program.duals()[:-1])
