"""Settings come from the environment alone, and unsafe ones are refused."""

import re

import pytest
from django.core.exceptions import ImproperlyConfigured

from fairground.web import settings
from tests.conftest import ROOT

SHOW = "from django.conf import settings as s; print({})"


def refused(run_site, **environment):
    process = run_site("print('started')", wait=False, **environment)
    out, err = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "started" not in out
    return err


@pytest.mark.parametrize("weak", ["short", "x" * 60, "django-insecure-" + "abcdefgh" * 8])
def test_a_weak_secret_key_is_refused(run_site, weak):
    assert "FAIRGROUND_SECRET_KEY" in refused(run_site, FAIRGROUND_SECRET_KEY=weak)


def test_debug_is_refused_where_the_site_is_served_to_others(run_site):
    said = refused(run_site, FAIRGROUND_DEBUG="1", FAIRGROUND_HOSTS="fairground.example.org")
    assert "FAIRGROUND_DEBUG" in said


def test_debug_is_off_unless_asked_for(run_site):
    assert run_site(SHOW.format("s.DEBUG")) == "False"
    assert run_site(SHOW.format("s.DEBUG"), FAIRGROUND_DEBUG="1") == "True"


def test_any_host_is_refused(run_site):
    assert "FAIRGROUND_HOSTS" in refused(run_site, FAIRGROUND_HOSTS="*")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("FAIRGROUND_EMAIL_PORT", "smtp"),
        ("FAIRGROUND_PROXIES", "-1"),
        ("FAIRGROUND_LOG", "LOUD"),
        ("FAIRGROUND_ADDRESS", "my site"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(run_site, name, wrong):
    said = refused(run_site, **{name: wrong})
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
