"""The officers' pages of a draw: have the lottery made, write the values down, call it off, take its file."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from fairground.errors import FairgroundError
from fairground.web.answers import put_beside
from fairground.web.audit.actions import record
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.views.acting import answered, found, pressed
from fairground.web.power.lots import bridge, seconds
from fairground.web.power.lots.actions import lottery
from fairground.web.power.lots.forms import PrepareForm, ReadOutForm, ReasonForm
from fairground.web.power.lots.models import CallingOff, Draw, draws_of
from fairground.web.power.lots.views.draws import sent


@login_required
def prepare(request: Any, slug: str) -> HttpResponse:
    """Have the lottery of the next draw made, or see how far it is."""
    jury = found(request, slug, "draw.run")
    draws = draws_of(jury)
    last = draws[-1] if draws else None
    facts: dict[str, Any] = {
        "jury": jury,
        "round": jury.round,
        "last": last,
        "free": lottery.free(jury),
        "draws": draws,
    }
    facts["asked"] = set(jury.seats.exclude(invited_at=None).values_list("draw__number", flat=True))
    if last and last.state == "making" and request.method == "GET":
        shown = render(request, "lots/prepare.html", facts | {"making": True})
        shown["Refresh"] = "5"
        return shown
    form = PrepareForm(request.POST or None, ways=_ways(jury, last), initial=PrepareForm.first())
    there, said = reverse("lots:prepare", args=[slug]), "The lottery is being made."
    return answered(
        request, form, lambda given: lottery.prepare(jury, by=request.user, **given),
        then=there, said=said, template="lots/prepare.html", **facts,
    )  # fmt: skip


def _ways(jury: Jury, last: Draw | None) -> list[Any]:
    """Return ways to change the targets, where the last lottery could not be made."""
    if last is None or not last.problem or last.seal:
        return []
    try:
        return bridge.ways_out(jury, last.places)
    except FairgroundError:
        return []


@login_required
def read_out(request: Any, slug: str, number: int) -> HttpResponse:
    """Write the public values down; with the second officer who writes the same the draw is made."""
    draw = _draw(request, slug, number)
    if draw.drawn_at and request.method != "POST":
        return redirect("lots:draw", slug, number)
    form = ReadOutForm(request.POST or None, draw=draw)
    if request.method == "POST" and form.is_valid():
        return _read(request, draw, form)
    return _reading_page(request, draw, form)


def _read(request: Any, draw: Draw, form: ReadOutForm) -> HttpResponse:
    try:
        mark = seconds.mark_of(request)
        made = lottery.read_out(draw, form.cleaned_data["values"], by=request.user, browser=mark)
    except FairgroundError as fault:
        put_beside(form, fault)
        return _reading_page(request, draw, form)
    others = any(one.by_id != request.user.pk for one in lottery.latest(draw))
    if made:
        messages.success(request, f"The draw is made: jury number {made.chosen:,}.")
    elif others:
        messages.warning(request, "You and a colleague wrote down different values. Each of you, look again.")
    else:
        messages.success(request, "Kept. The draw is made when a second officer writes down the same.")
    then = redirect("lots:draw" if made else "lots:read_out", draw.jury.round.slug, draw.number)
    return seconds.keep_mark(then, mark, secure=settings.HTTPS)


def _reading_page(request: Any, draw: Draw, form: ReadOutForm) -> HttpResponse:
    mine = [one for one in lottery.latest(draw) if one.by_id == request.user.pk]
    facts = {
        "jury": draw.jury, "round": draw.jury.round, "draw": draw, "form": form,
        "mine": mine[0] if mine else None, "others": len(lottery.latest(draw)) - len(mine),
        "back": reverse("lots:prepare", args=[draw.jury.round.slug]),
        "title": f"Write down {'what was thrown' if draw.way else 'the public values'}",
        "button": "Keep these values",
    }  # fmt: skip
    return render(request, "lots/read_out.html", facts, status=400 if form.errors else 200)


@login_required
def call_off(request: Any, slug: str, number: int) -> HttpResponse:
    """Ask to call a draw off, with a reason that everyone sees; a second officer agrees on the same page."""
    draw = _draw(request, slug, number)
    then = reverse("lots:prepare", args=[slug])
    if request.method == "POST" and request.POST.get("agree"):
        return pressed(
            request, lambda: lottery.call_off(draw, by=request.user, reason=request.POST["agree"]),
            then=then, said="The draw is called off. It stays visible.",
        )  # fmt: skip
    return answered(
        request, ReasonForm(request.POST or None),
        lambda given: lottery.ask_to_call_off(draw, given["reason"], by=request.user),
        then=then, said="Kept. The draw is called off when a second officer agrees.",
        title=f"Call off draw {number}", button="Ask to call it off", jury=draw.jury, round=draw.jury.round,
        lead="Nothing of a sealed draw is deleted. Everyone will see that it does not count, and why.",
        template="lots/call_off.html", draw=draw, asked=CallingOff.objects.filter(draw=draw).first(),
        late=draw.voided_at is not None or draw.seats.exclude(invited_at=None).exists(),
    )  # fmt: skip


@login_required
def council(request: Any, slug: str, number: int) -> HttpResponse:
    """Send the council's file of a draw that is made: it has the answers of volunteers, and no names."""
    draw = _draw(request, slug, number)
    if not draw.drawn_at or not draw.council:
        raise Http404(number)
    record("lots.council-file", by=request.user, subject=str(draw.jury_id), draw=draw.number)
    return sent(bridge.council(draw), f"{slug}-lottery-{number}.json")


def _draw(request: Any, slug: str, number: int) -> Draw:
    jury = found(request, slug, "draw.run")
    return get_object_or_404(Draw.objects.select_related("jury__round", "job"), jury=jury, number=number)
