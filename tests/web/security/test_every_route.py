"""Whatever is sent to any route, by any method, in any form, signed in or not: never a fault of the site."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from fairground.web.power.budgeting.actions.projects import assess, publish_findings, take_forward
from fairground.web.power.budgeting.actions.rulings import appeal, rule
from fairground.web.wealth.finance import bridge
from fairground.web.wealth.finance.actions import create_plan, invite
from fairground.web.wealth.property.actions.cases import open_case, record_event
from fairground.web.wealth.property.actions.letters import send_letter
from fairground.web.wealth.property.actions.words import represent
from tests.web.ballots.conftest import letters, make_paper, paper
from tests.web.pages.test_every_page_is_listed import routes
from tests.web.power.budgeting.conftest import idea, town
from tests.web.power.juries.conftest import jury, make_jury
from tests.web.wealth.register.conftest import kept_register

__all__ = ["idea", "jury", "letters", "make_jury", "make_paper", "paper", "town"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOBODY = "00000000-0000-4000-8000-000000000000"
METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "BREW")
BODIES = (
    (b"[[[{", "application/json; charset=utf-99"),
    (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
    (b"a=1", "multipart/form-data"),
    (b"\xff\xfe%00=%zz&&=&a", "application/x-www-form-urlencoded"),
)
VALUES = ("\0", "9" * 400, "-1e999", "2026-02-31", "🎪" * 90)
FILES = (
    b"",
    b"PK\x03\x04 no workbook",
    b"\x89PNG\r\n\x1a\n no picture",
    b"\xff\xfei\0d\0",
    b'id,cost\n1,\xa35\n"',
)


@pytest.fixture
def things(town, idea, paper, bob, jury, settings, tmp_path):
    """Return what stands behind each kind of address: an idea, a project, an appeal, a vote and so on."""
    settings.MEDIA_ROOT = tmp_path
    bench, bad = idea(), idea("Bad")
    rule(bench, by=town.mo, accepted=True, reason="Fine")
    made = appeal(rule(bad, by=town.mo, accepted=False, reason="No"), by=town.rita, words="Please")
    project = take_forward(bench, by=town.asif, pot=town.pot)
    assess(project, by=town.asif, feasible=True, cost_pence=100, reason="Asked")
    publish_findings(town.round, by=town.asif)
    case, said, letter = kept_case(town.officer)
    register, asset, sent, told = kept_register(bob, town.rita)
    plan = create_plan(by=bob, content=bridge.example(), words="Began")
    return {
        "finance/plans/<uuid:pk>": f"finance/plans/{plan.pk}",
        "finance/join/<str:token>": f"finance/join/{invite(plan, by=bob, role='reader')}",
        "people/<int:member>": f"people/{plan.members.get().pk}",
        "<slug:part>/<int:line>": "income/1",
        "<slug:part>": "about",
        "history/<int:number>": "history/1",
        "plan.<str:format>": "plan.docx",
        "ballots/<slug:slug>": f"ballots/{paper.round.slug}",
        "power/juries/<slug:slug>": f"power/juries/{jury.round.slug}",
        "<slug:step>": "name",
        "power/budgeting/<slug:slug>": f"power/budgeting/{town.round.slug}",
        "ideas/<uuid:pk>": f"ideas/{bad.pk}",
        "projects/<uuid:pk>": f"projects/{project.pk}",
        "appeals/<int:pk>": f"appeals/{made.pk}",
        "rulings/<int:pk>": f"rulings/{made.ruling_id}",
        "people/<int:pk>": f"people/{town.round.roles.first().pk}",
        "pots/<int:pk>": f"pots/{town.pot.pk}",
        "<str:deed>": "close",
        "property/register/<slug:slug>": f"property/register/{register.slug}",
        "assets/<uuid:pk>": f"assets/{asset.pk}",
        "lists/<uuid:pk>": f"lists/{sent.pk}",
        "contributions/<uuid:pk>": f"contributions/{told.pk}",
        "<str:kind>": "correction",
        "<str:token>": "no-such-letter",
        "standing/<str:place>": "standing/stoke-on-trent",
        "property/cases/<uuid:pk>": f"property/cases/{case.pk}",
        "<int:event>/<slug:to>": f"{case.events.first().pk}/the-neighbourhood",
        "<int:event>": f"{case.events.first().pk}",
        "said/<int:one>": f"said/{said.pk}",
        "sent/<int:letter>": f"sent/{letter.pk}",
        "nominate/<slug:slug>": "nominate/what",
        "schemes/<slug:id>": "schemes/barnett",
        "claims/<slug:id>": "claims/stoke-56m",
    }


def kept_case(officer):
    """Return a case that is open to everyone, what somebody wrote about it, and a letter."""
    today = timezone.localdate()
    case = open_case(by=officer, procedure="consultation", place_code="E06000021", title="A hall")
    event = record_event(case, by=officer, kind="publish", day=today)
    letter = send_letter(event, "the neighbourhood", by=officer, sent_on=today)
    return case, represent(case, words="Keep it"), letter


def addresses(things):
    for route in routes(get_resolver()):
        if "^" in route:
            continue
        for part, one in things.items():
            route = route.replace(part, one)
        route = route.replace("<uuid:pk>", NOBODY).replace("<int:pk>", "1")
        yield "/" + re.sub(r"<[^>]+>", "stoke-on-trent", route)


def fields(page):
    """Return the fields of the forms that a page would have sent, and those of them that take a file."""
    if "html" not in page.headers.get("Content-Type", "") or page.streaming:
        return set(), set()
    text = "".join(re.findall(r'<form[^>]*method="post".*?</form>', page.content.decode(), re.S))
    found = re.findall(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"[^>]*>', text)
    return set(found) - {"csrfmiddlewaretoken"}, set(
        re.findall(r'<input[^>]*type="file"[^>]*\bname="([^"]+)"', text)
    )


def requests(client, address):
    """Send all that anybody can think of to one address, and yield each answer with what was sent."""
    page = client.get(address)
    yield "GET", page
    yield "GET odd", client.get(address + "?format=%00&format=csv&part=x&q[]=%ff&place=%F0%9F%8E%AA")
    for method in METHODS:
        yield method, client.generic(method, address, b"{}", "application/json")
    for body, kind in BODIES:
        yield f"POST {kind}", client.generic("POST", address, body, kind)
    names, files = fields(page)
    for value in VALUES if names else ():
        yield f"POST {value[:9]!r}", client.post(address, dict.fromkeys(names, value))
    for content in FILES if files else ():
        sent = {name: SimpleUploadedFile("a.csv", content) for name in files}
        yield (
            f"POST file {content[:9]!r}",
            client.post(address, {**dict.fromkeys(names - files, "1"), **sent}),
        )
    if names:
        sent = {name: SimpleUploadedFile("\n../a.csv", b"x") for name in names}
        yield "POST files for words", client.post(address, sent)


def faults(client, things):
    found, asked = [], 0
    for address in addresses(things):
        with transaction.atomic():
            for sent, answer in requests(client, address):
                asked += 1
                if answer.status_code >= 500:
                    found.append(f"{sent} {address}: {answer.status_code}")
            transaction.set_rollback(True)
    assert asked > 1_500
    return found


def test_nothing_that_a_stranger_sends_breaks_any_route(things):
    assert faults(Client(raise_request_exception=False), things) == []


def test_nothing_that_an_officer_and_voter_sends_breaks_any_route(things, letters, paper, bob):
    client = Client(raise_request_exception=False)
    client.force_login(bob)
    client.post(f"/ballots/{paper.round.slug}/code/", {"code": letters["1"]})
    assert client.get(f"/ballots/{paper.round.slug}/ballot/").status_code == 200
    assert faults(client, things) == []
