"""A paper freezes, a ballot is cast once, the log closes with a signature, the secret goes."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction

from fairground.errors import BadInput
from fairground.web.audit.models import AuditEvent
from fairground.web.ballots import bridge
from fairground.web.ballots.actions import (
    NotEligible,
    NotOpen,
    Voter,
    cast,
    cast_made_up,
    close,
    destroy_secret,
    freeze_paper,
)
from fairground.web.ballots.models import Ballot, LogHead, Paper, Revision, RollEntry, Secret
from fairground.web.ballots.roll import voter_by_code, voter_by_number
from fairground.web.ballots.signing import is_signed
from tests.web.ballots.papers import PROJECTS, specification, ticks

pytestmark = pytest.mark.django_db
VOTER = Voter("a" * 64, "letter", "Coast")
OTHER = Voter("b" * 64, "letter", "")


def test_a_frozen_paper_has_the_published_hash_of_its_json(paper):
    assert paper.digest == bridge.digest(paper.specification)
    assert paper.specification["voting"]["public_key"] == paper.public_key
    assert AuditEvent.objects.get(action="vote.freeze").facts == {"paper": paper.digest}


@pytest.mark.parametrize(
    "change", ["specification = '{}'", "closes_at = '2030-01-01'", "digest = 'x'", "public_key = 'x'"]
)
def test_the_database_itself_refuses_to_change_a_frozen_paper(paper, change):
    with pytest.raises(Error, match="frozen paper"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE ballots_paper SET {change}")


def test_a_round_freezes_once_and_only_by_its_officers(paper, make_round, bob, charlie, make_user):
    with pytest.raises(BadInput, match="set up a new round"):
        freeze_paper(round=paper.round, specification=specification(), by=bob)
    for stranger in (charlie, make_user("rosa", "resident")):
        with pytest.raises(PermissionDenied):
            freeze_paper(round=make_round("ballot"), specification=specification(), by=stranger)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"pots": []}, "pots"),
        ({"projects": [PROJECTS[0], PROJECTS[0]]}, "projects"),
        ({"projects": [{**PROJECTS[0], "pot": "moon"}]}, "pot"),
        ({"projects": [{**PROJECTS[0], "cost_pence": 10**9}]}, "cost_pence"),
        ({"projects": [{**PROJECTS[0], "cost_pence": 1.5}]}, "cost_pence"),
        ({"projects": [{**PROJECTS[0], "latitude": 400}]}, "latitude"),
        ({"projects": [{**PROJECTS[0], "latitude": float("nan")}]}, "specification"),
        ({"ballot": {"type": "plurality"}}, "type"),
        ({"eligibility": {"ways": []}}, "ways"),
        ({"eligibility": {"ways": ["letter", "account"]}}, "ways"),
        ({"eligibility": {"ways": ["postcode"]}}, "postcodes"),
        ({"eligibility": {"ways": ["open"], "least_age": "x"}}, "least_age"),
    ],
)
def test_a_paper_that_no_vote_can_be_held_on_is_refused_by_field(make_paper, change, field):
    with pytest.raises(BadInput) as told:
        make_paper(**change)
    assert told.value.field == field


def test_a_ballot_enters_the_log_and_its_receipt_can_be_proved(paper):
    revision = cast(paper=paper, voter=VOTER, marks=ticks(city=["park"], coast=["bins"]), key="k1")
    proof = bridge.proof_of(revision)
    assert proof.holds
    assert bridge.read_code(revision.receipt, length=20) == revision.receipt
    message = bridge.receipt_message(paper, position=0, leaf=revision.leaf)
    assert is_signed(message, signature=revision.signature, public=paper.public_key)
    forged = bridge.receipt_message(paper, position=1, leaf=revision.leaf)
    assert not is_signed(forged, signature=revision.signature, public=paper.public_key)


def test_the_hash_in_the_log_is_that_of_what_was_marked(paper):
    revision = cast(paper=paper, voter=VOTER, marks=ticks(city=["park"]), key="k1")
    marks = bridge.marks_from_json(revision.marks)
    again = bridge.sealed(paper, tier="letter", district="Coast", marks=marks, nonce=revision.nonce)
    assert again.leaf.hex() == revision.leaf
    assert marks == {"city": bridge.Marks(("park",)), "coast": bridge.Marks(())}


def test_a_vote_can_be_changed_and_the_last_counts(paper):
    cast(paper=paper, voter=VOTER, marks=ticks(city=["park"]), key="k1")
    cast(paper=paper, voter=OTHER, marks=ticks(city=["bench"]), key="k2")
    cast(paper=paper, voter=VOTER, marks=ticks(city=["bench"]), key="k3")
    assert Ballot.objects.count() == 2
    assert Revision.objects.count() == LogHead.objects.get().size == 3
    counted = bridge.counted_ballots(paper)
    assert counted["city"] == [(bridge.Marks(("bench",)), 2, "letter")]
    assert counted["coast"] == [(bridge.Marks(()), 1, "letter")]


def test_a_form_that_is_sent_twice_counts_once_even_after_the_close(paper, later):
    first = cast(paper=paper, voter=VOTER, marks=ticks(city=["park"]), key="k1")
    later(120)
    assert cast(paper=paper, voter=VOTER, marks=ticks(city=["park"]), key="k1") == first
    assert Revision.objects.count() == 1


@pytest.mark.parametrize(("voter", "ids"), [(OTHER, ["park"]), (VOTER, ["bench"])])
def test_somebody_elses_or_a_changed_form_is_not_taken_under_a_used_key(paper, voter, ids):
    cast(paper=paper, voter=VOTER, marks=ticks(city=["park"]), key="k1")
    with pytest.raises(BadInput, match="used before"):
        cast(paper=paper, voter=voter, marks=ticks(city=ids), key="k1")
    assert Revision.objects.count() == 1


@pytest.mark.parametrize(
    ("voter", "marks"),
    [
        (VOTER, ticks(city=["zoo"])),
        (VOTER, ticks(city=["park", "park"])),
        (VOTER, ticks(city=["bins"])),
        (OTHER, ticks(coast=["bins"])),
        (VOTER, ticks(moon=["park"])),
    ],
)
def test_a_ballot_with_a_fault_is_not_taken(paper, voter, marks):
    with pytest.raises(BadInput):
        cast(paper=paper, voter=voter, marks=marks, key="k1")
    assert not Revision.objects.exists()


def test_nobody_votes_before_the_vote_opens(make_paper):
    paper = make_paper(opens=5)
    with pytest.raises(NotOpen, match="not open yet"):
        cast(paper=paper, voter=VOTER, marks=ticks(city=["park"]), key="k1")


def test_nobody_votes_after_the_vote_closes(paper, later, bob):
    cast(paper=paper, voter=VOTER, marks=ticks(city=["park"]), key="k1")
    later(61)
    with pytest.raises(NotOpen, match="over"):
        cast(paper=paper, voter=VOTER, marks=ticks(city=["bench"]), key="k2")
    close(paper=paper, by=bob)
    with pytest.raises(NotOpen, match="over"):
        cast(paper=paper, voter=VOTER, marks=ticks(city=["bench"]), key="k2", on_paper=True)
    assert Revision.objects.count() == 1


def test_nobody_can_end_a_vote_early_and_only_officers_of_the_round_can_close_it(paper, bob, charlie, later):
    with pytest.raises(NotOpen, match="nobody can end it early"):
        close(paper=paper, by=bob)
    later(61)
    with pytest.raises(PermissionDenied):
        close(paper=paper, by=charlie)
    with pytest.raises(PermissionDenied):
        destroy_secret(paper=paper, by=charlie)


def test_the_closed_log_has_a_signed_root_that_nobody_can_sign_or_change_again(paper, bob, later):
    for n in range(5):
        cast(paper=paper, voter=Voter(str(n) * 64, "letter"), marks=ticks(city=["park"]), key=str(n))
    later(61)
    close(paper=paper, by=bob)
    message = bridge.root_message(paper.digest, size=5, root=bridge.root_of(paper)[1])
    assert is_signed(message, signature=paper.signature, public=paper.public_key)
    assert not is_signed(
        message.replace(b'"size":5', b'"size":4'), signature=paper.signature, public=paper.public_key
    )
    assert Secret.objects.get().signing_key == ""
    with pytest.raises(Error, match="frozen paper"), transaction.atomic():
        Paper.objects.update(root="0" * 64)
    assert close(paper=paper, by=bob).signature == paper.signature
    assert AuditEvent.objects.filter(action="vote.close").count() == 1


@pytest.mark.parametrize("verb", ["UPDATE ballots_revision SET marks = '{}'", "DELETE FROM ballots_revision"])
def test_the_database_itself_refuses_to_change_the_log(paper, verb):
    cast(paper=paper, voter=VOTER, marks=ticks(city=["park"]), key="k1")
    with pytest.raises(Error, match="only be added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


def test_the_code_of_a_letter_and_the_line_on_the_roll_are_one_voter(paper, letters):
    by_code, by_number = voter_by_code(paper, letters["3"].lower()), voter_by_number(paper, "3", "ts103aa")
    assert by_code.pseudonym == by_number.pseudonym
    assert (by_code.tier, by_number.tier, by_code.district) == ("letter", "roll", "Coast")


def test_once_the_secret_is_destroyed_nothing_leads_from_a_voter_to_a_ballot(paper, letters, bob, later):
    cast(paper=paper, voter=voter_by_code(paper, letters["1"]), marks=ticks(city=["park"]), key="k1")
    with pytest.raises(BadInput, match="Close the vote first"):
        destroy_secret(paper=paper, by=bob)
    later(61)
    close(paper=paper, by=bob)
    destroy_secret(paper=paper, by=bob)
    paper = Paper.objects.get()
    assert paper.secret_destroyed_at
    assert not Secret.objects.exists()
    assert not RollEntry.objects.exists()
    assert bridge.counted_ballots(paper)["city"] == [(bridge.Marks(("park",)), 1, "letter")]
    with pytest.raises(NotEligible, match="destroyed"):
        voter_by_code(paper, letters["1"])
    with pytest.raises(NotOpen, match="over"):
        cast(paper=paper, voter=VOTER, marks=ticks(city=["park"]), key="k9")


def test_no_row_about_a_ballot_has_a_time_or_a_person_and_no_event_tells_of_a_cast(paper, letters):
    before = AuditEvent.objects.count()
    cast(paper=paper, voter=voter_by_code(paper, letters["1"]), marks=ticks(city=["park"]), key="k1")
    for model in (Ballot, Revision, LogHead):
        kinds = {field.get_internal_type() for field in model._meta.fields}
        assert not kinds & {"DateTimeField", "DateField", "TimeField"}
        linked = {field.related_model.__name__ for field in model._meta.fields if field.related_model}
        assert linked <= {"Paper", "Ballot"}
    assert AuditEvent.objects.count() == before
    kept = json.dumps([*Ballot.objects.values(), *Revision.objects.values()], default=str)
    assert "Voter 1" not in kept
    assert letters["1"] not in kept


@pytest.mark.parametrize(
    ("kind", "marks", "points"),
    [
        ("approval", ticks(city=["bench", "park"]), ()),
        ("points", {"city": bridge.Marks(("bench", "park"), (6, 4))}, (6, 4)),
        ("ranking", ticks(city=["bench", "park"]), (2, 1)),
    ],
)
def test_the_engine_gets_the_ballots_of_every_kind(make_paper, kind, marks, points):
    paper = make_paper(kind)
    for n in range(2):
        cast(paper=paper, voter=Voter(str(n) * 64, "letter", "Coast"), marks=marks, key=str(n))
    (ballot,) = bridge.cast_ballots(paper)
    assert (ballot.projects, ballot.points, ballot.voters, ballot.district) == ((1, 0), points, 2, "Coast")


def test_a_voter_who_moves_to_another_district_leaves_a_log_that_can_be_closed(paper, bob, later):
    cast(paper=paper, voter=VOTER, marks=ticks(coast=["bins"]), key="k1")
    moved = Voter(VOTER.pseudonym, "roll", "")
    cast(paper=paper, voter=moved, marks=ticks(city=["park"]), key="k2")
    assert bridge.counted_ballots(paper)["coast"] == []
    later(61)
    assert close(paper=paper, by=bob).size == 2


def test_a_log_whose_entries_were_changed_behind_its_back_is_not_signed(paper, bob, later):
    cast(paper=paper, voter=VOTER, marks=ticks(city=["park"]), key="k1")
    with connection.cursor() as cursor:
        on_table = " ON ballots_revision" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER ballots_log_no_update{on_table}")
        cursor.execute("UPDATE ballots_revision SET tier = 'open'")
    later(61)
    with pytest.raises(BadInput, match=r"damaged.*'position'|'position'.*damaged"):
        close(paper=paper, by=bob)


def test_the_pages_read_only_what_was_added_and_see_a_database_that_was_put_in_place(paper):
    roots = []
    for n in range(5):
        cast(paper=paper, voter=Voter(str(n) * 64, "letter"), marks=ticks(city=["park"]), key=str(n))
        roots.append(bridge.root_of(paper))
    assert roots[-1] == bridge.root_to_sign(paper)
    assert [size for size, _ in roots] == [1, 2, 3, 4, 5]
    bridge._LOGS[paper.digest] = bridge.Log((bytes(32),) * 5)
    assert bridge.root_of(paper) == roots[-1]


def test_ballots_of_an_example_enter_the_log_at_once_and_it_can_be_closed_and_proved(paper, bob, later):
    paper.round.fictional = True
    made = [(Voter(f"{n:064x}", "letter"), ticks(city=["park"])) for n in range(5)]
    assert cast_made_up(paper=paper, ballots=made, by=bob) == 5
    entry = cast(paper=paper, voter=OTHER, marks=ticks(city=["bench"]), key="k")
    assert (entry.position, LogHead.objects.get().size, Ballot.objects.count()) == (5, 6, 6)
    later(61)
    assert close(paper=paper, by=bob).size == 6
    assert all(bridge.proof_of(one).holds for one in Revision.objects.select_related("paper"))


def test_no_ballot_is_made_up_in_a_real_round_or_by_a_stranger_or_after_the_close(paper, bob, charlie, later):
    with pytest.raises(BadInput, match="only in a made-up round"):
        cast_made_up(paper=paper, ballots=[(OTHER, ticks(city=["park"]))], by=bob)
    with pytest.raises(PermissionDenied):
        cast_made_up(paper=paper, ballots=[], by=charlie)
    later(61)
    close(paper=paper, by=bob)
    paper.round.fictional = True
    with pytest.raises(BadInput, match="log is open"):
        cast_made_up(paper=paper, ballots=[(OTHER, ticks(city=["park"]))], by=bob)
    assert not Revision.objects.exists()
