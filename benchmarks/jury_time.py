"""How long an officer takes from a messy spreadsheet to a certified jury, and a volunteer to register.

Chromium walks both ways on the site of `fairground demo`: the officer at 1280 by 800 without JavaScript,
from the page of all juries, signing in; the volunteer on a phone of 320 by 568, once with the square of a
letter, once typing its code where no script runs. The time is added up by the keystroke-level model (Card,
Moran and Newell, "The Keystroke-Level Model for User Performance Time with Interactive Systems",
Communications of the ACM 23 (1980), table 1): 0.28 s for each character typed, 1.1 s for each press or flick
of the page, 1.35 s of thought before each decision. Every visible word of each page that is come to, charts,
hints and tables too, is read at 240 a minute. Waiting is what the machine took, without the time until the
balls may be drawn. To mend a row in the officer's own spreadsheet is counted as thinking, two presses and
typing. It is a model, not a person: it does not ask a colleague, and makes no mistake but those in the file.

The file: 300 people; semicolons and a byte order mark, ids with noughts before, dashes of all kinds,
capitals, names in two columns and addresses in four, a row that is there twice, an id that two people have,
a row without a name; and of one age there are too few people for the targets.

Run: `python benchmarks/jury_time.py`; with `--pictures FOLDER` for a picture of each page.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, sync_playwright

from fairground.power.budgeting.receipts import write_code

TYPE, POINT, THINK, WORDS_A_MINUTE = 0.28, 1.1, 1.35, 240
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 320, "height": 568}
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WORDS = r"""() => {
    const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const UNSEEN = ".govuk-visually-hidden, title, desc, option";
    let words = 0;
    for (let node = walk.nextNode(); node; node = walk.nextNode())
        if (node.parentElement.checkVisibility() && !node.parentElement.closest(UNSEEN))
            words += (node.data.match(/\S+/g) || []).length;
    return words;
}"""
HEADS = (
    "Reference;First name;Surname;E-mail;Mobile;House;Street;Town;Postcode;Age;Gender;Home;Long illness;Notes"
)
BOTTOM = "document.querySelector('main').getBoundingClientRect().bottom + scrollY"
HERE = ZoneInfo("Europe/London")
LETTER = write_code(b"a made-up letter")  # of the demo; known to everybody
AGES = ("16–24", "25–44", "45–64", "65 or over")
TARGETS = (
    "feature;value;min;max;share\n"
    "Age;16–24;3;4;14%\nAge;25–44;7;9;33%\nAge;45–64;7;9;31%\nAge;65 or over;4;6;22%\n"
    "Gender;Woman;11;13;50%\nGender;Man;11;12;49%\nGender;In another way;0;1;1%\n"
    "Home;Owned;13;15;58%\nHome;Rented from the council;4;6;22%\nHome;Rented from a landlord;4;6;20%\n"
    "Long illness;Yes;4;7;23%\nLong illness;No;17;20;77%\n"
)


@dataclass
class Person:
    """Somebody at a screen, and the seconds that each kind of act has taken."""

    page: Page
    pictures: Path | None = None
    called: str = ""
    reading: float = 0.0
    thinking: float = 0.0
    pressing: float = 0.0
    typing: float = 0.0
    waiting: float = 0.0
    pages: int = 0
    fields: int = 0
    presses: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """What everything takes."""
        return self.reading + self.thinking + self.pressing + self.typing + self.waiting

    def read(self) -> None:
        """Read every word of the page that is open, flicking it on to its end."""
        words = self.page.evaluate(WORDS)
        height = self.page.evaluate(BOTTOM)
        flicks = max(math.ceil(height / self._size["height"]) - 1, 0)
        self.pages += 1
        self.reading += words / WORDS_A_MINUTE * 60
        self.pressing += POINT * flicks
        name = self.page.locator("h1").first.inner_text()
        self.told.append(f"{name[:52]:<52} {words:>5} words")
        if self.pictures:
            self.page.screenshot(path=self.pictures / f"{self.called}-{self.pages:02}.png", full_page=True)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self._size["width"]

    @property
    def _size(self) -> Any:
        return self.page.viewport_size

    def go(self, path: str, *, reads: bool = True) -> None:
        """Follow a link from elsewhere, such as an email or a letter's square."""
        begun = time.perf_counter()
        self.page.goto(path)
        self.waiting += time.perf_counter() - begun
        if reads:
            self.read()

    def press(self, name: str, role: Any = "button", *, first: bool = False) -> None:
        """Press a button or a link of this name, or the first of a form; read what it opens."""
        self._pressed()
        main = self.page.locator("main")
        begun = time.perf_counter()
        (main.locator("form button").first if first else main.get_by_role(role, name=name).first).click()
        self.page.wait_for_load_state()
        self.waiting += time.perf_counter() - begun
        self.read()

    def tick(self, label: str) -> None:
        """Choose one answer."""
        self._pressed()
        self.fields += 1
        self.page.locator("main label").filter(has_text=re.compile(f"^{re.escape(label)}")).first.click()

    def write(self, label: str, text: str, *, typed: int | None = None) -> None:
        """Type something into a box; `typed` where it is chosen in fewer presses than letters."""
        self._pressed()
        self.fields += 1
        self.typing += TYPE * (len(text) if typed is None else typed)
        self.page.get_by_label(label).first.fill(text)

    def choose(self, label: str, file: Path) -> None:
        """Choose a file: the box, the file, “Open”."""
        self._pressed()
        self.fields += 1
        self.pressing += 2 * POINT
        self.page.get_by_label(label).first.set_input_files(file)

    def mend(self, rows: int, letters: int) -> None:
        """Mend rows in a spreadsheet: find each, think, type, and save."""
        self.thinking += THINK * rows
        self.pressing += 2 * POINT * rows + 2 * POINT
        self.typing += TYPE * letters

    def _pressed(self) -> None:
        self.thinking += THINK
        self.pressing += POINT
        self.presses += 1


