"""Voters by the dozen in the real voting pages, and whether each acknowledged ballot is in the log once.

Each voter opens the page of the vote, comes in with the code of a letter, reads the ballot, marks and casts
it, and reads the receipt: five requests. The peer is the same site with five requests that only come in and
read, so that the last figure is a ratio. Client, server and database share the machine. Run:
`python benchmarks/voting.py` (SQLite with 50 voters, PostgreSQL with 200, a minute each), or
`python benchmarks/voting.py --seconds 10 --database sqlite --voters 20`.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODES = 20_000
SETUP = """
import json, sys
from django.core.management import call_command as do
do("createcachetable", verbosity=0); do("migrate", verbosity=0)
from fairground.web.accounts import actions as accounts
from fairground.web.ballots.example import REDCAR, load
from fairground.web.ballots.roll import import_roll, make_codes
officer = accounts.enrol("officer@example.org", by=None)
accounts.appoint(officer, "officer", place_code=REDCAR, by=None)
paper = load(by=officer, way="letter")
import_roll(paper=paper, text="number\\n" + "\\n".join(map(str, range(COUNT))), by=officer)
print(json.dumps([paper.round.slug, [code for _, code in make_codes(paper=paper, by=officer)]]))
"""
CHECK = """
import json, sys
from collections import Counter
from fairground.web.ballots import bridge
from fairground.web.ballots.models import Ballot, LogHead, Revision
told = json.load(sys.stdin)
kept = Counter(Revision.objects.values_list("receipt", flat=True))
positions = list(Revision.objects.order_by("position").values_list("position", flat=True))
last = Revision.objects.order_by("-position").first()
print(json.dumps({
    "lost": sum(kept[code] == 0 for code in told), "doubled": sum(kept[code] > 1 for code in told),
    "gap": positions != list(range(LogHead.objects.get().size)), "entries": len(positions),
    "ballots": Ballot.objects.count(), "proved": bridge.proof_of(last).holds}))
