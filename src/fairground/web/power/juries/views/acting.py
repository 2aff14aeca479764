"""How a page of a jury is found, and how its form is acted on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from fairground.web import acting
from fairground.web.acting import pressed
from fairground.web.participation.permissions import may_see
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.permissions import need

__all__ = ["answered", "found", "pressed"]


def found(request: Any, slug: str, deed: str = "") -> Jury:
    """Return the jury of an address if this person may see it and may do the deed, where one is named."""
    jury = get_object_or_404(Jury.objects.select_related("round"), round__slug=slug)
    if deed:
        need(request.user, deed, jury)
    elif not may_see(request.user, jury.round):
        raise Http404(slug)
    return jury


def answered(
    request: Any, form: forms.Form, do: Callable[[dict[str, Any]], Any], **facts: Any
) -> HttpResponse:
    """Do what a form asks and go on, or show the form with what is wrong."""
    return acting.answered(request, form, do, **{"template": "juries/form.html", **facts})
