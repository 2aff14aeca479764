"""What an attacker tries with accounts, and that nothing gives way."""

import re

import pytest
from django.core import mail
from django.test import Client

from fairground.web.accounts.models import RoleGrant, User
from fairground.web.audit.models import AuditEvent
from tests.web.conftest import STOKE

ELSEWHERE = ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)")


def sign_in(client, email, address="/account/login/code/"):
    client.post(address, {"email": email})
    code = re.search(r"^\s*([A-Z0-9]{3,5}-?[A-Z0-9]{3,5})\s*$", mail.outbox[-1].body, re.M).group(1)
    return client.post("/account/login/code/confirm/", {"code": code})


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_never_leads_to_another_site(client, bob, target):
    asked = client.get("/account/login/", {"next": target}, follow=True)
    assert all("evil" not in address.split("next=")[0] for address, _ in asked.redirect_chain)
    client.post("/account/login/code/", {"email": "bob@example.org", "next": target})
    code = re.search(r"^\s*([A-Z0-9]{3,5}-?[A-Z0-9]{3,5})\s*$", mail.outbox[-1].body, re.M).group(1)
    answer = client.post("/account/login/code/confirm/", {"code": code, "next": target})
    assert answer.headers["Location"] == "/account/"


def test_bob_cannot_make_himself_an_administrator_by_any_form(client, bob):
    assert sign_in(client, "bob@example.org").status_code == 302
    wishes = {"is_staff": "on", "is_superuser": "on", "role": "administrator", "id": "1", "email": "x@y.org"}
    client.post("/account/", {"name": "Bob", **wishes})
    client.post("/account/email/", {"action_add": "", **wishes})
    client.post("/account/roles/", {"email": "bob@example.org", "role": "administrator", "place_code": STOKE})
    bob.refresh_from_db()
    assert (bob.name, bob.email, bob.is_superuser) == ("Bob", "bob@example.org", False)
    assert list(bob.grants.values_list("role", flat=True)) == ["officer"]


def test_alice_cannot_give_a_role_in_england_or_in_another_place(client, alice, bob):
    sign_in(client, "alice@example.org")
    for place in ("E92000001", "E06000002"):
        answer = client.post(
            "/account/roles/", {"email": "bob@example.org", "role": "administrator", "place_code": place}
        )
        assert answer.status_code == 403
    assert not RoleGrant.objects.filter(user=bob, role="administrator").exists()


def test_a_code_sent_to_one_browser_is_of_no_use_in_another(bob):
    mine, theirs = Client(), Client()
    mine.post("/account/login/code/", {"email": "bob@example.org"})
    code = re.search(r"^\s*([A-Z0-9]{3,5}-?[A-Z0-9]{3,5})\s*$", mail.outbox[-1].body, re.M).group(1)
    theirs.post("/account/login/code/confirm/", {"code": code})
    assert theirs.get("/account/").status_code == 302


def test_a_code_signs_in_once(client, bob):
    sign_in(client, "bob@example.org")
    code = re.search(r"^\s*([A-Z0-9]{3,5}-?[A-Z0-9]{3,5})\s*$", mail.outbox[-1].body, re.M).group(1)
    client.post("/account/logout/")
    client.post("/account/login/code/confirm/", {"code": code})
    assert client.get("/account/").status_code == 302


def test_guessing_codes_is_slowed_down_however_many_attempts_are_begun(bob):
    tries = 0
    for _ in range(5):
        client = Client()
        client.post("/account/login/code/", {"email": "bob@example.org"})
        for _ in range(3):
            answer = client.post("/account/login/code/confirm/", {"code": "GUESS-1"})
            tries += answer.status_code == 200 and b"Too many" not in answer.content
    assert tries <= 10


def test_every_form_needs_the_token_of_its_own_page(bob):
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob)
    for address in ("/account/", "/account/delete/", "/account/export/", "/wealth/funding/formula/register/"):
        assert client.post(address, {"word": "delete", "name": "Eve"}).status_code == 403
    bob.refresh_from_db()
    assert (bob.name, bob.is_active) == ("Bob", True)


def test_who_deletes_their_account_can_join_again_as_someone_new(client, bob):
    sign_in(client, "bob@example.org")
    client.post("/account/delete/", {"word": "delete"})
    again = Client()
    again.post("/account/signup/", {"email": "bob@example.org"})
    code = re.search(r"^\s*([A-Z0-9]{3,5}-?[A-Z0-9]{3,5})\s*$", mail.outbox[-1].body, re.M).group(1)
    again.post("/account/confirm-email/", {"code": code})
    anew = User.objects.get(email="bob@example.org")
    assert anew.pk != bob.pk
    assert not anew.grants.exists()
    assert not AuditEvent.objects.filter(facts__icontains="bob@").exists()


PRESSES = """
import threading
from django.db import connection
from fairground.web.accounts import actions
from fairground.web.accounts.models import User
from fairground.web.audit.models import AuditEvent

alice, bob = (actions.enrol(f"{name}@example.org", by=None) for name in ("alice", "bob"))
actions.appoint(alice, "administrator", place_code="E06000021", by=None)
faults, start = [], threading.Barrier(8)

def press():
    start.wait()
    try:
        actions.grant_role(bob, "board", place_code="E06000021", by=alice)
    except Exception as fault:
        faults.append(repr(fault))
    finally:
        connection.close()

presses = [threading.Thread(target=press) for _ in range(8)]
[one.start() for one in presses]
[one.join() for one in presses]
events = AuditEvent.objects.filter(action="role.grant", subject=str(bob.pk)).count()
print(faults, bob.grants.count(), events)
"""


def test_pressing_give_eight_times_at_once_gives_one_role(run_site):
    assert run_site(PRESSES) == "[] 1 1"


@pytest.mark.slow
def test_pressing_seal_twice_keeps_one_formula(client, bob):
    from fairground.web.wealth.funding.models import RegisteredFormula

    client.force_login(bob)
    wish = {"pot": "1000000", "imd2025_average_score": "1"}
    answers = [client.post("/wealth/funding/formula/register/", wish) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert RegisteredFormula.objects.count() == 1
