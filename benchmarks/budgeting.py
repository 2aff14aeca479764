"""Counting participatory budgets: ours against pabutools 1.2.3, on the same files, in one run.

    python benchmarks/budgeting.py [FOLDER [NAME …]]
    make benchmarks PABULIB=FOLDER

FOLDER holds Pabulib files (https://pabulib.org); without one, an invented election is counted. Each side
runs in a process of its own; the peer in an environment of its own (`.venv-peers/budgeting`). Times are CPU
seconds. Rule and reading: ours are the best of five after a warm-up, the peer's one run. Whole process, with
its peak memory: ours is the command, the peer a script that reads and counts, each run once, imports and all.
pabutools 1.2.3 has no BOS: there the peer is our own plain counter. Budapest with Add1 would take it days.
At the end, every file of FOLDER is read by both, and each approval file is counted with Equal Shares.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

CASES = (
    ("Poland_Lodz_2023_Chojny", "mes"),
    ("Poland_Lodz_2023_Chojny", "add1"),
    ("Poland_Warszawa_2021_Ochota", "mes"),
    ("Netherlands_Amsterdam_309", "mes"),
    ("Hungary_Budapest_2024", "mes"),
    ("Poland_Lodz_2022", "mes"),
    ("Poland_Lodz_2022", "greedy"),
    ("Poland_Wieliczka_2023_Green_Budget", "bos"),
    ("Poland_Warszawa_2021_Ochota", "bos"),
    ("Poland_Lodz_2022", "bos"),
    ("Hungary_Budapest_2024", "add1"),
    ("Poland_Warszawa_2021_Ochota", "add1"),
)
ALONE = {("Hungary_Budapest_2024", "add1")}
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


def rule_of(rule: str) -> Any:
    from fairground.power.budgeting import Rule

    return Rule(rule) if rule in ("greedy", "bos") else Rule(completion="add1" if rule == "add1" else "none")


def ours(path: str, rule: str) -> dict[str, object]:
    from fairground.power.budgeting import count
    from fairground.power.budgeting.equal_shares import field
    from fairground.questions.power.elections import read

    chosen, read_times = rule_of(rule), []
    for _ in range(6):
        start = time.process_time()
        poll = read(Path(path).read_text("utf-8"))
        seen = field(poll.election, chosen)
        read_times.append(time.process_time() - start)
    alone = fastest(lambda: run(poll.election, chosen, seen))
    winners = sorted(poll.election.projects[p].id for p in count(poll.election, chosen).winners)
    return {"read": min(read_times[1:]), "rule": alone, "winners": winners}


def run(election: Any, chosen: Any, seen: Any) -> None:
    """Let the rule alone run on an election that was read."""
    from fairground.power.budgeting.completion import add1
    from fairground.power.budgeting.equal_shares import equal_shares
    from fairground.power.budgeting.greedy import greedy
    from fairground.power.budgeting.overspending import bos

    if chosen.method == "greedy":
        greedy(election, chosen, seen)
    elif chosen.method == "bos":
        bos(seen)
    elif chosen.completion == "add1":
        add1(seen, chosen)
    else:
        equal_shares(seen, Fraction(seen.budget, seen.voters))


def fastest(work: Callable[[], None], times: int = 5) -> float:
    """Return the fewest CPU seconds of some runs after the first."""
    found = []
    for _ in range(times + 1):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found[1:])


def plain(path: str, rule: str) -> dict[str, object]:
    """Count with our own plain counter, which shares no code with the other."""
    from fairground.power.budgeting import PlainCount
    from fairground.questions.power.elections import read

    start = time.process_time()
    election = read(Path(path).read_text("utf-8")).election
    read_time, start = time.process_time() - start, time.process_time()
    winners = PlainCount(election, rule_of(rule)).winners()
    took = time.process_time() - start
    return {"read": read_time, "rule": took, "winners": sorted(election.projects[p].id for p in winners)}


def reads(side: str, folder: str) -> dict[str, object]:
    """Read every file of a folder; return each one's fewest CPU seconds, and ours for a count with MES."""
    if side == "peer":
        from pabutools.election import parse_pabulib

        return {path.name: [fastest(lambda path=path: parse_pabulib(str(path)), 2)] for path in files(folder)}
    from fairground.power.budgeting import Rule, count
    from fairground.questions.power.elections import read

    found: dict[str, object] = {}
    for path in files(folder):
        election = read(path.read_text("utf-8")).election
        times = [fastest(lambda path=path: read(path.read_text("utf-8")))]
        if election.kind == "approval":
            times.append(fastest(lambda election=election: count(election, Rule())))
        found[path.name] = times
    return found


