"""Slow, plain twins: street searches by NetworkX on every bend, snapping by looking at every piece."""

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
