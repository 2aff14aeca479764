"""The officers' pages of the seats: who was drawn, asking them, their letters, what they answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html

from fairground.web.audit.actions import record
from fairground.web.power.juries.actions.letters import plan_of
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.told import read
from fairground.web.power.juries.views.acting import answered, found
from fairground.web.power.lots import mail
from fairground.web.power.lots.actions import lottery, seats, standby
from fairground.web.power.lots.forms import AnswerForm, InviteForm
from fairground.web.power.lots.models import GONE, Seat, SeatState


@login_required
def every(request: Any, slug: str) -> HttpResponse:
    """Show who was drawn and what they answered; names for the jury's officers only."""
    jury = found(request, slug, "draw.run")
    found_seats = list(_seats(jury))
    if found_seats:
        record("lots.seats.open", by=request.user, subject=str(jury.pk), people=len(found_seats))
    facts = {
        "jury": jury, "round": jury.round,
        "rows": [(seat, _name(seat), seats.NEXT[seat.state]) for seat in found_seats],
        "ready": standby.ready(jury),
        "free": lottery.free(jury), "to_ask": sum(seat.state == SeatState.DRAWN for seat in found_seats),
        "letters": any(seat.state == SeatState.INVITED for seat in found_seats), "gone": GONE,
    }  # fmt: skip
    return render(request, "lots/seats.html", facts)


def _seats(jury: Jury) -> Any:
    return jury.seats.filter(draw__voided_at=None).select_related(
        "volunteer__jury", "draw", "jury__round", "replaced_by"
    )


def _name(seat: Seat) -> str:
    return read(seat.volunteer).name if seat.volunteer.sealed and not seat.jury.erased_at else ""


@login_required
def invite(request: Any, slug: str) -> HttpResponse:
    """Ask everyone who was drawn and not asked yet."""
    jury = found(request, slug, "draw.run")
    return answered(
        request, InviteForm(request.POST or None, initial=InviteForm.first()),
        lambda given: seats.invite(jury, by=request.user, **given),
        then=reverse("lots:seats", args=[slug]), said="They are asked. Emails go out; print the letters.",
        title="Ask those who were drawn", button="Ask them", jury=jury, round=jury.round,
        lead=_how_they_are_asked(jury),
    )  # fmt: skip


def _how_they_are_asked(jury: Jury) -> str:
    lead = "Whoever gave an email address gets an email now. For everyone there is a letter to print."
    if plan_of(jury).contact:
        return lead
    plan = reverse("juries:letters_plan", args=[jury.round.slug])
    words = '{}\nNeither says yet whom to phone. <a class="govuk-link" href="{}">Write that down first</a>.'
    return format_html(words, lead, plan)


@login_required
def letters(request: Any, slug: str) -> HttpResponse:
    """Show the letters to those who were asked and have not answered, for the printer."""
    jury = found(request, slug, "draw.run")
    waiting = [seat for seat in _seats(jury).filter(state=SeatState.INVITED) if seat.volunteer.sealed]
    record("lots.letters", by=request.user, subject=str(jury.pk), letters=len(waiting))
    facts = {
        "jury": jury, "round": jury.round, "letters": [(seat, mail.invitation(seat)) for seat in waiting],
        "address": mail.answer_address(waiting[0]) if waiting else "", "contact": plan_of(jury).contact,
    }  # fmt: skip
    return render(request, "lots/letters.html", facts)


@login_required
def answer(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Write down what somebody answered by phone, by post or in person."""
    seat = _seat(request, slug, pk)
    return answered(
        request, AnswerForm(request.POST or None, seat=seat),
        lambda given: seats.answer(seat, given["answer"], by=request.user),
        then=reverse("lots:seats", args=[slug]), said="The answer is kept.",
        title=f"The answer of volunteer {seat.volunteer.number}", button="Keep it", jury=seat.jury,
        round=seat.jury.round, lead=_name(seat),
    )  # fmt: skip


@login_required
def again(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Ask somebody again who said no, did not answer or left."""
    seat = _seat(request, slug, pk)
    return answered(
        request, InviteForm(request.POST or None, initial=InviteForm.first()),
        lambda given: seats.ask_again(seat, by=request.user, **given),
        then=reverse("lots:seats", args=[slug]), said="They are asked again.",
        title=f"Ask volunteer {seat.volunteer.number} again", button="Ask again", jury=seat.jury,
        round=seat.jury.round, lead=_name(seat),
    )  # fmt: skip


def _seat(request: Any, slug: str, pk: UUID) -> Seat:
    return get_object_or_404(_seats(found(request, slug, "draw.run")), pk=pk)
