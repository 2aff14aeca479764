"""The demo's mailbox: the emails that a real site would have sent, newest first.

Only in demo mode does this page have an address; see fairground/web/urls.py.
"""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

NEWEST = 20


@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Show the newest emails of the demo."""
    if not settings.DEMO:
        raise Http404
    return render(request, "accounts/mailbox.html", {"letters": letters(Path(settings.EMAIL_FILE_PATH))})


def letters(folder: Path) -> list[dict[str, str]]:
    """Return to, subject and text of the newest emails in `folder`."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    found = []
    for path in files[:NEWEST]:
        for part in reversed(path.read_bytes().split(b"\n" + b"-" * 79 + b"\n")):
            if part.strip():
                letter = message_from_bytes(part.lstrip(), policy=policy.default)
                body = letter.get_body(("plain",))
                text = body.get_content() if body else ""
                found.append({"to": letter["To"], "subject": letter["Subject"], "text": text})
    return found[:NEWEST]
