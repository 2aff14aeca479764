"""Settings come from the environment alone, and unsafe ones are refused."""

import os
import re
import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured

from fairground.web import settings
from tests.conftest import ROOT

NAMES = ("FAIRGROUND_", "DATABASE_URL")


@pytest.fixture
def read(monkeypatch, tmp_path):
    """Return a function that reads the settings anew from an environment of a site and what is given."""

    def read_with(**environment):
        for name in [name for name in os.environ if name.startswith(NAMES)]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("FAIRGROUND_DATA", str(tmp_path))
        for name, value in {"FAIRGROUND_SECRET_KEY": "a-key-for-tests-" * 4, **environment}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(settings.__file__)

    return read_with


def refused(read, **environment):
    with pytest.raises(ImproperlyConfigured) as fault:
        read(**environment)
    return str(fault.value)


@pytest.mark.parametrize("weak", ["short", "x" * 60, "django-insecure-" + "abcdefgh" * 8])
def test_a_weak_secret_key_is_refused(read, weak):
    assert "FAIRGROUND_SECRET_KEY" in refused(read, FAIRGROUND_SECRET_KEY=weak)


def test_debug_is_refused_where_the_site_is_served_to_others(read):
    said = refused(read, FAIRGROUND_DEBUG="1", FAIRGROUND_HOSTS="fairground.example.org")
    assert "FAIRGROUND_DEBUG" in said


def test_debug_is_off_unless_asked_for(read):
    assert read()["DEBUG"] is False
    assert read(FAIRGROUND_DEBUG="1")["DEBUG"] is True


def test_any_host_is_refused(read):
    assert "FAIRGROUND_HOSTS" in refused(read, FAIRGROUND_HOSTS="*")


def test_a_site_with_settings_that_cannot_be_read_does_not_start(run_site):
    process = run_site("print('started')", wait=False, FAIRGROUND_SECRET_KEY="short")
    out, err = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "started" not in out
    assert "FAIRGROUND_SECRET_KEY" in err


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("FAIRGROUND_EMAIL_PORT", "smtp"),
        ("FAIRGROUND_PROXIES", "-1"),
        ("FAIRGROUND_LOG", "LOUD"),
        ("FAIRGROUND_ADDRESS", "my site"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(read, name, wrong):
    said = refused(read, **{name: wrong})
    assert name in said
    assert wrong in said


def test_another_host_in_the_header_is_refused(client, db):
    assert client.get("/", headers={"host": "evil.example.net"}).status_code == 400
    assert client.get("/", headers={"host": "localhost"}).status_code == 200


def test_each_setting_that_is_read_is_in_the_guide():
    read = set(
        re.findall(r"FAIRGROUND_[A-Z_]+|DATABASE_URL", (ROOT / "src/fairground/web/settings.py").read_text())
    )
    guide = (ROOT / "docs/how-to/run-the-site.md").read_text("utf-8")
    assert {name for name in read if name not in guide} == set()


def test_a_number_is_read_within_its_bounds(monkeypatch):
    monkeypatch.setenv("FAIRGROUND_EMAIL_PORT", "70000")
    with pytest.raises(ImproperlyConfigured, match="1 to 65535"):
        settings._number("FAIRGROUND_EMAIL_PORT", 587, low=1, high=65535)
