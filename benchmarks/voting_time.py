"""How long a vote takes on a small phone: an estimate for each kind of ballot, from the real pages.

Chromium opens the voting pages of a site of its own at 320 by 568 pixels without JavaScript and does what a
voter does: come in with the code of a letter, mark three of eight projects, cast, see the receipt. The time
is added up by the keystroke-level model (Card, Moran and Newell, "The Keystroke-Level Model for User
Performance Time with Interactive Systems", Communications of the ACM 23 (1980), table 1): 0.28 s for each
character typed, 1.1 s for each press or flick of the page, 1.35 s of thought before each decision. Words
before the button that is pressed are read at 240 a minute: all of them, or (`short`) only headings, labels,
names and costs of all projects, and lists, without sentences around them. What a project is stands behind its
"More", which this voter does not open: each costs 2.45 s to open and its words to read. It is a model, not a
person: it makes no mistake and does not hesitate what to choose. Run: `python benchmarks/voting_time.py`.
"""

from __future__ import annotations

import json
import math
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from voting import new_site

TYPE, POINT, THINK, WORDS_A_MINUTE = 0.28, 1.1, 1.35, 240
SIZE = {"width": 320, "height": 568}
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MARKED = ("Trees on Station Road", "Beach wheelchairs to borrow", "A mural under the railway bridge")
KINDS: dict[str, dict[str, Any]] = {
    "approval": {"type": "approval"},
    "k-approval": {"type": "k-approval", "max_projects": 4},
    "points": {"type": "points", "points": 10},
    "ranking": {"type": "ranking"},
}
TYPED = {"points": ("5", "3", "2"), "ranking": ("1", "2", "3")}
SETUP = """
import json
from datetime import timedelta
from django.core.management import call_command as do
from django.utils import timezone
do("createcachetable", verbosity=0); do("migrate", verbosity=0)
from fairground.web.accounts import actions as accounts
from fairground.web.ballots.actions import freeze_paper
from fairground.web.ballots.example import REDCAR, paper_facts
from fairground.web.ballots.roll import import_roll, make_codes
from fairground.web.participation import actions as rounds
from fairground.web.participation.models import Round
officer = accounts.enrol("officer@example.org", by=None)
accounts.appoint(officer, "officer", place_code=REDCAR, by=None)
now, made = timezone.now(), {}
for kind, ballot in KINDS.items():
    title = f"A vote by {kind}"
    one = rounds.create_round(by=officer, place_code=REDCAR, title=title, summary="Made up.", fictional=True)
    rounds.set_phases(one, {"ballot": (now - timedelta(days=1), now + timedelta(days=9))}, by=officer)
    rounds.publish_round(Round.objects.get(pk=one.pk), by=officer)
    facts = {**paper_facts("letter"), "title": title, "ballot": ballot}
    paper = freeze_paper(round=Round.objects.get(pk=one.pk), specification=facts, by=officer)
    import_roll(paper=paper, text="number\\n1\\n", by=officer)
    made[kind] = [paper.round.slug, make_codes(paper=paper, by=officer)[0][1]]
print(json.dumps(made))
"""
READ = r"""(button, short) => {
    const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    let words = 0;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (button.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING) break;
        if (short && node.parentElement.closest("p, .govuk-hint")) continue;
        if (node.parentElement.checkVisibility()) words += (node.data.match(/\S+/g) || []).length;
    }
    return words;
}"""


@dataclass
class Voter:
    """Somebody at a phone, and the seconds that each kind of act has taken."""

    page: Page
    reading: float = 0.0
    short: float = 0.0
    thinking: float = 0.0
    pressing: float = 0.0
    typing: float = 0.0
    waiting: float = 0.0

    @property
    def seconds(self) -> float:
        """What everything takes but reading."""
        return self.thinking + self.pressing + self.typing + self.waiting

    def read_to(self, name: str) -> Any:
        """Read what stands before a button, flicking the page on, and return the button."""
        button = self.page.get_by_role("button", name=name, exact=True).first
        self.reading += button.evaluate(READ, False) / WORDS_A_MINUTE * 60
        self.short += button.evaluate(READ, True) / WORDS_A_MINUTE * 60
        box = button.bounding_box()
        assert box is not None, name
        self.pressing += POINT * max(math.ceil((box["y"] + box["height"]) / SIZE["height"]) - 1, 0)
        return button

    def press(self, target: Any) -> None:
        self.thinking += THINK
        self.pressing += POINT
        begun = time.perf_counter()
        target.click()
        self.page.wait_for_load_state()
        self.waiting += time.perf_counter() - begun

    def write(self, target: Any, text: str) -> None:
        self.thinking += THINK
        self.pressing += POINT
        self.typing += TYPE * len(text)
        target.fill(text)


def vote(page: Page, kind: str, slug: str, code: str) -> Voter:
    """Vote as a resident does and return how long it would take."""
    page.goto(f"/ballots/{slug}/")
    voter = Voter(page)
    button = voter.read_to("Vote with my code")
    voter.write(page.locator("input[name=code]"), code)
    voter.press(button)
    button = voter.read_to("Cast my ballot")
    for n, title in enumerate(MARKED):
        field = page.locator("form input").and_(page.get_by_label(title))
        if kind in TYPED:
            voter.write(field, TYPED[kind][n])
        else:
            voter.press(page.locator(f"label[for='{field.get_attribute('id')}']"))
    voter.press(button)
    panel = page.locator(".govuk-panel")
    assert "You have voted" in panel.inner_text()
    told = len(panel.inner_text().split()) / WORDS_A_MINUTE * 60
    voter.reading, voter.short = voter.reading + told, voter.short + told
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZE["width"]
    return voter


def main() -> None:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        sys.exit("There is no Chromium on this machine: install the package chromium.")
    with tempfile.TemporaryDirectory() as folder:
        site = new_site(Path(folder), "sqlite")
        made = json.loads(site.python(SETUP.replace("KINDS", json.dumps(KINDS))))
        site.serve(1)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
                measure(browser, f"http://127.0.0.1:{site.ports[0]}", made)
        finally:
            for server in site.servers:
                server.terminate()
                server.wait()


def measure(browser: Any, address: str, made: dict[str, list[str]]) -> None:
    heads = "thought", "presses", "typing", "waiting", "all read", "in all", "short", "in all"
    print(f"{'seconds':<11} " + " ".join(f"{head:>8}" for head in heads))
    for kind, (slug, code) in made.items():
        page = browser.new_page(base_url=address, viewport=SIZE, java_script_enabled=False)
        found = vote(page, kind, slug, code)
        told = f"{found.thinking:8.1f} {found.pressing:8.1f} {found.typing:8.1f} {found.waiting:8.1f}"
        whole, short = found.reading + found.seconds, found.short + found.seconds
        print(
            f"{kind:<11} {told} {found.reading:8.1f} {whole:8.1f} {found.short:8.1f} {short:8.1f}", flush=True
        )
        page.close()


if __name__ == "__main__":
    main()
