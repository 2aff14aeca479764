"""pabutools, called as a process of its own, finds the same winners in elections made up on the spot.

It stands in an environment of its own (`make test` installs it), because it brings much that we do not need.
"""

import json
import random
import subprocess
from pathlib import Path

import pytest

from fairground.power.budgeting import Rule, count
from fairground.questions.power.elections import read

ROOT = Path(__file__).parents[3]
PEER = ROOT / ".venv-peers/budgeting/bin/python"
RULES = {"mes": Rule(), "greedy": Rule("greedy"), "add1": Rule(completion="add1")}


def made_up(seed):
    """Write an election of nine projects; with the seeds below no two cost as much or have as many votes."""
    chance = random.Random(seed)
    costs = chance.sample(range(20, 400), 9)
    lines = [
        "META",
        "key;value",
        f"budget;{sum(costs) // 3}",
        "vote_type;approval",
        "PROJECTS",
        "project_id;cost",
    ]
    lines += [f"p{n};{cost}" for n, cost in enumerate(costs)]
    lines += ["VOTES", "voter_id;vote"]
    lines += [
        f"{v};" + ",".join(f"p{p}" for p in chance.sample(range(9), chance.randint(1, 5))) for v in range(401)
    ]
    return "\n".join(lines) + "\n"


@pytest.mark.oracle
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("seed", [1, 7])
def test_the_peer_finds_the_same_winners(rule, seed, tmp_path):
    if not PEER.is_file():
        pytest.skip("pabutools is not installed: make test installs it")
    path = tmp_path / "made-up.pb"
    path.write_text(made_up(seed), "utf-8")
    command = [str(PEER), str(ROOT / "benchmarks/budgeting.py"), "--side", "peer", str(path), rule]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    election = read(path.read_text("utf-8")).election
    ours = sorted(election.projects[p].id for p in count(election, RULES[rule]).winners)
    assert json.loads(done.stdout.splitlines()[-1])["winners"] == ours
