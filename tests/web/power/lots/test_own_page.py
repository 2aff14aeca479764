"""A volunteer sees their code, their chance and whether they were drawn, and nobody else does."""

import pytest

pytestmark = pytest.mark.django_db


def test_everyone_finds_their_own_code_in_the_public_file_and_their_chance(client, drawn):
    from fairground.web.power.lots import own

    held = client.get(f"/power/juries/{drawn.jury.round.slug}/draw/1/draw.json").json()
    seated = set(drawn.seats.values_list("volunteer_id", flat=True))
    for person in drawn.jury.volunteers.all()[:8]:
        line = own.data(person)["draws"][0]
        assert held["chances"][line["code"]] == pytest.approx(own.chance(person).value)
        assert (line["code"] in drawn.codes) == (person.pk in seated)
        assert own.outcomes(person)[0].name.startswith("Drawn" if person.pk in seated else "Not drawn")


def test_before_the_draw_the_page_says_the_code_and_not_what_comes(sealed):
    from fairground.web.power.lots import own

    person = sealed.jury.volunteers.first()
    (outcome,) = own.outcomes(person)
    assert own.data(person)["draws"][0]["code"] in outcome.words
    assert own.data(person)["seat"] is None


def test_the_page_of_a_volunteer_shows_it(client, pooled, volunteer, make_user, bob):
    from datetime import timedelta

    from django.utils import timezone

    from fairground.web.power.juries.models import Jury
    from fairground.web.power.lots.actions import lottery

    Jury.objects.filter(pk=pooled.pk).update(registration_closes=timezone.now() + timedelta(days=1))
    _, code = volunteer(pooled, 77)
    Jury.objects.filter(pk=pooled.pk).update(registration_closes=timezone.now() - timedelta(seconds=1))
    known = timezone.now() + timedelta(days=1)
    draw = lottery.prepare(pooled, by=bob, rule="leximin", announced=["Lotto"], known_from=known, place=False)
    lottery.make(draw, lambda share: None)
    page = client.post(
        f"/power/juries/{pooled.round.slug}/mine/", {"code": code}, follow=True
    ).content.decode()
    assert "You are in draw 1" in page
    assert "Your chance to be drawn: " in page


def test_a_draw_that_was_called_off_and_an_erased_pool_say_nothing(sealed, call_off):
    from fairground.web.power.juries.actions.erasure import erase
    from fairground.web.power.lots import own

    person = sealed.jury.volunteers.first()
    call_off(sealed)
    assert own.outcomes(person) == []
    erase(sealed.jury)
    assert (own.chance(person), own.data(person)) == (None, {"draws": [], "seat": None})
