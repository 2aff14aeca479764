"""Paper ballots: typed twice by two people, reconciled with envelopes, counted once beside online votes."""

import pytest
from django.core.exceptions import PermissionDenied

from fairground.errors import BadInput
from fairground.web.ballots import bridge
from fairground.web.ballots.actions import cast, close
from fairground.web.ballots.models import Ballot, Revision, Slip, Typing
from fairground.web.ballots.roll import voter_by_code
from fairground.web.ballots.slips import (
    accept,
    hand_out,
    open_batch,
    print_slips,
    report_on,
    set_aside,
    take_out,
    type_ballot,
)
from tests.web.ballots.papers import ticks

pytestmark = pytest.mark.django_db


@pytest.fixture
def codes(paper, letters, bob):
    """Three printed ballots, handed to the three voters of the Coast."""
    made = print_slips(paper=paper, count=3, district="Coast", by=bob)
    for (slip, _), number in zip(made, ("1", "3", "5"), strict=True):
        hand_out(paper=paper, serial=slip.serial, number=number, by=bob)
    return [code for _, code in made]


@pytest.fixture
def batch(paper, codes, bob):
    return open_batch(paper=paper, name="library", envelopes=2, by=bob)


def type_both(batch, code, *people, ids=("park",)):
    for person in people:
        type_ballot(batch=batch, code=code, marks=ticks(city=ids), by=person)


def test_a_batch_that_two_people_typed_alike_goes_into_the_log(batch, codes, bob, alice, later, paper):
    type_both(batch, codes[0], bob, alice)
    type_both(batch, codes[1].lower(), alice, bob, ids=("bench",))
    assert report_on(batch).is_whole
    later(61)
    accept(batch=batch, by=bob)
    assert set(Ballot.objects.values_list("tier", "district", "on_paper")) == {("booth", "Coast", True)}
    assert [row[:2] for row in bridge.counted_ballots(paper)["city"]] == [
        (bridge.Marks(("bench",)), 1),
        (bridge.Marks(("park",)), 1),
    ]
    accept(batch=batch, by=bob)
    assert Revision.objects.count() == 2


def test_one_person_cannot_type_a_ballot_twice_but_mends_it(batch, codes, bob, alice, make_user):
    type_both(batch, codes[0], bob, bob)
    assert Typing.objects.count() == 1
    assert report_on(batch).typed_once == (codes[0][-4:],)
    type_both(batch, codes[0], alice)
    with pytest.raises(BadInput, match="Two people"):
        type_both(batch, codes[0], make_user("ola", "officer"))


def test_what_differs_is_named_until_it_is_mended(batch, codes, bob, alice, later):
    type_both(batch, codes[0], bob, alice)
    type_both(batch, codes[1], bob)
    type_both(batch, codes[1], alice, ids=("bench",))
    assert report_on(batch).different == (codes[1][-4:],)
    later(61)
    with pytest.raises(BadInput, match="not whole"):
        accept(batch=batch, by=bob)
    type_both(batch, codes[1], alice)
    assert accept(batch=batch, by=bob).different == ()


@pytest.mark.parametrize(("typed", "missing"), [(1, 1), (3, -1)])
def test_envelopes_and_ballots_must_be_as_many(batch, codes, bob, alice, later, typed, missing):
    for code in codes[:typed]:
        type_both(batch, code, bob, alice)
    assert report_on(batch).missing == missing
    later(61)
    with pytest.raises(BadInput, match="not whole"):
        accept(batch=batch, by=bob)
    assert not Revision.objects.exists()


def test_who_voted_online_and_on_paper_counts_once_as_online(paper, letters, codes, bob, alice, later):
    voter = voter_by_code(paper, letters["1"])
    cast(paper=paper, voter=voter, marks=ticks(city=["bench"]), key="k1")
    batch = open_batch(paper=paper, name="post", envelopes=2, by=bob)
    type_both(batch, letters["1"], bob, alice)
    type_both(batch, letters["2"], bob, alice)
    later(61)
    assert accept(batch=batch, by=bob).online == (letters["1"][-4:],)
    assert Ballot.objects.count() == 2
    assert bridge.counted_ballots(paper)["city"] == [
        (bridge.Marks(("bench",)), 1, "letter"),
        (bridge.Marks(("park",)), 1, "letter"),
    ]


def test_paper_waits_for_the_end_of_online_voting_and_the_close_waits_for_paper(
    batch, codes, bob, alice, later, paper
):
    for code in codes[:2]:
        type_both(batch, code, bob, alice)
    with pytest.raises(BadInput, match="after online voting closes"):
        accept(batch=batch, by=bob)
    later(61)
    with pytest.raises(BadInput, match="not finished"):
        close(paper=paper, by=bob)
    accept(batch=batch, by=bob)
    assert close(paper=paper, by=bob).size == 2
    with pytest.raises(BadInput, match="closed"):
        open_batch(paper=paper, name="late", envelopes=1, by=bob)


def test_a_ballot_is_in_one_batch_and_has_a_code_of_this_vote_and_no_fault(paper, batch, codes, bob):
    type_both(batch, codes[0], bob)
    other = open_batch(paper=paper, name="station", envelopes=1, by=bob)
    with pytest.raises(BadInput, match="another batch"):
        type_both(other, codes[0], bob)
    with pytest.raises(BadInput, match="Nobody"):
        type_both(batch, bridge.write_code(b"somebody else's"), bob)
    with pytest.raises(BadInput, match="not on the ballot"):
        type_both(batch, codes[1], bob, ids=("zoo",))
    with pytest.raises(BadInput, match="already"):
        open_batch(paper=paper, name="library", envelopes=1, by=bob)


