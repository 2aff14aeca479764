"""Reminders: each at most once, after a standstill only the last, never of what is closed or made up."""

import logging
from datetime import date, timedelta

import pytest

from fairground.web.jobs.actions import ask, claim
from fairground.web.jobs.models import Job
from fairground.web.jobs.worker import _run
from fairground.web.wealth.property.actions import cases, reminders
from fairground.web.wealth.property.models import Reminder

pytestmark = pytest.mark.django_db

DUE = date(2027, 1, 5)  # eight weeks after 10 November 2026


@pytest.fixture
def nominated(new_case):
    return new_case("acv-2011", ("nominate", date(2026, 11, 10)))


def days(*before):
    return [DUE - timedelta(days=one) for one in before]


def test_a_date_is_reminded_of_two_weeks_three_days_and_one_day_before_and_when_it_is_over(
    nominated, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for day in days(20, 15, 14, 13, 4, 3, 2, 1, 0, -1, -2, -9):
            reminders.remind(day)
    assert [mail.subject.split(":")[0] for mail in mailoutbox] == ["Due 5 January 2027"] * 3 + [
        "Overdue 5 January 2027"
    ]
    assert all(mail.to == ["bob@example.org"] for mail in mailoutbox)
    assert "SI 2012/2421, regulation 7" in mailoutbox[0].body


def test_running_it_again_sends_nothing(nominated):
    assert [reminders.remind(day) for day in days(14, 14, 13, 3, 3)] == [1, 0, 0, 1, 0]


def test_after_a_standstill_only_the_last_of_what_was_missed_is_sent(nominated):
    assert reminders.remind(days(2)[0]) == 1
    assert set(Reminder.objects.values_list("days", flat=True)) == {14, 3}
    assert reminders.remind(days(2)[0]) == 0
    assert reminders.remind(days(-30)[0]) == 1


def test_a_date_that_moved_is_a_new_date(nominated, bob):
    event = nominated.events.get()
    reminders.remind(days(14)[0])
    cases.correct_event(event, by=bob, day=date(2026, 11, 9), why="It came a day earlier")
    assert reminders.remind(days(14)[0]) == 1


def test_what_was_done_is_closed_or_made_up_is_not_reminded_of(nominated, new_case, bob, today):
    new_case("acv-2011", ("nominate", date(2026, 11, 10)), fictional=True)
    assert reminders.remind(days(14)[0]) == 1
    today(date(2026, 12, 1))
    cases.record_event(nominated, by=bob, kind="refuse", day=date(2026, 12, 1), note="It is a home.")
    assert reminders.remind(days(3)[0]) == 0


def test_only_the_officers_of_the_place_are_reminded(nominated, make_user, alice, charlie, mo):
    make_user("cora", "officer", "E06000002")
    second = make_user("second", "officer")
    assert {user.email for user in reminders.officers(nominated.place_code)} == {
        "bob@example.org", second.email,
    }  # fmt: skip


def test_the_job_sends_them_and_no_address_is_logged(nominated, today, caplog):
    today(days(3)[0])
    ask("reminders", by=None)
    with caplog.at_level(logging.DEBUG):
        _run(claim("one", lease=30))
    assert Job.objects.get().result == {"sent": 1}
    assert "@" not in caplog.text


def broken(*args, **more):
    raise ConnectionRefusedError


def test_an_email_that_cannot_be_sent_is_tried_again_and_goes_once(nominated, monkeypatch, mailoutbox):
    with monkeypatch.context() as patch:
        patch.setattr(reminders, "send_mail", broken)
        assert [reminders.remind(day) for day in days(14, 13)] == [0, 0]
    waiting = Reminder.objects.get()
    assert (waiting.mail, waiting.tries, waiting.days) == ("waiting", 2, 14)
    assert [reminders.remind(day) for day in days(12, 12, 11)] == [1, 0, 0]
    waiting.refresh_from_db()
    assert (waiting.mail, len(mailoutbox)) == ("sent", 1)


def test_an_email_that_waits_is_overtaken_by_a_later_one_and_dropped_when_its_date_is_met(
    nominated, bob, monkeypatch, mailoutbox, today
):
    with monkeypatch.context() as patch:
        patch.setattr(reminders, "send_mail", broken)
        for day in days(14, 3):
            reminders.remind(day)
    assert dict(Reminder.objects.values_list("days", "mail")) == {14: "passed", 3: "waiting"}
    today(date(2026, 12, 1))
    cases.record_event(nominated, by=bob, kind="refuse", day=date(2026, 12, 1), note="It is a home.")
    assert reminders.remind(days(2)[0]) == 0
    assert set(Reminder.objects.values_list("mail", flat=True)) == {"passed"}
    assert mailoutbox == []


def test_an_email_that_never_goes_is_given_up_and_one_that_was_cut_off_is_never_sent_twice(
    nominated, monkeypatch, mailoutbox
):
    monkeypatch.setattr(reminders, "TRIES", 2)
    with monkeypatch.context() as patch:
        patch.setattr(reminders, "send_mail", broken)
        for day in days(14, 13, 12):
            reminders.remind(day)
    assert Reminder.objects.get().mail == "passed"
    reminders.remind(days(3)[0])
    Reminder.objects.filter(days=3).update(mail="sending")  # the machine stopped just then
    assert reminders.remind(days(3)[0]) == 0
    assert len(mailoutbox) == 1
