"""The read API: the same answers as the pages, as JSON, with an OpenAPI document at /api/openapi.json.

Errors follow RFC 9457 (problem details): 404 for what does not exist, 422 for what cannot be asked.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from fairground.errors import FairgroundError, NotFound
from fairground.web.api import bridge

Problem = dict[str, Any]
KINDS: Any = {200: dict[str, Any], 404: Problem, 422: Problem}

api = NinjaAPI(
    title="Fairground",
    version="1",
    description="Answers about how England's places share wealth, each with its working and its sources.",
    docs_url=None,
)


@api.exception_handler(FairgroundError)
def problem(request: HttpRequest, fault: Any) -> HttpResponse:
    """Say what is wrong as problem details."""
    return _problem(request, 404 if isinstance(fault, NotFound) else 422, type(fault).__name__, str(fault))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, fault: Any) -> HttpResponse:
    """Say which part of the address could not be read."""
    told = "; ".join(f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in fault.errors)
    return _problem(request, 422, "BadInput", told)


def _problem(request: HttpRequest, status: int, title: str, detail: str) -> HttpResponse:
    found = api.create_response(request, {"title": title, "status": status, "detail": detail}, status=status)
    found["Content-Type"] = "application/problem+json"
    return found


def docs(request: HttpRequest) -> HttpResponse:
    """Show which addresses the API has; plain HTML, because a strict content security policy forbids more."""
    schema = api.get_openapi_schema(path_prefix="/api/")
    calls = [
        (path, how["get"]["summary"], how["get"].get("description", ""), how["get"].get("parameters", []))
        for path, how in schema["paths"].items()
        if "get" in how
    ]
    return render(request, "api/docs.html", {"calls": calls})


@api.get("/places/", response=KINDS)
def search(request: HttpRequest, q: str = Query(..., max_length=200)) -> Any:
    """Find places by name or code, forgiving spelling."""
    return bridge.whole(bridge.find(q))


@api.get("/places/{place}/", response=KINDS)
def place(request: HttpRequest, place: str) -> Any:
    """Say what a place is and what lies around it."""
    return bridge.whole(bridge.describe(place))


@api.get("/wealth/inequality/indicators/", response=KINDS)
def indicators(request: HttpRequest) -> Any:
    """List the indicators that we hold."""
    return bridge.whole(bridge.indicators())


@api.get("/wealth/inequality/standing/{place}/", response=KINDS)
def standing(request: HttpRequest, place: str) -> Any:
    """Say where a place stands: a range of ranks on each measure."""
    return bridge.whole(bridge.standing(place))


@api.get("/wealth/inequality/gap/", response=KINDS)
def gap(
    request: HttpRequest,
    indicator: str = Query("hle_female", max_length=200),
    period: str = Query("", max_length=200),
) -> Any:
    """Say how far the best region is ahead of the worst."""
    return bridge.whole(bridge.gap(indicator, period))


@api.get("/wealth/inequality/decompose/", response=KINDS)
def decompose(
    request: HttpRequest,
    indicator: str = Query("gdhi_per_head", max_length=200),
    period: str = Query("", max_length=200),
) -> Any:
    """Say how much inequality lies between regions and inside them."""
    return bridge.whole(bridge.decompose(indicator, period))


@api.get("/wealth/inequality/over-time/", response=KINDS)
def over_time(request: HttpRequest, indicator: str = Query("gdhi_per_head", max_length=200)) -> Any:
    """Say how that split has changed."""
    return bridge.whole(bridge.over_time(indicator))


@api.get("/wealth/inequality/claims/", response=KINDS)
def claims(request: HttpRequest) -> Any:
    """List the claims that were checked."""
    return bridge.whole(bridge.every_claim())


@api.get("/wealth/inequality/claims/{claim}/", response=KINDS)
def claim(request: HttpRequest, claim: str) -> Any:
    """Say whether one claim holds."""
    return bridge.whole(bridge.check(claim))


@api.get("/wealth/funding/counterfactual/", response=KINDS)
def counterfactual(
    request: HttpRequest,
    areas: str = Query(..., max_length=200),
    first: str = Query(..., max_length=200),
    last: str = Query(..., max_length=200),
    at: str = Query("London", max_length=200),
    function: str = Query("transport", max_length=200),
    prices: str = Query("cash", max_length=200),
    people: str = Query("contemporary", max_length=200),
) -> Any:
    """Say what areas would have had at another region's spending per head, in every way of counting."""
    ways = {"function": function, "prices": prices, "people": people}
    return bridge.whole(bridge.counterfactual(areas, at=at, first=first, last=last, **ways))


@api.get("/wealth/funding/award/", response=KINDS)
def award(
    request: HttpRequest,
    place: str = Query(..., max_length=200),
    amount: str = Query(..., max_length=200),
    years: int = 1,
    fund: str = Query("", max_length=200),
    pot: str = Query("", max_length=200),
) -> Any:
    """Say whether an award is fair."""
    return bridge.whole(bridge.award(place, amount, years, fund, pot))


@api.get("/wealth/funding/formula/", response=KINDS)
def formula(
    request: HttpRequest,
    pot: str = Query(..., max_length=200),
    imd2025_average_score: str = Query("0.5", max_length=200),
    gva_per_hour: str = Query("0.5", max_length=200),
    floor: str = Query("", max_length=200),
    cap: str = Query("", max_length=200),
    catch_up: str = Query("", max_length=200),
) -> Any:
    """Say what a formula of need gives each district."""
    weights = {"imd2025_average_score": imd2025_average_score, "gva_per_hour": gva_per_hour}
    return bridge.whole(bridge.formula(pot=pot, floor=floor, cap=cap, catch_up=catch_up, **weights))
