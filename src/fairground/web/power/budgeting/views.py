"""The open pages of budgeting: the rounds, and one round with what can be done now."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from fairground.web.participation.models import Kind, Round
from fairground.web.participation.permissions import may_see, places_of_office


def index(request: HttpRequest) -> HttpResponse:
    """Show every published round."""
    rounds = Round.objects.filter(kind=Kind.BUDGET).exclude(published_at=None).prefetch_related("phases")
    return render(
        request, "budgeting/index.html", {"rounds": rounds, "offices": places_of_office(request.user)}
    )


def round_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one round: its phases with their dates, and what can be done now."""
    return render(request, "budgeting/round.html", {"round": found(request, slug)})


def found(request: Any, slug: str) -> Round:
    """Return the round of an address if this person may see it."""
    round = get_object_or_404(Round.objects.prefetch_related("phases"), slug=slug, kind=Kind.BUDGET)
    if not may_see(request.user, round):
        raise Http404(slug)
    return round