def messy(folder: Path, *, mended: bool) -> Path:
    """Write the officer's spreadsheet, as it came or with its two rows mended."""
    chance = random.Random(6)
    lines = [HEADS]
    homes = ("Owned", "Rented from the council", "rented from a landlord ")
    for n in range(1, 301):
        age = chance.choices(AGES, (0, 30, 38, 31))[0] if n > 2 else "16–24"
        told = (
            f"{n:05}", f"Given{n}", f"Family{n}", f"person{n}@example.org", f"01632 96{n:04}", f"{n}",
            "Kiln Lane", "Stoke-on-Trent", f"st1 {n % 9}aa", age.replace("–", chance.choice("–-—")),
            chance.choices(("Woman", "Man", "In another way", "WOMAN"), (45, 40, 1, 6))[0],
            chance.choices(homes, (60, 20, 20))[0], chance.choices(("yes", "No", "no "), (20, 60, 20))[0], "",
        )  # fmt: skip
        lines.append(";".join(told))
    lines.append(lines[40])  # the same row again
    if not mended:
        lines[120] = lines[120].replace("00120", "00119")  # an id that two people have
        lines[200] = lines[200].replace("Given200;Family200", ";")
    path = folder / f"volunteers{'-mended' if mended else ''}.csv"
    path.write_bytes(("\ufeff" + "\r\n".join(lines)).encode())
    return path


