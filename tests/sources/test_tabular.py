"""What is no table is refused in words; what is one is read whole, whatever is written in it."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import DataProblem
from fairground.sources import local_statistics, tabular
from fairground.sources.tabular import Tally, Wrong, gathered, number, records, rows, text_of


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"PK\x03\x04rest", "spreadsheet or a zip"),
        ("a,b".encode("utf-16"), "UTF-16"),
        (b"\n<!DOCTYPE html><html>Sorry</html>", "web page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "only points to"),
        (b"a,b\n1,\xff\n", r"row 2: A character cannot be read.*b'\\xff'"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content, told):
    with pytest.raises(DataProblem, match=told):
        text_of(content, "x.csv", Tally())


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(DataProblem, match="cannot be read"):
        local_statistics.read(tmp_path / "not-there.csv")


def test_a_folder_in_place_of_a_file_is_refused(tmp_path):
    with pytest.raises(DataProblem, match="cannot be read"):
        local_statistics.read(tmp_path)


def test_a_quotation_mark_that_is_not_closed_is_refused_with_its_line():
    with pytest.raises(DataProblem, match="row 3"):
        list(records('a,b\n1,2\n3,"4', "x.csv"))


@pytest.mark.parametrize("text", ["", "NaN", "inf", "1.2.3", "0x10", "٣", "1e9999", "--1", "£5"])
def test_what_is_no_plain_number_is_refused(text):
    with pytest.raises(Wrong):
        number(text, "value")


CELLS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=8)


@given(table=st.lists(st.tuples(CELLS, CELLS), max_size=8))
def test_whatever_is_written_in_a_cell_comes_back(table):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("First", "Second"), *table])
    found = rows(out.getvalue(), "x.csv", {"one": ("first",), "two": ("second",)})
    kept = [pair for pair in table if any(cell.strip() for cell in pair)]
    assert [(row.cells["one"], row.cells["two"]) for row in found] == kept


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=300))
def test_no_bytes_at_all_end_in_anything_but_a_plain_refusal(content, tmp_path_factory):
    path = tmp_path_factory.mktemp("bytes") / "x.csv"
    path.write_bytes(content)
    with pytest.raises(DataProblem):
        local_statistics.read(path)


def test_a_file_of_nothing_but_faults_is_not_read_to_its_end(monkeypatch):
    """Ten megabytes of short rows took 20 seconds and 845 MB: each was listed."""
    monkeypatch.setattr(tabular, "MOST_FAULTS", 3)
    tally = Tally()
    assert not gathered(rows("a,b\n" + "x\n" * 9, "x.csv", {"a": ("a",)}), lambda row: row, tally)
    assert [fault.row for fault in tally.faults] == [2, 3, 4, 5]
    assert "too many faults" in tally.faults[-1].what
