"""The place search and the page of one place.

The search forgives spelling; one sure match goes straight to its page.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fairground.web.pages.bridge import page
from fairground.web.places import bridge


def search(request: HttpRequest) -> HttpResponse:
    """List the places that may be meant."""
    text = request.GET.get("q", "").strip()
    facts: dict[str, Any] = {"text": text, "asked": "q" in request.GET, "crumbs": [("Home", "/")]}
    try:
        facts["matches"] = bridge.matches(text) if text else ()
    except bridge.BadInput as fault:
        facts.update(matches=(), fault=str(fault))
    if len(facts["matches"]) == 1:
        return redirect("places:one", slug=facts["matches"][0]["place"].slug)
    return render(request, "places/search.html", facts)


def one(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how one place fares."""
    try:
        place = bridge.place(slug)
    except bridge.BadInput as fault:
        raise Http404(str(fault)) from fault
    facts = {"place": place, "title": place.name, **bridge.about(place.code)}
    facts |= {"crumbs": [("Home", "/"), ("Places", "/places/")], "region": bridge.region_of(place)}
    answer = bridge.standing(place.code) or bridge.description(place.code)
    return page(request, answer, facts, "places/one.html", caption=f"How {place.name} fares")
