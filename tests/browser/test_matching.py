"""Two lists side by side: on a phone, without JavaScript, a person answers and takes the answer back."""

from uuid import NAMESPACE_URL, uuid5

from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.test_rounds import press

MERGE = f"/wealth/property/matching/{uuid5(NAMESPACE_URL, 'fairground-matching:hastings')}/"


def test_a_person_on_a_phone_answers_about_pairs_by_keyboard_and_takes_an_answer_back(visit):
    page = visit("/", width=320, java_script_enabled=False)
    sign_in(page, "petra@example.org")
    page.goto(MERGE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="Look at").click()
    expect(page.get_by_role("heading", name="Are these the same?", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    first = page.url
    page.get_by_role("button", name="I cannot tell").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Your answer is kept.")
    assert page.url != first
    page.goto(first)
    expect(page.get_by_text("The answer is: cannot tell.")).to_be_visible()
    press(page, "Take the answer back")
    expect(page.get_by_role("button", name="Yes, the same")).to_be_visible()
