"""The tests run on the database that was asked for, with the settings that keep writers in order."""

import pytest
from django.db import connection
from django.db.utils import ConnectionHandler

from fairground.errors import BadInput
from fairground.web.database import from_url, leave_no_trace


def test_the_tests_run_on_the_database_that_was_asked_for(db, pytestconfig):
    expected = {"sqlite": "sqlite", "postgres": "postgresql"}[pytestconfig.getoption("database")]
    assert connection.vendor == expected


def test_sqlite_takes_its_write_lock_at_once_and_keeps_a_write_ahead_log(tmp_path):
    found = from_url("", data=tmp_path)
    assert found["NAME"] == str(tmp_path / "fairground.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


def test_what_is_deleted_can_be_read_from_no_file_of_sqlite(db, tmp_path, monkeypatch):
    site = ConnectionHandler({"default": from_url("", data=tmp_path)})["default"]
    monkeypatch.setattr("django.db.connection", site)
    with site.cursor() as cursor:
        cursor.execute("CREATE TABLE told (words TEXT)")
        cursor.executemany("INSERT INTO told VALUES (%s)", [(f"Zebedee {n}" * 9,) for n in range(99)])
        cursor.execute("UPDATE told SET words = ''")
        cursor.execute("DELETE FROM told WHERE rowid > 50")
    assert b"Zebedee" in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    leave_no_trace()
    assert b"Zebedee" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    site.close()


def test_whoever_reads_meanwhile_is_not_waited_for_long_and_changes_nothing_later(db, tmp_path, monkeypatch):
    site, reader = (ConnectionHandler({"default": from_url("", data=tmp_path)})["default"] for _ in range(2))
    monkeypatch.setattr("django.db.connection", site)
    with site.cursor() as cursor, reader.cursor() as reads:
        cursor.execute("CREATE TABLE told (words TEXT)")
        reads.execute("BEGIN")
        reads.execute("SELECT * FROM told")
        cursor.execute("INSERT INTO told VALUES ('Vera')")
        leave_no_trace()
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (20_000,)
        reads.execute("ROLLBACK")
    for each in (site, reader):
        each.close()


def test_postgresql_is_read_from_its_address(tmp_path):
    found = from_url("postgresql://ann:p%40ss@db.example:5433/fair?sslmode=require", data=tmp_path)
    assert (found["USER"], found["PASSWORD"], found["PORT"]) == ("ann", "p@ss", "5433")
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_another_kind_of_database_is_refused_by_name(tmp_path):
    with pytest.raises(BadInput, match='"mysql:"'):
        from_url("mysql://localhost/x", data=tmp_path)


@pytest.mark.parametrize("url", ["postgresql://h:port/x", "postgresql://h:99999/x", "postgresql://[::1/x"])
def test_an_address_with_no_proper_port_or_host_is_refused_in_words(url, tmp_path):
    with pytest.raises(BadInput, match="DATABASE_URL"):
        from_url(url, data=tmp_path)
