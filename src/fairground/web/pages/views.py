"""The first page, what this site is bound to say about itself, and where its figures come from.

No page here needs JavaScript.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fairground.web.pages import bridge


def home(request: HttpRequest) -> HttpResponse:
    """Show the first page."""
    return render(request, "pages/home.html")


def data(request: HttpRequest) -> HttpResponse:
    """List every source."""
    return render(request, "pages/data.html", {"sources": bridge.sources(), "crumbs": [("Home", "/")]})


def about(request: HttpRequest, name: str) -> HttpResponse:
    """Show the accessibility, privacy or cookies page."""
    return render(request, f"pages/{name}.html", {"crumbs": [("Home", "/")]})
