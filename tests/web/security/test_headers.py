"""What every page carries, and what no log line does."""

import logging
import re
import xml.etree.ElementTree as ET

import pytest

from fairground.web.middleware import WithoutPersonalData, policy, without_personal_data

PAGES = ["/healthz", "/account/login/code/", "/account/signup/", "/no-such-page/"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_a_strict_policy(client, db, page):
    headers = client.get(page).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    for rule in ("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "form-action 'self'"):
        assert rule in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_inline_script_or_style_or_another_host(client, db, page):
    text = client.get(page).content.decode()
    scripts = re.findall(r"<script\b([^>]*)>", text)
    assert all("src=" in script or 'type="application/json"' in script for script in scripts)
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=", text)
    assert not re.search(r"(?:src|action)=\"(?:https?:)?//", text)


def test_logs_hold_no_addresses():
    line = "bad code from 192.168.0.7 and 2001:db8:0:0:1::7 for bob@example.org at 12:30:11"
    assert without_personal_data(line) == "bad code from [address] and [address] for [email] at 12:30:11"
    record = logging.makeLogRecord({"msg": "%s failed", "args": ("bob@example.org",)})
    WithoutPersonalData().filter(record)
    assert record.getMessage() == "[email] failed"


def test_an_address_of_a_page_as_long_as_a_server_takes_is_logged_at_once():
    """Looking for emails in it took five minutes, for anybody who asked for such a page."""
    assert without_personal_data("/" + "a" * 250_000).endswith("aaa")
    assert without_personal_data("/" + "a." * 100_000 + "bob@example.org") == "[email]"
    assert without_personal_data("a@@b@c, <bob@example.org>") == "a@@[email] <[email]>"


def test_health_says_pass_for_each_check(client, db):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "pass",
        "checks": {"database": "pass", "migrations": "pass", "disk": "pass"},
    }


def test_health_fails_when_the_disk_is_full(client, db, monkeypatch):
    monkeypatch.setattr("fairground.web.health.ENOUGH_DISK", 1 << 62)
    assert client.get("/healthz").status_code == 503


def test_the_mailbox_has_no_address_outside_a_demo(client, db):
    assert client.get("/demo/mailbox/").status_code == 404


@pytest.mark.slow
def test_a_missing_secret_key_is_refused(tmp_path):
    import os
    import subprocess
    import sys

    environment = {**os.environ, "FAIRGROUND_DATA": str(tmp_path)}
    environment.pop("FAIRGROUND_SECRET_KEY", None)
    code = "import sys; from fairground.cli import main; sys.argv = ['fairground', 'audit', 'verify']; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "FAIRGROUND_SECRET_KEY is not set" in done.stderr


def test_https_turns_on_secure_cookies_and_hsts(run_site):
    shown = run_site(
        "from django.conf import settings as s\n"
        "print(s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.DEBUG)",
        FAIRGROUND_HTTPS="1",
    )
    assert shown == "True True False"


def test_only_a_background_map_that_is_set_lets_one_more_host_in():
    assert "http" not in policy("")
    assert "http" not in policy("/tiles/{z}/{x}/{y}.png")
    told = policy("https://tiles.example.org/{z}/{x}/{y}.png").split("; ")
    assert [rule for rule in told if "http" in rule] == [
        "img-src 'self' data: https://tiles.example.org",
        "connect-src 'self' https://tiles.example.org",
    ]


@pytest.mark.parametrize("page", ["/wealth/funding/formula/%00/", "/ballots/x/receipt/%00/"])
def test_nothing_is_at_an_address_with_a_nul(client, db, page):
    """PostgreSQL fails when it is asked for one."""
    assert client.get(page).status_code == 404


def test_a_feed_of_a_district_that_cannot_be_is_whole(client, db):
    answer = client.get("/wealth/property/register/news.atom?district=E0%00%01")
    assert (answer.status_code, ET.fromstring(answer.content).tag[-4:]) == (200, "feed")
