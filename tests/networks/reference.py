"""Slow, plain twins: street searches by NetworkX on every bend, snapping by looking at every piece."""

from itertools import pairwise
from math import hypot, inf

import networkx as nx
import numpy as np

from fairground.networks import TagColumn, Ways


def ways_of(lines, *, points=None, crs="flat"):
    """Return Ways from [(tags, [(number, x, y), …]), …] and {number: tags}."""
    keys = sorted({key for tags, _ in lines for key in tags})
    points = points or {}
    point_keys = sorted({key for tags in points.values() for key in tags})
    places = [place for _, line in lines for place in line]
    return Ways(
        np.arange(1, len(lines) + 1),
        np.cumsum([0] + [len(line) for _, line in lines]),
        np.array([p[0] for p in places], dtype=np.int64),
        np.array([p[1] for p in places], dtype=float),
        np.array([p[2] for p in places], dtype=float),
        {key: TagColumn.of([tags.get(key, "") for tags, _ in lines]) for key in keys},
        np.array(sorted(points), dtype=np.int64),
        {key: TagColumn.of([points[n].get(key, "") for n in sorted(points)]) for key in point_keys},
        crs,
    )


def network(pieces, *, bar_unknown=False):
    """Return every usable piece as an arc of its own, bends and all."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(pieces.x.size))
    for k in range(pieces.a.size):
        if bar_unknown and pieces.unknown[k]:
            continue
        a, b = int(pieces.a[k]), int(pieces.b[k])
        if np.isfinite(pieces.to[k]):
            graph.add_edge(a, b, cost=float(pieces.metres[k]))
        if np.isfinite(pieces.back[k]):
            graph.add_edge(b, a, cost=float(pieces.metres[k]))
    return graph


def nearest(graph, origins, targets, limit):
    """Return for each origin the least cost to any target, inf beyond the limit."""
    reverse = graph.reverse(copy=False)
    found = nx.multi_source_dijkstra_path_length(reverse, set(targets), weight="cost")
    return [d if (d := found.get(o, inf)) <= limit else inf for o in origins]


def bounded(starts, to, cost, seeds, limit):
    """Return for each junction its least cost from any seed (node, cost, name), and the name."""
    best = [(inf, -1)] * (len(starts) - 1)
    for node, d, name in seeds:
        if d <= limit and (d < best[node][0] or (d == best[node][0] and name < best[node][1])):
            best[node] = (d, name)
    changed = True
    while changed:
        changed = False
        for u in range(len(best)):
            for k in range(starts[u], starts[u + 1]):
                d, name = best[u][0] + cost[k], best[u][1]
                v = to[k]
                if d <= limit and (d < best[v][0] or (d == best[v][0] and name < best[v][1])):
                    best[v], changed = (d, name), True
    return best


def to_piece(px, py, piece):
    """Return the straight distance from a point to a piece (x1, y1, x2, y2)."""
    x1, y1, x2, y2 = piece
    dx, dy = x2 - x1, y2 - y1
    square = dx * dx + dy * dy
    t = 0.0 if square == 0 else min(1.0, max(0.0, ((px - x1) * dx + (py - y1) * dy) / square))
    return hypot(px - x1 - t * dx, py - y1 - t * dy)


def with_points(graph, points, *, arriving):
    """Return the graph of junctions with each point as a node (kind, i), and pieces between neighbours.

    Points that share an edge are joined to one another along it; the gap is paid once, on the step between a
    point and its place on the street.
    """
    net = nx.MultiDiGraph()
    net.add_nodes_from(range(graph.junctions))
    stops = [[(0.0, int(u))] for u in graph.edge_from]
    for kind, snapped in points.items():
        for i in range(snapped.count):
            if snapped.edge[i] < 0:
                continue
            stops[snapped.edge[i]].append((float(snapped.offset[i]), (kind, "street", i)))
            one, other = (kind, i), (kind, "street", i)
            net.add_edge(*((other, one) if kind in arriving else (one, other)), cost=float(snapped.gap[i]))
    for e, row in enumerate(stops):
        row = [*sorted(row, key=lambda stop: stop[0]), (float(graph.length[e]), int(graph.edge_to[e]))]
        for (a, u), (b, v) in pairwise(row):
            if np.isfinite(graph.cost_to[e]) or a == b:
                net.add_edge(u, v, cost=b - a)
            if np.isfinite(graph.cost_back[e]) or a == b:
                net.add_edge(v, u, cost=b - a)
    return net


def distances(graph, origins, targets):
    """Return the least metres from every origin to every target, each search on its own."""
    net = with_points(graph, {"home": origins, "goal": targets}, arriving={"goal"})
    out = np.full((origins.count, targets.count), inf)
    for i in range(origins.count):
        if ("home", i) in net:
            found = nx.single_source_dijkstra_path_length(net, ("home", i), weight="cost")
            for t in range(targets.count):
                out[i, t] = found.get(("goal", t), inf)
    return out
