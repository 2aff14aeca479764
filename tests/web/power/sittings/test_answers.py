"""What was answered and by when, what was done years later, letters, reminders, and all side by side."""

import csv
import io
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from tests.web.power.sittings.conftest import NASTY, answer_facts, today

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"will_do": ""}, "will_do"),
        ({"by_when": None}, "by_when"),
        ({"kind": "partly", "will_do": ""}, "will_do"),
        ({"kind": "not-yet", "by_when": None}, "by_when"),
        ({"given_by": ""}, "given_by"),
        ({"decided_on": "tomorrow"}, "decided_on"),
        ({"decided_on": "before"}, "decided_on"),
        ({"by_when": "before"}, "by_when"),
    ],
    ids=lambda value: str(value).replace(" ", ""),
)
def test_an_answer_without_reason_or_without_what_will_be_done_by_when_is_refused(one, respond, wrong, field):
    days = {"tomorrow": today() + DAY, "before": today() - DAY}
    with pytest.raises(BadInput) as told:
        respond(**{name: days.get(value, value) for name, value in wrong.items()})
    assert told.value.field == field
    assert not one.responses.exists()


def test_nothing_is_answered_before_the_report(jury, recommend, bob):
    from fairground.web.power.sittings.actions.answers import respond

    with pytest.raises(Impossible, match="published report"):
        respond(recommend(), by=bob, **answer_facts())


def test_an_answer_given_anew_takes_the_place_of_the_first_which_can_be_read(client, jury, one, respond):
    respond(kind="rejected", will_do="", by_when=None, reason="Too dear")
    with pytest.raises(BadInput) as told:
        respond()
    assert told.value.field == "why"
    respond(why="The money was found")
    page = client.get(f"/power/juries/{jury.round.slug}/report/1/").content.decode()
    assert page.index("It is right") < page.index("What was answered before") < page.index("Too dear")
    assert "Given anew because: The money was found" in page
    report = client.get(f"/power/juries/{jury.round.slug}/report/").content.decode()
    assert f'href="/power/juries/{jury.round.slug}/report/1/#before"' in report


def test_two_answers_at_once_do_not_both_take_the_place_of_the_first(one, respond, bob):
    from fairground.web.power.sittings.models import Response

    first = respond()
    told = {"recommendation": one, "supersedes": first, "why": "x", "added_by": bob}
    Response.objects.create(**answer_facts(), **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(**answer_facts(), **told)


@pytest.mark.parametrize("table", ["response", "followup"])
def test_the_database_refuses_to_change_what_was_said(respond, follow, table):
    respond()
    follow()
    for statement in (f"UPDATE sittings_{table} SET why = 'x'", f"DELETE FROM sittings_{table}"):
        refused = pytest.raises(DatabaseError, match="published")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_what_is_not_answered_by_its_day_is_late_for_everyone_to_see(report, respond):
    from fairground.web.power.sittings.standing import stands, tally

    due = report.answer_by
    assert [stand.late for stand in stands(report, due)] == [False, False]
    assert [stand.late for stand in stands(report, due + DAY)] == [True, False], "the second was not adopted"
    respond(kind="not-yet", will_do="")
    assert tally(report, due + DAY).late == 1, "a promise to decide is no answer"
    respond(kind="rejected", will_do="", by_when=None, why="Decided")
    found = tally(report, due + DAY)
    assert (found.asked, found.rejected, found.unanswered, found.late, found.unknown) == (1, 1, 0, 0, 1)


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, True)])
def test_an_answer_that_came_late_is_told_even_with_an_earlier_day_of_decision(
    client, jury, report, respond, days, late
):
    from fairground.web.power.sittings.standing import tally

    put = timezone.now() + (report.answer_by - today() + days * DAY)
    respond(decided_on=today(), kind="not-yet", will_do="")
    respond(decided_on=today(), why="Decided", now=put)
    respond(decided_on=today(), why="In other words", now=put + 9 * DAY)
    assert tally(report, today()).came_late == late, "the first answer counts, and no promise to decide"
    for page in ("report/", "report/1/", ""):
        shown = client.get(f"/power/juries/{jury.round.slug}/{page}").content.decode()
        assert ("ame late" in shown) == late
    put_on = timezone.localdate(put)
    told = f"The first one was put here on {put_on:%-d %B %Y}"
    assert (told in client.get(f"/power/juries/{jury.round.slug}/report/1/").content.decode()) == late


