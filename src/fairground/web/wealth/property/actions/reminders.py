"""Reminders of dates by email, to the officers of the place: each once, also after a standstill.

Rule 1: a deadline is reminded of 14 days, 3 days and 1 day before its last day, and on the day after it.
Rule 2: of several reminders that are due at once, because nothing ran for a while, only the last is sent.
Rule 3: the row comes first, then the email. Where the mail cannot be sent, it is tried again each time the
reminders run, until the date has moved, is met, or `TRIES` are used up. Rule 4: a row is claimed before its
email goes. Where the machine stops between the two, the email may be lost and is never sent twice; the page
of dates shows every date in any case.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from fairground.errors import FairgroundError
from fairground.web.accounts.models import ENGLAND, RoleGrant
from fairground.web.audit.actions import record
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.models import Case, Mail, Reminder
from fairground.web.wealth.property.permissions import BY_NAME

DAYS = (14, 3, 1, -1)
TRIES = 30


def remind(today: date) -> int:
    """Put what is due on a day into the outbox, send what waits there, and return how many were sent."""
    for case in _cases():
        for clock in _deadlines(case, today):
            _remind(case, clock, today)
    return send_waiting(today)


def send_waiting(today: date) -> int:
    """Send each reminder that waits, and return how many were sent."""
    waiting = Reminder.objects.filter(mail=Mail.WAITING).select_related("case__edition", "to").order_by("pk")
    return sum(_send(one, today) for one in waiting)


def _cases() -> list[Case]:
    found = Case.objects.filter(fictional=False).select_related("edition")
    return [case for case in found.prefetch_related("closings", "events") if case.closing is None]


def _deadlines(case: Case, today: date) -> list[Any]:
    try:
        return kept.deadlines(case, today)
    except FairgroundError:
        return []  # a case whose rules cannot be followed any more stops no other


def _remind(case: Case, clock: Any, today: date) -> None:
    left = (clock.last - today).days
    due = [days for days in DAYS if left <= days]
    for to in officers(case.place_code) if due else ():
        _once(case, clock, min(due), due, to)


def officers(place_code: str) -> list[Any]:
    """Return the people who are reminded of the dates of a place."""
    grants = RoleGrant.objects.filter(
        revoked_at=None, place_code__in=[place_code, ENGLAND], role__in=BY_NAME["cases.remind"].roles
    ).select_related("user")
    return list({grant.user_id: grant.user for grant in grants if grant.user.is_active}.values())


def _once(case: Case, clock: Any, days: int, due: list[int], to: Any) -> None:
    about = {"case": case, "period": clock.period, "last_day": clock.last, "to": to}
    if Reminder.objects.filter(days=days, **about).exists():
        return
    try:
        with transaction.atomic():
            Reminder.objects.create(days=days, mail=Mail.WAITING, **about)
            earlier = [Reminder(days=one, mail=Mail.PASSED, **about) for one in due if one != days]
            Reminder.objects.bulk_create(earlier, ignore_conflicts=True)
            Reminder.objects.filter(mail=Mail.WAITING, days__gt=days, **about).update(mail=Mail.PASSED)
            record("case.remind", by=None, subject=str(case.pk), period=clock.period, days=days)
    except IntegrityError:
        pass  # another worker has just done it


def _send(one: Reminder, today: date) -> int:
    """Send one email, and return 1 if it went; where the date is met or has moved, it is not needed."""
    clock = _clock(one, today)
    waits = Reminder.objects.filter(pk=one.pk, mail=Mail.WAITING)
    if clock is None:
        waits.update(mail=Mail.PASSED)
        return 0
    if not waits.update(mail=Mail.SENDING, tries=F("tries") + 1):
        return 0  # another worker sends it
    try:
        _write(one, clock)
    except OSError:  # also every error of SMTP
        after = Mail.WAITING if one.tries + 1 < TRIES else Mail.PASSED
        Reminder.objects.filter(pk=one.pk, mail=Mail.SENDING).update(mail=after)
        return 0
    Reminder.objects.filter(pk=one.pk).update(mail=Mail.SENT)
    return 1


def _clock(one: Reminder, today: date) -> Any:
    if one.case.closing is not None or not one.to.is_active:
        return None
    found = (c for c in _deadlines(one.case, today) if (c.period, c.last) == (one.period, one.last_day))
    return next(found, None)


def _write(one: Reminder, clock: Any) -> None:
    case, when = one.case, f"{clock.last:%-d %B %Y}"
    said = f"was due by the end of {when}" if one.days < 0 else f"is due by the end of {when}"
    address = settings.SITE_ADDRESS + reverse("property:kept", args=[case.pk])
    text = f"{clock.name}.\n\nThis {said}.\nIt rests on: {clock.provision}.\n\n{case.title}: {address}\n"
    subject = f"{'Overdue' if one.days < 0 else 'Due'} {when}: {case.title}"
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [one.to.email])
