"""A nomination goes from form to listing to notice to moratorium over a leap day and month ends.

Each date was counted by hand against the Localism Act 2011 (five years, six weeks, six and eighteen months,
all "beginning with" a day) and its regulations (eight weeks). The page, the letters and the calendar must
say the same.
"""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from fairground.web.wealth.property import kept
from fairground.web.wealth.property.actions import cases as acts

pytestmark = pytest.mark.django_db
EVENTS = (
    ("nominate", date(2024, 1, 4)),  # eight weeks after it: the leap day
    ("list", date(2024, 2, 29)),
    ("notice-of-listing", date(2024, 3, 1)),
    ("notice-of-sale", date(2024, 8, 31)),  # its months end on a day that February has not
)
BEFORE = {  # on the day of the notice
    "decide-nomination": date(2024, 2, 29),
    "listing": date(2029, 2, 28),
    "ask-for-review": date(2024, 4, 25),
    "interim-moratorium": date(2024, 10, 11),
    "protected": date(2026, 2, 28),
}
AFTER = BEFORE | {"full-moratorium": date(2025, 2, 28)}


def spoken(day):
    return f"{day.day} {day:%B %Y}"


@pytest.fixture
def case(new_case, bob, today):
    """Return the case as it grew day by day, up to the day of the notice."""
    made = new_case("acv-2011")
    for kind, day in EVENTS:
        today(day)
        acts.record_event(made, by=bob, kind=kind, day=day)
    return made


def lasts(case, on):
    return {one.period: one.last for one in kept.followed(case, on).periods}


def calendar(client, case):
    text = client.get(reverse("property:dates", args=[case.pk])).content.decode()
    return {line.partition(":")[2][:8] for line in text.splitlines() if line.startswith("DTSTART")}


def test_each_date_is_the_one_counted_by_hand(case, bob, today):
    assert lasts(case, EVENTS[-1][1]) == BEFORE
    today(date(2024, 10, 11))
    acts.record_event(case, by=bob, kind="ask-to-bid", day=date(2024, 10, 11))
    told = lasts(case, date(2024, 10, 11))
    assert {name: told[name] for name in AFTER} == AFTER
    today(date(2025, 3, 1))
    assert lasts(case, date(2025, 3, 1))["claim-compensation"] == date(2025, 5, 30)


def test_a_request_a_day_after_the_six_weeks_and_a_sale_a_day_before_the_end_are_refused(case, bob, today):
    today(date(2024, 10, 12))
    with pytest.raises(Exception, match="ask"):
        acts.record_event(case, by=bob, kind="ask-to-bid", day=date(2024, 10, 12))
    today(date(2024, 10, 11))
    with pytest.raises(Exception, match="12 October 2024"):
        acts.record_event(case, by=bob, kind="sell", day=date(2024, 10, 11))


def test_the_page_the_letters_and_the_calendar_say_the_same_dates(client, case, bob, today):
    notice = case.events.get(kind="notice-of-sale")
    assert kept.letters_of(case, notice)
    for to in kept.letters_of(case, notice):
        words = "\n".join(kept.letter(case, notice, to)[1])
        assert f"The last day is {spoken(BEFORE['interim-moratorium'])}" in words
    page = client.get(reverse("property:kept", args=[case.pk])).content.decode()
    running = [BEFORE[name] for name in ("listing", "interim-moratorium", "protected")]
    assert all(spoken(day) in page for day in running)
    assert {f"{day:%Y%m%d}" for day in running} <= calendar(client, case)
    today(date(2024, 10, 11))
    acts.record_event(case, by=bob, kind="ask-to-bid", day=date(2024, 10, 11))
    page = client.get(reverse("property:kept", args=[case.pk])).content.decode()
    assert spoken(AFTER["full-moratorium"]) in page
    assert f"{AFTER['full-moratorium']:%Y%m%d}" in calendar(client, case)


def test_six_weeks_over_christmas_count_every_day_and_working_days_do_not(new_case, bob, today):
    """Weeks know no bank holidays: 19 December 2025 and 41 days. Only requests for information count them."""
    made = new_case("acv-2011")
    for kind, day in (("nominate", date(2025, 10, 1)), ("list", date(2025, 11, 3)),
                      ("notice-of-sale", date(2025, 12, 19))):  # fmt: skip
        today(day)
        acts.record_event(made, by=bob, kind=kind, day=day)
    told = lasts(made, date(2025, 12, 19))
    assert told["interim-moratorium"] == date(2025, 12, 19) + timedelta(days=41) == date(2026, 1, 29)
