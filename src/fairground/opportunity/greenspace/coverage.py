"""Many homes at once: how many pass, fail or are unknown, by measure, by neighbourhood and by deprivation.

Homes arrive in blocks and are counted as they come, so memory does not grow with their number. What is
unknown is kept apart: a share is known to lie between what passes and what passes or is unknown.

Inequality: the concentration index in the order of deprivation (Kakwani, Wagstaff and van Doorslaer, 1997),
and beside it Erreygers' form, four times the mean times the index, because a share has an upper bound
(Erreygers, "Correcting the concentration index", Journal of Health Economics 28, 2009).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fairground.measures import concentration_index
from fairground.opportunity.greenspace.finding import Verdicts

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Counts:
    """People (or homes) that pass, fail and are unknown; the three add up to all."""

    passing: float = 0.0
    failing: float = 0.0
    unknown: float = 0.0

    @property
    def all(self) -> float:
        """Return all of them."""
        return self.passing + self.failing + self.unknown

    @property
    def share(self) -> float | None:
        """Return the share that surely passes; None where there is nobody."""
        return self.passing / self.all if self.all else None

    @property
    def share_at_most(self) -> float | None:
        """Return the share if all that is unknown passed."""
        return (self.passing + self.unknown) / self.all if self.all else None

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.passing + other.passing, self.failing + other.failing, self.unknown + other.unknown
        )


@dataclass(frozen=True, eq=False)
class Keys:
    """To which of a few groups each home belongs, so that it need be found out only once."""

    names: tuple[str, ...]
    at: NDArray[np.int64]

    @staticmethod
    def of(told: Sequence[str]) -> Keys:
        """Return the groups that homes say."""
        number: dict[str, int] = {}
        at = np.fromiter((number.setdefault(key, len(number)) for key in told), np.int64, len(told))
        return Keys(tuple(number), at)

    @staticmethod
    def same(count: int) -> Keys:
        """Return one group for all homes."""
        return Keys(("",), np.zeros(count, np.int64))


@dataclass
class Tally:
    """Counts by key, added up block by block."""

    counts: dict[str, Counts] = field(default_factory=dict)

    def add(self, keys: Keys, verdicts: Verdicts, people: Floats) -> None:
        """Add some homes: the key, the verdict and the people of each."""
        names = keys.names
        cell = keys.at * 3 + np.array([1, 0, 2])[verdicts]  # fail, pass, and -1 from the end: unknown
        parts = np.bincount(cell, weights=people, minlength=3 * len(names)).reshape(-1, 3)
        for name, three in zip(names, parts.tolist(), strict=True):
            self.counts[name] = self.counts.get(name, Counts()) + Counts(*three)

    @property
    def total(self) -> Counts:
        """Return the counts of all keys together."""
        return sum(self.counts.values(), Counts())


@dataclass(frozen=True)
class Gradient:
    """How unequally a share is spread from the most to the least deprived tenth.

    index : the concentration index, above 0 where the least deprived have more; None where nobody passes or
        there are fewer than two tenths. bounded : Erreygers' form. low, high : the least and the most that
        `bounded` can be, whatever is hidden in the unknown.
    """

    index: float | None
    bounded: float | None
    low: float | None
    high: float | None


def gradient(deciles: Mapping[int, Counts]) -> Gradient:
    """Return how unequally what passes is spread over the tenths of deprivation (1 is most deprived).

    >>> from fairground.opportunity.greenspace.coverage import Counts, gradient
    >>> found = gradient({1: Counts(10, 90), 10: Counts(30, 70)})
    >>> round(found.index, 3), round(found.bounded, 3)
    (0.25, 0.2)
    """
    ranks = [rank for rank in sorted(deciles) if deciles[rank].all > 0]
    if len(ranks) < 2:
        return Gradient(None, None, None, None)
    weights = [deciles[rank].all for rank in ranks]
    surely = [deciles[rank].passing / deciles[rank].all for rank in ranks]
    hidden = [deciles[rank].unknown / deciles[rank].all for rank in ranks]
    stand = _standing(weights)
    low = [s + h * (at < 0.5) for s, h, at in zip(surely, hidden, stand, strict=True)]
    high = [s + h * (at >= 0.5) for s, h, at in zip(surely, hidden, stand, strict=True)]
    index = concentration_index(surely, ranked_by=ranks, weights=weights) if sum(surely) else None
    bounds = [_bounded(values, ranks, weights) for values in (surely, low, high)]
    return Gradient(index, *bounds)


def _standing(weights: Sequence[float]) -> Floats:
    share = np.array(weights) / sum(weights)
    found: Floats = np.cumsum(share) - share / 2
    return found


def _bounded(values: Sequence[float], ranks: Sequence[int], weights: Sequence[float]) -> float | None:
    if not sum(values):
        return None
    mean = float(np.average(values, weights=weights))
    return 4 * mean * concentration_index(values, ranked_by=ranks, weights=weights)
