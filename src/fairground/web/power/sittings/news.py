"""What happened with a jury, one line for each thing, from what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings import reports, standing
from fairground.web.power.sittings.models import Report


@dataclass(frozen=True)
class News:
    """Something that happened: when, what, more of it, the page that shows it, and what it is known by."""

    at: datetime
    title: str
    words: str
    address: str
    known: str


def news_of(jury: Jury) -> list[News]:
    """Return what happened with a jury."""
    report = standing.report_of(jury)
    return _of_sessions(jury) + (of_report(report) if report else [])


def of_report(report: Report) -> list[News]:
    """Return what was reported, corrected, answered and done."""
    title, slug = report.jury.round.title, report.jury.round.slug
    page = reverse("sittings:report", args=[slug])
    words = f"The jury recommends {len(reports.read(report)['recommendations'])} things."
    found = [News(report.published_at, f"Report: {title}", words, page, "report")]
    for fix in report.corrections.all():
        found.append(News(fix.added_at, f"Correction: {title}", fix.words, page, f"correction-{fix.pk}"))
    for one in standing.stands(report, timezone.localdate()):
        at = reverse("sittings:recommendation", args=[slug, one.facts["number"]])
        head = f"{title}, {one.facts['number']}: "
        found += _late(report, one, head, at)
        for said in one.responses:
            name = f"{head}{said.get_kind_display()}"
            found.append(News(said.added_at, name, said.reason, at, f"answer-{said.pk}"))
        for did in one.follow_ups:
            name = f"{head}{did.get_state_display()}"
            found.append(News(did.added_at, name, did.words, at, f"done-{did.pk}"))
    return found


def _late(report: Report, one: standing.Stand, head: str, page: str) -> list[News]:
    """Return that an answer or a promise is late, as news of the day after the day that has passed."""
    found = []
    if one.late:
        words = f"{report.jury.decider} had to answer by {report.answer_by:%-d %B %Y}."
        found.append(News(_after(report.answer_by), f"{head}No answer: late", words, page, "late-answer"))
    if one.overdue and one.response and one.response.by_when:
        day = one.response.by_when
        words = f"{one.response.given_by} promised it by {day:%-d %B %Y}. It is not done."
        found.append(News(_after(day), f"{head}Promised, and late", words, page, f"late-{one.response.pk}"))
    return found


def _after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def _of_sessions(jury: Jury) -> list[News]:
    found = []
    for one in jury.sessions.all():
        starts = timezone.localtime(one.starts_at)
        when = f"{starts.day} {starts:%B %Y, %H:%M}, {one.where}."
        page = reverse("sittings:session", args=[jury.round.slug, one.number])
        if one.called_off_at:
            off = f"Called off: {one.title}"
            found.append(News(one.called_off_at, off, f"{when} {one.called_off_why}", page, f"off-{one.pk}"))
        else:
            known = f"session-{one.pk}-{one.changed_at.timestamp():.0f}"
            found.append(News(one.changed_at, f"Session {one.number}: {one.title}", when, page, known))
    return found
