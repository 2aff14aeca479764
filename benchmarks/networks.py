"""Street searches against scipy, igraph and pandana, on the same streets in one run: time and memory.

`python benchmarks/networks.py STREETS.osm.pbf` asks, on a real place and on made-up grids, how far the
nearest of many targets is from every point, and how many points lie within a walk of each. Each contender
runs in a process of its own, warmed up on a small question first (imports and compiling are not counted);
preparing and asking are timed apart, in seconds of processor time, the best of three. Peers come from
`requirements/peer-networks.txt`; one that is not installed is named.
`docs/explanation/networks.md` holds a run.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

SHARE = 50  # one point in so many is a target


def streets(place: str) -> Any:
    """Return ways: of a map file, or of a grid of streets 60 m apart, bent, with a fifth of them left out."""
    from fairground.networks import TagColumn, Ways

    if not place.startswith("grid:"):
        from fairground.sources.streets import read_osm

        # Gates are left out: a point at a locked gate lies on both of its sides, which the peers cannot say.
        found = read_osm(place, areas=False).ways
        return replace(found, point_id=np.empty(0, np.int64), point_tags={})
    side, chance = round(float(place.removeprefix("grid:")) ** 0.5), np.random.default_rng(4)
    at = np.arange(side * side)
    x, y = ((at % side, at // side) * np.array([[60.0]])) + chance.uniform(-15, 15, (2, at.size))
    right, up = at[at % side < side - 1], at[at // side < side - 1]
    pairs = np.concatenate([np.stack([right, right + 1]), np.stack([up, up + side])], axis=1)
    node = pairs[:, chance.uniform(size=pairs.shape[1]) > 0.2].T.reshape(-1)
    count = node.size // 2
    tags = {"highway": TagColumn(np.ones(count, np.int32), ("", "footway"))}
    return Ways(np.arange(count), np.arange(count + 1) * 2, node, x[node], y[node], tags, crs="flat")


def built(place: str) -> tuple[Any, Any, np.ndarray]:
    """Return our graph, each different point on it (in the order of its edges), and the points' numbers."""
    from fairground.networks import bends, build_graph, profile

    graph, _ = build_graph(streets(place), profile("walk"))
    number, row = np.unique(graph.bend_id, return_index=True)
    return graph, bends(graph).rows(np.sort(row)), number


