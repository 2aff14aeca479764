"""The general pages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from fairground.report import headline
from fairground.web import answers
from fairground.web.pages import bridge
from fairground.web.participation.models import published
from fairground.web.power.juries.models import published as juries_of


def home(request: HttpRequest) -> HttpResponse:
    """Show the front page."""
    return render(request, "pages/home.html", {"rounds": published()[:2], "juries": juries_of()[:2]})


def data(request: HttpRequest) -> HttpResponse:
    """Show every source with its edition and licence, and the files that can be added."""
    answer = bridge.register()
    if request.GET.get("format") in answers.FILES:
        return answers.download(answer, request.GET["format"], name="sources")
    facts = {"headline": headline(answer), "rows": answer.value.rows, "more": bridge.files()}
    return render(request, "pages/data.html", {**facts, "files": answers.files(request)})


def about(request: HttpRequest) -> HttpResponse:
    """Say what Fairground is for, how to use it and what its words mean."""
    return render(request, "pages/about.html", {"contact": settings.CONTACT})


def wealth(request: HttpRequest) -> HttpResponse:
    """Show the parts of the site about who has how much."""
    return render(request, "pages/wealth.html")


def power(request: HttpRequest) -> HttpResponse:
    """Show the parts of the site in which people decide."""
    return render(request, "pages/power.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "pages/accessibility.html", {"contact": settings.CONTACT})


def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept about people, and which cookies are set."""
    return render(request, "pages/privacy.html")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that we could not read a request."""
    return render(request, "pages/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """Say that a page is not for this person."""
    return render(request, "pages/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page; for a place, say which ones have a name like it."""
    slug = request.path.removeprefix("/places/").strip("/") if request.path.startswith("/places/") else ""
    return render(request, "pages/404.html", {"near": bridge.near(slug) if slug else []}, status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that something went wrong on our side; ask nothing of the database, which may be what is broken."""
    return HttpResponse(render_to_string("pages/500.html", {"demo": settings.DEMO}), status=500)
