"""Officers run a vote in the pages; strangers and officers of other rounds run nothing."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairground.web.ballots.models import Batch, Paper, Revision, RollEntry, Slip
from fairground.web.ballots.slips import open_batch
from tests.web.ballots.papers import POTS, ROLL
from tests.web.ballots.test_voting import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(paper):
    return f"/ballots/{paper.round.slug}/office/"


def codes_of(answer):
    return re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", answer.content.decode())


def upload(client, desk, content, name="roll.csv"):
    return client.post(desk + "roll/", {"file": SimpleUploadedFile(name, content)}, follow=True)


@pytest.mark.parametrize(
    "tail",
    [
        "",
        "roll/",
        "letters/",
        "new-letter/",
        "printed/",
        "hand-out/",
        "batches/",
        "batches/1/",
        "batches/1/aside/",
        "batches/1/take-out/",
        "close/",
        "destroy/",
        "accept/",
    ],
)
def test_strangers_and_officers_elsewhere_are_refused(client, desk, charlie, make_user, tail):
    act = client.get if tail in ("", "batches/1/") else client.post
    assert act(desk + tail).status_code == 302, "signed out: to the sign-in page"
    for person in (charlie, make_user("rosa", "resident")):
        client.force_login(person)
        assert act(desk + tail).status_code == 403
    assert not RollEntry.objects.exists()


def test_an_officer_takes_in_the_roll_and_prints_letters_once(client, desk, bob):
    client.force_login(bob)
    assert "5 voters are on the roll now" in text(upload(client, desk, ROLL.encode("utf-8-sig")))
    printed = client.post(desk + "letters/")
    assert len(set(codes_of(printed))) == 5
    assert "Voter 3" in text(printed)
    assert printed.headers["Cache-Control"] == "private, no-store"
    assert codes_of(client.post(desk + "letters/")) == []
    renewed = client.post(desk + "new-letter/", {"number": "3"})
    assert "Voter 3" in text(renewed)
    assert len(set(codes_of(renewed)) - set(codes_of(printed))) == 1
    refused = client.post(desk + "new-letter/", {"number": "none"})
    assert (refused.status_code, "Nobody on the roll has this number" in text(refused)) == (422, True)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"number,shoe\n1,2\n", "roll.csv, row 1"), (b"\xff\xfe\x00", "not UTF-8 text"), (b"", "empty")],
)
def test_a_fault_in_the_file_stands_beside_the_field(client, desk, bob, content, told):
    client.force_login(bob)
    assert told in text(upload(client, desk, content))


@pytest.mark.slow
def test_two_officers_type_the_ballots_of_a_batch_and_the_vote_is_closed_and_sealed(
    client, desk, bob, alice, later, paper
):
    client.force_login(bob)
    upload(client, desk, ROLL.encode())
    codes = codes_of(client.post(desk + "printed/", {"count": 2, "district": "Coast"}))
    for serial, number in ((1, "1"), (2, "3")):
        sent = {"serial": serial, "number": number}
        assert "It is written down" in text(client.post(desk + "hand-out/", sent, follow=True))
    assert "handed out already" in text(client.post(desk + "hand-out/", {"serial": 1, "number": "5"}))
    assert Slip.objects.count() == len(codes) == 2
    page = client.post(desk + "batches/", {"name": "library", "envelopes": 2}).headers["Location"]
    for person in (bob, alice):
        client.force_login(person)
        for code in codes:
            assert "What is marked" in text(client.post(page, {"code": code}))
            kept = client.post(page, {"code": code, "step": "keep", "mark-0": "on"}, follow=True)
            assert "is kept as you typed it" in text(kept)
    later(61)
    client.force_login(bob)
    client.post(desk + "accept/", {"batch": Batch.objects.get().pk})
    assert Revision.objects.count() == 2
    client.post(desk + "close/")
    assert Paper.objects.get().size == 2
    assert "Destroy the secret" in text(client.get(desk))
    assert "Tick the box" in text(client.post(desk + "destroy/", follow=True))
    assert Slip.objects.exists()
    client.post(desk + "destroy/", {"sure": "on"})
    assert "Nothing leads from a voter to a ballot" in text(client.get(desk))
    assert not Slip.objects.exists()


def test_nothing_can_be_closed_or_destroyed_too_early(client, desk, bob):
    client.force_login(bob)
    assert "nobody can end it early" in text(client.post(desk + "close/", follow=True))
    assert "Close the vote first" in text(client.post(desk + "destroy/", {"sure": "on"}, follow=True))
    assert Paper.objects.get().closed_at is None


def test_a_wrong_code_and_a_bad_mark_are_told_on_the_batch(client, desk, bob, paper):
    client.force_login(bob)
    page = f"{desk}batches/{open_batch(paper=paper, name='x', envelopes=1, by=bob).pk}/"
    assert "not a whole code" in text(client.post(page, {"code": "1"}))
    assert client.post(page, {"code": "1"}).status_code == 422


def test_the_roll_may_be_a_spreadsheet_and_its_dates_are_read(client, desk, bob):
    from datetime import date

    from tests.workbooks import ods, xlsx

    heads = ["number", "name", "address", "postcode", "district", "born"]
    voter = [17, "Voter", "1 Road", "ST1 1AA", None, date(2001, 12, 31)]
    client.force_login(bob)
    wrong = xlsx({"Roll": [[None], heads, [None, *voter[1:]]]})
    assert "roll.xlsx, sheet “Roll”, row 3" in text(upload(client, desk, wrong, "roll.xlsx"))
    assert "1 voters are" in text(upload(client, desk, ods({"Roll": [heads, voter]}), "roll.ods"))
    assert RollEntry.objects.get().number == "17"


def test_an_envelope_without_a_ballot_is_set_aside_and_another_officer_accepts(
    client, desk, bob, alice, later, paper
):
    client.force_login(bob)
    upload(client, desk, ROLL.encode())
    page = client.post(desk + "batches/", {"name": "library", "envelopes": 1}).headers["Location"]
    assert client.post(page + "aside/", {"number": 2, "reason": "x"}).status_code == 422
    assert "Say why" in text(client.post(page + "aside/", {"number": 1}))
    told = text(client.post(page + "aside/", {"number": 1, "reason": "It is empty"}, follow=True))
    assert "1 envelope set aside (It is empty)" in told
    assert "You typed no ballot" in text(client.post(page + "take-out/", {"code": "0000-0000-0000-0000"}))
    later(61)
    client.force_login(bob)
    sent = {"batch": Batch.objects.get().pk}
    assert "somebody else" in text(client.post(desk + "accept/", sent, follow=True))
    client.force_login(alice)
    client.post(desk + "accept/", sent)
    assert Batch.objects.get().report["set_aside"] == 1


def test_once_voting_is_over_the_desk_offers_only_what_is_still_of_use(client, desk, bob, later, paper):
    client.force_login(bob)
    upload(client, desk, ROLL.encode())
    assert "Make codes and show the letters" in text(client.get(desk))
    later(61)
    client.force_login(bob)
    told = text(client.get(desk))
    assert "Make codes" not in told
    assert "Add to the roll" not in told
    assert "Begin a batch" in told
    assert "Close and sign the log" in told


def test_ballots_to_hand_out_are_for_one_of_the_districts_of_the_paper(client, desk, bob):
    client.force_login(bob)
    page = client.get(desk).content.decode()
    assert '<option value="Coast">Coast</option>' in page
    refused = client.post(desk + "printed/", {"count": 1, "district": "Mars"})
    assert refused.status_code == 422
    assert not Slip.objects.exists()


def test_where_every_pot_is_for_everybody_no_district_is_asked_for(client, make_paper, bob):
    pots = [{**pot, "districts": []} for pot in POTS]
    paper = make_paper(pots=pots, eligibility={"ways": ["booth"]})
    client.force_login(bob)
    address = f"/ballots/{paper.round.slug}/office/"
    assert "For which district" not in text(client.get(address))
    assert len(codes_of(client.post(address + "printed/", {"count": 2}))) == 2
