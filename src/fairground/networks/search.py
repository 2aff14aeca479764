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
from fairground.networks.kernels.buckets import nearest_seed
from fairground.networks.kernels.edges import arrived, by_edge
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
    per_metre, graph = _per_metre(graph), barred(graph, unknown)
    seeds = _seeds(graph, targets, per_metre)
    best, name = nearest_seed(*graph.arcs_in, *seeds, most, WIDTH * per_metre)
    starts, rows = by_edge(graph.edges, targets.edge)
    cost, target = arrived(
        (origins.edge, origins.offset, origins.gap * per_metre),
        (targets.offset, targets.gap * per_metre, starts, rows),
        (graph.edge_from, graph.edge_to, graph.length, graph.cost_to, graph.cost_back),
        best,
        name,
        most,
    )
    return Nearest(cost, target)


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


def _per_metre(graph: StreetGraph) -> float:
    """What a metre beside the streets costs: as much as the cheapest metre on them."""
    return float(min(graph.cost_to.min(), graph.cost_back.min()))


def barred(graph: StreetGraph, unknown: str) -> StreetGraph:
    """Return the graph to search: all of it, or without the streets of which the map says too little.

    Raises
    ------
    BadInput : unknown is neither "pass" nor "bar".
    """
    if unknown not in UNKNOWN:
        raise BadInput("Unknown streets pass or are barred", "unknown", unknown, ", ".join(UNKNOWN))
    return graph.certain if unknown == "bar" else graph


def _seeds(graph: StreetGraph, targets: Snapped, per_metre: float) -> tuple[Codes, Floats, Codes]:
    """Return the junctions from which each target is reached first: junction, cost, target."""
    row = np.flatnonzero(targets.edge >= 0)
    edge, offset, gap = targets.edge[row], targets.offset[row], targets.gap[row] * per_metre
    node = np.concatenate([graph.edge_from[edge], graph.edge_to[edge]])
    there = stretches(offset, graph.cost_to[edge])
    back = stretches(graph.length[edge] - offset, graph.cost_back[edge])
    cost = np.concatenate([there + gap, back + gap])
    return node, cost, np.concatenate([row, row]).astype(np.int32)


def stretches(metres: Floats, per_metre: Floats) -> Floats:
    """Return the cost of each stretch; no metres cost nothing, even where the edge may not be used."""
    return np.multiply(metres, per_metre, out=np.zeros(metres.size), where=metres > 0)
