"""The made-up draw of the demo."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_made_up_jury_is_drawn_certified_and_two_people_are_replaced(client):
    from fairground.web.power.juries import example as before
    from fairground.web.power.lots import example
    from fairground.web.power.lots.models import Draw, Seat, Standby

    before.load()
    example.load()
    example.load()
    first, second = Draw.objects.order_by("number")
    assert (first.first, first.places, second.first, second.places) == (True, 24, False, 2)
    assert first.proof["gap"] < 1e-6
    assert first.proof["rows"], "the place, the pool and the jury stand beside one another"
    assert first.drawn_at < Standby.objects.get().at < second.sealed_at
    states = sorted(Seat.objects.values_list("state", flat=True))
    assert states == ["accepted"] * 24 + ["declined", "no-answer"]
    for part in ("", "1/", "2/"):
        page = client.get(f"/power/juries/{before.SLUG}/draw/{part}").content.decode()
        assert "Made up." in page
    assert "example.org" not in page
