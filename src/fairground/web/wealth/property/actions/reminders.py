"""Reminders of dates by email, to the officers of the place: each at most once, also after a standstill.

Rule 1: a deadline is reminded of 14 days, 3 days and 1 day before its last day, and on the day after it.
Rule 2: of several reminders that are due at once, because nothing ran for a while, only the last is sent.
Rule 3: the row is kept before the email goes. Where the machine stops between the two, the email is lost and
never sent twice; the page of dates shows every date in any case.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from fairground.errors import FairgroundError
from fairground.web.accounts.models import ENGLAND, RoleGrant
from fairground.web.audit.actions import record
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.models import Case, Reminder
from fairground.web.wealth.property.permissions import BY_NAME

DAYS = (14, 3, 1, -1)


def remind(today: date) -> int:
    """Send the reminders that are due on a day, and return how many were sent."""
    sent = 0
    for case in (
        Case.objects.filter(fictional=False).select_related("edition").prefetch_related("closings", "events")
    ):
        if case.closing is None:
            sent += sum(_remind(case, clock, today) for clock in _deadlines(case, today))
    return sent


def _deadlines(case: Case, today: date) -> list[Any]:
    try:
        return kept.deadlines(case, today)
    except FairgroundError:
        return []  # a case whose rules cannot be followed any more stops no other


def _remind(case: Case, clock: Any, today: date) -> int:
    left = (clock.last - today).days
    due = [days for days in DAYS if left <= days]
    return sum(_once(case, clock, min(due), due, to) for to in officers(case.place_code)) if due else 0


def officers(place_code: str) -> list[Any]:
    """Return the people who are reminded of the dates of a place."""
    grants = RoleGrant.objects.filter(
        revoked_at=None, place_code__in=[place_code, ENGLAND], role__in=BY_NAME["cases.remind"].roles
    ).select_related("user")
    return list({grant.user_id: grant.user for grant in grants if grant.user.is_active}.values())


def _once(case: Case, clock: Any, days: int, due: list[int], to: Any) -> int:
    about = {"case": case, "period": clock.period, "last_day": clock.last, "to": to}
    if Reminder.objects.filter(days=days, **about).exists():
        return 0
    try:
        with transaction.atomic():
            Reminder.objects.create(days=days, **about)
            earlier = [Reminder(days=one, **about) for one in due if one != days]
            Reminder.objects.bulk_create(earlier, ignore_conflicts=True)
            record("case.remind", by=None, subject=str(case.pk), period=clock.period, days=days)
            transaction.on_commit(lambda: _write(case, clock, days, to))
    except IntegrityError:
        return 0  # another worker has just done it
    return 1


def _write(case: Case, clock: Any, days: int, to: Any) -> None:
    when = f"{clock.last:%-d %B %Y}"
    said = f"was due by the end of {when}" if days < 0 else f"is due by the end of {when}"
    address = settings.SITE_ADDRESS + reverse("property:kept", args=[case.pk])
    text = f"{clock.name}.\n\nThis {said}.\nIt rests on: {clock.provision}.\n\n{case.title}: {address}\n"
    subject = f"{'Overdue' if days < 0 else 'Due'} {when}: {case.title}"
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [to.email], fail_silently=True)
