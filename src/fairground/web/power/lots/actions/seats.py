"""Asking those who were drawn, and keeping what they answer; each step leaves an audit event, numbers only.

Rule 1: nobody is asked before their draw is made, and everybody has until a day that the invitation names.
Rule 2: an answer comes from the person, by the code of their invitation, or from an officer for them; then
they are told, and everyone sees how many such answers there are.
Rule 3: who said no, did not answer in time or left is gone; until somebody is drawn for them, they can be
asked again.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from fairground.web.audit.actions import record
from fairground.web.power.juries import notices, sealing
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.permissions import need
from fairground.web.power.lots import bridge, mail
from fairground.web.power.lots.models import GONE, Seat, SeatState, under_way

REMIND = timedelta(days=3)  # before the day by which to answer
NEXT: dict[str, tuple[str, ...]] = {
    SeatState.DRAWN: (),
    SeatState.INVITED: (SeatState.ACCEPTED, SeatState.DECLINED, SeatState.NO_ANSWER),
    SeatState.ACCEPTED: (SeatState.WITHDRAWN,),
    SeatState.DECLINED: (),
    SeatState.NO_ANSWER: (),
    SeatState.WITHDRAWN: (),
}


@transaction.atomic
def invite(jury: Jury, *, by: Any, answer_by: date, now: datetime | None = None) -> int:
    """Ask everyone who was drawn and not asked yet; return how many.

    Raises
    ------
    BadInput : a day that is not to come; nobody to ask. Impossible : the pool is erased.
    """
    need(by, "draw.run", jury)
    jury = Jury.objects.select_for_update(of=("self",)).get(pk=jury.pk)
    if jury.erased_at:
        raise Impossible("This jury's pool is erased. Nobody can be asked any more.")
    now = now or timezone.now()
    _need_days(answer_by, now)
    waiting = list(_seats(jury).filter(state=SeatState.DRAWN))
    if not waiting:
        raise BadInput("Everyone who was drawn has been asked.")
    for seat in waiting:
        _ask(seat, answer_by, now)
    record("lots.invite", by=by, subject=str(jury.pk), people=len(waiting), answer_by=str(answer_by))
    return len(waiting)


def _need_days(answer_by: date, now: datetime) -> None:
    if answer_by <= timezone.localdate(now):
        raise BadInput("People need some days to answer", "answer_by", answer_by, "a day to come")


def _ask(seat: Seat, answer_by: date, now: datetime) -> None:
    """Ask somebody; of a made-up jury nobody is written to."""
    seat.state, seat.invited_at, seat.answer_by = SeatState.INVITED, now, answer_by
    seat.reminded_at = seat.answered_at = seat.answered_by = None
    seat.code_hash = sealing.digest(seat.jury, bridge.plain_code(mail.code_of(seat)))
    seat.save()
    if not seat.jury.round.fictional:
        transaction.on_commit(lambda: mail.send(seat))


def _seats(jury: Jury) -> Any:
    return Seat.objects.filter(jury=jury, draw__voided_at=None).select_related(
        "volunteer__jury", "jury__round"
    )


@transaction.atomic
def answer(seat: Seat, state: str, *, by: Any = None, now: datetime | None = None) -> None:
    """Keep an answer; with `by` an officer writes it down.

    Raises
    ------
    BadInput : an answer that cannot follow; no answer before the day to answer has passed.
    """
    if by is not None:
        need(by, "draw.run", seat.jury)
    seat = _locked(seat)
    if seat.state == state:
        return
    if state not in NEXT[seat.state] or (by is None and state == SeatState.NO_ANSWER):
        can = ", ".join(str(SeatState(one).label) for one in NEXT[seat.state]) or "nothing more"
        raise BadInput(f"“{seat.get_state_display()}” cannot become this", "answer", state, can)
    if state == SeatState.NO_ANSWER and seat.answer_by and seat.answer_by >= timezone.localdate(now):
        raise BadInput(
            "The day by which to answer has not passed", "answer", state, f"after {seat.answer_by}"
        )
    seat.state, seat.answered_at, seat.answered_by = state, now or timezone.now(), by
    if state == SeatState.ACCEPTED:
        seat.said_yes_at = seat.answered_at
    seat.save(update_fields=["state", "answered_at", "answered_by", "said_yes_at"])
    if by is not None:
        what = f"wrote down for you “{seat.get_state_display()}”"
        notices.by_an_officer(seat.volunteer, notices.reach(seat.volunteer), what)
    record("lots.answer", by=by, subject=str(seat.jury_id), number=seat.volunteer.number, state=str(state))


@transaction.atomic
def ask_again(seat: Seat, *, by: Any, answer_by: date) -> None:
    """Ask somebody again who is gone, as long as nobody is drawn for them.

    Raises
    ------
    Impossible : somebody is drawn, or about to be drawn, for them; they left the pool. BadInput : a day that
        has passed.
    """
    need(by, "draw.run", seat.jury)
    seat = _locked(seat)
    if seat.state not in GONE or seat.replaced_by_id or under_way(seat.jury).exists():
        raise Impossible("Somebody is drawn for this place already, or is about to be.")
    if seat.volunteer.withdrawn_at or seat.jury.erased_at:
        raise Impossible("This person has left the pool. We cannot reach them any more.")
    now = timezone.now()
    _need_days(answer_by, now)
    _ask(seat, answer_by, now)
    record("lots.invite", by=by, subject=str(seat.jury_id), people=1, answer_by=str(answer_by))


def _locked(seat: Seat) -> Seat:
    Jury.objects.select_for_update(of=("self",)).get(pk=seat.jury_id)
    found: Seat = _seats(seat.jury).get(pk=seat.pk)
    return found


def by_code(jury: Jury, code: str) -> Seat | None:
    """Return the seat of an invitation's code, or None."""
    if jury.erased_at:
        return None
    try:
        plain = bridge.plain_code(code)
    except BadInput:
        return None
    found: Seat | None = _seats(jury).filter(code_hash=sealing.digest(jury, plain)).first()
    return found


def remind(today: date) -> int:
    """Remind those who have not answered and whose day is near, once each; return how many emails went."""
    due = Seat.objects.filter(
        state=SeatState.INVITED, reminded_at=None, answer_by__gte=today, answer_by__lte=today + REMIND,
        jury__erased_at=None, jury__round__fictional=False,
    )  # fmt: skip
    return sum(_remind(seat) for seat in list(due.select_related("volunteer__jury", "jury__round")))


@transaction.atomic
def _remind(seat: Seat) -> int:
    fresh = Seat.objects.filter(pk=seat.pk, state=SeatState.INVITED, reminded_at=None)
    if not fresh.update(reminded_at=timezone.now()):
        return 0
    record("lots.remind", by=None, subject=str(seat.jury_id), number=seat.volunteer.number)
    transaction.on_commit(lambda: mail.send(seat, again=True))
    return 1
