"""How a page of a round is found, how its form is acted on, and how a single button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from fairground.web import acting
from fairground.web.acting import pressed
from fairground.web.participation.actions import need
from fairground.web.participation.models import Kind, Round
from fairground.web.participation.permissions import may_see

__all__ = ["answered", "found", "pressed"]


def found(request: Any, slug: str, deed: str = "") -> Round:
    """Return the round of an address if this person may see it and may do the deed, where one is named."""
    round = get_object_or_404(Round.objects.prefetch_related("phases"), slug=slug, kind=Kind.BUDGET)
    if not may_see(request.user, round):
        raise Http404(slug)
    if deed:
        need(request.user, deed, round)
    return round


def answered(
    request: Any, form: forms.Form, do: Callable[[dict[str, Any]], Any], **facts: Any
) -> HttpResponse:
    """Do what a form asks and go on, or show the form with what is wrong."""
    return acting.answered(request, form, do, **{"template": "budgeting/form.html", **facts})
