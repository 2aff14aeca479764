"""Alice administers a place, Bob is an officer there, Charlie is a stranger.

`run_site` runs code of the site in another process, on a database of the test's own.
"""

import os
import shutil
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests import ready_database
from tests.web import asked
from tests.web.servers import copied_database

STOKE = "E06000021"


def pytest_collection_modifyitems(config, items):
    """Leave processes out of `make check`, and what touches no database out of PostgreSQL's run."""
    for item in items:
        if "run_site" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
    if config.getoption("database") == "postgres":
        same = {item for item in items if not _touches_the_database(item)}
        same |= _asks_nothing_new(config.getoption("asked"), [item for item in items if item not in same])
        config.hook.pytest_deselected(items=[item for item in items if item in same])
        items[:] = [item for item in items if item not in same]


def _asks_nothing_new(folder, items):
    """Return the tests that ask PostgreSQL nothing that others do not ask, by the notes in a folder."""
    if folder is None:
        return set()
    try:
        notes, refused = asked.read(folder)
    except LookupError as fault:
        raise pytest.UsageError(str(fault)) from fault
    always = refused | {item.nodeid for item in items if _is_about_the_database(item)}
    needless = asked.needless(notes, always)
    return {item for item in items if item.nodeid in needless}


def _is_about_the_database(item):
    """Whether it is about transactions or other processes, or is one of those that always run on both."""
    marked = item.get_closest_marker("django_db")
    return (
        bool({"transactional_db", "run_site"} & set(item.fixturenames))
        or (marked is not None and bool(marked.kwargs.get("transaction")))
        or item.nodeid.removeprefix("tests/web/").startswith(asked.WHOLE)
        or any(word in item.originalname for word in asked.WORDS)
    )


NOTES = asked.Notes()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Write down what a test asks of SQLite, where the run is to tell."""
    if item.config.getoption("asked") and item.config.getoption("database") == "sqlite":
        NOTES.listen()
        NOTES.begin(item.nodeid)
    return (yield)


def pytest_sessionfinish(session):
    if NOTES.asked:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        NOTES.write(session.config.getoption("asked"), worker)


def _touches_the_database(item):
    """Whether it asks for one; the rest is the same on every database, and runs with SQLite's."""
    uses = {"db", "transactional_db", "run_site"} & set(item.fixturenames)
    return bool(uses) or item.get_closest_marker("django_db") is not None


@pytest.fixture
def make_user(db):
    from fairground.web.accounts import actions

    def make(name, role=None, place=STOKE):
        user = actions.enrol(f"{name}@example.org", by=None, name=name.title())
        if role:
            actions.appoint(user, role, place_code=place, by=None)
        return user

    return make


@pytest.fixture
def alice(make_user):
    return make_user("alice", "administrator")


@pytest.fixture
def bob(make_user):
    return make_user("bob", "officer")


@pytest.fixture
def charlie(make_user):
    return make_user("charlie", "administrator", "E06000002")


@pytest.fixture
def make_round(bob):
    from fairground.web.participation import actions
    from fairground.web.participation.models import ORDER

    def make(stage="ideas", *, by=bob, published=True, ended=False):
        round = actions.create_round(
            by=by, place_code=STOKE, title="Our streets", summary="We decide together."
        )
        at(round, stage, by=by, ended=ended)
        if published:
            actions.publish_round(round, by=by)
        return round

    def at(round, stage, *, by=bob, ended=False):
        """Date every phase so that `stage` is the last that has begun."""
        now, week = timezone.now(), timedelta(days=7)
        here = ORDER.index(stage) if stage in ORDER else -1
        begins = {name: now + (n - here) * week - timedelta(days=1) for n, name in enumerate(ORDER)}
        days = {
            name: (start, start + (timedelta(hours=1) if ended else week)) for name, start in begins.items()
        }
        actions.set_phases(round, days, by=by)

    make.at = at
    return make


@pytest.fixture(autouse=True, scope="session")
def _a_folder_for_static_files(tmp_path_factory):
    """Served sites have one that `collectstatic` made; without one each client warns that it is missing."""
    from django.conf import settings

    before, settings.STATIC_ROOT = settings.STATIC_ROOT, tmp_path_factory.mktemp("static")
    yield
    settings.STATIC_ROOT = before


@pytest.fixture(autouse=True)
def _no_throttle_left_over(request):
    if "db" in request.fixturenames:
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory, pytestconfig):
    """Return a folder and the name of a database as a new site has them, to be copied and never used."""
    data = tmp_path_factory.mktemp("migrated") / "data"
    data.mkdir()
    if pytestconfig.getoption("database") == "postgres":
        return data, ready_database.on_postgres()
    shutil.copy(ready_database.path(), data / "fairground.sqlite3")
    return data, ""


@pytest.fixture
def run_site(tmp_path, migrated):
    """Return a function that runs Python in another process on a database of this test's own."""
    data, database = migrated
    shutil.copytree(data, tmp_path / "data")
    environment = ready_database.environment(tmp_path / "data", copied_database(database) if database else "")
    started = []

    def run(code, *, wait=True, **more):
        line = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        process = subprocess.Popen(
            line, env={**environment, **more}, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        started.append(process)
        if not wait:
            return process
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        return out.strip()

    run.environment = environment
    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()
