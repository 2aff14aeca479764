"""A group makes its plan on a phone, without JavaScript: step by step, an answer, an undo, a friend."""

from playwright.sync_api import expect

from tests.browser.conftest import new_context, sign_in


def fill(page, **boxes):
    for name, text in boxes.items():
        box = page.locator(f"[name={name}]")
        box.select_option(text) if box.evaluate("box => box.tagName") == "SELECT" else box.fill(text)


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_plan_from_the_first_step_to_a_verdict_on_a_phone(chromium, site):
    context = new_context(chromium, site, viewport={"width": 320, "height": 700}, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "bea@example.org")  # rosa adds a passkey elsewhere, and then needs it
    page.goto("/wealth/finance/")
    page.get_by_role("button", name="Begin a plan").click()
    fill(page, name="Save the Net Loft", start="2027-04", opening="50000")
    save(page)
    page.get_by_role("link", name="Add something to pay for").click()
    fill(page, name="The hall", kind="purchase", pounds="lots")
    save(page)
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("The hall")
    fill(page, pounds="£150,000")
    save(page)
    page.get_by_role("link", name="Add a grant").click()
    fill(page, name="A trust", pounds="140000")
    save(page)
    page.get_by_role("link", name="Add a line of income").click()
    fill(page, name="Hire", kind="hire", pounds="3000", occupancy="60%")
    save(page)
    page.get_by_role("link", name="Add a running cost").click()
    fill(page, name="Everything", kind="other", pounds="1200")
    save(page)
    verdict = page.locator(".fg-answer__headline")
    expect(verdict).to_contain_text("Save the Net Loft: this plan holds.")
    assert fits(page)
    page.get_by_role("link", name="Everything: £1,200 a month").click()
    fill(page, pounds="2200")
    save(page)
    expect(verdict).to_contain_text("does not hold as it is")
    page.get_by_role("link", name="Who changed what, and undo").click()
    page.get_by_role("button", name="Go back to this edition 5").click()
    page.get_by_role("link", name="Back to the plan").click()
    expect(verdict).to_contain_text("this plan holds")
    page.get_by_role("button", name="See the whole answer").click()
    expect(page.get_by_role("heading", name="What we do not know")).to_be_visible()
    assert fits(page)
    page.go_back()
    page.get_by_role("link", name="The group: invite people").click()
    page.get_by_role("button", name="Invite").click()
    link = page.locator("main code").inner_text()
    friend = new_context(chromium, site, java_script_enabled=False).new_page()
    sign_in(friend, "grace@example.org")
    friend.goto(link)
    friend.get_by_role("button", name="Join").click()
    expect(friend.get_by_role("heading", level=1)).to_have_text("Save the Net Loft")
    friend.context.close()
    context.close()
