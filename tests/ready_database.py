"""A database as the migrations leave it, made once for a whole run and copied by whoever wants a new one.

On SQLite it is a file kept beside the tests, named by everything that it follows from: each migration, and
the lock with the apps of others. On PostgreSQL it is a database of the run's own server, so that a run of
all tests goes through each migration there.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
NAME = "fairground_ready"
MIGRATE = """
import django; django.setup()
from django.core.management import call_command as do
from django.db import connection
do("createcachetable", verbosity=0); do("migrate", verbosity=0)
if connection.vendor == "sqlite": connection.cursor().execute("PRAGMA journal_mode=DELETE")
"""


def environment(data, database=""):
    """Return the environment of a process of the site, with a folder and a database of its own."""
    environment = {
        **os.environ,
        "FAIRGROUND_DATA": str(data),
        "FAIRGROUND_SECRET_KEY": "a-key-for-tests-" * 4,
        "DJANGO_SETTINGS_MODULE": "fairground.web.settings",
        "PYTHONPATH": str(ROOT / "src"),
        "DATABASE_URL": database,
    }
    environment.pop("FAIRGROUND_DEMO", None)
    return environment


def path():
    """Return a file with the database of these migrations; the first who asks makes it."""
    digest = hashlib.sha256((ROOT / "requirements" / "run.txt").read_bytes())
    for file in sorted((ROOT / "src" / "fairground" / "web").rglob("migrations/*.py")):
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    wanted = ROOT / ".pytest_cache" / f"database-{digest.hexdigest()[:20]}.sqlite3"
    wanted.parent.mkdir(exist_ok=True)
    with _alone(wanted.with_name("database.lock")):
        if not wanted.exists():
            with TemporaryDirectory(dir=wanted.parent) as data:
                _migrate(data)
                (Path(data) / "fairground.sqlite3").replace(wanted)
    return wanted


def take(connection):
    """Fill the SQLite database of a connection with the ready one."""
    with sqlite3.connect(f"file:{path()}?mode=ro", uri=True) as file:
        file.backup(connection.connection)
    file.close()


def on_postgres():
    """Return the address of the ready database on the run's server; the first who asks makes it."""
    import psycopg

    from tests.web.servers import database_named, postgres_url

    address = database_named(NAME)
    with psycopg.connect(postgres_url(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(f"CREATE DATABASE {NAME}")
            with TemporaryDirectory() as data:
                _migrate(data, address)
    return address


def _migrate(data, database=""):
    subprocess.run([sys.executable, "-c", MIGRATE], env=environment(data, database), check=True, timeout=900)


@contextmanager
def _alone(lock):
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
