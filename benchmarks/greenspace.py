"""How many homes a second green space is counted for, in how much memory, and what all of England would cost.

`python benchmarks/greenspace.py STREETS.osm.pbf ...` measures, on each street map and on made-up grids, the
processor time and the memory of counting homes near green space: by fifteen definitions and by wheel, on one
core. Homes of a real map are its buildings, taken again and again, moved a little, until there are enough;
those of a grid are places along its streets. Each case runs in a process of its own, warmed up first. Last
comes a projection for England's 25 million homes, with its working. `docs/explanation/greenspace.md` holds a
run.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from typing import Any

import numpy as np

HOMES = (25_000, 50_000, 100_000)  # homes in a block: the time of a block is so much, and so much a home
GRIDS = (100_000, 1_000_000)
ENGLAND = 25_000_000  # dwellings, rounded: 25.6 million on 31 March 2024 (MHCLG, Live table 100)
NATIONAL_NODES = 30_000_000  # points of a walking network of England: research note on access, section 5.1
PARK_EVERY, PARK_SIDE = 800.0, 150.0  # metres between the parks of a grid, and their side


def grid(nodes: int) -> tuple[Any, Any, Any]:
    """Return the footing of streets 60 m apart, bent and with gaps, and parks with a gate each."""
    import shapely
    from networks import grid as made_up

    from fairground.networks import build_graph, profile
    from fairground.networks.ruler import Ruler
    from fairground.opportunity.greenspace import Areas, join, ways_in
    from fairground.questions.opportunity.walking import Footing

    ways, side, chance = made_up(nodes), round(nodes**0.5), np.random.default_rng(4)
    walk, wheel = (build_graph(ways, profile(mode))[0] for mode in ("walk", "wheel"))
    west, south = (
        part.ravel() + chance.uniform(0, 200, part.size)
        for part in np.meshgrid(*[np.arange(0, side * 60.0, PARK_EVERY)] * 2)
    )
    shapes = shapely.box(west, south, west + PARK_SIDE, south + PARK_SIDE)
    names = tuple(str(n) for n in range(shapes.size))
    areas = Areas(shapes, ("park",) * shapes.size, ("",) * shapes.size, names)
    sites = join(areas)
    open_ones = np.arange(shapes.size) % 4 > 0  # one in four has no mapped way in
    gates = shapely.points(west, south + PARK_SIDE / 2)[open_ones]
    into = ways_in(areas, paths=np.empty(0, object), listed=gates).onto(sites, np.arange(shapes.size))
    return Footing(walk, wheel, np.empty((0, 2)), Ruler.over("flat", 0, 0, 1, 1)), sites, into


def real(path: str) -> tuple[Any, Any, Any]:
    """Return the footing, the green spaces and the ways in of a street map."""
    from fairground.questions.opportunity.ground import ground

    known = ground(path)
    return known.footing, *known.sites()


def homes(place: str, footing: Any, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return places of homes."""
    chance = np.random.default_rng(5)
    if place.startswith("grid:"):
        row = chance.integers(0, footing.walk.bend_x.size, count)
        x, y = footing.walk.bend_x[row], footing.walk.bend_y[row]
    else:
        from fairground.questions.opportunity.green_homes import homes_of
        from fairground.questions.opportunity.ground import ground

        block = next(homes_of(ground(place), "")[1])
        row = np.sort(np.arange(count) % len(block))
        x, y = block.x[row], block.y[row]
    return x + chance.uniform(-10, 10, count), y + chance.uniform(-10, 10, count)


def memory() -> float:
    """Return the most memory that this process had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(place: str, queue: Any) -> None:
    """Measure one place: seconds to make ready, seconds a home and a block, megabytes."""
    from fairground.questions.opportunity.green_tiles import measured

    floors, before = (0.0, 0.5, 2.0), memory()
    start = time.process_time()
    footing, sites, ways = (
        grid(int(place.removeprefix("grid:"))) if place.startswith("grid:") else real(place)
    )
    measured(footing, sites, ways, *homes(place, footing, 1_000), floors, 0.0)
    ready, held = time.process_time() - start, memory()
    seconds = []
    for count in HOMES:
        x, y = homes(place, footing, count)
        times = []
        for _ in range(3):
            start = time.process_time()
            measured(footing, sites, ways, x, y, floors, 0.0)
            times.append(time.process_time() - start)
        seconds.append(min(times))
    each, block = np.polyfit(HOMES, seconds, 1)
    queue.put(
        {
            "points": np.unique(footing.walk.bend_id).size,
            "sites": len(sites),
            "ready": ready,
            "each": float(each),
            "block": float(block),
            "second": HOMES[-1] / seconds[-1],
            "held": held - before,
            "homes": memory() - held,
        }
    )


def apart(place: str) -> dict[str, Any]:
    """Return what is measured in a process of its own."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=run, args=(place, queue))
    process.start()
    found: dict[str, Any] = queue.get()
    process.join()
    return found


def main(maps: list[str]) -> None:
    """Measure every place, and project to England."""
    rows = {place: apart(place) for place in (*maps, *(f"grid:{nodes}" for nodes in GRIDS))}
    heads = (
        "| place | points | green spaces | ready, s | homes a second | µs a home | s a block | MB held "
        "| MB for 100,000 homes |"
    )
    print(heads, "|".join(["", *["---"] * 9, ""]), sep="\n")
    for place, row in rows.items():
        cells = (
            place.rsplit("/", 1)[-1], f"{row['points']:,}", f"{row['sites']:,}", f"{row['ready']:.1f}",
            f"{row['second']:,.0f}", f"{row['each'] * 1e6:.1f}", f"{row['block']:.2f}", f"{row['held']:,.0f}",
            f"{row['homes']:,.0f}",
        )  # fmt: skip
        print("|", " | ".join(cells), "|")
    small, large = (rows[f"grid:{nodes}"] for nodes in GRIDS)
    slowest = max(row["each"] for row in rows.values())
    per_million = (large["held"] - small["held"]) / (large["points"] - small["points"]) * 1e6
    ready = max(row["ready"] / row["points"] for row in rows.values())
    asking, making = ENGLAND * slowest, NATIONAL_NODES * ready
    print(f"\nMemory: {per_million:,.0f} MB for each million points of the network.")
    print(f"Homes: {ENGLAND:,} x {slowest * 1e6:.1f} µs (the slowest place) = {asking:,.0f} s.")
    print(f"Making ready: {NATIONAL_NODES:,} points x {ready * 1e6:.0f} µs = {making:,.0f} s.")
    print(f"England: {(asking + making) / 60:,.0f} minutes of one core, county by county.")


if __name__ == "__main__":
    main(sys.argv[1:])
