"""What happened with a jury, one line for each thing, from what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from fairground.web.power.juries.models import Jury


@dataclass(frozen=True)
class News:
    """Something that happened: when, what, more of it, the page that shows it, and what it is known by."""

    at: datetime
    title: str
    words: str
    address: str
    known: str


def news_of(jury: Jury) -> list[News]:
    """Return what happened with a jury."""
    return _of_sessions(jury)


def _of_sessions(jury: Jury) -> list[News]:
    found = []
    for one in jury.sessions.all():
        starts = timezone.localtime(one.starts_at)
        when = f"{starts.day} {starts:%B %Y, %H:%M}, {one.where}."
        page = reverse("sittings:session", args=[jury.round.slug, one.number])
        if one.called_off_at:
            off = f"Called off: {one.title}"
            found.append(News(one.called_off_at, off, f"{when} {one.called_off_why}", page, f"off-{one.pk}"))
        else:
            known = f"session-{one.pk}-{one.changed_at.timestamp():.0f}"
            found.append(News(one.changed_at, f"Session {one.number}: {one.title}", when, page, known))
    return found
