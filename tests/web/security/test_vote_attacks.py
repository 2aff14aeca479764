"""What an attacker tries with a vote: to vote twice, to read, to forge; and that nothing gives way."""

import re

import pytest
from django.test import Client

from fairground.web.audit.models import AuditEvent
from fairground.web.ballots.models import Ballot, Paper, Revision, RollEntry, Slip
from tests.web.ballots.conftest import later, letters, make_paper, paper
from tests.web.ballots.papers import ROLL

__all__ = ["later", "letters", "make_paper", "paper"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def at(paper):
    return lambda tail="": f"/ballots/{paper.round.slug}/{tail}"


def come_in(client, at, code):
    assert client.post(at("code/"), {"code": code}).headers["Location"] == at("ballot/")


def form_of(client, at, **marks):
    """Return the form of the last page before the vote, as the browser would send it."""
    page = client.get(at("ballot/")).content.decode()
    return {"key": re.search(r'name="key" value="([^"]+)"', page)[1], **marks}


def marked():
    return [one.marks["city"][0] for one in Revision.objects.all()]


def test_two_tabs_cast_two_revisions_of_one_ballot_and_the_later_counts(client, at, letters):
    come_in(client, at, letters["1"])
    first, second = form_of(client, at, **{"mark-0": "on"}), form_of(client, at, **{"mark-1": "on"})
    for form in (second, first, second, first):
        client.post(at("cast/"), form)
    assert Ballot.objects.count() == 1
    assert marked() == [["bench"], ["park"]]
    assert Ballot.objects.get().last == 2


def test_a_tab_that_somebody_left_open_does_not_vote_for_the_next_at_this_browser(client, at, letters):
    come_in(client, at, letters["1"])
    left_open = form_of(client, at, **{"mark-0": "on"})
    come_in(client, at, letters["2"])
    answer = client.post(at("cast/"), left_open)
    assert answer.status_code == 422
    assert "made for somebody else" in answer.content.decode()
    assert not Revision.objects.exists()


@pytest.mark.parametrize("key", ["", "x" * 30, "a.b", "é" * 40, "." * 64, "k" * 4000])
def test_a_key_that_the_site_did_not_make_casts_nothing(client, at, letters, key):
    come_in(client, at, letters["1"])
    assert client.post(at("cast/"), {"key": key, "mark-0": "on"}).status_code == 422
    assert not Revision.objects.exists()


def test_one_voter_by_letter_and_by_number_and_in_two_browsers_has_one_ballot(client, at, letters):
    other = Client()
    come_in(client, at, letters["1"])
    other.post(at("number/"), {"number": "1", "postcode": "ts101aa"})
    for browser, mark in ((client, "mark-0"), (other, "mark-1")):
        browser.post(at("cast/"), form_of(browser, at, **{mark: "on"}))
    assert Ballot.objects.count() == 1
    assert Revision.objects.count() == 2


def test_two_codes_of_one_household_are_two_ballots_and_neither_sees_the_other(client, at, letters):
    come_in(client, at, letters["1"])
    client.post(at("cast/"), form_of(client, at, **{"mark-0": "on"}))
    come_in(client, at, letters["2"])
    page = client.get(at("ballot/")).content.decode()
    assert " checked" not in page
    assert "A ballot was cast for you" not in page
    client.post(at("cast/"), form_of(client, at, **{"mark-1": "on"}))
    assert Ballot.objects.count() == 2


def test_nothing_is_cast_or_changed_after_the_close_by_a_form_from_before(client, at, letters, later):
    come_in(client, at, letters["1"])
    client.post(at("cast/"), form_of(client, at, **{"mark-0": "on"}))
    waiting = form_of(client, at, **{"mark-1": "on"})
    later(60)
    assert client.post(at("cast/"), waiting).status_code in (302, 409)
    assert marked() == [["park"]]


def test_a_ballot_of_another_district_cannot_be_slipped_into_the_form(client, at, letters):
    come_in(client, at, letters["2"])
    client.post(at("cast/"), form_of(client, at, **{"mark-0": "on", "mark-2": "on"}))
    assert Revision.objects.get().marks == {"city": [["park"], []]}


def test_every_receipt_can_be_guessed_from_the_public_list_and_shows_nothing_of_a_vote(client, at, letters):
    come_in(client, at, letters["1"])
    client.post(at("cast/"), form_of(client, at, **{"mark-0": "on"}))
    entry, thief = Revision.objects.get(), Client()
    come_in(thief, at, letters["1"])
    for reader in (Client(), thief):
        told = reader.get(at(f"receipt/{entry.receipt}/")).content.decode()
        assert "Trees in the park" not in told
        assert entry.nonce not in told
        assert entry.ballot.pseudonym not in told
        assert "letter" not in told


def test_the_cookie_of_a_voter_does_not_vouch_for_a_receipt_that_it_was_not_given(client, at, letters):
    come_in(client, at, letters["1"])
    client.post(at("cast/"), form_of(client, at, **{"mark-0": "on"}))
    thief = Client()
    come_in(thief, at, letters["2"])
    thief.post(at("cast/"), form_of(thief, at, **{"mark-1": "on"}))
    other = Revision.objects.get(position=0)
    assert "What you marked" not in thief.get(at(f"receipt/{other.receipt}/")).content.decode()


def test_an_officer_of_another_round_in_the_same_place_runs_nothing_here(
    client, at, paper, make_round, make_user, bob
):
    from fairground.web.participation.actions import give_round_role

    mallory, other = make_user("mallory"), make_round("ballot")
    for role in ("officer", "moderator", "assessor", "builder"):
        give_round_role(other, mallory, role, by=bob)
    client.force_login(mallory)
    before = AuditEvent.objects.count()
    sent = {"count": 1, "serial": 1, "number": "1", "name": "x", "envelopes": 1, "batch": 1}
    for tail in ("roll/", "letters/", "printed/", "hand-out/", "batches/", "close/", "destroy/", "accept/"):
        assert client.post(at(f"office/{tail}"), sent).status_code == 403, tail
    assert client.get(at("office/")).status_code == 403
    for tail in ("count/", "publish/"):
        address = f"/power/budgeting/{paper.round.slug}/result/{tail}"
        assert client.post(address, {"read": "yes"}).status_code in (403, 404)
    assert AuditEvent.objects.count() == before
    assert not RollEntry.objects.exists()
    assert not Slip.objects.exists()


@pytest.mark.parametrize("batch", ["", "0", "x", "1 or 1=1", "9" * 30, "²"])
def test_a_batch_that_is_no_number_is_not_found(client, at, bob, batch):
    client.force_login(bob)
    assert client.post(at("office/accept/"), {"batch": batch}).status_code == 404


def test_a_roll_that_a_file_would_overwrite_is_left_as_it_is(client, at, bob, letters):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(bob)
    again = client.post(at("office/roll/"), {"file": SimpleUploadedFile("r.csv", ROLL.encode())})
    assert again.status_code == 422
    assert RollEntry.objects.count() == 5


def test_a_project_named_like_a_formula_runs_in_no_table_that_is_sent(make_round, bob, client, later):
    from datetime import timedelta

    from django.utils import timezone

    from fairground.web.ballots.actions import Voter, cast, freeze_paper
    from fairground.web.results.actions import count
    from tests.web.ballots.papers import PROJECTS, specification, ticks

    evil = '=HYPERLINK("http://evil.example";"x")'
    projects = [{**PROJECTS[0], "title": evil}, *PROJECTS[1:]]
    now, minute = timezone.now(), timedelta(minutes=1)
    dates = {"opens_at": now - minute, "closes_at": now + minute}
    paper = freeze_paper(
        round=make_round("ballot"), specification=specification(projects=projects), by=bob, **dates
    )
    cast(paper=paper, voter=Voter("0" * 64, "letter"), marks=ticks(city=["park"]), key="k")
    later(2)
    count(paper=paper, by=bob)
    table = client.get(f"/power/budgeting/{paper.round.slug}/result/result.csv").content.decode()
    assert evil.replace('"', '""') in table
    assert not re.search(r'(^|[,"])=', table, re.M)


def test_a_paper_has_one_secret_and_it_is_on_no_page(client, at, bob, letters):
    secret = Paper.objects.get().secret
    client.force_login(bob)
    for tail in ("", "log/", "log.json", "paper.json", "office/"):
        told = client.get(at(tail)).content.decode()
        assert secret.pseudonym_key not in told
        assert secret.signing_key not in told
        assert not any(entry.code_hash in told for entry in RollEntry.objects.all())
