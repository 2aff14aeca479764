"""`fairground demo` starts, answers the Stoke question, stops cleanly, and starts again where it left off."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]

MAIN = "import sys; from fairground.cli import main; sys.argv[0] = 'fairground'; main()"
STOKE = "/wealth/funding/award/?place=Stoke-on-Trent&amount=56000000&years=5"


def start(folder, port):
    environment = {**os.environ, "FAIRGROUND_DATA": str(folder), "PYTHONPATH": str(ROOT / "src")}
    for name in ("DJANGO_SETTINGS_MODULE", "FAIRGROUND_SECRET_KEY", "DATABASE_URL"):
        environment.pop(name, None)
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, "demo", "--port", str(port)],
        env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        # a run in the background of a shell ignores Ctrl+C, and what it starts would too
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


def page(process, address, seconds=120):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, process.stderr.read()
        try:
            return urllib.request.urlopen(address, timeout=60).read().decode()
        except ConnectionError:
            time.sleep(0.3)
        except urllib.error.URLError as fault:
            if not isinstance(fault.reason, ConnectionError):
                raise
            time.sleep(0.3)
    raise AssertionError(f"{address} did not answer")


def stop(process):
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    return out


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_demo_answers_stops_cleanly_and_starts_again(tmp_path, port):
    first = start(tmp_path, port)
    try:
        assert "£43.08 a year for each person in Stoke-on-Trent" in page(
            first, f"http://127.0.0.1:{port}{STOKE}"
        )
        busy = start(tmp_path, port)
        _, err = busy.communicate(timeout=60)
        assert busy.returncode == 2
        assert f'Port "{port}"' in err
        assert "Traceback" not in err
    finally:
        told = stop(first)
    for person in ("rosa", "grace", "omar", "bea", "mo", "ada"):
        assert f"{person}@example.org" in told
    assert f"http://127.0.0.1:{port}/" in told
    assert told.endswith("Stopped.\n")
    key = (tmp_path / "secret-key").read_bytes()
    second = start(tmp_path, port)
    try:
        assert "Is my place getting a fair share?" in page(second, f"http://127.0.0.1:{port}/")
    finally:
        stop(second)
    assert (tmp_path / "secret-key").read_bytes() == key
