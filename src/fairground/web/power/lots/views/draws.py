"""The public pages of draws: what will happen, what happened, and the file with which anyone draws again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.permissions import may
from fairground.web.power.juries.views.acting import found
from fairground.web.power.lots import bridge, seconds
from fairground.web.power.lots.models import Draw, SeatState, Standby, draws_of

LIVE = timedelta(hours=6)  # around the moment of the values, in which the page looks again by itself
SOON = timedelta(minutes=30)
SAID_NO = (SeatState.DECLINED, SeatState.WITHDRAWN)


def every(request: Any, slug: str) -> HttpResponse:
    """Show all draws of a jury, and how a draw goes."""
    jury = found(request, slug)
    facts = {
        "jury": jury,
        "round": jury.round,
        "draws": [draw for draw in draws_of(jury) if draw.seal],
        "seats": _counts(jury),
        "by_officers": jury.seats.filter(state__in=SAID_NO, answered_by__isnull=False).count(),
        "standby": Standby.objects.filter(jury=jury).first(),
        "waiting": jury.seats.filter(state=SeatState.INVITED).exists(),
        "draws_up": may(request.user, "draw.run", jury),
    }
    return render(request, "lots/draws.html", facts)


def _counts(jury: Jury) -> list[tuple[str, int]]:
    states = list(jury.seats.values_list("state", flat=True))
    return [(str(state.label), states.count(state)) for state in SeatState if state in states]


def one(request: Any, slug: str, number: int) -> HttpResponse:
    """Show one draw: before it, while people wait for the number, and after."""
    draw = sealed(request, slug, number)
    now, known = timezone.now(), draw.known_from
    live = draw.state == "sealed" and known - SOON <= now <= known + LIVE
    facts = {
        "jury": draw.jury, "round": draw.jury.round, "draw": draw, "proof": draw.proof, "known": now >= known,
        "words": bridge.proof_words(draw.proof), "chart": bridge.chance_chart(draw.proof["bands"]),
        "bands": bridge.bands_told(draw.proof["bands"]), "rows": bridge.table(draw),
        "thrown": bridge.thrown(draw), "shown": bridge.targets_shown(draw),
        "live": live and "still" not in request.GET, "draws_up": may(request.user, "draw.run", draw.jury),
        "seconds": seconds.told(draw),
        "readers": draw.readings.values("by").distinct().count(),
    }  # fmt: skip
    shown = render(request, "lots/draw.html", facts)
    if facts["live"]:
        shown["Refresh"] = "15"
    return shown


def public(request: Any, slug: str, number: int) -> HttpResponse:
    """Send the public file of a draw."""
    draw = sealed(request, slug, number)
    return sent(bridge.public_file(draw), f"{slug}-draw-{number}.json")


def sealed(request: Any, slug: str, number: int) -> Draw:
    """Return a sealed draw of a jury that this person may see."""
    jury = found(request, slug)
    draw = get_object_or_404(Draw.objects.select_related("jury__round", "job"), jury=jury, number=number)
    if not draw.seal:
        raise Http404(number)
    return draw


def sent(text: str, name: str) -> HttpResponse:
    """Send a file."""
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
