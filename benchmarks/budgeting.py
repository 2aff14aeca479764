"""Counting participatory budgets: ours against pabutools 1.2.3, on the same files, in one run.

    python benchmarks/budgeting.py [FOLDER [NAME …]]
    make benchmarks PABULIB=FOLDER

FOLDER holds Pabulib files (https://pabulib.org); without one, an invented election is counted. Each side
runs in a process of its own; the peer in an environment of its own (`.venv-peers/budgeting`). Times are CPU
seconds. Rule and reading: ours are the best of five after a warm-up (the kernel is compiled once and kept),
the peer's one run. Whole process, with its peak memory: ours is the command, the peer a script that reads and
counts, each run once, imports and all. pabutools 1.2.3 has no BOS; Budapest with Add1 would take it days.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import subprocess
import sys
import tempfile
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
    ("Poland_Lodz_2022", "bos"),
    ("Hungary_Budapest_2024", "add1"),
    ("Poland_Warszawa_2021_Ochota", "add1"),
)
ALONE = {("Poland_Lodz_2022", "bos"), ("Hungary_Budapest_2024", "add1")}
INVENTED = "invented"
ROOT = Path(__file__).parents[1]
PEER = ROOT / ".venv-peers/budgeting/bin/python"
OPTIONS = {
    "mes": ["--rule", "equal-shares"],
    "add1": ["--rule", "equal-shares", "--completion", "add1"],
    "greedy": ["--rule", "greedy"],
    "bos": ["--rule", "bos"],
}
COMMAND = "from fairground.cli import main; main()"


def invented(folder: Path, *, projects: int = 40, voters: int = 4_000, seed: int = 1) -> None:
    """Write an election made up from a seed: costs from 1,000 to 99,000, a tenth of their sum to spend."""
    chance = random.Random(seed)
    costs = [chance.randrange(1_000, 100_000) for _ in range(projects)]
    lines = ["META", "key;value", f"budget;{sum(costs) // 10}", "vote_type;approval"]
    lines += ["PROJECTS", "project_id;cost", *(f"p{n:02};{cost}" for n, cost in enumerate(costs))]
    lines += ["VOTES", "voter_id;vote"]
    for voter in range(voters):
        marked = chance.sample(range(projects), chance.randint(1, 8))
        lines.append(f"{voter};" + ",".join(f"p{n:02}" for n in marked))
    (folder / f"{INVENTED}.pb").write_text("\n".join(lines) + "\n", "utf-8")


def ours(path: str, rule: str) -> dict[str, object]:
    from fairground.power.budgeting import Rule, count
    from fairground.power.budgeting.completion import add1
    from fairground.power.budgeting.equal_shares import equal_shares, field
    from fairground.power.budgeting.greedy import greedy
    from fairground.power.budgeting.overspending import bos
    from fairground.questions.power.elections import read

    importlib.import_module("fairground.power.budgeting.kernels")
    chosen = (
        Rule(rule) if rule in ("greedy", "bos") else Rule(completion="add1" if rule == "add1" else "none")
    )
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
        elif rule == "bos":
            bos(seen)
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


def once(command: list[str]) -> tuple[str, float, float]:
    """Run a command; return what it printed, its CPU seconds and its peak memory in MB."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} ended with status {status}")
    return printed, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def measured(side: str, path: Path, rule: str) -> dict[str, object]:
    python = str(PEER) if side == "peer" else sys.executable
    printed, seconds, memory = once([python, __file__, "--side", side, str(path), rule])
    found: dict[str, object] = json.loads(printed.splitlines()[-1])
    if side == "ours":
        words = ["power", "budgeting", "count", str(path), *OPTIONS[rule], "--json"]
        told, seconds, memory = once([sys.executable, "-c", COMMAND, *words])
        assert sorted(json.loads(told)["value"]["winners"]) == found["winners"]
    return found | {"whole": seconds, "memory": memory}


def main(folder: Path, cases: list[tuple[str, str]]) -> None:
    print(
        f"{'file':28} {'rule':6} {'peer s':>8} {'ours s':>8} {'rule ×':>7} {'read ×':>6} "
        f"{'whole process s':>16} {'whole ×':>7} {'MB':>9}  winners"
    )
    for name, rule in cases:
        path = folder / f"{name}.pb"
        mine = measured("ours", path, rule)
        if (name, rule) in ALONE:
            print(
                f"{name:28} {rule:6} {'none':>8} {mine['rule']:8.4f} {'':>14} {'':>8}{mine['whole']:8.2f} "
                f"{'':>7} {'':4} {mine['memory']:4.0f}  {len(mine['winners'])}",
                flush=True,
            )
            continue
        theirs = measured("peer", path, rule)
        same = "same" if mine["winners"] == theirs["winners"] else "OTHER"
        print(
            f"{name:28} {rule:6} {theirs['rule']:8.3f} {mine['rule']:8.4f} "
            f"{theirs['rule'] / mine['rule']:7.0f} {theirs['read'] / mine['read']:6.1f} "
            f"{theirs['whole']:7.2f}/{mine['whole']:8.2f} {theirs['whole'] / mine['whole']:7.1f} "
            f"{theirs['memory']:4.0f}/{mine['memory']:4.0f}  {same} {len(mine['winners'])}",
            flush=True,
        )


def start(arguments: list[str]) -> None:
    if not PEER.is_file():
        print("Budgeting is not compared: `make benchmarks` installs pabutools 1.2.3 into .venv-peers.")
        return
    if not arguments:
        with tempfile.TemporaryDirectory() as folder:
            invented(Path(folder))
            main(Path(folder), [(INVENTED, rule) for rule in ("mes", "greedy")])
        return
    folder, names = Path(arguments[0]), arguments[1:]
    cases = [
        (name, rule)
        for name, rule in CASES
        if (not names or name in names) and (folder / f"{name}.pb").is_file()
    ]
    if not cases:
        sys.exit(
            f"{folder} has none of these files: " + ", ".join(sorted({f"{name}.pb" for name, _ in CASES}))
        )
    main(folder, cases)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--side"]:
        result = {"ours": ours, "peer": peer}[sys.argv[2]](sys.argv[3], sys.argv[4])
        print(json.dumps(result))
    else:
        start(sys.argv[1:])
