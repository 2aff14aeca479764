"""Letters: written from the facts of a case, printed, taken away as a document, marked as sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from fairground.report.document_file import MIME, as_odt
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.actions import letters as acts
from fairground.web.wealth.property.case_forms import SentForm
from fairground.web.wealth.property.models import Case, CaseEvent, Letter
from fairground.web.wealth.property.views.acting import answered, found, pressed


@login_required
def draft(request: Any, pk: UUID, event: int, to: str) -> HttpResponse:
    """Show a letter as it would be sent today; mark it as sent."""
    case = found(request, pk, "cases.write")
    entry = get_object_or_404(CaseEvent, pk=event, case=case)
    reader = next((one for one in kept.letters_of(case, entry) if slugify(one) == to), None)
    if reader is None:
        raise Http404(to)
    nomination = getattr(case, "nomination", None)
    subject, lines = kept.letter(case, entry, reader, group=nomination.group if nomination else "")
    if request.GET.get("format") == "odt":
        return document(case, subject, lines, reader)
    return answered(
        request,
        SentForm(request.POST or None, initial={"sent_on": timezone.localdate()}),
        lambda facts: acts.send_letter(entry, reader, by=request.user, **facts),
        then=reverse("property:kept", args=[pk]) + "#told",
        said="The letter is kept as it was sent.",
        template="property/letter.html",
        case=case, subject=subject, lines=lines, reader=reader,
    )  # fmt: skip


def sent(request: Any, pk: UUID, letter: int) -> HttpResponse:
    """Show a letter word for word as it was sent."""
    case = found(request, pk)
    kept_ = get_object_or_404(Letter, pk=letter, case=case)
    lines = kept_.words.split("\n\n")
    if request.GET.get("format") == "odt":
        return document(case, kept_.subject, lines, kept_.to, on=kept_.sent_on)
    facts = {"case": case, "subject": kept_.subject, "lines": lines, "reader": kept_.to, "letter": kept_}
    return render(request, "property/letter.html", facts)


@login_required
@require_POST
def take_back(request: Any, pk: UUID, letter: int) -> HttpResponse:
    """Say that a letter was not sent after all."""
    case = found(request, pk, "cases.write")
    kept_ = get_object_or_404(Letter, pk=letter, case=case)
    back = reverse("property:kept", args=[pk]) + "#told"
    said = "The letter counts as not sent. Its words are kept."
    return pressed(request, lambda: acts.take_back_letter(kept_, by=request.user), then=back, said=said)


def document(case: Case, subject: str, lines: list[str], reader: str, on: Any = None) -> HttpResponse:
    """Return a letter as a document that any office program opens."""
    day = on or timezone.localdate()
    blocks = [("text", f"To {reader}"), ("text", f"{day:%-d %B %Y}"), ("heading", subject)]
    blocks += [("text", line) for line in lines]
    response = HttpResponse(as_odt(blocks, title=subject, written=day), content_type=MIME)
    response["Content-Disposition"] = f'attachment; filename="letter-{slugify(reader)}.odt"'
    return response
