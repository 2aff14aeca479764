"""A jury's sessions as a calendar (iCalendar, RFC 5545), and its news (Atom, RFC 4287)."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from fairground.report.calendar_file import Meeting, meetings_as_ics
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings.models import Session
from fairground.web.power.sittings.news import News, news_of

NEWEST = 100


def calendar(jury: Jury) -> str:
    """Return the sessions of a jury as a calendar; one that was called off says so."""
    return meetings_as_ics([_meeting(jury, one) for one in jury.sessions.all()], name=jury.round.title)


def _meeting(jury: Jury, session: Session) -> Meeting:
    address = settings.SITE_ADDRESS + reverse("sittings:session", args=[jury.round.slug, session.number])
    words = [session.agenda, session.access, session.watch, address]
    return Meeting(
        known=session.token.hex, title=f"{jury.round.title}: {session.title}", starts=session.starts_at,
        ends=session.ends_at, where=session.where, words="\n\n".join(filter(None, words)),
        changed=session.changed_at, called_off=session.called_off_at is not None,
    )  # fmt: skip


def news(jury: Jury) -> str:
    """Return what happened with a jury, the newest first."""
    link = reverse("sittings:news", args=[jury.round.slug])
    return atom(news_of(jury), name=f"News: {jury.round.title}", link=link)


def atom(lines: list[News], *, name: str, link: str) -> str:
    """Return news as a feed, the newest first."""
    whole = settings.SITE_ADDRESS + link
    feed = Atom1Feed(title=name, link=whole, description=name, feed_url=whole, language="en-GB")
    for one in sorted(lines, key=lambda line: line.at, reverse=True)[:NEWEST]:
        page = settings.SITE_ADDRESS + one.address
        feed.add_item(
            title=one.title, link=page, description=one.words, unique_id=f"{page}#{one.known}",
            pubdate=one.at, updateddate=one.at,
        )  # fmt: skip
    return feed.writeString("utf-8")
