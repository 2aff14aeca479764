"""What attackers try on a pool: names in logs and pages, scripts in names, keys of others, old backups."""

import logging
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.web.power.juries.test_volunteering import answers, at, fill, own_code

pytestmark = pytest.mark.django_db
SCRIPT = "<img src=x onerror=alert(1)>\"'>{{7*7}}"


def test_no_log_line_of_a_registration_has_a_word_of_what_was_told(client, jury, bob, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "django.db.backends")
    fill(client, jury, name={"name": "Zebedee Quux"})
    code = own_code(client.post(at(jury, "check/"), follow=True))
    client.post(f"/power/juries/{jury.round.slug}/mine/", {"code": code})
    client.force_login(bob)
    client.get(f"/power/juries/{jury.round.slug}/office/pool/people/1/")
    client.get(f"/power/juries/{jury.round.slug}/office/pool/people/99/")
    assert not any(word in caplog.text for word in ("Zebedee", "Kiln", "vera@example.org", code))


def test_a_script_in_every_field_is_words_on_every_page(client, jury, bob):
    fill(
        client, jury, name={"name": SCRIPT}, needs={"needs": SCRIPT},
        reach={"address": SCRIPT, "phone": "01782 1"},
    )  # fmt: skip
    assert "<img src=x" not in client.get(at(jury, "check/")).content.decode()
    client.post(at(jury, "check/"))
    client.force_login(bob)
    for page in ("", "people/", "people/1/", "people/1/change/"):
        text = client.get(f"/power/juries/{jury.round.slug}/office/pool/{page}").content.decode()
        assert "<img src=x" not in text
        assert "{{7*7}}" in text or "onerror" not in text


def test_a_public_page_never_has_a_name(client, jury):
    fill(client, jury, name={"name": "Zebedee Quux"})
    client.post(at(jury, "check/"))
    stranger = Client()
    for page in ("/power/juries/", f"/power/juries/{jury.round.slug}/", at(jury), at(jury, "done/")):
        assert "Zebedee" not in stranger.get(page, follow=True).content.decode()


def test_what_comes_from_an_old_backup_is_erased_again_by_the_next_run(jury, volunteer):
    """A backup brings the wrapped key and the sealed texts back, and with them the day of erasure."""
    from fairground.web.jobs.kinds import retention
    from fairground.web.power.juries.models import Jury, PoolKey, Volunteer

    volunteer(jury, 1)
    Jury.objects.filter(pk=jury.pk).update(erase_on=timezone.localdate())
    before = {model: list(model.objects.values()) for model in (PoolKey, Volunteer)}
    retention(lambda _: None)
    assert not PoolKey.objects.exists()
    Jury.objects.filter(pk=jury.pk).update(erased_at=None)
    PoolKey.objects.create(**before[PoolKey][0])
    for row in before[Volunteer]:
        Volunteer.objects.filter(pk=row["id"]).update(**row)
    assert retention(lambda _: None)["pools"] == 1
    assert not PoolKey.objects.exists()
    assert not Volunteer.objects.exclude(sealed="").exists()


def test_a_copy_of_the_database_without_the_key_of_the_site_opens_nothing(jury, volunteer, settings):
    from fairground.errors import DataProblem
    from fairground.web.power.juries.told import read

    person, _ = volunteer(jury, 1)
    settings.POOL_KEY = "another site's key"
    with pytest.raises(DataProblem, match="does not open"):
        read(person)


def test_on_its_day_letters_codes_and_open_pages_end_too(client, jury, volunteer):
    from fairground.web.power.juries.actions.erasure import erase_due
    from fairground.web.power.juries.models import Letter

    fill(client, jury)
    client.post(at(jury, "check/"))
    _, code = volunteer(jury, 2)
    own = f"/power/juries/{jury.round.slug}/mine/"
    client.post(own, {"code": code})
    assert "You are in the pool" in client.get(own).content.decode()
    erase_due(jury.erase_on + timedelta(days=1))
    assert "was erased on" in client.get(own).content.decode()
    assert client.post(own, {"code": code}).status_code == 400
    assert client.get(at(jury, "done/")).status_code == 302
    assert client.get(at(jury, "reach/")).status_code == 302
    assert not Letter.objects.filter(jury=jury).exists()


def test_a_form_sent_to_another_site_address_with_a_session_of_an_officer_is_refused(jury, bob, volunteer):
    volunteer(jury, 1)
    officer = Client(enforce_csrf_checks=True)
    officer.force_login(bob)
    for rest in ("people/1/withdraw/", "people/1/code/", "table/", "write-down/", "publish/"):
        answer = officer.post(f"/power/juries/{jury.round.slug}/office/pool/{rest}", {"sure": "on"})
        assert answer.status_code == 403
    assert jury.volunteers.exclude(sealed="").count() == 1


def test_a_volunteer_sends_no_form_without_the_token_of_the_page(jury):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(at(jury, "age/"), answers(jury)["age"]).status_code == 403


def test_what_is_kept_for_some_minutes_of_who_is_on_no_jury_opens_only_with_the_key_of_the_jury(
    jury, volunteer, bob
):
    """By number it says what they answered, so it is sealed as all that is told about them."""
    import base64

    from django.db import connection

    from fairground.web.power.juries import bridge
    from fairground.web.power.juries.actions.erasure import erase

    for n in range(12):
        volunteer(jury, n)
    nobody = [("Age", "Under 40", 6, 6), ("Age", "40 or over", 0, 0), ("Town", "Hanley", 0, 6)]
    asked = [*nobody, ("Town", "Elsewhere", 0, 6)]
    told = bridge.feasible(jury, asked)
    assert "on no jury" in told.lines[0]
    assert bridge.feasible(jury, asked) == told
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        kept = b"".join(base64.b64decode(value) for key, value in cursor.fetchall() if "feasible" in key)
    assert kept
    assert not any(word in kept for word in (b"volunteer", b"Age", b"40 or over"))
    erase(jury, by=bob, why="Nobody is drawn.")
    assert bridge.feasible(jury, asked).lines == ()


def test_whoever_withdraws_and_a_pool_that_is_erased_leave_no_trace_in_the_files(
    jury, volunteer, bob, monkeypatch
):
    from fairground.web.power.juries.actions import erasure, volunteers

    cleaned = []
    for module in (erasure, volunteers):
        monkeypatch.setattr(module, "leave_no_trace", lambda: cleaned.append(1))
    person, _ = volunteer(jury, 1)
    volunteers.withdraw(person)
    assert cleaned == [1]
    erasure.erase(jury, by=bob, why="Nobody is drawn.")
    assert cleaned == [1, 1]
