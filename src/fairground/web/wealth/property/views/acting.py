"""How a kept case is found, how its form is acted on, and how a single button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from fairground.errors import FairgroundError
from fairground.web.answers import in_words, put_beside
from fairground.web.wealth.property.models import Case
from fairground.web.wealth.property.permissions import may_see, need

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
    request: Any, form: forms.Form, do: Callable[[dict[str, Any]], Any], *, then: Any, said: str, **facts: Any
) -> HttpResponse:
    """Do what a form asks and go on, or show the form with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            done = do(form.cleaned_data)
        except FairgroundError as error:
            put_beside(form, error)
        else:
            messages.success(request, said)
            return redirect(then(done) if callable(then) else then)
    template = facts.pop("template", "property/form.html")
    facts = {"form": form, "back": facts.get("back") or then, **facts}
    return render(request, template, facts, status=400 if form.is_bound and form.errors else 200)


def pressed(request: Any, do: Callable[[], Any], *, then: str, said: str) -> HttpResponse:
    """Do what one button asks and go on; what is wrong is said on the next page."""
    try:
        do()
    except FairgroundError as error:
        messages.error(request, in_words(error))
    else:
        messages.success(request, said)
    return redirect(then)
