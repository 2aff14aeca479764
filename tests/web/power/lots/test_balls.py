"""Balls or dice give the number of a draw, as two officers saw them; one too high is thrown again."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from fairground.errors import BadInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def thrown(pooled, bob, ola, later):
    """Return a function that seals a draw by balls or dice and moves on to the moment of the throw."""
    from fairground.web.power.lots.actions import lottery

    def go(way):
        facts = {"rule": "leximin", "announced": ["In the town hall"], "place": False}
        known = timezone.now() + timedelta(days=1)
        draw = lottery.prepare(pooled, by=bob, way=way, known_from=known, **facts)
        lottery.make(draw, lambda share: None)
        later(2)
        draw.refresh_from_db()
        return draw

    return go


def test_three_balls_are_the_number_and_anyone_draws_the_same_from_the_public_file(client, thrown, bob, ola):
    from fairground.questions.power.lottery_file import read_lottery

    draw, at = thrown("balls"), "/power/juries/town-square-jury/"
    assert "The balls can be thrown now" in client.get(f"{at}draw/1/").content.decode()
    client.force_login(bob)
    assert "Write down what was thrown</a>" in client.get(f"{at}office/draw/").content.decode()
    assert "3 balls, from 0 to 9" in client.get(f"{at}office/draw/1/read-out/").content.decode()
    assert client.post(f"{at}office/draw/1/read-out/", {"value_1": "4 1"}).status_code == 400
    client.post(f"{at}office/draw/1/read-out/", {"value_1": "4 1 7"})
    client.force_login(ola)
    client.post(f"{at}office/draw/1/read-out/", {"value_1": "417"})
    draw.refresh_from_db()
    assert draw.chosen == 417
    page = client.get(f"{at}draw/1/").content.decode()
    assert "3 balls with the numbers 0 to 9" in page
    assert "RFC 3797" not in page
    public = read_lottery(client.get(f"{at}draw/1/draw.json").content.decode(), "draw.json")
    assert (public.way, public.number) == ("balls", 417)
    assert list(public.drawn().jury) == draw.codes


def test_dice_that_fall_too_high_are_thrown_again_and_both_throws_are_kept(thrown, bob, ola):
    from fairground.web.power.lots.actions import lottery

    draw = thrown("dice")
    with pytest.raises(BadInput, match="throw all of it again"):
        lottery.read_out(draw, ["6 6 1 1"], by=bob)
    assert lottery.read_out(draw, ["6 6 1 1", "1 1 3 2"], by=bob) is None
    assert lottery.read_out(draw, ["1 1 3 2"], by=ola) is None, "one of them left a throw out"
    made = lottery.read_out(draw, ["6611", "1 1 3 2"], by=ola)
    assert made.chosen == 14


def test_the_way_of_a_sealed_draw_cannot_change_and_another_way_has_another_seal(thrown, pooled, bob):
    draw = thrown("balls")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE lots_draw SET way = 'dice'")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE lots_draw SET way = NULL")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE lots_draw SET rule = 'maximin'")
    draw.refresh_from_db()
    assert draw.way == "balls"


def test_a_way_that_is_none_is_refused(pooled, bob):
    from fairground.web.power.lots.actions import lottery

    known = timezone.now() + timedelta(days=1)
    with pytest.raises(BadInput, match="no such way to draw"):
        lottery.prepare(pooled, by=bob, rule="leximin", announced=["A coin"], known_from=known, way="coin")
