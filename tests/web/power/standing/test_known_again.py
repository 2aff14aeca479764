"""Who moved is known again, who lives with a member is left out, and targets keep their bounds."""

import pytest

from fairground.errors import BadInput, Impossible

pytestmark = pytest.mark.django_db


def seated(jury):
    from fairground.web.power.standing.members import seated

    return [told for _, told in seated(jury)]


def test_who_moved_house_is_known_by_their_email_or_phone(opened, volunteer):
    told = seated(opened.standing.rotations.get(number=1).jury)[0]
    assert told.email
    with pytest.raises(BadInput, match="sits on this standing jury"):
        volunteer(
            opened.jury, 60, name=told.name, address="1 Elsewhere Lane", postcode="ST6 1AA", email=told.email
        )
    one, _ = volunteer(opened.jury, 61, name="Another Person", email=told.email)
    assert one.number == 1, "a household may share an email"


def test_no_other_way_to_know_somebody_can_be_read_from_the_database(opened):
    from django.db import connection

    told = seated(opened.standing.rotations.get(number=1).jury)
    with connection.cursor() as cursor:
        for table in ("standing_sitting", "standing_known"):
            cursor.execute(f"SELECT * FROM {table}")
            kept = repr(cursor.fetchall())
            assert not any(one.email in kept or one.name in kept for one in told)


def test_who_lives_with_somebody_who_stays_volunteers_and_is_not_in_the_draw(
    client, opened, volunteer, fill, bob
):
    from fairground.web.power.juries.bridge import pool_read
    from fairground.web.power.standing.members import home_hashed, ring_of
    from fairground.web.power.standing.models import Sitting

    ring, first = ring_of(opened.standing), opened.standing.rotations.get(number=1).jury
    stays = set(Sitting.objects.filter(left=None).values_list("home_hash", flat=True))
    member = next(one for one in seated(first) if home_hashed(ring, one) in stays)
    person, code = volunteer(
        opened.jury, 80, name="Their Flatmate", address=member.address, postcode=member.postcode
    )
    fill(opened.jury, 100)
    assert str(person.number) not in {one.id for one in pool_read(opened.jury).pool.volunteers}
    mine = f"/power/juries/{opened.jury.round.slug}/mine/"
    client.post(mine, {"code": code})
    assert "You are not in the draw this time" in client.get(mine).content.decode()


def test_targets_under_which_the_whole_jury_would_miss_its_own_are_refused_with_why(second, bob):
    from fairground.web.power.juries.actions import juries

    def asked(young, old):
        town = tuple(juries.Value(v, least, most) for f, v, least, most in second.room if f == "Town")
        age = (juries.Value("Under 40", young, young), juries.Value("40 or over", old, old))
        return [juries.Asked("Age", "How old?", age), juries.Asked("Town", "Where?", town)]

    low = next(row[2] for row in second.room if row[:2] == ["Age", "Under 40"])
    with pytest.raises(Impossible, match="Under 40: those who come may be") as refused:
        juries.set_targets(second.jury, asked(2 - low, low) if low != 1 else asked(2, 0), by=bob)
    assert "would miss its own targets" in str(refused.value)
    juries.set_targets(second.jury, asked(low, 2 - low), by=bob)


def test_everyone_sees_a_standing_jury_while_any_of_its_juries_is_published(client, opened):
    from fairground.web.participation.models import Round
    from fairground.web.power.standing.models import published

    first = opened.standing.rotations.get(number=1).jury
    Round.objects.filter(pk=first.pk).update(published_at=None)
    assert list(published()) == [opened.standing]
    assert client.get(f"/power/juries/standing/{opened.standing.slug}/").status_code == 200
    Round.objects.update(published_at=None)
    assert not published().exists()
