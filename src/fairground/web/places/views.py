"""Find a place, and see how it fares."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fairground.errors import BadInput
from fairground.web import answers
from fairground.web.places import bridge


def find(request: HttpRequest) -> HttpResponse:
    """Show what fits the typed text; one clear match goes straight to its page."""
    text, fault = request.GET.get("q", ""), ""
    matches: tuple[Any, ...] = ()
    if "q" in request.GET:
        try:
            matches = bridge.search(text)
        except BadInput as error:
            fault = str(error)
    sure = [m for m in matches if m.score >= 99 and m.place.current]
    if len(sure) == 1 and matches[0] is sure[0]:
        return redirect("places:place", slug=sure[0].place.slug)
    facts = {
        "q": text,
        "matches": matches,
        "fault": fault,
        "regions": bridge.regions(),
        "asked": "q" in request.GET,
    }
    return render(request, "places/find.html", facts, status=400 if fault else 200)


def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one place: what it is and where it stands."""
    found = bridge.by_slug(slug)
    if found is None:
        raise Http404(slug)
    standing = bridge.standing(found.code)
    answer = standing or bridge.described(found.code)
    if request.GET.get("format") in answers.FILES:
        return answers.download(answer, request.GET["format"], name=slug)
    facts = answers.shape(request, answer)
    if standing:
        facts["charts"] = {k: answers.drawn(v) for k, v in bridge.charts(standing.value).items()}
    parents = [p for p in map(bridge.name, (found.county, found.combined_authority, found.region)) if p]
    inside = () if found.kind == "district" else bridge.inside(found.code)
    facts |= {"place": found, "parents": [p for p in parents if p.code != found.code], "inside": inside}
    return render(request, "places/place.html", facts)
