"""What every page carries: security headers, little weight, a bound on what is sent, logs without people.

Content Security Policy level 3, https://www.w3.org/TR/CSP3/: no inline script or style, no other host.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render


def policy(basemap: str = "") -> str:
    """Return the content security policy; the host of a background map may be asked too, if one is set."""
    parts = urlsplit(basemap)
    host = f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "worker-src 'self'",  # the moving map draws in a worker
            "style-src 'self'",
            f"img-src 'self' data:{host}",
            "font-src 'self'",
            f"connect-src 'self'{host}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


HEADERS = {
    "Content-Security-Policy": policy(settings.BASEMAP),
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
EMAIL = re.compile(
    r"(?<![^\s@<>\"'])[^\s@<>\"']+@[^\s@<>\"']+"
)  # from the start of a word, so each is read once
ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-fA-F]{1,4}:){3,}[0-9a-fA-F:]*")


class SecurityHeaders:
    """Adds the headers to every response, static files and error pages too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.user.is_authenticated if hasattr(request, "user") else False:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


PACKED = re.compile(r"text/|application/(?:json|geo\+json|problem\+json)|image/svg")
NO_SECRETS = {settings.CSRF_COOKIE_NAME}  # its token is masked anew on every page


class Packed(GZipMiddleware):
    """Sends what anyone may read packed (gzip, RFC 1952): a long table weighs a tenth of itself.

    A page for somebody whom a cookie knows is never packed: its length could tell what is secret in it
    (BREACH, Gluck, Harris and Prado 2013).
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Return the response, packed where that is safe and worth it."""
        known = not set(request.COOKIES) <= NO_SECRETS or not set(response.cookies) <= NO_SECRETS
        if known or response.streaming or not PACKED.match(response.headers.get("Content-Type", "")):
            return response
        return super().process_response(request, response)


MOST_BYTES = 210_000_000  # of a request by somebody who is signed in: a file of 200 MB and what goes with it
MOST_BYTES_OF_STRANGERS = 25_000_000


class LimitedBody:
    """Refuses what is too large to be a file that we take, by its announced length, before a byte is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isdecimal() else 0
        if size <= MOST_BYTES_OF_STRANGERS:
            return self.get_response(request)
        known = hasattr(request, "user") and request.user.is_authenticated
        most = MOST_BYTES if known else MOST_BYTES_OF_STRANGERS
        if size <= most:
            return self.get_response(request)
        facts = {"size": round(size / 1e6), "most": 200 if known else 25, "known": known}
        return render(request, "pages/413.html", facts, status=413)


class WithoutNul:
    """Finds nothing at an address with a NUL in it: no page has one, and PostgreSQL fails at it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        return self.get_response(request)


class WithoutPersonalData(logging.Filter):
    """Takes email addresses and network addresses out of every log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; never drop it."""
        record.msg = without_personal_data(record.getMessage())
        record.args = ()
        if record.exc_info:
            record.exc_text = without_personal_data(logging.Formatter().formatException(record.exc_info))
        return True


def without_personal_data(text: str) -> str:
    """Return `text` with email addresses and network addresses replaced."""
    return ADDRESS.sub("[address]", EMAIL.sub("[email]", text))


def site_facts(request: HttpRequest) -> dict[str, Any]:
    """Give templates what every page needs: is this a demo, and in which part of the site are we?"""
    parts = re.sub("^/(wealth|power|opportunity)/(?=.)", "", request.path).strip("/").split("/")
    return {"demo": settings.DEMO, "here": parts[0]}
