"""Who sits is chosen from a list: the seats of the draw, with those who left and those who came for them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairground.errors import BadInput
from tests.web.power.lots.conftest import drawn, later, ola, pooled, prepared, sealed
from tests.web.power.sittings.conftest import session_facts

__all__ = ["drawn", "later", "ola", "pooled", "prepared", "sealed"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(drawn, bob):
    """Return a jury whose six members have said yes."""
    from fairground.web.power.lots.actions import seats

    seats.invite(drawn.jury, by=bob, answer_by=timezone.localdate() + timedelta(days=14))
    for seat in drawn.seats.select_related("volunteer", "jury__round"):
        seats.answer(seat, "accepted")
    return drawn.jury


@pytest.fixture
def replaced(sitting, bob, ola, later):
    """Return the jury after the member on seat 3 has left and somebody was drawn for them."""
    from fairground.web.power.lots.actions import lottery, seats

    seats.answer(sitting.seats.select_related("volunteer", "jury__round").get(place=3), "withdrawn", by=bob)
    known = timezone.now() + timedelta(days=1)
    facts = {"rule": "leximin", "announced": ["A lottery"], "known_from": known, "place": False}
    draw = lottery.prepare(sitting, by=bob, **facts)
    lottery.make(draw, lambda share: None)
    draw.refresh_from_db()
    later(5)
    for officer in (bob, ola):
        lottery.read_out(draw, ["77"], by=officer)
    seats.invite(sitting, by=bob, answer_by=timezone.localdate() + timedelta(days=14))
    seats.answer(draw.seats.select_related("volunteer", "jury__round").get(), "accepted")
    return sitting


def test_who_is_drawn_has_a_seat_from_one_to_the_size_and_a_replacement_carries_on_theirs(replaced):
    from fairground.web.power.sittings.members import members

    found = members(replaced)
    assert [one.seat for one in found] == [1, 2, 3, 3, 4, 5, 6]
    assert [one.left for one in found] == [False, False, True, False, False, False, False]
    assert len({one.number for one in found}) == 7


def test_nobody_else_can_hold_a_seat_that_somebody_holds(replaced):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        replaced.seats.filter(place=4, state="accepted").update(place=5)


def test_officers_of_the_jury_read_names_and_an_office_in_the_place_reads_numbers(
    client, replaced, bob, make_user, session_of_it
):
    page = f"/power/juries/{replaced.round.slug}/office/sessions/1/who/"
    client.force_login(bob)
    seen = client.get(page).content.decode()
    names = [one.name for one in _named(replaced, bob)]
    assert all(names)
    assert all(name in seen for name in names)
    client.force_login(make_user("office", "officer"))
    seen = client.get(page).content.decode()
    assert "Seat 3: volunteer" in seen
    assert not any(name in seen for name in names)


def _named(jury, person):
    from fairground.web.power.sittings.members import members

    return members(jury, to=person)


@pytest.fixture
def session_of_it(replaced, bob):
    from fairground.web.power.sittings.actions import sessions

    start = timezone.now() - timedelta(hours=8)
    return sessions.add_session(
        replaced, by=bob, **session_facts(starts_at=start, ends_at=start + timedelta(hours=6))
    )


def test_ticks_are_kept_and_two_of_one_seat_at_once_are_refused(client, replaced, bob, session_of_it):
    there = _named(replaced, bob)
    page = f"/power/juries/{replaced.round.slug}/office/sessions/1/who/"
    client.force_login(bob)
    twice = client.post(page, {"members": [one.key for one in there]})
    assert twice.status_code == 400
    assert "One member at a time has a seat" in twice.content.decode()
    assert client.post(page, {"members": [one.key for one in there if not one.left]}).status_code == 302
    session_of_it.refresh_from_db()
    assert session_of_it.present == 6
    assert client.get(page).content.decode().count(" checked") == 6


def test_who_left_is_paid_what_they_are_owed_and_everyone_who_was_there_in_one_step(
    client, replaced, bob, session_of_it
):
    from fairground.web.power.sittings.actions.sessions import attend

    there = _named(replaced, bob)
    gone = next(one for one in there if one.left)
    attend(session_of_it, [one.key for one in there if one.seat != 3] + [gone.key], by=bob)
    client.force_login(bob)
    office = f"/power/juries/{replaced.round.slug}/office/payments/"
    form = {
        "token": "6c9b3c2e-6d55-4c5e-9d0a-3b7b3f1a9d11", "who": "there", "kind": "gift", "pence": "90",
        "session": session_of_it.pk, "hours": "", "paid_on": timezone.localdate(), "reference": "",
    }  # fmt: skip
    assert client.post(f"{office}new/", form).status_code == 302
    assert set(replaced.payments.values_list("member", flat=True)) == {
        one.row.pk for one in there if one.seat != 3 or one.left
    }
    table = client.get(f"{office}?format=csv").content.decode("utf-8-sig")
    assert f"3,{gone.number},1," in table
    assert gone.name not in table


def test_a_member_finds_the_days_the_papers_the_pay_and_whom_to_call_on_their_own_page(
    client, replaced, bob, session_of_it
):
    from fairground.web.power.juries.actions.letters import set_plan
    from fairground.web.power.juries.actions.volunteers import renew_code
    from fairground.web.power.sittings.actions.payments import pay
    from fairground.web.power.sittings.actions.sessions import add_material

    set_plan(replaced, by=bob, contact="Phone 01632 960000", pay="£90 a day")
    add_material(session_of_it, by=bob, title="A plan of the square", address="https://example.org/plan")
    there = _named(replaced, bob)
    gone, sits = next(one for one in there if one.left), next(one for one in there if not one.left)
    for one in (gone, sits):
        facts = {"kind": "gift", "paid_on": timezone.localdate(), "session": session_of_it}
        pay(replaced, [one.key], by=bob, pence=9000 + one.number, **facts)
    own = f"/power/juries/{replaced.round.slug}/mine/"
    for one, has, lacks in ((sits, "A plan of the square", gone), (gone, "What you get", sits)):
        client.post(own, {"code": renew_code(one.row.volunteer, by=bob)})
        page = client.get(own).content.decode()
        assert has in page
        assert f"£{90 + one.number / 100:.2f}" in page
        assert f"£{90 + lacks.number / 100:.2f}" not in page
        assert "Phone 01632 960000" in page
        assert ("Town hall, Glebe Street" in page) == (not one.left)
        kept = client.get(f"{own}data.json").json()
        assert [line["pence"] for line in kept["payments"]] == [9000 + one.number]
        assert (kept["place"], kept["sessions_attended"]) == (one.seat, [])
        client.post(f"{own}leave/")


def test_a_member_of_another_jury_is_refused(replaced, bob, make_jury, session_of_it):
    from fairground.web.power.sittings.members import chosen

    key = _named(replaced, bob)[0].key
    with pytest.raises(BadInput, match="Nobody of this jury"):
        chosen(make_jury(title="Another"), [key])


def test_after_the_pool_is_erased_payments_say_seats_and_numbers_and_no_name(client, replaced, bob):
    from fairground.web.power.juries.actions.erasure import erase
    from fairground.web.power.sittings.members import members

    names = [one.name for one in members(replaced, to=bob)]
    erase(replaced)
    replaced.refresh_from_db()
    assert {one.name for one in members(replaced, to=bob)} == {""}
    client.force_login(bob)
    seen = client.get(f"/power/juries/{replaced.round.slug}/office/payments/new/").content.decode()
    assert not any(name in seen for name in names)


def test_seats_of_before_get_their_places_by_the_migration(replaced):
    """Take the places away, as they were before, and let the migration work them out again."""
    import importlib

    from django.apps import apps

    from fairground.web.power.lots.models import Seat

    kept = dict(Seat.objects.values_list("pk", "place"))
    Seat.objects.update(place=None, said_yes_at=None)
    importlib.import_module("fairground.web.power.lots.migrations.0003_places").number(apps, None)
    assert dict(Seat.objects.values_list("pk", "place")) == kept
    assert not Seat.objects.filter(said_yes_at=None).exists()
