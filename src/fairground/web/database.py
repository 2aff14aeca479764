"""How the site reaches its database: SQLite in the data folder, or PostgreSQL by an address.

SQLite runs with a write-ahead log and takes its write lock when a transaction begins, so that two writers
queue instead of failing half-way: https://docs.djangoproject.com/en/5.2/ref/databases/#sqlite-notes
What is deleted is overwritten: https://www.sqlite.org/pragma.html#pragma_secure_delete
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from fairground.errors import BadInput

PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000; "
    "PRAGMA secure_delete=ON;"
)


def leave_no_trace() -> None:
    """Once a deletion is certain, empty SQLite's write-ahead log, which still has what was there before.

    Where somebody reads for longer than half a second, the log stays; the daily job empties it too.
    """
    from django.db import connection  # settings read this module first

    def empty() -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout=500")
            try:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                cursor.execute("PRAGMA busy_timeout=20000")

    if connection.vendor == "sqlite":
        connection.on_commit(empty, robust=True)


def from_url(url: str, *, data: Path) -> dict[str, Any]:
    """Return Django's settings for the database at `url` (empty: SQLite in the folder `data`)."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as fault:
        raise BadInput(f"DATABASE_URL cannot be read ({fault})") from fault
    if parts.scheme in {"", "sqlite"}:
        return _sqlite(Path(unquote(parts.path)) if parts.path else data / "fairground.sqlite3")
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(parts)
    raise BadInput(
        f'DATABASE_URL begins with "{parts.scheme}:"; allowed: sqlite:///path/to/file or postgresql://…'
    )


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
    }


def _postgresql(parts: Any) -> dict[str, Any]:
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
