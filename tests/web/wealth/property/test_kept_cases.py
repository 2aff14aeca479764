"""Cases that the site keeps: opened, told, corrected, taken back, closed; refused steps leave nothing."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from fairground.errors import BadInput, Impossible
from fairground.web.audit.models import AuditEvent
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.actions import cases as acts
from fairground.web.wealth.property.actions.words import represent
from fairground.web.wealth.property.models import Case, CaseEvent, Edition
from tests.web.wealth.property.conftest import SALE, STOKE, TODAY

pytestmark = pytest.mark.django_db


def lasts(case, on=TODAY):
    return {one.period: one.last for one in kept.followed(case, on).periods}


def test_a_sale_has_every_date_of_the_act(new_case):
    case = new_case("acv-2011", *SALE)
    assert lasts(case) == {
        "decide-nomination": date(2026, 3, 2),
        "listing": date(2031, 2, 1),
        "ask-for-review": date(2026, 3, 30),
        "interim-moratorium": date(2026, 11, 30),
        "protected": date(2028, 4, 19),
    }


def test_a_step_that_the_law_bars_is_refused_with_its_provision_and_leaves_nothing(new_case, bob):
    case, before = new_case("acv-2011", *SALE), AuditEvent.objects.count()
    with pytest.raises(BadInput, match=r"before 1 December 2026: Localism Act 2011, section 95\(1\)") as told:
        acts.record_event(case, by=bob, kind="sell", day=TODAY)
    assert told.value.field == "kind"
    assert "You gave" not in str(told.value)
    assert "no-longer-of-value" not in str(told.value)
    assert "The owner sells to a community interest group" in told.value.allowed
    with pytest.raises(BadInput, match="needs its reasons") as told:
        acts.record_event(case, by=bob, kind="no-longer-of-value", day=TODAY)
    assert told.value.field == "note"
    with pytest.raises(BadInput, match="cannot be later"):
        acts.record_event(case, by=bob, kind="ask-to-bid", day=date(2026, 11, 11))
    assert case.events.count() == 4
    assert AuditEvent.objects.count() == before


def test_the_same_form_sent_twice_does_its_work_once(new_case, bob):
    case, token = new_case("acv-2011", *SALE), uuid.uuid4()
    told = {"by": bob, "kind": "ask-to-bid", "day": date(2026, 11, 3), "token": token}
    assert acts.record_event(case, **told) == acts.record_event(case, **told)
    again = acts.open_case(by=bob, procedure="acv-2011", place_code=STOKE, title="Twice", token=token)
    assert acts.open_case(by=bob, procedure="acv-2011", place_code=STOKE, title="Twice", token=token) == again
    fixed = case.in_force()[-1]
    one = acts.take_back_event(fixed, by=bob, why="Mistake", token=(twice := uuid.uuid4()))
    assert acts.take_back_event(fixed, by=bob, why="Mistake", token=twice) == one
    assert case.events.count() == 6


def test_a_form_of_one_case_does_nothing_in_another(new_case, proposal, bob):
    token, second = uuid.uuid4(), new_case("consultation", ("publish", date(2026, 11, 2)))
    represent(proposal, words="Keep it.", token=token)
    with pytest.raises(BadInput, match="another case"):
        represent(second, words="Keep it.", token=token)
    used = new_case("acv-2011", *SALE).events.last().token
    with pytest.raises(BadInput, match="another case"):
        acts.record_event(new_case(), by=bob, kind="nominate", day=TODAY, token=used)


def test_a_correction_takes_the_place_of_an_entry_and_both_can_be_read(new_case, bob):
    case = new_case("acv-2011", *SALE)
    wrong = case.events.get(kind="notice-of-sale")
    right = acts.correct_event(wrong, by=bob, day=date(2026, 10, 27), why="The stamp says 27 October")
    assert [one.kind for one in case.in_force()] == [one[0] for one in SALE]
    assert lasts(case)["interim-moratorium"] == date(2026, 12, 7)
    assert (right.supersedes, right.place, case.events.count()) == (wrong, wrong.place, 5)
    assert AuditEvent.objects.filter(action="case.event.correct", facts__instead_of=wrong.pk).exists()
    with pytest.raises(BadInput, match="corrected already"):
        acts.correct_event(wrong, by=bob, day=date(2026, 10, 28), why="Once more")
    with pytest.raises(BadInput, match="says why"):
        acts.correct_event(right, by=bob, day=date(2026, 10, 28), why=" ")


def test_an_entry_that_later_ones_stand_on_is_not_taken_back(new_case, bob):
    case = new_case("acv-2011", *SALE)
    with pytest.raises(BadInput, match=r"a later step would not be allowed any more.*section 91.*3 February"):
        acts.take_back_event(case.events.get(kind="list"), by=bob, why="Wrong building")
    acts.take_back_event(case.events.get(kind="notice-of-sale"), by=bob, why="It was no notice")
    assert "interim-moratorium" not in lasts(case)
    acts.record_event(case, by=bob, kind="notice-of-sale", day=date(2026, 10, 20))
    assert lasts(case)["interim-moratorium"] == date(2026, 11, 30)


def test_events_of_one_day_keep_their_order_when_one_is_corrected(new_case, bob):
    day = date(2026, 9, 1)
    case = new_case("acv-2011", ("nominate", day), ("list", day), ("notice-of-sale", day))
    acts.correct_event(case.events.get(kind="list"), by=bob, note="Minute 7", why="The minute was missing")
    assert [one.kind for one in case.in_force()] == ["nominate", "list", "notice-of-sale"]


def test_a_case_keeps_the_rules_that_it_was_opened_under(new_case, monkeypatch, bob):
    case = new_case("consultation", ("publish", date(2026, 11, 2)))
    newer = case.edition.text.replace("number = 8", "number = 10")
    monkeypatch.setattr(kept, "text_of", lambda id: newer)
    assert kept.changed_since(case)
    assert lasts(case)["representations"] == date(2026, 12, 27)
    later = new_case("consultation", ("publish", date(2026, 11, 2)))
    assert lasts(later)["representations"] == date(2027, 1, 10)
    assert Edition.objects.filter(procedure="consultation").count() == 2


def test_a_councils_own_length_holds_and_one_that_the_law_sets_is_refused(new_case, bob):
    own = {"representations": {"number": 12, "unit": "weeks", "counts": "beginning-with"}}
    case = new_case("consultation", ("publish", date(2026, 11, 2)), lengths=own)
    assert lasts(case)["representations"] == date(2027, 1, 24)
    with pytest.raises(BadInput, match="section 95"):
        new_case("acv-2011", lengths={"interim-moratorium": {"number": 1, "unit": "weeks"}})
    assert Case.objects.count() == 1


def test_a_case_is_closed_with_outcome_and_reasons_once_nothing_is_owed(new_case, bob):
    case = new_case("acv-2011", ("nominate", date(2026, 11, 2)))
    with pytest.raises(BadInput, match=r"must decide on the nomination \(SI 2012/2421, regulation 7\)"):
        acts.close_case(case, by=bob, outcome="Done", reasons="All done")
    acts.record_event(case, by=bob, kind="refuse", day=TODAY, note="It is a home.")
    for outcome, reasons in ((" ", "All done"), ("Done", "")):
        with pytest.raises(BadInput, match="outcome and the reasons"):
            acts.close_case(case, by=bob, outcome=outcome, reasons=reasons)
    closed = acts.close_case(case, by=bob, outcome="Not listed", reasons="It is a home.")
    assert acts.close_case(case, by=bob, outcome="Again", reasons="Again") == closed
    with pytest.raises(BadInput, match="case is closed"):
        acts.record_event(case, by=bob, kind="nominate", day=TODAY)
    acts.reopen_case(case, by=bob, why="The group sent more")
    acts.record_event(case, by=bob, kind="nominate", day=TODAY)
    assert [one["action"] for one in AuditEvent.objects.order_by("sequence").values("action")][-3:] == [
        "case.close", "case.reopen", "case.event",
    ]  # fmt: skip


def test_a_listed_case_is_not_closed_while_it_is_on_the_list(new_case, bob):
    with pytest.raises(BadInput, match="cannot be closed yet"):
        acts.close_case(new_case("acv-2011", *SALE[:2]), by=bob, outcome="Done", reasons="Done")


def test_the_database_keeps_no_name_of_a_private_owner_and_no_correction_without_a_reason(new_case, bob):
    case = new_case("acv-2011", *SALE)
    for change in (
        lambda: Case.objects.filter(pk=case.pk).update(owner_kind="person", owner_name="Jo Doe"),
        lambda: Case.objects.filter(pk=case.pk).update(supposed_from=TODAY),
        lambda: CaseEvent.objects.create(
            case=case, kind="list", day=TODAY, place=9, supersedes=case.events.first()
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_only_a_made_up_case_follows_a_law_that_is_not_in_force(new_case):
    facts = {"supposed_from": date(2026, 6, 1), "fictional": True}
    case = new_case("acv-2026", ("list", date(2026, 7, 1)), ("notice-of-sale", date(2026, 8, 3)), **facts)
    assert lasts(case)["moratorium"] == date(2027, 8, 2)
    for real in ("acv-2026", "common-good-register"):
        with pytest.raises(BadInput, match="not in force in England"):
            new_case(real)
    with pytest.raises(Impossible, match="Suppose a day"):
        new_case("acv-2026", fictional=True)
    new_case("common-good-register", fictional=True)


def test_charlie_may_do_nothing_here(new_case, charlie, bob):
    case = new_case("acv-2011", *SALE)
    event = case.events.last()
    for do in (
        lambda: acts.open_case(by=charlie, procedure="acv-2011", place_code=STOKE, title="Mine"),
        lambda: acts.record_event(case, by=charlie, kind="ask-to-bid", day=TODAY),
        lambda: acts.correct_event(event, by=charlie, day=TODAY, why="So"),
        lambda: acts.take_back_event(event, by=charlie, why="So"),
        lambda: acts.close_case(case, by=charlie, outcome="Done", reasons="So"),
        lambda: acts.reopen_case(case, by=charlie, why="So"),
        lambda: acts.publish_case(case, by=charlie),
    ):
        with pytest.raises(PermissionDenied):
            do()
    assert (case.events.count(), Case.objects.count()) == (4, 1)
