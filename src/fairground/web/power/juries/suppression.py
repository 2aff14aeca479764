"""Small counts left out of published tables, so that nobody can be told from them.

Rule 1: a count of one to four is left out.
Rule 2: so that it cannot be worked out from the total, all counts below ten are left out with it; then all
below twenty, and so on, until at least two are left out that are at least ten people together. The steps are
fixed, so that where they end gives nothing away: each count left out could be at least two numbers.
Rule 3: of a group whose total is itself below five, everything is left out.
A nought is told, as long as it does not give another away.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST = 5

__all__ = ["SMALLEST", "published"]


def published(counts: Sequence[int]) -> tuple[int | None, ...]:
    """Return the counts of one question that everybody gave one answer to; None where one is left out.

    The total of the counts is taken to be public.
    """
    total = sum(counts)
    if total == 0:
        return tuple(counts)
    if total < SMALLEST:
        return (None,) * len(counts)
    if not any(0 < count < SMALLEST for count in counts):
        return tuple(counts)
    below, hidden = SMALLEST, set[int]()
    while len(hidden) < 2 or sum(counts[at] for at in hidden) < 2 * SMALLEST:
        if len(hidden) == len(counts):
            break
        below *= 2
        noughts = all(at in hidden for at, count in enumerate(counts) if count)
        hidden = {at for at, count in enumerate(counts) if 0 < count < below or noughts}
    return tuple(None if at in hidden else count for at, count in enumerate(counts))
