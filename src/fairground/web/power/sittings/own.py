"""What a member finds on their own page: the sessions, the papers, what they were paid.

Who is asked and has not answered yet sees the sessions, to know whether they can come. Who left sees what
they were paid until then.
"""

from __future__ import annotations

from typing import Any

from fairground.web.power.juries.actions.letters import plan_of
from fairground.web.power.juries.models import Volunteer
from fairground.web.power.juries.outcomes import Part
from fairground.web.power.lots.models import Seat, SeatState
from fairground.web.power.sittings.models import Payment

COMES = (SeatState.INVITED, SeatState.ACCEPTED)


def part(person: Volunteer) -> Part | None:
    """Return the part of the page, or nothing for who was not drawn."""
    seat = _seat(person)
    if seat is None or not (seat.state in COMES or seat.said_yes_at):
        return None
    sits = seat.state == SeatState.ACCEPTED
    sessions = list(person.jury.sessions.prefetch_related("materials")) if seat.state in COMES else []
    paid = _paid(seat)
    return Part("sittings/own.html", {
        "seat": seat, "sits": sits, "sessions": sessions, "paid": paid, "round": person.jury.round,
        "all": sum(one.pence for one in paid), "pay": plan_of(person.jury).pay,
        "evidence": person.jury.evidence.filter(removed_at=None).exists(),
    })  # fmt: skip


def data(person: Volunteer) -> dict[str, Any]:
    """Return what is kept of a member's sessions and payments, for the file of all that is kept."""
    seat = _seat(person)
    if seat is None:
        return {}
    paid = [
        {
            "for": one.get_kind_display(), "session": one.session.number if one.session else None,
            "pence": one.pence, "paid_on": one.paid_on.isoformat(), "reference": one.reference,
        }
        for one in _paid(seat)
    ]  # fmt: skip
    there = list(seat.attendance.order_by("session__number").values_list("session__number", flat=True))
    return {"place": seat.place, "sessions_attended": there, "payments": paid}


def _seat(person: Volunteer) -> Seat | None:
    return Seat.objects.filter(volunteer=person, draw__voided_at=None).first()


def _paid(seat: Seat) -> list[Payment]:
    return list(seat.payments.filter(struck_at=None).select_related("session"))
