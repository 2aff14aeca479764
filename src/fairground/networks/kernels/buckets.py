"""Walks outward from many places at once, no further than a limit, with a queue of buckets, block by block.

Reached points wait in the bucket of their distance; buckets are emptied in rising order, and a point that is
reached more cheaply waits again. Distances are exact: the buckets order the work and round nothing. Points
are numbered so that neighbours lie near one another in memory, and a block of neighbours is walked to its end
before the next is touched, so that all of it stays in the processor's cache. Whoever is reached across a
block's border waits there until that block's turn comes, and the turns go round until nobody waits.
Reference: Dial, "Algorithm 360", Communications of the ACM 12(11), 1969; Meyer and Sanders, "Delta-stepping",
Journal of Algorithms 49(1), 2003.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]
Numbers = NDArray[np.uint32]  # a number without a sign is looked up sooner: it is never counted from the end
States = NDArray[np.uint8]
Arcs = tuple[Numbers, Numbers, Floats]  # starts, to, cost
Seeds = tuple[Numbers, Floats, Numbers]  # node, cost, name
Found = tuple[Floats, Numbers]  # least cost, and the name of the seed that it comes from
Queue = tuple[
    Numbers, Numbers, Numbers
]  # first place in each bucket; who stands in a place; the place behind
Border = tuple[
    Numbers, Numbers, States
]  # first at the border of each block; who is behind; how each point is

Whole: Any = np.uint64  # every number on its way through a kernel is one of these: each is compiled once
ZERO, ONE = Whole(0), Whole(1)
NOBODY: Any = np.uint32(0xFFFFFFFF)
PASSED, WAITS, OUTSIDE = np.uint8(0), np.uint8(1), np.uint8(2)  # how a point is
INNER: dict[str, Any] = {
    "cache": True,
    "nogil": True,
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}  # for kernels only
BLOCK, WHOLE = 12, 30  # 2 to this power points in a block; changes speed only
FAR = 400  # a walk of more buckets than this goes through many blocks: it is walked without them


@njit(**INNER)
def stand(v: int, home: int, border: Border) -> None:
    """Let a point wait at the border of its block, unless it waits there already."""
    head, behind, state = border
    if state[v] != OUTSIDE:
        state[v], behind[v] = OUTSIDE, head[home]
        head[home] = v


@njit(**INNER)
def admit(block: int, best: Floats, queue: Queue, border: Border, scale: float) -> tuple[int, int]:
    """Move who waits at a block's border into the buckets; return the first bucket, and the places used."""
    (head, who, behind), (outside, following, state) = queue, border
    lowest, used, v = Whole(head.size), ZERO, outside[block]
    outside[block] = NOBODY
    while v != NOBODY:
        bucket = Whole(best[v] * scale)
        who[used], behind[used], head[bucket] = v, head[bucket], used
        state[v], lowest = WAITS, min(lowest, bucket)
        used += ONE
        v = following[v]
    return lowest, used


@njit(**INNER)
def walk(
    block: int,
    arcs: Arcs,
    found: Found,
    queue: Queue,
    border: Border,
    bits: int,
    limit: float,
    scale: float,
) -> bool:
    """Let one block in, empty its buckets; return whether it or an earlier one has to be redone."""
    (starts, to, cost), (best, name) = arcs, found
    (head, waiting, behind), state, again = queue, border[2], False
    lowest, used = admit(block, best, queue, border, scale)
    for bucket in range(lowest, Whole(head.size)):
        while head[bucket] != NOBODY:
            place = head[bucket]
            u, head[bucket] = waiting[place], behind[place]
            if state[u] != WAITS or Whole(best[u] * scale) != bucket:
                continue
            state[u], d, who = PASSED, best[u], name[u]
            for k in range(starts[u], starts[u + ONE]):
                v, through = to[k], d + cost[k]
                if through > limit or through > best[v] or (through == best[v] and who >= name[v]):
                    continue
                best[v], name[v] = through, who
                home = Whole(v >> bits)
                if home != block or used == waiting.size:
                    stand(Whole(v), home, border)
                    again = again or home <= block
                    continue
                wanted = Whole(through * scale)
                waiting[used], behind[used], head[wanted], state[v] = v, head[wanted], used, WAITS
                used += ONE
    return again


@njit(cache=True, nogil=True)
def spread(
    seeds: Seeds,
    arcs: Arcs,
    found: Found,
    queue: Queue,
    border: Border,
    bits: int,
    limit: float,
    scale: float,
) -> None:
    """Put all seeds at the borders, and walk block by block until nobody waits at one."""
    (node, cost, seed), (best, name), again = seeds, found, True
    for k in range(node.size):
        v, d, who = node[k], cost[k], seed[k]
        if d <= limit and (d < best[v] or (d == best[v] and who < name[v])):
            best[v], name[v] = d, who
            stand(Whole(v), Whole(v >> bits), border)
    while again:
        again = False
        for block in range(Whole(border[0].size)):
            if border[0][block] != NOBODY:
                again = walk(block, arcs, found, queue, border, bits, limit, scale) or again


def numbers(codes: Codes) -> Numbers:
    """Return codes as numbers without a sign, in the same memory; -1 becomes `NOBODY`."""
    return np.ascontiguousarray(codes, np.int32).view(np.uint32)


def nearest_seed(arcs: Arcs, seeds: Seeds, limit: float, width: float, bits: int = BLOCK) -> Found:
    """Return for every point the least cost from any seed, and its name; inf and `NOBODY` beyond the limit.

    Of two seeds at the same cost the lower name wins. `width` of a bucket and `bits` of a block change speed
    only.
    """
    count, buckets = arcs[0].size - 1, int(limit / width) + 2
    bits = bits if buckets <= FAR else WHOLE
    found = np.full(count, np.inf), np.full(count, NOBODY)
    room = 2 * min(count, 1 << bits)
    queue = np.full(buckets, NOBODY), np.empty(room, np.uint32), np.empty(room, np.uint32)
    border = np.full((count >> bits) + 1, NOBODY), np.empty(count, np.uint32), np.zeros(count, np.uint8)
    spread(seeds, arcs, found, queue, border, Whole(bits), limit, 1.0 / width)
    return found