def test_strangers_touch_no_paper_and_codes_are_kept_only_as_hashes(paper, batch, codes, charlie):
    for act in (
        lambda: print_slips(paper=paper, count=1, district="", by=charlie),
        lambda: hand_out(paper=paper, serial=1, number="2", by=charlie),
        lambda: open_batch(paper=paper, name="x", envelopes=1, by=charlie),
        lambda: type_both(batch, codes[0], charlie),
        lambda: accept(batch=batch, by=charlie),
    ):
        with pytest.raises(PermissionDenied):
            act()
    kept = str(list(Slip.objects.values()))
    assert not any(code in kept for code in codes)


def test_a_letter_and_a_ballot_from_the_table_are_one_voter_and_one_ballot(
    paper, letters, codes, bob, alice, later
):
    assert voter_by_code(paper, codes[0]).pseudonym == voter_by_code(paper, letters["1"]).pseudonym
    cast(paper=paper, voter=voter_by_code(paper, letters["1"]), marks=ticks(city=["bench"]), key="k1")
    table = open_batch(paper=paper, name="table", envelopes=1, by=bob)
    type_both(table, codes[0], bob, alice)
    later(61)
    assert accept(batch=table, by=bob).online == (codes[0][-4:],)
    assert bridge.counted_ballots(paper)["city"] == [(bridge.Marks(("bench",)), 1, "letter")]


def test_two_printed_ballots_of_one_voter_are_one_ballot(paper, codes, bob, alice, later):
    (slip, second), *_ = print_slips(paper=paper, count=1, district="Coast", by=bob)
    hand_out(paper=paper, serial=slip.serial, number="1", by=bob)
    table = open_batch(paper=paper, name="table", envelopes=2, by=bob)
    for code in (codes[0], second):
        type_both(table, code, bob, alice)
    later(61)
    accept(batch=table, by=bob)
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize(
    ("serial", "number", "told"),
    [
        (99, "1", "no ballot with this number"),
        (1, "1", "handed out already"),
        (4, "9", "Nobody on the roll"),
        (4, "2", "pots of everybody"),
    ],
)
def test_a_ballot_is_handed_once_to_somebody_on_the_roll_of_its_district(
    paper, codes, bob, serial, number, told
):
    print_slips(paper=paper, count=1, district="Coast", by=bob)
    with pytest.raises(BadInput, match=told):
        hand_out(paper=paper, serial=serial, number=number, by=bob)


def test_a_ballot_that_was_handed_to_nobody_counts_for_nobody(paper, letters, bob):
    code = print_slips(paper=paper, count=1, district="Coast", by=bob)[0][1]
    with pytest.raises(BadInput, match="handed out to nobody"):
        voter_by_code(paper, code)


def test_without_a_roll_a_printed_ballot_is_its_own_voter(make_paper, bob):
    paper = make_paper(eligibility={"ways": ["booth"]})
    code = print_slips(paper=paper, count=1, district="Coast", by=bob)[0][1]
    assert voter_by_code(paper, code).tier == "booth"


def test_an_envelope_that_holds_no_ballot_does_not_hold_up_the_count(batch, codes, bob, alice, later, paper):
    type_both(batch, codes[0], bob, alice)
    set_aside(batch=batch, number=1, reason="It is empty", by=bob)
    batch.refresh_from_db()
    assert report_on(batch).is_whole
    later(61)
    with pytest.raises(BadInput, match="somebody else"):
        accept(batch=batch, by=bob)
    assert accept(batch=batch, by=alice).set_aside == 1
    close(paper=paper, by=bob)
    assert Ballot.objects.count() == 1


def test_setting_aside_needs_a_reason_and_no_more_envelopes_than_there_are(batch, bob, alice, make_user):
    for number, reason, told in ((3, "torn", "fewer envelopes"), (-1, "torn", "fewer"), (1, " ", "Say why")):
        with pytest.raises(BadInput, match=told):
            set_aside(batch=batch, number=number, reason=reason, by=bob)
    with pytest.raises(PermissionDenied):
        set_aside(batch=batch, number=1, reason="torn", by=make_user("mallory"))
    set_aside(batch=batch, number=2, reason="torn", by=bob)
    set_aside(batch=batch, number=0, reason="", by=alice)
    batch.refresh_from_db()
    assert (batch.set_aside, batch.set_aside_reason, batch.set_aside_by) == (0, "", None)


def test_a_ballot_typed_into_the_wrong_batch_is_taken_out_by_whoever_typed_it(
    batch, codes, bob, alice, paper
):
    other = open_batch(paper=paper, name="town hall", envelopes=1, by=bob)
    type_both(other, codes[0], bob)
    with pytest.raises(BadInput, match="another batch"):
        type_both(batch, codes[0], bob)
    with pytest.raises(BadInput, match="You typed no ballot"):
        take_out(batch=other, code=codes[0], by=alice)
    take_out(batch=other, code=codes[0].lower(), by=bob)
    type_both(batch, codes[0], bob, alice)
    assert report_on(other).ballots == 0
    assert report_on(batch).ballots == 1
