"""What the made-up jury of the demo did."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def example(monkeypatch):
    """Return the jury of the demo with what it did; its volunteers are left out: they take a while."""
    from fairground.web.power.juries import example as juries
    from fairground.web.power.juries.models import Jury
    from fairground.web.power.sittings import example

    monkeypatch.setattr(juries, "volunteers", lambda *_, **__: None)
    juries.load()
    example.load()
    example.load()
    return Jury.objects.get(round__slug=juries.SLUG)


def test_the_made_up_jury_met_four_times_and_heard_every_side(example):
    from fairground.web.power.sittings.hearing import balance, unheard

    assert [one.present for one in example.sessions.all()] == [24, 23, 22, 23]
    assert unheard(balance(example)[1]) == []
