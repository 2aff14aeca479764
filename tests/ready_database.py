"""A database as the migrations leave it, kept beside the tests, so that not every run migrates from nothing.

It is named by everything that it follows from: each migration, and the lock with the apps of others. In
memory (SQLite) only; PostgreSQL migrates anew, so a run of all tests goes through each migration once.
"""

import hashlib
import sqlite3
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def path():
    """Return where the database of these migrations is kept, or would be."""
    digest = hashlib.sha256((ROOT / "requirements" / "run.txt").read_bytes())
    for file in sorted((ROOT / "src" / "fairground" / "web").rglob("migrations/*.py")):
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return ROOT / ".pytest_cache" / f"database-{digest.hexdigest()[:20]}.sqlite3"


def keep(connection):
    """Keep the database of a connection: whole or not at all."""
    wanted = path()
    wanted.parent.mkdir(exist_ok=True)
    part = wanted.with_name(f"{wanted.name}.{id(connection)}.part")
    with sqlite3.connect(part) as file:
        connection.connection.backup(file)
    file.close()
    part.replace(wanted)


def take(connection):
    """Fill the database of a connection with the one that is kept."""
    with sqlite3.connect(f"file:{path()}?mode=ro", uri=True) as file:
        file.backup(connection.connection)
    file.close()
