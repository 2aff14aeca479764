"""Counting days: cases from courts and councils, calendars of past years, laws, and a slow twin."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.wealth.property import Length, bank_holidays, last_day
from fairground.wealth.property.calendar import COUNTS, UNITS, is_working_day

DAY = timedelta(days=1)
DAYS = st.dates(date(1996, 1, 1), date(2090, 12, 31))


def test_dodds_v_walker_four_months_after_30_september_end_on_30_january():
    assert last_day(date(1978, 9, 30), Length(4, "months")) == date(1979, 1, 30)


@pytest.mark.parametrize(
    ("start", "number", "unit", "counts", "last"),
    [
        (date(2026, 9, 1), 6, "weeks", "beginning-with", date(2026, 10, 12)),
        (date(2026, 9, 1), 6, "months", "beginning-with", date(2027, 2, 28)),
        (date(2025, 8, 31), 6, "months", "beginning-with", date(2026, 2, 28)),
        (date(2023, 8, 31), 6, "months", "after", date(2024, 2, 29)),
        (date(2024, 2, 29), 5, "years", "beginning-with", date(2029, 2, 28)),
        (date(2024, 2, 29), 1, "years", "after", date(2025, 2, 28)),
        (date(2026, 3, 1), 6, "months", "beginning-with", date(2026, 8, 31)),
        (date(2026, 1, 1), 1, "days", "beginning-with", date(2026, 1, 1)),
        (date(2026, 6, 12), 28, "days", "after", date(2026, 7, 10)),
    ],
)
def test_a_period_ends_on_its_last_whole_day(start, number, unit, counts, last):
    assert last_day(start, Length(number, unit, counts)) == last


def test_a_request_over_christmas_waits_for_scotlands_second_of_january_too():
    """Freedom of Information Act 2000, section 10(6): a bank holiday in any part of the United Kingdom."""
    start = date(2012, 12, 12)
    assert last_day(start, Length(20, "working-days-anywhere")) == date(2013, 1, 15)
    assert last_day(start, Length(20, "working-days")) == date(2013, 1, 14)


ENGLAND = {  # gov.uk/bank-holidays, England and Wales
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}
SCOTLAND = {
    2021: "01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28",
    2022: "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27",
    2026: "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
}
IRELAND = {
    2022: "01-03 03-17 04-15 04-18 05-02 06-02 06-03 07-12 08-29 09-19 12-26 12-27",
    2026: "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
}


@pytest.mark.parametrize(
    ("part", "year", "days"),
    [
        (part, year, days)
        for part, held in (
            ("england-and-wales", ENGLAND),
            ("scotland", SCOTLAND),
            ("northern-ireland", IRELAND),
        )
        for year, days in held.items()
    ],
)
def test_the_bank_holidays_are_those_that_the_government_published(part, year, days):
    assert [f"{day:%m-%d}" for day in sorted(bank_holidays(year, part))] == days.split()


@given(st.integers(1995, 2100))
def test_every_year_has_eight_holidays_or_more_and_none_on_a_weekend(year):
    days = bank_holidays(year)
    assert len(days) >= 8
    assert all(day.weekday() < 5 for day in days)


@given(DAYS, st.integers(1, 400), st.sampled_from(UNITS), st.sampled_from(COUNTS))
def test_a_longer_period_or_a_later_start_never_ends_earlier(start, number, unit, counts):
    number = min(number, 60)
    end = last_day(start, Length(number, unit, counts))
    assert end >= start
    assert last_day(start, Length(number + 1, unit, counts)) >= end
    assert last_day(start + DAY, Length(number, unit, counts)) >= end
    assert last_day(start, Length(number, unit, "beginning-with")) <= last_day(
        start, Length(number, unit, "after")
    )


@given(DAYS, st.integers(1, 30))
def test_periods_that_begin_with_a_day_join_without_a_gap(start, weeks):
    first = last_day(start, Length(weeks, "weeks", "beginning-with"))
    second = last_day(first + DAY, Length(1, "weeks", "beginning-with"))
    assert second == last_day(start, Length(weeks + 1, "weeks", "beginning-with"))


ENDS = [
    date(year, month, 1) - DAY * n
    for year in (2023, 2024, 2100, 2104)
    for month in range(1, 13)
    for n in (1, 2)
]


@given(DAYS | st.sampled_from(ENDS), st.integers(1, 60), st.sampled_from(COUNTS))
def test_months_agree_with_a_twin_that_walks_through_the_calendar(start, months, counts):
    day, passed = start, 0
    while passed < months:  # to the first of each month, then to the day of the same number
        day += DAY
        passed += day.day == 1
    while day.day < start.day and (day + DAY).month == day.month:
        day += DAY
    if counts == "beginning-with" and day.day == start.day:
        day -= DAY
    assert last_day(start, Length(months, "months", counts)) == day


@given(st.dates(date(2005, 1, 1), date(2040, 12, 31)), st.integers(1, 60))
def test_working_days_agree_with_a_twin_that_counts_them_one_by_one(start, number):
    end = last_day(start, Length(number, "working-days"))
    between = [start + n * DAY for n in range(1, (end - start).days + 1)]
    assert sum(map(is_working_day, between)) == number
    assert is_working_day(end)


@pytest.mark.parametrize(
    ("number", "unit", "counts", "field"),
    [(0, "weeks", "after", "number"), (-1, "days", "after", "number"), (6, "fortnights", "after", "unit"),
     (6, "weeks", "since", "counts"), (10**9, "days", "after", "number")],
)  # fmt: skip
def test_an_impossible_period_is_refused_with_its_field(number, unit, counts, field):
    with pytest.raises(BadInput) as told:
        Length(number, unit, counts)
    assert told.value.field == field


def test_a_period_beyond_the_calendar_is_refused():
    with pytest.raises(BadInput, match="9999"):
        last_day(date(9999, 12, 1), Length(6, "months"))
    with pytest.raises(BadInput, match="bank holidays"):
        last_day(date(2101, 1, 1), Length(3, "working-days"))
    with pytest.raises(BadInput, match="No such part"):
        bank_holidays(2026, "wales")
