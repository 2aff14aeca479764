"""Fetching: from a server on this machine, cut off, spoilt, offline, killed, and two at a time."""

import dataclasses
import hashlib
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from fairground.errors import BadInput, DataProblem
from fairground.sources.catalogue import File
from fairground.sources.fetch import fetch
from tests.conftest import ROOT

CONTENT = bytes(range(256)) * 2000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


class _Publisher(http.server.BaseHTTPRequestHandler):
    """Serves one file; `server.plan` says what goes wrong at each request."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Say nothing."""

    def do_GET(self):
        """Answer one request."""
        server = self.server
        if self.path.endswith(".md5"):
            self.send_response(200)
            self.send_header("Content-Length", str(len(server.beside)))
            self.end_headers()
            return self.wfile.write(server.beside)
        server.seen.append(dict(self.headers))
        step = server.plan.pop(0) if server.plan else "whole"
        if step == "missing":
            return self.send_error(404)
        if step in ("elsewhere", "moved"):
            there = {"elsewhere": "http://example.org/file.csv", "moved": "/moved.csv"}[step]
            self.send_response(302)
            self.send_header("Location", there)
            self.send_header("Content-Length", "0")
            return self.end_headers()
        start = self._start() if step != "no-ranges" else 0
        body = server.content[start:]
        self.send_response(206 if start else 200)
        if start:
            self.send_header(
                "Content-Range", f"bytes {start}-{len(server.content) - 1}/{len(server.content)}"
            )
        self.send_header("ETag", server.tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if isinstance(step, int):
            self.wfile.write(body[:step])
            self.close_connection = True
            return None
        if step == "slow":
            for at in range(0, len(body), 4096):
                self.wfile.write(body[at : at + 4096])
                self.wfile.flush()
                time.sleep(0.05)
            return None
        return self.wfile.write(body)

    def _start(self):
        asked = self.headers.get("Range")
        if not asked or self.headers.get("If-Range") != self.server.tag:
            return 0
        return int(asked.removeprefix("bytes=").rstrip("-"))


@pytest.fixture
def publisher(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Publisher)
    server.daemon_threads, server.block_on_close = True, False
    server.plan, server.seen, server.content, server.tag = [], [], CONTENT, '"first"'
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _file(server, sha256=DIGEST):
    address = f"http://127.0.0.1:{server.server_port}/figures.csv"
    return File("made-up", "figures.csv", "https://example.org/figures", "postcodes", address, sha256)


def test_a_file_comes_whole_and_is_proved(publisher, tmp_path):
    found = fetch(_file(publisher), tmp_path / "published")
    assert (tmp_path / "published" / "figures.csv").read_bytes() == CONTENT
    assert (found.size, found.sha256) == (len(CONTENT), DIGEST)


def _renewed(server):
    plain = _file(server, "")
    return dataclasses.replace(plain, companion=f"{plain.address}.md5")


def test_a_renewed_file_is_compared_with_the_checksum_beside_it(publisher, tmp_path):
    publisher.beside = f"{hashlib.md5(CONTENT).hexdigest()}  figures.csv\n".encode()
    assert fetch(_renewed(publisher), tmp_path).sha256 == DIGEST


@pytest.mark.parametrize("beside", [b"", b"0123456789abcdef0123456789abcdef  figures.csv"])
def test_a_renewed_file_that_its_checksum_does_not_fit_is_not_kept(publisher, tmp_path, beside):
    publisher.beside = beside
    with pytest.raises(DataProblem, match="checksum"):
        fetch(_renewed(publisher), tmp_path)
    assert not (tmp_path / "figures.csv").exists()


def test_progress_rises_to_the_whole(publisher, tmp_path):
    told = []
    fetch(_file(publisher), tmp_path, progress=lambda done, whole: told.append((done, whole)))
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[-1] == (len(CONTENT), len(CONTENT))


def test_after_a_cut_it_goes_on_where_it_was(publisher, tmp_path):
    publisher.plan[:] = [100_000, 50_000]
    fetch(_file(publisher), tmp_path)
    assert [seen.get("Range") for seen in publisher.seen] == [None, "bytes=100000-", "bytes=150000-"]
    assert publisher.seen[1]["If-Range"] == '"first"'
    assert (tmp_path / "figures.csv").read_bytes() == CONTENT


def test_cut_off_again_and_again_it_stops_and_keeps_what_came(publisher, tmp_path):
    publisher.plan[:] = [100_000, 0, 0, 0, 0, 0]
    with pytest.raises(DataProblem, match=r"cut off.*the same command again"):
        fetch(_file(publisher), tmp_path)
    assert not (tmp_path / "figures.csv").exists()
    assert (tmp_path / "figures.csv.part").stat().st_size == 100_000
    publisher.plan[:] = []
    fetch(_file(publisher), tmp_path)
    assert publisher.seen[-1]["Range"] == "bytes=100000-"
    assert (tmp_path / "figures.csv").read_bytes() == CONTENT


def test_a_new_edition_after_a_cut_is_fetched_from_its_start(publisher, tmp_path):
    publisher.plan[:] = [100_000, 0]
    with pytest.raises(DataProblem):
        fetch(_file(publisher, ""), tmp_path)
    publisher.content, publisher.tag, publisher.plan = CONTENT[::-1], '"second"', []
    fetch(_file(publisher, ""), tmp_path)
    assert (tmp_path / "figures.csv").read_bytes() == CONTENT[::-1]


def test_a_publisher_that_cannot_go_on_sends_the_whole_again(publisher, tmp_path):
    publisher.plan[:] = [100_000, "no-ranges"]
    fetch(_file(publisher), tmp_path)
    assert (tmp_path / "figures.csv").read_bytes() == CONTENT


def test_a_weak_tag_is_not_trusted_for_going_on(publisher, tmp_path):
    publisher.tag = 'W/"first"'
    publisher.plan[:] = [100_000, 0]
    with pytest.raises(DataProblem):
        fetch(_file(publisher), tmp_path)
    fetch(_file(publisher), tmp_path)
    assert all("Range" not in seen for seen in publisher.seen)


def test_a_spoilt_file_is_not_kept(publisher, tmp_path):
    with pytest.raises(DataProblem, match=f"not the one that was registered.*Allowed: {'0' * 64}"):
        fetch(_file(publisher, "0" * 64), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".figures.csv.lock"]


def test_a_good_file_is_not_lost_when_a_new_one_is_spoilt(publisher, tmp_path):
    fetch(_file(publisher), tmp_path)
    publisher.content = b"spoilt"
    with pytest.raises(DataProblem):
        fetch(_file(publisher), tmp_path)
    assert (tmp_path / "figures.csv").read_bytes() == CONTENT


def test_offline_it_says_where_to_get_the_file_and_where_to_put_it(publisher, tmp_path):
    file = _file(publisher)
    publisher.shutdown()
    publisher.server_close()
    with pytest.raises(DataProblem) as told:
        fetch(file, tmp_path)
    assert "https://example.org/figures" in str(told.value)
    assert str(tmp_path / "figures.csv") in str(told.value)
    assert not (tmp_path / "figures.csv").exists()


def test_a_refusal_of_the_publisher_is_passed_on(publisher, tmp_path):
    publisher.plan[:] = ["missing"]
    with pytest.raises(DataProblem, match="Not Found"):
        fetch(_file(publisher), tmp_path)


def test_it_follows_to_a_safe_address_and_goes_on_there_after_a_cut(publisher, tmp_path):
    publisher.plan[:] = ["moved", 100_000, "moved", "whole"]
    fetch(_file(publisher), tmp_path)
    assert publisher.seen[-1]["Range"] == "bytes=100000-"
    assert (tmp_path / "figures.csv").read_bytes() == CONTENT


def test_it_does_not_follow_to_an_unsafe_address(publisher, tmp_path):
    publisher.plan[:] = ["elsewhere"]
    with pytest.raises(DataProblem, match="https only"):
        fetch(_file(publisher), tmp_path)


@pytest.mark.parametrize(
    "address",
    ["http://example.org/x", "ftp://example.org/x", "file:///etc/hostname", "http://127.0.0.1.evil.org/x"],
)
def test_only_https_addresses_are_fetched(address, tmp_path):
    with pytest.raises(BadInput, match="https only"):
        fetch(File("made-up", "x.csv", "https://example.org", "postcodes", address), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_an_address_has_to_be_fetched_by_hand(tmp_path):
    with pytest.raises(BadInput, match=r"Get it from https://example\.org/page and put it at"):
        fetch(File("made-up", "x.csv", "https://example.org/page", "postcodes"), tmp_path)


def test_a_folder_that_cannot_be_written_is_named(publisher, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataProblem, match="cannot be kept"):
        fetch(_file(publisher), tmp_path / "file")


FETCHING = """
import json, sys
from pathlib import Path
from fairground.sources.catalogue import File
from fairground.sources.fetch import fetch
fetch(File(*json.loads(sys.argv[1])), Path(sys.argv[2]), progress=lambda done, whole: print(done, flush=True))
"""


def _start(file, folder):
    fields = [file.id, file.name, file.page, file.reader, file.address, file.sha256]
    return subprocess.Popen(
        [sys.executable, "-c", FETCHING, json.dumps(fields), str(folder)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "no_proxy": "127.0.0.1"},
    )


@pytest.mark.slow
def test_killed_in_the_middle_it_leaves_no_half_file_under_the_name_and_goes_on_later(publisher, tmp_path):
    publisher.plan[:] = ["slow"]
    child = _start(_file(publisher), tmp_path)
    child.stdout.readline()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert not (tmp_path / "figures.csv").exists()
    assert 0 < (tmp_path / "figures.csv.part").stat().st_size < len(CONTENT)
    fetch(_file(publisher), tmp_path)
    assert publisher.seen[-1]["Range"].startswith("bytes=")
    assert (tmp_path / "figures.csv").read_bytes() == CONTENT


@pytest.mark.slow
def test_a_second_fetch_of_the_same_file_is_kept_out(publisher, tmp_path):
    publisher.plan[:] = ["slow"]
    child = _start(_file(publisher), tmp_path)
    child.stdout.readline()
    try:
        with pytest.raises(DataProblem, match="Another fetch of this file is running"):
            fetch(_file(publisher), tmp_path)
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
    fetch(_file(publisher), tmp_path)
    assert (tmp_path / "figures.csv").read_bytes() == CONTENT
