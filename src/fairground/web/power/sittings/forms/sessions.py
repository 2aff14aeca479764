"""What an officer is asked about a session: when, where, about what, who was there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from fairground.web.power.budgeting.fields import day
from fairground.web.power.sittings.forms.parts import Once, clock, long, text, ticks, web
from fairground.web.power.sittings.members import Member
from fairground.web.power.sittings.models import Session


class SessionForm(Once):
    """A session. Its times are those of clocks in the United Kingdom."""

    title = text("What is it called?", hint="For example Learning 1", most=120)
    on = day("On which day?")
    starts = clock("When does it start?")
    ends = clock("When does it end?")
    where = text("Where is it?", hint="A building and its street, or: Online", most=300)
    watch = web("Where can everybody watch, if they can?")
    agenda = long("What happens?", hint="One line for each part, with its time", most=4000, rows=6)
    access = long(
        "What makes it easy to take part?",
        hint="For example: no steps, a hearing loop, breaks each hour, care for children",
        required=False, most=2000, rows=3,
    )  # fmt: skip

    @staticmethod
    def first(session: Session) -> dict[str, Any]:
        """Return what the form shows first of a session."""
        start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        words = {name: getattr(session, name) for name in ("title", "where", "watch", "agenda", "access")}
        return words | {"on": start.date(), "starts": start.time(), "ends": end.time()}

    def clean(self) -> dict[str, Any]:
        """Turn a day and two times of it into moments."""
        facts = dict(super().clean() or {})
        on, starts, ends = (facts.pop(name, None) for name in ("on", "starts", "ends"))
        if on and starts and ends:
            facts["starts_at"] = timezone.make_aware(datetime.combine(on, starts))
            facts["ends_at"] = timezone.make_aware(datetime.combine(on, ends))
        return facts


class AttendanceForm(forms.Form):
    """Which members were there."""

    members = ticks("Who was there?", hint="Tick each member who was there for most of the session")

    def __init__(self, *args: Any, there: Sequence[Member], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["members"].choices = [(one.key, one.words) for one in there]  # type: ignore[attr-defined]
