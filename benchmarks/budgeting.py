"""Counting participatory budgets: ours against pabutools 1.2.3, on the same files, in one run.

    python benchmarks/budgeting.py FOLDER [NAME …]

FOLDER holds Pabulib files. Each side runs in a process of its own, so that peak memory is its own. Times
are CPU seconds; ours are the best of five after a warm-up (the kernel is compiled once and kept), the
peer's one run.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

CASES = (
    ("Poland_Lodz_2023_Chojny", "mes"),
    ("Poland_Lodz_2023_Chojny", "add1"),
    ("Poland_Warszawa_2021_Ochota", "mes"),
    ("Netherlands_Amsterdam_309", "mes"),
    ("Hungary_Budapest_2024", "mes"),
    ("Poland_Lodz_2022", "mes"),
    ("Poland_Lodz_2022", "greedy"),
    ("Poland_Warszawa_2021_Ochota", "add1"),
)


def ours(path: str, rule: str) -> dict[str, object]:
    from fairground.power.budgeting import Rule, count
    from fairground.power.budgeting.completion import add1
    from fairground.power.budgeting.equal_shares import equal_shares, field
    from fairground.power.budgeting.greedy import greedy
    from fairground.questions.power.elections import read

    chosen = Rule("greedy") if rule == "greedy" else Rule(completion="add1" if rule == "add1" else "none")
    read_times, times = [], []
    for _ in range(6):
        start = time.process_time()
        poll = read(Path(path).read_text("utf-8"))
        seen = field(poll.election, chosen)
        read_times.append(time.process_time() - start)
        start = time.process_time()
        if rule == "greedy":
            greedy(poll.election, chosen, seen)
        elif rule == "add1":
            add1(seen, chosen)
        else:
            from fractions import Fraction

            equal_shares(seen, Fraction(seen.budget, seen.voters))
        times.append(time.process_time() - start)
    winners = sorted(poll.election.projects[p].id for p in count(poll.election, chosen).winners)
    return {"read": min(read_times[1:]), "rule": min(times[1:]), "winners": winners}


def peer(path: str, rule: str) -> dict[str, object]:
    from pabutools.election import Cost_Sat, parse_pabulib
    from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares

    start = time.process_time()
    instance, profile = parse_pabulib(path)
    read_time = time.process_time() - start
    start = time.process_time()
    if rule == "greedy":
        found = greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat)
    elif rule == "add1":
        found = method_of_equal_shares(
            instance, profile.as_multiprofile(), sat_class=Cost_Sat, voter_budget_increment=1
        )
    else:
        found = method_of_equal_shares(instance, profile, sat_class=Cost_Sat)
    return {"read": read_time, "rule": time.process_time() - start, "winners": sorted(p.name for p in found)}


def measured(side: str, path: Path, rule: str) -> dict[str, object]:
    command = [sys.executable, __file__, "--side", side, str(path), rule]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(folder: str, names: list[str]) -> None:
    print(
        f"{'file':32} {'rule':6} {'peer s':>9} {'ours s':>9} {'rule ×':>8} {'read ×':>7} {'MB':>10}  winners"
    )
    for name, rule in CASES:
        if names and name not in names:
            continue
        path = Path(folder) / f"{name}.pb"
        mine, theirs = measured("ours", path, rule), measured("peer", path, rule)
        same = "same" if mine["winners"] == theirs["winners"] else "OTHER"
        print(
            f"{name:32} {rule:6} {theirs['rule']:9.3f} {mine['rule']:9.5f} "
            f"{theirs['rule'] / mine['rule']:8.0f} {theirs['read'] / mine['read']:7.1f} "
            f"{theirs['memory']:5.0f}/{mine['memory']:4.0f}  {same} {len(mine['winners'])}",
            flush=True,
        )


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Give the folder of Pabulib files.")
    if sys.argv[1] == "--side":
        result = {"ours": ours, "peer": peer}[sys.argv[2]](sys.argv[3], sys.argv[4])
        result["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(result))
    else:
        main(sys.argv[1], sys.argv[2:])
