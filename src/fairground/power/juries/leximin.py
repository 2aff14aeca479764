"""The fairest chances: raise the lowest chance as far as it goes, then the second lowest (leximin).

Flanigan, Gölz, Gupta, Hennig and Procaccia (2021), Fair algorithms for selecting citizens' assemblies,
Nature 596. Here the chances are found first, as if a fraction of a person could sit on a jury: a few small
linear programs over kinds of people. No lottery can be fairer than these chances. `decomposition` then
writes them as a lottery of whole juries; where that succeeds, the lottery is leximin, and the programs'
prices prove it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from fairground.power.juries.kinds import Kinds
from fairground.power.juries.pool import Pool, Quotas
from fairground.power.juries.solver import INFINITE, Program

__all__ = ["WEIGHT", "Chances", "Level", "best_chances", "proven", "unreachable", "with_a_chance"]

Floats = NDArray[np.float64]
SLACK = 1e-11
PRICE = 1e-9
WEIGHT = 1e-5  # whose weight is less is settled at a later level: so small a weight proves nothing of them


@dataclass(frozen=True)
class Level:
    """One step up: what the lowest chance can be, whose chance it is, and the prices that prove it.

    Parameters
    ----------
    chance : nobody among those not settled before can all have more; with what earlier draws gave them.
    settled : the kinds who get it. weights : for each settled kind a weight; they add up to 1. prices : for
        each row that binds its price.
    held : where whole juries had to be looked at one by one, the price of each other kind's floor.
    """

    chance: float
    settled: tuple[int, ...]
    weights: tuple[float, ...]
    prices: tuple[tuple[int, float], ...] = ()
    held: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, eq=False)
class Chances:
    """The chance of each kind, shape (kinds,), and the levels by which it was found."""

    of_kinds: Floats
    levels: tuple[Level, ...]


def best_chances(kinds: Kinds, cap: float = 1.0) -> Chances | None:
    """Return the leximin chances over fractional juries, or None where not even a fractional jury exists.

    Parameters
    ----------
    cap : the highest chance that anyone may have, except those who must be on the jury.
    """
    most = np.maximum(np.minimum(kinds.most, cap * kinds.people), kinds.least)
    rows, number = kinds.matrix.shape
    program = with_a_chance(kinds, most)
    program.costs(np.append(np.zeros(number), 1))
    chances, levels = np.full(number, np.nan), []
    while np.isnan(chances).any():
        found = program.solve()
        if found is None:
            return None
        level = _level(kinds, program, float(found[number]), np.isnan(chances))
        levels.append(level)
        for kind in level.settled:
            chances[kind] = level.chance - kinds.ahead[kind]
            program.row(rows + kind, -INFINITE, INFINITE)
            floor = max(kinds.least[kind], chances[kind] * kinds.people[kind] - SLACK)
            program.bound(kind, floor, max(floor, most[kind]))
    return Chances(np.clip(chances, 0, kinds.most / kinds.people), tuple(levels))


def with_a_chance(kinds: Kinds, most: Floats, *, above: bool = False) -> Program:
    """Return the program of fractional juries with one more variable, a chance.

    Parameters
    ----------
    most : the most people of each kind. above : no kind's chance is above it; else no kind's, with
        what earlier draws gave it, is below it.
    """
    number = kinds.matrix.shape[1]
    people = sparse.csr_matrix(-kinds.people[:, None])
    wide = sparse.bmat([[sparse.csr_matrix(kinds.matrix), None], [sparse.identity(number), people]])
    none, any_ = np.zeros(number), np.full(number, INFINITE)
    low, high = (-any_, none) if above else (-kinds.people * kinds.ahead, any_)
    span = (0.0, 1.0) if above else kinds.span
    return Program(
        wide, np.append(kinds.low, low), np.append(kinds.high, high),
        np.append(kinds.least, span[0]), np.append(most, span[1]),
    )  # fmt: skip


def _level(kinds: Kinds, program: Program, chance: float, free: NDArray[np.bool_]) -> Level:
    """Read from a solved program who cannot have more, and why."""
    rows = len(kinds.matrix)
    duals = program.duals()
    weights = np.where(free, np.abs(duals[rows:]) * kinds.people, 0.0)
    settled = np.flatnonzero(weights > WEIGHT * max(weights.sum(), PRICE))
    if not len(settled):  # the chance stopped at certainty itself: everyone left has it
        settled = np.flatnonzero(free)
        return Level(chance, tuple(map(int, settled)), tuple([1 / len(settled)] * len(settled)))
    total = weights[settled].sum()
    priced = np.flatnonzero(np.abs(duals[:rows]) > PRICE)
    return Level(
        chance,
        tuple(map(int, settled)),
        tuple(float(w) / total for w in weights[settled]),
        tuple((int(row), float(duals[row] / total)) for row in priced),
    )


def proven(kinds: Kinds, level: Level, floors: Floats) -> float:
    """Return a chance that the settled kinds cannot all pass, by arithmetic alone.

    A weighted mean of their chances is bounded by the prices of the rows, whatever lottery is used, as long
    as every kind keeps its floor (weak duality).

    Parameters
    ----------
    floors : shape (kinds,), the chance of each kind settled before, else the lowest of all others; with what
        earlier draws gave.
    """
    worth = np.zeros(len(kinds.units))
    worth[list(level.settled)] = np.array(level.weights) / kinds.people[list(level.settled)]
    prices = np.zeros(len(kinds.matrix))
    for row, price in level.prices:
        prices[row] = price
    rest = worth - prices @ kinds.matrix
    least = np.maximum(kinds.least, (floors - kinds.ahead) * kinds.people - SLACK)
    bound = np.maximum(prices * kinds.low, prices * kinds.high).sum()
    given = (worth * kinds.people) @ kinds.ahead
    return float(bound + np.maximum(rest * least, rest * kinds.most).sum() + given)


def unreachable(pool: Pool, quotas: Quotas) -> tuple[str, ...]:
    """Return the ids of volunteers who sit on no jury that meets the targets, not even on a fractional one.

    Whoever only a fractional jury could hold is not named here; the lottery gives them no chance and says so.

    >>> from fairground.power.juries import Pool, Quotas, Target, Volunteer, unreachable
    >>> people = (Volunteer("a", ("young",)), Volunteer("b", ("old",)), Volunteer("c", ("old",)))
    >>> none_young = (Target("age", "young", 0, 0), Target("age", "old", 2, 2))
    >>> unreachable(Pool(("age",), people), Quotas(2, none_young))
    ('a',)
    """
    kinds = Kinds.of(pool, quotas)
    program = Program(kinds.matrix, kinds.low, kinds.high, kinds.least, kinds.most)
    most = np.zeros(len(kinds.units))
    for kind in range(len(most)):
        if most[kind] <= PRICE:
            program.costs(np.eye(1, len(most), kind)[0])
            jury = program.solve()
            most = most if jury is None else np.maximum(most, jury)
    return tuple(p.id for p, can in zip(pool.volunteers, kinds.each(most), strict=True) if can <= PRICE)
