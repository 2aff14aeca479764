"""The last stretch: from the junctions at both ends of an edge to a point that lies on it.

A point on an edge is reached from either end, or along the edge itself from another point on it.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fairground.networks.kernels.buckets import INNER, NOBODY, Floats, Found, Numbers, Whole

Codes = NDArray[np.int32]
Points = tuple[Numbers, Floats, Floats]  # edge, metres along it, cost of the gap
Lying = tuple[Floats, Floats, Numbers, Numbers]  # metres along, cost of the gap; first on each edge, and next
Edges = tuple[Numbers, Numbers, Floats, Floats, Floats]  # from, to, length, cost of a metre there and back


def by_edge(edges: int, edge: Codes) -> tuple[Codes, Codes]:
    """Return, in rows by edge, the points that lie on it, in their order: (starts, points)."""
    held = np.flatnonzero(edge >= 0)
    rows = held[np.argsort(edge[held], kind="stable")].astype(np.int32)
    starts = np.zeros(edges + 1, np.int32)
    np.cumsum(np.bincount(edge[rows], minlength=edges), out=starts[1:])
    return starts, rows


def chained(edges: int, edge: Codes) -> tuple[Numbers, Numbers]:
    """Return the first point on each edge, and for each point the next on its edge."""
    rows = np.flatnonzero(edge >= 0)
    rows = rows[np.argsort(edge[rows], kind="stable")]
    first, following = np.full(edges, NOBODY), np.full(edge.size, NOBODY)
    at = edge[rows]
    begins = np.concatenate([np.ones(min(at.size, 1), dtype=bool), at[1:] != at[:-1]])
    first[at[begins]] = rows[begins]
    following[rows[:-1][~begins[1:]]] = rows[1:][~begins[1:]]
    return first, following


@njit(**INNER)
def stretch(metres: float, per_metre: float) -> float:
    """Return the cost of some metres; none cost nothing, even where the edge may not be used."""
    return metres * per_metre if metres > 0 else 0.0


@njit(cache=True)
def along_edges(
    origins: Points, targets: Lying, edges: Edges, found: Found, limit: float, answer: Found
) -> None:
    """Write for each origin its least cost to a target, and the target, where that is within the limit.

    Whoever stands at the start of an edge is as far as the junction there, and needs no look at the edge.
    """
    (edge, offset, gap), (first, last, length, to, back) = origins, edges
    t_offset, t_gap, first_on, following = targets
    (best, name), (cost, target) = found, answer
    for i in range(Whole(edge.size)):
        e = edge[i]
        if e == NOBODY:
            continue
        one = first[e]
        least, who = best[one] + stretch(offset[i], back[e]), name[one]
        if offset[i] > 0:
            other = last[e]
            d = best[other] + stretch(length[e] - offset[i], to[e])
            if d < least or (d == least and name[other] < who):
                least, who = d, name[other]
            t = first_on[e]
            while t != NOBODY:
                ahead = t_offset[t] - offset[i]
                d = t_gap[t] + (stretch(ahead, to[e]) if ahead >= 0 else stretch(-ahead, back[e]))
                if d < least or (d == least and t < who):
                    least, who = d, t
                t = following[t]
        if least + gap[i] <= limit:
            cost[i], target[i] = least + gap[i], who
