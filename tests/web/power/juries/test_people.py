"""The officers of a jury say who joins them; nobody else does, whatever their office."""

import pytest
from django.core.exceptions import PermissionDenied

from fairground.errors import BadInput

pytestmark = pytest.mark.django_db


def people(jury):
    return f"/power/juries/{jury.round.slug}/office/people/"


def test_an_officer_adds_another_who_is_told_and_can_open_the_pool(client, jury, bob, make_user):
    from fairground.web.audit.models import AuditEvent
    from fairground.web.participation.models import Notice
    from fairground.web.power.juries.permissions import may

    dora = make_user("dora")
    client.force_login(bob)
    for _ in range(2):
        answer = client.post(people(jury), {"email": "Dora@example.org"}, follow=True)
        assert "dora@example.org" in answer.content.decode()
    assert may(dora, "pool.open", jury)
    assert AuditEvent.objects.filter(action="jury.officer.give").count() == 1
    assert Notice.objects.get(user=dora).address.endswith("/office/")


def test_an_address_without_an_account_is_named(client, jury, bob):
    client.force_login(bob)
    answer = client.post(people(jury), {"email": "nobody@example.org"})
    assert answer.status_code == 400
    assert "Ask them to sign in once" in answer.content.decode()


def test_an_office_in_the_place_makes_nobody_an_officer_of_a_pool(client, jury, alice):
    from fairground.web.power.juries.actions.people import add_officer

    client.force_login(alice)
    assert client.get(people(jury)).status_code == 403
    with pytest.raises(PermissionDenied):
        add_officer(jury, alice.email, by=alice)
    assert (
        "Officers of this jury" not in client.get(f"/power/juries/{jury.round.slug}/office/").content.decode()
    )


def test_a_stranger_is_not_told_that_an_unpublished_jury_is_there(client, make_jury, charlie):
    client.force_login(charlie)
    assert client.get(people(make_jury(published=False))).status_code == 404


def test_a_jury_keeps_its_last_officer(client, jury, bob, make_user):
    from fairground.web.power.juries.actions.people import add_officer, officers, remove_officer
    from fairground.web.power.juries.permissions import may

    with pytest.raises(BadInput, match="last officer"):
        remove_officer(officers(jury)[0], by=bob)
    dora = make_user("dora")
    given = add_officer(jury, dora.email, by=bob)
    client.force_login(bob)
    client.post(f"{people(jury)}{given.pk}/remove/")
    assert not may(dora, "pool.open", jury)


def test_each_app_adds_its_tools_and_nobody_sees_what_they_may_not_use(client, jury, bob, alice, monkeypatch):
    from fairground.web.power.juries import tools

    own = tools.Tool(tools.DRAW, "Draw the jury", "/draw/", "draw.run", "12 volunteers")
    monkeypatch.setattr(tools, "MORE", [lambda jury: [own]])
    page = f"/power/juries/{jury.round.slug}/office/"
    client.force_login(bob)
    assert "12 volunteers" in client.get(page).content.decode()
    client.force_login(alice)
    assert "12 volunteers" not in client.get(page).content.decode()
