"""Drawing juries: ours against sortition-algorithms 0.12.15, on the same pools, in one run.

    python benchmarks/juries.py FOLDER [NAME …]
    LIMIT=120 python benchmarks/juries.py FOLDER made-up
    make benchmark-juries POOLS=FOLDER

FOLDER holds a folder for each pool, whose name ends in the size of the jury, with `respondents.csv` and
`categories.csv`. Each side runs in a process of its own, the peer in an environment of its own
(`.venv-peers/juries`), once with HiGHS and once with CBC; the faster counts. Every rule that the peer has is
asked of it, and the row says whether ours is at least as good: the lowest chance of maximin and leximin, the
geometric mean of Nash. The peer's leximin needs a commercial solver; without one it gives no answer, and the
row says so. CPU seconds of reading and choosing, peak memory of the whole process; each side is stopped after
LIMIT seconds for each rule (600 unless the environment says otherwise). Each side's lowest chance, and the
geometric mean of all chances that are not 0, are what maximin and Nash promise to make great. `made-up` is a
pool of 5,000 people with 8 features, ours alone.
"""

from __future__ import annotations

import json
import math
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PEER = ROOT / ".venv-peers/juries/bin/python"
NAMES = ("uk_small_24", "uk_core5_60", "uk_mid_50", "uk_large_110")
MADE = "made-up"
LIMIT = int(os.environ.get("LIMIT", "600"))
RULES = ("leximin", "maximin", "xmin", "nash", "minimax", "goldilocks", "uniform", "max-entropy", "legacy")
PEERS = ("leximin", "maximin", "nash")  # what the peer has too
AS_GOOD = 1e-5  # by which a number may be behind the peer's, of itself: both sides stop at some gap


def ours(folder: Path, rule: str) -> dict[str, float]:
    """Choose with our engine and measure."""
    from fairground.power.juries import Quotas, select
    from fairground.questions.power.volunteers import read_pool, read_targets

    started = time.process_time()
    targets, _ = read_targets(folder / "categories.csv")
    pool = read_pool(folder / "respondents.csv", targets).pool
    found = select(pool, Quotas(int(folder.name.rsplit("_", 1)[1]), targets), rule)
    return measured(started, [float(c) for c in found.chances], len(found.lottery.juries))


def made_up(rule: str) -> dict[str, float]:
    """Choose 60 of 5,000 made-up people with 8 features, and measure."""
    from fairground.power.juries import Pool, Quotas, Target, Volunteer, select

    chance = random.Random(6)
    features = {f"f{at}": number for at, number in enumerate((2, 4, 3, 2, 5, 2, 3, 9))}
    values = [[min(int(n * chance.random() ** 1.2), n - 1) for n in features.values()] for _ in range(5000)]
    people = [
        Volunteer(f"p{at}", tuple(map(str, of)), f"home {at // 2}" if at < 300 else "")
        for at, of in enumerate(values)
    ]
    targets = [
        Target(f, str(v), 60 // n - (60 // n > 4), 60 // n + 2) for f, n in features.items() for v in range(n)
    ]
    started = time.process_time()
    found = select(Pool(tuple(features), tuple(people)), Quotas(60, tuple(targets)), rule)
    return measured(started, [float(c) for c in found.chances], len(found.lottery.juries))


def theirs(folder: Path, rule: str, solver: str) -> dict[str, float]:
    """Choose with the peer and measure."""
    import csv

    from sortition_algorithms import committee_generation
    from sortition_algorithms.features import read_in_features
    from sortition_algorithms.people import read_in_people
    from sortition_algorithms.settings import Settings

    started = time.process_time()
    with (folder / "categories.csv").open() as file:
        rows = csv.DictReader(file)
        features, _, _ = read_in_features(list(rows.fieldnames or []), list(rows))
    with (folder / "respondents.csv").open() as file:
        rows = csv.DictReader(file)
        settings = Settings(
            id_column="id", columns_to_keep=[], check_same_address=True,
            check_same_address_columns=["address1", "postcode"], solver_backend=solver,
        )  # fmt: skip
        people, _ = read_in_people(list(rows.fieldnames or []), list(rows), features, settings)
    choose = getattr(committee_generation, f"find_distribution_{rule}")
    size = int(folder.name.rsplit("_", 1)[1])
    juries, weights, _ = choose(features, people, size, ["address1", "postcode"], solver)
    chances = dict.fromkeys((key for key in people), 0.0)
    for jury, weight in zip(juries, weights, strict=True):
        for person in jury:
            chances[person] += weight
    return measured(started, list(chances.values()), sum(w > 1e-9 for w in weights))


def measured(started: float, chances: list[float], juries: int) -> dict[str, float]:
    """Return what is compared: CPU seconds, peak memory, lowest chance, Gini and number of juries."""
    seconds = time.process_time() - started
    spread, people = sorted(chances), len(chances)
    gini = sum((2 * n - people - 1) * c for n, c in enumerate(spread, 1)) / (people * sum(spread))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": seconds,
        "peak": peak,
        "lowest": float(spread[0]),
        "gini": float(gini),
        "product": math.exp(sum(math.log(c) for c in chances if c > 1e-12) / sum(c > 1e-12 for c in chances)),
        "juries": int(juries),
    }


def run(python: Path | str, *words: str) -> dict[str, float] | None:
    """Run one side in a process of its own; None where it gave no answer in time."""
    try:
        done = subprocess.run(
            [str(python), __file__, "--side", *words],
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        print(done.stderr[-500:], file=sys.stderr)
        return None
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def line(name: str, rule: str, side: str, found: dict[str, float] | None) -> str:
    """Return one row of the table."""
    if found is None:
        return f"{name:14} {rule:11} {side:22} no answer in {LIMIT} s, or an error"
    return (
        f"{name:14} {rule:11} {side:22} {found['seconds']:9.2f} s {found['peak']:7.0f} MB"
        f" {found['lowest']:9.4%} {found['product']:9.4%} {found['gini']:7.4f} {found['juries']:6.0f} "
    )


def compare(folder: Path) -> None:
    """Print both sides of one pool."""
    for rule in RULES:
        mine = run(sys.executable, str(folder), rule, "")
        print(line(folder.name, rule, "fairground", mine), flush=True)
        if folder.name == MADE or rule not in PEERS:
            continue
        for solver in ("highspy", "mip-cbc"):
            peer = run(PEER, str(folder), rule, solver)
            text = line(folder.name, rule, f"peer, {solver}", peer)
            print(text + beside(rule, mine, peer), flush=True)


def beside(rule: str, mine: dict[str, float] | None, peer: dict[str, float] | None) -> str:
    """Return how much longer the peer took, and whether ours is at least as good."""
    if not (mine and peer):
        return ""
    number = "product" if rule == "nash" else "lowest"
    good = mine[number] >= peer[number] * (1 - AS_GOOD)
    return f"{peer['seconds'] / mine['seconds']:8.1f} × ours, ours {'at least as good' if good else 'WORSE'}"


if __name__ == "__main__":
    if sys.argv[1] == "--side":
        place, by, solver = Path(sys.argv[2]), sys.argv[3], sys.argv[4]
        mine = made_up(by) if place.name == MADE else None if solver else ours(place, by)
        print(json.dumps(mine or theirs(place, by, solver)))
    else:
        print(
            "pool           rule      side             CPU          peak  lowest    geo mean     Gini juries"
        )
        for chosen in sys.argv[2:] or NAMES:
            compare(Path(sys.argv[1]) / chosen)
