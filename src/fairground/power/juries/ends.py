"""The rules that are not leximin, over whole juries: the best lottery, jury by jury, with its bound.

A small program mixes the juries known so far as the rule would have it; its prices ask for the jury that
would help most; when none helps any more, no other lottery is better, and the prices prove it. What is not
straight (a logarithm, one over the lowest chance) is bounded by lines that touch it, one more each time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from fairground.power.juries.bounds import NONE, Bound, gap_of
from fairground.power.juries.columns import dearest
from fairground.power.juries.decomposition import Mixture
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.solver import INFINITE, Program

__all__ = ["CLOSE", "best_mixture", "bound_of_fractions"]

Floats = NDArray[np.float64]
CLOSE = {"minimax": 1e-7, "goldilocks": 1e-6, "nash": 1e-4}  # how far from the bound a lottery may stay
ROUNDS, LINES = 3000, 100
LEAST = 1e-6  # the least chance at which a line touches a logarithm


def best_mixture(
    kinds: Kinds, rule: str, known: Sequence[Floats] = (), told: Callable[[float], None] | None = None,
    gamma: float = 1.0,
) -> tuple[Mixture, Bound]:  # fmt: skip
    """Return the best lottery of whole juries by minimax, Goldilocks or Nash, and the bound that proves it.

    Parameters
    ----------
    known : juries to begin with. told : is given the share that is done, as far as that can be said.
    gamma : by how much Goldilocks weighs the low end.

    Raises
    ------
    Impossible : no whole jury meets the quotas.
    """
    program = Program(kinds.matrix, kinds.low, kinds.high, kinds.least, kinds.most, whole=True)
    program.within(0.0)
    juries = _one_for_each(kinds, program, known)
    can = np.array(juries).sum(axis=0) > 0
    master = _master(kinds, can, rule, gamma)
    for turn in range(ROUNDS):
        weights, bound, worth = master.solve(np.array(juries))
        limit = float(max(np.array(juries)[weights > NONE] @ worth))
        jury, most = dearest(kinds, program, worth)
        helps = most > limit + CLOSE[rule] / 10
        if told:
            told(min(0.99, turn / (turn + 50)))
        if helps:
            juries.append(jury)
        elif master.close():
            break
    held = weights > NONE / 10
    whole = np.array(juries)[: len(weights)][held]
    return Mixture(whole, weights[held] / weights[held].sum(), 0.0), bound


def bound_of_fractions(kinds: Kinds, rule: str, chances: Floats, gamma: float = 1.0) -> Bound:
    """Return the bound that fractional juries give; where whole juries attain that, it proves it.

    Parameters
    ----------
    chances : shape (kinds,), of the lottery that is to be proved; lines touch there first, and no more are
        added when it is proved.
    """
    can = chances > NONE
    master = _master(kinds, can, rule, gamma)
    master.touch_at(chances)
    each = kinds.each(chances)
    for _ in range(LINES):
        bound = master.solve(np.eye(len(can)), fractional=True)[1]
        if master.close() or gap_of(rule, kinds, each, bound, whole=False) <= 0.9 * CLOSE[rule]:
            break
    return bound


def _master(kinds: Kinds, can: NDArray[np.bool_], rule: str, gamma: float) -> _Nash | _Ends:
    return _Nash(kinds, can) if rule == "nash" else _Ends(kinds, can, rule, gamma)


def _frame(kinds: Kinds, number: int, fractional: bool) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Return what mixes juries: rows, their least and most, and the least and most of each number.

    Known juries have weights that add up to 1; or the numbers are the people of each kind of a fractional
    jury.
    """
    if fractional:
        return kinds.matrix, kinds.low, kinds.high, kinds.least, kinds.most
    one = np.ones(1)
    return np.ones((1, number)), one, one, np.zeros(number), np.ones(number)


def _one_for_each(kinds: Kinds, program: Program, known: Sequence[Floats]) -> list[Floats]:
    """Return juries of which each kind that can sit at all sits on one."""
    juries = [np.array(jury, float) for jury in known]
    if not juries:
        juries.append(dearest(kinds, program, np.zeros(len(kinds.units)))[0])
    for kind in range(len(kinds.units)):
        if not any(jury[kind] for jury in juries):
            jury, most = dearest(kinds, program, np.eye(1, len(kinds.units), kind)[0])
            if most > 0.5:
                juries.append(jury)
    return juries


