"""What an officer is asked about a session: when, where, about what, who was there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.answers import in_words
from fairground.web.power.budgeting.fields import day
from fairground.web.power.sittings import seats
from fairground.web.power.sittings.forms.parts import Once, clock, long, text, web
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
    """Whose seats' members were there."""

    seats = text("Seats whose members were there", hint="For example 1-20, 22, 24", required=False, most=2000)

    def __init__(self, *args: Any, most: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.most = most

    def clean_seats(self) -> tuple[int, ...]:
        """Return the seats as numbers."""
        try:
            return seats.read(self.cleaned_data["seats"], most=self.most)
        except BadInput as fault:
            raise forms.ValidationError(in_words(fault)) from fault
