"""Code-Point Open: no headings, two headings, a zip; positions, spaces, vintages."""

import zipfile
from pathlib import Path

import pytest

from fairground.errors import DataProblem
from fairground.sources import postcode_spots, postcodes

FILES = Path(__file__).parent / "files" / "os-code-point-open"
# Ordnance Survey's own example of a record (Code-Point Open technical specification, CSV structure).
EXAMPLE = (
    '"SO16 0AS",10,437292,115542,"E92000001","E19000002","E18000009","E10000014","E07000093","E05012936"\r\n'
)


def test_the_example_of_ordnance_survey_is_read(tmp_path):
    path = tmp_path / "so.csv"
    path.write_text(EXAMPLE)
    held = postcodes.read(path).columns
    row = [column[0] for column in held.values()]
    assert row == [
        "SO16 0AS",
        10,
        437292,
        115542,
        "E92000001",
        "E10000014",
        "E07000093",
        "E07000093",
        "E05012936",
    ]


def test_headings_are_passed_over_and_spaces_made_one():
    held = postcodes.read(FILES / "faults.csv")
    assert held.columns["postcode"] == ("ST4 1HH", "CA1 1AA", "OX1 1BX", "ZE1 0AA", "CF10 1AA")
    assert held.quality.mended == {"the space inside the postcode": 2}


def test_a_postcode_without_a_position_or_district_is_left_out_and_counted():
    assert postcodes.read(FILES / "faults.csv").quality.dropped == {
        "no position is known (quality 90)": 1,
        "no district is given": 1,
    }


def test_every_fault_names_its_row_field_value_and_what_is_allowed():
    faults = postcodes.examine(FILES / "broken.csv").faults
    assert [(f.row, f.field, f.value) for f in faults] == [
        (1, "Postcode", "NOT A CODE"),
        (2, "Positional_quality_indicator", "11"),
        (3, "Eastings", "9387900"),
        (4, "Country_code", "England"),
        (6, "Postcode", "ST4 1HN"),
        (7, "", "-7 cells"),
    ]
    assert all(fault.allowed for fault in faults)


def test_old_and_new_districts_in_one_file_are_refused():
    with pytest.raises(DataProblem, match=r"row 1, field 'Admin_district_code'.*E07000028 Carlisle"):
        postcodes.read(FILES / "mixed.csv")


def test_a_file_of_an_older_day_names_the_district_of_now(tmp_path):
    path = tmp_path / "ca.csv"
    path.write_text('"CA1 1AB",10,340001,556001,"E92000001","","","E10000006","E07000028","E05999003"\n')
    held = postcodes.read(path).columns
    assert (held["district"], held["district_now"]) == (("E07000028",), ("E06000063",))


def test_the_zip_of_the_publisher_is_read_as_it_comes(tmp_path):
    path = tmp_path / "codepo_gb.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Data/CSV/so.csv", EXAMPLE)
        archive.writestr("Data/CSV/st.csv", EXAMPLE.replace("SO16 0AS", "ST4 1HH"))
        archive.writestr("Doc/licence.txt", "not a table")
    assert postcodes.read(path).columns["postcode"] == ("SO16 0AS", "ST4 1HH")


@pytest.mark.parametrize("content", [b"PK\x03\x04 cut off", None])
def test_a_zip_that_is_broken_or_holds_no_tables_is_refused(content, tmp_path):
    path = tmp_path / "codepo_gb.zip"
    if content:
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "nothing here")
    with pytest.raises(DataProblem, match="zip"):
        postcodes.read(path)


def test_a_zip_made_to_fill_the_memory_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "codepo_gb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Data/CSV/st.csv", b"a" * 60_000_000)
    for read in (postcodes.examine, lambda file: postcode_spots.find_postcodes(file, ["ST4 1HH"])):
        with pytest.raises(DataProblem, match=r"st.csv: A table is too large.*60,000,000 bytes"):
            read(path)
