"""News as an Atom feed (RFC 4287) and days as a calendar (RFC 5545), for those without an account."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fairground.report.calendar_file import as_ics
from fairground.web.wealth.register.bridge import place_name
from fairground.web.wealth.register.models import Asset, Register
from fairground.web.wealth.register.news import changes_of, dates_of, told, visible

ATOM = "http://www.w3.org/2005/Atom"
NEWEST = 50
MOST_DATES = 1_000
WITH_DATES = ("nominated_on", "decided_on", "listed_until", "state_since")


def _name(asset: Asset | None, register: Register | None, district: str) -> str:
    if asset is not None:
        return asset.name
    return (
        register.title if register else f"Public property{' in ' if district else ''}{place_name(district)}"
    )


def atom(
    request: HttpRequest, *, asset: Asset | None = None, register: Register | None = None, district: str = ""
) -> HttpResponse:
    """Return the newest changes of one asset, one register, one district, or all."""
    found = list(changes_of(asset=asset, register=register, district=district)[:NEWEST])
    name, here = _name(asset, register, district), settings.SITE_ADDRESS + request.get_full_path()
    feed = ET.Element("feed", xmlns=ATOM)
    _add(feed, "title", f"News: {name}")
    _add(feed, "id", here)
    ET.SubElement(feed, "link", rel="self", href=here)
    start = asset or register
    begun = getattr(start, "added_at", getattr(start, "created_at", None)) or timezone.now()
    _add(feed, "updated", (found[0].at if found else begun).isoformat())
    _add(ET.SubElement(feed, "author"), "name", "Fairground")
    for one in found:
        entry = ET.SubElement(feed, "entry")
        page = settings.SITE_ADDRESS + reverse("register:asset", args=[one.asset_id])
        _add(entry, "title", f"{one.asset.name}: {told(one)}"[:300])
        _add(entry, "id", f"{page}#change-{one.pk}")
        _add(entry, "updated", one.at.isoformat())
        ET.SubElement(entry, "link", href=page)
        _add(entry, "summary", f"{told(one)}. From {one.get_source_display()}. {one.reason}".strip())
    text = ET.tostring(feed, encoding="unicode", xml_declaration=False)
    return HttpResponse(
        f'<?xml version="1.0" encoding="utf-8"?>\n{text}', content_type="application/atom+xml; charset=utf-8"
    )


def _add(parent: Any, tag: str, text: str) -> None:
    """Add an element with text, without the control characters that XML 1.0 forbids."""
    ET.SubElement(parent, tag).text = "".join(one for one in text if one >= " " or one in "\t\n\r")


def calendar(
    *, asset: Asset | None = None, register: Register | None = None, district: str = ""
) -> HttpResponse:
    """Return the days that matter: nominations, decisions, the end of listings, sales."""
    if asset is not None:
        found = [asset]
    else:
        every = visible().exclude(**dict.fromkeys(WITH_DATES))
        every = every.filter(register=register) if register else every
        every = every.filter(district_code=district) if district else every
        found = list(every[:MOST_DATES])
    days = sorted(day for one in found for day in dates_of(one))
    text = as_ics(days, name=_name(asset, register, district), written=timezone.localdate())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="fairground-dates.ics"'
    return response
