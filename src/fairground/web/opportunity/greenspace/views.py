"""The green-space pages: check one spot, see a whole place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fairground.web import answers
from fairground.web.opportunity import maps, waiting
from fairground.web.opportunity.greenspace import bridge
from fairground.web.opportunity.greenspace.forms import CheckForm, CoverageForm


def _map(request: HttpRequest) -> Iterable[waiting.Ask]:
    return bridge.map_awaited(request.GET.get("map") or bridge.starting()["map"])


def _shares(request: HttpRequest) -> Iterable[waiting.Ask]:
    form = CoverageForm({**bridge.starting(), **request.GET.dict()})
    chosen = form.cleaned_data if form.is_valid() else {}
    return bridge.awaited(**chosen, format=request.GET.get("format", "")) if chosen else ()


@waiting.first(_map)
def check(request: HttpRequest) -> HttpResponse:
    """Check whether green space is near enough to one spot."""
    given = {**bridge.starting(), **request.GET.dict()}
    form = CheckForm(given) if "at" in given else CheckForm(initial=given)
    if request.GET.get("format") in answers.FILES:
        return answers.file(request, form, bridge.check, name="green-space")
    answer = answers.asked(form, bridge.check)
    scene = bridge.scene_of_spot(_place(form), answer) if answer else bridge.scene_of_place(_place(form))
    if request.GET.get("format") in maps.FILES:
        return maps.file(scene, request.GET["format"], name="green-space", note=bridge.note(_place(form)))
    facts = (
        {"map": maps.shown(request, scene, pin="id_at")} | bridge.about(_place(form)) | bridge.verdict(answer)
    )
    return _page(request, "greenspace/check.html", form, answer, facts)


@waiting.first(_shares)
def coverage(request: HttpRequest) -> HttpResponse:
    """Show how many homes of a place are near enough to green space."""
    form, wanted = CoverageForm({**bridge.starting(), **request.GET.dict()}), request.GET.get("format", "")
    if wanted in answers.FILES:
        return answers.file(request, form, bridge.coverage, name="green-space-coverage")
    answer = answers.asked(form, bridge.coverage)
    if answer and wanted in maps.KINDS:
        return maps.rows(bridge.homes_file(**form.cleaned_data, format=wanted), maps.KINDS[wanted], wanted)
    charts = bridge.charts(answer.value) if answer else {}
    if answer and wanted in answers.CHARTS:
        return answers.chart_file(request, charts, answer)
    scene = bridge.scene_of_homes(**form.cleaned_data) if answer else bridge.scene_of_place(_place(form))
    if wanted in maps.FILES:
        return maps.file(scene, wanted, name="homes", note=bridge.note(_place(form)))
    facts = {"map": maps.shown(request, scene, more=maps.KINDS)} | bridge.about(_place(form))
    facts |= bridge.shares(answer) | {"charts": answers.drawings(request, charts)}
    return _page(request, "greenspace/coverage.html", form, answer, facts)


def _place(form: Form) -> str:
    """Return the place that was chosen, or the first that the site holds."""
    chosen = form.cleaned_data.get("map") if form.is_bound and form.is_valid() else form.initial.get("map")
    return chosen or bridge.starting()["map"]


def _page(
    request: HttpRequest, template: str, form: Form, answer: Any, facts: dict[str, Any]
) -> HttpResponse:
    facts |= {"form": form} | (answers.shape(request, answer) if answer else {})
    return render(request, template, facts, status=400 if form.is_bound and form.errors else 200)
