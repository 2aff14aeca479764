"""Walks outward from many targets at once and keeps, at every junction, the few nearest with their names.

Each junction holds a short sorted list of different targets. A junction waits in the bucket of its cheapest
entry that has not been passed on. Reference: as in `buckets`; the lists follow Papadias, Zhang, Mamoulis and
Tao, "Query processing in spatial network databases", VLDB 2003, section 4.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fairground.networks.kernels.buckets import AWAY, enter, leave
from fairground.networks.kernels.edges import Edges, Lying, Points, stretch

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]
Flags = NDArray[np.bool_]


@njit(cache=True)
def offer(cost: Floats, name: Codes, sent: Flags, d: float, who: int) -> bool:
    """Put a target into a sorted list of different targets, if it is near enough; return whether it was."""
    last = cost.size - 1
    at = last
    for k in range(cost.size):
        if name[k] == who:
            if d >= cost[k]:
                return False
            at = k
            break
    if name[at] != who and (d > cost[last] or (d == cost[last] and who >= name[last] >= 0)):
        return False
    while at > 0 and (cost[at - 1] > d or (cost[at - 1] == d and name[at - 1] > who)):
        cost[at], name[at], sent[at] = cost[at - 1], name[at - 1], sent[at - 1]
        at -= 1
    cost[at], name[at], sent[at] = d, who, False
    return True


@njit(cache=True, inline="always")
def wait(v: int, bucket: int, waits: Codes, head: Codes, before: Codes, after: Codes) -> None:
    """Let a junction wait in a bucket, unless it already waits in an earlier one."""
    if waits[v] >= 0:
        if waits[v] <= bucket:
            return
        leave(v, waits[v], head, before, after)
    waits[v] = bucket
    enter(v, bucket, head, before, after)


@njit(cache=True)
def nearest_seeds(
    starts: Codes,
    to: Codes,
    arc: Floats,
    seeds: tuple[Codes, Floats, Codes],
    count: int,
    limit: float,
    width: float,
) -> tuple[Floats, Codes]:
    """Return for every junction its `count` nearest different targets in rising order; inf and -1 beyond."""
    n, scale = starts.size - 1, 1.0 / width
    cost, name = np.full((n, count), np.inf), np.full((n, count), -1, np.int32)
    sent, waits = np.zeros((n, count), np.bool_), np.full(n, -1, np.int32)
    before, after = np.full(n, AWAY, np.int32), np.full(n, AWAY, np.int32)
    head = np.full(int(limit * scale) + 1, -1, np.int32)
    for k in range(seeds[0].size):
        v, d = seeds[0][k], seeds[1][k]
        if d <= limit and offer(cost[v], name[v], sent[v], d, seeds[2][k]):
            wait(v, int(d * scale), waits, head, before, after)
    for bucket in range(head.size):
        while head[bucket] >= 0:
            u = head[bucket]
            leave(u, bucket, head, before, after)
            waits[u] = -1
            for slot in range(count):
                d, who = cost[u, slot], name[u, slot]
                if who < 0 or sent[u, slot]:
                    continue
                if int(d * scale) > bucket:
                    wait(u, int(d * scale), waits, head, before, after)
                    break
                sent[u, slot] = True
                for k in range(starts[u], starts[u + 1]):
                    v, far = to[k], d + arc[k]
                    if far <= limit and offer(cost[v], name[v], sent[v], far, who):
                        wait(v, int(far * scale), waits, head, before, after)
    return cost, name


@njit(cache=True)
def arrived_several(
    origins: Points, targets: Lying, edges: Edges, best: Floats, name: Codes, limit: float
) -> tuple[Floats, Codes]:
    """Return for each origin its nearest different targets in rising order; inf and -1 beyond the limit."""
    edge, offset, gap = origins
    t_offset, t_gap, starts, rows = targets
    first, last, length, to, back = edges
    count = best.shape[1]
    cost, target = np.full((edge.size, count), np.inf), np.full((edge.size, count), -1, np.int32)
    sent = np.zeros(count, np.bool_)
    for i in range(edge.size):
        e = edge[i]
        if e < 0:
            continue
        for end in range(2):
            v = first[e] if end == 0 else last[e]
            way = stretch(offset[i], back[e]) if end == 0 else stretch(length[e] - offset[i], to[e])
            for slot in range(count):
                if name[v, slot] >= 0 and best[v, slot] + way + gap[i] <= limit:
                    offer(cost[i], target[i], sent, best[v, slot] + way + gap[i], name[v, slot])
        for k in range(starts[e], starts[e + 1]):
            t = rows[k]
            ahead = t_offset[t] - offset[i]
            d = t_gap[t] + (stretch(ahead, to[e]) if ahead >= 0 else stretch(-ahead, back[e])) + gap[i]
            if d <= limit:
                offer(cost[i], target[i], sent, d, t)
    return cost, target
