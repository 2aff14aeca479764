"""What people come to do: ask, share, sign in, seal; by mouse, by keyboard, without JavaScript, on paper."""

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.addresses import OPEN, STOKE
from tests.browser.conftest import add_passkey, new_context, sign_in

PAPER = "@media print"
FORM = "main form:not([hidden])"  # a hidden one is for a script to send


def test_the_stoke_question_is_answered_from_the_first_page(visit):
    page = visit("/", width=360)
    page.get_by_label("Your place").fill("stoke on trant")
    page.get_by_role("button", name="Find my place").click()
    page.get_by_role("link", name="Stoke-on-Trent").first.click()
    page.get_by_role("link", name="Is an award fair?").click()
    page.get_by_label("How many pounds").fill("£56 million")
    page.get_by_role("button", name="Show the answer").click()
    headline = page.locator(".fg-answer__headline")
    expect(headline).to_contain_text("Stoke-on-Trent")
    expect(headline).to_contain_text("£43.08")
    expect(page.get_by_role("heading", name="Where the numbers come from")).to_be_visible()
    assert page.locator(".fg-sources a").count() >= 3


def test_a_page_of_each_part_is_whole_without_javascript(visit):
    some = ("/", "/places/stoke-on-trent/", STOKE, "/power/budgeting/redcar-decides/ideas/", "/data/")
    with_it = {path: words(page, path) for page in [visit("/")] for path in some}
    without = {path: words(page, path) for page in [visit("/", java_script_enabled=False)] for path in some}
    for path in some:
        assert with_it[path] == without[path], path


def words(page, path):
    page.goto(path)
    return page.locator("main").text_content().split()


def test_every_question_can_be_asked_without_javascript(visit):
    asked, page = 0, visit("/", java_script_enabled=False)
    for path in (path for path in OPEN if "?" not in path and "/account/" not in path):
        page.goto(path)
        for at in range(page.locator(FORM).count()):
            if at:
                page.goto(path)
            with page.expect_navigation() as gone:
                page.locator(FORM).nth(at).locator("button").last.click()
            assert gone.value.status in (200, 400), page.url
            assert page.locator("h1").count() == 1
            asked += 1
    assert asked >= 8


def test_a_place_is_found_without_javascript(visit):
    page = visit("/", java_script_enabled=False)
    page.get_by_label("Your place").fill("hull")
    page.get_by_role("button", name="Find my place").click()
    expect(page.get_by_role("heading", name="Kingston upon Hull")).to_be_visible()


def test_the_front_page_asks_about_an_award_in_one_step(visit):
    page = visit("/", java_script_enabled=False)
    page.get_by_label("Who was given it").fill("Stoke")
    page.get_by_label("How many pounds").fill("£56 million")
    page.get_by_role("button", name="Is it fair?").click()
    expect(page.locator(".fg-answer__headline")).to_contain_text("£43.08")


def test_a_misspelt_address_of_a_place_offers_the_right_one(visit):
    page = visit("/places/stoke-on-trnt/")
    page.locator("main").get_by_role("link", name="Stoke-on-Trent").click()
    page.wait_for_url("**/places/stoke-on-trent/")


def test_the_keyboard_is_enough(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Your place")).to_be_focused()
    page.keyboard.type("redcar")
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/**")
    expect(page.get_by_role("heading", name="Redcar and Cleveland", level=1)).to_be_visible()


def test_what_is_wrong_is_said_beside_the_field_and_listed_first(visit):
    page = visit("/wealth/funding/award/")
    page.get_by_label("Place").fill("Atlantis")
    page.get_by_label("How many pounds").fill("minus five")
    page.get_by_role("button", name="Show the answer").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert page.title().startswith("Error: ")
    page.locator(".govuk-error-summary a").first.click()
    assert page.evaluate("document.activeElement.tagName") in {"INPUT", "SELECT"}


def test_reading_leaves_no_cookie_but_that_of_the_forms(chromium, site):
    context = new_context(chromium, site)
    page = context.new_page()
    for path in OPEN[::6]:
        page.goto(path)
    assert [cookie["name"] for cookie in context.cookies() if cookie["name"] not in {"csrftoken"}] == []
    context.close()


def test_the_first_page_is_light(chromium, site):
    context = new_context(chromium, site)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto("/", wait_until="networkidle")
    assert len(sizes) >= 4
    assert sum(sizes) < 150_000
    context.close()


def test_an_answer_prints_without_menus(visit):
    page = visit(STOKE)
    page.emulate_media(media="print")
    expect(page.locator(".fg-header__nav")).to_be_hidden()
    expect(page.locator("form.fg-form")).to_be_hidden()
    expect(page.locator(".fg-answer__headline")).to_be_visible()
    assert page.pdf().startswith(b"%PDF")


def test_an_answer_downloads_with_its_sources(visit):
    page = visit(STOKE)
    with page.expect_download() as started:
        page.get_by_role("link", name="JSON", exact=True).click()
    whole = json.loads(Path(started.value.path()).read_text("utf-8"))
    assert whole["sources"]
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert started.value.suggested_filename.endswith(".csv")


def test_a_formula_can_be_shared_sealed_and_run_again(visit, signed_in):
    page = visit("/wealth/funding/formula/", storage_state=signed_in)
    page.get_by_label("Pounds to share out").fill("1,000,000")
    page.get_by_role("button", name="Show who gets what").click()
    assert "pot=1%2C000%2C000" in page.url
    page.get_by_role("button", name="Seal this formula").click()
    page.wait_for_url("**/formula/*/")
    page.get_by_role("button", name="Run it again").click()
    expect(page.get_by_role("status")).to_contain_text("same amounts, to the penny")


def test_a_person_can_add_a_passkey_and_sign_in_with_it(visit):
    page = visit("/")
    sign_in(page, "rosa@example.org")
    add_passkey(page, alone=True)
    expect(page.locator("main")).to_contain_text("My phone")
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state("networkidle")
    page.goto("/account/login/code/")
    page.get_by_role("button", name="passkey").click()
    page.wait_for_url("**/account/")
    expect(page.locator("main")).to_contain_text("rosa@example.org")
