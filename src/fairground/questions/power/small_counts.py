"""Counts of people that may be published: none under five, and none that the others give away.

A count under five is left out. If only one is left out, the total gives it away, and if those left out add up
to less than five, they are as good as told: so the next smallest is left out too (primary and secondary
suppression: Hundepool et al. 2012, Statistical Disclosure Control, chapter 4).
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["LEAST", "hidden"]

LEAST = 5


def hidden(counts: Sequence[int], *, least: int = LEAST) -> list[int | None]:
    """Return the counts of one table that has a known total, with None for those that may not be shown.

    Nought is a count like any other: that nobody has a value can tell of those who are left.

    >>> from fairground.questions.power.small_counts import hidden
    >>> hidden([12, 3, 9]), hidden([12, 3, 2]), hidden([12, 9])
    ([12, None, None], [12, None, None], [12, 9])
    """
    ordered = sorted(range(len(counts)), key=lambda at: (counts[at], at))
    small = sum(count < least for count in counts)
    while 0 < small < len(counts) and (small == 1 or sum(counts[at] for at in ordered[:small]) < least):
        small += 1
    left_out = set(ordered[:small])
    return [None if at in left_out else count for at, count in enumerate(counts)]
