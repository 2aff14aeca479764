"""The roll of a draw on the site: sealed, shown, and to be checked by everybody."""

import hashlib
import json

import pytest

from fairground.evidence import Source
from fairground.questions.power import jury_rolls
from fairground.questions.power.lottery_file import read_lottery
from fairground.questions.power.roll import read_record

pytestmark = pytest.mark.django_db
OWN = Source.own_file("draw.json", "0" * 64)


def of(draw):
    return f"/power/juries/{draw.jury.round.slug}/"


def test_the_page_says_what_is_under_the_seal_and_the_public_file_has_the_targets(client, sealed):
    page = client.get(f"{of(sealed)}draw/1/").content.decode()
    held = client.get(f"{of(sealed)}draw/1/draw.json").json()
    assert "the pool: 30 volunteers" in page
    assert sealed.proof["roll"]["pool"] in page
    assert held["targets"]["rows"] == sealed.targets
    assert len(held["records"]) == 30


def test_the_sealed_list_has_the_seal_as_its_sum_and_the_drawn_jury_in_its_line(client, drawn):
    text = client.get(f"{of(drawn)}draw/1/sealed.txt").content
    assert hashlib.sha256(text).hexdigest() == drawn.seal
    assert text.decode().split("\n")[drawn.chosen - 1].split() == sorted(drawn.codes)


def test_the_steps_to_check_give_the_number_that_was_drawn(client, drawn):
    page = client.get(f"{of(drawn)}draw/1/check/").content.decode()
    assert "9.18.26.34.41.45./7./" in page
    assert f"<strong>Jury {drawn.chosen:,}</strong>" in page
    assert drawn.seal in page
    assert f"verify {drawn.jury.round.slug}-draw-1.json --council" in page


def test_before_the_number_the_steps_say_what_is_still_to_come(client, sealed):
    page = client.get(f"{of(sealed)}draw/1/check/").content.decode()
    assert "These values will choose" in page
    assert "MD5" not in page


def test_the_councils_file_is_held_beside_the_public_one(client, drawn):
    from fairground.web.power.lots import bridge

    public, council = (read_lottery(text, "f") for text in (bridge.public_file(drawn), bridge.council(drawn)))
    assert jury_rolls.beside(public, council, (OWN, OWN)).value.agree


@pytest.fixture
def own_page(client, pooled, volunteer, bob):
    """A draw, and a volunteer of it whose page this browser may see."""
    from datetime import timedelta

    from django.utils import timezone

    from fairground.web.power.juries.models import Jury
    from fairground.web.power.lots.actions import lottery

    Jury.objects.filter(pk=pooled.pk).update(registration_closes=timezone.now() + timedelta(days=1))
    person, code = volunteer(pooled, 77)
    Jury.objects.filter(pk=pooled.pk).update(registration_closes=timezone.now() - timedelta(seconds=1))
    known = timezone.now() + timedelta(days=1)
    draw = lottery.prepare(pooled, by=bob, rule="leximin", announced=["Lotto"], known_from=known, place=False)
    lottery.make(draw, lambda share: None)
    client.post(f"{of(draw)}mine/", {"code": code})
    draw.refresh_from_db()
    return draw, person


def test_a_volunteer_saves_their_record_and_finds_it_on_the_public_roll(client, own_page):
    draw, person = own_page
    page = client.get(f"{of(draw)}mine/").content.decode()
    text = client.get(f"{of(draw)}mine/draw/1/record.json").content.decode()
    held = json.loads(text)
    assert "Your record, as it was sealed" in page
    assert held["digest"] in page
    public = read_lottery(client.get(f"{of(draw)}draw/1/draw.json").content.decode(), "draw.json")
    answer = jury_rolls.own(public, read_record(text, "mine.json"), (OWN,))
    assert answer.value.agree
    assert json.loads(held["record"])[0] == str(person.number)
    assert "Ann" not in text


def test_a_correction_after_the_seal_leaves_the_sealed_record_as_it_was(client, own_page):
    from dataclasses import replace

    from fairground.web.power.juries.actions import volunteers
    from fairground.web.power.juries.models import features_of
    from fairground.web.power.juries.told import read

    draw, person = own_page
    before = client.get(f"{of(draw)}mine/draw/1/record.json").json()
    told, feature = read(person), features_of(draw.jury)[0]
    other = next(v.name for v in feature.values.all() if v.name != told.values[feature.name])
    volunteers.change(person, replace(told, values={**told.values, feature.name: other}))
    assert client.get(f"{of(draw)}mine/draw/1/record.json").json() == before


def test_a_stranger_gets_nobodys_record(client, sealed):
    response = client.get(f"{of(sealed)}mine/draw/1/record.json")
    assert response.status_code == 302
    assert response["Location"].endswith("/mine/")


def test_free_places_have_their_targets_sealed_and_not_shown(client, drawn, bob, ola, later):
    from datetime import timedelta

    from django.utils import timezone

    from fairground.web.power.lots.actions import lottery
    from fairground.web.power.lots.models import Seat, SeatState

    Seat.objects.filter(pk=drawn.seats.first().pk).update(state=SeatState.DECLINED)
    known = timezone.now() + timedelta(days=1)
    more = lottery.prepare(
        drawn.jury, by=bob, rule="leximin", announced=["Lotto"], known_from=known, place=False
    )
    lottery.make(more, lambda share: None)
    held = client.get(f"{of(more)}draw/2/draw.json").json()
    assert list(held["targets"]) == ["digest"]
    page = client.get(f"{of(more)}draw/2/").content.decode()
    assert "those answered who could not come" in page
    assert client.get(f"{of(more)}draw/2/check/").status_code == 200


def test_a_draw_from_before_the_roll_says_that_only_its_juries_are_sealed(client, sealed):
    from fairground.web.power.lots.models import Draw

    facts = {name: part for name, part in sealed.proof.items() if name != "roll"}
    held = {k: v for k, v in json.loads(sealed.public).items() if k not in ("targets", "records")}
    old = json.dumps(held | {"format": "fairground-jury-draw-1"})
    from django.db import connection

    on_table = "" if connection.vendor == "sqlite" else f" ON {Draw._meta.db_table}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER lots_sealed_frozen{on_table}")
    Draw.objects.filter(pk=sealed.pk).update(proof=facts, public=old)
    for page in ("draw/1/", "draw/1/check/"):
        assert "earlier version of Fairground" in client.get(f"{of(sealed)}{page}").content.decode()


def test_where_the_table_would_tell_of_one_person_the_targets_stand_by_themselves(
    client, sealed, monkeypatch
):
    from fairground.web.power.lots import bridge

    assert 'id="targets"' not in client.get(f"{of(sealed)}draw/1/").content.decode()
    monkeypatch.setattr(bridge, "table", lambda draw: [])
    page = client.get(f"{of(sealed)}draw/1/").content.decode()
    feature, value, least, _ = sealed.targets[0]
    assert f"{feature}: {value}</dt>" in page
    assert f'<dd class="govuk-summary-list__value">{least}' in page
