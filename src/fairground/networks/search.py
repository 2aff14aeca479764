"""How far along the streets: to the nearest of many targets, and the way there.

Every point lies on an edge, some metres along it and some metres beside it (`snap`). A distance is the
straight metres to the street, the way along streets, and the straight metres from the street: all three, to
the last digit. Reference: Dijkstra, "A note on two problems in connexion with graphs", Numerische Mathematik
1, 1959.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fairground.errors import BadInput
from fairground.networks.graph import StreetGraph
from fairground.networks.kernels.buckets import NOBODY, Arcs, Seeds, nearest_seed, numbers
from fairground.networks.kernels.edges import Edges, Lying, Points, along_edges, chained
from fairground.networks.kernels.several import along_edges_several, nearest_seeds, nobody_listed
from fairground.networks.snapping import Snapped
from fairground.networks.ways import Codes, Floats

UNKNOWN = ("pass", "bar")
WIDTH = 25.0  # metres in a bucket; changes speed only


@dataclass(frozen=True)
class Nearest:
    """For each origin the cost to its nearest target (inf: none within the limit) and its row (-1: none)."""

    cost: Floats
    target: Codes

    @property
    def reached(self) -> np.ndarray:
        """Which origins have a target within the limit."""
        return self.target >= 0


def nearest(
    graph: StreetGraph, origins: Snapped, targets: Snapped, *, limit: float, unknown: str = "pass"
) -> Nearest:
    """Find the nearest target of each origin along the streets, exactly, no further than a limit.

    Parameters
    ----------
    graph : the streets. origins, targets : points on them, from `snap`.
    limit : the most that an origin may be from a target, in the graph's unit, gaps included.
    unknown : "pass" takes streets of which the map says too little, "bar" does not: what is reached only when
        they pass is neither met nor missed, but unknown.

    Returns
    -------
    Nearest : cost in the graph's unit, and which target; of two at the same cost the earlier row.

    Raises
    ------
    BadInput : a limit that is not a number of zero or more, or points of another graph.

    >>> import numpy as np
    >>> from fairground.networks import TagColumn, Ways, build_graph, nearest, profile, snap
    >>> ways = Ways(np.array([7]), np.array([0, 2]), np.array([1, 2]), np.array([0.0, 500.0]),
    ...     np.array([0.0, 0.0]), {"highway": TagColumn.of(["footway"])}, crs="flat")
    >>> graph, _ = build_graph(ways, profile("walk"))
    >>> homes = snap(graph, np.array([30.0, 450.0]), np.array([12.0, 0.0]))
    >>> gates = snap(graph, np.array([100.0]), np.array([0.0]))
    >>> nearest(graph, homes, gates, limit=300).cost.tolist()
    [82.0, inf]
    """
    most = checked_limit(limit)
    checked_points(graph, origins, "origins")
    checked_points(graph, targets, "targets")
    per_metre, graph = cheapest(graph), barred(graph, unknown)
    found = nearest_seed(arcs_in(graph), seeds(graph, targets, per_metre), most, WIDTH * per_metre)
    answer = np.full(origins.count, np.inf), np.full(origins.count, NOBODY)
    on, goals = on_edges(origins, per_metre), lying(graph, targets, per_metre)
    along_edges(on, goals, edge_arrays(graph), found, most, answer)
    return Nearest(answer[0], answer[1].view(np.int32))


def nearest_k(
    graph: StreetGraph, origins: Snapped, targets: Snapped, *, count: int, limit: float, unknown: str = "pass"
) -> Nearest:
    """Find the few nearest different targets of each origin along the streets, exactly.

    Parameters
    ----------
    graph, origins, targets, limit, unknown : as for `nearest`.
    count : how many targets to find for each origin, 1 or more.

    Returns
    -------
    Nearest : cost and target of shape (origins, count), the nearest first; inf and -1 where there are fewer.

    Raises
    ------
    BadInput : as for `nearest`, or a count that is not a whole number of 1 or more.

    >>> import numpy as np
    >>> from fairground.networks import TagColumn, Ways, build_graph, nearest_k, profile, snap
    >>> ways = Ways(np.array([7]), np.array([0, 2]), np.array([1, 2]), np.array([0.0, 500.0]),
    ...     np.array([0.0, 0.0]), {"highway": TagColumn.of(["footway"])}, crs="flat")
    >>> graph, _ = build_graph(ways, profile("walk"))
    >>> shops = snap(graph, np.array([100.0, 250.0, 20.0]), np.zeros(3))
    >>> nearest_k(graph, snap(graph, [0.0], [0.0]), shops, count=2, limit=300).target.tolist()
    [[2, 0]]
    """
    most = checked_limit(limit)
    checked_points(graph, origins, "origins")
    checked_points(graph, targets, "targets")
    if not isinstance(count, int | np.integer) or count < 1:
        raise BadInput("A count must be a whole number of 1 or more", "count", count)
    per_metre, graph = cheapest(graph), barred(graph, unknown)
    kept = min(int(count), max(targets.count, 1))
    begin = seeds(graph, targets, per_metre)
    found = nearest_seeds(arcs_in(graph), begin, kept, most, WIDTH * per_metre)
    answer = nobody_listed(origins.count, kept)
    on, goals = on_edges(origins, per_metre), lying(graph, targets, per_metre)
    along_edges_several(on, goals, edge_arrays(graph), found, most, answer)
    cost, target = answer[0], answer[1].view(np.int32)
    fewer = ((0, 0), (0, int(count) - kept))
    return Nearest(np.pad(cost, fewer, constant_values=np.inf), np.pad(target, fewer, constant_values=-1))


def checked_limit(limit: float) -> float:
    """Return a limit that is a number of zero or more.

    Raises
    ------
    BadInput : it is not.
    """
    if not (np.isfinite(limit) and limit >= 0):
        raise BadInput("A limit must be a number of zero or more", "limit", limit)
    return float(limit)


def checked_points(graph: StreetGraph, points: Snapped, field: str) -> None:
    """Refuse points that do not lie on this graph's edges.

    Raises
    ------
    BadInput : an edge that the graph does not have.
    """
    if points.count and int(points.edge.max()) >= graph.edges:
        raise BadInput("These points were snapped to other streets", field, int(points.edge.max()))


def cheapest(graph: StreetGraph) -> float:
    """What a metre beside the streets costs: as much as the cheapest metre on them."""
    return graph.cheapest


def barred(graph: StreetGraph, unknown: str) -> StreetGraph:
    """Return the graph to search: all of it, or without the streets of which the map says too little.

    Raises
    ------
    BadInput : unknown is neither "pass" nor "bar".
    """
    if unknown not in UNKNOWN:
        raise BadInput("Unknown streets pass or are barred", "unknown", unknown, ", ".join(UNKNOWN))
    return graph.certain if unknown == "bar" else graph


def on_edges(points: Snapped, per_metre: float) -> Points:
    """Return points as a kernel takes them: edge, metres along it, cost of the gap."""
    return numbers(points.edge), np.ascontiguousarray(points.offset), _gaps(points, per_metre)


def lying(graph: StreetGraph, targets: Snapped, per_metre: float) -> Lying:
    """Return targets as a kernel takes them: metres along, cost of the gap, and who is where."""
    offset = np.ascontiguousarray(targets.offset)
    return offset, _gaps(targets, per_metre), *chained(graph.edges, targets.edge)


def _gaps(points: Snapped, per_metre: float) -> Floats:
    return np.ascontiguousarray(points.gap if per_metre == 1.0 else points.gap * per_metre)


def edge_arrays(graph: StreetGraph) -> Edges:
    """Return edges as a kernel takes them: from, to, length, cost of a metre there and back."""
    ends = numbers(graph.edge_from), numbers(graph.edge_to)
    return *ends, graph.length, graph.cost_to, graph.cost_back


def arcs_in(graph: StreetGraph) -> Arcs:
    """Return the ways in as a kernel takes them: starts, from where, cost."""
    starts, leave, cost = graph.arcs_in
    return numbers(starts), numbers(leave), cost


def arcs_out(graph: StreetGraph) -> Arcs:
    """Return the ways out as a kernel takes them: starts, to where, cost."""
    starts, reach, cost = graph.arcs_out
    return numbers(starts), numbers(reach), cost


def seeds(graph: StreetGraph, targets: Snapped, per_metre: float) -> Seeds:
    """Return the junctions from which each target is reached first: junction, cost, target."""
    row = np.flatnonzero(targets.edge >= 0)
    edge, offset, gap = targets.edge[row], targets.offset[row], targets.gap[row] * per_metre
    node = np.concatenate([graph.edge_from[edge], graph.edge_to[edge]])
    there = stretches(offset, graph.cost_to[edge])
    back = stretches(graph.length[edge] - offset, graph.cost_back[edge])
    cost = np.concatenate([there + gap, back + gap])
    return numbers(node), cost, np.concatenate([row, row]).astype(np.uint32)


def stretches(metres: Floats, per_metre: Floats) -> Floats:
    """Return the cost of each stretch; no metres cost nothing, even where the edge may not be used."""
    return np.multiply(metres, per_metre, out=np.zeros(metres.size), where=metres > 0)
