"""Taking a backup of the site, and restoring one.

SQLite is copied with its online backup interface, https://www.sqlite.org/backup.html; PostgreSQL with
COPY, https://www.postgresql.org/docs/current/sql-copy.html, all tables in one repeatable-read transaction.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from fairground import __version__
from fairground.errors import DataProblem, Impossible
from fairground.web.backup import archive


def backup(path: Path) -> dict[str, int]:
    """Write a backup to `path`; return the rows of each table."""
    with tempfile.TemporaryDirectory() as folder:
        columns: dict[str, list[str]] = {}
        if connection.vendor == "sqlite":
            rows = _copy_sqlite(_database_file(), Path(folder) / "database.sqlite3")
        else:
            rows, columns = _write_tables(Path(folder))
        facts = {
            "made_at": timezone.now().isoformat(),
            "version": __version__,
            "database": connection.vendor,
            "rows": rows,
            "columns": columns,
        }
        members = {file.name: file for file in sorted(Path(folder).iterdir())}
        archive.write(path, members, facts=facts)
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
            _refuse_another_database(Path(folder) / "database.sqlite3", manifest["rows"], path)
            _replace_sqlite(Path(folder) / "database.sqlite3")
        else:
            _replace_tables(Path(folder), manifest["columns"])
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
        return _counted(new)


def _refuse_another_database(source: Path, rows: dict[str, int], path: Path) -> None:
    """Raise DataProblem before anything is replaced, unless the file holds the rows that were counted."""
    try:
        with closing(sqlite3.connect(source)) as held:
            counted = _counted(held)
    except sqlite3.DatabaseError as problem:
        raise DataProblem(f'"{path}" holds no whole database ({problem})') from problem
    if not counted or counted != rows:
        raise DataProblem(f'"{path}" does not hold the tables and rows that its manifest counts')


def _counted(held: sqlite3.Connection) -> dict[str, int]:
    found = held.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    names = [name for (name,) in found]
    return {
        name: held.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}").fetchone()[0]
        for name in names
    }


def _replace_sqlite(source: Path) -> None:
    connection.close()
    target = _database_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    connection.connect()


def _tables() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        names = sorted(set(connection.introspection.table_names(cursor)) - {"cache", "django_migrations"})
        describe = connection.introspection.get_table_description
        return {name: [column.name for column in describe(cursor, name)] for name in names}


def _copy_words(table: str, columns: list[str], direction: str) -> str:
    quote = connection.ops.quote_name
    return f"COPY {quote(table)} ({', '.join(map(quote, columns))}) {direction}"


def _write_tables(folder: Path) -> tuple[dict[str, int], dict[str, list[str]]]:
    rows, tables = {}, _tables()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for table, columns in tables.items():
            words = _copy_words(table, columns, "TO STDOUT")
            with (folder / table).open("wb") as file, cursor.cursor.copy(words) as copy:
                for block in copy:
                    file.write(block)
            rows[table] = cursor.cursor.rowcount
    return rows, tables


def _replace_tables(folder: Path, tables: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("createcachetable", verbosity=0)
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, _tables()))} CASCADE")
        for table, columns in tables.items():
            with cursor.cursor.copy(_copy_words(table, columns, "FROM STDIN")) as copy:
                copy.write((folder / table).read_bytes())
        models = apps.get_models(include_auto_created=True)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def default_path() -> Path:
    """Return where a backup goes when no path is given: the data folder, named by the moment."""
    return Path(settings.DATA) / "backups" / f"fairground-{timezone.now():%Y%m%d-%H%M%S}.zip"
