"""A pool is sealed, nobody is in it twice, whoever withdraws is gone, and on its day nobody can read it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from fairground.errors import BadInput, DataProblem, Impossible

pytestmark = pytest.mark.django_db


def test_what_a_volunteer_told_us_comes_back_only_through_the_key(jury, volunteer):
    from fairground.web.power.juries.told import read

    person, code = volunteer(jury, 1, needs="A chair with arms")
    assert code
    assert read(person).needs == "A chair with arms"
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith("juries_"):
                cursor.execute(f'SELECT * FROM "{table}"')
                text = repr(cursor.fetchall())
                assert not any(
                    word in text for word in ("Vera", "Kiln", "vera1@", "arms", "Under 40\\", code)
                )


def test_the_log_says_that_somebody_volunteered_and_nothing_else(jury, volunteer):
    from fairground.web.audit.models import AuditEvent

    volunteer(jury, 1)
    kept = AuditEvent.objects.get(action="jury.volunteer")
    assert kept.facts == {"number": 1, "way": "online"}


def test_a_record_put_in_another_place_does_not_open(jury, volunteer):
    from fairground.web.power.juries.told import read

    one, _ = volunteer(jury, 1)
    two, _ = volunteer(jury, 2)
    two.sealed = one.sealed
    with pytest.raises(DataProblem, match="does not open"):
        read(two)


def test_a_form_that_is_sent_twice_is_one_volunteer(jury, volunteer):
    one, code = volunteer(jury, 1, key="same")
    again, none = volunteer(jury, 1, key="same")
    assert (again.pk, none) == (one.pk, "")
    assert code
    assert jury.volunteers.count() == 1


@pytest.mark.parametrize(
    "more",
    [{}, {"name": " vera  VOLUNTEER 1"}, {"address": "1 KILN ST."}, {"email": "other@example.org"}],
)
def test_the_same_person_at_the_same_address_volunteers_once(jury, volunteer, more):
    volunteer(jury, 1)
    with pytest.raises(BadInput, match="volunteered already"):
        volunteer(jury, 1, key="another", **more)
    assert jury.volunteers.count() == 1


def test_two_people_of_one_address_may_both_volunteer(jury, volunteer):
    from fairground.web.power.juries.bridge import pool_read

    volunteer(jury, 1)
    volunteer(jury, 2, address="1 Kiln St")
    one, two = pool_read(jury).pool.volunteers
    assert one.household == two.household != ""


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "", "address": ""}, "email"),
        ({"values": {"Age": "Under 40"}}, "Town"),
        ({"values": {"Age": "Under 40", "Town": "Leeds"}}, "Town"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_field_and_nothing_is_kept(jury, volunteer, more, field):
    with pytest.raises(BadInput) as told:
        volunteer(jury, 1, **more)
    assert told.value.field == field
    assert not jury.volunteers.exists()


def test_nobody_volunteers_before_or_after_or_without_publication(make_jury, volunteer):
    now = timezone.now()
    early = make_jury(registration_opens=now + timedelta(days=1))
    unseen = make_jury(published=False)
    for jury in (early, unseen):
        with pytest.raises(Impossible, match="not open"):
            volunteer(jury, 1)


def test_an_officer_writes_down_who_phones_even_when_registration_is_over(make_jury, volunteer, bob):
    now = timezone.now()
    over = make_jury(registration_opens=now - timedelta(days=9), registration_closes=now - timedelta(days=1))
    person, _ = volunteer(over, 1, by=bob, way="phone")
    assert person.entered_by == bob


def test_whoever_withdraws_leaves_a_number_and_nothing_else(jury, volunteer):
    from fairground.web.power.juries.actions.volunteers import by_code, withdraw
    from fairground.web.power.juries.bridge import pool_read

    person, code = volunteer(jury, 1)
    volunteer(jury, 2)
    assert by_code(jury, code.lower()) == person
    withdraw(person)
    withdraw(person)
    person.refresh_from_db()
    assert (person.sealed, person.code_hash, person.same_hash) == ("", "", "")
    assert by_code(jury, code) is None
    assert [one.id for one in pool_read(jury).pool.volunteers] == ["2"]
    assert volunteer(jury, 1, key="again")[0].number == 3


def test_no_office_opens_a_pool_only_the_officers_of_the_jury_do(jury, volunteer, alice, make_user):
    from fairground.web.participation.actions import give_round_role
    from fairground.web.power.juries.permissions import may

    colleague, stranger = make_user("colleague", "officer"), make_user("stranger")
    assert may(colleague, "jury.manage", jury)
    for person in (alice, colleague, stranger):
        assert not may(person, "pool.open", jury)
        with pytest.raises(PermissionDenied):
            volunteer(jury, 1, by=person)
    give_round_role(jury.round, colleague, "officer", by=jury.round.created_by)
    assert may(colleague, "pool.open", jury)


def test_on_its_day_a_pool_is_erased_once_and_the_log_says_so(jury, volunteer):
    from fairground.web.audit.models import AuditEvent
    from fairground.web.power.juries.actions.erasure import erase_due
    from fairground.web.power.juries.bridge import pool_read

    person, _ = volunteer(jury, 1)
    assert erase_due(jury.erase_on - timedelta(days=1)) == 0
    assert erase_due(jury.erase_on) == 1
    assert erase_due(jury.erase_on) == 0
    person.refresh_from_db()
    jury.refresh_from_db()
    assert (person.sealed, person.code_hash, person.same_hash) == ("", "", "")
    assert AuditEvent.objects.get(action="jury.erase").facts == {"people": 1}
    for attempt in (lambda: pool_read(jury), lambda: volunteer(jury, 2)):
        with pytest.raises((BadInput, Impossible)):
            attempt()


def test_the_daily_job_erases_pools(jury, volunteer):
    from fairground.web.jobs.kinds import retention
    from fairground.web.power.juries.models import Jury

    volunteer(jury, 1)
    Jury.objects.filter(pk=jury.pk).update(erase_on=timezone.localdate())
    assert retention(lambda _: None)["pools"] == 1


def test_a_pool_is_drawn_from_by_number_with_answers_and_targets(jury, volunteer):
    from fairground.power.juries import select
    from fairground.web.power.juries.bridge import pool_read, quotas_of

    for n in range(12):
        volunteer(jury, n)
    read, quotas = pool_read(jury), quotas_of(jury)
    assert read.pool.features == ("Age", "Town")
    assert sum(select(read.pool, quotas).chances) == pytest.approx(6)


def test_the_key_of_the_site_is_written_once_for_its_owner_only(settings, tmp_path):
    from fairground.web.power.juries import sealing

    settings.DATA = tmp_path / "data"
    first = sealing._kept()
    assert sealing._kept() == first
    assert (settings.DATA / "pool-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in settings.DATA.iterdir()] == ["pool-key"]


def test_who_lives_together_is_told_as_a_postman_would_and_doubts_are_asked(client, jury, volunteer, bob):
    from fairground.web.power.juries.bridge import pool_read

    there = ("14 Kiln Street, Hanley", "14 Kiln St.", "Flat 2, 14 Kiln Street", "15 Kiln Street")
    for n, address in enumerate(there):
        volunteer(jury, n, address=address, postcode="ST1 1AA")
    homes = [one.household for one in pool_read(jury).pool.volunteers]
    assert homes[0] == homes[1]
    assert len(set(homes)) == 3
    client.force_login(bob)
    page = client.get(f"/power/juries/{jury.round.slug}/office/pool/").content.decode()
    assert "Who may live together" in page
    assert page.count("/office/pool/people/3/") == 1
    assert "/office/pool/people/4/" not in page
