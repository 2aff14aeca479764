"""What happens to draws and seats when somebody leaves the pool, and when the whole pool is erased."""

from __future__ import annotations

from django.utils import timezone

from fairground.web.audit.actions import record
from fairground.web.power.juries.models import Jury, Volunteer
from fairground.web.power.lots import mail
from fairground.web.power.lots.models import HOLDING, Draw, Seat, SeatState


def left_the_pool(person: Volunteer) -> None:
    """Free the seat of somebody who left the pool."""
    if Seat.objects.filter(volunteer=person, state__in=HOLDING).update(
        state=SeatState.WITHDRAWN, code_hash="", answered_at=timezone.now()
    ):
        record("lots.left", by=None, subject=str(person.jury_id), number=person.number)
    mail.forget(person.jury, person.number)


def erase(jury: Jury) -> None:
    """Erase the council's files and the codes of invitations: what stays cannot be traced to anybody."""
    Draw.objects.filter(jury=jury, seal__gt="").update(council="")
    Seat.objects.filter(jury=jury).update(code_hash="")
    mail.forget(jury)
