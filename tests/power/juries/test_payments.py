"""Pay for time beside the real living wage."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fairground import standards
from fairground.errors import BadInput
from fairground.power.juries.payments import PACKAGE, Wage, rate, wage

FIRST = date(2022, 9, 22)
PENCE, MINUTES = st.integers(0, 10**6), st.integers(1, 24 * 60)
DAYS = st.dates(FIRST, date(2030, 1, 1))


@pytest.mark.parametrize(
    ("day", "london", "pounds", "season"),
    [
        (date(2022, 9, 22), False, "10.90", "2022-23"),
        (date(2023, 10, 23), True, "11.95", "2022-23"),
        (date(2023, 10, 24), True, "13.15", "2023-24"),
        (date(2025, 1, 1), False, "12.60", "2024-25"),
        (date(2025, 10, 22), False, "13.45", "2025-26"),
        (date(2025, 10, 22), True, "14.80", "2025-26"),
    ],
)
def test_the_rate_of_a_day_is_the_last_that_was_announced(day, london, pounds, season):
    found = rate(day, london=london)
    assert (found.pounds, found.season, found.old) == (Decimal(pounds), season, False)


def test_a_rate_that_no_newer_one_followed_for_a_year_is_said_to_be_old():
    assert not rate(date(2026, 10, 22), london=False).old
    assert rate(date(2026, 11, 30), london=False).old


def test_before_the_first_rate_there_is_none():
    with pytest.raises(BadInput, match="no value"):
        rate(FIRST - timedelta(days=1), london=False)


def test_the_foundations_own_sum_for_a_year_comes_out():
    """Living Wage Foundation, October 2025: £2,418 a year more than at £12.21, for 37.5 hours in 52 weeks."""
    difference = Fraction(rate(date(2025, 10, 22), london=False).pounds) - Fraction("12.21")
    assert round(difference * Fraction("37.5") * 52) == 2418


@given(PENCE, MINUTES, DAYS, st.booleans())
@example(1345, 60, date(2026, 1, 1), False)
@example(1344, 60, date(2026, 1, 1), False)
def test_it_is_enough_exactly_if_the_hour_pays_the_rate(pence, minutes, day, london):
    found = wage(pence, minutes, day, london=london)
    assert found.enough == (Decimal(pence) * 60 >= found.rate.pounds * 100 * minutes)
    assert found.hourly == Fraction(pence, 100) / Fraction(minutes, 60)


@given(PENCE, MINUTES, DAYS, st.booleans())
def test_with_what_is_missing_it_is_enough_and_with_a_penny_less_it_is_not(pence, minutes, day, london):
    found = wage(pence, minutes, day, london=london)
    assert Wage(pence + found.missing, minutes, found.rate).enough
    if found.missing:
        assert not Wage(pence + found.missing - 1, minutes, found.rate).enough


@pytest.mark.parametrize(("pence", "minutes"), [(-1, 60), (100, 0), (100, -5)])
def test_pay_for_no_time_or_of_less_than_nothing_is_refused(pence, minutes):
    with pytest.raises(BadInput):
        wage(pence, minutes, date(2026, 1, 1))


def test_in_london_an_hour_must_never_pay_less():
    out, inside = (standards.get(PACKAGE, name) for name in ("real-living-wage", "real-living-wage-london"))
    assert [one.start for one in out.values] == [one.start for one in inside.values]
    pairs = zip(out.values, inside.values, strict=True)
    assert all(Decimal(low.value) < Decimal(high.value) for low, high in pairs)
