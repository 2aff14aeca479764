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
ABOUT = "X-Fairground-About"
BETWEEN = b"\n" + b"-" * 79 + b"\n"  # as Django's file backend writes it


@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Show the newest emails of the demo."""
    if not settings.DEMO:
        raise Http404
    return render(request, "accounts/mailbox.html", {"letters": letters(Path(settings.EMAIL_FILE_PATH))})


def about(subject: str) -> dict[str, str]:
    """Return the headers by which the demo's mailbox knows an email again; none outside a demo."""
    return {ABOUT: subject} if settings.DEMO else {}


def forget(subject: str) -> int:
    """Delete the demo's emails about something that is erased, and about its parts; return how many.

    `subject` is as it was given to `about`, or the first words of it. A real site keeps no email.
    """
    if not settings.DEMO:
        return 0
    gone = 0
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        parts = [part for part in path.read_bytes().split(BETWEEN) if part.strip()]
        kept = [part for part in parts if not _is_about(part, subject)]
        gone += len(parts) - len(kept)
        if not kept:
            path.unlink()
        elif len(kept) < len(parts):
            new = path.with_suffix(".new")
            new.write_bytes(BETWEEN.join([*kept, b""]))
            new.replace(path)
    return gone


def _is_about(part: bytes, subject: str) -> bool:
    told = message_from_bytes(part.lstrip(), policy=policy.default)[ABOUT]
    return told is not None and f"{told} ".startswith(f"{subject} ")


def letters(folder: Path) -> list[dict[str, str]]:
    """Return to, subject and text of the newest emails in `folder`."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    found = []
    for path in files[:NEWEST]:
        for part in reversed(path.read_bytes().split(BETWEEN)):
            if part.strip():
                letter = message_from_bytes(part.lstrip(), policy=policy.default)
                body = letter.get_body(("plain",))
                text = body.get_content() if body else ""
                found.append({"to": letter["To"], "subject": letter["Subject"], "text": text})
    return found[:NEWEST]
