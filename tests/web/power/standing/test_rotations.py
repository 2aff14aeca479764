"""A standing jury goes round: who leaves, who may come, who may do it, what is erased."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from fairground.errors import BadInput, Impossible

pytestmark = pytest.mark.django_db


def told_of(jury):
    from fairground.web.power.standing.members import seated

    return [told for _, told in seated(jury)]


def test_two_leave_four_stay_and_two_places_are_free_with_targets_that_make_six_like_the_place(second):
    from fairground.web.power.juries.bridge import targets_of
    from fairground.web.power.standing.members import members
    from fairground.web.power.standing.models import Sitting

    assert (second.number, second.leaving, second.staying, second.jury.size) == (2, 2, 4, 2)
    assert Sitting.objects.filter(left=2).count() == 2
    stay = members(second.standing, ["Age", "Town"])
    assert len(stay) == 4
    for at, feature in enumerate(("Age", "Town")):
        rows = [row for row in targets_of(second.jury) if row[0] == feature]
        for name, value, least, most in rows:
            on = sum(one.values[at] == value for one in stay)
            low, high = next(t[2:4] for t in second.standing.targets if t[:2] == [name, value])
            assert low <= on + least <= on + most <= high
        assert sum(row[2] for row in rows) <= 2 <= sum(row[3] for row in rows)


def test_the_second_rotation_is_drawn_and_begins_and_the_third_lets_the_first_leave_first(
    opened, fill, bob, facts
):
    from fairground.web.power.standing.actions import rotations
    from fairground.web.power.standing.models import Sitting

    fill(opened.jury, 100)
    rotations.begin(opened.standing, by=bob)
    assert sum(n for f, _, n in opened.standing.rotations.get(number=2).came if f == "Age") == 2
    third = rotations.next_rotation(opened.standing, by=bob, **facts)
    assert (third.leaving, third.staying, third.jury.size) == (2, 4, 2)
    assert not Sitting.objects.filter(rotation=opened, left=3).exists()
    assert Sitting.objects.filter(rotation__number=1, left=3).count() == 2


@pytest.mark.parametrize("spelling", ["as it was", "with capitals"])
def test_nobody_who_sits_or_left_just_now_can_volunteer_and_others_can(opened, volunteer, spelling):
    first = opened.standing.rotations.get(number=1).jury
    for n, told in enumerate(told_of(first)):
        name = told.name.upper() if spelling == "with capitals" else told.name
        with pytest.raises(BadInput, match="sits on this standing jury"):
            volunteer(opened.jury, 50 + n, name=name, address=told.address)
    person, _ = volunteer(opened.jury, 70)
    assert person.number == 1


def test_nobody_who_rests_comes_by_a_table_or_by_changing_what_they_told(opened, volunteer):
    from fairground.web.power.juries.actions.volunteers import change, register_all

    told = told_of(opened.standing.rotations.get(number=1).jury)[0]
    with pytest.raises(BadInput, match="left it not long ago"):
        register_all(opened.jury, [told], key="table", way="post")
    person, _ = volunteer(opened.jury, 71)
    with pytest.raises(BadInput, match="left it not long ago"):
        change(person, told)


def test_who_left_may_come_back_when_their_rotations_have_gone_by(opened, fill, bob, facts, volunteer):
    from fairground.web.power.juries.actions import juries
    from fairground.web.power.standing.actions import rotations
    from fairground.web.power.standing.members import hashed, ring_of
    from fairground.web.power.standing.models import Sitting

    fill(opened.jury, 100)
    rotations.begin(opened.standing, by=bob)
    third = rotations.next_rotation(opened.standing, by=bob, **facts)
    juries.publish_jury(third.jury, by=bob)
    ring = ring_of(opened.standing)
    left = dict(Sitting.objects.filter(rotation__number=1).values_list("person_hash", "left"))
    for n, told in enumerate(told_of(opened.standing.rotations.get(number=1).jury)):
        if left[hashed(ring, told)] == 2:
            volunteer(third.jury, 200 + n, name=told.name, address=told.address)
        else:
            with pytest.raises(BadInput):
                volunteer(third.jury, 200 + n, name=told.name, address=told.address)
    assert third.jury.volunteers.count() == 2


def test_a_rotation_begins_once_and_only_when_all_said_yes(standing, fill, bob, facts):
    from fairground.web.power.standing.actions import rotations

    with pytest.raises(Impossible, match="0 of 6"):
        rotations.begin(standing, by=bob)
    with pytest.raises(Impossible, match="has not begun"):
        rotations.next_rotation(standing, by=bob, **facts)
    fill(standing.rotations.get().jury)
    rotations.begin(standing, by=bob)
    with pytest.raises(Impossible, match="begun already"):
        rotations.begin(standing, by=bob)
    rotations.next_rotation(standing, by=bob, **facts)
    with pytest.raises(Impossible, match="Rotation 2 has not begun"):
        rotations.next_rotation(standing, by=bob, **facts)
    assert standing.rotations.count() == 2


def test_somebody_who_left_early_frees_a_place_more(standing, fill, bob, facts):
    from fairground.web.power.lots.models import Seat
    from fairground.web.power.standing.actions import rotations

    first = standing.rotations.get().jury
    fill(first)
    rotations.begin(standing, by=bob)
    seat = Seat.objects.filter(jury=first).first()
    from fairground.web.power.juries.actions.volunteers import withdraw

    withdraw(seat.volunteer)
    row = rotations.next_rotation(standing, by=bob, **facts)
    assert (row.leaving, row.staying, row.jury.size) == (3, 3, 3)


def test_a_pool_that_is_erased_while_its_people_sit_stops_the_next_rotation_in_words(
    standing, fill, bob, facts
):
    from fairground.web.power.juries.actions.erasure import erase
    from fairground.web.power.standing.actions import rotations

    first = standing.rotations.get().jury
    fill(first)
    rotations.begin(standing, by=bob)
    erase(first, by=bob, why="The jury ends early")
    with pytest.raises(Impossible, match="erased"):
        rotations.next_rotation(standing, by=bob, **facts)
    assert standing.rotations.count() == 1


def test_the_end_erases_key_and_hashes_and_nothing_can_follow(opened, bob, facts, volunteer):
    from fairground.web.audit.models import AuditEvent as Event
    from fairground.web.power.standing.actions import rotations
    from fairground.web.power.standing.models import Sitting, StandingKey

    told = told_of(opened.standing.rotations.get(number=1).jury)[0]
    rotations.end(opened.standing, by=bob)
    assert not Sitting.objects.exists()
    assert not StandingKey.objects.exists()
    with pytest.raises(Impossible, match="ended"):
        rotations.next_rotation(opened.standing, by=bob, **facts)
    volunteer(opened.jury, 90, name=told.name, address=told.address)
    kept = " ".join(str(vars(event)) for event in Event.objects.all())
    assert "standing.end" in kept
    assert told.name not in kept


def test_only_officers_of_its_jury_change_a_standing_jury(second, make_user, bob, facts, jury):
    from fairground.web.accounts.actions import appoint
    from fairground.web.power.standing.actions import rotations
    from tests.web.conftest import STOKE

    other = make_user("otto")
    appoint(other, "officer", place_code=STOKE, by=None)
    for do in (
        lambda: rotations.begin(second.standing, by=other),
        lambda: rotations.next_rotation(second.standing, by=other, **facts),
        lambda: rotations.end(second.standing, by=other),
    ):
        with pytest.raises((PermissionDenied, Http404)):
            do()


def test_a_jury_is_made_standing_once_with_sensible_numbers(jury, bob):
    from fairground.web.power.standing.actions import rotations

    for leave, cooling in ((0, 1), (7, 1), (2, -1)):
        with pytest.raises(BadInput):
            rotations.make_standing(jury, by=bob, title="S", summary="S", leave=leave, cooling=cooling)
    rotations.make_standing(jury, by=bob, title="S", summary="S", leave=6, cooling=0)
    with pytest.raises(Impossible, match="already"):
        rotations.make_standing(jury, by=bob, title="S", summary="S", leave=2, cooling=1)


def test_the_database_has_one_rotation_under_way_whoever_presses_at_once(second, make_jury):
    from django.db import IntegrityError, transaction

    from fairground.web.power.standing.models import Rotation

    other = make_jury(title="Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        Rotation.objects.create(standing=second.standing, number=3, jury=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rotation.objects.create(standing=second.standing, number=2, jury=other, began_on="2030-01-01")
