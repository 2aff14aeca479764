"""Two lists joined from files, and the pairs to ask about."""

import csv
import io

import pytest

from fairground.errors import BadInput, DataProblem
from fairground.questions.wealth.linking import as_labels, links, pairs_to_ask

COUNCIL = """UniqueAssetId,NameOfBuildingLand,StreetName,PostTown,PostCode
C1,Mill Lane Library,Mill Lane,Hastings,TN34 3AB
C2,PARK RD DEPOT,PARK RD,HASTINGS,TN34 1AA
C4,Recreation Ground,High Street,Hastings,TN35 5EZ
"""
COMMUNITY = """name,address,postcode
the old libary,Mill Ln,TN34 3AB
playing field,High St,TN35
chapel on the quay,Quay Hill,
"""


@pytest.fixture
def files(tmp_path):
    for name, text in (("council", COUNCIL), ("community", COMMUNITY)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path / "council.csv", tmp_path / "community.csv"


def test_the_same_assets_are_linked_and_what_is_on_no_council_list_is_said(files):
    value = links(*files, [{"council": "C1", "community": "row 2", "same": "Yes"}]).value
    assert [(one.council, one.community, one.same) for one in value.rows] == [
        ("C1", "row 2", "yes"),
        ("C4", "row 3", ""),
    ]
    assert [one.name for one in value.not_listed] == ["chapel on the quay"]
    assert "kind" in value.rows[1].speaks_for


def test_a_no_parts_two_entries(files):
    value = links(*files, [{"council": "C1", "community": "row 2", "same": "no"}]).value
    assert ("C1", "row 2") not in {(one.council, one.community) for one in value.rows}


def test_a_part_of_a_site_is_said_and_neither_linked_nor_called_missing(files):
    for same, part, whole in (
        ("part", "chapel on the quay", "Mill Lane Library"),
        ("Whole", "Mill Lane Library", "chapel on the quay"),
    ):
        answer = links(*files, [{"council": "C1", "community": "row 4", "same": same}])
        assert "row 4" not in {one.community for one in answer.value.rows}
        assert answer.value.not_listed == ()
        (told,) = [step.facts for step in answer.steps if step.code == "linkage.part"]
        assert told == {"part": part, "whole": whole}
    again = [{"council": "C1", "community": "row 4", "same": same} for same in ("part", "no")]
    assert [one.community for one in links(*files, again).value.not_listed] == ["row 4"]


def test_a_likely_part_is_told_with_its_ids_and_neither_linked_nor_called_missing(files):
    council, community = files
    with community.open("a", encoding="utf-8") as file:
        file.write("Car park of Mill Lane library,Mill Lane,TN34 3AB\n")
    answer = links(council, community)
    (told,) = [step.facts for step in answer.steps if step.code == "linkage.part.likely"]
    assert told == {
        "part": "Car park of Mill Lane library", "whole": "Mill Lane Library", "council": "C1",
        "community": "row 5",
    }  # fmt: skip
    assert "row 5" not in {one.community for one in (*answer.value.rows, *answer.value.not_listed)}
    said = [{"council": "C1", "community": "row 5", "same": "yes"}]
    assert ("C1", "row 5") in {
        (one.council, one.community) for one in links(council, community, said).value.rows
    }


def test_pairs_to_ask_can_be_answered_and_read_back(files):
    asked = pairs_to_ask(*files, number=3).value
    rows = list(csv.DictReader(io.StringIO(as_labels(asked))))
    assert {row["same"] for row in rows} == {""}
    for row in rows:
        row["same"] = "cannot tell"
    assert links(*files, rows).value.answers == len(rows) == len(asked.rows)


def test_no_cell_of_the_pairs_is_run_by_a_spreadsheet_and_ids_are_read_back(tmp_path):
    council = tmp_path / "council.csv"
    council.write_text(COUNCIL.replace("C1,Mill", "=C1,=Mill"), "utf-8")
    community = tmp_path / "community.csv"
    community.write_text(COMMUNITY, "utf-8")
    rows = list(csv.DictReader(io.StringIO(as_labels(pairs_to_ask(council, community, number=3).value))))
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    one = next(row for row in rows if row["council"] == "'=C1")
    assert one["council_name"] == "'=Mill Lane Library"
    found = links(council, community, [{**one, "same": "yes"}]).value
    assert [row.council for row in found.rows if row.same] == ["=C1"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"council": "C1", "community": "row 2", "same": "maybe"}, r"row 2, field 'same'.*'maybe'.*yes, no"),
        ({"council": "", "community": "row 2", "same": "yes"}, "needs the council's and the community's id"),
        ({"council": "C9", "community": "row 2", "same": "yes"}, "no entry of that id.*'C9'"),
    ],
    ids=["no answer", "no id", "no such asset"],
)
def test_an_answer_that_is_none_is_refused(files, row, words):
    with pytest.raises(BadInput, match=words):
        links(*files, [row])


def test_no_pairs_asked_for_are_refused(files):
    with pytest.raises(BadInput, match="one or more"):
        pairs_to_ask(*files, number=0)


def test_a_file_that_is_no_list_is_refused(files, tmp_path):
    (tmp_path / "empty.csv").write_text("", "utf-8")
    with pytest.raises(DataProblem, match="empty"):
        links(files[0], tmp_path / "empty.csv")
