"""Kept cases as files: a calendar, an Atom feed, and all that is public as JSON; of one case or one place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone

from fairground.web.wealth.property import export, kept
from fairground.web.wealth.property.models import Case, published
from fairground.web.wealth.property.views.acting import found

CALENDAR, ATOM = "text/calendar; charset=utf-8", "application/atom+xml; charset=utf-8"


def dates(request: Any, pk: UUID) -> HttpResponse:
    """Give the running dates of a case as a calendar."""
    case = found(request, pk)
    text = export.dates_of([case], timezone.localdate(), name=case.title)
    return _file(text, CALENDAR, "dates.ics")


def news(request: Any, pk: UUID) -> HttpResponse:
    """Give what happened in a case as an Atom feed."""
    case = found(request, pk)
    return _file(export.news([case], name=case.title, link=request.path), ATOM)


def whole(request: Any, pk: UUID) -> HttpResponse:
    """Give all that is public about a case."""
    text = export.as_json(found(request, pk), timezone.localdate())
    return _file(text, "application/json", "case.json")


def place_dates(request: Any, place: str) -> HttpResponse:
    """Give the running dates of every case in a place as a calendar."""
    name, cases = _of_place(place)
    return _file(export.dates_of(cases, timezone.localdate(), name=name), CALENDAR, "dates.ics")


def place_news(request: Any, place: str) -> HttpResponse:
    """Give what happened in the cases of a place as an Atom feed."""
    name, cases = _of_place(place)
    return _file(export.news(cases, name=name, link=request.path), ATOM)


def _of_place(place: str) -> tuple[str, list[Case]]:
    name = kept.place_name(place)
    if name == place:
        raise Http404(place)
    cases = published(place).select_related("edition").prefetch_related("events", "closings")
    return f"Property cases in {name}", list(cases)


def _file(text: str, kind: str, name: str = "") -> HttpResponse:
    response = HttpResponse(text, content_type=kind)
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
