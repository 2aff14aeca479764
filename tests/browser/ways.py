"""Pages that no address alone leads to: what a person does to come to each of them.

Each way takes a page of Chromium that is at the front page and leaves it on the page it is named for.
The key is the route, as `addresses.ELSEWHERE` names it, or the number of an error.
"""

import re

from tests.browser.addresses import kept_case
from tests.browser.conftest import add_passkey, demo_python, sign_in
from tests.browser.jury_ways import JURY_WAYS

VOTE = """
from fairground.web.accounts import actions
from fairground.web.ballots.example import REDCAR, load
officer = actions.enrol("redcar@example.org", by=None, name="Rae")
actions.appoint(officer, "officer", place_code=REDCAR, by=None)
print(load(by=officer).round.slug)
"""
JOB = """
from fairground.web.accounts.models import User
from fairground.web.jobs.actions import ask
print(ask("rehearsal", by=User.objects.get(email="ada@example.org")).pk)
"""
JOB_DONE = """
from fairground.web.accounts.models import User
from fairground.web.jobs.models import Job, State
from fairground.web.wealth.funding import bridge
from fairground.web.wealth.funding.formula_forms import FormulaForm
form = FormulaForm.of({})
assert form.is_valid()
found = bridge.many_draws(lambda part: None, choice=bridge.asked_again(form.cleaned_data), draws=500)
ada = User.objects.get(email="ada@example.org")
print(Job.objects.create(kind="sensitivity", asked_by=ada, state=State.DONE, progress=100, result=found).pk)
"""


def code(page):
    page.goto("/account/login/code/")
    page.get_by_label("email", exact=False).first.fill("bo@example.org")
    page.locator("main form button").first.click()
    page.wait_for_url("**/login/code/confirm/")


def newcomer(page):
    page.goto("/account/signup/")
    page.get_by_label("email", exact=False).first.fill("new.resident@example.org")
    page.locator("main form button").first.click()
    page.wait_for_url("**/confirm-email/")


def job(page):
    sign_in(page, "ada@example.org")
    page.goto(f"/jobs/{demo_python(page, JOB)}/")


def job_done(page):
    sign_in(page, "ada@example.org")
    page.goto(f"/jobs/{demo_python(page, JOB_DONE)}/")


ENROL = "from fairground.web.accounts.actions import enrol; enrol({!r}, by=None)"


def keyed(page, email):
    """Sign a new person in and add a passkey, as Chromium's own made-up key."""
    demo_python(page, ENROL.format(email))
    sign_in(page, email)
    add_passkey(page)


def passkey(page, what):
    keyed(page, f"{what}@example.org")
    page.locator(f"main a[href$='/{what}/']").first.click()
    say_again(page)
    page.wait_for_url(f"**/{what}/")


def say_again(page):
    """Show the passkey once more, as the site asks before it changes anything about keys."""
    page.wait_for_url("**/reauthenticate/**")
    page.get_by_text("Use a passkey").first.click()
    page.wait_for_url("**/webauthn/reauthenticate/**")
    page.locator("main button").first.click()
    page.wait_for_url(lambda address: "reauthenticate" not in address)


def edit_passkey(page):
    passkey(page, "edit")


def remove_passkey(page):
    passkey(page, "remove")


def recovery_codes(page):
    keyed(page, "codes@example.org")
    page.goto("/account/2fa/recovery-codes/")
    say_again(page)


def new_recovery_codes(page):
    keyed(page, "newcodes@example.org")
    page.goto("/account/2fa/recovery-codes/generate/")
    say_again(page)


