"""A pool is erased before its day by its officers only, in two steps, with a reason that is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from fairground.errors import BadInput

pytestmark = pytest.mark.django_db


def page(jury):
    return f"/power/juries/{jury.round.slug}/office/erase/"


def test_an_officer_says_why_sees_what_is_lost_and_then_it_is_gone(client, jury, volunteer, bob):
    from fairground.web.audit.models import AuditEvent

    volunteer(jury, 1)
    client.force_login(bob)
    assert client.post(page(jury), {"why": "x"}).status_code == 400
    second = client.post(page(jury), {"why": "The jury is called off"})
    assert "Erase it for good" in second.content.decode()
    assert jury.volunteers.exclude(sealed="").count() == 1, "nothing happens on the first page"
    client.post(page(jury), {"why": "The jury is called off", "sure": "yes"})
    jury.refresh_from_db()
    assert jury.erased_at is not None
    assert not jury.volunteers.exclude(sealed="").exists()
    event = AuditEvent.objects.get(action="jury.erase")
    assert event.facts == {"people": 1, "why": "The jury is called off"}
    assert "The pool is erased" in client.get(page(jury)).content.decode()


def test_nobody_else_erases_it_whatever_their_office(client, jury, charlie, alice, make_user):
    from fairground.web.power.juries.actions.erasure import erase

    for person in (charlie, alice, make_user("office", "officer")):
        client.force_login(person)
        assert client.post(page(jury), {"why": "I would like to", "sure": "yes"}).status_code == 403
        with pytest.raises(PermissionDenied):
            erase(jury, by=person, why="I would like to")
    jury.refresh_from_db()
    assert jury.erased_at is None


def test_an_officer_must_say_why(jury, bob):
    from fairground.web.power.juries.actions.erasure import erase

    with pytest.raises(BadInput, match="Say why"):
        erase(jury, by=bob)


def test_an_office_in_the_place_changes_words_and_not_how_long_people_are_in_the_pool(
    client, jury, make_user
):
    from fairground.web.power.juries.actions.juries import change_jury
    from fairground.web.power.juries.forms import JuryForm
    from fairground.web.power.juries.models import Jury

    office = make_user("office", "officer")
    change_jury(jury, by=office, question="What should the square be for in ten years?")
    for day in ("registration_closes", "erase_on"):
        with pytest.raises(PermissionDenied):
            change_jury(jury, by=office, **{day: getattr(jury, day) + timedelta(days=9)})
    client.force_login(office)
    at = f"/power/juries/{jury.round.slug}/office/change/"
    shown = client.get(at)
    assert not {"registration_closes", "erase_on"} & set(shown.context["form"].fields)
    first = JuryForm.first(jury)
    sent = {name: "on" if value is True else "" if value is False else value for name, value in first.items()}
    sent |= {"erase_on": "2999-01-01", "question": "Asked anew?"}
    assert client.post(at, sent).status_code == 302
    kept = Jury.objects.get(pk=jury.pk)
    assert (kept.question, kept.erase_on) == ("Asked anew?", jury.erase_on)
