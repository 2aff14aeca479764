"""A backup restores every table as it was, is refused when damaged, and leaves nothing half-written."""

import hashlib
import json
import zipfile

import pytest

from fairground.errors import DataProblem, NotFound
from fairground.web.backup import archive

FILL = """
from fairground.web.accounts.example import load; load()
from fairground.web.jobs.actions import ask; ask('rehearsal', by=None, seconds=1)
"""
DUMP = """
import hashlib
from django.db import connection as c
out = []
for table in sorted(c.introspection.table_names()):
    if table in {'cache', 'django_migrations'}: continue
    cur = c.cursor(); cur.execute(f'SELECT * FROM {c.ops.quote_name(table)}')
    rows = sorted(map(repr, cur.fetchall()))
    out.append(f'{table} {len(rows)} ' + hashlib.sha256(chr(10).join(rows).encode()).hexdigest())
print(chr(10).join(out))
"""
BACK_UP = "from pathlib import Path; from fairground.web.backup.actions import backup; backup(Path({!r}))"
RESTORE = """
from pathlib import Path
from fairground.web.backup.actions import restore
restore(Path({!r}), force={})
"""


def test_every_table_comes_back_as_it_was(run_site, tmp_path):
    target = str(tmp_path / "site.zip")
    before = run_site(FILL + DUMP + BACK_UP.format(target))
    late = "from fairground.web.accounts.actions import enrol; enrol('late@example.org', by=None)\n"
    assert run_site(late + DUMP) != before
    run_site(RESTORE.format(target, True))
    verify = "from fairground.web.audit.actions import verify; print(verify())"
    assert run_site(DUMP + verify) == f"{before}\n(13, None)"
    assert "accounts_user 6" in before


def test_a_database_in_use_is_not_replaced_without_force(run_site, tmp_path):
    target = str(tmp_path / "site.zip")
    run_site(FILL + BACK_UP.format(target))
    process = run_site(RESTORE.format(target, False), wait=False)
    _, err = process.communicate(timeout=60)
    assert process.returncode
    assert "not empty" in err
    assert "--force" in err


def test_the_restored_log_still_refuses_changes(run_site, tmp_path):
    target = str(tmp_path / "site.zip")
    run_site(FILL + BACK_UP.format(target))
    run_site(RESTORE.format(target, True))
    change = "from fairground.web.audit.models import AuditEvent as A; A.objects.all().delete()"
    _, err = run_site(change, wait=False).communicate(timeout=60)
    assert "only be added to" in err


def test_a_damaged_backup_is_refused_by_the_name_of_the_member(tmp_path):
    member = tmp_path / "rows"
    member.write_text("one")
    facts = {"database": "postgresql", "rows": {"rows": 1}, "columns": {"rows": ["id"]}}
    archive.write(tmp_path / "good.zip", {"rows": member}, facts=facts)
    with zipfile.ZipFile(tmp_path / "good.zip") as good, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        bad.writestr("manifest.json", good.read("manifest.json"))
        bad.writestr("rows", "two")
    with pytest.raises(DataProblem, match='checksum of "rows"'):
        archive.extract(tmp_path / "bad.zip", tmp_path / "out")


def test_what_is_no_archive_or_is_missing_is_said(tmp_path):
    (tmp_path / "x.zip").write_text("no archive")
    with pytest.raises(DataProblem, match="not a whole Fairground backup"):
        archive.extract(tmp_path / "x.zip", tmp_path)
    with pytest.raises(NotFound):
        archive.extract(tmp_path / "none.zip", tmp_path)


def test_a_backup_that_fails_leaves_nothing_behind(tmp_path):
    with pytest.raises(FileNotFoundError):
        archive.write(tmp_path / "a.zip", {"rows": tmp_path / "missing"}, facts={})
    assert list(tmp_path.iterdir()) == []


def crafted(path, manifest, **members):
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("manifest.json", json.dumps(manifest))
        for name, content in members.items():
            made.writestr(name.replace("__", "."), content)
    return path


WHOLE = {"database": "sqlite", "rows": {}, "columns": {}, "sha256": {}}


@pytest.mark.parametrize(
    "manifest",
    [
        [],
        {},
        {"sha256": {}},
        WHOLE,
        {**WHOLE, "sha256": {"../outside": "0" * 64}},
        {**WHOLE, "sha256": {"/etc/hostname": "0" * 64}},
        {**WHOLE, "sha256": {"database.sqlite3": 5}},
        {**WHOLE, "database": "postgresql", "columns": {"accounts_user": ["id"]}},
    ],
)
def test_a_crafted_manifest_is_refused_and_writes_nothing_outside(tmp_path, manifest):
    folder = tmp_path / "in"
    folder.mkdir()
    made = crafted(tmp_path / "site.zip", manifest, **{"../outside": "x", "database__sqlite3": "x"})
    with pytest.raises(DataProblem, match="not a whole Fairground backup"):
        archive.extract(made, folder)
    assert sorted(tmp_path.iterdir()) == [folder, made]


@pytest.mark.parametrize("content", [b"", b"this is no database"])
def test_a_backup_without_a_whole_database_replaces_nothing(run_site, tmp_path, content):
    digest = hashlib.sha256(content).hexdigest()
    facts = {**WHOLE, "sha256": {"database.sqlite3": digest}}
    made = crafted(tmp_path / "site.zip", facts, database__sqlite3=content)
    before = run_site(FILL + DUMP)
    process = run_site(RESTORE.format(str(made), True), wait=False)
    _, err = process.communicate(timeout=60)
    assert process.returncode
    assert "site.zip" in err
    assert run_site(DUMP) == before


def test_an_archive_that_would_not_fit_on_the_disk_is_refused_before_anything_is_unpacked(
    tmp_path, monkeypatch
):
    made = tmp_path / "site.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("manifest.json", "{}")
        file.writestr("database.sqlite3", b"\0" * (5 << 20))
    assert made.stat().st_size < 100_000, "zeros pack well: that is the attack"
    room = archive.shutil.disk_usage(tmp_path)._replace(free=4 << 20)
    monkeypatch.setattr(archive.shutil, "disk_usage", lambda folder: room)
    inside = tmp_path / "inside"
    inside.mkdir()
    with pytest.raises(DataProblem, match="there is room for 4,194,304"):
        archive.extract(made, inside)
    assert list(inside.iterdir()) == []


def test_a_manifest_without_end_is_not_read(tmp_path):
    made = tmp_path / "site.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("manifest.json", " " * (archive.MOST_MANIFEST + 1))
    with pytest.raises(DataProblem, match="its manifest has 16,777,217 bytes"):
        archive.extract(made, tmp_path)
