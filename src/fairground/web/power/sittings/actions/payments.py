"""Payments to members of a jury: written down for one or for many at once, struck out with why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings.actions.once import before, locked, need_words
from fairground.web.power.sittings.costs import show
from fairground.web.power.sittings.members import chosen
from fairground.web.power.sittings.models import PaidFor, Payment, Session

KEEP = "payments.keep"
MOST_PENCE = 1_000_000  # to one seat at once: £10,000 is a slip of the keyboard
MOST_MINUTES = 24 * 60


@transaction.atomic
def pay(
    jury: Jury, keys: Sequence[object], *, by: Any, kind: str, pence: int, paid_on: date,
    session: Session | None = None, minutes: int | None = None, reference: str = "",
    token: UUID | None = None,
) -> list[Payment]:  # fmt: skip
    """Write down the same payment to one member or to many; the same form sent again adds nothing.

    Parameters
    ----------
    keys : of the members, as `members.members` gives them; who left can still be paid.

    Raises
    ------
    BadInput : nobody, or no member of the jury; hours without minutes; thanks without a session;
        nothing or far too much; a day that lies in the future.
    """
    jury = locked(jury, by, KEEP)
    token = token or uuid4()
    _check(jury, kind=kind, pence=pence, paid_on=paid_on, session=session, minutes=minutes)
    if not keys:
        raise BadInput("Choose who is paid", "members")
    made = []
    for one in chosen(jury, keys):
        own = uuid5(token, one.key)
        line: Payment | None = before(Payment, own, jury=jury)
        if line is None:
            line = Payment.objects.create(
                jury=jury, seat=one.seat, member=one.row, kind=kind, pence=pence, paid_on=paid_on,
                session=session, minutes=minutes if kind == PaidFor.HOURS else None,
                reference=reference, added_by=by, token=own,
            )  # fmt: skip
            made.append(line)
    if made:
        record("jury.pay", by=by, subject=str(jury.pk), kind=str(kind), pence=pence, seats=len(made))
        show(jury)
    return made


@transaction.atomic
def strike(line: Payment, *, by: Any, why: str) -> None:
    """Strike out a line that was wrong, with why; it stays readable. Twice changes nothing."""
    jury = locked(line.jury, by, KEEP)
    line = Payment.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if line.struck_at is not None:
        return
    need_words(why=why)
    line.struck_by, line.struck_at, line.struck_why = by, timezone.now(), why.strip()
    line.save(update_fields=["struck_by", "struck_at", "struck_why"])
    record("jury.pay.strike", by=by, subject=str(line.jury_id), payment=line.pk, pence=line.pence)
    show(jury)


def forget_references(jury: Jury) -> None:
    """Forget what may lead to a bank's record, as the jury's pool is erased."""
    Payment.objects.filter(jury=jury).exclude(reference="").update(reference="")


def _check(
    jury: Jury, *, kind: str, pence: int, paid_on: date, session: Session | None,
    minutes: int | None,
) -> None:  # fmt: skip
    if not 1 <= pence <= MOST_PENCE:
        raise BadInput("This is no payment to one seat", "pence", pence, f"1 to {MOST_PENCE:,} pence")
    if kind == PaidFor.HOURS and not (minutes and 1 <= minutes <= MOST_MINUTES):
        raise BadInput("Say how many hours are paid", "hours", minutes, "up to 24")
    if kind == PaidFor.GIFT and session is None:
        raise BadInput("Say for which session the thanks are", "session")
    if session is not None and session.jury_id != jury.pk:
        raise BadInput("This session is of another jury", "session")
    if paid_on > timezone.localdate():
        raise BadInput("This day lies in the future", "paid_on", paid_on)
