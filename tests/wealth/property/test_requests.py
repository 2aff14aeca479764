"""Twenty working days: by the published rule, by a plain count, and where a request stands on each day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.wealth.property.calendar import is_working_day
from fairground.wealth.property.requests import OUTCOMES, STATES, Asked, answer_by, standing

SENT = date(2026, 12, 1)
DAYS = st.dates(date(2005, 1, 1), date(2090, 1, 1))


def test_christmas_and_the_day_after_it_do_not_count():
    """2 to 31 December 2026 has 22 weekdays; Christmas Day and 28 December (for Boxing Day) are holidays."""
    assert answer_by(SENT) == date(2026, 12, 31)


def test_second_of_january_does_not_count_although_it_is_a_holiday_in_scotland_only():
    assert not is_working_day(date(2025, 1, 2), "anywhere")
    assert answer_by(date(2024, 12, 2)) == date(2025, 1, 3)


@given(DAYS)
def test_twenty_working_days_lie_after_the_request_and_the_last_is_one(sent):
    last = answer_by(sent)
    days = [sent + timedelta(days=n) for n in range(1, (last - sent).days + 1)]
    assert sum(is_working_day(day, "anywhere") for day in days) == 20
    assert is_working_day(last, "anywhere")


@given(DAYS, st.integers(-5, 60), st.sampled_from(["", *OUTCOMES]), st.integers(0, 50))
def test_a_request_is_in_one_known_state_and_late_only_without_an_outcome(sent, days, outcome, took):
    ended = sent + timedelta(days=took) if outcome else None
    on = sent + timedelta(days=days)
    state = standing(Asked(sent, None, outcome, ended), on)
    assert state in STATES
    if state == "overdue":
        assert on > answer_by(sent)
        assert ended is None or ended > on
    if ended is not None and ended <= on and on >= sent:
        assert state == outcome


def test_what_the_council_says_it_has_is_acknowledged_until_it_is_late():
    asked = Asked(SENT, SENT + timedelta(days=2))
    assert standing(asked, SENT + timedelta(days=1)) == "sent"
    assert standing(asked, SENT + timedelta(days=2)) == "acknowledged"
    assert standing(asked, date(2027, 1, 1)) == "overdue"
    assert standing(Asked(), SENT) == "to-send"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"sent": SENT, "outcome": "lost", "ended": SENT}, "outcome"),
        ({"sent": SENT, "outcome": "answered"}, "ended"),
        ({"sent": SENT, "ended": SENT}, "outcome"),
        ({"acknowledged": SENT}, "acknowledged"),
        ({"sent": SENT, "acknowledged": SENT - timedelta(days=1)}, "acknowledged"),
    ],
    ids=["unknown", "no day", "no outcome", "not sent", "before"],
)
def test_what_cannot_be_is_refused(given, field):
    with pytest.raises(BadInput) as told:
        Asked(**given)
    assert told.value.field == field
