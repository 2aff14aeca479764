"""A list goes from a file to the map without JavaScript on a phone; the moving map gathers what is near."""

from playwright.sync_api import expect

from fairground.web.wealth.register import example_lists as lists
from tests.browser.conftest import sign_in
from tests.browser.test_rounds import press

HOME = "/wealth/property/register/"


def test_an_officer_on_a_phone_brings_a_spreadsheet_onto_the_map_and_takes_it_back(visit, tmp_path):
    book = tmp_path / "Property list.xlsx"
    book.write_bytes(lists.as_workbook(lists.REDCAR, lists.made(lists.REDCAR, 120, seed=7)))
    page = visit("/", width=320, java_script_enabled=False)
    sign_in(page, "petra@example.org")
    page.goto(f"{HOME}new/")
    page.get_by_label("Name of the register").fill("Trial of a list")
    page.get_by_label("Whose property it lists").fill("Redcar and Cleveland Borough Council")
    page.get_by_label("Place").select_option(label="Redcar and Cleveland")
    press(page, "Set it up")
    page.get_by_role("link", name="Take in your list, as it is").click()
    page.get_by_label("The list").set_input_files(book)
    press(page, "Send the list")
    expect(page.get_by_label("Property Name")).to_have_value("name")
    expect(page.get_by_label("Eastings")).to_have_value("easting")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    press(page, "Take the list in")
    expect(page.locator(".fg-answer__headline")).to_contain_text("120 new, 0 changed")
    page.get_by_role("link", name="See the register and its map").click()
    expect(page.locator(".fg-answer__headline")).to_contain_text("120 assets")
    assert page.locator(".fg-mapbox__still svg").count() == 1
    page.goto(f"{HOME}trial-of-a-list/office/")
    page.get_by_role("link", name="Property list.xlsx").click()
    page.get_by_label("Why?").fill("Only a trial")
    press(page, "Undo this list")
    expect(page.get_by_text("Undone on")).to_be_visible()


def test_the_moving_map_gathers_what_is_near_and_leads_to_the_page_of_an_asset(visit):
    page = visit(f"{HOME}hastings-property/")
    page.get_by_role("button", name="Open the moving map").click()
    frame = page.locator("[data-fg-map][data-ready=yes]")
    expect(frame).to_be_visible()
    shown = page.evaluate(
        "fetch('?format=map').then((sent) => sent.json()).then((held) => held.features.length)"
    )
    assert shown > 600
    expect(page.locator(".maplibregl-canvas")).to_be_visible()


def test_somebody_follows_a_place_from_the_page_to_the_letter_and_stops(visit):
    page = visit(f"{HOME}?district=E07000062", width=320, java_script_enabled=False)
    page.get_by_role("link", name="By email: Hastings").click()
    page.get_by_label("Your email address").fill("ned@example.org")
    press(page, "Send me the first letter")
    page.goto("/demo/mailbox/")
    words = page.locator("main").inner_text()
    page.goto("/wealth" + words.split("To say yes: ")[1].split()[0].split("/wealth", 1)[1])
    press(page, "Yes, write to me")
    expect(page.get_by_role("heading", name="You follow public property in Hastings")).to_be_visible()
