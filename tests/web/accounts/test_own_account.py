"""My account: signing in by a code, taking my data away, deleting it."""

import json
import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from fairground.web.accounts import actions
from fairground.web.accounts.models import User


def code():
    return re.search(r"^\s*([A-Z0-9]{3,5}-?[A-Z0-9]{3,5})\s*$", mail.outbox[-1].body, re.M).group(1)


@pytest.mark.slow
def test_bob_signs_in_by_the_code_he_is_sent(client, bob):
    client.post("/account/login/code/", {"email": "bob@example.org"})
    assert mail.outbox[-1].to == ["bob@example.org"]
    answer = client.post("/account/login/code/confirm/", {"code": code()})
    assert answer.status_code == 302
    page = client.get("/account/")
    assert page.status_code == 200
    assert "You are signed in as bob@example.org." in page.content.decode()


@pytest.mark.slow
def test_a_wrong_code_three_times_ends_the_attempt(client, bob):
    client.post("/account/login/code/", {"email": "bob@example.org"})
    for _ in range(3):
        client.post("/account/login/code/confirm/", {"code": "WRONG-1"})
    client.post("/account/login/code/confirm/", {"code": code()})
    assert client.get("/account/").status_code == 302


def test_an_unknown_address_gets_the_same_answer_as_a_known_one(client, bob):
    known = client.post("/account/login/code/", {"email": "bob@example.org"})
    unknown = client.post("/account/login/code/", {"email": "nobody@example.org"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )


def test_asking_for_codes_again_and_again_is_slowed_down(bob):
    answers = [Client().post("/account/login/code/", {"email": "bob@example.org"}) for _ in range(8)]
    assert answers[-1].status_code == 429 or b"Too many" in answers[-1].content
    assert len(mail.outbox) <= 3


def test_a_newcomer_joins_with_an_address_alone(client, db):
    client.post("/account/signup/", {"email": "New@Example.org"})
    answer = client.post("/account/confirm-email/", {"code": code()})
    assert answer.status_code == 302
    assert client.get("/account/").status_code == 200
    assert User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize("page", ["/account/", "/account/delete/", "/account/roles/", "/jobs/"])
def test_nobody_signed_in_is_sent_to_sign_in(client, db, page):
    assert client.get(page).headers["Location"].startswith("/account/login/")


def test_i_take_my_data_away(client, bob):
    client.force_login(bob)
    data = json.loads(client.post("/account/export/").content)
    assert data["account"]["email"] == "bob@example.org"
    assert data["roles"][0]["role"] == "officer"


def test_charlie_may_neither_export_nor_delete_nor_rename_bob(bob, charlie):
    for act in (actions.export_account, actions.delete_account):
        with pytest.raises(PermissionDenied):
            act(bob, by=charlie)
    with pytest.raises(PermissionDenied):
        actions.rename(bob, "Bobby", by=charlie)


def test_deleting_leaves_a_tombstone_and_ends_every_session(client, bob):
    client.force_login(bob)
    assert b"There is a problem" in client.post("/account/delete/", {"word": "no"}).content
    client.post("/account/delete/", {"word": "delete"})
    bob.refresh_from_db()
    assert (bob.is_active, bob.name, bob.email) == (False, "", f"deleted-{bob.pk}@invalid")
    assert not bob.grants.filter(revoked_at=None).exists()
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("page", ["/account/2fa/webauthn/add/", "/account/2fa/webauthn/", "/account/2fa/"])
def test_the_passkey_pages_open_for_those_signed_in(client, bob, page):
    client.force_login(bob)
    assert client.get(page).status_code in {200, 302}


def test_what_rounds_keep_about_bob_is_in_his_export_and_goes_with_his_account(client, bob, make_round):
    from fairground.web.participation.actions import tell
    from fairground.web.participation.models import Notice
    from fairground.web.power.budgeting.models import Idea

    round = make_round("ideas")
    Idea.objects.create(round=round, title="Benches", words="Six of them.", author=bob)
    tell(bob, round=round, subject="Look", words="Your idea is read.", address="/")
    told = actions.export_account(bob, by=bob)
    assert [one["title"] for one in told["ideas"]] == ["Benches"]
    assert [one["subject"] for one in told["notices"]] == ["Look"]
    actions.delete_account(bob, by=bob)
    assert not Notice.objects.filter(user=bob).exists()
    assert Idea.objects.get().words == "Six of them."


def test_an_email_about_a_round_gives_the_whole_address_of_the_page(
    bob, make_round, mailoutbox, settings, django_capture_on_commit_callbacks
):
    from fairground.web.participation.actions import tell

    settings.SITE_ADDRESS = "https://fairground.example.org"
    with django_capture_on_commit_callbacks(execute=True):
        tell(bob, round=make_round("ideas"), subject="Look", words="Your idea is read.", address="/power/")
    assert "See it on the site: https://fairground.example.org/power/\n" in mailoutbox[0].body
