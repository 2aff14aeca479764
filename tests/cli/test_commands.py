"""Every command works as its help says."""

import json
import shlex
import shutil
import sys
from importlib.resources import files

import pytest
from click.testing import CliRunner

from fairground.cli import fairground
from fairground.evidence import Answer
from fairground.questions.power import budgeting, bundles, elections
from fairground.questions.power.jury_rolls import own_proof
from fairground.sources import town
from tests.architecture.source import public_functions
from tests.cli import jury_example
from tests.cli.commands import ANSWERS, COMMANDS, EXAMPLES

PROJECTS = "project_id,cost,name,district\npark,60,Park,North\nslide,40,Slide,South\n"
BALLOTS = 'voter_id,vote,district\n1,"park,slide",North\n2,park,North\n3,slide,South\n'
TWO_LISTS = {
    "council.csv": """id,name,address,postcode
C1,Mill Lane Library,Mill Lane,TN34 3AB
C2,Park Road Depot,Park Road,TN34 1AA
C3,Rec Gnd,High Street,TN35 5EZ
""",
    "community.csv": """id,name,address,postcode
P1,the old libary,Mill Ln,TN34 3AB
P2,playing field,High St,
P3,chapel,Sea Rd,
""",
    "labels.csv": "council,community,same\nC1,P1,yes\nC2,P1,no\n",
}
ASSETS = "UPRN,Premises,Postcode,GeoX,GeoY,Tenure\n100000000001,Old Library,TS10 1AA,460000,525000,Freehold\n"


@pytest.mark.parametrize("path", sorted(COMMANDS))
def test_help_shows_an_example(path):
    shown = CliRunner().invoke(fairground, [*path.split()[1:], "--help"])
    assert shown.exit_code == 0
    assert "Example:" in shown.output
    assert f"fairground {' '.join(path.split()[1:])}" in shown.output


@pytest.mark.slow
@pytest.mark.parametrize(("path", "line"), EXAMPLES)
def test_an_example_works_as_written_and_names_its_sources(path, line, tmp_path, monkeypatch, doggerby):
    monkeypatch.chdir(tmp_path)
    _prepare(path, tmp_path, doggerby)
    shown = CliRunner().invoke(fairground, shlex.split(line)[1:], catch_exceptions=False)
    assert shown.exit_code == 0, shown.output
    assert "Sources" in shown.output or "# Source" in shown.output or '"sources"' in shown.output


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(ANSWERS))
def test_json_reads_back_as_the_same_answer(path, tmp_path, monkeypatch, doggerby):
    monkeypatch.chdir(tmp_path)
    _prepare(path, tmp_path, doggerby)
    line = [part for part in shlex.split(ANSWERS[path].examples[0])[1:] if part not in {"--json", "--csv"}]
    shown = CliRunner().invoke(fairground, [*line, "--json"], catch_exceptions=False)
    answer = Answer.from_json(shown.stdout)
    assert json.loads(answer.to_json()) == json.loads(shown.stdout)


def _write(folder, files):
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")


def _prepare(path, folder, doggerby):
    """Put the files in place that an example reads: a small town's ballots, a registered formula."""
    if " power budgeting " in path:
        (folder / "town.pb").write_text(elections.EXAMPLE, "utf-8")
        (folder / "projects.csv").write_text(PROJECTS, "utf-8")
        (folder / "ballots.csv").write_text(BALLOTS, "utf-8")
        made = bundles.bundle(elections.read(elections.EXAMPLE), budgeting.rule())
        (folder / "town.bundle.json").write_text(made.value.text, "utf-8")
    if " power juries " in path:
        (folder / "stays.csv").write_text("feature,value,stays\nage,16-29,0.8\nsex,Man,0.95\n", "utf-8")
        (folder / "pool.csv").write_text(jury_example.POOL, "utf-8")
        (folder / "targets.csv").write_text(jury_example.TARGETS, "utf-8")
        (folder / "clash.csv").write_text(jury_example.CLASH, "utf-8")
        (folder / "history.csv").write_text(jury_example.HISTORY, "utf-8")
        (folder / "panel.csv").write_text(jury_example.PANEL, "utf-8")
        (folder / "addresses.csv").write_text(jury_example.ADDRESSES, "utf-8")
        (folder / "rates.csv").write_text(jury_example.RATES, "utf-8")
        (folder / "held.csv").write_text(jury_example.HELD, "utf-8")
        made = jury_example.files(folder)
        (folder / "lottery.json").write_text(made.council, "utf-8")
        (folder / "draw.json").write_text(made.public, "utf-8")
        (folder / "my-record.json").write_text(json.dumps(own_proof(made.council, "003")), "utf-8")
        (folder / "sealed.json").write_text(jury_example.sealed(folder), "utf-8")
        (folder / "balls.json").write_text(jury_example.sealed(folder, "balls"), "utf-8")
    if " wealth property " in path:
        _prepare_property(path, folder)
    _write(folder, TWO_LISTS)
    if " wealth finance " in path:
        example = files("fairground.web.wealth.finance").joinpath("example.toml")
        text = example.read_text("utf-8")
        (folder / "hall.toml").write_text(text, "utf-8")
        (folder / "with-a-loan.toml").write_text(text.replace('variable = "yes"', 'variable = "no"'), "utf-8")
    if " opportunity " in path and not (folder / "town").is_dir():
        shutil.copytree(doggerby, folder / "town")
    if path.endswith("replay") and not (folder / "formula.json").exists():
        for line in ANSWERS["fairground wealth funding allocate"].examples:
            if "--register" in line:
                CliRunner().invoke(fairground, shlex.split(line)[1:], catch_exceptions=False)


def _prepare_property(path, folder):
    if path.endswith("property read"):
        (folder / "assets.csv").write_text(ASSETS, "utf-8")
    if path.endswith(("property ask", "property chase")):
        (folder / "to-ask.csv").write_text("name\nStoke-on-Trent\nHastings\n", "utf-8")
    if path.endswith("property chase") and not (folder / "campaign").exists():
        asked = shlex.split(ANSWERS[path.replace("chase", "ask")].examples[0])[1:]
        CliRunner().invoke(fairground, asked, catch_exceptions=False)
    if path.endswith("property ask") and (folder / "campaign").exists():
        shutil.rmtree(folder / "campaign")
    if path.endswith("property sold"):
        rows = [f"E0{n},Council {n},{'ab'[n % 2]},{n + 1}" for n in range(12)]
        (folder / "councils.csv").write_text("\n".join(["code,name,class,receipts", *rows]), "utf-8")
        (folder / "answers.csv").write_text("code,sold\nE01,9\nE02,6\nE03,30\nE04,11\nE06,20\n", "utf-8")


@pytest.mark.slow
def test_every_public_function_is_reached_by_some_command(tmp_path, monkeypatch, doggerby):
    monkeypatch.chdir(tmp_path)
    town.write(tmp_path / "town")  # a new one: what was read of another is kept and not read again
    called = set()
    for thing in public_functions().values():
        getattr(thing, "cache_clear", bool)()

    def watch(frame, event, _argument):
        if event == "call":
            called.add(frame.f_code)

    for path, line in EXAMPLES:
        _prepare(path, tmp_path, doggerby)
        sys.setprofile(watch)
        try:
            CliRunner().invoke(fairground, shlex.split(line)[1:])
        finally:
            sys.setprofile(None)
    missing = []
    for name, thing in public_functions().items():
        plain = getattr(thing, "__wrapped__", thing)
        if plain.__code__ not in called:
            missing.append(name)
    assert missing == []
