"""Questions about a case: the headline, what must be done, files of events, and a calendar."""

from datetime import date

import pytest

from fairground import report
from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer
from fairground.questions.wealth import property as question
from fairground.report.calendar_file import as_ics

SALE = question.events_of(
    [
        {"event": "nominate", "date": "2026-01-05"},
        {"event": "list", "date": "02/02/2026"},
        {"event": "notice-of-sale", "date": "2026-09-01"},
    ]
)


def test_the_headline_names_the_next_date_and_the_working_what_is_barred_and_who_is_told():
    answer = question.case("acv-2011", SALE, date(2026, 9, 10))
    assert report.headline(answer).startswith(
        "The next date is 12 October 2026, 32 days from 10 September 2026."
    )
    told = " ".join(report.working(answer))
    assert "may not happen before the end of 12 October 2026: The owner sells to anyone else" in told
    assert "these must be told: the group that nominated it, the neighbourhood" in told
    assert Answer.from_json(answer.to_json()) == answer


def test_a_case_with_nothing_in_it_says_so_and_what_may_begin_it():
    answer = question.case("acv-2011", (), date(2026, 9, 10))
    assert "Nothing has happened yet" in report.headline(answer)
    assert [one.event_id for one in answer.value.may_happen] == ["nominate"]


def test_a_date_that_was_missed_is_said():
    answer = question.case("acv-2011", SALE[:1], date(2026, 6, 1))
    assert report.headline(answer).startswith(
        "2 March 2026 has passed and this was not done: The council must"
    )
    assert not any("No date is running" in line for line in report.working(answer))


def test_a_supposed_start_is_said_to_be_supposed():
    events = question.events_of([{"event": "list", "date": "2027-05-03"}])
    answer = question.case("acv-2026", events, date(2027, 5, 4), commenced=date(2027, 4, 1))
    assert any("not in force as far as we know" in line for line in report.working(answer))


@pytest.mark.parametrize(
    "given", ["1 September 2026", "2026-13-01", "31/02/2026", "", "01/09/26", "２０２６-09-01"]
)
def test_what_is_not_a_day_is_refused_with_its_row(given):
    with pytest.raises(BadInput) as told:
        question.events_of([{"event": "nominate", "date": given}], "mine.csv")
    assert (told.value.file, told.value.row, told.value.field) == ("mine.csv", 2, "date")


def test_a_table_without_the_columns_is_refused():
    with pytest.raises(BadInput, match="lacks a column"):
        question.events_of([{"what": "nominate", "when": "2026-01-05"}])


def test_an_unknown_procedure_is_refused_with_those_we_hold():
    with pytest.raises(NotFound, match="acv-2011"):
        question.case("right-to-buy", (), date(2026, 1, 1))


def test_a_deadline_says_how_it_was_counted():
    answer = question.deadline(date(2026, 12, 21), 20, "working-days-anywhere")
    assert report.headline(answer) == "The last day is 22 January 2027."
    assert "That day itself does not count" in report.working(answer)[0]


def test_a_calendar_holds_whole_days_and_folds_long_lines_at_75_octets():
    name = "Sale; of the “Old Library”, and its garden, which has a very long name indeed, with commas"
    text = as_ics(
        [(date(2026, 12, 31), name, "section 95\nof the Act")], name="Dates", written=date(2026, 9, 1)
    )
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    whole = text.replace("\r\n ", "")
    assert "SUMMARY:Sale\\; of the “Old Library”\\, and its garden" in whole
    assert "section 95\\nof the Act" in whole
    assert text == as_ics(
        [(date(2026, 12, 31), name, "section 95\nof the Act")], name="Dates", written=date(2026, 9, 1)
    )
