"""The inequality pages: the gap, the split between and inside regions, and the claims."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fairground.errors import NotFound
from fairground.web import answers
from fairground.web.wealth.inequality import bridge
from fairground.web.wealth.inequality.forms import DistrictIndicatorForm, IndicatorForm


def index(request: HttpRequest) -> HttpResponse:
    """Show which questions there are."""
    return render(request, "inequality/index.html")


def gap(request: HttpRequest) -> HttpResponse:
    """Show the gap between the best and the worst region."""
    form = IndicatorForm({"indicator": "hle_female", **request.GET.dict()})
    return answers.page(request, "inequality/gap.html", form, bridge.gap, charts=bridge.gap_charts)


def decompose(request: HttpRequest) -> HttpResponse:
    """Show how much inequality lies between regions."""
    form = DistrictIndicatorForm({"indicator": "gdhi_per_head", **request.GET.dict()})
    years = bridge.over_time(form.cleaned_data["indicator"]) if form.is_valid() else None
    context = answers.shape(request, years) if years else {}
    facts = {"years": context, "years_chart": answers.drawn(bridge.years_chart(years.value)) if years else ""}
    return answers.page(
        request, "inequality/decompose.html", form, bridge.decompose, charts=bridge.split_charts, **facts
    )


def claims(request: HttpRequest) -> HttpResponse:
    """Show every claim with its verdict."""
    answer = bridge.claims()
    if request.GET.get("format") in answers.FILES:
        return answers.download(answer, request.GET["format"], name="claims")
    facts = {**answers.shape(request, answer), "groups": bridge.grouped(answer.value.rows)}
    return render(request, "inequality/claims.html", facts)


def claim(request: HttpRequest, id: str) -> HttpResponse:
    """Show one claim with its recomputed figures."""
    try:
        answer = bridge.claim(id)
    except NotFound as error:
        raise Http404(id) from error
    if request.GET.get("format") in answers.FILES:
        return answers.download(answer, request.GET["format"], name=id)
    facts = {**answers.shape(request, answer), "charts": answers.drawings(bridge.claim_charts, answer)}
    facts |= {"label": bridge.label(answer.value.verdict), "mark": bridge.MARKS[answer.value.verdict]}
    return render(request, "inequality/claim.html", facts)
