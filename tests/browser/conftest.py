"""One demo site and one Chromium for all browser tests of a worker; each test has a page of its own."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests import ready_database
from tests.conftest import ROOT

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 120_000  # milliseconds: the first question on a map compiles its searches
expect.set_options(timeout=PATIENCE / 4)
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items):
    """Put browser tests in two groups, each on one worker with one site and one browser for all of it.

    Pages that an address leads to are one; what people do, which takes as long, is the other.
    """
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            group = "pages" if "look" in item.fixturenames else "people"
            item.add_marker(pytest.mark.xdist_group(f"browser-{group}"))


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


DEMOS = {}  # the data folder of each running demo, by its address


def demo_python(page, code):
    """Run code inside the demo that a page is on, as its own commands run, and return what it prints."""
    where = next(address for address in DEMOS if page.url.startswith(address))
    if where not in INSIDE:
        INSIDE[where] = _inside(DEMOS[where])
    INSIDE[where].stdin.write(json.dumps(code) + "\n")
    INSIDE[where].stdin.flush()
    told = json.loads(INSIDE[where].stdout.readline())
    assert "fault" not in told, told["fault"]
    return told["printed"].strip()


def until_done(page, seconds=240):
    """Reload a job's page until its answer is there: the demo's own worker may have taken the job."""
    until = time.monotonic() + seconds
    while not page.locator(".fg-answer__headline").count():
        assert time.monotonic() < until, page.locator("main").inner_text()
        page.wait_for_timeout(1_000)
        page.reload()


INSIDE = {}  # the process that stays inside each demo: to start it takes seconds
LISTENER = """
import contextlib, io, json, sys, traceback
import django
django.setup()
from django.db import connections
for line in sys.stdin:
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(json.loads(line), {})
        told = {"printed": printed.getvalue()}
    except Exception:
        told = {"fault": traceback.format_exc()}
    connections.close_all()
    print(json.dumps(told), flush=True)
"""


def _inside(data):
    environment = {**os.environ, "FAIRGROUND_DATA": str(data), "FAIRGROUND_DEMO": "1"}
    environment["FAIRGROUND_SECRET_KEY"] = (data / "secret-key").read_text("utf-8").strip()
    environment["DJANGO_SETTINGS_MODULE"] = "fairground.web.settings"
    return subprocess.Popen(
        [sys.executable, "-c", LISTENER],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Return the address of a running demo."""
    port, data = _free_port(), tmp_path_factory.mktemp("demo")
    DEMOS[f"http://localhost:{port}"] = data
    environment = {**os.environ, "FAIRGROUND_DATA": str(data)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    shutil.copy(ready_database.path(), data / "fairground.sqlite3")
    log = (data / "log.txt").open("w")
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "fairground"), "demo", "--port", str(port)],
        env=environment, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    address = f"http://localhost:{port}"
    try:
        _wait(address, process, data / "log.txt")
        yield address
    finally:
        if address in INSIDE:
            INSIDE[address].communicate(timeout=20)
        process.terminate()
        process.wait(timeout=20)
        log.close()


def _wait(address, process, log, seconds=300):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5)
            return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"the demo did not start: {log.read_text()}")


@pytest.fixture(scope="session")
def chromium():
    """Return the system's Chromium, driven by Playwright; skip where there is none."""
    # Playwright leaves its event loop running in this thread, and Django would refuse it the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this machine: install the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


def new_context(chromium, site, **options):
    """Open a window on the site that waits as long as a slow machine needs."""
    context = chromium.new_context(base_url=site, **options)
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture(scope="session")
def windows(chromium, site):
    """Return a function that gives an open window of one kind: a new one costs Chromium seconds.

    It is handed over as if new: without cookies, stored words, passkeys or pages of the test before.
    """
    kept = {}

    def window(**options):
        kind = tuple(sorted(options.items()))
        if kind not in kept:
            context = new_context(chromium, site, **options)
            kept[kind] = context, context.new_page()
        context, page = kept[kind]
        for left in context.pages:
            if left is not page:
                left.close()
        page.unroute_all()
        page.goto("about:blank")
        wire = context.new_cdp_session(page)
        wire.send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": "all"})
        wire.send("WebAuthn.enable")
        wire.send("WebAuthn.disable")
        wire.detach()
        context.clear_cookies()
        page.emulate_media(media="screen", color_scheme="light")
        return page

    yield window
    for context, _ in kept.values():
        context.close()


