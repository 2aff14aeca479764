"""What lies within a walk of every home: people, jobs, shops, added up along the streets.

Sixteen neighbouring origins share one walk, and each sum is still exact: costs are never rounded, and whoever
lies exactly at the limit counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from fairground.errors import BadInput
from fairground.networks.graph import StreetGraph
from fairground.networks.kernels.buckets import numbers
from fairground.networks.kernels.edges import by_edge
from fairground.networks.kernels.lanes import Beside, Goods, sums
from fairground.networks.search import (
    WIDTH,
    arcs_out,
    barred,
    cheapest,
    checked_limit,
    checked_points,
    edge_arrays,
    on_edges,
    stretches,
)
from fairground.networks.snapping import Snapped
from fairground.networks.ways import Codes, Floats, Indices


def counts_within(
    graph: StreetGraph,
    origins: Snapped,
    targets: Snapped,
    *,
    limit: float,
    weights: Floats | Sequence[float] | None = None,
    unknown: str = "pass",
    threads: int = 1,
) -> Floats:
    """Add up, for each origin, the targets that lie within a limit along the streets.

    Parameters
    ----------
    graph, origins, targets, limit, unknown : as for `nearest`; from the origin to the target.
    weights : (targets,) what each target counts for, such as people; None counts each as one.
    threads : how many parts of the origins are worked at the same time.

    Returns
    -------
    (origins,) : sums; a target exactly at the limit counts.

    Raises
    ------
    BadInput : as for `nearest`; weights that are missing, not numbers, or below zero (names the row).

    >>> import numpy as np
    >>> from fairground.networks import TagColumn, Ways, build_graph, counts_within, profile, snap
    >>> ways = Ways(np.array([7]), np.array([0, 2]), np.array([1, 2]), np.array([0.0, 500.0]),
    ...     np.array([0.0, 0.0]), {"highway": TagColumn.of(["footway"])}, crs="flat")
    >>> graph, _ = build_graph(ways, profile("walk"))
    >>> homes = snap(graph, np.array([100.0, 250.0, 400.0]), np.zeros(3))
    >>> counts_within(graph, homes, homes, limit=150, weights=[2, 3, 4]).tolist()
    [5.0, 9.0, 7.0]
    """
    most = checked_limit(limit)
    checked_points(graph, origins, "origins")
    checked_points(graph, targets, "targets")
    amounts = _checked_weights(weights, targets.count)
    per_metre, graph = cheapest(graph), barred(graph, unknown)
    row = np.flatnonzero(origins.edge >= 0)
    order = row[np.argsort(origins.edge[row], kind="stable")]
    goods, beside = _goods(graph, targets, amounts, per_metre)
    streets, edges, width = arcs_out(graph), edge_arrays(graph), WIDTH * per_metre

    def part(chosen: Indices) -> Floats:
        on = on_edges(origins.rows(chosen), per_metre)
        return sums(streets, edges, on, goods, beside, most, width)

    total = np.zeros(origins.count)
    parts = [chosen for chosen in np.array_split(order, max(1, threads)) if chosen.size]
    with ThreadPoolExecutor(max(1, threads)) as pool:
        for chosen, found in zip(parts, pool.map(part, parts), strict=True):
            total[chosen] = found
    return total


def _checked_weights(weights: Floats | Sequence[float] | None, count: int) -> Floats:
    if weights is None:
        return np.ones(count)
    found = np.asarray(weights, dtype=float)
    if found.shape != (count,):
        raise BadInput("Weights and targets differ in number", "weights", found.size, f"{count}")
    wrong = np.flatnonzero(~(np.isfinite(found) & (found >= 0)))
    if wrong.size:
        raise BadInput(
            "A weight must be zero or more",
            "weights",
            found[wrong[0]],
            "numbers from 0 up",
            int(wrong[0]) + 1,
        )
    return found


def _goods(graph: StreetGraph, targets: Snapped, amounts: Floats, per_metre: float) -> tuple[Goods, Beside]:
    """Return targets in rows by edge as the kernel takes them, and the edges that hold some by junction."""
    rows, at = by_edge(graph.edges, targets.edge)
    on = targets.rows(at)
    edge, gap = on.edge, on.gap * per_metre
    at_start = stretches(on.offset, graph.cost_to[edge]) + gap
    at_end = stretches(graph.length[edge] - on.offset, graph.cost_back[edge]) + gap
    goods = (numbers(rows), at_start, at_end, np.ascontiguousarray(on.offset), gap, amounts[at])
    return goods, _beside(graph, rows)


def _beside(graph: StreetGraph, rows: Codes) -> Beside:
    """Return, in rows by junction, the edges that hold targets; a loop is listed once."""
    held = np.flatnonzero(np.diff(rows) > 0).astype(np.int32)
    one, other = graph.edge_from[held], graph.edge_to[held]
    junction = np.concatenate([one, other[one != other]])
    edge = np.concatenate([held, held[one != other]])
    order = np.argsort(junction, kind="stable")
    starts = np.zeros(graph.junctions + 1, dtype=np.int32)
    np.cumsum(np.bincount(junction, minlength=graph.junctions), out=starts[1:])
    return numbers(starts), numbers(edge[order])
