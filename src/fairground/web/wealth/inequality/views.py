"""The inequality pages: the gap, the split, whether places grow alike, where one stands, and the claims."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fairground.errors import NotFound
from fairground.web import answers
from fairground.web.wealth.inequality import bridge
from fairground.web.wealth.inequality.forms import (
    ConvergenceForm,
    GapForm,
    GapYearsForm,
    IndicatorForm,
    PeriodForm,
    StandingForm,
)


def index(request: HttpRequest) -> HttpResponse:
    """Show which questions there are."""
    return render(request, "inequality/index.html")


def gap(request: HttpRequest) -> HttpResponse:
    """Show the gap between the best and the worst place."""
    form = GapForm({"indicator": "hle_female", **request.GET.dict()})
    return answers.page(request, "inequality/gap.html", form, bridge.gap, charts=bridge.gap_charts)


def gap_over_time(request: HttpRequest) -> HttpResponse:
    """Show how the gap has changed."""
    form = GapYearsForm({"indicator": "hle_female", **request.GET.dict()})
    template = "inequality/gap_over_time.html"
    return answers.page(request, template, form, bridge.gap_over_time, charts=bridge.gap_years_charts)


def decompose(request: HttpRequest) -> HttpResponse:
    """Show how much inequality lies between groups of places."""
    form = PeriodForm({"indicator": "gdhi_per_head", **request.GET.dict()})
    template = "inequality/decompose.html"
    return answers.page(request, template, form, bridge.decompose, charts=bridge.split_charts)


def over_time(request: HttpRequest) -> HttpResponse:
    """Show how that split has changed."""
    form = IndicatorForm({"indicator": "gdhi_per_head", **request.GET.dict()})
    template = "inequality/over_time.html"
    return answers.page(request, template, form, bridge.over_time, charts=bridge.years_charts)


def convergence(request: HttpRequest) -> HttpResponse:
    """Show whether places have grown more alike."""
    form = ConvergenceForm({"indicator": "gdhi_per_head", **request.GET.dict()})
    template = "inequality/convergence.html"
    return answers.page(request, template, form, bridge.convergence, charts=bridge.convergence_charts)


def standing(request: HttpRequest, place: str = "") -> HttpResponse:
    """Show where a place stands: a range of ranks over measures and years."""
    if place and not bridge.is_place(place):
        raise Http404(place)
    given = {**request.GET.dict(), **({"place": place} if place else {})}
    form = StandingForm(given if "place" in given else None)
    template = "inequality/standing.html"
    return answers.page(request, template, form, bridge.standing, charts=bridge.standing_charts)


def indicators(request: HttpRequest) -> HttpResponse:
    """List the indicators that we hold."""
    answer = bridge.indicators()
    if request.GET.get("format") in answers.FILES:
        return answers.download(answer, request.GET["format"], name="indicators")
    return render(request, "inequality/indicators.html", answers.shape(request, answer))


def claims(request: HttpRequest) -> HttpResponse:
    """Show every claim with its verdict."""
    answer = bridge.claims()
    if request.GET.get("format") in answers.FILES:
        return answers.download(answer, request.GET["format"], name="claims")
    verdict = request.GET.get("verdict", "")
    if verdict not in ("", "all", *bridge.MARKS):
        raise Http404(verdict)
    facts = {**answers.shape(request, answer), "groups": bridge.grouped(answer.value.rows)}
    facts["verdict"] = verdict
    return render(request, "inequality/claims.html", facts)


def claim(request: HttpRequest, id: str) -> HttpResponse:
    """Show one claim with its recomputed figures."""
    try:
        answer = bridge.claim(id)
    except NotFound as error:
        raise Http404(id) from error
    if request.GET.get("format") in answers.FILES:
        return answers.download(answer, request.GET["format"], name=id)
    charts = bridge.claim_charts(answer.value)
    if request.GET.get("format") in answers.CHARTS:
        return answers.chart_file(request, charts, answer)
    facts = {**answers.shape(request, answer), "charts": answers.drawings(request, charts)}
    facts |= {"label": bridge.label(answer.value.verdict), "mark": bridge.MARKS[answer.value.verdict]}
    return render(request, "inequality/claim.html", facts)
