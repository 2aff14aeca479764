"""Writing down somebody who volunteers by phone, by post or in person."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fairground.errors import FairgroundError
from fairground.web.answers import put_beside
from fairground.web.power.juries import browser
from fairground.web.power.juries.actions import volunteers
from fairground.web.power.juries.person_forms import EntryForm
from fairground.web.power.juries.views.acting import found


@login_required
def write_down(request: Any, slug: str) -> HttpResponse:
    """Write somebody down on one page, and show the code to tell or print, once."""
    jury = found(request, slug, "pool.open")
    form = EntryForm(request.POST or None, jury=jury, initial={"key": volunteers.new_key()})
    facts = {"jury": jury, "round": jury.round, "form": form, "back": reverse("juries:pool", args=[slug])}
    if request.method == "POST" and form.is_valid():
        try:
            sent = {name: form.cleaned_data[name] for name in ("key", "way", "letter_code")}
            person, code = volunteers.register(jury, form.told(), by=request.user, **sent)
        except FairgroundError as fault:
            put_beside(form, fault)
        else:
            facts |= {"code": code, "number": person.number}
            return browser.private(render(request, "juries/new_code.html", facts))
    facts |= {"title": "Write down a volunteer", "button": "Put them into the pool"}
    return browser.private(render(request, "juries/form.html", facts, status=400 if form.errors else 200))
