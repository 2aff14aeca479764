"""Asking councils in the browser: a campaign from its letters to an estimate that each answer moves.

All of it without JavaScript at 320 pixels; each page fits. Axe looks at the campaign as it has grown.
"""

import re

from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import faults
from tests.browser.test_cases import follow, phone, press

ASKED = ("Stoke-on-Trent", "Stafford", "Newcastle-under-Lyme", "Cannock Chase")
TITLE = "What was sold around Stoke"
STOKE, STAFFORD, NEWCASTLE = "E06000021", "E07000197", "E07000195"
SENT, LAST_DAY = "2025-09-02", "30 September 2025"  # a Tuesday, then twenty days without a bank holiday
LIST = "Asset,Address,Date of sale,Price,Buyer\n" + "".join(
    f"Plot {n},{n} High Street,0{n}/05/2019,{n}0000,Ann Lee\n" for n in range(1, 10)
)


def looked_at(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url


def begun(page):
    page.goto("/wealth/property/requests/new/")
    looked_at(page)
    told = {"title": TITLE, "place": "Stoke-on-Trent", "councils": "\n".join(ASKED),
            "first_year": "2015/16", "last_year": "2024/25", "sent_on": SENT}  # fmt: skip
    for name, value in told.items():
        page.locator(f"main [name={name}]").fill(value)
    press(page, "Begin")
    return re.sub(r"^https?://[^/]+", "", page.url)


def listed(page, address, council, text, day):
    page.goto(f"{address}{council}/list/")
    file = {"name": "sold.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("main [name=file]").set_input_files(file)
    page.locator("main [name=received_on]").fill(day)
    press(page, "Add it")


def total(page, address):
    page.goto(address)
    follow(page, "How many did all of them sell?")
    looked_at(page)
    return page.locator(".fg-answer__headline").inner_text()


def test_a_campaign_goes_from_its_letters_to_an_estimate_that_moves_with_each_answer(visit):
    page = phone(visit, "omar")
    address = begun(page)
    looked_at(page)
    body = page.locator("main").inner_text()
    assert LAST_DAY in body
    assert "0 of 4 councils told us what they sold: 0 in all. 4 are late." in body
    follow(page, "The letter")
    looked_at(page)
    assert "April of 2015 to March of 2025" in page.locator("main").inner_text()

    page.goto(f"{address}{STAFFORD}/")
    looked_at(page)
    page.locator("main [name=outcome]").select_option("answered")
    page.locator("main [name=ended_on]").fill("2025-09-01")
    page.locator("main [name=said_number]").fill("4")
    press(page, "Keep this")
    assert page.locator(".govuk-error-summary").count() == 1  # before the letters went
    page.locator("main [name=ended_on]").fill("2025-09-30")
    press(page, "Keep this")
    listed(page, address, STOKE, LIST, "2025-10-01")
    looked_at(page)

    page.goto(address)
    assert (
        "2 of 4 councils told us what they sold: 13 in all. 2 are late." in page.locator("main").inner_text()
    )
    table = page.request.get(f"{address}table.csv").text()
    assert table.count("Plot ") == 9
    assert "Ann Lee" not in table
    before = total(page, address)
    listed(page, address, NEWCASTLE, LIST + "Yard,9 High Street,09/06/2020,5,\n", "2025-10-05")
    after = total(page, address)
    assert re.search(r"About \d", before)
    assert after != before

    page = phone(visit)
    page.goto(address)
    assert "3 of 4 councils told us" in page.locator("main").inner_text()
    assert page.get_by_role("link", name="Record what it did").count() == 0

    page = visit("/", width=320, bypass_csp=True)  # axe is a script
    sign_in(page, "omar@example.org")
    for part in ("", f"{STOKE}/", f"{STAFFORD}/", f"{STOKE}/list/", f"{STOKE}/letter/", "estimate/?claim=9"):
        page.goto(f"{address}{part}")
        assert faults(page) == [], part
