"""How a kept case is found, how its form is acted on, and how a single button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from fairground.web import acting
from fairground.web.acting import pressed
from fairground.web.wealth.property.models import Case
from fairground.web.wealth.property.permissions import may_see, need

__all__ = ["answered", "found", "pressed"]

PARTS = ("events", "closings", "letters", "representations__checks", "representations__responses")


def found(request: Any, pk: UUID, deed: str = "") -> Case:
    """Return the case of an address if this person may see it and may do the deed, where one is named."""
    cases = Case.objects.select_related("edition", "nomination").prefetch_related(*PARTS)
    case = get_object_or_404(cases, pk=pk)
    if not may_see(request.user, case):
        raise Http404(pk)
    if deed:
        need(request.user, deed, case.place_code)
    return case


def answered(
    request: Any, form: forms.Form, do: Callable[[dict[str, Any]], Any], *, then: Any, **facts: Any
) -> HttpResponse:
    """Do what a form asks and go on, or show the form with what is wrong."""
    facts = {"template": "property/form.html", **facts}
    facts["back"] = facts.get("back") or then
    return acting.answered(request, form, do, then=then, **facts)
