"""A campaign as news (Atom, RFC 4287): each answer and refusal, and on which day the others were late."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from fairground.web.wealth.requests import bridge
from fairground.web.wealth.requests.models import Campaign


def news(campaign: Campaign, on: date) -> str:
    """Return the news of a campaign, newest first."""
    page = settings.SITE_ADDRESS + reverse("requests:campaign", args=[campaign.slug])
    feed = Atom1Feed(
        title=campaign.title,
        link=page,
        description="What councils answered",
        feed_url=settings.SITE_ADDRESS + reverse("requests:news", args=[campaign.slug]),
    )
    late = bridge.last_day(campaign) + timedelta(days=1)
    found = [
        (one["request"].ended_on or late, one["request"].name, one["words"], one["request"].code)
        for one in bridge.table(campaign, on)
        if one["request"].ended_on or one["state"] == "overdue"
    ]
    for day, name, words, code in sorted(found, reverse=True):
        at = datetime.combine(day, time(9), tzinfo=timezone.get_current_timezone())
        feed.add_item(
            title=f"{name}: {words}",
            link=f"{page}#{code}",
            description=f"{name}: {words}, {day:%-d %B %Y}.",
            unique_id=f"{page}#{code}-{day.isoformat()}",
            updateddate=at,
            pubdate=at,
        )
    return feed.writeString("utf-8")


def file(text: str, kind: str, name: str = "") -> HttpResponse:
    """Return a text as a file."""
    response = HttpResponse(text, content_type=kind)
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
