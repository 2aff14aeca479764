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


def test_the_made_up_jury_was_answered_seven_times_and_one_answer_is_late(example):
    from django.utils import timezone

    from fairground.web.power.sittings.models import Minority
    from fairground.web.power.sittings.standing import report_of, stands, tally

    report = report_of(example)
    today = timezone.localdate()
    found = tally(report, today)
    assert (found.asked, found.accepted, found.partly, found.rejected) == (8, 4, 1, 1)
    assert [one.facts["number"] for one in stands(report, today) if one.late] == [6, 8]
    assert (found.done, found.partly_done, found.not_done, found.dropped) == (2, 1, 1, 1)
    assert Minority.objects.count() == 2


def test_the_members_of_the_made_up_jury_were_paid_and_four_times_too_little(example):
    from fairground.web.power.sittings.bridge import wages

    found = wages(example)
    assert len(found) == 24 + 23 + 22 + 23 + 4
    assert [one.seat for one in found if not one.wage.enough] == [3, 8, 11, 20]
