"""The neighbourhood page: what a day needs within reach, for each home of a place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fairground.web import answers
from fairground.web.opportunity import maps
from fairground.web.opportunity.neighbourhoods import bridge
from fairground.web.opportunity.neighbourhoods.forms import ScoreForm


def score(request: HttpRequest) -> HttpResponse:
    """Show what people of a place have within reach, walking beside wheeling."""
    form, wanted = ScoreForm({**bridge.starting(), **request.GET.dict()}), request.GET.get("format", "")
    if wanted in answers.FILES:
        return answers.file(request, form, bridge.score, name="neighbourhoods")
    answer = answers.asked(form, bridge.score)
    chosen = form.cleaned_data if answer else {}
    if wanted in bridge.KINDS and answer:
        return maps.rows(bridge.map_file(**chosen, format=wanted), bridge.KINDS[wanted], wanted)
    place = chosen.get("map", bridge.starting()["map"])
    scene = bridge.scene(**chosen) if answer else bridge.nothing(place)
    if wanted in maps.FILES:
        return maps.file(scene, wanted, name="neighbourhoods", note=bridge.note(place))
    facts = {"form": form, "map": maps.shown(request, scene, more=bridge.KINDS)} | bridge.about(place)
    if answer:
        facts |= answers.shape(request, answer) | {"verdict": bridge.facts(answer)}
        facts["charts"] = answers.drawings(bridge.charts, answer)
    return render(request, "neighbourhoods/score.html", facts, status=400 if form.errors else 200)