def test_the_day_by_which_to_answer_is_that_of_the_report_whatever_is_changed_later(jury, report, bob):
    from fairground.web.power.juries.actions.juries import change_jury
    from fairground.web.power.sittings.standing import stands

    due = report.answer_by
    change_jury(jury, by=bob, answer_by=due + 500 * DAY)
    report.refresh_from_db()
    assert stands(report, due + DAY)[0].late


def test_what_was_done_is_told_in_order_and_an_entry_that_was_wrong_stays_readable(
    client, jury, report, follow
):
    from fairground.web.power.sittings.standing import stands

    wrong = follow(state="done", words="All six")
    follow(state="partly", words="Four of six", supersedes=wrong, why="Two roads have none yet")
    with pytest.raises(Impossible, match="anew"):
        follow(supersedes=wrong, why="Again")
    stand = stands(report, today())[0]
    assert (stand.done, len(stand.counting), len(stand.follow_ups)) == ("partly", 1, 2)
    page = client.get(f"/power/juries/{jury.round.slug}/report/1/").content.decode()
    assert "<del><p>All six" in page or "<del>All six" in page
    assert "Two roads have none yet" in page


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/", "https://a b"])
def test_what_was_done_is_seen_only_at_a_web_address(one, follow, bob, address):
    from fairground.web.power.sittings.models import FollowUp

    with pytest.raises(BadInput, match="http"):
        follow(address=address)
    if " " not in address:
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUp.objects.create(
                recommendation=one,
                day=today(),
                state="done",
                words="x",
                by="y",
                address=address,
                added_by=bob,
            )


def test_an_officer_answers_and_tells_what_was_done_by_the_pages_once_each(client, jury, one, bob):
    client.force_login(bob)
    office = f"/power/juries/{jury.round.slug}/office/report/1"
    answer = answer_facts(token=uuid.uuid4(), reason=NASTY)
    done = {
        "token": uuid.uuid4(),
        "state": "done",
        "words": NASTY,
        "day": today(),
        "who": "Team",
        "address": "",
    }
    for _ in range(2):
        assert client.post(f"{office}/answer/", answer).status_code == 302
        assert client.post(f"{office}/done/", done).status_code == 302
    assert (one.responses.count(), one.follow_ups.count()) == (1, 1)
    shown = client.get(f"/power/juries/{jury.round.slug}/report/1/").content.decode()
    shown += client.get(f"/power/juries/{jury.round.slug}/news.atom").content.decode()
    assert "<script>alert" not in shown
    assert client.get(f"{office}/done/").content.decode().count("take the place of an entry") == 1


def test_letters_are_written_from_the_report_and_kept_as_sent(client, jury, report, bob):
    client.force_login(bob)
    letters = f"/power/juries/{jury.round.slug}/office/report/letters"
    page = client.get(f"{letters}/ask/").content.decode()
    assert "1. Night buses" in page
    assert "2. Free buses" not in page, "the jury did not adopt it"
    assert client.get(f"{letters}/ask/?format=odt").content.startswith(b"PK")
    assert client.get(f"{letters}/late/").status_code == 404, "nothing is late yet"
    assert client.get(f"{letters}/other/").status_code == 404
    for _ in range(2):
        told = {"token": "0" * 32, "sent_on": today()}
        assert client.post(f"{letters}/ask/", told).status_code == 302
    kept = jury.decider_letters.get()
    client.logout()
    sent = client.get(f"/power/juries/{jury.round.slug}/letters-sent/{kept.pk}/").content.decode()
    assert "Word for word as it was sent" in sent
    assert "1. Night buses" in sent


def test_a_late_letter_names_what_has_no_answer(jury, report):
    from fairground.web.power.sittings import letters, standing

    with pytest.raises(Impossible, match="No answer is late"):
        letters.letter(jury, "late")
    late = report.answer_by + DAY
    assert [one.facts["title"] for one in standing.waiting(report, late)] == ["Night buses"]


def test_officers_are_reminded_of_each_date_once(
    jury, report, respond, alice, django_capture_on_commit_callbacks
):
    from fairground.web.audit.models import AuditEvent
    from fairground.web.power.sittings.actions.reminders import remind

    due = report.answer_by
    sent = []
    with django_capture_on_commit_callbacks(execute=True):
        for days in (15, 14, 14, 2, 0, -1, -2, -31):
            sent.append(remind(due - days * DAY))
    assert sent == [0, 1, 0, 1, 1, 1, 0, 1]
    assert [one.to for one in mail.outbox] == [["bob@example.org"]] * 5
    assert "Night buses" in mail.outbox[0].body
    assert mail.outbox[-1].subject.startswith("Late")
    assert "bob" not in repr(list(AuditEvent.objects.values_list("facts", flat=True)))
    respond(kind="rejected", will_do="", by_when=None)
    assert remind(due + 95 * DAY) == 0


