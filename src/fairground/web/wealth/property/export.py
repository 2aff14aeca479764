"""A kept case as files: all that is public about it in JSON, its dates as a calendar, its news as Atom."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from fairground.errors import NotFound
from fairground.report.calendar_file import as_ics
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.models import Case, CaseEvent, published


def address(case: Case) -> str:
    """Return the whole address of a case's page."""
    return f"{settings.SITE_ADDRESS}{reverse('property:kept', args=[case.pk])}"


def whole(case: Case, on: date) -> dict[str, Any]:
    """Return all that is public about a case: what happened, where it stands, what was said."""
    return {
        "id": str(case.pk),
        "address": address(case),
        "procedure": case.procedure,
        "edition": case.edition_id,
        "rules": case.edition.text,
        "title": case.title,
        "where": case.where,
        "place": case.place_code,
        "about": case.about,
        "asset": str(case.asset_id) if case.asset_id else None,
        "asset_reference": case.asset_reference,
        "owner": {"kind": case.owner_kind, "name": case.owner_name},
        "fictional": case.fictional,
        "supposed_from": case.supposed_from.isoformat() if case.supposed_from else None,
        "lengths": case.lengths,
        "opened_at": case.opened_at.isoformat(),
        "closed": _closing(case),
        "events": [_event(one) for one in case.events.all()],
        "on": on.isoformat(),
        "periods": [
            {
                "period": one.period, "name": one.name, "kind": one.kind, "starts": one.starts.isoformat(),
                "last_day": one.last.isoformat(), "state": one.state, "provision": one.provision,
                "status": one.status,
            }
            for one in kept.followed(case, on).periods
        ],
        "letters": [
            {"to": one.to, "subject": one.subject, "words": one.words, "sent_on": one.sent_on.isoformat()}
            for one in case.letters.all()
            if one.taken_back_at is None
        ],
        "representations": _said(case),
    }  # fmt: skip


def _said(case: Case) -> list[dict[str, Any]]:
    """Return what people wrote, as it was checked, with the council's response; nothing that is withheld."""
    rows = case.representations.select_related("event").prefetch_related("checks", "responses")
    return [
        {
            "signed": one.last_check.signed,
            "words": one.last_check.words,
            "sent_on": one.event.day.isoformat(),
            "response": one.last_response.words if one.last_response else None,
        }
        for one in rows
        if one.last_check and one.last_check.shown
    ]


def _closing(case: Case) -> dict[str, str] | None:
    closed = case.closing
    return {"outcome": closed.outcome, "reasons": closed.reasons} if closed else None


def _event(one: CaseEvent) -> dict[str, Any]:
    return {
        "event": one.pk, "kind": one.kind, "day": one.day.isoformat(), "note": one.note,
        "document": one.document, "recorded_at": one.recorded_at.isoformat(),
        "instead_of": one.supersedes_id, "takes_back": one.takes_back, "why": one.why,
    }  # fmt: skip


def as_json(case: Case, on: date) -> str:
    """Return the same as text."""
    return json.dumps(whole(case, on), indent=2, ensure_ascii=False) + "\n"


def dates_of(cases: list[Case], on: date, *, name: str) -> str:
    """Return the running dates of cases as a calendar; a closed case has none."""
    dates = [
        (clock.last, f"{case.title}: {clock.name}", f"{clock.provision}. {address(case)}")
        for case in cases
        if case.closing is None
        for clock in kept.running(case, on)
    ]
    return as_ics(sorted(dates), name=name, written=on)


def news(cases: list[Case], *, name: str, link: str) -> str:
    """Return what happened in cases as an Atom feed (RFC 4287), the newest first."""
    feed = Atom1Feed(title=name, link=settings.SITE_ADDRESS + link, description=name, language="en-GB")
    lines = [(event, case) for case in cases for event in case.in_force()]
    for event, case in sorted(lines, key=lambda line: line[0].recorded_at, reverse=True)[:100]:
        kind = kept.kind(case, event.kind)
        feed.add_item(
            title=f"{case.title}: {kind.name}",
            link=f"{address(case)}#event-{event.pk}",
            description=f"On {event.day:%-d %B %Y}. {event.note} {kind.provision}".replace("  ", " "),
            unique_id=f"urn:uuid:{case.pk}#{event.pk}",
            pubdate=datetime.combine(event.day, time(), timezone.get_current_timezone()),
            updateddate=event.recorded_at,
        )
    return feed.writeString("utf-8")


def from_command(id: str, *, calendar: bool = False) -> str:
    """Return the text of a public case for the command line.

    Raises
    ------
    NotFound : there is no public case of that id.
    """
    try:
        case = published().select_related("edition").get(pk=id)
    except (Case.DoesNotExist, ValidationError) as fault:
        raise NotFound("There is no public case with this id", "case", id) from fault
    today = timezone.localdate()
    return dates_of([case], today, name=case.title) if calendar else as_json(case, today)
