"""A round in the browser, as a new officer and a resident on a phone meet it; a sceptic counts it again."""

import io
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import demo_python, sign_in

HOME = "/power/budgeting/our-summer/"
NAMES = (
    "Send ideas",
    "Bring ideas together",
    "Check ideas against the rules",
    "Work out what is possible and what it costs",
    "Vote",
    "Count",
    "Build it",
)
WALL, SCREEN, BOTH = "A film night on the beach wall", "A screen on the pier", "Films by the sea"
WEEKS_PASS = """
from datetime import timedelta
from django.db import connection
from django.db.models import F
from fairground.web.ballots.models import Paper
from fairground.web.ballots import triggers
from fairground.web.participation.models import Round
round, back = Round.objects.get(slug="our-summer"), timedelta(days=30)
with connection.schema_editor() as editor:
    triggers.drop(None, editor)
    for rows in (round.phases, Paper.objects.filter(round=round)):
        rows.update(opens_at=F("opens_at") - back, closes_at=F("closes_at") - back)
    triggers.add(None, editor)
"""


def day(page, label, ahead):
    page.get_by_label(label, exact=True).fill(f"{datetime.now(UTC) + timedelta(ahead):%Y-%m-%d}")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page, name):
    page.locator("main a").filter(has_text=name).first.click()


def dated(page, *, ballot):
    """Date the phases: those before the vote begin today, the vote and what follows so many days from now."""
    for number, name in enumerate(NAMES):
        first = 0 if number < 4 else ballot + 15 * (number - 4)
        day(page, f"{name}: first day", first)
        day(page, f"{name}: last day", first + 14)
    press(page, "Save the dates")


def officer(visit, path=f"{HOME}office/"):
    page = visit("/", java_script_enabled=False)
    sign_in(page, "olive@example.org")
    page.goto(path)
    return page


def sent_on_a_phone(page, *titles):
    for title in titles:
        page.goto(HOME)
        follow(page, "Send an idea")
        page.get_by_label("Your idea in a few words").fill(title)
        page.get_by_label("What should happen, and why?").fill("So that everybody can see films.")
        press(page, "Send my idea")
    expect(page.get_by_role("link", name=titles[-1])).to_be_visible()


def set_up(page):
    follow(page, "Set up a round")
    page.get_by_label("Name of the round").fill("Our summer")
    page.get_by_label("What is it about?").fill("We decide what happens this summer.")
    press(page, "Set up the round")
    follow(page, "Give the phases their days")
    dated(page, ballot=20)
    follow(page, "Add a pot of money")
    page.get_by_label("Name of the pot").fill("Everyone")
    page.get_by_label("How much is in it, in pounds").fill("£20,000")
    press(page, "Add the pot")
    follow(page, "Officers’ page")
    press(page, "Publish the round")


def brought_to_the_vote(page):
    """Merge, check, work out, publish, open: each from what the officers' page says is next."""
    follow(page, "Bring ideas together")
    page.get_by_label(WALL).check()
    page.get_by_label(SCREEN).check()
    page.get_by_label("Title of the new idea").fill(BOTH)
    page.get_by_label("Words of the new idea").fill("A white wall to show films on.")
    page.get_by_label("Why they belong together").fill("Both are films by the sea.")
    press(page, "Bring together")
    page.goto(f"{HOME}office/")
    follow(page, BOTH)
    follow(page, "Decide whether it keeps the rules")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("The reason").fill("A wall lasts.")
    press(page, "Decide")
    follow(page, "Make it a project, to be worked out")
    press(page, "Make it a project")
    page.goto(f"{HOME}office/")
    follow(page, BOTH)
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("What it costs, in pounds").fill("4,500")
    page.get_by_label("How you know").fill("The wall is ours; paint and seats are priced.")
    press(page, "Keep the finding")
    page.goto(f"{HOME}office/")
    press(page, "Publish every finished finding")
    follow(page, "Dates of the phases")
    dated(page, ballot=0)
    follow(page, "Open the vote")
    page.get_by_label("Tick as many projects as you like").check()
    page.get_by_label("Most votes first").check()
    page.get_by_label("Whoever signs in", exact=True).check()
    page.get_by_label("I have checked the days").check()
    press(page, "Freeze and open the vote")
    expect(page.get_by_role("heading", name="The vote is frozen")).to_be_visible()


def voted(page):
    """Vote with one thumb: six presses from the round's page to the receipt."""
    page.goto(HOME)
    page.get_by_role("button", name="Vote", exact=True).click()
    press(page, "Go to my ballot")
    page.get_by_role("checkbox", name=BOTH).check()
    press(page, "Cast my ballot")
    expect(page.get_by_role("heading", name="You have voted")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    press(page, "I have finished: forget me on this device")


def photograph():
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(out, "JPEG")
    return {"name": "wall.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def counted_and_built(page):
    follow(page, "Count the vote")
    press(page, "Count the vote now")
    expect(page.get_by_text("1 of 1 project was chosen")).to_be_visible()
    page.get_by_label("I have read how many ballots can be told apart").check()
    press(page, "Publish the ballots")
    page.goto(f"{HOME}projects/")
    follow(page, BOTH)
    follow(page, "Add a step of the work")
    page.get_by_label("What will be done").fill("The wall is painted")
    day(page, "By which day", 10)
    press(page, "Add")
    page.get_by_role("button", name="Done today").click()
    follow(page, "Write down money spent")
    page.get_by_label("How much, in pounds").fill("4,200")
    page.get_by_label("On what").fill("Paint and seats")
    day(page, "On which day", 0)
    press(page, "Write down")
    follow(page, "Add a photograph")
    page.get_by_label("Photograph").set_input_files(photograph())
    page.get_by_label("What it shows").fill("The white wall")
    press(page, "Add")
    expect(page.get_by_role("img", name="The white wall")).to_be_visible()
    expect(page.get_by_role("heading", name="Money spent: £4,200 of £4,500")).to_be_visible()


def recounted(page, folder):
    """Download the bundle as a stranger and count it in an empty folder that knows nothing of the site."""
    page.goto(f"{HOME}result/")
    with page.expect_download() as sent:
        follow(page, "Download the public bundle")
    sent.value.save_as(folder / "bundle.json")
    command = [str(Path(sys.executable).parent / "fairground"), "power", "budgeting", "verify", "bundle.json"]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("FAIR", "DJANGO"))
    }
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_round_goes_from_the_first_idea_to_a_photograph_and_a_stranger_counts_it_again(visit, tmp_path):
    set_up(officer(visit, "/power/budgeting/"))
    phone = visit("/", width=360, java_script_enabled=False)
    sign_in(phone, "hannah@example.org")
    sent_on_a_phone(phone, WALL, SCREEN)
    brought_to_the_vote(officer(visit))
    phone = visit("/", width=360, java_script_enabled=False)
    sign_in(phone, "hannah@example.org")
    phone.goto("/power/budgeting/mine/")
    expect(phone.get_by_text("Your idea is on the ballot").first).to_be_visible()
    voted(phone)
    demo_python(phone, WEEKS_PASS)
    counted_and_built(officer(visit))
    assert "the bundle is right in all" in recounted(visit("/"), tmp_path)
