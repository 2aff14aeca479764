"""What the pages of sittings ask the engine: pay for time beside the real living wage."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from fairground.errors import BadInput
from fairground.power.juries.payments import Rate, Wage, rate, wage
from fairground.web.places import bridge as places
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings.models import TIME, PaidFor, Payment, Session

LONDON = "E12000007"
Who = tuple[int, object]  # a seat, and which of its members


@dataclass(frozen=True)
class Paid:
    """What a member had for the time of one session, or for hours outside one."""

    seat: int
    number: str
    session: Session | None
    wage: Wage


def in_london(place_code: str) -> bool:
    """Say whether a place lies in London."""
    place = places.name(place_code)
    return place_code == LONDON or (place is not None and place.region == LONDON)


def wages(jury: Jury) -> list[Paid]:
    """Return what each member had for their time, by session, beside the real living wage of that day.

    Rule 1: pay for hours counts for its hours. Rule 2: thanks count for the whole session, or for its paid
    hours where there are such. Rule 3: what was paid for the way, for care or for other things counts not.
    """
    found: dict[tuple[Who, int | None, date], list[Payment]] = defaultdict(list)
    for line in jury.payments.filter(struck_at=None, kind__in=TIME).select_related(
        "session", "member__volunteer"
    ):
        day = timezone.localdate(line.session.starts_at) if line.session else line.paid_on
        found[(line.seat, line.member_id or ""), line.session_id, day].append(line)
    london = in_london(jury.round.place_code)
    paid = [_paid(lines, day, london) for (_, _, day), lines in sorted(found.items(), key=_order)]
    return [one for one in paid if one is not None]


def _order(item: tuple[tuple[Who, int | None, date], list[Payment]]) -> tuple[date, int, int, str]:
    ((seat, member), session, day), _ = item
    return day, session or 0, seat, str(member)


def _paid(lines: list[Payment], day: date, london: bool) -> Paid | None:
    """Return what a member had, or None where no rate of that day is held."""
    session = lines[0].session
    hours = sum(line.minutes or 0 for line in lines if line.kind == PaidFor.HOURS)
    minutes = hours or (session.minutes if session else 0)
    pence = sum(line.pence for line in lines)
    try:
        return Paid(lines[0].seat, lines[0].volunteer, session, wage(pence, minutes, day, london=london))
    except BadInput:
        return None


def rate_today(jury: Jury) -> Rate | None:
    """Return the real living wage of today where the jury meets, or None where none is held."""
    try:
        return rate(timezone.localdate(), london=in_london(jury.round.place_code))
    except BadInput:
        return None
