"""Fixtures that every test may ask for."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests import ready_database

# A busy machine must not fail a law. `make test` tries the same cases each time, so that green stays green;
# `make check` tries fewer of them; `make fuzz` tries new ones, and more where a test sets no number.
settings.register_profile("whole", deadline=None, derandomize=True)
settings.register_profile("quick", deadline=None, derandomize=True, max_examples=6)
settings.register_profile("fuzz", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("whole")

ROOT = Path(__file__).resolve().parent.parent


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection():
    """Look for garbage less often, and never in what was loaded and stays: that took a fifth of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 10, 10)
        gc.enable()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared real data, or skip the test where it is missing."""
    folder = Path(os.environ.get("FAIRGROUND_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("the shared data folder is missing")
    return folder


@pytest.fixture(scope="session")
def doggerby(tmp_path_factory) -> Path:
    """Return a folder with the files of the made-up town, written once."""
    from fairground.sources import town

    folder = tmp_path_factory.mktemp("doggerby")
    town.write(folder)
    return folder


def pytest_terminal_summary(terminalreporter, exitstatus, config):
    """Say aloud when a run that must skip nothing has skipped something."""
    skipped = terminalreporter.stats.get("skipped", [])
    if os.environ.get("FAIRGROUND_NO_SKIPS") and skipped:
        terminalreporter.write_line("FAIRGROUND_NO_SKIPS is set, so a skipped test is a failure:", red=True)
        for report in skipped:
            terminalreporter.write_line(f"  {report.nodeid}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    """Turn a skip into a failure where nothing may be skipped (in CI)."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if (
        os.environ.get("FAIRGROUND_NO_SKIPS")
        and reporter
        and reporter.stats.get("skipped")
        and exitstatus == 0
    ):
        session.exitstatus = 1


def pytest_addoption(parser):
    """Let the web tests choose their database: `pytest tests/web --database postgres`."""
    parser.addoption("--database", choices=["sqlite", "postgres"], default="sqlite", dest="database")
    parser.addoption(
        "--asked", type=Path, help="Folder of what web tests ask of SQLite (see tests/web/asked)"
    )


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    """Point Django at a PostgreSQL of our own when asked to."""
    if config.getoption("database") == "postgres":
        from django.conf import settings
        from django.db import connections

        from fairground.web.database import from_url
        from tests.web.servers import postgres_url

        settings.DATABASES = {
            "default": {
                **from_url(postgres_url(), data=ROOT),
                "CONN_MAX_AGE": 0,
                "TEST": {"TEMPLATE": ready_database.NAME},
            }
        }
        connections.__dict__.pop("settings", None)
        connections._settings = settings.DATABASES
        if hasattr(connections._connections, "default"):
            del connections["default"]


@pytest.fixture(scope="session")
def django_db_use_migrations(request):
    """Say that nothing is left to migrate: `ready_database` went through every migration."""
    if request.config.getoption("database") == "postgres":
        ready_database.on_postgres()
        return True
    return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Take the database that is ready; on PostgreSQL ours is made like it."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            connection.ensure_connection()
            ready_database.take(connection)
