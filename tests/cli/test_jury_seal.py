"""One draw has one seal: the commands that make its files, draw again and verify all say the same."""

import json

import pytest
from click.testing import CliRunner

from fairground.cli import fairground
from fairground.questions.power import jury_rolls
from tests.cli import jury_example


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pool.csv").write_text(jury_example.POOL)
    (tmp_path / "targets.csv").write_text(jury_example.TARGETS)


def asked(command):
    done = CliRunner().invoke(fairground, f"power juries {command}".split())
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_draw_its_redraw_and_its_check_say_one_seal():
    drawn = json.loads(
        asked("select pool.csv targets.csv --size 4 --out lottery.json --public draw.json --json")
    )
    seal = drawn["value"]["certificate"]["seal"]
    assert len(seal) == 64
    for again in ("redraw", "verify"):
        for file in ("lottery.json", "draw.json"):
            assert json.loads(asked(f"{again} {file} --json"))["value"]["seal"] == seal
            assert f"of this seal: {seal}" in asked(f"{again} {file}").replace("\n", " ")


def test_without_files_there_is_no_seal_and_the_same_draw_is_the_same_text():
    first, second = (asked("select pool.csv targets.csv --size 4 --json") for _ in range(2))
    assert json.loads(first)["value"]["certificate"]["seal"] == ""
    assert first == second


def test_a_sealed_draw_is_held_beside_the_councils_file_and_beside_a_volunteers_record(tmp_path):
    asked("seal pool.csv targets.csv --size 4 --announce Lotto --out lottery.json --public draw.json")
    beside = json.loads(asked("verify draw.json --value 7 --council lottery.json --json"))
    assert beside["value"]["agree"]
    council = json.loads((tmp_path / "lottery.json").read_text())
    own = jury_rolls.own_proof(json.dumps(council), council["people"][0][0])
    (tmp_path / "mine.json").write_text(json.dumps(own))
    mine = json.loads(asked("verify draw.json --value 7 --record mine.json --json"))
    assert mine["value"]["agree"]
    assert mine["value"]["drawn"] in (True, False)


def test_the_councils_file_and_a_record_are_looked_at_one_by_one():
    asked("select pool.csv targets.csv --size 4 --out lottery.json --public draw.json")
    command = "power juries verify draw.json --council lottery.json --record lottery.json"
    done = CliRunner().invoke(fairground, command.split())
    assert "one at a time" in str(done.exception)


@pytest.mark.parametrize("files", ["--out pool.csv", "--out draw.json --public ./draw.json"])
def test_no_file_is_written_over_another_of_the_same_command(tmp_path, files):
    done = CliRunner().invoke(
        fairground, f"power juries select pool.csv targets.csv --size 4 {files}".split()
    )
    assert "named twice" in str(done.exception)
    assert (tmp_path / "pool.csv").read_text() == jury_example.POOL
    assert not (tmp_path / "draw.json").exists()


def test_a_history_may_take_the_place_of_the_one_it_goes_on_from(tmp_path):
    (tmp_path / "history.csv").write_text("")
    for rotation in ("1", "2"):
        asked(
            "rotate history.csv pool.csv targets.csv --size 4 --leave 1 --cooling 1 --history-out history.csv"
        )
        assert f"\n{rotation}," in (tmp_path / "history.csv").read_text()


def test_goldilocks_with_another_weight_says_so_and_proves_itself_everywhere(tmp_path):
    files = "--out lottery.json --public draw.json"
    drawn = asked(f"select pool.csv targets.csv --size 4 --rule goldilocks --gamma 0.5 {files}")
    assert "Goldilocks, γ = 0.5" in drawn
    assert "0.5 × (k/n)" in drawn.replace("\n", " ")
    for command in ("redraw lottery.json", "redraw draw.json", "verify draw.json"):
        asked(command)
    assert "0.5 × (k/n)" in asked("verify lottery.json").replace("\n", " ")
    held = json.loads((tmp_path / "lottery.json").read_text("utf-8"))
    assert held["rule"] == "goldilocks:0.5"
    (tmp_path / "lottery.json").write_text(json.dumps({**held, "rule": "goldilocks"}), "utf-8")
    done = CliRunner().invoke(fairground, ["power", "juries", "verify", "lottery.json"])
    assert done.exit_code
    assert "weighs the low end in another way" in str(done.exception)


def test_a_weight_is_refused_for_any_other_rule():
    line = "power juries select pool.csv targets.csv --size 4 --rule nash --gamma 2"
    done = CliRunner().invoke(fairground, line.split())
    assert done.exit_code
    assert "Only Goldilocks weighs the low end" in str(done.exception)
