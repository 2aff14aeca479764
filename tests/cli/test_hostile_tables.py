"""A table with an endless cell, or with numbers as big as a computer holds, ends in words."""

import pytest
from click.testing import CliRunner

from fairground.cli import fairground
from fairground.errors import BadInput
from fairground.questions import measures
from fairground.report.numbers import rounded


def test_an_endless_cell_is_named_by_its_row():
    with pytest.raises(BadInput, match="field larger") as caught:
        measures.of_table("income\n1\n" + "9" * 200_000, name="long.csv", columns=measures.Columns("income"))
    assert (caught.value.file, caught.value.row) == ("long.csv", 3)


def test_the_biggest_numbers_are_written_out(tmp_path):
    file = tmp_path / "big.csv"
    file.write_text("income,people,region\n1,1e308,a\n1e308,1e308,b\n")
    words = ["measures", str(file), "--weight", "people", "--group", "region"]
    error = CliRunner().invoke(fairground, words).exception
    assert error is None or isinstance(error, BadInput), error
    assert rounded(1e308, 0).replace(",", "") == "1" + "0" * 308


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path, monkeypatch):
    taken = tmp_path / "taken"
    taken.write_text("a file, not a folder")
    monkeypatch.setenv("FAIRGROUND_DATA", str(taken))
    error = CliRunner().invoke(fairground, ["demo", "--no-serve"]).exception
    assert isinstance(error, BadInput)
    assert str(taken) in str(error)
