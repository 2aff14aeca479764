"""Counts of people that may be published: none under five, and none that the others give away.

Rule 1: a count under five is left out, nought too: that nobody has a value can tell of those who are left.
Rule 2: so that it cannot be worked out from the total, all counts below ten are left out with it; then all
below twenty, and so on, until at least two are left out that are ten people or more together. The steps are
fixed, so that where they end gives nothing away: each count left out could be at least two numbers.
Rule 3: of a group whose total is itself below five, everything is left out.

Primary and secondary suppression: Hundepool et al. 2012, Statistical Disclosure Control, chapter 4.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["LEAST", "hidden"]

LEAST = 5


def hidden(counts: Sequence[int], *, least: int = LEAST) -> list[int | None]:
    """Return the counts of one table that has a known total, with None for those that may not be shown.

    >>> from fairground.questions.power.small_counts import hidden
    >>> hidden([12, 3, 9]), hidden([12, 3, 2]), hidden([12, 9])
    ([12, None, None], [None, None, None], [12, 9])
    """
    if sum(counts) < least:
        return [None] * len(counts)
    if all(count >= least for count in counts):
        return list(counts)
    below, left_out = least, set[int]()
    while len(left_out) < 2 or sum(counts[at] for at in left_out) < 2 * least:
        if len(left_out) == len(counts):
            break
        below *= 2
        left_out = {at for at, count in enumerate(counts) if count < below}
    return [None if at in left_out else count for at, count in enumerate(counts)]
