"""The draw of the made-up jury in Stoke-on-Trent for the demo: sealed, drawn, two people replaced.

The public values are made up, and say so: no such lottery was held.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.web.accounts.models import User
from fairground.web.power.juries.example import BEGAN, OFFICER, SLUG
from fairground.web.power.juries.models import Jury
from fairground.web.power.lots.actions import lottery, seats, standby
from fairground.web.power.lots.models import Draw, Seat, SeatState

COLLEAGUE = "ada@example.org"
CLOSED = 42  # days after people could first volunteer
ANNOUNCED = ("The six numbers of a made-up lottery", "Its bonus number")
FIRST, SECOND = ("9, 18, 26, 34, 41, 45", "7"), ("3, 11, 17, 22, 38, 40", "29")


def load() -> list[tuple[str, str]]:
    """Make the draw once."""
    jury = Jury.objects.filter(round__slug=SLUG).first()
    if jury is not None and not Draw.objects.filter(jury=jury).exists():
        with transaction.atomic():
            _draw(jury)
    return []


def _draw(jury: Jury) -> None:
    juno, ada = (User.objects.get(email=email) for email in (OFFICER, COLLEAGUE))
    begins = timezone.now() - timedelta(days=BEGAN - CLOSED - 7)
    _whole(jury, FIRST, begins, juno, ada)
    standby.choose(jury, by=juno, number=3, stays=0.9, now=begins + timedelta(days=2, hours=1))
    _ask(jury, begins + timedelta(days=3), juno, declined=1, silent=1)
    again = begins + timedelta(days=20)
    _whole(jury, SECOND, again, juno, ada)
    _ask(jury, again + timedelta(days=3), juno)


def _whole(jury: Jury, values: tuple[str, ...], at: datetime, juno: Any, ada: Any) -> None:
    draw = lottery.prepare(
        jury, by=juno, rule="leximin", announced=ANNOUNCED, known_from=at + timedelta(days=2), place=False,
        now=at,
    )  # fmt: skip
    lottery.make(draw, lambda share: None, now=at + timedelta(minutes=1))
    for officer in (juno, ada):
        lottery.read_out(draw, values, by=officer, now=at + timedelta(days=2, minutes=5))


def _ask(jury: Jury, at: datetime, juno: Any, *, declined: int = 0, silent: int = 0) -> None:
    by = timezone.localdate(at) + timedelta(days=12)
    seats.invite(jury, by=juno, answer_by=by, now=at)
    late = at + timedelta(days=14)
    waiting = Seat.objects.filter(jury=jury, state=SeatState.INVITED).select_related(
        "jury__round", "volunteer"
    )
    for at_seat, seat in enumerate(waiting):
        if at_seat < declined:
            seats.answer(seat, SeatState.DECLINED, by=juno, now=at + timedelta(days=4))
        elif at_seat < declined + silent:
            seats.answer(seat, SeatState.NO_ANSWER, by=juno, now=late)
        else:
            seats.answer(seat, SeatState.ACCEPTED, now=at + timedelta(days=2))
