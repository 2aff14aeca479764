"""Those who stand ready are chosen once, and step in where somebody leaves; the jury keeps its targets."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fairground.errors import BadInput, Impossible

pytestmark = pytest.mark.django_db


def page(jury, rest=""):
    return f"/power/juries/{jury.round.slug}/office/standby/{rest}"


@pytest.fixture
def chosen(client, drawn, bob):
    client.force_login(bob)
    sent = client.post(page(drawn.jury), {"number": "4", "stays": "80"})
    assert sent.status_code == 302, sent.context["form"].errors
    return drawn.jury.standby


def leaves(seat, by):
    from fairground.web.power.lots.actions import seats

    seats.invite(seat.jury, by=by, answer_by=timezone.localdate() + timedelta(days=9))
    seat.refresh_from_db()
    seats.answer(seat, "declined", by=by)


def test_the_same_draw_gives_the_same_people_and_they_are_chosen_once(client, chosen, bob):
    from fairground.web.audit.models import AuditEvent
    from fairground.web.power.lots import bridge
    from fairground.web.power.lots.actions import standby

    numbers = [one.volunteer.number for one in chosen.people.all()]
    assert bridge.stand_ready(chosen.draw, 4, 0.8).numbers == tuple(numbers)
    on = set(chosen.jury.seats.values_list("volunteer__number", flat=True))
    assert len(set(numbers)) == 4
    assert not on & set(numbers)
    again = standby.choose(chosen.jury, by=bob, number=2, stays=0.5)
    assert (again.stays, again.people.count()) == (0.8, 4)
    assert AuditEvent.objects.filter(action="lots.standby").count() == 1


def test_who_steps_in_has_the_seat_and_the_jury_meets_its_targets_again(client, chosen, bob):
    from fairground.web.power.juries.told import read
    from fairground.web.power.lots.actions.seats import ask_again

    seat = chosen.jury.seats.select_related("volunteer__jury", "jury__round").get(place=2)
    leaves(seat, bob)
    assert (
        "step in who stands ready"
        in client.get(page(chosen.jury).replace("standby", "seats")).content.decode()
    )
    assert client.post(page(chosen.jury, "step-in/")).status_code == 302
    came = chosen.jury.seats.select_related("volunteer__jury").get(place=2, state="drawn")
    assert came.volunteer_id in chosen.people.values_list("volunteer_id", flat=True)
    assert read(came.volunteer).values["Age"] == read(seat.volunteer).values["Age"], "three and three by age"
    seat.refresh_from_db()
    assert seat.replaced_by == chosen.draw
    with pytest.raises(Impossible, match="drawn for this place already"):
        ask_again(seat, by=bob, answer_by=timezone.localdate() + timedelta(days=9))


def test_everyone_sees_how_many_stand_ready_and_each_of_them_on_their_own_page(client, chosen, bob):
    from fairground.web.power.juries.actions.volunteers import renew_code

    one = chosen.people.select_related("volunteer__jury").first().volunteer
    code = renew_code(one, by=bob)
    client.logout()
    public = client.get(f"/power/juries/{chosen.jury.round.slug}/draw/").content.decode()
    assert "4 people stand ready" in public
    client.post(f"/power/juries/{chosen.jury.round.slug}/mine/", {"code": code})
    mine = client.get(f"/power/juries/{chosen.jury.round.slug}/mine/").content.decode()
    assert "You stand ready to step in" in mine


def test_who_left_the_pool_is_not_asked(chosen, bob):
    from fairground.web.power.juries.actions.volunteers import withdraw
    from fairground.web.power.lots.actions import standby

    for one in chosen.people.select_related("volunteer__jury"):
        withdraw(one.volunteer)
    leaves(chosen.jury.seats.select_related("volunteer", "jury__round").get(place=1), bob)
    with pytest.raises(Impossible, match="nobody stands ready"):
        standby.step_in(chosen.jury, by=bob)


def test_nothing_is_chosen_before_the_draw_nor_by_anybody_else(client, sealed, drawn, bob, alice, make_user):
    from fairground.web.power.lots.actions import standby

    jury = drawn.jury
    for person in (alice, make_user("office", "officer")):
        with pytest.raises(PermissionDenied):
            standby.choose(jury, by=person, number=2, stays=0.9)
        with pytest.raises(PermissionDenied):
            standby.step_in(jury, by=person)
        client.force_login(person)
        assert client.get(page(jury)).status_code == 403
    for number, stays in ((0, 0.9), (13, 0.9), (2, 1.5)):
        with pytest.raises(BadInput):
            standby.choose(jury, by=bob, number=number, stays=stays)


def test_a_draw_that_is_called_off_takes_those_who_stand_ready_with_it(chosen, call_off):
    from fairground.web.power.lots.models import Alternate, Standby

    call_off(chosen.draw)
    assert not Standby.objects.exists()
    assert not Alternate.objects.exists()
