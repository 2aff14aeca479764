"""Walks outward from many targets at once and keeps, at every junction, the few nearest with their names.

Each junction holds a short sorted list of different targets. A junction waits in the bucket of its cheapest
entry that has not been passed on. Reference: as in `buckets`; the lists follow Papadias, Zhang, Mamoulis and
Tao, "Query processing in spatial network databases", VLDB 2003, section 4.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from fairground.networks.kernels.buckets import (
    INNER,
    NOBODY,
    ONE,
    Arcs,
    Floats,
    Numbers,
    Seeds,
    States,
    Whole,
)
from fairground.networks.kernels.edges import Edges, Lying, Points, stretch

Waiting = tuple[
    Numbers, Numbers, Numbers, Numbers
]  # first in each bucket; of each: its bucket, before, behind
Lists = tuple[Floats, Numbers, States]  # costs and names, the nearest first, and whether they are passed on


@njit(**INNER)
def wait(v: int, bucket: int, waiting: Waiting) -> None:
    """Let a junction wait in a bucket, unless it already waits in an earlier one."""
    head, waits, before, behind = waiting
    if waits[v] <= bucket:
        return
    if waits[v] != NOBODY:
        leave(v, waiting)
    following = head[bucket]
    waits[v], before[v], behind[v], head[bucket] = bucket, NOBODY, following, v
    if following != NOBODY:
        before[following] = v


@njit(**INNER)
def leave(v: int, waiting: Waiting) -> None:
    """Take a junction out of its bucket."""
    head, waits, before, behind = waiting
    ahead, following = before[v], behind[v]
    if ahead == NOBODY:
        head[waits[v]] = following
    else:
        behind[ahead] = following
    if following != NOBODY:
        before[following] = ahead
    waits[v] = NOBODY


def nobody_waits(buckets: int, count: int) -> Waiting:
    """Return empty buckets for a number of junctions."""
    return (
        np.full(buckets, NOBODY),
        np.full(count, NOBODY),
        np.empty(count, np.uint32),
        np.empty(count, np.uint32),
    )


@njit(**INNER)
def offer(v: int, d: float, who: int, lists: Lists) -> bool:
    """Put a target into a sorted list of different targets, if it is near enough; return whether it was."""
    cost, name, sent = lists
    last = cost.shape[1] - 1
    at = last
    for k in range(cost.shape[1]):
        if name[v, k] == who:
            if d >= cost[v, k]:
                return False
            at = k
            break
    if name[v, at] != who and (d > cost[v, last] or (d == cost[v, last] and who >= name[v, last])):
        return False
    while at > 0 and (cost[v, at - 1] > d or (cost[v, at - 1] == d and name[v, at - 1] > who)):
        cost[v, at], name[v, at], sent[v, at] = cost[v, at - 1], name[v, at - 1], sent[v, at - 1]
        at -= 1
    cost[v, at], name[v, at], sent[v, at] = d, who, 0
    return True


@njit(cache=True)
def spread_several(
    seeds: Seeds, arcs: Arcs, lists: Lists, waiting: Waiting, limit: float, scale: float
) -> None:
    """Walk from all seeds, and write every junction's list."""
    (starts, to, arc), (cost, name, sent), head = arcs, lists, waiting[0]
    for k in range(seeds[0].size):
        v, d = seeds[0][k], seeds[1][k]
        if d <= limit and offer(Whole(v), d, seeds[2][k], lists):
            wait(Whole(v), Whole(d * scale), waiting)
    for bucket in range(Whole(head.size)):
        while head[bucket] != NOBODY:
            u = head[bucket]
            leave(Whole(u), waiting)
            for slot in range(cost.shape[1]):
                d, who = cost[u, slot], name[u, slot]
                if who == NOBODY or sent[u, slot]:
                    continue
                if Whole(d * scale) > bucket:
                    wait(Whole(u), Whole(d * scale), waiting)
                    break
                sent[u, slot] = 1
                for k in range(starts[u], starts[u + ONE]):
                    v, far = to[k], d + arc[k]
                    if far <= limit and offer(Whole(v), far, who, lists):
                        wait(Whole(v), Whole(far * scale), waiting)


def nobody_listed(rows: int, count: int) -> Lists:
    """Return empty lists."""
    return np.full((rows, count), np.inf), np.full((rows, count), NOBODY), np.zeros((rows, count), np.uint8)


def nearest_seeds(arcs: Arcs, seeds: Seeds, count: int, limit: float, width: float) -> Lists:
    """Return every junction's nearest different targets in rising order, where within the limit."""
    junctions = arcs[0].size - 1
    lists = nobody_listed(junctions, count)
    spread_several(seeds, arcs, lists, nobody_waits(int(limit / width) + 2, junctions), limit, 1.0 / width)
    return lists


@njit(cache=True)
def along_edges_several(
    origins: Points, targets: Lying, edges: Edges, found: Lists, limit: float, answer: Lists
) -> None:
    """Write for each origin its nearest different targets in rising order, where within the limit."""
    (edge, offset, gap), (first, last, length, to, back) = origins, edges
    t_offset, t_gap, first_on, following = targets
    best, name, _ = found
    for i in range(Whole(edge.size)):
        e = edge[i]
        if e == NOBODY:
            continue
        for end in range(2):
            v = first[e] if end == 0 else last[e]
            way = stretch(offset[i], back[e]) if end == 0 else stretch(length[e] - offset[i], to[e])
            for slot in range(best.shape[1]):
                d = best[v, slot] + way + gap[i]
                if d <= limit:
                    offer(i, d, name[v, slot], answer)
        t = first_on[e]
        while t != NOBODY:
            ahead = t_offset[t] - offset[i]
            d = t_gap[t] + (stretch(ahead, to[e]) if ahead >= 0 else stretch(-ahead, back[e])) + gap[i]
            if d <= limit:
                offer(i, d, t, answer)
            t = following[t]
