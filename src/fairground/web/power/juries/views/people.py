"""Who the officers of a jury are."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairground.web.power.juries.actions import people
from fairground.web.power.juries.forms import OfficerForm
from fairground.web.power.juries.next_step import next_of
from fairground.web.power.juries.views.acting import answered, found, pressed


@login_required
def officers(request: Any, slug: str) -> HttpResponse:
    """Show the officers of a jury, and add one."""
    jury = found(request, slug, "jury.people")
    return answered(
        request,
        OfficerForm(request.POST or None),
        lambda facts: people.add_officer(jury, facts["email"], by=request.user),
        then=reverse("juries:people", args=[slug]),
        said="They are an officer of this jury now.",
        template="juries/people.html",
        jury=jury,
        round=jury.round,
        officers=people.officers(jury),
        next=next_of(request.user, jury),
    )


@login_required
@require_POST
def remove(request: Any, slug: str, pk: int) -> HttpResponse:
    """Take the role of an officer back."""
    jury = found(request, slug, "jury.people")
    given = get_object_or_404(people.officers(jury), pk=pk)
    return pressed(
        request,
        lambda: people.remove_officer(given, by=request.user),
        then=reverse("juries:people", args=[slug])
        if given.user_id != request.user.pk
        else reverse("juries:jury", args=[slug]),
        said="They are no longer an officer of this jury.",
    )
