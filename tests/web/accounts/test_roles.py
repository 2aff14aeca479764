"""Alice administers Stoke, Bob is an officer there, Charlie administers another place."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from fairground.web.accounts import actions
from fairground.web.accounts.models import RoleGrant
from fairground.web.audit.models import AuditEvent
from tests.web.conftest import STOKE


def give(client, email="bob@example.org", role="board", place=STOKE):
    return client.post("/account/roles/", {"email": email, "role": role, "place_code": place})


def test_alice_gives_bob_a_role_and_the_log_says_so(client, alice, bob):
    client.force_login(alice)
    assert give(client).status_code == 302
    assert bob.grants.filter(role="board", revoked_at=None, granted_by=alice).exists()
    event = AuditEvent.objects.filter(action="role.grant").last()
    assert (event.actor, event.subject, event.facts["place"]) == (str(alice.pk), str(bob.pk), STOKE)


def test_giving_a_role_twice_changes_nothing(alice, bob):
    before = AuditEvent.objects.count()
    actions.grant_role(bob, "officer", place_code=STOKE, by=alice)
    assert AuditEvent.objects.count() == before


def test_bob_and_charlie_may_not_give_roles_in_stoke(client, bob, charlie):
    for user in (bob, charlie):
        client.force_login(user)
        assert give(client).status_code == 403
        with pytest.raises(PermissionDenied):
            actions.grant_role(user, "administrator", place_code=STOKE, by=user)


def test_charlie_may_not_take_a_role_back_and_alice_may(client, alice, bob, charlie):
    grant = bob.grants.get()
    client.force_login(charlie)
    assert client.post(f"/account/roles/{grant.pk}/revoke/").status_code == 403
    client.force_login(alice)
    assert client.post(f"/account/roles/{grant.pk}/revoke/").status_code == 302
    grant.refresh_from_db()
    assert grant.revoked_by == alice


def test_alice_sees_only_the_roles_of_her_place(client, alice, bob, charlie):
    client.force_login(alice)
    page = client.get("/account/roles/").content.decode()
    assert "bob@example.org" in page
    assert "charlie@example.org" not in page


def test_an_unknown_address_is_told_to_the_asker(client, alice):
    client.force_login(alice)
    assert "Nobody has an account" in give(client, email="no@example.org").content.decode()


def test_who_and_when_come_in_pairs(bob):
    grant = bob.grants.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.filter(pk=grant.pk).update(revoked_at=timezone.now())


def test_a_place_code_has_the_right_shape(bob):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.filter(user=bob).update(place_code="Stoke")


def test_every_action_says_by_whom():
    import inspect

    from fairground.web.jobs import actions as jobs

    machinery = {"free", "claim", "held", "renew", "report", "end", "again", "give_up"}
    for module in (actions, jobs):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_") and name not in machinery:
                assert "by" in inspect.signature(function).parameters, name
