"""The last stretch: from the junctions at both ends of an edge to a point that lies on it.

A point on an edge is reached from either end, or along the edge itself from another point on it.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]
Points = tuple[Codes, Floats, Floats]  # edge, metres along it, cost of the gap
Lying = tuple[Floats, Floats, Codes, Codes]  # metres along, cost of the gap; rows by edge
Edges = tuple[Codes, Codes, Floats, Floats, Floats]  # from, to, length, cost of a metre there and back


@njit(cache=True)
def by_edge(edges: int, edge: Codes) -> tuple[Codes, Codes]:
    """Return, in rows by edge, the points that lie on it, in their order: (starts, points)."""
    starts = np.zeros(edges + 1, np.int32)
    for i in range(edge.size):
        if edge[i] >= 0:
            starts[edge[i] + 1] += 1
    for e in range(edges):
        starts[e + 1] += starts[e]
    fill, rows = starts[:-1].copy(), np.empty(starts[-1], np.int32)
    for i in range(edge.size):
        if edge[i] >= 0:
            rows[fill[edge[i]]] = i
            fill[edge[i]] += 1
    return starts, rows


@njit(cache=True, inline="always")
def stretch(metres: float, per_metre: float) -> float:
    """Return the cost of some metres; none cost nothing, even where the edge may not be used."""
    return metres * per_metre if metres > 0 else 0.0


@njit(cache=True)
def arrived(
    origins: Points, targets: Lying, edges: Edges, best: Floats, name: Codes, limit: float
) -> tuple[Floats, Codes]:
    """Return for each origin its least cost to a target, and the target; inf and -1 beyond the limit."""
    edge, offset, gap = origins
    t_offset, t_gap, starts, rows = targets
    first, last, length, to, back = edges
    cost, target = np.full(edge.size, np.inf), np.full(edge.size, -1, np.int32)
    for i in range(edge.size):
        e = edge[i]
        if e < 0:
            continue
        least, who = np.inf, -1
        for end in range(2):
            v = first[e] if end == 0 else last[e]
            way = stretch(offset[i], back[e]) if end == 0 else stretch(length[e] - offset[i], to[e])
            d = best[v] + way
            if name[v] >= 0 and (d < least or (d == least and name[v] < who)):
                least, who = d, name[v]
        for k in range(starts[e], starts[e + 1]):
            t = rows[k]
            ahead = t_offset[t] - offset[i]
            d = t_gap[t] + (stretch(ahead, to[e]) if ahead >= 0 else stretch(-ahead, back[e]))
            if d < least or (d == least and t < who):
                least, who = d, t
        if least + gap[i] <= limit:
            cost[i], target[i] = least + gap[i], who
    return cost, target
