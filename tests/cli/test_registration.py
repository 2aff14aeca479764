"""A formula is sealed in a file before it is computed, and only the same file gives the same pence."""

import json

import pytest
from click.testing import CliRunner

from fairground.cli import fairground
from fairground.errors import BadInput
from fairground.evidence import Answer

ALLOCATE = ["wealth", "funding", "allocate", "--pot", "1000000", "--floor", "0.7"]


def ask(*words):
    return CliRunner().invoke(fairground, list(words))


@pytest.fixture
def sealed(tmp_path):
    file = tmp_path / "formula.json"
    shown = ask(*ALLOCATE, "--register", str(file), "--json")
    assert shown.exit_code == 0, shown.output
    return file, Answer.from_json(shown.stdout)


def refused(file):
    error = ask("wealth", "funding", "replay", str(file)).exception
    assert isinstance(error, BadInput), error
    return str(error)


def test_a_replay_gives_the_same_pence(sealed):
    file, answer = sealed
    again = Answer.from_json(ask("wealth", "funding", "replay", str(file), "--json").stdout)
    assert again.value == answer.value
    assert len(again.value.digest) == 64
    assert list(file.parent.iterdir()) == [file]


def test_a_sealed_formula_is_never_replaced(sealed):
    file, _ = sealed
    before = file.read_text("utf-8")
    error = ask(*ALLOCATE, "--cap", "2", "--register", str(file)).exception
    assert "never replaced" in str(error)
    assert file.read_text("utf-8") == before
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    ("part", "key", "value", "said"),
    [
        ("choice", "pot", "1000001", "This is not the registered formula"),
        ("choice", "floor", "0.6", "This is not the registered formula"),
        ("registration", "digest", "0" * 64, "altered after it was sealed"),
        ("registration", "formula", "{}", "altered after it was sealed"),
        ("choice", "pot", "a lot", "field 'pot': This must be a number"),
        ("choice", "indicators", ["gva_per_hour"], "not a registration that Fairground wrote"),
        ("registration", "$type", "fairground.evidence.Nothing", "not a registration"),
        ("registration", "$type", "os.system", "Only records of Fairground"),
    ],
)
def test_a_file_that_was_tampered_with_is_refused(sealed, part, key, value, said):
    file, _ = sealed
    kept = json.loads(file.read_text("utf-8"))
    kept[part][key] = value
    file.write_text(json.dumps(kept), "utf-8")
    assert said in refused(file)


def test_an_input_that_changed_is_named(sealed):
    file, _ = sealed
    kept = json.loads(file.read_text("utf-8"))
    one = next(item for item in kept["registration"]["inputs"] if item["name"] == "populations")
    one["digest"] = "0" * 64
    file.write_text(json.dumps(kept), "utf-8")
    assert "altered after it was sealed" in refused(file)


@pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", '{"choice": {}, "registration": {}}'])
def test_another_file_is_refused(tmp_path, text):
    file = tmp_path / "other.json"
    file.write_text(text, "utf-8")
    assert "not a registration" in refused(file)
    assert "cannot be read" in refused(tmp_path / "missing.json")


@pytest.mark.parametrize("name", ["/", ".", ".."])
def test_a_folder_is_no_place_for_a_registration(name):
    error = ask(*ALLOCATE, "--register", name).exception
    assert isinstance(error, BadInput)
    assert error.field == "register"


HOSTILE = (
    "[" * 100_000,
    '{"choice": {"pot": "5"}, "registration": {"$fraction": "1/0"}}',
    '{"choice": {"pot": "5"}, "registration": {"$decimal": "zz"}}',
    '{"choice": {"pot": "5"}, "registration": {"$fraction": "1e100000000"}}',
    '{"choice": {"pot": "5"}, "registration": {"$fraction": "1_0/3"}}',
    '{"choice": {"pot": "5"}, "registration": {"$fraction": "٥"}}',
    '{"choice": {"pot": "5"}, "registration": {"$decimal": "1e100000000"}}',
    '{"choice": {"pot": "5"}, "registration": {"$type":'
    ' "fairground.wealth.funding.registration.Registration"'
    ', "formula": 5, "inputs": [7], "digest": null}}',
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_crafted_registration_is_refused_in_words(tmp_path, text):
    file = tmp_path / "formula.json"
    file.write_text(text)
    assert "not a registration" in refused(file)
