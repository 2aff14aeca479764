"""Kept cases as everyone sees them: the list, and one case with its dates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify

from fairground import report
from fairground.web.answers import shape
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.case_forms import FindForm
from fairground.web.wealth.property.models import Case, Letter, open_first, published
from fairground.web.wealth.property.permissions import may, places_of
from fairground.web.wealth.property.views.acting import found

EACH = 25


def every(request: HttpRequest) -> HttpResponse:
    """List the published cases: those that are open first, and of them the newest."""
    form = FindForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    cases = published(asked.get("q", ""), asked.get("procedure", ""))
    cases = open_first(cases).select_related("edition").prefetch_related("events", "closings")
    page = Paginator(cases, EACH).get_page(request.GET.get("page"))
    today = timezone.localdate()
    facts = {
        "form": form,
        "page": page,
        "place": asked.get("q", ""),
        "office": places_of(request.user, "cases.watch"),
    }
    facts["cases"] = [listed(case, today) for case in page]
    return render(request, "property/cases.html", facts, status=400 if form.is_bound and form.errors else 200)


def listed(case: Case, today: Any) -> dict[str, Any]:
    """Return a case as a list shows it: where it stands, and its next date."""
    runs = kept.running(case, today)
    return {
        "case": case,
        "name": kept.every_name().get(case.procedure, case.procedure),
        "stands": case.closing.outcome if case.closing else kept.track_words(case, today),
        "late": [] if case.closing else [o for o in kept.deadlines(case, today) if o.state == "missed"],
        "next": runs[0] if runs and not case.closing else None,
        "say": None if case.closing else kept.takes_representations(case, today),
    }


def one(request: Any, pk: UUID) -> HttpResponse:
    """Show one case: where it stands, every date, who must be told, what people wrote."""
    case, today, user = found(request, pk), timezone.localdate(), request.user
    answer = kept.standing(case, today)
    facts = {
        **shape(request, answer),
        "case": case,
        "headline": report.headline(answer),
        "stands": kept.track_words(case, today),
        "name": kept.rules(case).name,
        "url": kept.rules(case).url,
        "changed": kept.changed_since(case),
        "timeline": kept.timeline(case, today),
        "corrected": [event for event in case.events.all() if event.takes_back or event.supersedes_id],
        "letters": letters(case),
        "stale": stale(case),
        "say": None if case.closing else kept.takes_representations(case, today),
        "sayings": sayings(case),
        "closed": case.closing,
        "can": {deed.split(".")[1]: may(user, deed, case.place_code) for deed in CAN},
        "mine": user.is_authenticated and case.opened_by_id == user.pk,
        "nomination": getattr(case, "nomination", None),
    }
    return render(request, "property/kept.html", facts)


CAN = ("cases.watch", "cases.check", "cases.record", "cases.write", "cases.respond", "cases.close")


def letters(case: Case) -> list[dict[str, Any]]:
    """Return who must be told of what, and the letter where it was sent."""
    sent = {(one.event_id, one.to): one for one in case.letters.all() if one.taken_back_at is None}
    return [
        {"event": event, "what": kept.kind(case, event.kind).name, "to": to, "slug": slugify(to),
         "sent": sent.get((event.pk, to))}
        for event in case.in_force()
        for to in kept.letters_of(case, event)
    ]  # fmt: skip


def stale(case: Case) -> list[Letter]:
    """Return the letters that told of an entry which was corrected or taken back since."""
    counts = {event.pk for event in case.in_force()}
    return [one for one in case.letters.all() if one.taken_back_at is None and one.event_id not in counts]


def sayings(case: Case) -> dict[str, Any]:
    """Return what people wrote: what is shown, what waits for a check, and how many are withheld."""
    every = list(case.representations.all())
    return {
        "shown": [one for one in every if one.last_check and one.last_check.shown],
        "withheld": [one for one in every if one.last_check and not one.last_check.shown],
        "waiting": [one for one in every if one.last_check is None],
    }
