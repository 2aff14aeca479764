"""The roll: what a council's file may hold, who is old enough, codes that are kept only as hashes."""

import pytest
from django.core.exceptions import PermissionDenied

from fairground.errors import BadInput
from fairground.web.audit.models import AuditEvent
from fairground.web.ballots.actions import NotEligible, cast, close
from fairground.web.ballots.models import Ballot, RollEntry
from fairground.web.ballots.roll import (
    import_roll,
    make_codes,
    renew_code,
    voter_by_account,
    voter_by_browser,
    voter_by_code,
    voter_by_number,
)
from fairground.web.ballots.slips import open_batch, type_ballot
from tests.web.ballots.conftest import give_letters
from tests.web.ballots.papers import ROLL, ticks

pytestmark = pytest.mark.django_db
HEAD = "number,name,address,postcode,district,born\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "row 1.*must name the columns"),
        ("number,shoe\n", "row 1.*'number,shoe'"),
        (HEAD + ",A,B,C,,\n", "row 2.*needs a number"),
        (HEAD + "1,A,B,C,,,more\n", "row 2.*no more values"),
        (HEAD + "1,A,B,C,,\n1,A,B,C,,\n", "row 3.*'number'.*once"),
        (HEAD + "1,A,B,C,Moon,\n", "row 2.*'district'.*'Moon'.*Coast"),
        (HEAD + "1,A,B,TS10 1AAAAAA,,\n", "row 2.*'postcode'.*up to 8"),
        (HEAD + '1,"A,B,C,,\n', "not sound CSV"),
    ],
)
def test_a_fault_in_the_file_is_named_and_nothing_is_taken(paper, bob, text, told):
    with pytest.raises(BadInput, match=told):
        import_roll(paper=paper, text=text, by=bob, file="roll.csv")
    assert not RollEntry.objects.exists()


def test_only_officers_of_the_round_take_in_a_roll_or_make_codes(paper, charlie):
    for act in (
        lambda: import_roll(paper=paper, text=ROLL, by=charlie),
        lambda: make_codes(paper=paper, by=charlie),
        lambda: renew_code(paper=paper, number="1", by=charlie),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_codes_are_given_once_and_kept_only_as_hashes(paper, letters, bob):
    assert len(set(letters.values())) == 5
    assert make_codes(paper=paper, by=bob) == []
    kept = " ".join(RollEntry.objects.values_list("code_hash", flat=True))
    assert not any(code in kept for code in letters.values())


def test_a_lost_letter_is_renewed_and_its_voter_still_has_one_ballot(paper, letters, bob):
    before = voter_by_code(paper, letters["1"])
    cast(paper=paper, voter=before, marks=ticks(city=["park"]), key="lost")
    entry, code = renew_code(paper=paper, number=" 1 ", by=bob)
    assert (entry.number, code != letters["1"]) == ("1", True)
    with pytest.raises(BadInput, match="Nobody"):
        voter_by_code(paper, letters["1"])
    assert voter_by_code(paper, code) == before
    cast(paper=paper, voter=voter_by_code(paper, code), marks=ticks(city=["bench"]), key="found")
    assert Ballot.objects.count() == 1
    event = AuditEvent.objects.latest("pk")
    assert (event.action, letters["1"] in str(event.facts)) == ("vote.code.renew", False)


def test_a_letter_is_not_renewed_for_nobody_or_once_it_is_typed(paper, letters, bob):
    with pytest.raises(BadInput, match=r"Nobody on the roll.*'99'"):
        renew_code(paper=paper, number="99", by=bob)
    batch = open_batch(paper=paper, name="library", envelopes=1, by=bob)
    type_ballot(batch=batch, code=letters["2"], marks=ticks(city=["park"]), by=bob)
    with pytest.raises(BadInput, match="typed already"):
        renew_code(paper=paper, number="2", by=bob)


def test_a_letter_is_not_renewed_after_the_close(paper, letters, bob, later):
    later(61)
    close(paper=paper, by=bob)
    paper.refresh_from_db()
    with pytest.raises(BadInput, match="closed"):
        renew_code(paper=paper, number="1", by=bob)


@pytest.mark.parametrize("text", ["", "0000-0000-0000-0000", "ABCD", "Z" * 16, "💥" * 16, "1" * 5000])
def test_a_code_that_is_nobodys_is_refused(paper, letters, text):
    with pytest.raises(BadInput):
        voter_by_code(paper, text)


@pytest.mark.parametrize(("number", "postcode"), [("1", "TS10 2AA"), ("9", "TS10 1AA"), ("1", "")])
def test_the_number_and_the_postcode_must_belong_together(paper, letters, number, postcode):
    with pytest.raises(BadInput, match="together"):
        voter_by_number(paper, number, postcode)


def test_a_code_of_another_round_is_nobodys_here(make_paper, bob):
    here, there = make_paper(), make_paper()
    codes = give_letters(there, bob)
    give_letters(here, bob)
    with pytest.raises(BadInput, match="Nobody"):
        voter_by_code(here, codes["1"])
    assert voter_by_number(here, "1", "TS101AA").pseudonym != voter_by_number(there, "1", "TS101AA").pseudonym


def test_who_is_too_young_on_the_last_day_may_not_vote_and_no_birthday_is_kept(make_paper, bob):
    paper = make_paper(eligibility={"ways": ["roll"], "least_age": 16})
    day = paper.closes_at.date()
    turning = day.replace(year=day.year - 16, day=min(day.day, 28))
    old, young = turning.isoformat(), turning.replace(year=turning.year + 1).isoformat()
    import_roll(paper=paper, text=HEAD + f"1,,,TS1,,{old}\n2,,,TS1,,{young}\n", by=bob)
    assert voter_by_number(paper, "1", "TS1").tier == "roll"
    with pytest.raises(NotEligible, match="at least 16"):
        voter_by_number(paper, "2", "TS1")
    assert old not in str(list(RollEntry.objects.values()))
    with pytest.raises(BadInput, match=r"row 2.*'born'.*'soon'"):
        import_roll(paper=paper, text=HEAD + "3,,,TS1,,soon\n", by=bob)


def test_accounts_vote_where_their_postcode_is(make_paper, bob, alice):
    area = {"TS10": "Coast", "TS10 9": ""}
    paper = make_paper(eligibility={"ways": ["postcode", "account"], "postcodes": area})
    assert voter_by_account(paper, bob, "ts10 1ab").district == "Coast"
    assert voter_by_account(paper, bob, "TS10 9AB").district == ""
    assert voter_by_account(paper, bob).pseudonym == voter_by_account(paper, bob, "TS10 1AB").pseudonym
    assert voter_by_account(paper, bob).pseudonym != voter_by_account(paper, alice).pseudonym
    with pytest.raises(NotEligible, match="SW1A"):
        voter_by_account(paper, bob, "SW1A 1AA")


def test_an_open_vote_knows_browsers_only(make_paper):
    paper = make_paper(eligibility={"ways": ["open"]})
    assert voter_by_browser(paper, "a").tier == "open"
    assert voter_by_browser(paper, "a").pseudonym != voter_by_browser(paper, "b").pseudonym
