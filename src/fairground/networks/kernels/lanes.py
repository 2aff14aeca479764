"""Adds up what lies within a limit of every origin: sixteen neighbouring origins share one walk.

Origins that lie near one another walk over the same streets. A junction holds sixteen costs side by side, one
for each origin of a batch, and an arc is taken for all sixteen at once, which processors do in a few steps. A
junction that is reached more cheaply by any origin waits again, so each cost ends exact. Targets are not
walked to: they lie on edges, and are counted from the costs of both ends. Reference: Then, Kaufmann,
Chirigati, Hoang-Vu, Pham, Kemper, Neumann and Vo, "The more the merrier", VLDB 8(4), 2014.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fairground.networks.kernels.buckets import AWAY, leave
from fairground.networks.kernels.edges import Edges, Points, stretch
from fairground.networks.kernels.several import wait

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]
Flags = NDArray[np.bool_]
LANES = 16
# Rows of targets by edge; of each edge the cost of its last target from either end, and the weight of all; of
# each target its cost from either end, gap and all, and its weight.
Goods = tuple[Codes, Floats, Floats, Floats, Floats, Floats, Floats]
# Of each target, in the same rows: metres along its edge, and the cost of its gap.
Along = tuple[Floats, Floats]
Beside = tuple[Codes, Codes]  # rows of edges with targets, by junction
Arcs = tuple[Codes, Codes, Floats]
Reached = tuple[Flags, Codes]  # whether a junction is reached; those that are
Queue = tuple[Floats, Codes, Codes, Codes, Codes]  # lowest, waits, head, before, after


@njit(cache=True, nogil=True)
def improved(mine: Floats, theirs: Floats, arc: float, limit: float) -> int:
    """Take an arc for all lanes; return how many costs got better."""
    many = 0
    for j in range(mine.size):  # a length that the compiler does not know keeps this loop side by side
        d, old = mine[j] + arc, theirs[j]
        better = (d < old) & (d <= limit)
        theirs[j] = d if better else old
        many += better
    return many


@njit(cache=True, nogil=True, inline="always")
def expect(v: int, low: float, scale: float, queue: Queue) -> None:
    """Let a junction wait in the bucket of the least that any of its fresh costs can be."""
    lowest, waits, head, before, after = queue
    if low < lowest[v]:
        lowest[v] = low
        wait(v, int(low * scale), waits, head, before, after)


@njit(cache=True, nogil=True)
def walk(
    arcs: Arcs, cost: Floats, queue: Queue, reached: Reached, many: int, limit: float, scale: float
) -> int:
    """Empty the buckets; list the junctions reached and return how many there are."""
    starts, to, arc = arcs
    lowest, waits, head, before, after = queue
    flag, found = reached
    for bucket in range(head.size):
        while head[bucket] >= 0:
            u = head[bucket]
            leave(u, bucket, head, before, after)
            low, waits[u], lowest[u] = lowest[u], -1, np.inf
            for k in range(starts[u], starts[u + 1]):
                v, far = to[k], low + arc[k]
                if far <= limit and improved(cost[u], cost[v], arc[k], limit) > 0:
                    if not flag[v]:
                        flag[v] = True
                        found[many] = v
                        many += 1
                    expect(v, far, scale, queue)
    return many


@njit(cache=True, nogil=True)
def begin(
    origins: Points,
    one: int,
    cost: Floats,
    edges: Edges,
    queue: Queue,
    reached: Reached,
    limit: float,
    scale: float,
) -> int:
    """Put sixteen origins, from row `one` on, at the ends of their edges; return how many junctions."""
    first, last, length, to, back = edges
    many = 0
    for i in range(one, min(one + LANES, origins[0].size)):
        e = origins[0][i]
        if e < 0:
            continue
        for end in range(2):
            v = first[e] if end == 0 else last[e]
            d = stretch(origins[1][i], back[e]) if end == 0 else stretch(length[e] - origins[1][i], to[e])
            if d <= limit:
                cost[v, i - one] = min(d, cost[v, i - one])
                if not reached[0][v]:
                    reached[0][v] = True
                    reached[1][many] = v
                    many += 1
                expect(v, d, scale, queue)
    return many


@njit(cache=True, nogil=True)
def add_edge(
    e: int, start: Floats, end: Floats, goods: Goods, gap: Floats, limit: float, total: Floats
) -> None:
    """Add, for all lanes, the targets on an edge that lie within the limit by way of either end."""
    rows, far_start, far_end, whole, at_start, at_end, weight = goods
    near, every = 0, 0
    for j in range(start.size):
        near += min(start[j], end[j]) + gap[j] <= limit
        every += min(start[j] + far_start[e], end[j] + far_end[e]) + gap[j] <= limit
    if near == every:  # each lane has all of the edge's targets, or none
        for j in range(start.size if every else 0):
            d = min(start[j] + far_start[e], end[j] + far_end[e]) + gap[j]
            total[j] += whole[e] if d <= limit else 0.0
        return
    for t in range(rows[e], rows[e + 1]):
        for j in range(start.size):
            d = min(start[j] + at_start[t], end[j] + at_end[t]) + gap[j]
            total[j] += weight[t] if d <= limit else 0.0


@njit(cache=True, nogil=True)
def add_own(
    i: int, j: int, origins: Points, cost: Floats, edges: Edges, goods: Goods, along: Along, limit: float
) -> float:
    """Return the weight of targets on the origin's own edge that are within the limit along the edge only."""
    first, last, _, to, back = edges
    rows, _, _, _, at_start, at_end, weight = goods
    e, more = origins[0][i], 0.0
    for t in range(rows[e], rows[e + 1]):
        around = min(cost[first[e], j] + at_start[t], cost[last[e], j] + at_end[t])
        ahead = along[0][t] - origins[1][i]
        direct = along[1][t] + (stretch(ahead, to[e]) if ahead >= 0 else stretch(-ahead, back[e]))
        if direct + origins[2][i] <= limit and not around + origins[2][i] <= limit:
            more += weight[t]
    return more


