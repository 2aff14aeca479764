"""What of cases is kept no longer: words as they were written, and what a nomination knew of owners."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from fairground.web.audit.actions import record
from fairground.web.wealth.property.models import Nomination, Reminder, Representation

KEPT = timedelta(days=365)
GONE = "(deleted a year after it was checked)"


@transaction.atomic
def forget_old(now: datetime) -> int:
    """Delete what was left out of words a year after their check, and owners in nominations once closed."""
    gone = 0
    for one in Representation.objects.prefetch_related("checks").exclude(words=GONE):
        check = one.last_check
        if (
            check is not None
            and check.checked_at < now - KEPT
            and (check.words != one.words or check.signed != one.signed)
        ):
            Representation.objects.filter(pk=one.pk).update(words=GONE, signed=check.signed)
            gone += 1
    closed = Nomination.objects.filter(case__closings__reopened_at=None, case__closings__isnull=False)
    gone += closed.exclude(known_owners="").update(known_owners="")
    if gone:
        record("case.forget", by=None, rows=gone)
    return gone


def forget(user: Any) -> None:
    """Delete which dates a person was reminded of."""
    Reminder.objects.filter(to=user).delete()


def kept_about(user: Any) -> list[dict[str, Any]]:
    """Return the nominations that a person sent, for the export of their account."""
    sent = Nomination.objects.filter(nominated_by=user).select_related("case").order_by("case__opened_at")
    return [
        {
            "case": str(one.case_id),
            "title": one.case.title,
            "group": one.group,
            "why": one.why,
            "known_owners": one.known_owners,
            "at": one.case.opened_at.isoformat(),
        }
        for one in sent
    ]