def second_step(page):
    """Sign in by code where a passkey is asked for besides."""
    keyed(page, "second@example.org")
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state("networkidle")
    page.goto("/account/login/code/")
    page.get_by_label("email", exact=False).first.fill("second@example.org")
    page.locator("main button[type=submit], main button").first.click()
    mailbox = page.context.new_page()
    mailbox.goto("/demo/mailbox/")
    found = re.search(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b", mailbox.locator("main").inner_text())
    mailbox.close()
    page.get_by_label("code", exact=False).first.fill(found.group())
    page.locator("main button").first.click()
    page.wait_for_url("**/2fa/authenticate/")


def again_by_code(page):
    keyed(page, "again@example.org")
    page.goto("/account/2fa/reauthenticate/")


def again_by_passkey(page):
    keyed(page, "again.by.key@example.org")
    page.goto("/account/2fa/webauthn/reauthenticate/")


def sealed(page):
    sign_in(page, "hannah@example.org")
    page.goto("/wealth/funding/formula/?pot=2000000")
    page.get_by_role("button", name="Seal this formula").click()
    page.wait_for_url("**/formula/*/")


def vote(page):
    page.goto(f"/ballots/{demo_python(page, VOTE)}/")


def vote_log(page):
    vote(page)
    page.get_by_role("link", name="The public list of ballots").click()


def sheet(page):
    """Come in, tick too much, and have the ballot checked: the page with its map and its errors."""
    vote(page)
    page.get_by_role("button", name="Go to my ballot").click()
    for box in page.get_by_role("checkbox").all()[:5]:
        box.check()
    page.get_by_role("button", name="Work out what is left").click()


def nothing_marked(page):
    """Cast a ballot on which nothing is marked: the page asks whether that is meant."""
    vote(page)
    page.get_by_role("button", name="Go to my ballot").click()
    page.get_by_role("button", name="Cast my ballot").click()


def receipt(page):
    sheet(page)
    page.get_by_role("checkbox").first.uncheck()
    page.get_by_role("button", name="Cast my ballot").click()
    page.wait_for_url("**/receipt/*/")


def office(page):
    page.goto("/")
    slug = demo_python(page, VOTE.replace("load(by=officer)", 'load(by=officer, way="booth")'))
    sign_in(page, "redcar@example.org")
    page.goto(f"/ballots/{slug}/office/")


def batch(page):
    office(page)
    if page.get_by_role("link", name="library").count():
        return page.get_by_role("link", name="library").click()
    page.get_by_label("Name of the batch").fill("library")
    page.get_by_label("Envelopes counted by hand").fill("3")
    return page.get_by_role("button", name="Begin a batch").click()


def unreadable(page):
    page.goto("/places/?" + "a&" * 1001)


def forbidden(page):
    """Send a form without the token that the page gave with it."""
    page.goto("/account/login/code/")
    page.get_by_label("email", exact=False).first.fill("bo@example.org")
    page.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(one => one.remove())")
    page.locator("main form button").first.click()
    page.wait_for_load_state()


def failed(page):
    """Show the page that the site keeps for its own faults, as the site draws it."""
    drawn = demo_python(page, FAILED)
    page.route("**/fails", lambda route: route.fulfill(status=500, content_type="text/html", body=drawn))
    page.goto("/fails")


FAILED = """
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from fairground.web.pages.views import failed
request = RequestFactory().get("/fails")
request.user = AnonymousUser()
print(failed(request).content.decode())
"""


def appealed(page):
    """Mo refused the fireworks, so Ada decides the appeal."""
    sign_in(page, "ada@example.org")
    page.goto("/power/budgeting/redcar-decides/office/")
    page.get_by_role("link", name="Fireworks from the pier").click()
    page.wait_for_url("**/appeals/*/")


def of_case(page, key, who="", name=""):
    """Go to a made-up case of the demo as somebody, and follow a link of it."""
    if who:
        sign_in(page, f"{who}@example.org")
    page.goto(kept_case(key))
    page.locator("main a").filter(has_text=name).first.click()
    page.wait_for_load_state()


def to_write(page):
    of_case(page, "nominated", "omar", "Write it")


def as_sent(page):
    of_case(page, "interim", name="told on")


def to_check(page):
    of_case(page, "say", "ada", "Check what was written")


def last_look(page):
    """Answer every question of a nomination."""
    sign_in(page, "grace@example.org")
    page.goto("/wealth/property/nominate/kind/")
    for told in NOMINATION:
        for name, value in told.items():
            box = page.locator(f"main [name={name}]")
            if box.first.get_attribute("type") == "radio":
                page.locator(f"main [name={name}][value={value}]").check()
            else:
                box.fill(value)
        page.get_by_role("button", name="Continue").click()
        page.wait_for_load_state()


NOMINATION = (
    {"kind": "unincorporated"},
    {"group": "Friends of the Potter", "members": "23", "surplus": "no"},
    {"connection": "We meet in the back room every week."},
    {"title": "The Dancing Potter", "where": "5 Kiln Lane, Fenton", "place": "Stoke-on-Trent"},
    {"boundaries": "The building and its yard."},
    {"use": "now"},
    {"why": "Choirs, clubs and neighbours meet there, and the landlord wants to go on."},
    {"known_owners": "Potter Inns, 2 High Street"},
)
WAYS = {
    **JURY_WAYS,
    "wealth/property/cases/<uuid:pk>/letters/<int:event>/<slug:to>/": (to_write, "Was it sent?"),
    "wealth/property/cases/<uuid:pk>/sent/<int:letter>/": (as_sent, "received notice that the owner"),
    "wealth/property/cases/<uuid:pk>/said/<int:one>/check/": (to_check, "Check what somebody wrote"),
    "wealth/property/nominate/send/": (last_look, "Check before you send it"),
    "power/budgeting/<slug:slug>/appeals/<int:pk>/": (appealed, "Decide the appeal"),
    "account/login/code/confirm/": (code, "code"),
    "account/confirm-email/": (newcomer, "code"),
    "account/2fa/webauthn/keys/<int:pk>/edit/": (edit_passkey, "Edit"),
    "account/2fa/webauthn/keys/<int:pk>/remove/": (remove_passkey, "Remove"),
    "account/2fa/recovery-codes/": (recovery_codes, "ecovery"),
    "account/2fa/recovery-codes/generate/": (new_recovery_codes, "ecovery"),
    "account/2fa/authenticate/": (second_step, "key"),
    "account/2fa/reauthenticate/": (again_by_code, "code"),
    "account/2fa/webauthn/reauthenticate/": (again_by_passkey, "key"),
    "jobs/<uuid:pk>/": (job, "Shows that the worker works"),
    "jobs/<uuid:pk>/ with its result": (job_done, "almost always get more than an equal share"),
    "wealth/funding/formula/<str:digest>/": (sealed, "A sealed formula"),
    "ballots/<slug:slug>/": (vote, "the vote"),
    "ballots/<slug:slug>/log/": (vote_log, "The log of ballots"),
    "ballots/<slug:slug>/ballot/": (sheet, "Your ballot"),
    "ballots/<slug:slug>/cast/": (nothing_marked, "You marked nothing"),
    "ballots/<slug:slug>/receipt/<str:code>/": (receipt, "You have voted"),
    "ballots/<slug:slug>/office/": (office, "Run the vote"),
    "ballots/<slug:slug>/office/batches/<int:pk>/": (batch, "Batch library"),
    "400": (unreadable, "We could not read that"),
    "403": (forbidden, "This page is not for you"),
    "500": (failed, "Something went wrong on our side"),
}
