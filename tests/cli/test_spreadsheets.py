"""A person's own table may be a spreadsheet wherever a command takes a table."""

import pytest
from click.testing import CliRunner

from fairground.cli import fairground
from fairground.errors import BadInput
from fairground.evidence import Answer
from tests.workbooks import ods, xlsx

INCOMES = [
    ["Incomes of our town"],
    ["area", "income", "people"],
    ["North", 20_000, 10],
    ["South", 30_000, 20],
]


def _run(*words):
    return CliRunner().invoke(fairground, words)


@pytest.mark.parametrize(("write", "ending"), [(xlsx, "xlsx"), (ods, "ods")])
def test_inequality_is_measured_in_a_workbook_as_in_the_same_table_saved_as_csv(write, ending, tmp_path):
    book, plain = tmp_path / f"town.{ending}", tmp_path / "town.csv"
    book.write_bytes(write({"Notes": [["Hello"]], "Incomes": INCOMES}))
    plain.write_text("area,income,people\nN,20000,10\nS,30000,20\n")
    found, same = (
        Answer.from_json(_run("measures", str(file), "--weight", "people", "--json").output)
        for file in (book, plain)
    )
    assert found.value == same.value
    assert found.sources[0].title == f"town.{ending}, sheet “Incomes”"


def test_a_population_that_is_text_is_named_by_sheet_row_and_column(tmp_path):
    book = tmp_path / "town.xlsx"
    book.write_bytes(xlsx({"Incomes": [*INCOMES, ["East", 25_000, "many"]]}))
    fault = _run("measures", str(book), "--weight", "people").exception
    assert isinstance(fault, BadInput)
    assert str(fault).startswith("town.xlsx, sheet “Incomes”, row 5, field 'people': This cell must be")


def test_amounts_of_a_workbook_are_carried_over_to_the_places_of_now(tmp_path):
    book = tmp_path / "old.xlsx"
    book.write_bytes(xlsx({"S": [["Old"], ["code", "people"], ["E08000016", 244_600]]}))
    answer = Answer.from_json(_run("places", "carry", str(book), "--value", "people", "--json").output)
    assert [(row.code, row.amount) for row in answer.value.rows] == [("E08000038", 244_600)]
    book.write_bytes(xlsx({"S": [["Old"], ["code", "people"], ["E08000016", "many"]]}))
    assert "row 3" in str(_run("places", "carry", str(book), "--value", "people").exception)


def test_a_vote_is_counted_from_two_workbooks(tmp_path):
    projects, ballots = tmp_path / "projects.xlsx", tmp_path / "ballots.ods"
    projects.write_bytes(xlsx({"P": [["project_id", "cost"], ["park", 60], ["slide", 50]]}))
    ballots.write_bytes(ods({"B": [["voter_id", "vote"], [1, "park"], [2, "park"], [3, "slide"]]}))
    words = ("power", "budgeting", "count", str(projects), "--ballots", str(ballots), "--budget", "100")
    shown = _run(*words, "--rule", "greedy", "--json")
    assert shown.exit_code == 0, shown.output
    assert [row.id for row in Answer.from_json(shown.output).value.rows if row.won] == ["park"]
