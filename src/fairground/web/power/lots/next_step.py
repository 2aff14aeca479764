"""What an officer of a jury does next about its draw, for the officers' page."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.next_step import Next
from fairground.web.power.lots.actions.lottery import free_places
from fairground.web.power.lots.models import SeatState, draws_of

RUN = "draw.run"


def next_of(jury: Jury) -> Next | None:
    """Return what comes next in the draw of a jury; None before registration closes, and when all is done."""
    if timezone.now() < jury.registration_closes:
        return None
    draws = [draw for draw in draws_of(jury) if draw.state != "void"]
    last = draws[-1] if draws else None
    if last is None:
        words = "Registration has closed. Now the lottery can be made, and the jury drawn."
        return Next(words, "Make the lottery", _at(jury, "prepare"), RUN)
    if last.state in ("making", "failed"):
        return Next("The lottery was asked for.", "See how far it is", _at(jury, "prepare"), RUN)
    if last.state == "sealed":
        what = "what was thrown" if last.way else "the public values"
        known = timezone.localtime(last.known_from)
        words = (
            f"The lottery is sealed. After {known.day} {known:%B %Y, %H:%M} two officers write down {what}."
        )
        return Next(words, f"Write down {what}", _at(jury, "read_out", last.number), RUN)
    return _asking(jury)


def _asking(jury: Jury) -> Next | None:
    to_ask = jury.seats.filter(draw__voided_at=None, state=SeatState.DRAWN).count()
    if to_ask:
        people = "person was" if to_ask == 1 else "people were"
        return Next(f"{to_ask} {people} drawn and not asked yet.", "Ask them", _at(jury, "invite"), RUN)
    empty = len(free_places(jury))
    if empty:
        places = "place is" if empty == 1 else "places are"
        return Next(f"{empty} {places} free.", "See who was drawn, and fill them", _at(jury, "seats"), RUN)
    return None


def _at(jury: Jury, name: str, *more: int) -> str:
    return reverse(f"lots:{name}", args=[jury.round.slug, *more])
