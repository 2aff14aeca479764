"""Taking in a table of volunteers: choose it, look at what was read, confirm; and turn it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairground.errors import FairgroundError
from fairground.web.answers import put_beside
from fairground.web.power.juries import browser
from fairground.web.power.juries.actions import tables, volunteers
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.taking_in import FileForm, packed, preview, unpacked
from fairground.web.power.juries.views.acting import found, pressed


@login_required
def choose(request: Any, slug: str) -> HttpResponse:
    """Choose a table; show what was read, before anything is kept."""
    jury = found(request, slug, "pool.open")
    form = FileForm(request.POST or None, request.FILES or None, jury=jury)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            read = preview(jury, file.read(), file.name[:80])
        except FairgroundError as fault:
            put_beside(form, fault)
        else:
            sealed = packed(jury, read.people, way=form.cleaned_data["way"], key=volunteers.new_key())
            facts = _facts(jury) | {"read": read, "sealed": sealed}
            return browser.private(render(request, "juries/table.html", facts))
    facts = _facts(jury) | {"form": form, "tables": jury.tables.select_related("by")}
    return render(request, "juries/tables.html", facts, status=400 if form.errors else 200)


@login_required
@require_POST
def confirm(request: Any, slug: str) -> HttpResponse:
    """Put everybody of the table into the pool."""
    jury = found(request, slug, "pool.open")

    def do() -> None:
        tables.take_in(jury, by=request.user, **unpacked(jury, request.POST.get("sealed", "")))

    then = reverse("juries:pool", args=[slug])
    said = "The table is taken in. This is the pool now."
    return pressed(request, do, then=then, said=said)


@login_required
@require_POST
def undo(request: Any, slug: str, pk: Any) -> HttpResponse:
    """Take everybody of a table out again."""
    jury = found(request, slug, "pool.open")
    table = get_object_or_404(jury.tables, pk=pk)
    people = tables.undo(table, by=request.user)
    messages.success(request, f"{people} people of the table are out of the pool.")
    return redirect("juries:tables", slug)


def _facts(jury: Jury) -> dict[str, Any]:
    return {"jury": jury, "round": jury.round}
