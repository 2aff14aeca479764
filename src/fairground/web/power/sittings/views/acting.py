"""How a page of a jury's sittings is found, shown and acted on, and how a file that is kept is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.permissions import may
from fairground.web.power.juries.views.acting import answered, found, pressed
from fairground.web.power.sittings.actions.once import RUN
from fairground.web.power.sittings.documents import KINDS, read
from fairground.web.power.sittings.members import seats
from fairground.web.power.sittings.models import Session
from fairground.web.power.sittings.models.held import Held

__all__ = ["acted", "document_of", "found", "page", "pressed", "send", "session_of", "text_file"]

CALENDAR, ATOM = "text/calendar; charset=utf-8", "application/atom+xml; charset=utf-8"


def page(request: Any, template: str, jury: Jury, **facts: Any) -> HttpResponse:
    """Show a page of a jury, with what its officers see besides."""
    known = {"jury": jury, "round": jury.round, "runs": may(request.user, RUN, jury), "whole": seats(jury)}
    return render(request, f"sittings/{template}.html", known | facts)


def acted(
    request: Any,
    jury: Jury,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Any],
    *,
    then: str,
    **facts: Any,
) -> HttpResponse:
    """Do what a form about a jury asks and go on, or show it with what is wrong."""
    known = {"template": "sittings/form.html", "jury": jury, "round": jury.round}
    return answered(request, form, do, then=then, **known | facts)


def session_of(request: Any, slug: str, number: int, deed: str = "") -> Session:
    """Return a session of a jury that this person may see, and may run where a deed is named."""
    jury = found(request, slug, deed)
    session = get_object_or_404(Session, jury=jury, number=number)
    session.jury = jury
    return session


def document_of(facts: dict[str, Any]) -> dict[str, Any]:
    """Return what a form says with its file read, where there is one."""
    sent = facts.pop("file", None)
    return {**facts, "document": read(sent) if sent else None}


def send(held: Held) -> FileResponse:
    """Send a file that is kept, to be saved and never to be run by the browser."""
    if not held.file or held.removed_at:
        raise Http404
    name = f"{held._meta.model_name}-{held.pk}.{held.kind}"
    response = FileResponse(
        held.file.open("rb"), as_attachment=True, filename=name, content_type=KINDS[held.kind]
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def text_file(text: str, kind: str, name: str = "") -> HttpResponse:
    """Return a text as a file; one with a name is saved."""
    response = HttpResponse(text, content_type=kind)
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def to(name: str, *parts: Any) -> str:
    """Return the address of a page of the sittings."""
    return reverse(f"sittings:{name}", args=parts)