def sign_in(person: Person, email: str) -> None:
    """Sign in by the code that comes by email; the site leads on to the page that was asked for."""
    person.write("Email", email)
    person.press("Email me", first=True)
    mailbox = person.page.context.new_page()
    mailbox.goto("/demo/mailbox/")
    code = re.search(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b", mailbox.locator("main").inner_text())
    mailbox.close()
    assert code is not None
    person.write("code", code.group())
    person.press("Continue", first=True)


def officer(person: Person, colleague: Person, folder: Path) -> Iterator[str]:
    """Walk the officer's way; yield the name of each part when it is done."""
    person.go("/power/juries/")
    person.press("Sign in and set one up", "link")
    sign_in(person, "juno@example.org")
    yield "sign in, and read the form of a new jury"
    person.write("Name of the jury", "Stoke high street jury")
    person.write("The question for the jury", "What should our high street be in ten years?")
    person.write("What the jury may and may not", "Anything the council can do with its money.")
    person.write("Who decides on what", "The council’s cabinet")
    person.tick("They have already")
    person.write("Email of a second", "ada@example.org")
    person.press("Set up the jury")
    yield "question, remit, who answers by when, second officer"
    targets = folder / "targets.csv"
    targets.write_text(TARGETS, encoding="utf-8-sig")
    person.choose("Or choose a file", targets)
    person.press("Read it")
    person.press("Save")
    yield "targets from a table"
    person.choose("A table of volunteers", messy(folder, mended=False))
    person.tick("By post")
    person.press("Read it")
    person.mend(2, 25)
    person.choose("A table of volunteers", messy(folder, mended=True))
    person.press("Read it")
    person.press("Take them in")
    yield "the spreadsheet: refused, mended, taken in"
    person.press("Use these numbers")
    yield "targets that clash, mended"
    yield from drawn(person, colleague)


def drawn(person: Person, colleague: Person) -> Iterator[str]:
    """Draw the jury with balls, two officers at two screens."""
    known = datetime.now(HERE) + timedelta(seconds=80)
    person.tick("Balls")
    person.write("Which public values", "Three balls, drawn by a child in the town hall")
    person.write("Time in", known.strftime("%H:%M"), typed=4)
    person.press("Make the lottery")
    until = time.monotonic() + 60
    while "being made" in person.page.locator("main").inner_text():
        assert time.monotonic() < until, "the lottery was not made"
        person.page.wait_for_timeout(500)
        person.page.reload()
    person.read()
    yield "the lottery, sealed"
    person.page.wait_for_timeout(
        max((known.replace(second=1) - datetime.now(HERE)).total_seconds(), 0) * 1000
    )
    person.press("Write down", "link")
    person.write("What was thrown", "3 1 4")
    person.press("Keep these")
    colleague.go(person.page.url)
    sign_in(colleague, "ada@example.org")
    colleague.write("What was thrown", "3 1 4")
    colleague.press("Keep these")
    yield "drawn and certified, when the colleague has written the same"
    person.go(re.sub(r"office/draw/1/.*", "draw/1/", person.page.url))
    assert "Jury number 314" in person.page.locator("main").inner_text()
    yield "the certificate, every word of it"


def volunteer(person: Person, *, square: bool) -> Iterator[str]:
    """Walk a volunteer's way with a letter, from its square or typing its code."""
    start = "/power/juries/stoke-on-trent-parks-jury/volunteer/"
    if square:
        person.go(f"{start}#letter={LETTER}", reads=False)
        person.page.wait_for_url("**/age/")
        person.read()
    else:
        person.go(start)
        person.press("Start")
        person.write("The code on your letter", LETTER, typed=16)
        person.press("Continue")
    person.tick("Yes")
    person.press("Continue")
    while not person.page.get_by_label("Name", exact=True).count():
        person.tick(person.page.locator("main .govuk-radios__label").first.inner_text())
        person.press("Continue")
    person.write("Name", f"Willa Way {square:d}")
    person.write("House number", "15 Kiln Lane")
    person.write("Postcode", "ST1 1AA")
    person.write("Email", "willa.way@example.org")
    person.press("Continue")
    person.press("Continue")
    person.press("I would sit")
    assert "You are in the pool" in person.page.locator("main").inner_text()
    yield "square" if square else "code typed"


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """Serve the made-up site with its worker in a folder of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "FAIRGROUND_DATA": str(folder)}
    line = [sys.executable, "-c", "from fairground.cli import main; main()", "demo", "--port", str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(line, env=environment, stdout=log, stderr=log)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=5)
                break
            except OSError:
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.5)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait()


PARTS = ("reading", "thinking", "pressing", "typing", "waiting")


def tell(name: str, person: Person) -> None:
    """Print how long it has taken so far, and of what that is the sum."""
    parts = " ".join(f"{getattr(person, part):9.1f}" for part in PARTS)
    counts = f"{person.pages:6} {person.fields:6} {person.presses:7}"
    print(f"{name:<62} {person.seconds:7.1f} {parts} {counts}", flush=True)


def main() -> None:
    asked = argparse.ArgumentParser(description="How long the ways of juries take.")
    asked.add_argument("--pictures", type=Path)
    pictures = asked.parse_args().pictures
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        sys.exit("There is no Chromium on this machine: install the package chromium.")
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])

        def person(size: dict[str, int], called: str, *, scripts: bool = False) -> Person:
            window = browser.new_context(base_url=site, viewport=size, java_script_enabled=scripts)
            return Person(window.new_page(), pictures, called)

        heads = f"{'in all':>7} " + " ".join(f"{part:>9}" for part in PARTS)
        print(f"{'seconds so far':<62} {heads} {'pages':>6} {'fields':>6} {'presses':>7}")
        first, second = person(DESK, "officer"), person(DESK, "colleague")
        for name in officer(first, second, Path(folder)):
            tell(name, first)
        tell("(the colleague, at another screen)", second)
        for square in (True, False):
            one = person(PHONE, f"volunteer-{square:d}", scripts=square)
            for name in volunteer(one, square=square):
                tell(f"volunteer on a phone: {name}", one)
        print("\n".join(first.told))


if __name__ == "__main__":
    main()
