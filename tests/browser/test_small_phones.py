"""On a narrow phone without JavaScript: answers in two clicks, large letters, tables that show they slide."""

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import ASSET, HALL, REDCAR, STOKE
from tests.browser.test_accessibility import CONTRAST, faults

LETTERS = """() => [...document.querySelectorAll("main svg text")]
    .filter(one => one.checkVisibility())
    .map(one => [one.textContent, parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a])"""
QUIET_TABLES = """() => [...document.querySelectorAll(".fg-table-wrap")]
    .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
    .filter(one => !getComputedStyle(one).backgroundImage.includes("gradient"))
    .map(one => one.getAttribute("aria-label"))"""
CHARTS = (
    "/wealth/inequality/gap/",
    "/wealth/funding/formula/",
    "/places/stoke-on-trent/",
    f"{HALL}assets/{ASSET}/",
    f"{REDCAR}projects/",
    "/opportunity/greenspace/coverage/",
)


@pytest.fixture
def phone(visit):
    """Return a function that opens a path on a phone of 320 pixels that runs no scripts."""
    return lambda path="/": visit(path, width=320, java_script_enabled=False)


@pytest.mark.parametrize(
    ("clicks", "told"),
    [
        (["Stoke-on-Trent"], "Stoke-on-Trent is in the worst fifth"),
        (["See our answer"], "£43.08 a year for each person in Stoke-on-Trent"),
        (["Redcar and Cleveland", "Where can people meet?"], "with a place on the map"),
        (["Redcar and Cleveland", "Redcar Decides"], "You decide how"),
    ],
)
def test_an_answer_is_two_clicks_away(phone, clicks, told):
    page = phone()
    for name in clicks:
        page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    expect(page.locator("main")).to_contain_text(told)


def test_the_question_and_its_box_fit_the_first_screen(phone):
    page = phone()
    for part in (page.get_by_role("heading", level=1), page.get_by_label("Your place")):
        box = part.bounding_box()
        assert box["y"] + box["height"] < 640


def test_what_a_place_is_told_comes_before_all_else(phone):
    page = phone("/places/redcar-and-cleveland/")
    assert page.locator(".fg-answer__headline").bounding_box()["y"] < 640


def test_the_menu_opens_without_scripts_and_leads_on(phone):
    page = phone()
    link = page.get_by_role("link", name="Juries", exact=True)
    expect(link).to_be_hidden()
    page.get_by_text("Menu", exact=True).click()
    assert link.bounding_box()["height"] >= 44
    link.click()
    assert page.url.endswith("/power/juries/")


def test_axe_finds_nothing_in_the_open_menu(visit):
    page = visit("/places/", width=320, bypass_csp=True)
    page.get_by_text("Menu", exact=True).click()
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, CONTRAST) == []


def test_where_there_is_room_the_menu_is_a_row(visit):
    page = visit("/", width=1280)
    expect(page.get_by_text("Menu", exact=True)).to_be_hidden()
    expect(page.get_by_role("link", name="Juries", exact=True)).to_be_visible()


@pytest.mark.parametrize("path", CHARTS)
def test_no_letter_of_a_chart_is_smaller_than_eleven_pixels(phone, path):
    letters = phone(path).evaluate(LETTERS)
    assert letters
    assert [(words, size) for words, size in letters if size < 11] == []


@pytest.mark.parametrize("path", [STOKE, "/data/", "/wealth/inequality/convergence/", "/places/north-east/"])
def test_a_table_that_slides_shows_that_it_does(phone, path):
    assert phone(path).evaluate(QUIET_TABLES) == []


def test_a_place_fits_on_paper_with_every_column(visit):
    page = visit("/places/stoke-on-trent/", width=718)  # A4 within its margins, at 96 dots to the inch
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    assert page.locator(".fg-table td:last-child").first.bounding_box()["x"] < 718
    after = "one => getComputedStyle(one, '::after').content"
    assert page.locator(".fg-card a").first.evaluate(after) == "none"
    assert "https" in page.locator(".fg-sources a").first.evaluate(after)
