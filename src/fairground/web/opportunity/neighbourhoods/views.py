"""The neighbourhood pages: each home of a place, one door, and two places side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from fairground.web import answers
from fairground.web.opportunity import maps, waiting
from fairground.web.opportunity.greenspace.bridge import map_awaited
from fairground.web.opportunity.neighbourhoods import bridge
from fairground.web.opportunity.neighbourhoods.forms import CompareForm, ScoreForm, SpotForm


def _scores(request: HttpRequest) -> Iterable[waiting.Ask]:
    form = ScoreForm(_given(request))
    chosen = form.cleaned_data if form.is_valid() else {}
    return bridge.awaited(**chosen, format=request.GET.get("format", "")) if chosen else ()


def _map(request: HttpRequest) -> Iterable[waiting.Ask]:
    return map_awaited(request.GET.get("map") or bridge.starting()["map"])


def _both(request: HttpRequest) -> Iterable[waiting.Ask]:
    form = CompareForm(_given(request, bridge.starting_two()) if "second" in request.GET else None)
    return bridge.beside_awaited(**form.cleaned_data) if form.is_valid() else ()


@waiting.first(_scores)
def score(request: HttpRequest) -> HttpResponse:
    """Show what people of a place have within reach, walking beside wheeling."""
    form, wanted = ScoreForm(_given(request)), request.GET.get("format", "")
    if wanted in answers.FILES:
        return answers.file(request, form, bridge.score, name="neighbourhoods")
    answer = answers.asked(form, bridge.score)
    chosen = form.cleaned_data if answer else {}
    if answer and wanted in {*maps.KINDS, "toml"}:
        return maps.rows(*bridge.file(chosen, wanted))
    charts = bridge.charts(answer.value) if answer else {}
    if wanted in answers.CHARTS and answer:
        return answers.chart_file(request, charts, answer)
    place = chosen.get("map", bridge.starting()["map"])
    scene = bridge.scene(**chosen) if answer else bridge.nothing(place)
    if wanted in maps.FILES:
        return maps.file(scene, wanted, name="neighbourhoods", note=bridge.note(place))
    facts = {"form": form, "map": maps.shown(request, scene, more=maps.KINDS)} | bridge.about(place)
    if answer:
        facts |= answers.shape(request, answer) | {"verdict": bridge.facts(answer)}
        facts |= {"charts": answers.drawings(request, charts), "definition": maps.address(request, "toml")}
    return render(request, "neighbourhoods/score.html", facts, status=400 if form.errors else 200)


@waiting.first(_map)
def spot(request: HttpRequest) -> HttpResponse:
    """Show how far what a day needs is from one door, on foot beside on wheels."""
    form, wanted = SpotForm(_given(request)) if "at" in request.GET else SpotForm(), request.GET.get("format")
    form.initial = bridge.starting()
    if wanted in answers.FILES:
        return answers.file(request, form, bridge.spot, name="door")
    answer = answers.asked(form, bridge.spot)
    place = form.cleaned_data["map"] if answer else request.GET.get("map", form.initial["map"])
    scene = bridge.scene_of_door(place, answer) if answer else bridge.nothing(place)
    if wanted in maps.FILES:
        return maps.file(scene, wanted, name="door", note=bridge.note(place))
    facts = {"form": form, "map": maps.shown(request, scene, pin="id_at")} | bridge.about(place)
    facts |= answers.shape(request, answer) if answer else {}
    return render(request, "neighbourhoods/spot.html", facts, status=400 if form.errors else 200)


@waiting.first(_both)
def compare(request: HttpRequest) -> HttpResponse:
    """Show two places, or two doors, side by side."""
    starting = bridge.starting_two()
    form = CompareForm(_given(request, starting)) if "second" in request.GET else CompareForm()
    form.initial = starting | request.GET.dict()
    wanted, side = request.GET.get("format"), request.GET.get("side", "first")
    if wanted in answers.FILES:
        return answers.file(request, form, bridge.beside, name="side-by-side")
    answer = answers.asked(form, bridge.beside)
    facts: dict[str, Any] = {"form": form, "notes": bridge.notes()}
    if answer and wanted in maps.FILES and side in bridge.sides():
        note = bridge.note(form.cleaned_data[side])
        return maps.file(bridge.scene_of_side(form.cleaned_data, side), wanted, name=side, note=note)
    if answer:
        facts |= answers.shape(request, answer) | {"maps": _sides(request, form)}
        facts["heads"] = bridge.named_heads(facts["heads"], answer.value)
    return render(request, "neighbourhoods/compare.html", facts, status=400 if form.errors else 200)


def _sides(request: HttpRequest, form: CompareForm) -> list[dict[str, Any]]:
    """Return the map of each of two places."""
    scenes = {side: bridge.scene_of_side(form.cleaned_data, side) for side in bridge.sides()}
    return [maps.shown(request, scene, side=side) for side, scene in scenes.items()]


def _given(request: HttpRequest, starting: dict[str, str] | None = None) -> QueryDict:
    """Return what was asked, with a choice wherever nothing was chosen."""
    given = request.GET.copy()
    for name, chosen in (starting or bridge.starting()).items():
        given.setdefault(name, chosen)
    return given
