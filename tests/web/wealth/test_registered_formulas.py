"""A formula is sealed by someone who is signed in, once, for all to see and to run again."""

import pytest

from fairground.web.audit.models import AuditEvent
from fairground.web.wealth.funding.models import RegisteredFormula

CHOICE = {"pot": "1000000", "imd2025_average_score": "0.5", "gva_per_hour": "0.5", "floor": "0.7"}
ADDRESS = "/wealth/funding/formula/register/"

pytestmark = pytest.mark.django_db


def test_a_stranger_is_asked_to_sign_in_and_nothing_is_kept(client):
    assert client.post(ADDRESS, CHOICE).status_code == 302
    assert RegisteredFormula.objects.count() == 0


@pytest.mark.slow
def test_a_sealed_formula_can_be_seen_and_run_again_by_anyone(client, bob):
    client.force_login(bob)
    page = client.post(ADDRESS, CHOICE)
    client.logout()
    assert "the same amounts, to the penny" in client.get(page["Location"] + "?replay=1").content.decode()
    assert AuditEvent.objects.filter(action="formula.register").count() == 1


def test_a_double_click_seals_once(client, bob):
    client.force_login(bob)
    assert client.post(ADDRESS, CHOICE)["Location"] == client.post(ADDRESS, CHOICE)["Location"]
    assert RegisteredFormula.objects.count() == 1
    assert AuditEvent.objects.filter(action="formula.register").count() == 1


@pytest.mark.slow
def test_an_altered_registration_is_noticed(client, bob):
    client.force_login(bob)
    page = client.post(ADDRESS, CHOICE)["Location"]
    kept = RegisteredFormula.objects.get()
    kept.registration["digest"] = "0" * 64
    kept.save()
    assert "altered" in client.get(page + "?replay=1").content.decode()


def test_a_bad_choice_is_refused_and_nothing_is_kept(client, bob):
    client.force_login(bob)
    assert client.post(ADDRESS, {**CHOICE, "gva_per_hour": "0.9"}).status_code == 400
    assert RegisteredFormula.objects.count() == 0


def test_a_visitor_cannot_seal_by_following_a_link(client, bob):
    client.force_login(bob)
    assert client.get(ADDRESS).status_code == 405
