"""One draw has one seal: the commands that make its files, draw again and verify all say the same."""

import json

import pytest
from click.testing import CliRunner

from fairground.cli import fairground
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
            assert f"seal that was published before: {seal}" in asked(f"{again} {file}").replace("\n", " ")


def test_without_files_there_is_no_seal_and_the_same_draw_is_the_same_text():
    first, second = (asked("select pool.csv targets.csv --size 4 --json") for _ in range(2))
    assert json.loads(first)["value"]["certificate"]["seal"] == ""
    assert first == second
