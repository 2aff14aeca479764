"""Maximally random: every jury that meets the targets is equally likely.

Where the juries can be counted, they are; a jury is then drawn by walking through the count, and everyone's
chance is exact, as a fraction. Where there are too many states, juries are drawn by `trial`; where too few of
these meet all targets, by `walking`. Which of the three it was is said.

De Azevedo and Gölz (2026), Maximally random sortition, arXiv 2604.02712 (MaxEntropy).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

import numpy as np

from fairground.errors import Impossible
from fairground.power.juries.chance import Stream
from fairground.power.juries.counting import Counting, TooMany, blocks_of, by_feature, counted
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.sampling import Sample, Told, seat
from fairground.power.juries.trial import by_trial
from fairground.power.juries.walking import by_walk

__all__ = ["Walks", "counted_whole", "exactly", "uniform"]


def uniform(kinds: Kinds, chance: Stream, number: int, told: Told = None) -> Sample:
    """Draw juries so that each that meets the targets is equally likely.

    Raises
    ------
    Impossible : no jury meets the targets; or not even walks find juries that do.
    """
    whole = counted_whole(kinds)
    if whole is not None:
        return exactly(kinds, whole, chance, number)
    try:
        return by_trial(kinds, chance, number, told)
    except Impossible:
        return by_walk(kinds, chance, number, told)


def counted_whole(kinds: Kinds, weights: Sequence[int] | None = None) -> Counting | None:
    """Return the count of all juries by every target and household; None where there are too many states."""
    rows = [row for feature in by_feature(kinds) for row in feature]
    try:
        return counted(kinds, rows, blocks_of(kinds, rows, households=True, weights=weights))
    except TooMany:
        return None


def exactly(kinds: Kinds, whole: Counting, chance: Stream, number: int) -> Sample:
    """Draw juries from a whole count; everyone's chance is counted too."""
    walks = Walks(kinds, whole)
    if not walks.total:
        raise Impossible("No jury meets the targets")
    seats = whole.seats(len(kinds.units))
    exact = tuple(
        Fraction(n, walks.total * int(people)) for n, people in zip(seats, kinds.people, strict=True)
    )
    counts = [walks.draw(chance) for _ in range(number)]
    juries = tuple(seat(kinds, of, chance) for of in counts)
    expected = np.array([float(share) for share in exact])
    none = np.zeros(len(expected))
    return Sample(np.array(counts, float), juries, expected, none, number, exact, walks.total)


class Walks:
    """Draws walks through a whole count, each as often as juries lie behind its steps, in whole numbers."""

    def __init__(self, kinds: Kinds, of: Counting) -> None:
        self.kinds, self.of = kinds, of
        self.behind = of.behind()
        self.total = self.behind[0][0]
        self.leaving = [self._leaving(at) for at in range(len(of.blocks))]
        self.takes = [of.takes(at) for at in range(len(of.blocks))]

    def _leaving(self, at: int) -> list[tuple[list[int], list[tuple[int, int]]]]:
        """Return for each state of a block its steps, and the sums of the juries behind them."""
        steps: list[list[tuple[int, int]]] = [[] for _ in range(self.of.states[at])]
        for source, target, choice in zip(*(part.tolist() for part in self.of.steps[at]), strict=True):
            steps[source].append((target, choice))
        ways, after = self.of.blocks[at].ways, self.behind[at + 1]
        return [(list(accumulate(ways[c] * after[t] for t, c in of)), of) for of in steps]

    def draw(self, chance: Stream) -> list[int]:
        """Return one jury, as a number of people of each kind."""
        found, state = [0] * len(self.kinds.units), 0
        for at in range(len(self.of.blocks)):
            sums, steps = self.leaving[at][state]
            state, choice = steps[bisect_right(sums, chance.below(sums[-1]))] if len(steps) > 1 else steps[0]
            kind, people = self.takes[at][choice]
            found[kind] += people
        return found