@njit(cache=True, nogil=True)
def add_all(
    edges: Edges,
    goods: Goods,
    beside: Beside,
    cost: Floats,
    reached: Reached,
    many: int,
    gap: Floats,
    limit: float,
) -> Floats:
    """Return, for all lanes, the weight of targets within the limit by way of the junctions reached."""
    first, last = edges[0], edges[1]
    flag, found = reached
    total = np.zeros(LANES)
    for r in range(many):
        u = found[r]
        for k in range(beside[0][u], beside[0][u + 1]):
            e = beside[1][k]
            if first[e] == u or not flag[first[e]]:
                add_edge(e, cost[first[e]], cost[last[e]], goods, gap, limit, total)
    return total


@njit(cache=True, nogil=True)
def sums_within(
    arcs: Arcs,
    edges: Edges,
    origins: Points,
    goods: Goods,
    along: Along,
    beside: Beside,
    limit: float,
    width: float,
) -> Floats:
    """Return each origin's weight of targets within the limit; origins in the order of nearness."""
    n, scale = arcs[0].size - 1, 1.0 / width
    total = np.zeros(origins[0].size)
    cost, gap = np.full((n, LANES), np.inf), np.zeros(LANES)
    reached = (np.zeros(n, np.bool_), np.empty(n, np.int32))
    head = np.full(int(limit * scale) + 1, -1, np.int32)
    queue = (
        np.full(n, np.inf),
        np.full(n, -1, np.int32),
        head,
        np.full(n, AWAY, np.int32),
        np.full(n, AWAY, np.int32),
    )
    for one in range(0, origins[0].size, LANES):
        many = begin(origins, one, cost, edges, queue, reached, limit, scale)
        many = walk(arcs, cost, queue, reached, many, limit, scale)
        gap[:] = np.inf
        past = min(one + LANES, origins[0].size)
        gap[: past - one] = origins[2][one:past]
        sums = add_all(edges, goods, beside, cost, reached, many, gap, limit)
        for i in range(one, past):
            if origins[0][i] >= 0:
                total[i] = sums[i - one] + add_own(i, i - one, origins, cost, edges, goods, along, limit)
        for r in range(many):
            cost[reached[1][r]] = np.inf
            reached[0][reached[1][r]] = False
    return total
