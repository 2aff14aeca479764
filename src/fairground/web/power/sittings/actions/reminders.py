"""Reminders by email to a jury's officers: answers and promises due or late, each year what was done.

Rule 1: an answer is reminded of 14 days, 3 days and 1 day before it is due, and 1, 30 and 90 days after.
Rule 2: each year after the report, for five years, of what was asked for and is neither done nor dropped.
Rule 3: of what was promised by a day, in the same way, until it is done or dropped.
Rule 4: of several that are due at once, because nothing ran for a while, only the last is sent.
Rule 5: the row is kept before the email goes, so that nobody is told twice. A made-up jury reminds nobody.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairground.web.accounts.models import User
from fairground.web.audit.actions import record
from fairground.web.participation.models import RoundRoleName
from fairground.web.power.sittings import standing
from fairground.web.power.sittings.models import JuryReminder, Report

DAYS = (14, 3, 1, -1, -30, -90)
YEARS = 5


def remind(today: date) -> int:
    """Send the reminders that are due on a day, and return how many were sent."""
    rows = [one for one in standing.reported() if not one.jury.round.fictional]
    return sum(_answers(one, today) + _promised(one, today) + _done(one, today) for one in rows)


def _answers(report: Report, today: date) -> int:
    waiting = standing.waiting(report, today)
    left = (report.answer_by - today).days
    due = [days for days in DAYS if left <= days]
    if not (waiting and due):
        return 0
    when = f"{report.answer_by:%-d %B %Y}"
    late = today > report.answer_by
    listed = "\n".join(f"- {one.facts['number']}. {one.facts['title']}" for one in waiting)
    said = f"{report.jury.decider} {'had to answer' if late else 'must answer'} by {when}:\n\n{listed}\n"
    subject = f"{'Late: answers' if late else f'Answers due {when}'}: {report.jury.round.title}"
    return sum(
        _once(report, to, about="answer", due=report.answer_by, days=due, subject=subject, said=said)
        for to in officers(report)
    )


def _promised(report: Report, today: date) -> int:
    """Remind of what was promised by a day: each day of a report by itself, all of that day together."""
    by_day: dict[date, list[standing.Stand]] = defaultdict(list)
    for one in standing.stands(report, today):
        if _is_open(one) and one.response and one.response.by_when:
            by_day[one.response.by_when].append(one)
    return sum(_promised_by(report, day, rows, today) for day, rows in sorted(by_day.items()))


def _promised_by(report: Report, day: date, rows: list[standing.Stand], today: date) -> int:
    due = [days for days in DAYS if (day - today).days <= days]
    if not due:
        return 0
    late = today > day
    listed = "\n".join(f"- {one.facts['number']}. {one.facts['title']}: {one.did}" for one in rows)
    said = f"This {'was' if late else 'is'} promised by {day:%-d %B %Y}. Say what was done:\n\n{listed}\n"
    subject = f"{'Late: promised' if late else 'Promised'} by {day:%-d %B %Y}: {report.jury.round.title}"
    return sum(
        _once(report, to, about="promise", due=day, days=due, subject=subject, said=said)
        for to in officers(report)
    )


def _done(report: Report, today: date) -> int:
    open_ones = [one for one in standing.stands(report, today) if _is_open(one)]
    begun = timezone.localdate(report.published_at)
    years = [n for n in range(1, YEARS + 1) if today >= begun + timedelta(days=365 * n)]
    if not (open_ones and years):
        return 0
    listed = "\n".join(f"- {one.facts['number']}. {one.facts['title']}: {one.did}" for one in open_ones)
    said = f"The jury reported {years[-1]} year(s) ago. Say what was done since about:\n\n{listed}\n"
    subject = f"What was done? {report.jury.round.title}"
    return sum(
        _once(report, to, about="done", due=begun, days=[-365 * n for n in years], subject=subject, said=said)
        for to in officers(report)
    )


def _is_open(one: standing.Stand) -> bool:
    agreed = one.response is not None and one.response.kind in ("accepted", "partly")
    return agreed and one.done not in ("done", "dropped")


def officers(report: Report) -> list[User]:
    """Return the officers of a jury who are reminded."""
    held = report.jury.round.roles.filter(role=RoundRoleName.OFFICER, revoked_at=None).select_related("user")
    return [one.user for one in held if one.user.is_active]


@transaction.atomic
def _once(report: Report, to: Any, *, about: str, due: date, days: list[int], subject: str, said: str) -> int:
    facts = {"jury": report.jury, "about": about, "due": due, "to": to}
    _, new = JuryReminder.objects.get_or_create(days=min(days), **facts)
    if not new:
        return 0
    earlier = [JuryReminder(days=one, **facts) for one in days if one != min(days)]
    JuryReminder.objects.bulk_create(earlier, ignore_conflicts=True)
    record("jury.remind", by=None, subject=str(report.jury_id), about=about, days=min(days))
    page = settings.SITE_ADDRESS + reverse("sittings:report", args=[report.jury.round.slug])
    text = f"{said}\n{page}\n"
    transaction.on_commit(
        lambda: send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [to.email], fail_silently=True)
    )
    return 1
