"""Those who stand ready to step in: chosen once after a draw, and asked one after another as places get free.

Rule 1: they are chosen by the engine from the draw that counts; the same draw gives the same people, and they
are chosen once, so that nobody can choose until it suits them.
Rule 2: for a free place the one is asked who leaves the jury nearest to its targets, of equal ones the first.
Rule 3: nobody steps in who shares a home with a member, was drawn already, or has left the pool.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from fairground.web.audit.actions import record
from fairground.web.power.juries.models import Jury, Volunteer
from fairground.web.power.juries.permissions import need
from fairground.web.power.lots import bridge
from fairground.web.power.lots.actions.lottery import free_places
from fairground.web.power.lots.models import (
    GONE,
    HOLDING,
    Alternate,
    Draw,
    Seat,
    SeatState,
    Standby,
    standing,
    under_way,
)

MOST = 12  # for so many the engine tries every choice


@transaction.atomic
def choose(jury: Jury, *, by: Any, number: int, stays: float, now: datetime | None = None) -> Standby:
    """Have those chosen who stand ready; asking again changes nothing.

    Parameters
    ----------
    stays : how likely everyone on the jury is to stay, 0 to 1.

    Raises
    ------
    BadInput : numbers that cannot be. Impossible : nobody is drawn, another draw is under way, too few people
        could step in, or the pool is erased.
    """
    need(by, "draw.run", jury)
    jury = Jury.objects.select_for_update(of=("self",)).get(pk=jury.pk)
    before = Standby.objects.filter(jury=jury).first()
    if before is not None:
        return before
    if not 1 <= number <= MOST:
        raise BadInput("So many people cannot stand ready", "number", number, f"1 to {MOST}")
    if not 0 <= stays <= 1:
        raise BadInput("A chance lies between 0 and 1", "stays", stays, "0 to 1")
    first = _first(jury)
    ready = bridge.stand_ready(first, number, stays)
    made = Standby.objects.create(
        jury=jury, draw=first, stays=stays, words=list(ready.working), by=by, at=now or timezone.now()
    )
    people = {one.number: one for one in jury.volunteers.filter(number__in=ready.numbers)}
    Alternate.objects.bulk_create(
        Alternate(standby=made, volunteer=people[one], position=at)
        for at, one in enumerate(ready.numbers, start=1)
    )
    record("lots.standby", by=by, subject=str(jury.pk), people=len(ready.numbers), stays=stays)
    return made


def _first(jury: Jury) -> Draw:
    draws = standing(jury)
    if not draws:
        raise Impossible("Nobody is drawn yet. Those who stand ready are chosen after the draw.")
    if jury.erased_at:
        raise Impossible("This jury's pool is erased. Nobody can be chosen from it any more.")
    if len(draws) > 1 or under_way(jury).exists():
        raise Impossible("A draw for free places is made or under way. Choose who stands ready before it.")
    return Draw.objects.select_related("jury__round").get(pk=draws[0].pk)


def ready(jury: Jury) -> list[Volunteer]:
    """Return those who stand ready and can still be asked, in their order."""
    drawn = set(Seat.objects.filter(jury=jury).values_list("volunteer_id", flat=True))
    rows = Alternate.objects.filter(standby__jury=jury, volunteer__withdrawn_at=None)
    return [one.volunteer for one in rows.select_related("volunteer") if one.volunteer_id not in drawn]


@transaction.atomic
def step_in(jury: Jury, *, by: Any) -> list[Seat]:
    """Give free places to those who stand ready, as far as they suffice; they are asked like all others.

    Raises
    ------
    Impossible : no place is free, nobody stands ready who may step in, another draw is under way.
    """
    need(by, "draw.run", jury)
    jury = Jury.objects.select_for_update(of=("self",)).get(pk=jury.pk)
    if jury.erased_at:
        raise Impossible("This jury's pool is erased. Nobody can step in any more.")
    if under_way(jury).exists():
        raise Impossible("Another draw of this jury is under way. Finish it, or call it off, first.")
    standby = Standby.objects.filter(jury=jury).select_related("draw__jury").first()
    made = [seat for place in free_places(jury) if (seat := _next(jury, standby, place))]
    if not made:
        raise Impossible("No place is free, or nobody stands ready who may step in.")
    record(
        "lots.step-in", by=by, subject=str(jury.pk), numbers=sorted(seat.volunteer.number for seat in made)
    )
    return made


def _next(jury: Jury, standby: Standby | None, place: int) -> Seat | None:
    people = {one.number: one for one in ready(jury)}
    if standby is None or not people:
        return None
    holds = Seat.objects.filter(jury=jury, state__in=HOLDING).values_list("volunteer__number", flat=True)
    who = bridge.best_to_step_in(standby.draw, bridge.targets_of(jury), jury.size, list(holds), list(people))
    if who is None:
        return None
    Seat.objects.filter(jury=jury, place=place, state__in=GONE, replaced_by=None).update(
        replaced_by=standby.draw
    )
    return Seat.objects.create(
        draw=standby.draw, jury=jury, volunteer=people[who], place=place, state=SeatState.DRAWN
    )
