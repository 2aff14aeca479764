"""One whole jury within limits, found by swapping one person after another: quick where kinds are many.

The walk is that of `kernels`; it ends at the first jury that misses nothing. It proves nothing where it finds
none: then a program is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fairground.power.juries.kinds import Kinds

__all__ = ["Walk", "joined"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Walk:
    """One walk that ends at the first jury that meets what is asked."""

    def __init__(self, kinds: Kinds) -> None:
        from fairground.power.juries import kernels

        self.kernels, self.size = kernels, int(kinds.low[0])
        self.of_kind = [np.flatnonzero(kinds.matrix[1:, kind]) for kind in range(len(kinds.units))]
        self.places, self.number = joined(self.of_kind), len(kinds.matrix) - 1

    def jury(
        self, must: NDArray[np.intp], open_: NDArray[np.intp], called: NDArray[np.intp],
        limits: tuple[Floats, Floats], weights: Floats, seed: int, steps: int, missed: float,
    ) -> Floats | None:  # fmt: skip
        """Return a jury within limits; None where so many steps find none.

        Parameters
        ----------
        must : the kinds of people who must sit. open_ : kinds of which one more can. called : which of these
            sit at the start. limits : the least and most people of each row. weights : of each kind.
        """
        kind_of = np.append(open_, must).astype(np.int64)
        seats = np.append(len(open_) + np.arange(len(must)), called).astype(np.int64)
        seated = np.zeros(len(kind_of), bool)
        seated[seats] = True
        rows = np.concatenate([self.of_kind[kind] for kind in kind_of[seats]])
        held = np.bincount(rows, minlength=self.number).astype(np.int64)
        low, high = (limit[1:].astype(np.int64) for limit in limits)
        off = int(np.maximum(low - held, 0).sum() + np.maximum(held - high, 0).sum())
        less, none = np.full(self.number, missed), np.zeros(1, np.int64)
        off = self.kernels.walk_in_place(
            seats, seated, held, off, len(must), steps, True, np.uint64(seed), kind_of, *self.places,
            low, high, weights, less, less, 0, none, none,
        )[0]  # fmt: skip
        return None if off else np.bincount(kind_of[seats], minlength=len(weights)).astype(float)


def joined(of: Sequence[NDArray[np.intp]]) -> tuple[Ints, Ints]:
    """Return where each list begins in one long list, and that list."""
    begins = np.append(0, np.cumsum([len(part) for part in of])).astype(np.int64)
    return begins, np.concatenate([*of, np.zeros(0, int)]).astype(np.int64)
