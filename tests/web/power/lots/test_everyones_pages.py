"""Whoever is no officer of a jury finds no name, address or email at any address of the site’s juries."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

pytestmark = pytest.mark.django_db
TOLD = ("Vera Volunteer", "Kiln Street", "@example.org")
APPS = ("juries", "lots", "sittings", "standing")


def every_address(jury):
    """Return each address of the pages of a jury, with numbers and ids of things that are there."""
    seat, person = jury.seats.first(), jury.volunteers.first()
    kept = {"slug": jury.round.slug, "number": person.number, "pk": seat.pk, "step": "reach"}
    found = set()
    for app in APPS:
        ways = get_resolver().namespace_dict[app][1].reverse_dict
        for name in [name for name in ways if isinstance(name, str)]:
            for possible, *_ in ways.getlist(name):
                told = {key: kept.get(key, 1) for _, wanted in possible for key in wanted}
                found |= address(f"{app}:{name}", told)
    return sorted(found)


def address(name, told):
    """Return an address with these facts, or with a number where its thing has no id of this kind."""
    for pk in (told.get("pk"), 1):
        try:
            return {reverse(name, kwargs=told | ({"pk": pk} if "pk" in told else {}))}
        except NoReverseMatch:
            continue
    return set()


def test_nobody_but_an_officer_of_the_jury_finds_a_name_anywhere(drawn, bob, make_user, make_jury):
    from fairground.web.power.lots.actions import seats

    seats.invite(drawn.jury, by=bob, answer_by=timezone.localdate() + timezone.timedelta(days=14))
    other = make_user("omar", "officer")
    make_jury(by=other, title="Another jury")
    addresses = every_address(drawn.jury)
    assert len(addresses) > 60
    for user in (None, other):
        browser = Client()
        if user:
            browser.force_login(user)
        for path in (*addresses, "/power/juries/", "/api/v1/", "/places/?q=Vera"):
            answer = browser.get(path)
            text = answer.getvalue().decode() + str(answer.headers)
            own = user.email if user else ""
            assert not any(one in text.replace(own, "") for one in TOLD), (path, user)


def test_that_an_officer_read_the_names_of_who_was_drawn_is_written_down(drawn, bob):
    from fairground.web.audit.models import AuditEvent

    browser = Client()
    browser.force_login(bob)
    assert TOLD[0] in browser.get(f"/power/juries/{drawn.jury.round.slug}/office/seats/").content.decode()
    event = AuditEvent.objects.get(action="lots.seats.open")
    assert (event.actor, event.facts) == (str(bob.pk), {"people": 6})


def test_no_browser_keeps_a_page_of_the_officers(drawn, bob):
    browser = Client()
    browser.force_login(bob)
    named = 0
    for path in every_address(drawn.jury):
        answer = browser.get(path)
        named += TOLD[0] in answer.getvalue().decode()
        assert "no-store" in answer.headers["Cache-Control"], path
    assert named > 2


def test_the_pages_of_a_draw_say_that_its_values_must_be_from_after_the_seal(client, drawn):
    page = f"/power/juries/{drawn.jury.round.slug}/draw/1/"
    assert "They must be from after the day of the seal" in client.get(page).content.decode()
    steps = client.get(f"{page}check/").content.decode()
    assert f"They must be from after {timezone.localtime(drawn.sealed_at):%-d %B %Y, %H:%M}" in steps
    assert "Who was in the pool before the seal." in steps
