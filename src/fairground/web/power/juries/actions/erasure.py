"""Erasing a pool on its day: the key is destroyed, and then the sealed texts go too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.database import leave_no_trace
from fairground.web.power.juries import sealing
from fairground.web.power.juries.models import Jury, Letter
from fairground.web.power.juries.permissions import need

# What other apps keep sealed under a jury's key: each erases its part.
ALSO: list[Callable[[Jury], object]] = []
LEAST_WORDS = 5  # letters of a reason


@transaction.atomic
def erase(jury: Jury, *, by: Any = None, why: str = "") -> None:
    """Erase all that is kept about a jury's volunteers; twice changes nothing. `by` None is the schedule.

    Raises
    ------
    BadInput : an officer erases before the day and does not say why.
    """
    if by is not None:
        need(by, "pool.open", jury)
        if len(why.strip()) < LEAST_WORDS:
            raise BadInput("Say why it is erased before its day", "why", why)
    jury = Jury.objects.select_for_update(of=("self",)).get(pk=jury.pk)
    if jury.erased_at is not None:
        return
    sealing.destroy(jury)
    people = jury.volunteers.exclude(sealed="").update(sealed="")
    jury.volunteers.update(code_hash="", same_hash="", letter=None)
    Letter.objects.filter(jury=jury).delete()
    for also in ALSO:
        also(jury)
    jury.erased_at = timezone.now()
    jury.save(update_fields=["erased_at"])
    told = {"people": people} | ({"why": why.strip()} if by is not None else {})
    record("jury.erase", by=by, subject=str(jury.pk), **told)
    leave_no_trace()


def erase_due(today: date) -> int:
    """Erase every pool whose day has come; return how many."""
    due = list(Jury.objects.filter(erased_at=None, erase_on__lte=today))
    for jury in due:
        erase(jury)
    return len(due)
