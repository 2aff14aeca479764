"""Street searches against scipy, igraph, pandana and cityseer, on the same streets in one run.

`python benchmarks/networks.py STREETS.osm.pbf 1e6 5e6` asks, on a real place and on made-up grids, how far
the nearest of many targets is from every point, and how many points lie within a walk of each. Each contender
runs in a process of its own, warmed up on a small question first (imports and compiling are not counted);
preparing and asking are timed apart, in seconds of processor time, the best of three. A contender that needs
more than `MOST` seconds of processor time on one place, or `ROOM` of memory, is stopped there: the line says
at what, with all that it had finished. Every answer is held
against scipy's: "exact" where each point's distance is the same to a millimetre. Our counts are held against
a hundred searches by scipy, and those of the others against ours. At the end the real place lies 92 times
side by side. Peers come from `requirements/peer-networks.txt`; one that is not installed is named.
`docs/explanation/networks.md` holds a run.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

SHARE = 50  # one point in so many is a target
STAGE = "doing"


def streets(place: str) -> Any:
    """Return ways: of a map file, or of a made-up grid."""
    if place.startswith("grid:"):
        return grid(float(place.removeprefix("grid:")))
    from fairground.sources.streets import read_osm

    # Gates are left out: a point at a locked gate lies on both of its sides, which the peers cannot say.
    found = read_osm(place, areas=False).ways
    return replace(found, point_id=np.empty(0, np.int64), point_tags={})


def grid(points: float) -> Any:
    """Return the ways of a grid of streets 60 m apart, bent, with a fifth of them left out."""
    from fairground.networks import TagColumn, Ways

    side, chance = round(points**0.5), np.random.default_rng(4)
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
        self.order = back  # points lie in the order of their edges; asked so, answered so
        self.nearest = lambda limit: nearest(graph, points, goals, limit=limit).cost
        self.counts = lambda limit: counts_within(graph, points, points, limit=limit)


class Scipy:
    """scipy.sparse.csgraph.dijkstra with min_only and a limit."""

    def __init__(self, graph: Any, points: Any, number: np.ndarray) -> None:
        from scipy.sparse import coo_matrix
        from scipy.sparse.csgraph import dijkstra

        a, b, metres = between_points(graph, number)
        both = (np.concatenate([metres, metres]), (np.concatenate([a, b]), np.concatenate([b, a])))
        matrix, goals = coo_matrix(both, shape=(number.size, number.size)).tocsr(), targets_of(number.size)
        self.nearest = lambda limit: dijkstra(matrix, indices=goals, min_only=True, limit=limit)
        self.counts, self.sample = None, targets_of(number.size)[:: max(1, number.size // SHARE // 100)]
        self.some = lambda limit: np.array(
            [np.isfinite(dijkstra(matrix, indices=i, limit=limit)).sum() for i in self.sample]
        )


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


class Cityseer:
    """cityseer: its compiled core, targets as places of one kind."""

    def __init__(self, graph: Any, points: Any, number: np.ndarray) -> None:
        from cityseer import rustalgos

        a, b, _ = between_points(graph, number)
        _, row = np.unique(graph.bend_id, return_index=True)
        x, y = graph.bend_x[row].tolist(), graph.bend_y[row].tolist()
        net, places = rustalgos.graph.NetworkStructure(), rustalgos.data.DataMap()
        at = [net.add_street_node(k, x[k], y[k], True, 1.0) for k in range(number.size)]
        for i, j in zip(a.tolist(), b.tolist(), strict=True):
            line = f"LINESTRING({x[i]!r} {y[i]!r}, {x[j]!r} {y[j]!r})"
            net.add_street_edge(at[i], at[j], 0, i, j, line)
            net.add_street_edge(at[j], at[i], 0, j, i, line)
        net.validate()
        net.build_edge_rtree()
        for k in targets_of(number.size).tolist():
            places.insert(k, f"POINT({x[k]!r} {y[k]!r})")
        places.assign_data_to_network(net, 30.0, 1)
        kinds = dict.fromkeys(targets_of(number.size).tolist(), "goal")

        def ask(limit: float) -> np.ndarray:
            found = places.accessibility(net, kinds, ["goal"], distances=[int(limit)], pbar_disabled=True)
            far = np.asarray(found.result["goal"].distance[int(limit)], dtype=float)
            return np.where(np.isnan(far), np.inf, far)

        self.nearest, self.counts = ask, None


CONTENDERS = {"scipy": Scipy, "ours": Ours, "igraph": Igraph, "pandana": Pandana, "cityseer": Cityseer}
MOST, ROOM = 1_800, 8_000_000_000  # seconds of processor time and bytes that a contender may use on one place
LIMITS = (300.0, 1600.0)
ONCE = ("cityseer",)  # who is asked once, and the nearer limit only: it takes minutes


def timed(ask: Callable[[], Any], times: int) -> tuple[float, Any]:
    """Return the least processor seconds of some tries, and the answer."""
    spent = []
    for _ in range(times):
        begun = time.process_time()
        found = ask()
        spent.append(time.process_time() - begun)
    return min(spent), found


def bounded() -> None:
    """Let this process use so much more processor time, and so much memory: beyond that it ends."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    most = int(own.ru_utime + own.ru_stime) + MOST
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    resource.setrlimit(resource.RLIMIT_DATA, (ROOM, ROOM))


