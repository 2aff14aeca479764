"""The standing juries: all of them, one of them, and its officers' steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairground.web.participation.permissions import may_see
from fairground.web.power.juries.permissions import may, need
from fairground.web.power.juries.views.acting import answered, found, pressed
from fairground.web.power.standing import bridge
from fairground.web.power.standing.actions import rotations
from fairground.web.power.standing.forms import RotationForm, StandingForm
from fairground.web.power.standing.models import Rotation, StandingJury, last_of, published


def index(request: Any) -> HttpResponse:
    """Show every published standing jury."""
    return render(request, "standing/index.html", {"standing": published()})


def one(request: Any, slug: str) -> HttpResponse:
    """Show a standing jury: its rotations, and all who were drawn beside the place."""
    standing = get_object_or_404(StandingJury, slug=slug)
    last = last_of(standing)
    rows = [row for row in _rows(standing) if may_see(request.user, row.jury.round)]
    if not rows:
        need(request.user, rotations.DEED, last.jury)
    begun = [row for row in rows if row.began_on]
    every = bridge.ever(standing.targets, standing.size, [row.drawn for row in begun]) if begun else []
    facts = {"standing": standing, "rows": rows, "begun": begun, "ever": every, "chart": bridge.chart(every)}
    facts["off"] = bridge.off_the_place(every, [row.number for row in begun])
    spreads = bridge.spreads((row.number, row.jury) for row in begun)
    facts |= {"spreads": spreads, "chances": bridge.chance_chart(spreads)}
    works = may(request.user, rotations.DEED, last.jury) and not standing.ended_at
    return render(request, "standing/one.html", facts | {"last": last, "works": works})


def _rows(standing: StandingJury) -> list[Rotation]:
    return list(standing.rotations.select_related("jury__round"))


@login_required
def new(request: Any, slug: str) -> HttpResponse:
    """Let a jury stay while its people change."""
    jury = found(request, slug, rotations.DEED)
    return answered(
        request,
        StandingForm(request.POST or None, initial={"summary": jury.round.summary}),
        lambda facts: rotations.make_standing(jury, by=request.user, **facts),
        then=lambda made: reverse("standing:one", args=[made.slug]),
        said="The standing jury is set up. This jury is its first rotation.",
        title="Let this jury stay while its people change",
        button="Set up the standing jury",
        back=reverse("juries:office", args=[slug]),
        jury=jury,
        round=jury.round,
    )


@login_required
def following(request: Any, slug: str) -> HttpResponse:
    """Set up the next rotation."""
    standing, last = _worked_on(request, slug)
    last.standing = standing
    return answered(
        request,
        RotationForm(request.POST or None, initial=RotationForm.words(last)),
        lambda facts: rotations.next_rotation(standing, by=request.user, **facts),
        then=lambda row: reverse("juries:office", args=[row.jury.round.slug]),
        said="The rotation is set up, with targets for those who come. Nobody else sees its jury yet.",
        title=f"Set up rotation {last.number + 1}",
        button="Set it up",
        back=reverse("standing:one", args=[slug]),
        jury=last.jury,
        round=last.jury.round,
    )


@login_required
@require_POST
def begin(request: Any, slug: str) -> HttpResponse:
    """Write down that the last rotation's people sit now."""
    standing, _ = _worked_on(request, slug)
    then = reverse("standing:one", args=[slug])
    said = "The rotation has begun."
    return pressed(request, lambda: rotations.begin(standing, by=request.user), then=then, said=said)


@login_required
def end(request: Any, slug: str) -> HttpResponse:
    """End a standing jury, once an officer has said that it is meant."""
    standing, last = _worked_on(request, slug)
    return answered(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda facts: rotations.end(standing, by=request.user),
        then=reverse("standing:one", args=[slug]),
        said="The standing jury has ended. Nobody can find out any more who sat on it.",
        title="Do you want to end this standing jury?",
        lead="There will be no more rotations. What shows who sat before is erased. This page stays.",
        button="End it",
        jury=last.jury,
        round=last.jury.round,
    )


def _worked_on(request: Any, slug: str) -> tuple[StandingJury, Rotation]:
    standing = get_object_or_404(StandingJury, slug=slug)
    last = last_of(standing)
    need(request.user, rotations.DEED, last.jury)
    return standing, last
