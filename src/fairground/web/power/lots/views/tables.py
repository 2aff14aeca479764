"""The officers' page of a table plan, to be printed: names for officers, numbers for the room."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from fairground.errors import FairgroundError
from fairground.web.answers import put_beside
from fairground.web.audit.actions import record
from fairground.web.power.juries.views.acting import found
from fairground.web.power.lots import seating
from fairground.web.power.lots.forms import TablesForm


@login_required
def tables(request: Any, slug: str) -> HttpResponse:
    """Show who sits where in each session, so that people meet as many others as they can."""
    jury = found(request, slug, "draw.run")
    form = TablesForm(request.GET if "tables" in request.GET else None, initial=TablesForm.first(jury))
    facts: dict[str, Any] = {"jury": jury, "round": jury.round, "form": form}
    facts["stay"] = seating.seats(jury) - jury.size
    if form.is_bound and form.is_valid():
        try:
            facts["plan"] = seating.plan(jury, **form.cleaned_data)
        except FairgroundError as fault:
            put_beside(form, fault)
        else:
            record("lots.tables", by=request.user, subject=str(jury.pk), names=form.cleaned_data["names"])
    return render(request, "lots/tables.html", facts, status=400 if form.errors else 200)
