"""A volunteer sees how they stand, corrects and takes along their data, and withdraws; nobody else does."""

import json

import pytest
from django.core.exceptions import PermissionDenied

pytestmark = pytest.mark.django_db


def mine(jury, rest=""):
    return f"/power/juries/{jury.round.slug}/mine/{rest}"


@pytest.fixture
def vera(client, jury, volunteer):
    """Somebody whose page is open in the browser."""
    person, code = volunteer(jury, 1, needs="A ramp", postcode="ST1 5RQ")
    client.post(mine(jury), {"code": code})
    return person


def test_a_volunteer_sees_how_they_stand_and_what_they_told(client, jury, vera):
    page = client.get(mine(jury))
    text = page.content.decode()
    assert "You are in the pool" in text
    assert "Your chance can be said once the public lottery is made" in text
    assert "A ramp" in text
    assert "no-store" in page["Cache-Control"]


def test_other_apps_say_what_became_of_them_and_how_likely_it_was(client, jury, vera, monkeypatch):
    from fairground.web.power.juries import outcomes

    drawn = outcomes.Outcome("You are drawn", "Say until Friday whether you come.")
    monkeypatch.setattr(outcomes, "OUTCOMES", [lambda person: [drawn]])
    monkeypatch.setattr(outcomes, "CHANCES", [lambda _: None, lambda _: outcomes.Chance(0.0425, "/lottery/")])
    monkeypatch.setattr(outcomes, "DATA", [lambda person: {"drawn": True}])
    text = client.get(mine(jury)).content.decode()
    assert "You are drawn" in text
    assert "4.2%, which is about 1 in 24" in text
    assert json.loads(client.get(mine(jury, "data.json")).content)["drawn"] is True


@pytest.mark.parametrize(
    ("value", "words"), [(0, "no chance"), (0.997, "certain"), (0.5, "50.0%, which is about 1 in 2")]
)
def test_a_chance_is_said_in_words(value, words):
    from fairground.web.power.juries.outcomes import Chance

    assert Chance(value).words.startswith(words)


def test_a_volunteer_takes_along_all_that_is_kept(client, jury, vera):
    kept = json.loads(client.get(mine(jury, "data.json")).content)
    assert kept["number"] == 1
    assert kept["told"]["needs"] == "A ramp"
    assert kept["told"]["values"] == {"Age": "Under 40", "Town": "Hanley"}


def test_a_volunteer_corrects_what_they_told(client, jury, vera):
    from fairground.web.audit.models import AuditEvent
    from fairground.web.power.juries.person_forms import PersonForm
    from fairground.web.power.juries.told import read

    told = PersonForm.first(jury, read(vera)) | {"phone": "01782 000000", "needs": ""}
    assert client.post(mine(jury, "change/"), told).status_code == 302
    vera.refresh_from_db()
    assert (read(vera).phone, read(vera).needs) == ("01782 000000", "")
    assert client.post(mine(jury, "change/"), told | {"name": ""}).status_code == 400
    assert AuditEvent.objects.get(action="jury.volunteer.change").facts == {"number": 1}


def test_a_volunteer_withdraws_only_after_a_second_look_and_then_nothing_is_left(
    client, jury, vera, monkeypatch
):
    from fairground.web.power.juries import outcomes

    told = []
    monkeypatch.setattr(outcomes, "GONE", [told.append])
    assert "Do you want to withdraw?" in client.get(mine(jury, "withdraw/")).content.decode()
    vera.refresh_from_db()
    assert vera.sealed
    assert "You have withdrawn" in client.post(mine(jury, "withdraw/")).content.decode()
    vera.refresh_from_db()
    assert (vera.sealed, vera.code_hash, told) == ("", "", [vera])
    assert "Your own code" in client.get(mine(jury)).content.decode()


@pytest.mark.parametrize("rest", ["change/", "data.json", "withdraw/"])
def test_without_a_code_there_is_nothing_to_see_or_do(client, jury, volunteer, rest):
    person, _ = volunteer(jury, 1)
    assert client.get(mine(jury, rest), follow=True).redirect_chain[-1][0] == mine(jury)
    assert client.post(mine(jury, rest)).status_code in (302, 405)
    person.refresh_from_db()
    assert person.sealed


def test_guesses_end_after_ten(client, jury, volunteer):
    from fairground.web.power.juries.bridge import new_code

    _, code = volunteer(jury, 1)
    for _ in range(10):
        assert "No volunteer" in client.post(mine(jury), {"code": new_code()}).content.decode()
    assert "Too many wrong codes" in client.post(mine(jury), {"code": code}).content.decode()


def test_a_code_opens_no_other_jury_and_a_pass_no_other_page(client, jury, make_jury, volunteer):
    other = make_jury(title="Another jury")
    _, code = volunteer(jury, 1)
    volunteer(other, 2)
    assert client.post(mine(other), {"code": code}).status_code == 400
    client.post(mine(jury), {"code": code})
    client.cookies[f"jury_pass_{other.pk}"] = client.cookies[f"jury_pass_{jury.pk}"].value
    assert "You are in the pool" not in client.get(mine(other)).content.decode()
    held = client.cookies[f"jury_pass_{jury.pk}"].value
    client.cookies[f"jury_pass_{jury.pk}"] = ("B" if held[0] == "A" else "A") + held[1:]
    assert "You are in the pool" not in client.get(mine(jury)).content.decode()


def test_leaving_ends_every_pass_also_a_copy_that_somebody_took(client, jury, vera):
    stolen = {name: kept.value for name, kept in client.cookies.items()}
    client.post(mine(jury, "leave/"))
    for name, kept in stolen.items():
        client.cookies[name] = kept
    for page in ("", "change/", "data.json", "withdraw/"):
        assert "Vera" not in client.get(mine(jury, page), follow=True).content.decode()


def test_leaving_closes_the_page_on_this_device(client, jury, vera):
    client.post(mine(jury, "leave/"))
    assert "You are in the pool" not in client.get(mine(jury)).content.decode()


def test_a_new_code_makes_the_old_one_and_every_open_page_worthless(client, jury, vera, bob, alice):
    from fairground.web.audit.models import AuditEvent
    from fairground.web.power.juries.actions.volunteers import by_code, renew_code

    with pytest.raises(PermissionDenied):
        renew_code(vera, by=alice)
    code = renew_code(vera, by=bob)
    assert "You are in the pool" not in client.get(mine(jury)).content.decode()
    assert by_code(jury, code) == vera
    assert AuditEvent.objects.get(action="jury.volunteer.code").facts == {"number": 1}
    assert code not in repr(list(AuditEvent.objects.values()))


def test_corrections_do_not_tell_who_else_has_volunteered(client, jury, vera, volunteer):
    """Somebody who corrects their name to every neighbour's would learn which of them are in the pool."""
    from fairground.web.power.juries.person_forms import PersonForm
    from fairground.web.power.juries.throttle import TWICE
    from fairground.web.power.juries.told import read

    volunteer(jury, 2, postcode="ST1 5RQ")
    first = PersonForm.first(jury, read(vera))
    other = first | {"name": "Vera Volunteer 2", "address": "2 Kiln Street"}
    for _ in range(TWICE.most):
        assert "has volunteered already" in client.post(mine(jury, "change/"), other).content.decode()
    told = client.post(mine(jury, "change/"), other).content.decode()
    assert "has volunteered already" not in told
    assert "Too many tries" in told
    assert "Too many tries" in client.post(mine(jury, "change/"), first).content.decode()
