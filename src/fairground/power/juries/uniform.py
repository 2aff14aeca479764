"""Maximally random: every jury that meets the targets is equally likely.

Where the juries can be counted, they are; everyone's chance is then exact, as a fraction. Where there are
few, each is listed, equally likely. Where there are many, juries are drawn by walking through the count,
each equally likely, and the list of those drawn is bent a little (`tilting`), so that everyone's chance in
it is the exact one. Where there are too many states, juries are drawn by `trial`; where too few of these
meet all targets, by `walking`. Which of these it was is said.

De Azevedo and Gölz (2026), Maximally random sortition, arXiv 2604.02712 (MaxEntropy).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from fairground.errors import Impossible
from fairground.power.juries.chance import Stream
from fairground.power.juries.counting import Counting, TooMany, blocks_of, by_feature, counted
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.sampling import MORE, Sample, Told, listed
from fairground.power.juries.tilting import bent
from fairground.power.juries.trial import by_trial
from fairground.power.juries.walking import by_walk

__all__ = ["Walks", "counted_whole", "uniform"]

Floats = NDArray[np.float64]


def uniform(kinds: Kinds, chance: Stream, number: int, told: Told = None) -> Sample:
    """Draw juries so that each that meets the targets is equally likely.

    Raises
    ------
    Impossible : no jury meets the targets; or not even walks find juries that do.
    """
    whole = counted_whole(kinds)
    if whole is not None:
        walks = Walks(kinds, whole)
        exact = exactly(kinds, walks)
        if walks.total <= MORE * number:
            return every_one(kinds, walks, exact)
        drawn = drawn_from(walks, chance, MORE * number)
        return kept(kinds, drawn, exact, walks.total)
    with suppress(Impossible):  # walks begin when the fault has gone, and the count that it holds with it
        return by_trial(kinds, chance, MORE * number, told)
    return by_walk(kinds, chance, MORE * number, told)


def counted_whole(kinds: Kinds, weights: Sequence[int] | None = None) -> Counting | None:
    """Return the count of all juries by every target and household; None where there are too many states."""
    rows = [row for feature in by_feature(kinds) for row in feature]
    try:
        return counted(kinds, rows, blocks_of(kinds, rows, households=True, weights=weights))
    except TooMany:
        return None


def exactly(kinds: Kinds, walks: Walks) -> tuple[Fraction, ...]:
    """Return each kind's chance, when a jury is drawn from a whole count."""
    if not walks.total:
        raise Impossible("No jury meets the targets")
    seats = walks.of.seats(len(kinds.units))
    return tuple(
        Fraction(n, walks.total * int(people)) for n, people in zip(seats, kinds.people, strict=True)
    )


def every_one(kinds: Kinds, walks: Walks, exact: tuple[Fraction, ...]) -> Sample:
    """Return every jury there is, each as likely as the next."""
    counts = [of for of, _ in walks.every()]
    juries = [(jury, at) for at, of in enumerate(counts) for jury in listed(kinds, of)]
    expected = np.array([float(share) for share in exact])
    return Sample(
        np.array(counts, float)[[at for _, at in juries]], tuple(jury for jury, _ in juries), expected,
        np.zeros(len(expected)), len(juries), exact, len(juries), whole=True,
    )  # fmt: skip


def drawn_from(walks: Walks, chance: Stream, number: int) -> Floats:
    """Return juries of kinds drawn from a whole count."""
    return np.array([walks.draw(chance) for _ in range(number)], float)


def kept(kinds: Kinds, drawn: Floats, exact: tuple[Fraction, ...], number: int) -> Sample:
    """Return juries drawn, with weights that give everyone their exact chance, where any weights do."""
    expected = np.array([float(share) for share in exact])
    even = np.full(len(drawn), 1 / len(drawn))
    found = bent(drawn, even, expected * kinds.people, kinds.people)
    return Sample(
        drawn, (), expected, np.zeros(len(expected)), len(drawn), exact, number,
        weights=even if found is None else found.weights,
    )  # fmt: skip


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

    def every(self) -> Iterator[tuple[list[int], int]]:
        """Go through every jury of kinds, with its number of ways, weights counted in."""
        found = [0] * len(self.kinds.units)

        def go(at: int, state: int, ways: int) -> Iterator[tuple[list[int], int]]:
            if at == len(self.of.blocks):
                yield list(found), ways
                return
            for target, choice in self.leaving[at][state][1]:
                kind, people = self.takes[at][choice]
                if self.behind[at + 1][target]:
                    found[kind] += people
                    yield from go(at + 1, target, ways * self.of.blocks[at].ways[choice])
                    found[kind] -= people

        return go(0, 0, 1)

    def draw(self, chance: Stream) -> list[int]:
        """Return one jury, as a number of people of each kind."""
        found, state = [0] * len(self.kinds.units), 0
        for at in range(len(self.of.blocks)):
            sums, steps = self.leaving[at][state]
            state, choice = steps[bisect_right(sums, chance.below(sums[-1]))] if len(steps) > 1 else steps[0]
            kind, people = self.takes[at][choice]
            found[kind] += people
        return found
