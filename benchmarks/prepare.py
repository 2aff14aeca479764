"""What preparing streets costs: seconds and memory, by the size of the map.

`python benchmarks/prepare.py STREETS.osm.pbf 1 4 16` lays a map side by side so many times, writes that as
one PBF, and prepares it in a process of its own. Memory is the most that the process held above what it held
when it had prepared the made-up town (so that libraries and compiled kernels do not count); "of its own"
leaves out pages of files, which the system can take back. `docs/explanation/networks.md` holds a run.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np

APART = 2.0  # degrees of longitude between one copy and the next
FAR = 20_000_000_000  # more than any number of a node or way


def laid(source: str, times: int, out: Path) -> None:
    """Write a map beside itself, so many times."""
    import osmium

    mutable = osmium.osm.mutable
    with osmium.SimpleWriter(str(out)) as writer:
        for kind in (osmium.osm.NODE, osmium.osm.WAY):
            for copy in range(times):
                step = copy * FAR
                for thing in osmium.FileProcessor(source, kind):
                    if thing.is_node():
                        place = (thing.lon + copy * APART - 20, thing.lat)
                        writer.add_node(mutable.Node(thing, id=thing.id + step, location=place))
                    else:
                        nodes = [node.ref + step for node in thing.nodes]
                        writer.add_way(mutable.Way(thing, id=thing.id + step, nodes=nodes))


def held() -> float:
    """Return the megabytes that this process holds for itself now, pages of files left out."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return float(line.split()[1]) / 1024
    return 0.0


def run(path: str, queue: Any) -> None:
    """Prepare a map, and tell seconds and megabytes."""
    from fairground.sources.prepared import prepare
    from fairground.sources.town import write

    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        prepare(next(Path(folder).glob("*.pbf")))
    whole, own, most, over = peak(), held(), [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(0.02):
            most[0] = max(most[0], held())

    threading.Thread(target=watch, daemon=True).start()
    begun = time.process_time()
    made = prepare(path)
    spent = time.process_time() - begun
    over.set()
    points = np.unique(made.graph("walk").bend_id).size
    queue.put((points, spent, peak() - whole, max(most[0] - own, 0.0), Path(made.path).stat().st_size / 1e6))


def peak() -> float:
    """Return the most megabytes that this process held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(source: str, times: list[str]) -> None:
    """Print one row for each size."""
    context = multiprocessing.get_context("spawn")
    heads = (
        "times",
        "PBF, MB",
        "points",
        "seconds",
        "MB held",
        "MB of its own",
        "kept file, MB",
        "bytes a point",
    )
    print("|", " | ".join(heads), "|\n|", " | ".join("---" for _ in heads), "|")
    for number in map(int, times):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "laid.osm.pbf"
            laid(source, number, path)
            queue = context.Queue()
            child = context.Process(target=run, args=(str(path), queue))
            child.start()
            points, spent, whole, own, kept = queue.get()
            child.join()
            cells = (
                f"{number}", f"{path.stat().st_size / 1e6:.1f}", f"{points:,}", f"{spent:.1f}",
                f"{whole:,.0f}", f"{own:,.0f}", f"{kept:,.0f}", f"{own * 1e6 / points:,.0f}",
            )  # fmt: skip
            print("|", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
