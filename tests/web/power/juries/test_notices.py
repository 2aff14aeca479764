"""Who volunteered is told what an officer did with them, where they said that they can be reached."""

import pytest
from django.core import mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Return a function that does something, and returns to whom emails went and what they said."""

    def go(deed):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            deed()
        return [(*one.to, one.body) for one in mail.outbox]

    return go


def test_somebody_whom_an_officer_takes_out_is_told_and_whoever_withdraws_is_not(jury, volunteer, told, bob):
    from fairground.web.power.juries.actions.volunteers import withdraw

    ((to, said),) = told(lambda: withdraw(volunteer(jury, 1)[0], by=bob))
    assert to == "vera1@example.org"
    assert "took you out of those who volunteered" in said
    assert not any(word in said for word in ("Under 40", "Hanley", "Kiln"))
    assert told(lambda: withdraw(volunteer(jury, 2)[0])) == []


def test_a_change_by_an_officer_is_told_where_the_person_could_be_reached_before(jury, volunteer, told, bob):
    from dataclasses import replace

    from fairground.web.power.juries.actions.volunteers import change
    from fairground.web.power.juries.told import read

    person, _ = volunteer(jury, 1)
    other = replace(read(person), email="other@example.org")
    ((to, said),) = told(lambda: change(person, other, by=bob))
    assert (to, "changed what is kept about you" in said) == ("vera1@example.org", True)
    assert told(lambda: change(person, other)) == []


def test_nobody_is_written_to_about_a_table_taken_back_or_in_a_made_up_jury(jury, volunteer, told, bob):
    from fairground.web.participation.models import Round
    from fairground.web.power.juries.actions import tables, volunteers
    from fairground.web.power.juries.models import Volunteer
    from fairground.web.power.juries.told import Told

    values = {"Age": "Under 40", "Town": "Hanley"}
    people = [Told("Tabby", values, email="tabby@example.org", address="1 Oak Road")]
    table = tables.take_in(jury, people, by=bob, key="a", way="post")
    assert told(lambda: tables.undo(table, by=bob)) == []
    person, _ = volunteer(jury, 1)
    Round.objects.filter(pk=jury.pk).update(fictional=True)
    assert told(lambda: volunteers.withdraw(Volunteer.objects.get(pk=person.pk), by=bob)) == []
