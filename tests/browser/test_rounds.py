"""A round in the browser: a resident sends an idea on a small phone, an officer takes it on to the vote."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.conftest import sign_in

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


def day(page, label, ahead):
    page.get_by_label(label, exact=True).fill(f"{datetime.now(UTC) + timedelta(ahead):%Y-%m-%d}")


def press(page, name):
    page.get_by_role("button", name=name).click()


def test_an_officer_takes_a_round_from_nothing_to_the_vote_and_a_resident_takes_part(visit):
    page = visit("/", java_script_enabled=False)
    sign_in(page, "olive@example.org")
    page.goto("/power/budgeting/")
    press_link(page, "Set up a round")
    page.get_by_label("Name of the round").fill("Our summer")
    page.get_by_label("What is it about?").fill("We decide what happens this summer.")
    press(page, "Set up the round")
    press_link(page, "Dates of the phases")
    for number, name in enumerate(NAMES):
        day(page, f"{name}: first day", 0 if number < 4 else number * 20)
        day(page, f"{name}: last day", number * 20 + 15)
    press(page, "Save the dates")
    press_link(page, "Pots of money")
    page.get_by_label("Name of the pot").fill("Everyone")
    page.get_by_label("How much is in it, in pounds").fill("£20,000")
    press(page, "Add the pot")
    press_link(page, "Officers’ page")
    press(page, "Publish the round")

    phone = visit(HOME, width=320, java_script_enabled=False)
    sign_in(phone, "hannah@example.org")
    phone.goto(HOME)
    press_link(phone, "Send an idea")
    phone.get_by_label("Your idea in a few words").fill("A film night on the beach wall")
    phone.get_by_label("What should happen, and why?").fill("A white wall to show films on.")
    press(phone, "Send my idea")
    expect(phone.get_by_role("link", name="A film night on the beach wall")).to_be_visible()

    page = visit("/", java_script_enabled=False)
    sign_in(page, "olive@example.org")
    page.goto(f"{HOME}office/")
    press_link(page, "A film night on the beach wall")
    press_link(page, "Decide whether it keeps the rules")
    page.get_by_label("Does the idea keep the rules?").select_option("yes")
    page.get_by_label("The reason").fill("A wall lasts.")
    press(page, "Decide")
    press_link(page, "Make it a project, to be worked out")
    press(page, "Make it a project")
    page.get_by_role("link", name="A film night on the beach wall").last.click()
    press_link(page, "Write down what was found")
    page.get_by_label("Can it be done?").select_option("yes")
    page.get_by_label("What it costs, in pounds").fill("4,500")
    page.get_by_label("How you know").fill("The wall is ours; paint and seats are priced.")
    press(page, "Keep the finding")
    page.goto(f"{HOME}office/")
    press(page, "Publish every finished finding")
    press_link(page, "Open the vote")
    page.get_by_label("Who may vote?").select_option("account")
    press(page, "Freeze and open the vote")
    expect(page.get_by_role("heading", name="The vote is frozen")).to_be_visible()
    page.goto(HOME)
    expect(page.get_by_role("button", name="The vote")).to_be_visible()


def press_link(page, name):
    page.locator("main a").filter(has_text=name).first.click()
