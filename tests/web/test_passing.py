"""A file that somebody sends leaves nothing on the disk, even where a process is killed while it reads."""

import os
import tempfile
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairground.web import passing


@pytest.fixture
def disk(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_large_upload_is_read_whole_and_lies_in_no_file_with_a_name(rf, disk):
    told = b"Vera Volunteer\n" * 200_000
    sent = rf.post("/", {"file": SimpleUploadedFile("pool.csv", told)}).FILES["file"]
    assert (sent.name, sent.size, list(disk.iterdir())) == ("pool.csv", len(told), [])
    assert sent.read() == told


def test_a_large_upload_that_breaks_off_is_let_go(disk):
    handler = passing.Unnamed()
    handler.upload_interrupted()
    handler.new_file("file", "pool.csv", "text/csv", None)
    handler.receive_data_chunk(b"Vera", 0)
    handler.upload_interrupted()
    assert handler.file.closed
    assert list(disk.iterdir()) == []


def test_what_a_killed_process_left_goes_and_what_is_being_read_stays(disk):
    old, other = disk / "fairground-passing-1", disk / "something"
    for folder in (old, other):
        folder.mkdir()
        (folder / "pool.csv").write_text("Vera")
        os.utime(folder, (time.time() - 7200,) * 2)
    with passing.as_file(b"Vera", "../po*ol.csv") as read:
        assert passing.forget_left() == 1
        assert (read.name, read.read_bytes(), read.parent.parent) == ("_po_ol.csv", b"Vera", disk)
    assert list(disk.iterdir()) == [other]
