"""The first page about the ground: what can be asked, and of which places."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fairground.web.opportunity import held


def index(request: HttpRequest) -> HttpResponse:
    """Show which questions there are, and which street maps this site holds."""
    return render(request, "opportunity/index.html", {"maps": held.maps()})
