"""What people write to the council about a case, how it is checked, and what the council answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from fairground.web import throttle
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.actions import words as acts
from fairground.web.wealth.property.case_forms import CheckForm, RespondForm, SayForm
from fairground.web.wealth.property.models import Representation
from fairground.web.wealth.property.views.acting import answered, found

LETTERS = throttle.Limit(
    "say", 6, throttle.HOUR,
    "6 letters have come from your network in the last hour. Wait an hour, then try again. "
    "In a library or at a meeting, the council also takes letters on paper",
)  # fmt: skip


def say(request: Any, pk: UUID) -> HttpResponse:
    """Write to the council about a proposal; no account is needed."""
    case = found(request, pk)
    until = None if case.closing else kept.takes_representations(case, timezone.localdate())
    if until is None:
        raise Http404(pk)

    def do(facts: dict[str, Any]) -> Representation:
        facts.pop("website")
        throttle.need_patience(request, LETTERS)
        made = acts.represent(case, **facts)
        throttle.count(request, LETTERS)
        return made

    return answered(
        request,
        SayForm(request.POST or None),
        do,
        then=reverse("property:kept", args=[pk]) + "#said",
        said="Thank you. What you wrote has reached the council. It is shown here once it was checked.",
        case=case,
        title="Have your say",
        button="Send it to the council",
        lead=f"You can write until the end of {until:%-d %B %Y}. What you write is published here, without "
        "personal data, and the council answers it. You need no account, and we do not ask who you are.",
    )


@login_required
def check(request: Any, pk: UUID, one: int) -> HttpResponse:
    """Decide whether a representation is shown."""
    case = found(request, pk, "cases.check")
    row = get_object_or_404(Representation, pk=one, case=case)
    last = row.last_check
    signed = last.signed if last and last.shown else row.signed
    shown = {"words": _last(row) or row.words, "signed": signed, "shown": "yes"}
    return answered(
        request,
        CheckForm(request.POST or None, initial=shown, named=True),
        lambda facts: acts.check_representation(row, by=request.user, **facts),
        then=reverse("property:kept", args=[pk]) + "#said",
        said="It is checked.",
        case=case, title="Check what somebody wrote", button="Keep this decision", quote=row.words,
    )  # fmt: skip


def _last(row: Any) -> str:
    return str(row.last_check.words) if row.last_check else ""


@login_required
def check_nomination(request: Any, pk: UUID) -> HttpResponse:
    """Decide how the words of a nomination are shown, and show the case."""
    case = found(request, pk, "cases.check")
    row = getattr(case, "nomination", None)
    if row is None:
        raise Http404(pk)
    return answered(
        request,
        CheckForm(request.POST or None, initial={"words": _last(row) or row.why, "shown": "yes"}),
        lambda facts: acts.check_nomination(row, by=request.user, **facts),
        then=reverse("property:kept", args=[pk]),
        said="It is checked. Everyone can see the case, if you chose to show it.",
        case=case, title="Check a nomination", button="Keep this decision", quote=row.why,
    )  # fmt: skip


@login_required
def respond(request: Any, pk: UUID, one: int) -> HttpResponse:
    """Answer a representation in the council's name."""
    case = found(request, pk, "cases.respond")
    row = get_object_or_404(Representation, pk=one, case=case)
    if row.last_check is None or not row.last_check.shown:
        raise Http404(one)
    said = row.last_response
    return answered(
        request,
        RespondForm(request.POST or None, initial={"words": said.words if said else ""}),
        lambda facts: acts.respond(row, by=request.user, **facts),
        then=reverse("property:kept", args=[pk]) + "#said",
        said="The response is shown beside it.",
        case=case, title="Answer what somebody wrote", button="Publish the response",
        quote=row.last_check.words,
    )  # fmt: skip
