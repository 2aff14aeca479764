"""`fairground data`: what there is, fetching, checking."""

import csv
import io
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from fairground.cli import fairground
from fairground.errors import BadInput, DataProblem
from fairground.evidence import Answer

PEOPLE = [
    ("E12000001", 2022, 2_700_000),
    ("E12000001", 2023, 2_800_000),
    ("E12000007", 2022, 8_800_000),
    ("E12000007", 2023, 9_000_000),
]
FILES = Path(__file__).parents[1] / "sources" / "files"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("FAIRGROUND_DATA", str(tmp_path))


def _run(*words):
    return CliRunner().invoke(fairground, ["data", *words])


def test_a_faulty_file_ends_with_the_code_of_a_data_problem():
    shown = _run("check", "hmt-cra", str(FILES / "hmt-cra" / "broken.csv"))
    assert shown.exit_code == 4
    assert "Atlantis" in shown.output
    assert "Traceback" not in shown.output


def test_the_spending_of_a_file_comes_as_plain_rows():
    shown = _run("check", "hmt-cra", str(FILES / "hmt-cra" / "faults.csv"), "--csv")
    rows = list(csv.DictReader(io.StringIO(shown.output)))
    assert [row["pounds"] for row in rows if row["code"] == "E12000003"] == ["1716000000", "300000"]


def test_without_a_file_the_fetched_one_is_checked(tmp_path):
    folder = tmp_path / "published"
    folder.mkdir()
    text = (FILES / "hmt-cra" / "faults.csv").read_text()
    (folder / "country-and-regional-analysis.csv").write_text(text)
    answer = Answer.from_json(_run("check", "hmt-cra", "--json").output)
    assert answer.value.kept == 4


def test_nothing_fetched_and_nothing_named_says_what_to_do():
    assert isinstance(_run("check", "os-code-point-open").exception, DataProblem)


def test_what_has_no_address_is_fetched_by_hand():
    told = str(_run("get", "hmt-cra").exception)
    assert "put it at" in told
    assert isinstance(_run("get", "hmt-cra").exception, BadInput)


def test_a_later_year_is_asked_of_the_treasurys_own_workbook(tmp_path):
    from tests.workbooks import xlsx

    heads = ["HMT Function", "HMT Subfunction", "ID/non-ID", "CAP or CUR", "ITL Region", "2022-23", "2023-24"]
    transport = "4. Economic affairs - of which: transport"
    rows = [
        [transport, "Railway", "ID", "CAP", "London", 900_000, 1_000_000],
        [transport, "Roads", "ID", "CUR", "North East", 100_000, 110_000],
    ]
    file = tmp_path / "cra-2024.xlsx"
    file.write_bytes(xlsx({"Notes": [["Read me"]], "Database": [heads, *rows]}))
    people = tmp_path / "people.xlsx"
    people.write_bytes(xlsx({"P": [["code", "year", "people"], *PEOPLE]}))
    asked = ("--areas", "North East", "--from", "2022/23", "--to", "2023/24", "--json")
    answer = Answer.from_json(_run("counterfactual", str(file), *asked, "--people", str(people)).output)
    would = 900_000_000 * Fraction(27, 88) + 1_000_000_000 * Fraction(28, 90)
    assert answer.value.extra == would - 210_000_000
