"""The funding pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fairground.web import answers
from fairground.web.wealth.funding import bridge
from fairground.web.wealth.funding.forms import CounterfactualForm

STARTING = {"areas": "north", "at": "London", "function": "transport", "first": "2008/09", "last": "2017/18"}


def index(request: HttpRequest) -> HttpResponse:
    """Show which questions there are."""
    return render(request, "funding/index.html")


def counterfactual(request: HttpRequest) -> HttpResponse:
    """Show what regions would have had at another region's rate."""
    form = CounterfactualForm({**STARTING, **request.GET.dict()})
    return answers.page(
        request,
        "funding/counterfactual.html",
        form,
        bridge.counterfactual,
        charts=bridge.counterfactual_charts,
    )
