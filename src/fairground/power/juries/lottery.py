"""A lottery that can be published: juries of named places, how often each is drawn, and everyone's chance.

Juries of kinds become juries of people so that people alike have the same chance: for each jury those of a
kind are called who were called least, and what is still uneven is evened out by splitting a jury in two
that differ in one person. Any such difference can be found, because whoever was called more often sits on
some jury without the other. At most one jury is added for each person.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.power.juries.decomposition import Mixture
from fairground.power.juries.kinds import Kinds

__all__ = ["Calls", "Lottery", "lottery"]

Floats = NDArray[np.float64]
EVEN = 1e-12


@dataclass(frozen=True, eq=False)
class Lottery:
    """Juries as sorted tuples of volunteers' numbers, and the weight of each; the weights add up to 1."""

    juries: tuple[tuple[int, ...], ...]
    weights: Floats

    def chances(self, people: int) -> Floats:
        """Return each volunteer's chance to be drawn, shape (people,)."""
        found = np.zeros(people)
        for jury, weight in zip(self.juries, self.weights, strict=True):
            found[list(jury)] += weight
        return found


class Calls:
    """Juries that are being called: the weight of each, which jury of kinds it is, and who sits on it."""

    def __init__(
        self, weights: Floats, mix: NDArray[np.int_], people: int, chance: np.random.Generator | None = None
    ) -> None:
        self.chance = chance
        self.number = len(weights)
        room = self.number + people + 8
        self.weight, self.mix = np.zeros(room), np.zeros(room, int)
        self.sits = np.zeros((room, people), bool)
        self.weight[: self.number], self.mix[: self.number] = weights, mix

    def seat(self, kinds: Kinds, juries: NDArray[np.float64], split: bool) -> None:
        """Call people for every kind: the households first, then somebody of each household."""
        for kind, units in enumerate(kinds.units):
            of_jury = juries[:, kind].astype(int)
            if not of_jury.any():
                continue
            homes = np.array([unit[0] for unit in units])
            self.call(of_jury[self.mix[: self.number]], homes, split)
            for unit in units:
                if len(unit) > 1:
                    called = self.sits[: self.number, unit[0]].astype(int)
                    self.sits[: self.number, unit[0]] = False
                    self.call(called, np.array(unit), split)

    def call(self, counts: NDArray[np.int_], seats: NDArray[np.int_], split: bool) -> None:
        """Seat `counts[r]` of these people on each jury, those who sat least first.

        Where juries may be split, each of them has the same weight in all; where they all have one weight and
        may not, nobody sits on two more than another.
        """
        mass = np.zeros(len(seats))
        some = np.flatnonzero(counts)
        for at in some[np.lexsort((some, -self.weight[some]))]:
            called = self._least(mass)[: counts[at]]
            mass[called] += self.weight[at]
            self.sits[at, seats[called]] = True
        mean = mass.mean()
        while split and len(seats) > 1 and mass.max() - mean > EVEN and mean - mass.min() > EVEN:
            more, less = int(mass.argmax()), int(mass.argmin())
            moved = self._move(seats[more], seats[less], min(mass[more] - mean, mean - mass[less]))
            mass[more] -= moved
            mass[less] += moved

    def _least(self, mass: Floats) -> NDArray[np.int_]:
        """Return seats in the order of their weight so far; equal ones in any order, if there is chance."""
        if self.chance is None:
            return np.argsort(mass, kind="stable")
        return np.lexsort((self.chance.random(len(mass)), np.round(mass, 12)))

    def _move(self, more: int, less: int, share: float) -> float:
        """Let `less` sit where `more` sat, for this weight; the last jury is split where it has more."""
        left = share
        for at in np.flatnonzero(self.sits[: self.number, more] & ~self.sits[: self.number, less]):
            if self.weight[at] > left + EVEN / 10:
                self._split(int(at), left)
            self.sits[at, more], self.sits[at, less] = False, True
            left -= self.weight[at]
            if left <= EVEN / 10:
                break
        return float(share - max(left, 0.0))

    def _split(self, at: int, weight: float) -> None:
        if self.number == len(self.weight):
            self.weight, self.mix = np.tile(self.weight, 2), np.tile(self.mix, 2)
            self.sits = np.tile(self.sits, (2, 1))
        self.weight[self.number], self.weight[at] = self.weight[at] - weight, weight
        self.mix[self.number], self.sits[self.number] = self.mix[at], self.sits[at]
        self.number += 1


def lottery(
    kinds: Kinds, mixture: Mixture, *, spread: int = 1, seed: int = 0, by_chance: bool = False
) -> Lottery:
    """Return a mixture of juries of kinds as a lottery over juries of people.

    Parameters
    ----------
    spread : into how many juries of different people each jury of kinds is shared out. seed : who is called
        first among people alike who sat equally often. by_chance : a lot says so, and not their order.
    """
    lots = np.random.default_rng(seed) if spread > 1 or by_chance else None
    weights = np.repeat(mixture.weights / mixture.weights.sum() / spread, spread)
    mix = np.repeat(np.arange(len(mixture.weights)), spread)
    calls = Calls(weights, mix, int(kinds.people.sum()), lots)
    calls.seat(kinds, mixture.juries, split=True)
    return _gathered(calls)


def _gathered(calls: Calls) -> Lottery:
    found: dict[tuple[int, ...], float] = {}
    for weight, sits in zip(calls.weight[: calls.number], calls.sits[: calls.number], strict=True):
        jury = tuple(map(int, np.flatnonzero(sits)))
        found[jury] = found.get(jury, 0.0) + float(weight)
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return Lottery(tuple(jury for jury, _ in ordered), np.array([weight for _, weight in ordered]))
