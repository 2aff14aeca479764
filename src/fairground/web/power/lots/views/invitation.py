"""The page on which somebody who was drawn says yes or no, with the code of their invitation."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from fairground.errors import FairgroundError, Impossible
from fairground.web.answers import put_beside
from fairground.web.power.juries import throttle
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.views.acting import found
from fairground.web.power.lots.actions import seats
from fairground.web.power.lots.forms import YES, InvitationForm
from fairground.web.power.lots.models import GONE, Seat, SeatState

LATE = (
    "You are not on the list of this jury any more: you said no, or the day to answer has passed. "
    "If you can come after all, tell the officers of the jury. They can ask you again while a place is free."
)


@never_cache
@sensitive_post_parameters()
def answer(request: Any, slug: str) -> HttpResponse:
    """Let somebody who was drawn answer; a code is never in an address."""
    jury = found(request, slug)
    form = InvitationForm(request.POST or None)
    facts = {"jury": jury, "round": jury.round, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            seat = _answered(request, jury, form.cleaned_data)
        except FairgroundError as fault:
            put_beside(form, fault)
        else:
            if seat is not None:
                return render(request, "lots/thanks.html", facts | {"seat": seat})
            form.add_error("code", "No invitation of this jury has this code.")
    return render(request, "lots/invitation.html", facts, status=400 if form.errors else 200)


def _answered(request: Any, jury: Jury, given: dict[str, Any]) -> Seat | None:
    throttle.need_patience(request, jury, throttle.CODES)
    seat = seats.by_code(jury, given["code"])
    if seat is None:
        throttle.count(request, jury, throttle.CODES)
        return None
    if given["answer"] == YES:
        if seat.state in GONE:
            raise Impossible(LATE)
        seats.answer(seat, SeatState.ACCEPTED)
    else:
        seats.answer(seat, SeatState.WITHDRAWN if seat.state == SeatState.ACCEPTED else SeatState.DECLINED)
    seat.refresh_from_db()
    return seat
