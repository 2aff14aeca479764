"""Adds up what lies within a limit of every origin: neighbouring origins share one walk.

Origins lie on edges, so each is a few metres from one or two junctions; and neighbouring edges share their
junctions. A batch takes edges for as long as their ends are no more than sixteen junctions, its lanes. Every
junction reached holds sixteen costs side by side, one from each lane, and an arc is taken for all sixteen at
once, which processors do in a few steps. A junction that is reached more cheaply from any lane waits again,
so each cost ends exact. Targets are not walked to: they lie on edges, and their costs from each lane, written
in a table, come from both ends. An origin then adds up two rows of the table. Reference: Then, Kaufmann,
Chirigati, Hoang-Vu, Pham, Kemper, Neumann and Vo, "The more the merrier", VLDB 8(4), 2014.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from fairground.networks.kernels.buckets import INNER, NOBODY, ONE, ZERO, Arcs, Floats, Numbers, States, Whole
from fairground.networks.kernels.edges import Edges, Points, stretch
from fairground.networks.kernels.several import Waiting, leave, nobody_waits, wait

LANES, ROOM = Whole(16), Whole(256)
FREE = np.uint8(255)
# Of each target, in rows by edge: its cost from either end; metres along; cost of the gap; weight.
Goods = tuple[Numbers, Floats, Floats, Floats, Floats, Floats]
Beside = tuple[Numbers, Numbers]  # rows of edges with targets, by junction
Reached = tuple[
    States, Numbers, Floats
]  # whether reached; those that are; the least of each one's fresh costs
Table = tuple[Floats, Floats, Floats]  # costs of some targets by lane; their weights; the costs by target


@njit(**INNER)
def improved(u: int, v: int, arc: float, limit: float, cost: Floats) -> int:
    """Take an arc for all lanes; return how many costs got better."""
    many = 0
    for j in range(cost.shape[1]):  # a length that the compiler does not know keeps this loop side by side
        d, old = cost[u, j] + arc, cost[v, j]
        better = (d < old) & (d <= limit)
        cost[v, j] = d if better else old
        many += better
    return many


@njit(**INNER)
def walk(
    many: int, arcs: Arcs, cost: Floats, waiting: Waiting, reached: Reached, limit: float, scale: float
) -> int:
    """Empty the buckets; list the junctions reached and return how many there are."""
    (starts, to, arc), (flag, found, lowest), head = arcs, reached, waiting[0]
    for bucket in range(Whole(head.size)):
        while head[bucket] != NOBODY:
            u = head[bucket]
            leave(Whole(u), waiting)
            low, lowest[u] = lowest[u], np.inf
            for k in range(starts[u], starts[u + ONE]):
                v, far = to[k], low + arc[k]
                if far <= limit and improved(u, v, arc[k], limit, cost) > 0:
                    if flag[v] == 0:
                        flag[v], found[many] = 1, v
                        many += ONE
                    if far < lowest[v]:
                        lowest[v] = far
                        wait(Whole(v), Whole(far * scale), waiting)
    return many


@njit(**INNER)
def batch(
    one: int, origins: Points, edges: Edges, lane: States, cost: Floats, waiting: Waiting, reached: Reached
) -> tuple[int, int]:
    """Give lanes to the ends of edges from an origin on; return the origin after the batch, and how many."""
    (flag, found, lowest), edge, past, many = reached, origins[0], one, ZERO
    while past < Whole(edge.size):
        first, last = edges[0][edge[past]], edges[1][edge[past]]
        fresh = Whole(lane[first] == FREE) + Whole(first != last and lane[last] == FREE)
        if many + fresh > LANES:
            break
        for end in range(2):
            v = first if end == 0 else last
            if lane[v] == FREE:
                lane[v], flag[v], found[many], lowest[v] = many, 1, v, 0.0
                cost[v, many] = 0.0
                wait(Whole(v), ZERO, waiting)
                many += ONE
        past += ONE
    return past, many


@njit(fastmath={"reassoc", "nsz"}, **INNER)
def plus(one: float, other: float) -> float:
    """Add; weights may be added up in any order, so that processors add several at once."""
    return one + other


@njit(**INNER)
def tally(
    one: int,
    past: int,
    used: int,
    origins: Points,
    edges: Edges,
    lane: States,
    table: Table,
    limit: float,
    total: Floats,
) -> None:
    """Add the weights of the table's targets to every origin of a batch that is near enough."""
    (edge, offset, gap), (first, last, length, to, back), (far, weight, rows) = origins, edges, table
    for j in range(far.shape[0]):
        for k in range(used):
            far[j, k] = rows[k, j]
    for i in range(one, past):
        e = edge[i]
        a, b = lane[first[e]], lane[last[e]]
        from_a, from_b = stretch(offset[i], back[e]), stretch(length[e] - offset[i], to[e])
        beside, found = gap[i], 0.0
        for k in range(used):
            by_a, by_b = from_a + far[a, k], from_b + far[b, k]
            d = (by_a if by_a < by_b else by_b) + beside
            found = plus(found, weight[k] if d <= limit else 0.0)
        total[i] += found


