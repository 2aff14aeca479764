"""The page of sources: what is carried, what can be added, as a page and as files."""

import csv
import io

import pytest

from fairground.evidence import Answer
from fairground.sources import catalogue

pytestmark = pytest.mark.django_db


def test_every_source_and_every_file_that_can_be_added_is_shown(client):
    body = client.get("/data/").content.decode()
    assert all(f'id="{source.id}"' in body for source in catalogue.sources())
    assert all(fault in body for file in catalogue.files() for fault in file.faults if "'" not in fault)
    assert "fairground data get mhclg-iod-2025-lsoa" in body


def test_a_file_that_was_added_is_said_to_be_here(client, settings, tmp_path):
    settings.DATA = tmp_path
    assert "whole file is here" not in client.get("/data/").content.decode()
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / catalogue.file("hmt-cra").name).write_text("x")
    assert client.get("/data/").content.decode().count("whole file is here") == 1


def test_the_register_can_be_taken_away_as_csv_and_json(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/data/?format=csv").content.decode())))
    ids = [row["id"] for row in rows if row["licence"]]
    assert ids == [source.id for source in catalogue.sources()]
    answer = Answer.from_json(client.get("/data/?format=json").content.decode())
    assert "hmt-cra" in {row.id for row in answer.value.rows if not row.bundled}
