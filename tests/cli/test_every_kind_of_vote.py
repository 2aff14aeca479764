"""Every command takes every kind of ballot that Pabulib has: ten files of each kind, by each command.

The shared folder has no file of scoring ballots, so ten are made up here in the words of the format
(https://pabulib.org/format): `min_points`, `max_points`, a column of points, and in some a `default_score`.
"""

import json
import random
import re

import pytest
from click.testing import CliRunner

from fairground.cli import fairground
from fairground.questions.power.elections import read

KINDS = ("approval", "choose-1", "cumulative", "ordinal", "scoring")


def made_up(seed):
    """Write an election with scoring ballots: each project may get 1 to 5 points."""
    chance = random.Random(seed)
    costs = [chance.randrange(1_000, 30_000) for _ in range(chance.randint(3, 12))]
    lines = ["META", "key;value", f"description;Scores {seed}", f"budget;{sum(costs) // 3 + 1}"]
    lines += ["vote_type;scoring", "rule;greedy", "min_points;1", "max_points;5"]
    lines += ["default_score;1"] if seed % 3 == 0 else []
    lines += ["PROJECTS", "project_id;cost", *(f"{n + 1};{cost}" for n, cost in enumerate(costs))]
    lines += ["VOTES", "voter_id;vote;points"]
    for voter in range(chance.randint(20, 120)):
        marked = chance.sample(range(1, len(costs) + 1), chance.randint(1, len(costs)))
        points = ",".join(str(chance.randint(1, 5)) for _ in marked)
        lines.append(f"{voter};{','.join(map(str, marked))};{points}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def ten(tmp_path_factory, shared):
    """Return ten files of a kind: of the shared ones those that are the shortest."""
    found = {}
    for path in sorted((shared / "data/pabulib").glob("*.pb"), key=lambda path: path.stat().st_size):
        with path.open(encoding="utf-8") as file:
            kind = re.search(r"vote_type;([a-z0-9-]+)", file.read(4_000))[1]
        found.setdefault(kind, []).append(path)
    folder = tmp_path_factory.mktemp("scoring")
    for seed in range(10):
        path = folder / f"scores-{seed}.pb"
        path.write_text(made_up(seed), "utf-8")
        found.setdefault("scoring", []).append(path)
    return lambda kind: found[kind][:10]


def told(*words):
    done = CliRunner().invoke(fairground, ["power", "budgeting", *map(str, words), "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)["value"]


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_ten_files_of_each_kind_are_taken_by_every_command(kind, ten, tmp_path):
    utility = "cost" if kind in ("approval", "choose-1") else "ranking" if kind == "ordinal" else "points"
    assert len(ten(kind)) == 10
    for path in ten(kind):
        election = read(path.read_text("utf-8")).election
        ids = {project.id for project in election.projects}
        shares = ["--rule", "equal-shares", "--utility", utility]
        rules = (
            shares,
            ["--rule", "greedy"],
            ["--rule", "bos", "--utility", utility],
            ["--rule", "phragmen"],
        )
        for rule in rules:
            winners = told("count", path, *rule)["winners"]
            assert set(winners) <= ids, path.name
            assert sum(p.cost for p in election.projects if p.id in winners) <= election.budget, path.name
            assert told("verify", path, *rule)["agree"] is True, path.name
        assert set(told("count", path, *shares, "--completion", "add1")["winners"]) <= ids, path.name
        assert len(told("compare", path)["rows"]) >= 6, path.name
        for project in sorted(ids)[:2]:
            explained = told("explain", path, "--project", project, *shares)
            assert explained["won"] == (project in told("count", path, *shares)["winners"]), path.name
        told("bundle", path, *shares, "--output", tmp_path / "made.json")
        assert told("verify", tmp_path / "made.json")["agree"] is True, path.name


SCORES = """META
key;value
budget;100
vote_type;scoring
max_points;5
PROJECTS
project_id;cost
park;60
bench;60
VOTES
voter_id;vote;points
1;park,bench;1,5
2;park,bench;1,5
3;park;2
"""


@pytest.mark.parametrize("vote_type", ["scoring", "cumulative"])
def test_points_and_not_marks_decide_where_the_utility_is_points(vote_type, tmp_path):
    """Three voters mark the park (4 points) and two the bench (10 points); only one of them fits."""
    path = tmp_path / "scores.pb"
    path.write_text(SCORES.replace("scoring", vote_type), "utf-8")
    assert told("count", path, "--rule", "greedy")["winners"] == ["bench"]
    assert told("count", path, "--utility", "points")["winners"] == ["bench"]
    assert told("count", path, "--utility", "cost")["winners"] == ["park"]


def test_a_default_score_goes_to_each_project_that_is_not_on_a_ballot():
    text = SCORES.replace("max_points;5", "max_points;5\ndefault_score;3")
    assert read(text).election.scores == (4, 13)
    assert read(text.replace("scoring", "cumulative")).election.scores == (4, 10)
    with pytest.raises(Exception, match=r"row 6.*default_score.*'three'"):
        read(text.replace("default_score;3", "default_score;three"))
