"""The programme of a jury: its sessions, what was handed out, its calendar and its news."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404

from fairground.web.power.sittings import feeds
from fairground.web.power.sittings.actions import sessions as acts
from fairground.web.power.sittings.actions.once import RUN
from fairground.web.power.sittings.forms.parts import HeldForm, WhyForm
from fairground.web.power.sittings.forms.sessions import AttendanceForm, SessionForm
from fairground.web.power.sittings.members import members
from fairground.web.power.sittings.models import Material, Standing
from fairground.web.power.sittings.views.acting import (
    ATOM,
    CALENDAR,
    acted,
    document_of,
    found,
    page,
    send,
    session_of,
    text_file,
    to,
)

WHO = (
    "Only how many were there is shown to everyone. "
    "Who it was is forgotten on the day on which the pool is erased."
)
NOBODY = "Nobody has said yes to sitting on this jury yet."


def programme(request: Any, slug: str) -> HttpResponse:
    """Show every session of a jury."""
    jury = found(request, slug)
    return page(request, "sessions", jury, sessions=jury.sessions.all())


def one(request: Any, slug: str, number: int) -> HttpResponse:
    """Show one session: when and where, what happens, what was handed out."""
    session = session_of(request, slug, number)
    facts = {
        "session": session, "materials": session.materials.all(),
        "heard": session.witnesses.filter(standing=Standing.ACCEPTED).select_related("side"),
        "evidence": session.evidence.filter(removed_at=None),
    }  # fmt: skip
    return page(request, "session", session.jury, **facts)


def dates(request: Any, slug: str) -> HttpResponse:
    """Give the sessions of a jury as a calendar."""
    return text_file(feeds.calendar(found(request, slug)), CALENDAR, "sessions.ics")


def news(request: Any, slug: str) -> HttpResponse:
    """Give what happened with a jury as an Atom feed."""
    return text_file(feeds.news(found(request, slug)), ATOM)


def material(request: Any, slug: str, pk: int) -> FileResponse:
    """Send what was handed out at a session."""
    return send(get_object_or_404(Material, pk=pk, session__jury=found(request, slug)))


@login_required
def add(request: Any, slug: str) -> HttpResponse:
    """Put a session on the programme."""
    jury = found(request, slug, RUN)
    form = SessionForm(request.POST or None)
    facts = {"title": "A new session", "button": "Put it on the programme"}
    return acted(
        request, jury, form, lambda got: acts.add_session(jury, by=request.user, **got),
        then=to("sessions", slug), said="The session is on the programme.", **facts,
    )  # fmt: skip


@login_required
def change(request: Any, slug: str, number: int) -> HttpResponse:
    """Change a session."""
    session = session_of(request, slug, number, RUN)
    form = SessionForm(request.POST or None, initial=SessionForm.first(session))
    return acted(
        request, session.jury, form, lambda got: acts.change_session(session, by=request.user, **got),
        then=to("session", slug, number), said="The session is changed.",
        title=f"Change session {number}", button="Save",
    )  # fmt: skip


@login_required
def call_off(request: Any, slug: str, number: int) -> HttpResponse:
    """Call a session off."""
    session = session_of(request, slug, number, RUN)
    return acted(
        request, session.jury, WhyForm(request.POST or None),
        lambda got: acts.call_off(session, by=request.user, **got),
        then=to("session", slug, number), said="The session is called off.",
        title=f"Call off session {number}", button="Call it off",
    )  # fmt: skip


@login_required
def attendance(request: Any, slug: str, number: int) -> HttpResponse:
    """Write down who was at a session."""
    session = session_of(request, slug, number, RUN)
    there = members(session.jury, to=request.user)
    kept = [str(row.member_id or row.seat) for row in session.attendance.all()]
    form = AttendanceForm(request.POST or None, initial={"members": kept}, there=there)
    return acted(
        request, session.jury, form, lambda got: acts.attend(session, got["members"], by=request.user),
        then=to("session", slug, number), said="Who was there is kept.",
        title=f"Who was at session {number}?", button="Save", lead=WHO if there else NOBODY,
    )  # fmt: skip


@login_required
def add_material(request: Any, slug: str, number: int) -> HttpResponse:
    """Add something that was handed out."""
    session = session_of(request, slug, number, RUN)
    form = HeldForm(request.POST or None, request.FILES or None)
    return acted(
        request, session.jury, form,
        lambda got: acts.add_material(session, by=request.user, **document_of(got)),
        then=to("session", slug, number), said="It is added. Everyone can read it.",
        title=f"Something handed out at session {number}", button="Add it", files=True,
    )  # fmt: skip


@login_required
def remove_material(request: Any, slug: str, pk: int) -> HttpResponse:
    """Take off something that was handed out."""
    jury = found(request, slug, RUN)
    held = get_object_or_404(
        Material.objects.select_related("session__jury__round"), pk=pk, session__jury=jury
    )
    return acted(
        request, jury, WhyForm(request.POST or None),
        lambda got: acts.remove_material(held, by=request.user, **got),
        then=to("session", slug, held.session.number), said="It is taken off.",
        title=f"Take off: {held.title}", button="Take it off",
        lead="Its file is deleted. The page goes on to say that it was there, and why it was taken off.",
    )  # fmt: skip
