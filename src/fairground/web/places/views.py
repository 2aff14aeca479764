"""Find a place, and see how it fares."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fairground.errors import BadInput
from fairground.web import answers
from fairground.web.opportunity import held
from fairground.web.participation.models import published
from fairground.web.places import bridge
from fairground.web.places.forms import SearchForm


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
    if request.GET.get("format") in answers.FILES:
        return answers.download(answer, request.GET["format"], name=slug)
    facts = answers.shape(request, answer)
    standing = bridge.standing(found.code)
    if standing:
        facts["charts"] = {k: answers.drawn(v) for k, v in bridge.charts(standing.value).items()}
    parents = [p for p in map(bridge.name, (found.county, found.combined_authority, found.region)) if p]
    inside = () if found.kind == "district" else bridge.inside(found.code)
    parents = [p for p in parents if p.code != found.code]
    facts |= {"place": found, "parents": parents, "inside": inside, "bodies": bridge.uncoded(found)}
    facts |= {"rounds": published(found.code), "ground": held.by_slug(slug)}
    facts["maps"] = bridge.on_the_ground(slug)
    facts["region"] = next((p.name for p in (found, *parents) if p.kind == "region"), "")
    return render(request, "places/place.html", facts)
