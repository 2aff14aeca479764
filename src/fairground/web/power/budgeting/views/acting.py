"""How a page of a round is found, how its form is acted on, and how a single button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from fairground.errors import BadInput
from fairground.web.answers import in_words, put_beside
from fairground.web.participation.actions import need
from fairground.web.participation.models import Kind, Round
from fairground.web.participation.permissions import may_see


def found(request: Any, slug: str, deed: str = "") -> Round:
    """Return the round of an address if this person may see it and may do the deed, where one is named."""
    round = get_object_or_404(Round.objects.prefetch_related("phases"), slug=slug, kind=Kind.BUDGET)
    if not may_see(request.user, round):
        raise Http404(slug)
    if deed:
        need(request.user, deed, round)
    return round


def answered(
    request: Any, form: forms.Form, do: Callable[[dict[str, Any]], Any], *, then: str, said: str, **facts: Any
) -> HttpResponse:
    """Do what a form asks and go on, or show the form with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except BadInput as error:
            put_beside(form, error)
        else:
            messages.success(request, said)
            return redirect(then)
    template = facts.pop("template", "budgeting/form.html")
    facts = {"form": form, "back": then, **facts}
    return render(request, template, facts, status=400 if form.is_bound and form.errors else 200)


def pressed(request: Any, do: Callable[[], Any], *, then: str, said: str) -> HttpResponse:
    """Do what one button asks and go on; what is wrong is said on the next page."""
    try:
        do()
    except BadInput as error:
        messages.error(request, in_words(error))
    else:
        messages.success(request, said)
    return redirect(then)
