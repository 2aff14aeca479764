"""The old way to draw, for comparison only: take whoever is hardest to find next, and start anew when stuck.

Of all values that still need people, take the one that needs the most of those it has left; draw one of these
people; whoever no longer fits is out. When no value needs anybody, draw any of those who are left. When a
value can no longer have its least number, the draw is stuck and begins anew. Described as LEGACY by Flanigan
et al. (2021), Nature 596, of the tools of the Sortition Foundation. Nobody can say what anyone's chance is:
it is the mean of many draws.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fairground.errors import Impossible
from fairground.power.juries.chance import Stream
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.sampling import Sample, Told, mean_of_draws, seat

__all__ = ["legacy"]

Floats = NDArray[np.float64]
STUCK = 300  # draws for each jury, on average, after which the old way is said to find none


def legacy(kinds: Kinds, chance: Stream, number: int, told: Told = None) -> Sample:
    """Draw juries in the old way.

    Raises
    ------
    Impossible : it was stuck so often that no jury can be expected, though one may exist.
    """
    counts: list[Floats] = []
    juries: list[tuple[int, ...]] = []
    tries = 0
    while len(juries) < number:
        tries += 1
        if tries > STUCK * (len(juries) + 1):
            stuck = f"{tries - 1 - len(juries):,} of {tries - 1:,} draws were stuck"
            raise Impossible(
                "The old way of drawing found too few juries", (stuck, "ask for another rule by name")
            )
        drawn = _once(kinds, chance)
        if drawn is not None:
            counts.append(drawn)
            juries.append(seat(kinds, [int(n) for n in drawn], chance))
            if told:
                told(len(juries) / number)
    seen = np.array(counts, float)
    expected, error = mean_of_draws(kinds, seen)
    return Sample(seen, tuple(juries), expected, error, tries)


def _once(kinds: Kinds, chance: Stream) -> Floats | None:
    """Draw one jury, as a number of people of each kind; or None where the draw is stuck."""
    places, rows = int(kinds.low[0]), kinds.matrix
    left, sits = kinds.most - kinds.least, kinds.least.copy()
    held, have = rows @ sits, rows @ left
    if (held > kinds.high).any():
        return None
    fresh = held >= kinds.high
    while True:
        for row in np.flatnonzero(fresh[1:]) + 1:
            out = left * rows[row]
            left, have = left - out, have - rows @ out
        if held[0] == places:
            return sits if (held >= kinds.low).all() else None
        need = kinds.low - held
        if (need > have).any():
            return None
        drawn = _next(kinds, need, have, left, chance)
        column = rows[:, drawn]
        left[drawn] -= 1
        sits[drawn] += 1
        held, have = held + column, have - column
        fresh = (column > 0) & (held >= kinds.high)


def _next(kinds: Kinds, need: Floats, have: Floats, left: Floats, chance: Stream) -> int:
    """Return the kind of the next person: of the value that needs the most of those it has left."""
    short = need[1:] > 0
    people = left * kinds.people / kinds.most
    if short.any():
        urgent = np.where(short, need[1:] / np.maximum(have[1:], 1), -1.0)
        rows = np.flatnonzero(urgent == urgent.max())
        people = people * kinds.matrix[1 + rows[chance.below(len(rows))]]
    sums = people.cumsum()
    return int(np.searchsorted(sums, chance.below(round(sums[-1])), side="right"))