def between_points(graph: Any, number: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the straight pieces between all points, for tools without bends: the shortest of each pair."""
    ends = np.ones(graph.bend_x.size, dtype=bool)
    ends[graph.bend_starts[1:] - 1] = False
    k = np.flatnonzero(ends)
    at = np.searchsorted(number, graph.bend_id)
    metres = np.maximum(graph.bend_at[k + 1] - graph.bend_at[k], 1e-9)
    a, b = np.minimum(at[k], at[k + 1]), np.maximum(at[k], at[k + 1])
    order = np.lexsort((metres, b, a))
    a, b, metres = a[order], b[order], metres[order]
    first = np.concatenate([[True], (np.diff(a) != 0) | (np.diff(b) != 0)])
    return a[first], b[first], metres[first]


def targets_of(count: int) -> np.ndarray:
    """Return which points are targets; the same for every contender."""
    return np.sort(np.random.default_rng(1).choice(count, max(1, count // SHARE), replace=False))


class Ours:
    """Fairground, on junctions and bends."""

    def __init__(self, graph: Any, points: Any, number: np.ndarray) -> None:
        from fairground.networks import counts_within, nearest

        at = np.searchsorted(number, graph.bend_id[np.sort(np.unique(graph.bend_id, return_index=True)[1])])
        goals = points.rows(np.isin(at, targets_of(number.size)))
        back = np.argsort(at)
        self.nearest = lambda limit: nearest(graph, points, goals, limit=limit).cost[back]
        self.counts = lambda limit: counts_within(graph, points, points, limit=limit)[back]


class Scipy:
    """scipy.sparse.csgraph.dijkstra with min_only and a limit."""

    def __init__(self, graph: Any, points: Any, number: np.ndarray) -> None:
        from scipy.sparse import coo_matrix
        from scipy.sparse.csgraph import dijkstra

        a, b, metres = between_points(graph, number)
        both = (np.concatenate([metres, metres]), (np.concatenate([a, b]), np.concatenate([b, a])))
        matrix, goals = coo_matrix(both, shape=(number.size, number.size)).tocsr(), targets_of(number.size)
        self.nearest = lambda limit: dijkstra(matrix, indices=goals, min_only=True, limit=limit)
        self.counts = None


class Igraph:
    """igraph, from one more point joined to every target at no cost; it knows no limit."""

    def __init__(self, graph: Any, points: Any, number: np.ndarray) -> None:
        import igraph

        a, b, metres = between_points(graph, number)
        goals = targets_of(number.size)
        ends = np.stack(
            [np.concatenate([a, np.full(goals.size, number.size)]), np.concatenate([b, goals])], axis=1
        )
        net = igraph.Graph(n=number.size + 1, edges=ends)
        cost = np.concatenate([metres, np.zeros(goals.size)]).tolist()

        def ask(limit: float) -> np.ndarray:
            far = np.array(net.distances(source=[number.size], weights=cost)[0])[:-1]
            return np.where(far <= limit, far, np.inf)

        self.nearest, self.counts = ask, None


class Pandana:
    """pandana: contraction hierarchies, points of interest at nodes."""

    def __init__(self, graph: Any, points: Any, number: np.ndarray) -> None:
        import pandana
        import pandas

        a, b, metres = between_points(graph, number)
        _, row = np.unique(graph.bend_id, return_index=True)
        x, y = pandas.Series(graph.bend_x[row]), pandas.Series(graph.bend_y[row])
        net = pandana.Network(x, y, pandas.Series(a), pandas.Series(b), pandas.DataFrame({"m": metres}))
        net.set(pandas.Series(np.arange(number.size)))
        goals = targets_of(number.size)

        def ask(limit: float) -> np.ndarray:
            net.set_pois("goal", limit, 1, x.iloc[goals], y.iloc[goals])
            far = net.nearest_pois(limit, "goal", num_pois=1, max_distance=-1)[1].to_numpy()
            return np.where(far >= 0, far, np.inf)

        self.nearest = ask
        self.counts = lambda limit: net.aggregate(limit, type="count", decay="flat").to_numpy()


CONTENDERS = {"ours": Ours, "scipy": Scipy, "igraph": Igraph, "pandana": Pandana}


def timed(ask: Callable[[], Any], times: int) -> tuple[float, Any]:
    """Return the least processor seconds of some tries, and the answer."""
    spent = []
    for _ in range(times):
        begun = time.process_time()
        found = ask()
        spent.append(time.process_time() - begun)
    return min(spent), found


def run(name: str, place: str, queue: Any) -> None:
    """Time one contender on one place, in a process of its own."""
    Ours(*built("grid:400")).nearest(300.0)
    Ours(*built("grid:400")).counts(300.0)
    graph, points, number = built(place)
    prepared, asked = timed(lambda: CONTENDERS[name](graph, points, number), 1)
    rows: dict[str, Any] = {"points": number.size, "preparing": prepared}
    for limit in (300.0, 1600.0):
        spent, far = timed(lambda limit=limit: asked.nearest(limit), 3)
        rows[f"nearest {limit:.0f} m"] = spent
        rows[f"reached {limit:.0f} m"] = int(np.isfinite(far).sum())
        rows[f"sum {limit:.0f} m"] = float(far[np.isfinite(far)].sum())
    if asked.counts is not None and not place.startswith("grid:"):
        rows["counts 1600 m"], many = timed(lambda: asked.counts(1600.0), 1)
        rows["counted"] = float(many.sum())
    rows["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    queue.put(rows)


def national(place: str, times: int, queue: Any) -> None:
    """Lay a real place side by side many times, and ask for the nearest target of every point."""
    from fairground.networks import Snapped, nearest

    graph, points, number = built(place)
    chosen = targets_of(number.size)
    tiled = replace(
        graph,
        x=np.empty(graph.junctions * times),
        y=np.empty(0),
        edge_from=laid(graph.edge_from, times, graph.junctions),
        edge_to=laid(graph.edge_to, times, graph.junctions),
        length=np.tile(graph.length, times),
        cost_to=np.ones(graph.edges * times),
        cost_back=np.ones(graph.edges * times),
        **{
            part: np.empty(0)
            for part in ("bend_x", "bend_y", "bend_at", "bend_id", "bend_way", "unknown", "mainland")
        },
    )

    def laid_points(some: Any) -> Any:
        none = np.broadcast_to(0.0, some.count * times)
        edge = laid(some.edge, times, graph.edges)
        return Snapped(edge, np.tile(some.offset, times), none, none, none, none)

    every, goals = laid_points(points), laid_points(points.rows(chosen))
    nearest(graph, points, points.rows(chosen), limit=300.0)
    prepared, _ = timed(lambda: tiled.arcs_in, 1)
    rows: dict[str, Any] = {"points": every.count, "preparing": prepared}
    for limit in (300.0, 1600.0):
        rows[f"nearest {limit:.0f} m"], found = timed(
            lambda limit=limit: nearest(tiled, every, goals, limit=limit), 1
        )
        rows[f"reached {limit:.0f} m"] = int(found.reached.sum())
    rows["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    queue.put(rows)


def tiles(place: str, times: int, queue: Any) -> None:
    """Ask the same of a real place many times over, tile by tile, each tile in memory of its own."""
    from fairground.networks import nearest

    graph, points, number = built(place)
    goals = points.rows(targets_of(number.size))
    nearest(graph, points, goals, limit=300.0)
    rows: dict[str, Any] = {"points": points.count * times}
    for limit in (300.0, 1600.0):
        spent = 0.0
        for _ in range(times):
            tile = replace(graph, **{part: value.copy() for part, value in graph.arrays().items()})
            every, ends, _ = copied(points), copied(goals), tile.arcs_in
            spent += timed(lambda t=tile, e=every, g=ends, far=limit: nearest(t, e, g, limit=far), 1)[0]
        rows[f"nearest {limit:.0f} m"] = spent
    rows["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    queue.put(rows)


def copied(points: Any) -> Any:
    """Return points in memory of their own."""
    return points.rows(np.arange(points.count))


def laid(index: np.ndarray, times: int, step: int) -> np.ndarray:
    """Return numbers of things laid side by side: the first copy's, the second's, and so on."""
    return (
        np.tile(index, times) + np.repeat(np.arange(times, dtype=np.int32) * np.int32(step), index.size)
    ).astype(np.int32)


def apart(task: Callable[..., None], *given: Any) -> dict[str, Any] | None:
    """Run a task in a process of its own; None where it fails."""
    fresh = multiprocessing.get_context("spawn")
    queue = fresh.Queue()
    child = fresh.Process(target=task, args=(*given, queue))
    child.start()
    child.join()
    return queue.get() if child.exitcode == 0 else None


def main(place: str, sizes: list[str]) -> None:
    """Print one line for each contender and place."""
    for where in [place, *(f"grid:{size}" for size in sizes)]:
        for name in CONTENDERS:
            if name == "pandana" and where.startswith("grid:") and float(where[5:]) > 200_000:
                continue  # its preparation alone takes 1,150 s at a million points
            rows = apart(run, name, where)
            shown = "not installed, or failed" if rows is None else told(rows)
            print(f"{where.rpartition('/')[2]:24} {name:8} {shown}", flush=True)
    rows = apart(national, place, 92)
    print(f"{'92 side by side':24} ours     {told(rows or {})}", flush=True)
    print(f"{'92, tile by tile':24} ours     {told(apart(tiles, place, 92) or {})}", flush=True)


def told(rows: dict[str, Any]) -> str:
    """Return results as one line."""
    return "  ".join(
        f"{key} {value:,.3f}" if isinstance(value, float) else f"{key} {value:,}"
        for key, value in rows.items()
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
