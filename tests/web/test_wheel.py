"""The wheel works by itself: in an empty environment, outside the repository, without Node or network."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

# A group starts before single tests, so that the slow building does not end the run alone.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def run(*line, **more):
    done = subprocess.run([str(part) for part in line], capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment with our wheel of its own; the locked dependencies are lent to it by a path file."""
    folder = tmp_path_factory.mktemp("elsewhere") / "env"
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    site = next(folder.glob("lib/python*/site-packages"))
    uv = Path(sys.executable).parent / "uv"
    run(uv, "pip", "install", "--offline", "--no-deps", "--python", folder / "bin/python", wheel)
    import django

    (site / "lent.pth").write_text(f"{Path(django.__file__).parent.parent}\n")
    return folder / "bin"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder):
    bare = {"HOME": str(folder), "PATH": "/nowhere", "PYTHONSAFEPATH": "1"}
    return {**bare, "LANG": os.environ.get("LANG", "C.UTF-8")}


def test_the_wheel_holds_templates_and_migrations(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "fairground/web/templates/base.html" in names
    assert "fairground/web/audit/migrations/0002_append_only.py" in names
    assert "fairground/web/static/vendor/govuk-frontend.min.css" in names, "run `make assets` first"


def test_the_demo_starts_from_the_installed_wheel(installed, tmp_path):
    where = run(
        installed / "python", "-c", "import fairground; print(fairground.__file__)",
        cwd=tmp_path, env=environment(tmp_path),
    )  # fmt: skip
    assert str(installed.parent) in where
    port = free_port()
    process = subprocess.Popen(
        [str(installed / "fairground"), "demo", "--port", str(port)],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert answer(f"http://127.0.0.1:{port}/healthz", process).status == 200
        busy = subprocess.run(
            [str(installed / "fairground"), "demo", "--port", str(port)],
            cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert busy.returncode == 2
        assert f'Port "{port}"' in busy.stderr
    finally:
        process.terminate()
        shown, _ = process.communicate(timeout=20)
    assert "ada@example.org" in shown
    assert f"http://127.0.0.1:{port}/" in shown


def answer(url, process, seconds=180):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, process.stdout.read()
        try:
            return urllib.request.urlopen(url, timeout=10)
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"{url} did not answer")