@pytest.fixture
def visit(windows):
    """Return a function that opens a path of the site for somebody new and fails on any error."""
    complaints, heard = [], []

    def open_(path="/", *, width=1280, storage_state=None, **options):
        page = windows(**options)
        page.set_viewport_size({"width": width, "height": 900})
        if storage_state:
            page.context.add_cookies(storage_state["cookies"])
        listen(page, heard, complaints)
        page.goto(path)
        return page

    yield open_
    forget(heard)
    assert unexpected(complaints) == []


def listen(page, heard, complaints, asked=None):
    """Write down what a page complains of, and whom it asks."""
    ways = {
        "console": lambda said: complaints.append(said.text) if said.type == "error" else None,
        "pageerror": lambda fault: complaints.append(str(fault)),
        "request": lambda request: asked.append(request.url) if asked is not None else None,
    }
    for event, way in ways.items():
        page.on(event, way)
        heard.append((page, event, way))


def forget(heard):
    for page, event, way in heard:
        page.remove_listener(event, way)


@pytest.fixture(scope="session")
def readers(chromium, site):
    """Return a function that gives the page of a stranger, or of somebody signed in: one for all tests.

    A new page costs Chromium more than all that is asked of it here.
    """
    kept = {}

    def reader(state=None):
        who = "signed in" if state else "stranger"
        if who not in kept:
            kept[who] = new_context(chromium, site, bypass_csp=True, storage_state=state).new_page()
        return kept[who]

    yield reader
    for page in kept.values():
        page.context.close()


@pytest.fixture
def look(readers, site):
    """Return a function that opens a path in a page that stays open and knows its styles and fonts already.

    No page may ask anyone but the site for anything.
    """
    complaints, asked, heard = [], [], []

    def open_(path, state=None):
        page = readers(state)
        listen(page, heard, complaints, asked)
        page.emulate_media(color_scheme="light")
        page.goto(path)
        return page

    yield open_
    forget(heard)
    assert unexpected(complaints) == []
    assert [url for url in asked if not url.startswith((site, "data:"))] == []


def unexpected(complaints):
    return [text for text in complaints if "Failed to load resource" not in text]


@pytest.fixture(scope="session")
def signed_in(chromium, site):
    """Return the cookies of the demo's administrator, who signs in as anyone would: by emailed code."""
    context = new_context(chromium, site)
    page = context.new_page()
    sign_in(page, "ada@example.org")
    state = context.storage_state()
    context.close()
    return state


def sign_in(page, email):
    """Sign in by the code that the demo's mailbox shows."""
    for _ in range(5):
        page.goto("/account/login/code/")
        page.get_by_label("email", exact=False).first.fill(email)
        page.locator("main button[type=submit], main button").first.click()
        page.wait_for_load_state()
        if page.get_by_label("code", exact=False).count():
            break
        page.wait_for_timeout(15_000)  # the site sends one person three codes a minute and no more
    mailbox = page.context.new_page()
    mailbox.goto("/demo/mailbox/")
    found = re.search(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b", mailbox.locator("main").inner_text())
    assert found, mailbox.locator("main").inner_text()
    mailbox.close()
    for _ in range(5):
        page.get_by_label("code", exact=False).first.fill(found.group())
        page.locator("main button").first.click()
        page.wait_for_load_state()
        if page.url.endswith("/account/"):
            return
        page.wait_for_timeout(15_000)  # ten sign-ins a minute from one address, and no more
        page.go_back()
    raise AssertionError(f"{email} could not sign in: {page.url} {page.locator('main').inner_text()}")


KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def add_passkey(page, *, alone=False):
    """Add a passkey that is Chromium's own made-up one; `alone` lets it sign its owner in by itself."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("name", exact=False).first.fill("My phone")
    if alone:
        page.get_by_label("by itself", exact=False).check()
    page.locator("main button").first.click()
    page.wait_for_url(lambda address: not address.endswith("/add/"))
    page.goto("/account/2fa/webauthn/")
