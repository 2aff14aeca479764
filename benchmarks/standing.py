"""Standing juries: what remembering is worth, over many rotations of one pool.

    python benchmarks/standing.py FOLDER [ROTATIONS]

FOLDER holds `respondents.csv` and `categories.csv`; its name ends in the size of the jury. A third leaves at
each rotation. Four ways are tried on the same pool: nothing is remembered (each rotation for itself, as every
peer does), who sat before, chances before, or both, as `fairground power juries rotate` does.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from fairground.power.juries import Pool, Quotas, Volunteer, shares_of
from fairground.power.juries.foresee import foresee
from fairground.questions.power.volunteers import read_pool, read_targets

WAYS = {"nothing": (False, False), "who sat": (True, False), "chances": (False, True), "both": (True, True)}


def run(folder: Path, rotations: int) -> None:
    """Print a line for each way."""
    size = int(folder.name.rsplit("_", 1)[1])
    targets, _ = read_targets(folder / "categories.csv")
    read = read_pool(folder / "respondents.csv", targets).pool
    pool = Pool(read.features, tuple(Volunteer(p.id, p.values) for p in read.volunteers))
    quotas = Quotas(size, targets)
    print("remembered  off, mean  off, most  let out, most  farthest behind  seconds")
    for name, (seats, chances) in WAYS.items():
        started = time.process_time()
        found = foresee(
            pool, quotas, shares_of(quotas), leave=size // 3, rotations=rotations, seed=1,
            seats_count=seats, chances_count=chances,
        )  # fmt: skip
        off = np.abs(found.off[-1])
        print(
            f"{name:10}  {off.mean():9.2f}  {off.max():9.2f}  {max(found.slack):13}  {found.behind():15.3f}"
            f"  {time.process_time() - started:7.1f}",
            flush=True,
        )


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 12)
