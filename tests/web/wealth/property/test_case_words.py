"""What people write: kept, checked with a reason, answered; and a decision that waits for all of it."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.models import AuditEvent
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.actions import cases, retention, words
from fairground.web.wealth.property.models import Case, Nomination, Representation
from tests.web.wealth.property.conftest import STOKE, TODAY

pytestmark = pytest.mark.django_db


def test_anyone_may_write_while_the_time_runs_and_nobody_before_or_after(proposal, today, new_case):
    words.represent(proposal, words="Please keep the hall.", signed="Rosa, Hanley")
    assert proposal.events.filter(kind="represent", recorded_by=None).count() == 1
    today(date(2026, 12, 27))
    words.represent(proposal, words="On the last day.")
    today(date(2026, 12, 28))
    with pytest.raises(BadInput, match="is over"):
        words.represent(proposal, words="Too late.")
    with pytest.raises(BadInput, match="has not begun"):
        words.represent(new_case("consultation"), words="Too early.")
    assert Representation.objects.count() == 2


def test_the_same_words_sent_twice_are_kept_once(proposal):
    token = uuid.uuid4()
    one = words.represent(proposal, words="Please keep the hall.", token=token)
    assert words.represent(proposal, words="Please keep the hall.", token=token) == one
    assert proposal.events.filter(kind="represent").count() == 1


def test_a_flood_on_one_day_is_stopped(proposal, monkeypatch):
    monkeypatch.setattr(words, "MOST_IN_A_DAY", 2)
    monkeypatch.setattr(timezone, "localdate", lambda *_: timezone.now().date())
    Case.objects.filter(pk=proposal.pk).update(opened_at=timezone.now())
    proposal.events.update(day=timezone.now().date())
    for n in range(2):
        words.represent(proposal, words=f"Letter {n}")
    with pytest.raises(BadInput, match="Very many people"):
        words.represent(proposal, words="One more")


def test_what_is_left_out_has_a_reason_and_the_last_check_counts(proposal, mo, charlie):
    one = words.represent(proposal, words="Jo Doe of 5 Hope Street wants this.")
    with pytest.raises(BadInput, match="reason why"):
        words.check_representation(one, by=mo, shown=False)
    with pytest.raises(BadInput, match="reason why"):
        words.check_representation(one, by=mo, shown=True, words="[left out] wants this.")
    with pytest.raises(PermissionDenied):
        words.check_representation(one, by=charlie, shown=True)
    words.check_representation(one, by=mo, shown=False, reason="It names a person")
    words.check_representation(one, by=mo, shown=True, words="[left out] wants this.", reason="A name")
    one.refresh_from_db()
    assert (one.last_check.words, one.checks.count()) == ("[left out] wants this.", 2)


def test_a_name_that_is_not_the_writers_own_is_left_out_with_a_reason(proposal, mo):
    one = words.represent(proposal, words="Sell it.", signed="The Mayor")
    words.check_representation(one, by=mo, shown=True)
    one.refresh_from_db()
    assert one.last_check.signed == "The Mayor"
    with pytest.raises(BadInput, match="reason why"):
        words.check_representation(one, by=mo, shown=True, signed="")
    words.check_representation(one, by=mo, shown=True, signed="", reason="The mayor did not write this")
    one.refresh_from_db()
    assert (one.last_check.signed, one.last_check.words) == ("", "Sell it.")
    retention.forget_old(timezone.now() + timedelta(days=366))
    one.refresh_from_db()
    assert (one.signed, one.words) == ("", retention.GONE)


def test_a_nomination_that_is_not_shown_keeps_its_case_from_view(grace, mo):
    case = words.nominate(by=grace, token=uuid.uuid4(), **TOLD)
    words.check_nomination(case.nomination, by=mo, shown=False, reason="It insults the owner")
    case.refresh_from_db()
    assert case.published_at is None
    words.check_nomination(case.nomination, by=mo, shown=True, words="Clubs meet there.", reason="Insults")
    case.refresh_from_db()
    assert case.published_at is not None


def test_nobody_checks_their_own_nomination(mo):
    case = words.nominate(by=mo, token=uuid.uuid4(), **TOLD)
    with pytest.raises(BadInput, match="somebody else must check"):
        words.check_nomination(case.nomination, by=mo, shown=True)
    case.refresh_from_db()
    assert case.published_at is None


def test_a_decision_waits_until_each_representation_is_checked_and_answered(proposal, today, bob, mo):
    shown, bad = (words.represent(proposal, words=text) for text in ("Keep it.", "Rude words."))
    today(date(2026, 12, 20))
    with pytest.raises(BadInput, match=r"before 28 December 2026: .*section 104\(6\)"):
        cases.record_event(proposal, by=bob, kind="decide", day=date(2026, 12, 20), note="So")
    today(date(2026, 12, 29))
    decide = {"by": bob, "kind": "decide", "day": date(2026, 12, 29)}
    with pytest.raises(BadInput, match="needs its reasons"):
        cases.record_event(proposal, **decide)
    with pytest.raises(BadInput, match=r"section 104\(6\)\): 2 not checked yet"):
        cases.record_event(proposal, **decide, note="So")
    words.check_representation(shown, by=mo, shown=True)
    words.check_representation(bad, by=mo, shown=False, reason="It is abuse")
    with pytest.raises(BadInput, match="0 not checked yet, 1 without the council’s response"):
        cases.record_event(proposal, **decide, note="So")
    with pytest.raises(PermissionDenied):
        words.respond(shown, by=mo, words="Thank you.")
    with pytest.raises(BadInput, match="only one that is shown"):
        words.respond(bad, by=bob, words="Thank you.")
    answer = words.respond(shown, by=bob, words="The hall is kept.")
    assert words.respond(shown, by=bob, words="The hall is kept.") == answer
    cases.record_event(proposal, **decide, note="The hall is kept.")
    cases.close_case(proposal, by=bob, outcome="Not sold", reasons="Because of what people wrote.")
    assert proposal.closings.count() == 1


def test_an_officer_adds_what_came_by_post(proposal, bob, charlie):
    one = words.represent(proposal, words="Dear council", by=bob, day=date(2026, 11, 5))
    assert (one.event.recorded_by, one.event.day) == (bob, date(2026, 11, 5))
    with pytest.raises(PermissionDenied):
        words.represent(proposal, words="Dear council", by=charlie)


def test_what_somebody_wrote_is_withheld_by_a_check_and_never_taken_back_as_an_entry(proposal, bob):
    one = words.represent(proposal, words="Keep it.")
    with pytest.raises(BadInput, match="Check it again"):
        cases.take_back_event(one.event, by=bob, why="We do not like it")
    assert proposal.in_force()[-1] == one.event


def test_what_was_left_out_is_deleted_a_year_after_its_check(proposal, mo):
    cut, whole = (words.represent(proposal, words=text) for text in ("Jo Doe wants it.", "Keep it."))
    words.check_representation(cut, by=mo, shown=True, words="[left out] wants it.", reason="A name")
    words.check_representation(whole, by=mo, shown=True)
    now = timezone.now()
    assert retention.forget_old(now) == 0
    assert retention.forget_old(now + timedelta(days=366)) == 1
    assert retention.forget_old(now + timedelta(days=367)) == 0
    cut.refresh_from_db()
    whole.refresh_from_db()
    assert (cut.words, whole.words) == (retention.GONE, "Keep it.")
    assert AuditEvent.objects.filter(action="case.forget").count() == 1


TOLD = {
    "place_code": STOKE, "title": "The Jolly Potter", "where": "1 Hope Street",
    "group": "Friends of the Potter",
    "kind": "unincorporated", "members": 21, "connection": "We meet there.", "use": "now",
    "boundaries": "The building and its yard.", "why": "Clubs meet there each week.",
    "known_owners": "Potter Inns, 2 High Street",
}  # fmt: skip


def test_a_nomination_starts_the_eight_weeks_on_the_day_it_arrives(grace, bob, mo):
    case = words.nominate(by=grace, token=uuid.uuid4(), **TOLD)
    dates = {one.period: one.last for one in kept.followed(case, TODAY).periods}
    assert dates == {"decide-nomination": date(2027, 1, 5)}
    assert (case.published_at, case.opened_by) == (None, grace)
    words.check_nomination(case.nomination, by=mo, shown=True)
    case.refresh_from_db()
    assert case.published_at is not None
    cases.record_event(case, by=bob, kind="refuse", day=TODAY, note="It is a home.")
    cases.close_case(case, by=bob, outcome="Not listed", reasons="It is a home.")
    assert retention.forget_old(timezone.now()) == 1
    assert Nomination.objects.get().known_owners == ""


def test_a_group_that_may_not_nominate_is_told_the_rule(grace):
    for change, said in (
        ({"members": 20}, r"needs 21 members \(SI 2012/2421, regulation 5\(1\)\(c\)\)"),
        ({"shares_surplus": True}, "may not share a surplus"),
        ({"kind": "company"}, "A body of this kind may not nominate"),
    ):
        with pytest.raises(BadInput, match=said):
            words.nominate(by=grace, token=uuid.uuid4(), **{**TOLD, **change})
    words.nominate(by=grace, token=uuid.uuid4(), **{**TOLD, "kind": "charity", "members": 0})
    assert Case.objects.count() == 1


def test_one_account_sends_few_nominations_in_a_day_and_each_form_once(grace):
    token = uuid.uuid4()
    assert words.nominate(by=grace, token=token, **TOLD) == words.nominate(by=grace, token=token, **TOLD)
    for _ in range(words.MOST_NOMINATIONS - 1):
        words.nominate(by=grace, token=uuid.uuid4(), **TOLD)
    with pytest.raises(BadInput, match="in a day"):
        words.nominate(by=grace, token=uuid.uuid4(), **TOLD)


def test_a_persons_export_has_the_nominations_that_they_sent(grace):
    from fairground.web.accounts.actions import export_account

    words.nominate(by=grace, token=uuid.uuid4(), **TOLD)
    assert [one["group"] for one in export_account(grace, by=grace)["nominations"]] == [
        "Friends of the Potter"
    ]
    assert datetime.fromisoformat(export_account(grace, by=grace)["nominations"][0]["at"])
