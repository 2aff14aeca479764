"""A lottery is sealed before its number is known, two officers make the draw, anyone can make it again."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.utils import timezone

from fairground.cli import fairground
from fairground.errors import BadInput, Impossible
from tests.web.power.lots.conftest import VALUES

pytestmark = pytest.mark.django_db


def command(*words):
    done = CliRunner().invoke(fairground, ["power", "juries", *words, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.output)["value"]


def test_the_published_file_gives_the_same_jury_by_the_command(client, drawn, tmp_path):
    sent = client.get(f"/power/juries/{drawn.jury.round.slug}/draw/1/draw.json")
    file = tmp_path / "draw.json"
    file.write_bytes(sent.content)
    again = command("redraw", str(file))
    assert (again["number"], again["panel"], again["seal"]) == (drawn.chosen, drawn.codes, drawn.seal)
    assert again["agree"]


def test_the_councils_file_is_verified_whole_by_the_command(client, drawn, bob, tmp_path):
    client.force_login(bob)
    sent = client.get(f"/power/juries/{drawn.jury.round.slug}/office/draw/1/lottery.json")
    file = tmp_path / "lottery.json"
    file.write_bytes(sent.content)
    looked = command("verify", str(file))
    assert (looked["agree"], looked["public"], looked["people"]) == (True, False, 30)
    assert looked["gap"] < 1e-6
    people = {str(seat.volunteer.number) for seat in drawn.seats.all()}
    assert set(command("redraw", str(file))["panel"]) == people


def test_the_sealed_file_says_what_will_choose_and_not_what_is_chosen(client, sealed):
    held = client.get(f"/power/juries/{sealed.jury.round.slug}/draw/1/draw.json").json()
    assert held["announced"] == ["Lotto of Saturday", "Bonus ball"]
    assert held["public_values"] == []
    assert held["seal"] == sealed.seal
    assert "secret" not in held


def test_the_jury_that_is_drawn_meets_its_targets(drawn):
    from fairground.web.power.juries.told import read

    told = [read(seat.volunteer).values for seat in drawn.seats.all()]
    ages = [one["Age"] for one in told]
    assert (len(told), ages.count("Under 40")) == (6, 3)


def test_the_values_of_one_officer_alone_draw_nothing(sealed, bob, later):
    from fairground.web.power.lots.actions import lottery

    later(2)
    assert lottery.read_out(sealed, VALUES, by=bob) is None
    assert lottery.read_out(sealed, VALUES, by=bob) is None
    sealed.refresh_from_db()
    assert (sealed.drawn_at, sealed.seats.count(), sealed.readings.count()) == (None, 0, 2)


def test_values_that_differ_draw_nothing_until_a_slip_is_mended(sealed, bob, ola, later):
    from fairground.web.power.lots.actions import lottery

    later(2)
    lottery.read_out(sealed, VALUES, by=bob)
    assert lottery.read_out(sealed, [VALUES[0], "8"], by=ola) is None
    lottery.read_out(sealed, [VALUES[0], "8"], by=ola)
    assert lottery.read_out(sealed, VALUES, by=ola).chosen


def test_what_an_officer_took_back_does_not_count(sealed, bob, ola, later):
    from fairground.web.power.lots.actions import lottery

    later(2)
    lottery.read_out(sealed, VALUES, by=bob)
    lottery.read_out(sealed, [VALUES[0], "8"], by=bob)
    assert lottery.read_out(sealed, VALUES, by=ola) is None


def test_nothing_is_read_out_before_it_can_be_known(sealed, bob):
    from fairground.web.power.lots.actions import lottery

    with pytest.raises(Impossible, match="cannot be known yet"):
        lottery.read_out(sealed, VALUES, by=bob)


@pytest.mark.parametrize("values", [["7"], ["7", ""], ["7", "8", "9"], ["7", "!!"], ["7", "x" * 201]])
def test_every_value_that_was_announced_is_read_out(sealed, bob, later, values):
    from fairground.web.power.lots.actions import lottery

    later(2)
    with pytest.raises(BadInput):
        lottery.read_out(sealed, values, by=bob)
    assert sealed.readings.count() == 0


def test_a_draw_is_made_once(drawn, bob, ola):
    from fairground.web.power.lots.actions import lottery

    for officer in (bob, ola):
        with pytest.raises(Impossible, match="is made"):
            lottery.read_out(drawn, ["1", "2"], by=officer)
    assert drawn.seats.count() == 6


def test_a_lottery_that_is_ready_too_late_is_not_sealed(prepared, later):
    from fairground.web.power.lots.actions import lottery

    later(2)
    assert "later moment" in lottery.make(prepared, lambda share: None)["problem"]
    prepared.refresh_from_db()
    assert (prepared.seal, prepared.state) == ("", "failed")


def test_sealed_once_the_lottery_is_not_made_again(sealed):
    from fairground.web.power.lots.actions import lottery
    from fairground.web.power.lots.models import Draw

    assert lottery.make(sealed, lambda share: None) == {"seal": sealed.seal}
    lottery.make(Draw(pk=sealed.pk, jury=sealed.jury, **plain(sealed)), lambda share: None)
    assert Draw.objects.get(pk=sealed.pk).seal == sealed.seal


def plain(draw):
    names = (
        "number",
        "first",
        "places",
        "rule",
        "juries",
        "targets",
        "announced",
        "known_from",
        "asked_by_id",
    )
    return {name: getattr(draw, name) for name in names}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"announced": []}, "announced"),
        ({"announced": ["  "]}, "announced"),
        ({"announced": ["x"] * 7}, "announced"),
        ({"known_from": timedelta(minutes=-1)}, "known_from"),
        ({"way_out": 0, "reason": " "}, "reason"),
        ({"rule": "legacy"}, "rule"),
    ],
)
def test_a_draw_says_before_what_will_choose(pooled, bob, more, field):
    from fairground.web.power.lots.actions import lottery
    from fairground.web.power.lots.models import Draw

    given = {"announced": ["Lotto"], "known_from": timedelta(days=1), "rule": "leximin"} | more
    given["known_from"] += timezone.now()
    with pytest.raises(BadInput) as raised:
        lottery.prepare(pooled, by=bob, **given)
    assert raised.value.field == field
    assert not Draw.objects.exists()


def test_nobody_draws_while_people_can_still_volunteer(jury, bob):
    from fairground.web.power.lots.actions import lottery

    with pytest.raises(Impossible, match="still volunteer"):
        lottery.prepare(
            jury, by=bob, rule="leximin", announced=["Lotto"], known_from=timezone.now() + timedelta(days=1)
        )


def test_one_draw_at_a_time(sealed, bob):
    from fairground.web.power.lots.actions import lottery

    with pytest.raises(Impossible, match="under way"):
        lottery.prepare(
            sealed.jury,
            by=bob,
            rule="leximin",
            announced=["Lotto"],
            known_from=timezone.now() + timedelta(days=1),
        )


def test_a_draw_that_is_called_off_stays_visible_and_another_follows(
    client, sealed, bob, prepare_again, call_off
):
    from fairground.web.power.lots.actions import lottery

    with pytest.raises(BadInput):
        lottery.ask_to_call_off(sealed, "  ", by=bob)
    call_off(sealed, "The lottery of Saturday was cancelled.")
    page = client.get(f"/power/juries/{sealed.jury.round.slug}/draw/1/").content.decode()
    assert "The lottery of Saturday was cancelled." in page
    assert sealed.seal in page
    assert prepare_again(sealed.jury).number == 2


@pytest.fixture
def prepare_again(bob):
    from fairground.web.power.lots.actions import lottery

    def go(jury):
        known = timezone.now() + timedelta(days=1)
        return lottery.prepare(jury, by=bob, rule="leximin", announced=["Lotto"], known_from=known)

    return go


def test_the_work_behind_a_draw_is_a_job_that_can_be_watched(pooled, prepare_again):
    from fairground.web.jobs.models import Job
    from fairground.web.jobs.worker import work_once

    draw = prepare_again(pooled)
    assert draw.state == "making"
    assert work_once("worker")
    draw.refresh_from_db()
    assert (draw.state, Job.objects.get(pk=draw.job_id).result) == ("sealed", {"seal": draw.seal})


def test_a_draw_whose_work_was_stopped_can_be_asked_for_anew(pooled, prepare_again, bob):
    from fairground.web.jobs.actions import cancel
    from fairground.web.power.lots.models import Draw

    draw = prepare_again(pooled)
    cancel(draw.job, by=bob)
    assert Draw.objects.select_related("job").get(pk=draw.pk).state == "failed"
    assert prepare_again(pooled).number == 1