def files(folder: str) -> list[Path]:
    return sorted(Path(folder).glob("*.pb"))


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


def asked(side: str, *words: str) -> tuple[dict[str, Any], float, float]:
    """Run one side in a process of its own; return what it found, its CPU seconds and its peak memory."""
    python = str(PEER) if side == "peer" else sys.executable
    printed, seconds, memory = once([python, __file__, "--side", side, *words])
    return json.loads(printed.splitlines()[-1]), seconds, memory


def measured(side: str, path: Path, rule: str) -> dict[str, Any]:
    found, seconds, memory = asked(side, str(path), rule)
    if side == "ours":
        words = ["power", "budgeting", "count", str(path), *OPTIONS[rule], "--json"]
        told, seconds, memory = once([sys.executable, "-c", COMMAND, *words])
        assert sorted(json.loads(told)["value"]["winners"]) == found["winners"]
    return found | {"whole": seconds, "memory": memory}


def main(folder: Path, cases: list[tuple[str, str]]) -> None:
    print(
        f"{'file':36} {'rule':6} {'peer s':>8} {'ours s':>8} {'times':>7} "
        f"{'read ×':>6} {'whole process s':>16} {'times':>6} {'MB':>9}  winners"
    )
    for name, rule in cases:
        path = folder / f"{name}.pb"
        mine = measured("ours", path, rule)
        if (name, rule) in ALONE:
            print(
                f"{name:36} {rule:6} {'none':>8} {mine['rule']:8.4f} {'':>7} "
                f"{'':>6} {'':>7} {mine['whole']:8.2f} {'':>6} {'':>4} {mine['memory']:4.0f}  "
                f"{len(mine['winners'])}",
                flush=True,
            )
            continue
        theirs = measured("plain" if rule == "bos" else "peer", path, rule)
        same = "same" if mine["winners"] == theirs["winners"] else "OTHER"
        print(
            f"{name:36} {rule:6} {theirs['rule']:8.3f} {mine['rule']:8.4f} "
            f"{theirs['rule'] / mine['rule']:7.0f} {theirs['read'] / mine['read']:6.1f} "
            f"{theirs['whole']:7.2f}/{mine['whole']:8.2f} {theirs['whole'] / mine['whole']:6.1f} "
            f"{theirs['memory']:4.0f}/{mine['memory']:4.0f}  {same} {len(mine['winners'])}"
            f"{' (peer: our plain counter)' if rule == 'bos' else ''}",
            flush=True,
        )


def every_file(folder: Path) -> None:
    """Read every file with both, and count each approval file as the command does."""
    theirs, mine = asked("peer", "--read", str(folder))[0], asked("ours", "--read", str(folder))[0]
    ratios = {name: theirs[name][0] / mine[name][0] for name in mine}
    total = sum(each[0] for each in theirs.values()) / sum(each[0] for each in mine.values())
    slower = [name for name in mine if ratios[name] < 10]
    least = min(ratios, key=ratios.__getitem__)
    print(f"\nreading all {len(mine)} files: {total:.0f} times faster together; at least 10 times for")
    print(f"  {len(mine) - len(slower)} of them; the others take the peer ", end="")
    print(f"{max((theirs[n][0] for n in slower), default=0) * 1000:.1f} ms or less, and us ", end="")
    print(f"{max((mine[n][0] for n in slower), default=0) * 1000:.2f} ms or less;")
    print(f"  the least ratio is {ratios[least]:.1f} ({least}: {mine[least][0] * 1000:.2f} ms)")
    counts = {name: each[1] * 1000 for name, each in mine.items() if len(each) > 1}
    worst = max(counts, key=counts.__getitem__)
    print(f"Equal Shares on {len(counts)} approval files: at most {counts[worst]:.1f} ms each ({worst})")


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
    if not names:
        every_file(folder)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--side"]:
        side, first, second = sys.argv[2:5]
        sides = {"ours": ours, "peer": peer, "plain": plain}
        print(json.dumps(reads(side, second) if first == "--read" else sides[side](first, second)))
    else:
        start(sys.argv[1:])
