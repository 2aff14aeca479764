"""What a person does to come to each page of a jury that no address alone leads to: see ways.py."""

from tests.browser.conftest import demo_python

JURY = """
from datetime import timedelta
from django.utils import timezone
from fairground.web.accounts import actions
from fairground.web.power.juries.actions import juries
from fairground.web.power.juries.models import Jury
if not Jury.objects.filter(round__slug="open-jury").exists():
    officer = actions.enrol("open.jury@example.org", by=None, name="Opal")
    actions.appoint(officer, "officer", place_code="E06000021", by=None)
    now, today = timezone.now(), timezone.localdate()
    jury = juries.create_jury(
        by=officer, place_code="E06000021", title="Open jury", summary="Ours", question="What shall we do?",
        remit="All", decider="The cabinet", size=4, answer_by=today + timedelta(days=90),
        registration_opens=now - timedelta(days=1), registration_closes=now + timedelta(days=9),
        erase_on=today + timedelta(days=60),
    )
    values = tuple(juries.Value(name, 1, 3) for name in ("Under 40", "40 or over"))
    juries.set_targets(jury, [juries.Asked("Age", "How old are you?", values)], by=officer)
    juries.publish_jury(jury, by=officer)
"""


def jury_question(page):
    """Answer the first questions of an open jury."""
    demo_python(page, JURY)
    page.goto("/power/juries/open-jury/volunteer/")
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Under 40").check()
    page.get_by_role("button", name="Continue").click()


def jury_check(page, name="Willa Way"):
    jury_question(page)
    page.get_by_label("Name").fill(name)
    page.get_by_label("House number and street").fill("5 Kiln Lane")
    page.get_by_label("Postcode").fill("ST1 1AA")
    page.get_by_label("Email").fill("willa@example.org")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Continue").click()


def jury_done(page, name="Wanda Way"):
    jury_check(page, name)
    page.get_by_role("button", name="I would sit on this jury").click()


def jury_mine(page, link, name):
    jury_done(page, name)
    code = page.locator(".fg-receipt").inner_text()
    page.goto("/power/juries/open-jury/mine/")
    page.get_by_label("Your own code").fill(code)
    page.get_by_role("button", name="Show my page").click()
    page.get_by_role("link", name=link, exact=True).click()


def jury_correct(page):
    jury_mine(page, "Correct it", "Wim Way")


def jury_withdraw(page):
    jury_mine(page, "Withdraw", "Wyn Way")


JURY_WAYS = {
    "power/juries/<slug:slug>/volunteer/<slug:step>/": (
        jury_question,
        "How can we reach you?",
    ),
    "power/juries/<slug:slug>/volunteer/check/": (jury_check, "Check your answers"),
    "power/juries/<slug:slug>/volunteer/done/": (jury_done, "You are in the pool"),
    "power/juries/<slug:slug>/mine/change/": (jury_correct, "Correct what you told us"),
    "power/juries/<slug:slug>/mine/withdraw/": (jury_withdraw, "Do you want to withdraw?"),
}
