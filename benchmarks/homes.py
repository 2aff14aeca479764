"""A very long list of homes with bad rows in it: seconds, memory, and whether each bad row is counted.

`python benchmarks/homes.py STREETS.osm.pbf 20000 200000 2000000` writes lists of so many homes near the
buildings of the map, one row in a hundred of them bad in one of five ways, and asks green space and needs of
each in a process of its own. Memory is the most that the process held, and how much of it the list added to
what the map alone takes (a list of 100 homes). `docs/explanation/greenspace.md` holds a run.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

BAD = ("north,{x:.6f},a", ",{x:.6f},b", "99.5,{x:.6f},c", "{y:.6f}", "{y:.6f},{x:.6f},d,e")
EVERY = 100  # one row in so many is bad
BLOCK = 100_000


def places(streets: str) -> tuple[np.ndarray, np.ndarray]:
    """Return longitude and latitude of the homes that a map's buildings are."""
    from fairground.questions.opportunity.green_homes import homes_of
    from fairground.questions.opportunity.ground import ground

    known = ground(streets)
    parts = [known.projection.degrees(block.x, block.y) for block in homes_of(known, "")[1]]
    lon, lat = (np.concatenate([part[axis] for part in parts]) for axis in (0, 1))
    return lon, lat


def write(path: Path, count: int, lon: np.ndarray, lat: np.ndarray) -> int:
    """Write a list, and return how many of its rows are bad."""
    chance, bad = np.random.default_rng(6), 0
    with path.open("w") as out:
        out.write("latitude,longitude,id\n")
        for start in range(0, count, BLOCK):
            at = chance.integers(0, lon.size, min(BLOCK, count - start))
            x, y = (axis[at] + chance.normal(0, 1e-4, at.size) for axis in (lon, lat))
            lines = [f"{b:.6f},{a:.6f},h{start + n}" for n, (a, b) in enumerate(zip(x, y, strict=True))]
            for n in range(0, len(lines), EVERY):
                lines[n] = BAD[(n // EVERY) % len(BAD)].format(x=x[n], y=y[n])
                bad += 1
            out.write("\n".join(lines) + "\n")
    return bad


def run(question: str, streets: str, homes: str, queue: Any) -> None:
    """Ask one question of a list; tell seconds, memory, homes counted and rows left out by reason."""
    from fairground.questions.opportunity import green_coverage, neighbourhoods

    begun = time.process_time()
    if question == "needs":
        value = neighbourhoods.score(streets, homes=homes).value
        left = value.left_out
    else:
        value = green_coverage.coverage(streets, homes).value
        left = value.left_out
    spent = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    queue.put((spent, peak, value.homes, left, len(value.rejected)))


def main(streets: str, counts: list[str]) -> None:
    """Print a row for each question and length."""
    context = multiprocessing.get_context("spawn")
    lon, lat = places(streets)
    heads = ("question", "rows", "bad", "left out", "listed", "seconds", "MB at most", "MB for the list")
    print("|", " | ".join(heads), "|\n|", " | ".join("---" for _ in heads), "|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for question in ("green space", "needs"):
            alone = 0.0
            for count in (100, *map(int, counts)):
                path = Path(folder) / "homes.csv"
                bad = write(path, count, lon, lat)
                queue = context.Queue()
                child = context.Process(target=run, args=(question, streets, str(path), queue))
                child.start()
                spent, peak, _, left, listed = queue.get()
                child.join()
                alone = alone or peak
                cells = (f"{count:,}", f"{bad:,}", f"{left:,}", f"{listed:,}", f"{spent:,.0f}")
                print(
                    "|",
                    " | ".join((question, *cells, f"{peak:,.0f}", f"{peak - alone:,.0f}")),
                    "|",
                    flush=True,
                )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
