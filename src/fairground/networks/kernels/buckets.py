"""Walks outward from many places at once, no further than a limit, with a queue of buckets.

Reached points wait in the bucket of their distance; buckets are emptied in rising order, and a point that is
reached more cheaply while its own bucket is open waits in it again. Distances are exact: the buckets order
the work and round nothing. Reference: Dial, "Algorithm 360", Communications of the ACM 12(11), 1969; Meyer
and Sanders, "Delta-stepping", Journal of Algorithms 49(1), 2003.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]

AWAY, FIRST = -1, -2  # what `before` says of a point that waits nowhere, or first in its bucket


@njit(cache=True, inline="always")
def leave(v: int, bucket: int, head: Codes, before: Codes, after: Codes) -> None:
    """Take a point out of its bucket."""
    ahead, behind = before[v], after[v]
    if ahead == FIRST:
        head[bucket] = behind
    else:
        after[ahead] = behind
    if behind >= 0:
        before[behind] = ahead
    before[v] = AWAY


@njit(cache=True, inline="always")
def enter(v: int, bucket: int, head: Codes, before: Codes, after: Codes) -> None:
    """Put a point first in a bucket."""
    behind = head[bucket]
    before[v], after[v] = FIRST, behind
    if behind >= 0:
        before[behind] = v
    head[bucket] = v


@njit(cache=True)
def nearest_seed(
    starts: Codes,
    to: Codes,
    cost: Floats,
    seed_node: Codes,
    seed_cost: Floats,
    seed_name: Codes,
    limit: float,
    width: float,
) -> tuple[Floats, Codes]:
    """Return for every point the least cost from any seed, and that seed's name; inf and -1 beyond the limit.

    Of two seeds at the same cost the lower name wins. `width` is that of a bucket: it changes speed only.
    """
    count, scale = starts.size - 1, 1.0 / width
    best, name = np.full(count, np.inf), np.full(count, -1, np.int32)
    before, after = np.full(count, AWAY, np.int32), np.full(count, AWAY, np.int32)
    head = np.full(int(limit * scale) + 1, -1, np.int32)
    for k in range(seed_node.size):
        v, d, who = seed_node[k], seed_cost[k], seed_name[k]
        if d <= limit and (d < best[v] or (d == best[v] and who < name[v])):
            if before[v] != AWAY:
                leave(v, int(best[v] * scale), head, before, after)
            best[v], name[v] = d, who
            enter(v, int(d * scale), head, before, after)
    for bucket in range(head.size):
        while head[bucket] >= 0:
            u = head[bucket]
            leave(u, bucket, head, before, after)
            d, who = best[u], name[u]
            for k in range(starts[u], starts[u + 1]):
                v, through = to[k], d + cost[k]
                if through > limit or through > best[v] or (through == best[v] and who >= name[v]):
                    continue
                if before[v] != AWAY:
                    leave(v, int(best[v] * scale), head, before, after)
                best[v], name[v] = through, who
                enter(v, int(through * scale), head, before, after)
    return best, name
