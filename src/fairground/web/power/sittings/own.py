"""What a member finds on their own page: the sessions, the papers, what they were paid.

Who is asked and has not answered yet sees the sessions, to know whether they can come. Who left sees what
they were paid until then.
"""

from __future__ import annotations

from typing import Any

from fairground.web.power.juries.actions.letters import plan_of
from fairground.web.power.juries.models import Jury, Volunteer
from fairground.web.power.juries.outcomes import Part
from fairground.web.power.lots.models import Seat, SeatState
from fairground.web.power.sittings.members import sits_on
from fairground.web.power.sittings.models import Payment, Session

COMES = (SeatState.INVITED, SeatState.ACCEPTED)


def part(person: Volunteer) -> Part | None:
    """Return the part of the page, or nothing for who was not drawn."""
    seat = _seat(person)
    if seat is None or not (seat.state in COMES or seat.said_yes_at):
        return None
    sits = seat.state == SeatState.ACCEPTED
    juries = sits_on(seat) if seat.state in COMES else []
    paid = _paid(seat)
    days = [_days(jury) for jury in reversed(juries)]  # what is to come first
    return Part("sittings/own.html", {
        "seat": seat, "sits": sits, "paid": paid, "days": [one for one in days if one["sessions"]],
        "all": sum(one.pence for one in paid), "pay": plan_of(person.jury).pay, "own": person.jury_id,
    })  # fmt: skip


def _days(jury: Jury) -> dict[str, Any]:
    sessions = list(jury.sessions.prefetch_related("materials"))
    evidence = jury.evidence.filter(removed_at=None).exists()
    return {"round": jury.round, "sessions": sessions, "evidence": evidence}


def data(person: Volunteer) -> dict[str, Any]:
    """Return what is kept of a member's sessions and payments, for the file of all that is kept."""
    seat = _seat(person)
    if seat is None:
        return {}
    paid = [
        {
            "for": one.get_kind_display(), "session": _called(one.session, seat) if one.session else None,
            "pence": one.pence, "paid_on": one.paid_on.isoformat(), "reference": one.reference,
        }
        for one in _paid(seat)
    ]  # fmt: skip
    there = [_called(row.session, seat) for row in seat.attendance.select_related("session__jury__round")]
    return {"place": seat.place, "sessions_attended": there, "payments": paid}


def _called(session: Session, seat: Seat) -> int | str:
    """Return the number of a session, with its jury where that is one of a later rotation."""
    own = session.jury_id == seat.jury_id
    return session.number if own else f"{session.jury.round.title}: {session.number}"


def _seat(person: Volunteer) -> Seat | None:
    return Seat.objects.filter(volunteer=person, draw__voided_at=None).first()


def _paid(seat: Seat) -> list[Payment]:
    return list(seat.payments.filter(struck_at=None).select_related("session__jury__round"))
