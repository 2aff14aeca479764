"""What officers do with cases: open, record, correct, take back, close; and the dates of their places."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from fairground.web.accounts.models import ENGLAND
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.actions import cases as acts
from fairground.web.wealth.property.case_forms import (
    CloseForm,
    CorrectForm,
    OpenForm,
    RecordForm,
    WhyForm,
    said,
)
from fairground.web.wealth.property.models import Case, CaseEvent
from fairground.web.wealth.property.of_register import told
from fairground.web.wealth.property.permissions import places_of
from fairground.web.wealth.property.views.acting import answered, found, pressed
from fairground.web.wealth.property.views.cases import sayings


@login_required
def open_one(request: Any) -> HttpResponse:
    """Open a case."""
    if not places_of(request.user, "cases.open"):
        raise PermissionDenied

    def do(facts: dict[str, Any]) -> Case:
        return acts.open_case(by=request.user, place_code=facts.pop("place"), **facts)

    return answered(
        request,
        OpenForm(request.POST or None, user=request.user, initial=told(request.GET.get("asset", ""))),
        do,
        then=lambda case: reverse("property:kept", args=[case.pk]),
        back=reverse("property:cases"),
        said="The case is open. Now record what happened.",
        title="Open a case",
        button="Open the case",
        lead="Everyone can read a case.",
    )


@login_required
def record(request: Any, pk: UUID) -> HttpResponse:
    """Record what happened."""
    case = found(request, pk, "cases.record")
    may = kept.standing(case, timezone.localdate()).value.may_happen
    earlier, every = "earlier" in request.GET, kept.every_kind(case)
    shown = every if earlier else [(one.event_id, said(one)) for one in may]
    return answered(
        request,
        RecordForm(request.POST or None, choices=shown, every=every),
        lambda facts: acts.record_event(case, by=request.user, **facts),
        then=reverse("property:kept", args=[pk]),
        said="It is written down. The dates are worked out anew.",
        case=case,
        title="Record what happened",
        button="Record it",
        more="" if earlier else "?earlier=yes",
    )


@login_required
def correct(request: Any, pk: UUID, event: int) -> HttpResponse:
    """Correct an entry that was written down wrongly."""
    case = found(request, pk, "cases.record")
    entry = get_object_or_404(CaseEvent, pk=event, case=case)
    shown = {"day": entry.day, "note": entry.note, "document": entry.document}
    return answered(
        request,
        CorrectForm(request.POST or None, initial=shown),
        lambda facts: acts.correct_event(entry, by=request.user, **facts),
        then=reverse("property:kept", args=[pk]),
        said="It is corrected. The old entry can still be read.",
        case=case,
        title=f"Correct: {kept.kind(case, entry.kind).name}",
        button="Correct it",
    )


@login_required
def take_back(request: Any, pk: UUID, event: int) -> HttpResponse:
    """Say that something did not happen."""
    case = found(request, pk, "cases.record")
    entry = get_object_or_404(CaseEvent, pk=event, case=case)
    return answered(
        request,
        WhyForm(request.POST or None),
        lambda facts: acts.take_back_event(entry, by=request.user, **facts),
        then=reverse("property:kept", args=[pk]),
        said="It counts no more. The entry can still be read.",
        case=case,
        title=f"Take back: {kept.kind(case, entry.kind).name}",
        button="Take it back",
    )


@login_required
def close(request: Any, pk: UUID) -> HttpResponse:
    """Close a case with its outcome and reasons."""
    case = found(request, pk, "cases.close")
    return answered(
        request,
        CloseForm(request.POST or None),
        lambda facts: acts.close_case(case, by=request.user, **facts),
        then=reverse("property:kept", args=[pk]),
        said="The case is closed.",
        case=case,
        title="Close the case",
        button="Close it",
        lead="A case can be closed once nothing is owed in it any more.",
    )


@login_required
def reopen(request: Any, pk: UUID) -> HttpResponse:
    """Open a closed case again."""
    case = found(request, pk, "cases.close")
    return answered(
        request,
        WhyForm(request.POST or None),
        lambda facts: acts.reopen_case(case, by=request.user, why=facts["why"]),
        then=reverse("property:kept", args=[pk]),
        said="The case is open again.",
        case=case,
        title="Open the case again",
        button="Open it again",
    )


@login_required
@require_POST
def publish(request: Any, pk: UUID) -> HttpResponse:
    """Show a case to everyone."""
    case = found(request, pk, "cases.check")
    back = reverse("property:kept", args=[pk])
    return pressed(
        request, lambda: acts.publish_case(case, by=request.user), then=back, said="Everyone can see it."
    )


@login_required
def dates(request: Any) -> HttpResponse:
    """Show what is due in my places, and what waits to be checked or answered."""
    codes, today = places_of(request.user, "cases.watch"), timezone.localdate()
    if not codes:
        raise PermissionDenied
    cases = Case.objects.select_related("edition").prefetch_related(
        "events", "closings", "representations__checks", "representations__responses"
    )
    if ENGLAND not in codes:
        cases = cases.filter(place_code__in=codes)
    open_ = [case for case in cases if case.closing is None]
    due = [{"case": case, "clock": clock} for case in open_ for clock in kept.deadlines(case, today)]
    facts: dict[str, Any] = {
        "due": sorted(due, key=lambda one: one["clock"].last),
        "waiting": [],
        "silent": [],
    }
    for case in open_:
        facts["waiting"] += [{"case": case, "one": one} for one in sayings(case)["waiting"]]
        facts["silent"] += [
            {"case": case, "one": one} for one in sayings(case)["shown"] if one.last_response is None
        ]
    facts["unseen"] = [case for case in open_ if case.published_at is None]
    return render(request, "property/office.html", facts)
