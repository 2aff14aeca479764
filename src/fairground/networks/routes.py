"""The way from one point to another along the streets: its length and its line on the map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fairground.errors import BadInput
from fairground.networks.graph import StreetGraph
from fairground.networks.kernels.buckets import nearest_seed
from fairground.networks.search import (
    WIDTH,
    arcs_in,
    barred,
    cheapest,
    checked_limit,
    checked_points,
    seeds,
    stretches,
)
from fairground.networks.snapping import Snapped
from fairground.networks.ways import Flags, Floats, Indices


@dataclass(frozen=True)
class Route:
    """A way: its cost with both gaps, its line on the graph's map, the ways it follows, and whether unsure.

    `x`, `y`: from the place where the origin joins the streets to the place where the target leaves them.
    `leg_way`, `leg_metres`, `leg_unknown`: the same way as legs, one for each stretch that follows one way
    of the map and is all sure or all unknown.
    """

    cost: float
    x: Floats
    y: Floats
    ways: Indices
    unknown: bool
    leg_way: Indices
    leg_metres: Floats
    leg_unknown: Flags


def route(
    graph: StreetGraph, origin: Snapped, target: Snapped, *, limit: float = 50_000.0, unknown: str = "pass"
) -> Route | None:
    """Find the cheapest way from one point to another along the streets.

    Parameters
    ----------
    graph : the streets. origin, target : one point each, from `snap`.
    limit : the most that the way may cost, gaps included. unknown : as for `nearest`.

    Returns
    -------
    Route, or None where there is no way within the limit.

    Raises
    ------
    BadInput : as for `nearest`, or not exactly one origin and one target.

    >>> import numpy as np
    >>> from fairground.networks import TagColumn, Ways, build_graph, profile, route, snap
    >>> ways = Ways(np.array([7]), np.array([0, 3]), np.array([1, 2, 3]), np.array([0.0, 30.0, 30.0]),
    ...     np.array([0.0, 0.0, 40.0]), {"highway": TagColumn.of(["footway"])}, crs="flat")
    >>> graph, _ = build_graph(ways, profile("walk"))
    >>> found = route(graph, snap(graph, [10.0], [0.0]), snap(graph, [30.0], [25.0]))
    >>> found.cost, found.x.tolist(), found.y.tolist()
    (45.0, [10.0, 30.0, 30.0], [0.0, 0.0, 25.0])
    """
    most = checked_limit(limit)
    for points, field in ((origin, "origin"), (target, "target")):
        checked_points(graph, points, field)
        if points.count != 1:
            raise BadInput("A route is from one point to one point", field, points.count, "one point")
    if origin.edge[0] < 0 or target.edge[0] < 0:
        return None
    per_metre, graph = cheapest(graph), barred(graph, unknown)
    best, _ = nearest_seed(arcs_in(graph), seeds(graph, target, per_metre), most, WIDTH * per_metre)
    cost, parts = _parts(graph, origin, target, best, per_metre)
    return _drawn(graph, parts, cost) if cost <= most else None


Part = tuple[int, float, float]  # an edge, and the metres along it where it is joined and left


def _parts(
    graph: StreetGraph, origin: Snapped, target: Snapped, best: Floats, per_metre: float
) -> tuple[float, list[Part]]:
    """Return the least cost and the stretches of edge on the way."""
    e, offset = int(origin.edge[0]), float(origin.offset[0])
    gap, length = float(origin.gap[0]) * per_metre, float(graph.length[e])
    start, end = int(graph.edge_from[e]), int(graph.edge_to[e])
    ways: list[tuple[float, int, list[Part]]] = [
        (float(best[start]) + _cost(offset, graph.cost_back[e]), start, [(e, offset, 0.0)]),
        (float(best[end]) + _cost(length - offset, graph.cost_to[e]), end, [(e, offset, length)]),
    ]
    if target.edge[0] == e:
        t = float(target.offset[0])
        direct = _cost(abs(t - offset), graph.cost_to[e] if t >= offset else graph.cost_back[e])
        ways.append((direct + float(target.gap[0]) * per_metre, -1, [(e, offset, t)]))
    cost, at, parts = min(ways, key=lambda way: way[0])
    if at >= 0 and np.isfinite(cost):
        parts = parts + _followed(graph, at, target, best, per_metre)
    return cost + gap, parts


def _followed(graph: StreetGraph, at: int, target: Snapped, best: Floats, per_metre: float) -> list[Part]:
    """Return the stretches from a junction to the target: at each junction the arc that the search took."""
    node, cost, _ = seeds(graph, target, per_metre)
    ends: dict[int, float] = {}
    for v, d in zip(node.tolist(), cost.tolist(), strict=True):
        ends[v] = min(d, ends.get(v, np.inf))
    found: list[Part] = []
    seen = {at}
    while best[at] != ends.get(at, np.inf):
        e, nearer = _step(graph, at, best, seen)
        ahead = graph.edge_from[e] == at and graph.edge_to[e] == nearer
        found.append((e, 0.0, float(graph.length[e])) if ahead else (e, float(graph.length[e]), 0.0))
        at = nearer
        seen.add(at)
    e, offset = int(target.edge[0]), float(target.offset[0])
    from_start = _cost(offset, graph.cost_to[e])
    from_end = _cost(float(graph.length[e]) - offset, graph.cost_back[e])
    first = graph.edge_from[e] == at and (graph.edge_to[e] != at or from_start <= from_end)
    return [*found, (e, 0.0 if first else float(graph.length[e]), offset)]


def _step(graph: StreetGraph, at: int, best: Floats, seen: set[int]) -> tuple[int, int]:
    """Return the edge that the search took from a junction, and the junction it leads to."""
    rows = graph.edges_at(at)
    options = []
    for e in rows.tolist():
        for one, other, per_metre in (
            (graph.edge_from[e], graph.edge_to[e], graph.cost_to[e]),
            (graph.edge_to[e], graph.edge_from[e], graph.cost_back[e]),
        ):
            if one == at and int(other) not in seen:
                off = abs(float(best[other]) + _cost(float(graph.length[e]), per_metre) - float(best[at]))
                options.append((off, e, int(other)))
    _, edge, nearer = min(options)
    return edge, nearer


def _cost(metres: float, per_metre: float) -> float:
    return float(stretches(np.array([metres]), np.array([per_metre]))[0])


def _drawn(graph: StreetGraph, parts: list[Part], cost: float) -> Route:
    xs, ys, legs = [], [], []
    for e, one, other in parts:
        rows = slice(int(graph.bend_starts[e]), int(graph.bend_starts[e + 1]))
        at = graph.bend_at[rows]
        low, high = min(one, other), max(one, other)
        inside = at[(at > low) & (at < high)]
        metres = np.concatenate([[one], inside if other >= one else inside[::-1], [other]])
        xs.append(np.interp(metres, at, graph.bend_x[rows]))
        ys.append(np.interp(metres, at, graph.bend_y[rows]))
        long = np.minimum(at[1:], high) - np.maximum(at[:-1], low)
        passed = np.flatnonzero((at[1:] > low) & (at[:-1] < high))[:: 1 if other >= one else -1]
        way, shaky = graph.bend_way[rows][:-1], bool(graph.unknown[e])
        legs += [(int(way[k]), shaky, float(long[k])) for k in passed.tolist()]
    x, y = np.concatenate(xs), np.concatenate(ys)
    fresh = np.concatenate([[True], (np.diff(x) != 0) | (np.diff(y) != 0)])
    followed = np.array(list(dict.fromkeys(way for way, _, _ in legs)), dtype=np.int64)
    unsure = bool(graph.unknown[[e for e, _, _ in parts]].any())
    return Route(cost, x[fresh], y[fresh], followed, unsure, *_legs(legs))


def _legs(pieces: list[tuple[int, bool, float]]) -> tuple[Indices, Floats, Flags]:
    """Return pieces that follow one another on the same way as one leg."""
    found: list[tuple[int, bool, float]] = []
    for way, unsure, metres in pieces:
        if found and found[-1][:2] == (way, unsure):
            metres += found.pop()[2]
        found.append((way, unsure, metres))
    ways, unknown, long = ([leg[part] for leg in found] for part in range(3))
    return np.array(ways, np.int64), np.array(long, np.float64), np.array(unknown, np.bool_)
