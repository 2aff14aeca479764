"""The juries: all of them, one of them, setting one up, changing it, and its officers' page."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairground.web.participation.permissions import places_of_office
from fairground.web.power.juries import next_step
from fairground.web.power.juries.actions import juries
from fairground.web.power.juries.actions.letters import plan_of
from fairground.web.power.juries.forms import JuryForm, NewJuryForm
from fairground.web.power.juries.models import Jury, PublishedPool, features_of, published
from fairground.web.power.juries.permissions import deeds, may
from fairground.web.power.juries.pool_view import sources
from fairground.web.power.juries.stages import beside, stages, stands, today
from fairground.web.power.juries.tools import tools
from fairground.web.power.juries.views.acting import answered, found, pressed

ONLY_OFFICERS = (
    "Only the officers of this jury can change until when people volunteer, and when all they told us is "
    "erased."
)


def index(request: Any) -> HttpResponse:
    """Show every published jury, and to those who work on one, theirs."""
    mine = Jury.objects.none()
    if request.user.is_authenticated:
        mine = Jury.objects.filter(
            round__roles__user=request.user, round__roles__revoked_at=None, round__published_at=None
        ).distinct()
    facts = {
        "juries": [(jury, stands(jury)) for jury in published()],
        "unseen": mine,
        "offices": places_of_office(request.user),
    }
    return render(request, "juries/index.html", facts)


def one(request: Any, slug: str) -> HttpResponse:
    """Show one jury: its question, where it stands, and what can be done now."""
    jury = found(request, slug)
    pool = PublishedPool.objects.filter(jury=jury).first()
    told = stages(jury)
    facts = {"jury": jury, "round": jury.round, "stages": told, "today": today(told), "does": True}
    facts |= {"works": _works(request.user, jury), "open": jury.registering(), "pool": pool}
    facts |= {"beside": beside(jury), "plan": plan_of(jury)}
    facts["sources"] = sources(features_of(jury)) if pool else {}
    return render(request, "juries/jury.html", facts)


@login_required
def new(request: Any) -> HttpResponse:
    """Set up a jury."""
    places = places_of_office(request.user)
    if not places:
        raise PermissionDenied
    return answered(
        request,
        NewJuryForm(request.POST or None, places=places),
        lambda facts: juries.set_up(by=request.user, **facts),
        then=lambda jury: next_step.address_of(request.user, jury),
        said="The jury is set up. Nobody else sees it yet.",
        template="juries/new.html",
        title="Set up a jury",
        button="Set up the jury",
        back=reverse("juries:index"),
    )


@login_required
def change(request: Any, slug: str) -> HttpResponse:
    """Change a jury's words, size and days."""
    jury = found(request, slug, "jury.manage")
    opens = may(request.user, "pool.open", jury)
    return answered(
        request,
        JuryForm.of(jury, request.POST or None, opens=opens),
        lambda facts: juries.change_jury(jury, by=request.user, **facts),
        then=reverse("juries:office", args=[slug]),
        said="The jury is changed.",
        title="Change the jury",
        button="Save",
        lead="" if opens else ONLY_OFFICERS,
        jury=jury,
        round=jury.round,
    )


@login_required
@require_POST
def publish(request: Any, slug: str) -> HttpResponse:
    """Show the jury to everyone."""
    jury = found(request, slug, "jury.manage")
    then = reverse("juries:office", args=[slug])
    said = "The jury is published. Everyone can see it."
    return pressed(request, lambda: juries.publish_jury(jury, by=request.user), then=then, said=said)


@login_required
def office(request: Any, slug: str) -> HttpResponse:
    """Show the officers of a jury what comes next, and every tool."""
    jury = found(request, slug)
    works = _works(request.user, jury)
    if not works:
        raise PermissionDenied
    facts = {"jury": jury, "round": jury.round, "works": works, "stages": stages(jury)}
    facts |= {"groups": tools(request.user, jury), "next": next_step.next_of(request.user, jury)}
    return render(request, "juries/office.html", facts)


def _works(user: Any, jury: Jury) -> set[str]:
    """Return what this person may do, by the first word of the deed, for templates."""
    return {name.split(".")[0] for name in deeds(user, jury)}
