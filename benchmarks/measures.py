"""Measures against PySAL `inequality`, on the same figures in one run: time, processor and memory.

Each contender runs in a process of its own, warmed up on a small table first (imports and compiling are not
counted), and then three times on the whole, or once where it takes long. `python benchmarks/measures.py`
prints a table; `docs/explanation/measures.md` holds a run of it, with the machine it ran on.
"""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

AREAS, REGIONS = 33_755, 9


@cache
def table(size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values spread like incomes, regions that differ a little, points on a square; the same every time."""
    chance = np.random.default_rng(2025)
    regions = chance.integers(0, REGIONS, size)
    values = chance.gamma(3.0, 5.0, size) * (1 + 0.05 * regions)
    return values, regions, chance.uniform(0, 1000, (size, 2))


def ours_permutations(size: int) -> float:
    from fairground.measures import permutation_test

    values, regions, _ = table(size)
    return permutation_test(values, groups=regions, permutations=999, seed=1).between


def peer_permutations(size: int) -> float:
    from inequality.theil import TheilDSim

    values, regions, _ = table(size)
    return TheilDSim(values, regions, permutations=999).bg[0].item()


def ours_bootstrap(size: int) -> float:
    from fairground.measures import bootstrap, gini

    return bootstrap(gini, table(size)[0], resamples=1000, seed=1).standard_error


def naive_bootstrap(size: int) -> float:
    from inequality.gini import Gini

    values, chance = table(size)[0], np.random.default_rng(1)
    return float(np.std([Gini(values[chance.integers(0, size, size)]).g for _ in range(1000)], ddof=1))


def ours_split(size: int) -> float:
    from fairground.measures import decompose

    values, regions, _ = table(size)
    return decompose(values, groups=regions).between


def peer_split(size: int) -> float:
    from inequality.theil import TheilD

    values, regions, _ = table(size)
    return TheilD(values, regions).bg.item()


def ours_blocks(size: int) -> float:
    from fairground.measures import spatial_gini

    values, regions, _ = table(size)
    return spatial_gini(values, groups=regions, permutations=9, seed=1).far_share


def peer_blocks(size: int) -> float:
    from inequality.gini import Gini_Spatial
    from libpysal.weights import block_weights

    values, regions, _ = table(size)
    found = Gini_Spatial(values, block_weights(regions, silence_warnings=True), permutations=9)
    return float(found.wcg / found.dtotal)


def ours_nearest(size: int) -> float:
    from fairground.measures import nearest, spatial_gini

    values, _, points = table(size)
    near = nearest(*points.T, count=6)
    return spatial_gini(values, neighbours=near, permutations=9, seed=1).far_share


def peer_nearest(size: int) -> float:
    from inequality.gini import Gini_Spatial
    from libpysal.weights import KNN

    values, _, points = table(size)
    found = Gini_Spatial(values, KNN(points, k=6), permutations=9)
    return float(found.wcg / found.dtotal)


@dataclass(frozen=True)
class Race:
    """One task for two contenders; `agree` is how close their results must be, relative to each other."""

    name: str
    ours: Callable[[int], float]
    peer: Callable[[int], float]
    agree: float
    size: int = AREAS
    repeats: int = 3
    wanted: float = 1.0


RACES = (
    Race("Gini, 1,000 bootstraps, naive loop", ours_bootstrap, naive_bootstrap, 0.15, wanted=10),
    Race("Theil, one decomposition", ours_split, peer_split, 1e-9, wanted=10),
    Race("Spatial Gini, region blocks, 9 permutations", ours_blocks, peer_blocks, 1e-9, size=4000),
    Race("Spatial Gini, 6 nearest, 9 permutations", ours_nearest, peer_nearest, 1e-9),
    Race("Theil, 999 permutations", ours_permutations, peer_permutations, 1e-9, repeats=1, wanted=50),
)


@dataclass(frozen=True)
class Run:
    """Seconds by the clock and of the processor (least, middle, most), megabytes added, and the result."""

    clock: tuple[float, ...]
    processor: tuple[float, ...]
    megabytes: float
    result: float


def timed(task: Callable[[int], float], size: int, repeats: int) -> Run:
    task(200)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    clock, processor, result = [], [], 0.0
    for _ in range(repeats):
        start, busy = time.perf_counter(), time.process_time()
        result = task(size)
        clock.append(time.perf_counter() - start)
        processor.append(time.process_time() - busy)
    added = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return Run(_spread(clock), _spread(processor), added, result)


def _spread(seconds: list[float]) -> tuple[float, ...]:
    return min(seconds), statistics.median(seconds), max(seconds)


def apart(task: Callable[[int], float], size: int, repeats: int) -> Run:
    """Time a contender in a fresh process, so that neither warms nor fills the other's memory."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(timed, (task, size, repeats))


def line(name: str, who: str, size: int, run: Run) -> str:
    low, middle, high = run.processor
    return (
        f"| {name} | {who} | {size:,} | {run.clock[1]:.4f} | {middle:.4f} ({low:.4f} to {high:.4f}) "
        f"| {run.megabytes:.0f} |"
    )


def main() -> None:
    print("| Task | Who | Areas | Clock, s | Processor, s (range) | Memory added, MB |")
    print("|---|---|---|---|---|---|")
    notes = []
    for race in RACES:
        ours, peer = apart(race.ours, race.size, 3), apart(race.peer, race.size, race.repeats)
        print(line(race.name, "Fairground", race.size, ours), flush=True)
        print(line(race.name, "peer", race.size, peer), flush=True)
        if abs(ours.result - peer.result) > race.agree * abs(peer.result):
            raise SystemExit(f"{race.name}: {ours.result} is not {peer.result}")
        ratio = peer.processor[1] / ours.processor[1]
        wanted = f"; wanted {race.wanted:g}: {'yes' if ratio >= race.wanted else 'NO'}"
        notes.append(f"{race.name}: {ratio:.0f} times faster{wanted}")
    whole = apart(ours_blocks, AREAS, 3)
    print(line("Spatial Gini, region blocks, 9 permutations", "Fairground", AREAS, whole))
    for size in (1000, 2000):
        print(line("Spatial Gini, region blocks, 9 permutations", "peer", size, apart(peer_blocks, size, 1)))
    print("\n" + "\n".join(notes))


if __name__ == "__main__":
    main()