@njit(**INNER)
def own(
    one: int,
    past: int,
    origins: Points,
    edges: Edges,
    goods: Goods,
    lane: States,
    cost: Floats,
    limit: float,
    total: Floats,
) -> None:
    """Add the weight of targets on an origin's own edge that are within the limit along the edge only."""
    (edge, offset, gap), (first, last, length, to, back) = origins, edges
    rows, at_start, at_end, t_offset, t_gap, weight = goods
    for i in range(one, past):
        e = edge[i]
        u, v = first[e], last[e]
        a, b = lane[u], lane[v]
        from_a, from_b = stretch(offset[i], back[e]), stretch(length[e] - offset[i], to[e])
        for t in range(rows[e], rows[e + ONE]):
            by_a = from_a + min(cost[u, a] + at_start[t], cost[v, a] + at_end[t])
            by_b = from_b + min(cost[u, b] + at_start[t], cost[v, b] + at_end[t])
            ahead = t_offset[t] - offset[i]
            direct = t_gap[t] + (stretch(ahead, to[e]) if ahead >= 0 else stretch(-ahead, back[e]))
            if direct + gap[i] <= limit and not min(by_a, by_b) + gap[i] <= limit:
                total[i] += weight[t]


@njit(**INNER)
def lay(
    one: int, past: int, used: int, u: int, v: int, goods: Goods, cost: Floats, table: Table, limit: float
) -> int:
    """Write the costs of some targets of an edge from each lane; return the places used after that."""
    (_, at_start, at_end, _, _, amount), (_, weight, rows) = goods, table
    for t in range(one, past):
        from_u, from_v = at_start[t], at_end[t]
        for j in range(cost.shape[1]):
            by_u, by_v = cost[u, j] + from_u, cost[v, j] + from_v
            rows[used, j] = by_u if by_u < by_v else by_v
        near = 0
        for j in range(cost.shape[1]):
            near += rows[used, j] <= limit
        weight[used] = amount[t]
        used += ONE * Whole(near > 0)
    return used


@njit(cache=True, nogil=True)
def sums_within(
    arcs: Arcs,
    edges: Edges,
    origins: Points,
    goods: Goods,
    beside: Beside,
    lane: States,
    cost: Floats,
    waiting: Waiting,
    reached: Reached,
    table: Table,
    limit: float,
    scale: float,
    total: Floats,
) -> None:
    """Write each origin's weight of targets within the limit; origins in the order of their edges."""
    (flag, found, _), (first, last), one = reached, (edges[0], edges[1]), ZERO
    while one < Whole(origins[0].size):
        past, lanes = batch(one, origins, edges, lane, cost, waiting, reached)
        many, used = walk(lanes, arcs, cost, waiting, reached, limit, scale), ZERO
        for r in range(many):
            u = found[r]
            for k in range(beside[0][u], beside[0][u + ONE]):
                e = beside[1][k]
                if first[e] != u and flag[first[e]] != 0:
                    continue
                t, end = Whole(goods[0][e]), Whole(goods[0][e + ONE])
                while t < end:
                    stop = min(end, t + ROOM - used)
                    used = lay(t, stop, used, first[e], last[e], goods, cost, table, limit)
                    t = stop
                    if used == ROOM:
                        tally(one, past, used, origins, edges, lane, table, limit, total)
                        used = ZERO
        tally(one, past, used, origins, edges, lane, table, limit, total)
        own(one, past, origins, edges, goods, lane, cost, limit, total)
        for r in range(many):
            flag[found[r]], lane[found[r]] = 0, FREE
            for j in range(cost.shape[1]):
                cost[found[r], j] = np.inf
        one = past


def sums(
    arcs: Arcs, edges: Edges, origins: Points, goods: Goods, beside: Beside, limit: float, width: float
) -> Floats:
    """Return each origin's weight of targets within the limit; origins in the order of their edges."""
    count, total = arcs[0].size - 1, np.zeros(origins[0].size)
    sums_within(
        arcs,
        edges,
        origins,
        goods,
        beside,
        np.full(count, FREE),
        np.full((count, LANES), np.inf),
        nobody_waits(int(limit / width) + 2, count),
        (np.zeros(count, np.uint8), np.empty(count, np.uint32), np.full(count, np.inf)),
        (np.empty((LANES, ROOM)), np.empty(ROOM), np.empty((ROOM, LANES))),
        limit,
        1.0 / width,
        total,
    )
    return total
