"""How anyone checks a draw: the steps on a phone, the sealed list, and a volunteer's own record of it."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from fairground.web.power.juries import browser
from fairground.web.power.juries.views.acting import found
from fairground.web.power.lots import bridge
from fairground.web.power.lots.views.draws import sealed, sent


def steps(request: Any, slug: str, number: int) -> HttpResponse:
    """Say how to check a draw, on a phone or with one command."""
    draw = sealed(request, slug, number)
    facts = {
        "jury": draw.jury, "round": draw.jury.round, "draw": draw, "proof": draw.proof,
        "hand": bridge.by_hand(draw), "shown": bridge.targets_shown(draw),
        "file": f"{slug}-draw-{number}.json",
    }  # fmt: skip
    return render(request, "lots/check.html", facts)


def sealed_text(request: Any, slug: str, number: int) -> HttpResponse:
    """Send the text whose SHA-256 sum is the seal: a line for each numbered jury."""
    draw = sealed(request, slug, number)
    response = HttpResponse(bridge.sealed_text(draw), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-draw-{number}-sealed.txt"'
    return response


def record(request: Any, slug: str, number: int) -> HttpResponse:
    """Send a volunteer what shows that they stand in the sealed pool as they are."""
    draw = sealed(request, slug, number)
    person = browser.person_of(request, found(request, slug))
    if person is None:
        return redirect("juries:mine", slug)
    own = bridge.own_record(draw, person) if draw.council else None
    if own is None:
        raise Http404(number)
    text = json.dumps(own, ensure_ascii=False, indent=1)
    return browser.private(sent(text, f"my-record-of-{slug}-draw-{number}.json"))
