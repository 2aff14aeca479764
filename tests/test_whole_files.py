"""A file is written whole or not at all."""

import pytest

from fairground.errors import BadInput
from fairground.whole_files import write_whole


def test_line_ends_stay_as_given_and_nothing_else_is_left(tmp_path):
    write_whole(tmp_path / "a.csv", "one\r\ntwo\n")
    assert (tmp_path / "a.csv").read_bytes() == b"one\r\ntwo\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path):
    with pytest.raises(BadInput) as told:
        write_whole(tmp_path / "nowhere" / "a.csv", "x", field="keep")
    assert told.value.field == "keep"
    (tmp_path / "folder").mkdir()
    with pytest.raises(BadInput):
        write_whole(tmp_path / "folder", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