"""


@dataclass
class Site:
    """A site of its own in a folder of its own, served by one or more processes."""

    environment: dict[str, str]
    ports: list[int] = field(default_factory=list)
    servers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def python(self, code: str, told: str = "") -> str:
        """Run code of the site in another process and return what it prints."""
        line = [sys.executable, "-c", "import django; django.setup()\n" + code]
        done = subprocess.run(
            line, env=self.environment, input=told, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(done.stderr)
        return done.stdout.strip().splitlines()[-1]

    def serve(self, processes: int) -> None:
        """Start the servers and wait until they answer."""
        quiet = subprocess.DEVNULL
        code = "from fairground.cli import main; main()"
        for _ in range(processes):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            line = [sys.executable, "-c", code, "serve", "--port", str(port)]
            self.servers.append(subprocess.Popen(line, env=self.environment, stdout=quiet, stderr=quiet))
            self.ports.append(port)
            wait_for(port)


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


class Browser:
    """Somebody's browser: one connection, its cookies, and how long each request took."""

    def __init__(self, port: int, slug: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.base, self.cookies, self.times = f"/ballots/{slug}/", dict[str, str](), list[float]()

    def ask(self, tail: str, **fields: str) -> tuple[int, str, str]:
        """Send a request (a form if it has fields) and return status, address to go to, and page."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields:
            fields["csrfmiddlewaretoken"] = self.cookies.get("csrftoken", "")
            body = "&".join(f"{name}={value}" for name, value in fields.items())
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self.connection.request("POST" if fields else "GET", self.base + tail, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        self.times.append(time.perf_counter() - begun)
        for name, value in re.findall(
            r"([A-Za-z0-9_]+)=([^;,]*);", "; ".join(answer.headers.get_all("Set-Cookie", []))
        ):
            if name in ("csrftoken",) or name.startswith("booth_"):
                self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), page


def votes(browser: Browser, code: str, chosen: int) -> str:
    """Vote once and return the receipt."""
    browser.ask("")
    browser.ask("code/", code=code)
    _, _, page = browser.ask("ballot/")
    marks = {f"mark-{chosen % 8}": "on", f"mark-{(chosen + 3) % 8}": "on"}
    key = re.search(r'name="key" value="([^"]+)"', page)
    status, address, _ = browser.ask("cast/", key=key[1] if key else "", **marks)
    if status != 302 or "/receipt/" not in address:
        raise ValueError(f"not cast: {status}")
    receipt = address.rstrip("/").rpartition("/")[2]
    if receipt not in browser.ask(f"receipt/{receipt}/")[2]:
        raise ValueError("no receipt")
    return receipt


def reads(browser: Browser, code: str, chosen: int) -> str:
    """Come in and read, with as many requests as a vote."""
    browser.ask("")
    browser.ask("code/", code=code)
    for _ in range(3):
        status, _, page = browser.ask("ballot/")
        if status != 200 or "Your ballot" not in page:
            raise ValueError(f"not read: {status}")
    return ""


@dataclass
class Tally:
    """What the voters of one run saw."""

    done: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Whole visits a second."""
        return len(self.done) / self.seconds


def run(
    site: Site, slug: str, codes: Iterator[str], visit: Callable[..., str], voters: int, seconds: float
) -> Tally:
    """Let `voters` visit at the same time, one code after another, for so many seconds."""
    tally, lock, begun = Tally(), threading.Lock(), time.perf_counter()

    def voter(number: int) -> None:
        chosen = number
        while time.perf_counter() - begun < seconds:
            with lock:
                code = next(codes)
            browser = Browser(site.ports[number % len(site.ports)], slug)
            chosen += 1
            try:
                tally.done.append(visit(browser, code, chosen))
            except (OSError, ValueError, http.client.HTTPException) as fault:
                tally.errors.append(repr(fault))
            tally.times.extend(browser.times)
            browser.connection.close()

    threads = [threading.Thread(target=voter, args=(number,)) for number in range(voters)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.seconds = time.perf_counter() - begun
    return tally


def new_site(folder: Path, database: str) -> Site:
    sys.path.insert(0, str(ROOT))
    url = ""
    if database == "postgres":
        from tests.web.servers import new_database, postgres_url

        url = new_database(postgres_url(durable=True))
    return Site(
        {
            **os.environ,
            "FAIRGROUND_DATA": str(folder),
            "FAIRGROUND_SECRET_KEY": "a-key-for-the-load-test-" * 3,
            "DJANGO_SETTINGS_MODULE": "fairground.web.settings",
            "PYTHONPATH": str(ROOT / "src"),
            "DATABASE_URL": url,
        }
    )


def measure(database: str, voters: int, seconds: float, processes: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = new_site(Path(folder), database)
        slug, made = json.loads(site.python(SETUP.replace("COUNT", str(CODES))))
        codes = iter(made)
        site.serve(processes)
        try:
            run(site, slug, codes, votes, processes * 4, 3)
            read = run(site, slug, codes, reads, voters, seconds)
            vote = run(site, slug, codes, votes, voters, seconds)
        finally:
            for server in site.servers:
                server.terminate()
                server.wait()
        checked = json.loads(site.python(CHECK, json.dumps(vote.done)))
    report(f"{database}, {voters} voters at once, {processes} server process(es)", read, vote, checked)


def report(title: str, read: Tally, vote: Tally, checked: dict[str, object]) -> None:
    print(
        f"\n{title}, {vote.seconds:.0f} s on {os.cpu_count()} cores (load before: {os.getloadavg()[2]:.1f})"
    )
    for name, tally in (("come in and read", read), ("vote", vote)):
        cuts = statistics.quantiles(tally.times, n=100)
        print(
            f"  {name:<17} {tally.rate:7.1f} a second; each request p50 {cuts[49] * 1000:.0f} ms, "
            f"p95 {cuts[94] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms; {len(tally.errors)} errors"
        )
    for words in sorted(set(vote.errors + read.errors))[:5]:
        print(f"    {words}")
    print(f"  a vote costs {read.rate / vote.rate:.2f} times as much as coming in and reading")
    print(f"  {len(vote.done)} ballots acknowledged; in the log: {checked}")
    sound = not (checked["lost"] or checked["doubled"] or checked["gap"]) and checked["proved"]
    print("  every acknowledged ballot is in the log exactly once" if sound else "  THE LOG IS NOT SOUND")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--voters", type=int, help="at once; 50 on SQLite and 200 on PostgreSQL if not given")
    given = parser.parse_args()
    if given.database in ("sqlite", "both"):
        measure("sqlite", given.voters or 50, given.seconds, 1)
    if given.database in ("postgres", "both"):
        measure("postgres", given.voters or 200, given.seconds, 2)


if __name__ == "__main__":
    main()