def run(name: str, place: str, folder: str, tell: Any) -> None:
    """Time one contender on one place, in a process of its own, and hold its answers against scipy's.

    Each result is told as it is found, so that it stands when the process is stopped later.
    """
    small = CONTENDERS[name](*built("grid:400"))
    small.nearest(300.0)
    if small.counts is not None:
        small.counts(300.0)
    graph, points, number = built(place)
    bounded()
    tell.put({"points": number.size, STAGE: "preparing"})
    prepared, asked = timed(lambda: CONTENDERS[name](graph, points, number), 1)
    tell.put({"preparing": prepared})
    order = getattr(asked, "order", slice(None))
    for limit in LIMITS[:1] if name in ONCE else LIMITS:
        tell.put({STAGE: f"nearest {limit:.0f} m"})
        spent, far = timed(lambda limit=limit: asked.nearest(limit), 1 if name in ONCE else 3)
        tell.put({f"nearest {limit:.0f} m": spent})
        tell.put({f"exact {limit:.0f} m": alike(far[order], name, limit, folder)})
    if asked.counts is not None and not place.startswith("grid:"):
        tell.put({STAGE: "counts 1600 m"})
        spent, many = timed(lambda: asked.counts(1600.0), 1)
        tell.put({"counts 1600 m": spent})
        np.save(Path(folder) / f"counts-{name}.npy", many[order])
    if name == "scipy" and not place.startswith("grid:"):
        np.savez(Path(folder) / "sample.npz", at=asked.sample, many=asked.some(1600.0))
    tell.put({"peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024})


def alike(far: np.ndarray, name: str, limit: float, folder: str) -> str:
    """Say at how many points an answer differs from scipy's by more than a millimetre."""
    kept = Path(folder) / f"nearest-{limit:.0f}.npy"
    if name == "scipy":
        np.save(kept, far)
        return "yes"
    theirs = np.load(kept)
    capped = np.minimum(far, limit), np.minimum(theirs, limit)  # beyond the limit is as good as at it
    wrong = int(np.count_nonzero(np.abs(capped[0] - capped[1]) > 1e-3))
    return f"no, at {wrong:,}" if wrong else "yes"


def counted(folder: str) -> str:
    """Compare counts: ours with scipy's at a hundred points, the others' with ours at all."""
    kept = {path.stem[7:]: np.load(path) for path in sorted(Path(folder).glob("counts-*.npy"))}
    ours, sample = kept.pop("ours"), np.load(Path(folder) / "sample.npz")
    wrong = int(np.count_nonzero(ours[sample["at"]] != sample["many"]))
    said = [f"ours differ from scipy's at {wrong} of {sample['at'].size}"]
    said += [f"{name}'s from ours at {np.mean(many != ours):.1%}" for name, many in kept.items()]
    return "; ".join(said)


def national(place: str, times: int, tell: Any) -> None:
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
        none, gap = np.broadcast_to(0.0, some.count * times), np.tile(some.gap, times)
        edge = laid(some.edge, times, graph.edges)
        return Snapped(edge, np.tile(some.offset, times), gap, none, none, none)

    nearest(graph, points, points.rows(chosen), limit=300.0)
    prepared, _ = timed(lambda: tiled.arcs_in, 1)
    every, goals = laid_points(points), laid_points(points.rows(chosen))
    rows: dict[str, Any] = {"points": every.count, "preparing": prepared}
    for limit in (300.0, 1600.0):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_stime
        spent, found = timed(lambda limit=limit: nearest(tiled, every, goals, limit=limit), 1)
        fetching = resource.getrusage(resource.RUSAGE_SELF).ru_stime - before
        one = nearest(graph, points, points.rows(chosen), limit=limit).cost
        rows[f"nearest {limit:.0f} m"], rows[f"of them system {limit:.0f} m"] = spent, fetching
        same = all((found.cost[k : k + one.size] == one).all() for k in range(0, every.count, one.size))
        rows[f"as one place {limit:.0f} m"] = "yes" if same else "no"
        del found
    rows["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tell.put(rows)


def laid(index: np.ndarray, times: int, step: int) -> np.ndarray:
    """Return numbers of things laid side by side: the first copy's, the second's, and so on."""
    return (
        np.tile(index, times) + np.repeat(np.arange(times, dtype=np.int32) * np.int32(step), index.size)
    ).astype(np.int32)


def apart(task: Callable[..., None], *given: Any) -> dict[str, Any]:
    """Run a task in a process of its own; return what it told, and at what it was stopped, if it was."""
    fresh = multiprocessing.get_context("spawn")
    queue = fresh.SimpleQueue()
    child = fresh.Process(target=task, args=(*given, queue))
    child.start()
    child.join()
    rows: dict[str, Any] = {}
    while not queue.empty():
        rows |= queue.get()
    stage = rows.pop(STAGE, "")
    if child.exitcode == -signal.SIGXCPU or child.exitcode == -signal.SIGKILL:
        rows["stopped"] = f"after {MOST:,} processor seconds, at {stage}"
    elif child.exitcode != 0:
        rows["stopped"] = f"at {stage}: no more than {ROOM / 1e9:g} GB" if stage else "not installed"
    return rows


def main(place: str, sizes: list[str]) -> None:
    """Print one line for each contender and place."""
    for where in [place, *(f"grid:{size}" for size in sizes)]:
        with tempfile.TemporaryDirectory() as folder:
            for name in CONTENDERS:
                told_of = f"{where.rpartition('/')[2]:20} {name:9}"
                print(told_of, told(apart(run, name, where, folder)), flush=True)
            if not where.startswith("grid:"):
                print(f"{where.rpartition('/')[2]:20} counts   ", counted(folder), flush=True)
    print(f"{'92 side by side':20} ours     ", told(apart(national, place, 92)), flush=True)


def told(rows: dict[str, Any]) -> str:
    """Return results as one line."""
    return "  ".join(
        f"{key} {value:,.4f}" if isinstance(value, float) else f"{key} {value}" for key, value in rows.items()
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
