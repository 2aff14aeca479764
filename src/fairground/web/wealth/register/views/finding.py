"""Finding assets: over all registers or in one, as a list, a map, files and feeds."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fairground.web.wealth.register import downloads, feeds, maps
from fairground.web.wealth.register.bridge import place_name
from fairground.web.wealth.register.find import PAGE, FindForm, counts, spread
from fairground.web.wealth.register.models import Register, published
from fairground.web.wealth.register.permissions import may, places_of_office
from fairground.web.wealth.register.views.acting import register_of, works_here


def index(request: HttpRequest) -> HttpResponse:
    """Find assets over all registers."""
    facts = {"registers": published(), "offices": places_of_office(request.user)}
    return _found(request, None, **facts)


def one(request: HttpRequest, slug: str) -> HttpResponse:
    """Find assets in one register."""
    register = register_of(request, slug)
    facts = {"works": works_here(request, register), "adds": may(request.user, "contribution.send", register)}
    return _found(request, register, **facts)


def _found(request: HttpRequest, register: Register | None, **facts: Any) -> HttpResponse:
    form = FindForm(request.GET or None, register=register)
    found, format = form.found(), request.GET.get("format", "")
    name = register.slug if register else "public-property"
    if format in downloads.FILES:
        return downloads.file(found, format, name=name)
    if format == "map":
        return maps.gathered(found)
    page = Paginator(found.order_by("name", "pk"), PAGE).get_page(request.GET.get("page"))
    title = f"Where they are: {register.title}" if register else "Where they are"
    district = form.cleaned_data.get("district", "") if form.is_valid() else ""
    shown = {
        "register": register, "form": form, "page": page, "counts": counts(found),
        "spread": spread(found), "query": _query(request),
        "map": maps.shown(request, found, title=title), "district": district,
        "district_name": place_name(district), "asked": bool(form.is_bound and form.is_valid()),
        "files": [(told[2], f"?{_query(request)}format={key}") for key, told in downloads.FILES.items()],
    }  # fmt: skip
    return render(request, "register/index.html", {**shown, **facts})


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    for name in ("format", "page"):
        query.pop(name, None)
    return f"{query.urlencode()}&" if query else ""


def _district(request: HttpRequest) -> str:
    """Return the code of a district that was asked for: of letters and digits, or no feed could hold it."""
    return "".join(filter(str.isalnum, request.GET.get("district", "")))[:9]


def feed(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Give what changed as an Atom feed: of one register, of a district, or of all."""
    register = register_of(request, slug) if slug else None
    return feeds.atom(request, register=register, district=_district(request))


def dates(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Give the days that matter as a calendar: of one register, of a district, or of all."""
    register = register_of(request, slug) if slug else None
    return feeds.calendar(register=register, district=_district(request))
