"""The lists of a later rotation hold who stays beside who came: attendance, payments, their own page."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from fairground.errors import BadInput
from tests.web.power.sittings.conftest import session_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(opened, fill, bob):
    """The second rotation, begun: four stay, two came."""
    from fairground.web.power.standing.actions import rotations

    fill(opened.jury, 100)
    rotations.begin(opened.standing, by=bob)
    return opened


@pytest.fixture
def session(begun, bob):
    from fairground.web.power.sittings.actions import sessions

    start = timezone.now() - timedelta(hours=8)
    facts = session_facts(title="Second year", starts_at=start, ends_at=start + timedelta(hours=6))
    return sessions.add_session(begun.jury, by=bob, **facts)


def members(jury, person=None):
    from fairground.web.power.sittings.members import members

    return members(jury, to=person)


def test_two_came_and_four_stay_on_seats_after_theirs_and_the_first_rotation_lists_its_six(begun, bob):
    from fairground.web.power.sittings.members import seats

    found = members(begun.jury, bob)
    assert [one.since for one in found] == [0, 0, 1, 1, 1, 1]
    assert [one.seat for one in found[:2]] == [1, 2]
    assert {one.seat for one in found[2:]} <= set(range(3, 9))
    assert all(one.name and not one.left for one in found)
    assert "of rotation 1, Vera" in found[2].words
    assert not any(one.name for one in members(begun.jury))
    assert (len({one.key for one in found}), seats(begun.jury)) == (6, 6)
    first = begun.standing.rotations.get(number=1).jury
    assert (len(members(first)), seats(first)) == (6, 6)


def test_a_seat_keeps_its_number_at_the_third_rotation_when_others_leave(begun, bob, facts):
    from fairground.web.power.standing.actions import rotations

    third = rotations.next_rotation(begun.standing, by=bob, **facts)
    now = [one for one in members(third.jury) if one.row]
    assert [one.since for one in now] == [2, 2, 1, 1]
    before = {one.key: one.seat for one in members(begun.jury)}
    assert all(one.seat == before[one.key] + third.jury.size for one in now)


def test_who_leaves_stays_on_the_list_and_who_left_before_was_never_on_it(begun, bob):
    from fairground.web.power.juries.actions.volunteers import withdraw

    one = members(begun.jury)[2]
    withdraw(one.row.volunteer)
    assert [m.left for m in members(begun.jury) if m.key == one.key] == [True]
    first = begun.standing.rotations.get(number=1).jury
    gone = {m.key for m in members(first)} - {m.key for m in members(begun.jury)}
    assert len(gone) == 2


def test_all_six_attend_and_are_paid_by_forms_and_everyone_reads_six_of_six(client, session, begun, bob):
    there = members(begun.jury)
    office = f"/power/juries/{begun.jury.round.slug}/office/"
    client.force_login(bob)
    keys = [one.key for one in there]
    assert client.post(f"{office}sessions/1/who/", {"members": keys}).status_code == 302
    form = {
        "token": str(uuid.uuid4()), "who": "there", "kind": "gift", "pence": "90", "session": session.pk,
        "hours": "", "paid_on": timezone.localdate(), "reference": "",
    }  # fmt: skip
    assert client.post(f"{office}payments/new/", form).status_code == 302
    assert set(begun.jury.payments.values_list("member", flat=True)) == {one.row.pk for one in there}
    table = client.get(f"{office}payments/?format=csv").content.decode("utf-8-sig")
    assert table.count("of an earlier rotation") == 4
    page = client.get(f"/power/juries/{begun.jury.round.slug}/sessions/1/").content.decode()
    assert "6 of 6 members" in page


def test_who_stays_finds_the_days_of_both_rotations_and_their_pay_on_their_own_page(
    client, session, begun, bob
):
    from fairground.web.power.juries.actions.volunteers import renew_code
    from fairground.web.power.sittings.actions.payments import pay

    first = begun.standing.rotations.get(number=1).jury
    stays = members(begun.jury)[2]
    left = next(m for m in members(first) if m.key not in {one.key for one in members(begun.jury)})
    facts = {"kind": "gift", "paid_on": timezone.localdate(), "session": session}
    pay(begun.jury, [stays.key], by=bob, pence=9150, **facts)
    mine = f"/power/juries/{first.round.slug}/mine/"
    for one, has in ((stays, True), (left, False)):
        client.post(mine, {"code": renew_code(one.row.volunteer, by=bob)})
        page = client.get(mine).content.decode()
        assert ("Second year" in page) == has
        assert ("£91.50" in page) == has
        kept = client.get(f"{mine}data.json").json()
        assert [line["session"] for line in kept["payments"]] == [f"{begun.jury.round.title}: 1"] * has
        client.post(f"{mine}leave/")


def test_nobody_whose_term_has_ended_can_be_paid_for_a_later_rotation(begun, bob, session):
    from fairground.web.power.sittings.actions.sessions import attend

    first = begun.standing.rotations.get(number=1).jury
    ended = {m.key for m in members(first)} - {m.key for m in members(begun.jury)}
    with pytest.raises(BadInput, match="Nobody of this jury"):
        attend(session, [ended.pop()], by=bob)


def test_a_table_plan_seats_who_stays_beside_who_came(client, begun, bob):
    from fairground.web.power.lots import seating

    made = seating.plan(begun.jury, tables=2, sessions=2, names=False)
    for tables in made.sessions:
        seated = [person for table in tables for person in table]
        assert len(set(seated)) == 6
        assert sum(person.startswith("1-") for person in seated) == 4
    first = next(one for one in made.sessions[0][0] if one.startswith("1-"))
    apart = next(one for table in made.sessions[0] for one in table if one != first)
    other = seating.plan(begun.jury, tables=2, sessions=2, names=False, apart=f"{first} {apart}")
    assert not any({first, apart} <= set(table) for tables in other.sessions for table in tables)
    client.force_login(bob)
    page = client.get(f"/power/juries/{begun.jury.round.slug}/office/tables/").content.decode()
    assert "the 4 who stay from earlier rotations" in page


def test_who_left_at_a_later_rotation_is_found_for_the_earlier_one_and_an_erased_pool_tells_nothing(
    begun, bob, facts
):
    from fairground.web.audit.models import AuditEvent
    from fairground.web.power.juries.actions.erasure import erase
    from fairground.web.power.standing.actions import rotations
    from fairground.web.power.standing.actions.mending import find_all

    before = {one.key for one in members(begun.jury)}
    rotations.next_rotation(begun.standing, by=bob, **facts)
    begun.stay.clear()
    assert len(members(begun.jury)) == 2, "as before the site wrote down who stays"
    assert (find_all(), find_all()) == (1, 0)
    assert {one.key for one in members(begun.jury)} == before
    assert AuditEvent.objects.filter(action="standing.who-stays").count() == 1
    begun.stay.clear()
    erase(begun.standing.rotations.get(number=1).jury)
    assert find_all() == 0


def test_the_draw_of_a_later_rotation_shows_no_targets_and_the_whole_jury_s_stand_on_the_standing_page(
    client, begun
):
    jury = begun.jury
    held = client.get(f"/power/juries/{jury.round.slug}/draw/1/draw.json").json()
    assert list(held["targets"]) == ["digest"]
    page = client.get(f"/power/juries/{jury.round.slug}/draw/1/").content.decode()
    assert "Targets and chances of this rotation are left out" in page
    assert 'data-label="Target"' not in page
    standing = client.get(f"/power/juries/standing/{begun.standing.slug}/").content.decode()
    assert "Whom the whole jury must hold at every rotation" in standing
    assert "Rotation 2: " in standing
    assert "An equal chance was" in standing
