"""Letters and notices: kept word for word as they were sent, once for each event and reader."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.actions.cases import locked
from fairground.web.wealth.property.models import CaseEvent, Letter
from fairground.web.wealth.property.permissions import need

NOMINATOR = "the group that nominated it"


@transaction.atomic
def send_letter(event: CaseEvent, to: str, *, by: Any, sent_on: date) -> Letter:
    """Write down that a letter was sent, with its words; the same letter twice is one."""
    case = locked(event.case)
    need(by, "cases.write", case.place_code)
    sent = Letter.objects.filter(event=event, to=to, taken_back_at=None).first()
    if sent is not None:
        return sent
    if not event.day <= sent_on <= timezone.localdate():
        allowed = f"{event.day} to {timezone.localdate()}"
        raise BadInput("A letter is sent on or after the day of what it tells", "sent_on", sent_on, allowed)
    if event.pk not in {one.pk for one in case.in_force()}:
        raise BadInput("This entry was corrected. Write about the one that took its place")
    nomination = getattr(case, "nomination", None)
    subject, lines = kept.letter(case, event, to, group=nomination.group if nomination else "")
    letter = Letter.objects.create(
        case=case, event=event, to=to, subject=subject, words="\n\n".join(lines), sent_on=sent_on, sent_by=by
    )
    if nomination and to == NOMINATOR:
        _email(letter, nomination.nominated_by)
    record("case.letter", by=by, subject=str(case.pk), letter=letter.pk, event=event.pk, to=to)
    return letter


def _email(letter: Letter, to: Any) -> None:
    """Send a letter to the account that sent the nomination too, once the letter itself is kept."""
    if to.is_active:
        page = settings.SITE_ADDRESS + reverse("property:kept", args=[letter.case_id])
        text = f"{letter.words}\n\nThe case: {page}\n"
        about = (letter.subject, text, settings.DEFAULT_FROM_EMAIL, [to.email])
        transaction.on_commit(lambda: send_mail(*about, fail_silently=True))


@transaction.atomic
def take_back_letter(letter: Letter, *, by: Any) -> None:
    """Say that a letter was not sent after all; its words stay. Twice changes nothing."""
    case = locked(letter.case)
    need(by, "cases.write", case.place_code)
    kept_ = Letter.objects.filter(pk=letter.pk, taken_back_at=None)
    if kept_.update(taken_back_by=by, taken_back_at=timezone.now()):
        record("case.letter.take_back", by=by, subject=str(case.pk), letter=letter.pk)
