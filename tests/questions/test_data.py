"""The register as an answer, and files that are checked."""

from pathlib import Path

import pytest

from fairground import report
from fairground.errors import DataProblem, NotFound
from fairground.evidence import Answer
from fairground.questions import data
from fairground.sources import catalogue

FILES = Path(__file__).parents[1] / "sources" / "files"


def test_the_list_names_each_source_once_with_its_edition_and_licence(tmp_path):
    rows = data.catalogued(tmp_path).value.rows
    assert [row.id for row in rows] == [source.id for source in catalogue.sources()]
    assert all(row.edition and row.licence and row.released for row in rows)


def test_a_file_is_here_once_it_is_in_the_folder(tmp_path):
    def here():
        return [row.id for row in data.catalogued(tmp_path).value.rows if row.on_this_machine]

    assert here() == []
    (tmp_path / catalogue.file("hmt-cra").name).write_text("x")
    assert here() == ["hmt-cra"]


@pytest.mark.parametrize("id", [file.id for file in catalogue.files()])
def test_each_made_up_example_is_right_and_its_rows_survive_json(id):
    assert data.checked(id).value.usable
    answer = data.tidy(id)
    assert answer.value.rows
    assert Answer.from_json(answer.to_json()) == answer


def test_a_faulty_file_is_shown_with_row_field_value_and_what_is_allowed():
    answer = data.checked("hmt-cra", FILES / "hmt-cra" / "broken.csv")
    found = answer.value.rows[2]
    assert (answer.value.usable, answer.value.faults) == (False, 6)
    assert (found.row, found.field, found.value, found.allowed) == (
        2,
        "2017-18",
        "many",
        "digits, such as 1234.5",
    )
    assert "cannot be used" in report.headline(answer)


def test_no_figure_of_a_faulty_file_is_given():
    with pytest.raises(DataProblem, match="row 2"):
        data.tidy("hmt-cra", FILES / "hmt-cra" / "broken.csv")


def test_a_file_of_headings_only_cannot_be_used(tmp_path):
    path = tmp_path / "empty.csv"
    path.write_text("REG_ID,TIME,GDP_PC,POP,iso3,reg_name\n")
    assert not data.checked("oecd-regional-gdp", path).value.usable


def test_a_file_that_is_not_the_registered_one_says_so():
    told = report.working(data.checked("mhclg-iod-2025-lsoa", FILES / "mhclg-iod-2025-lsoa" / "faults.csv"))
    assert any("not the one that we registered" in line for line in told)
    assert any("33,755 rows; this one has 3" in line for line in told)


def test_only_the_first_hundred_faults_are_shown_and_that_is_said(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("REG_ID,TIME,GDP_PC,POP,iso3,reg_name\n" + "AT1,never,1,1,AUT,x\n" * 250)
    answer = data.checked("oecd-regional-gdp", path)
    assert answer.value.faults == 250
    assert len(answer.value.rows) == 102
    assert any("first 100 of 250" in line for line in report.working(answer))


def test_a_file_that_is_not_here_says_how_to_get_it(tmp_path):
    with pytest.raises(DataProblem, match="fairground data get os-code-point-open"):
        data.where("os-code-point-open", tmp_path)
    with pytest.raises(DataProblem, match=r"getting it from https://www\.gov\.uk"):
        data.where("hmt-cra", tmp_path)


def test_an_unknown_dataset_is_refused():
    with pytest.raises(NotFound):
        data.checked("nothing-of-the-kind")


def test_a_made_up_file_says_so_and_names_no_publisher():
    for answer in (data.checked("hmt-cra"), data.tidy("hmt-cra")):
        assert any("made up" in line for line in report.working(answer))
        assert all(source.publisher == "The Fairground contributors" for source in answer.sources)
    real = data.tidy("hmt-cra", FILES / "hmt-cra" / "faults.csv")
    assert real.sources[0].id == "hmt-cra"
    assert "made up" not in " ".join(report.working(real))