class _Ends:
    """The program of minimax and Goldilocks: weights, the highest and lowest chance, one over the lowest."""

    def __init__(self, kinds: Kinds, can: NDArray[np.bool_], rule: str, gamma: float) -> None:
        self.kinds, self.rule, self.gamma = kinds, rule, gamma
        self.mean = float(kinds.low[0] / kinds.people.sum())
        self.free = kinds.free
        self.low = self.free & can
        self.touch = [self.mean / 4, self.mean / 2, self.mean]
        self.off = 0.0

    def touch_at(self, chances: Floats) -> None:
        """Let a line touch at these chances."""
        self.touch.append(max(float(chances[self.low].min()), LEAST))

    def close(self) -> bool:
        """Say whether the lines lie close to what they touch; else one more was added."""
        return self.off <= CLOSE[self.rule] / 10

    def solve(self, juries: Floats, *, fractional: bool = False) -> tuple[Floats, Bound, Floats]:
        """Return weights, the bound, and what a jury's people are worth by it."""
        share, number, kinds = juries / self.kinds.people, len(juries), len(self.free)
        frame, least, most, lower, upper = _frame(self.kinds, number, fractional)
        ups, downs = np.flatnonzero(self.free), np.flatnonzero(self.low)
        one = self.rule == "minimax"
        lines = [] if one else self.touch
        rows = sparse.bmat([
            [share[:, ups].T, np.tile([-1.0, 0, 0], (len(ups), 1))],
            [share[:, downs].T, np.tile([0, -1.0, 0], (len(downs), 1))],
            [None, np.array([[0, 1 / t**2, 1] for t in lines]).reshape(-1, 3)],
            [frame, None],
        ])  # fmt: skip
        far = np.full(len(ups) + len(downs) + len(lines), INFINITE)
        low = np.concatenate([-far[: len(ups)], np.zeros(len(downs)), [2 / t for t in lines], least])
        high = np.concatenate([np.zeros(len(ups)), far[len(ups) :], most])
        ends = np.append(lower, np.zeros(3)), np.append(upper, np.full(3, INFINITE))
        program = Program(rows, low, high, *ends)
        cost = [-1.0, 0.0, 0.0] if one else [-1 / self.mean, 0.0, -self.gamma * self.mean]
        program.costs(np.append(np.zeros(number), cost))
        found = program.solve()
        assert found is not None
        duals = np.abs(program.duals())
        above, below = np.zeros(kinds), np.zeros(kinds)
        above[ups], below[downs] = duals[: len(ups)], duals[len(ups) : len(ups) + len(downs)]
        bound = self._bound(above, below, found[number + 1], found[number + 2], one)
        return found[:number], bound, -(above - below) / self.kinds.people

    def _bound(self, above: Floats, below: Floats, lowest: float, over: float, one: bool) -> Bound:
        ups = above / above.sum()
        named = tuple((int(k), float(ups[k])) for k in np.flatnonzero(ups))
        if one:
            return Bound(named)
        lowest = max(float(lowest), LEAST)
        self.off = self.gamma * self.mean * (1 / lowest - float(over))
        if self.off > CLOSE[self.rule] / 10:
            self.touch.append(lowest)
        downs = below / below.sum() if below.sum() > 0 else self.low / self.low.sum()
        slope = max(float(below.sum()), LEAST)  # of the tangent, which is γ · mean / at²
        return Bound(
            named, tuple((int(k), float(downs[k])) for k in np.flatnonzero(downs)),
            (self.gamma * self.mean / slope) ** 0.5, self.gamma,
        )  # fmt: skip


class _Nash:
    """The program of Nash: weights of juries, and the logarithm of each chance, below lines that touch it."""

    def __init__(self, kinds: Kinds, can: NDArray[np.bool_]) -> None:
        self.kinds, self.can = kinds, can
        even = float(kinds.low[0] / kinds.people.sum())
        self.touch = [np.full(int(can.sum()), even * by) for by in (3.0, 1.0, 0.3, 0.1)]
        self.touch.append(np.ones(int(can.sum())))
        self.off = np.inf

    def touch_at(self, chances: Floats) -> None:
        """Let a line touch at these chances."""
        self.touch.append(np.maximum(chances[self.can], LEAST))

    def close(self) -> bool:
        """Say whether the lines lie close to what they touch; else one more was added."""
        return self.off <= CLOSE["nash"] / 10

    def solve(self, juries: Floats, *, fractional: bool = False) -> tuple[Floats, Bound, Floats]:
        """Return weights, the bound, and what a jury's people are worth by it."""
        people, number, kinds = self.kinds.people[self.can], len(juries), int(self.can.sum())
        share = sparse.csr_matrix((juries / self.kinds.people)[:, self.can].T)
        frame, least, most, lower, upper = _frame(self.kinds, number, fractional)
        lines = [[sparse.diags(-1 / at) @ share, sparse.identity(kinds)] for at in self.touch]
        rows = sparse.bmat([*lines, [sparse.csr_matrix(frame), None]])
        low = np.append(np.full(len(self.touch) * kinds, -INFINITE), least)
        high = np.append(np.concatenate([np.log(at) - 1 for at in self.touch]), most)
        ends = np.append(lower, np.full(kinds, -60.0)), np.append(upper, np.full(kinds, INFINITE))
        program = Program(rows, low, high, *ends)
        program.costs(np.append(np.zeros(number), people))
        found = program.solve()
        assert found is not None
        duals = np.abs(program.duals()[: len(self.touch) * kinds]).reshape(len(self.touch), kinds)
        slope = (duals / np.array(self.touch)).sum(axis=0) / np.maximum(duals.sum(axis=0), 1e-300)
        chances = np.maximum(share @ found[:number], LEAST)
        self.off = program.worth() - float(people @ np.log(chances))
        if self.off > CLOSE["nash"] / 10:
            self.touch.append(chances)
        worth = np.zeros(len(self.can))
        worth[self.can] = slope
        return found[:number], Bound(tuple((int(k), float(worth[k])) for k in np.flatnonzero(worth))), worth
