"""Taking a backup of the site, and restoring one.

SQLite is copied with its online backup interface, https://www.sqlite.org/backup.html; PostgreSQL is read
table by table in one repeatable-read transaction, so that both give the state of one moment.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from fairground import __version__
from fairground.errors import Impossible
from fairground.web.backup import archive


def backup(path: Path) -> dict[str, int]:
    """Write a backup to `path`; return the rows of each table."""
    with tempfile.TemporaryDirectory() as folder:
        sqlite = connection.vendor == "sqlite"
        member = Path(folder) / ("database.sqlite3" if sqlite else "rows.jsonl")
        rows = _copy_sqlite(_database_file(), member) if sqlite else _write_rows(member)
        facts = {
            "made_at": timezone.now().isoformat(),
            "version": __version__,
            "database": connection.vendor,
            "rows": rows,
        }
        archive.write(path, {member.name: member}, facts=facts)
    return rows


def restore(path: Path, *, force: bool = False) -> dict[str, int]:
    """Restore the backup at `path`; a database with people or events in it needs `force`."""
    with tempfile.TemporaryDirectory() as folder:
        manifest = archive.extract(path, Path(folder))
        if manifest["database"] != connection.vendor:
            raise Impossible(
                f'"{path}" is a backup of {manifest["database"]}; this site runs on {connection.vendor}.'
            )
        if not force and (held := _held()):
            raise Impossible(f"The database is not empty ({held}). Use --force to replace it.")
        if connection.vendor == "sqlite":
            _replace_sqlite(Path(folder) / "database.sqlite3")
        else:
            _replace_rows(Path(folder) / "rows.jsonl")
        rows: dict[str, int] = manifest["rows"]
        return rows


def _held() -> str:
    tables = set(connection.introspection.table_names())
    found = []
    for model in apps.get_models():
        app = model._meta.app_label
        if app in {"contenttypes", "auth"} or model._meta.model_name in {"chainhead"}:
            continue
        if model._meta.db_table in tables and (count := model._default_manager.count()):
            found.append(f"{model._meta.db_table}: {count}")
    return ", ".join(found)


def _database_file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _copy_sqlite(source: Path, target: Path) -> dict[str, int]:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        names = [
            n for (n,) in new.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        return {name: new.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _replace_sqlite(source: Path) -> None:
    connection.close()
    target = _database_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    connection.connect()


def _models() -> list[Any]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _write_rows(target: Path) -> dict[str, int]:
    rows = {}
    with transaction.atomic(), target.open("w", encoding="utf-8") as handle:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for model in _models():
            found = model._base_manager.order_by("pk")
            serializers.serialize("jsonl", found.iterator(chunk_size=500), stream=handle)
            rows[model._meta.db_table] = found.count()
    return rows


def _replace_rows(source: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("createcachetable", verbosity=0)
    call_command("migrate", verbosity=0, interactive=False)
    models = _models()
    with transaction.atomic():
        with connection.cursor() as cursor:
            names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
            cursor.execute(f"TRUNCATE {names} CASCADE")
        with connection.constraint_checks_disabled(), source.open(encoding="utf-8") as handle:
            for row in serializers.deserialize("jsonl", handle):
                row.save()
        connection.check_constraints()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)


def default_path() -> Path:
    """Return where a backup goes when no path is given: the data folder, named by the moment."""
    return Path(settings.DATA) / "backups" / f"fairground-{timezone.now():%Y%m%d-%H%M%S}.zip"
