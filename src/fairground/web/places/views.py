"""Find a place, and see how it fares."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fairground.errors import BadInput
from fairground.places import Place
from fairground.web import answers
from fairground.web.opportunity import held
from fairground.web.participation.models import published
from fairground.web.places import bridge
from fairground.web.places.forms import SearchForm
from fairground.web.power.juries.models import published as juries_of
from fairground.web.power.standing.models import published as standing_of
from fairground.web.wealth.register.models import published as registers_of


def find(request: HttpRequest) -> HttpResponse:
    """Show what fits the typed text; one clear match goes straight to its page."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    if request.GET.get("format") in answers.FILES:
        return answers.file(request, form, bridge.searched, name="places")
    matches: tuple[Any, ...] = ()
    if form.is_valid():
        try:
            matches = bridge.search(form.cleaned_data["q"])
        except BadInput as error:
            answers.put_beside(form, error)
    sure = [m for m in matches if m.score >= 99 and m.place.current]
    if len(sure) == 1 and matches[0] is sure[0]:
        return redirect("places:place", slug=sure[0].place.slug)
    facts = {"form": form, "matches": matches, "regions": bridge.regions(), "files": answers.files(request)}
    return render(request, "places/find.html", facts, status=400 if form.errors else 200)


def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one place: what it is and where it stands."""
    found = bridge.by_slug(slug)
    if found is None:
        raise Http404(slug)
    answer = bridge.answer(found)
    wanted, standing = request.GET.get("format"), bridge.standing(found.code)
    if wanted in answers.FILES:
        return answers.download(answer, wanted, name=slug)
    charts = bridge.charts(standing.value) if standing else {}
    if wanted in answers.CHARTS:
        return answers.chart_file(request, charts, answer)
    facts = answers.shape(request, answer) | {"charts": answers.drawings(request, charts)}
    facts |= _around(found) | {"rounds": published(found.code), "ground": held.by_slug(slug)}
    facts["maps"], facts["awaited"] = bridge.on_the_ground(slug)
    shown = render(request, "places/place.html", facts)
    if facts["awaited"]:
        shown["Refresh"] = "10"
    return shown


def _around(found: Place) -> dict[str, Any]:
    """Return a place, the places that it is part of and that are part of it, and what is going on there."""
    above = map(bridge.name, (found.county, found.combined_authority, found.region))
    parents = [place for place in above if place and place.code != found.code]
    inside = () if found.kind == "district" else bridge.inside(found.code)
    region = next((place.name for place in (found, *parents) if place.kind == "region"), "")
    return {
        "place": found,
        "parents": parents,
        "inside": inside,
        "bodies": bridge.uncoded(found),
        "region": region,
        "juries": juries_of(found.code),
        "standing": standing_of(found.code),
        "registers": registers_of(found.code),
    }
