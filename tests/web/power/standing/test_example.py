"""The made-up standing jury of the demo is in its second rotation."""

import time

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_made_up_standing_jury_is_in_its_second_rotation_with_both_draws_certified(client):
    from fairground.web.power.juries import example as before
    from fairground.web.power.lots.models import Draw
    from fairground.web.power.standing import example

    before.load()
    began = time.process_time()
    example.load()
    assert time.process_time() - began < 6
    example.load()
    for number, places in ((1, 60), (2, 20)):
        draw = Draw.objects.get(jury__rotation__standing__slug=example.SLUG, jury__rotation__number=number)
        assert draw.places == places
        assert draw.proof["gap"] < 1e-6
    page = client.get(f"/power/juries/standing/{example.SLUG}/").content.decode()
    for told in ("Made up.", "Rotation 2", "20 people left, 40 stayed", "of 60 (", "of 80 (", "<svg"):
        assert told in page, told
    assert "example.org" not in page
