"""A plan of 25 years walked 10,000 times: our kernel and the plain NumPy way, on the same draws, in one run.

Run it as `python benchmarks/finance.py [paths]`. Both give the same pence; the NumPy way keeps all paths side
by side and goes through the months.
"""

from __future__ import annotations

import sys
import time
from importlib.resources import files
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fairground.wealth.finance import read
from fairground.wealth.finance.simulation import run, terms_of
from tests.wealth.finance.twin import walked


def timed(work):
    best, found = float("inf"), None
    for _ in range(3):
        start = time.perf_counter(), time.process_time()
        found = work()
        best = min(best, time.perf_counter() - start[0])
        spent = time.process_time() - start[1]
    return best, spent, found


def main() -> None:
    paths = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    plan = read(files("fairground.web.wealth.finance").joinpath("example.toml").read_text("utf-8"))
    terms = terms_of(plan, 1)
    run(terms, 8)  # compiled once, then kept beside the code
    ours, ours_spent, outcomes = timed(lambda: run(terms, paths))
    plain, plain_spent, (found, _) = timed(lambda: walked(terms, paths))
    apart = np.abs(outcomes.closing - found[:, :, 1]).max()
    print(f"{paths:,} paths of {plan.months} months")
    print(f"kernel       {ours:6.2f} s, {ours_spent:.2f} s of processor")
    print(f"plain NumPy  {plain:6.2f} s, {plain_spent:.2f} s of processor")
    print(f"{plain / ours:.1f} times as fast; at most {apart:.0f} pence apart")


if __name__ == "__main__":
    main()
