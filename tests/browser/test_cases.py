"""A right to bid in the browser: a group on a phone nominates a pub, and every date up to a sale is right.

All of it without JavaScript at 320 pixels; axe looks at each page on the way.
"""

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta

from tests.browser.conftest import demo_python, sign_in
from tests.browser.test_accessibility import faults
from tests.browser.ways import NOMINATION

HALF_A_YEAR_PASSES = """
from datetime import timedelta
from fairground.web.wealth.property.models import CaseEvent
for event in CaseEvent.objects.filter(case={!r}):
    CaseEvent.objects.filter(pk=event.pk).update(day=event.day - timedelta(days=200))
"""


def told(day):
    return f"{day.day} {day:%B %Y}"


def beginning_with(day, months):
    """Return the last day of so many months beginning with a day, counted by hand."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    longest = monthrange(year, month + 1)[1]
    if day.day > longest:
        return day.replace(year=year, month=month + 1, day=longest)
    return day.replace(year=year, month=month + 1) - timedelta(days=1)


def phone(visit, who=""):
    page = visit("/", width=320, java_script_enabled=False)
    if who:
        sign_in(page, f"{who}@example.org")
    return page


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def follow(page, name):
    page.locator("main a").filter(has_text=name).first.click()
    page.wait_for_load_state()


def answer(page, told_):
    for name, value in told_.items():
        box = page.locator(f"main [name={name}]")
        if box.first.get_attribute("type") == "radio":
            page.locator(f"main [name={name}][value={value}]").check()
        else:
            box.fill(value)


def record(page, address, kind, day, note=""):
    page.goto(f"{address}record/")
    page.locator(f"main [value={kind}]").check()
    page.locator("main [name=day]").fill(f"{day:%Y-%m-%d}")
    page.locator("main [name=note]").fill(note)
    press(page, "Record it")


def nominated(page):
    """Nominate as a group that first gives too few members, and return the address of the case."""
    page.goto("/wealth/property/")
    follow(page, "Nominate a building or land")
    follow(page, "Start")
    for number, one in enumerate(NOMINATION):
        if "members" in one:
            answer(page, {**one, "members": "20"})
            press(page, "Continue")
            assert "needs 21 members (SI 2012/2421, regulation 5(1)(c))" in page.locator("main").inner_text()
        answer(page, one)
        press(page, "Continue")
        assert page.locator("h1").count() == 1, number
    page.locator("main [name=true]").check()
    press(page, "Send it to the council")
    return re.sub(r"^https?://[^/]+", "", page.url)


def test_a_community_group_takes_a_pub_from_a_form_to_a_sale_with_every_date_right(visit):
    today = datetime.now(UTC).date()
    page = phone(visit, "grace")
    address = nominated(page)
    body = page.locator("main").inner_text()
    assert told(today + timedelta(weeks=8)) in body
    assert "SI 2012/2421, regulation 7" in body

    page = phone(visit)
    assert page.goto(address).status == 404
    page = phone(visit, "omar")
    page.goto(address)
    follow(page, "Check the words of the nomination")
    press(page, "Keep this decision")
    record(page, address, "list", today)
    record(page, address, "notice-of-listing", today)
    record(page, address, "notice-of-sale", today)
    follow(page, "Write it to the neighbourhood")
    assert told(today + timedelta(days=41)) in page.locator("main").inner_text()
    press(page, "Keep it as sent")
    page.goto(f"{address}record/?earlier=yes")
    page.locator("main [value=sell]").check()
    page.locator("main [name=day]").fill(f"{today:%Y-%m-%d}")
    press(page, "Record it")
    assert "Localism Act 2011, section 95(1)" in page.locator(".govuk-error-summary").inner_text()
    record(page, address, "ask-to-bid", today, "The Friends of the Potter")

    page = phone(visit)
    page.goto(address)
    body = page.locator("main").inner_text()
    for day in (beginning_with(today, 60), beginning_with(today, 6), beginning_with(today, 18)):
        assert told(day) in body
    assert f"The owner sells to anyone else, until the end of {told(beginning_with(today, 6))}" in body
    demo_python(page, HALF_A_YEAR_PASSES.format(address.split("/")[-2]))
    page.reload()
    body = page.locator("main").inner_text()
    assert "the owner may sell to anyone" in body
    assert told(beginning_with(today - timedelta(days=200), 18)) in body

    looked_at = visit("/", width=320, bypass_csp=True)
    for path in (address, f"{address}sent/", "/wealth/property/nominate/"):
        if not path.endswith("sent/"):
            looked_at.goto(path)
        else:
            follow(looked_at, "told on")
        assert faults(looked_at) == [], path
        assert looked_at.evaluate("document.documentElement.scrollWidth") <= 320


def test_neighbours_have_their_say_and_the_council_answers(visit):
    page = phone(visit)
    page.goto("/wealth/property/cases/")
    follow(page, "Hanley market hall")
    follow(page, "Have your say")
    page.locator("main [name=words]").fill("Let the choir in. Jo Doe of 5 Kiln Lane agrees.")
    press(page, "Send it to the council")
    assert "has reached the council" in page.locator("main").inner_text()
    assert "Let the choir in" not in page.locator("main").inner_text()

    page = phone(visit, "omar")
    page.goto("/wealth/property/cases/office/")
    page.locator("main a").filter(has_text="about Hanley market hall").last.click()
    page.locator("main [name=words]").fill("Let the choir in. [left out]")
    press(page, "Keep this decision")
    assert "Give the reason" in page.locator("main").inner_text()
    page.locator("main [name=reason]").fill("It names a private person")
    press(page, "Keep this decision")
    said = page.locator("article").filter(has_text="Let the choir in")
    said.get_by_role("link", name="Answer it").click()
    page.locator("main [name=words]").fill("The choir has a room on Tuesdays.")
    press(page, "Publish the response")

    page = phone(visit)
    page.goto("/wealth/property/cases/")
    follow(page, "Hanley market hall")
    body = page.locator("main").inner_text()
    assert "The choir has a room on Tuesdays." in body
    assert "Jo Doe" not in body