def test_after_a_standstill_only_the_last_reminder_is_sent(report):
    from fairground.web.power.sittings.actions.reminders import remind

    assert remind(report.answer_by + 40 * DAY) == 1
    assert remind(report.answer_by + 41 * DAY) == 0


def test_each_year_officers_are_asked_what_was_done_until_it_is(report, respond, follow):
    from fairground.web.power.sittings.actions.reminders import remind

    respond(by_when=today() + 9000 * DAY)
    begun = timezone.localdate(report.published_at)
    assert remind(begun + 364 * DAY) == 0
    assert remind(begun + 365 * DAY) == 1
    assert remind(begun + 366 * DAY) == 0
    assert remind(begun + 730 * DAY) == 1
    follow(state="done")
    assert remind(begun + 1095 * DAY) == 0


def test_the_daily_job_reminds_of_juries_and_a_made_up_jury_reminds_nobody(jury, report):
    from fairground.web.jobs.kinds import reminders
    from fairground.web.participation.models import Round
    from fairground.web.power.sittings.actions.reminders import remind

    assert reminders(lambda _: None)["sent"] == 0
    Round.objects.filter(pk=jury.pk).update(fictional=True)
    assert remind(report.answer_by + DAY) == 0


def test_what_juries_asked_for_stands_side_by_side_and_by_place(
    client, jury, report, respond, follow, make_jury
):
    page = "/power/juries/what-came-of-it/"
    respond()
    follow(state="done")
    make_jury(title="No report yet")
    every = client.get(page).content.decode()
    assert "1 jury asked for 1 thing." in every
    assert "No report yet" not in every
    assert "1 jury asked" in client.get(f"{page}?place={jury.round.place_code}").content.decode()
    assert "No jury has reported there" in client.get(f"{page}?place=E06000001").content.decode()
    table = client.get(f"{page}?format=csv").content.decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(table)))
    assert (row["asked"], row["accepted"], row["done"], row["late"]) == ("1", "1", "1", "0")
    news = client.get(f"{page}news.atom").content.decode()
    assert all(words in news for words in ("1: Accepted", "1: Done", f"Report: {jury.round.title}"))


def test_a_jury_that_is_not_published_is_in_no_list(client, jury, report):
    from fairground.web.participation.models import Round

    Round.objects.filter(pk=jury.pk).update(published_at=None)
    page = "/power/juries/what-came-of-it/"
    shown = client.get(page).content.decode() + client.get(f"{page}news.atom").content.decode()
    assert jury.round.title not in shown
    assert client.get(f"/power/juries/{jury.round.slug}/report/report.json").status_code == 404


def test_strangers_and_officers_of_elsewhere_answer_nothing(client, jury, one, charlie):
    from fairground.web.power.sittings.actions import answers as acts

    for act in (
        lambda: acts.respond(one, by=charlie, **answer_facts()),
        lambda: acts.follow_up(one, by=charlie, day=today(), state="done", words="x", who="y"),
        lambda: acts.keep_letter(jury, "ask", by=charlie, sent_on=today()),
    ):
        with pytest.raises(PermissionDenied):
            act()
    client.force_login(charlie)
    for way in ("1/answer", "1/done", "letters/ask", "correct"):
        assert client.get(f"/power/juries/{jury.round.slug}/office/report/{way}/").status_code == 403


def test_the_stages_of_a_jury_say_what_is_answered_and_late(client, jury, report, respond):
    page = f"/power/juries/{jury.round.slug}/"
    assert "0 of 1 answered" in client.get(page).content.decode()
    respond()
    assert "1 of 1 answered" in client.get(page).content.decode()


def test_until_the_day_to_answer_the_report_says_must_and_then_had_to(client, report, monkeypatch):
    page = f"/power/juries/{report.jury.round.slug}/report/"
    text = client.get(page).content.decode()
    assert "must answer each one by" in text
    assert "had to answer" not in text
    assert "1 recommendation<" in client.get(f"/power/juries/{report.jury.round.slug}/").content.decode()
    passed = timezone.now() + timedelta(days=1000)
    monkeypatch.setattr(timezone, "now", lambda: passed)
    assert "had to answer each one by" in client.get(page).content.decode()
