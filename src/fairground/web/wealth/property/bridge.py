"""What the property pages ask the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fairground.errors import BadInput
from fairground.evidence import Answer
from fairground.questions.wealth import property as question
from fairground.report.calendar_file import as_ics
from fairground.report.words import word

MOST_EVENTS = 200


@dataclass(frozen=True)
class Told:
    """One event as the address carries it: its name, its day, and whether reasons were given."""

    kind: str
    day: date
    note: str

    @property
    def written(self) -> str:
        """The event as the address writes it."""
        return f"{self.kind}={self.day.isoformat()}" + (f":{self.note}" if self.note else "")


def procedures() -> Answer[Any]:
    """Return the procedures that we hold."""
    return question.procedures()


def choices() -> list[tuple[str, str]]:
    """Return the procedures for a list: id and name."""
    return [(row.procedure, row.name) for row in procedures().value.rows]


def told(text: str) -> tuple[Told, ...]:
    """Return the events that an address carries: name=2026-09-01, then :given where reasons were given.

    Raises
    ------
    BadInput : one of them is not so, or they are more than 200.
    """
    parts = [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]
    if len(parts) > MOST_EVENTS:
        raise BadInput(
            "These are too many events for one case", "events", len(parts), f"at most {MOST_EVENTS}"
        )
    found = []
    for part in parts:
        kind, sign, rest = part.partition("=")
        if not sign:
            raise BadInput("An event is a name, = and a day", "events", part, "for example list=2026-02-02")
        day, _, note = rest.partition(":")
        try:
            found.append(Told(kind.strip(), question.a_day(day), note.strip()))
        except BadInput as fault:
            raise BadInput(fault.what, "events", fault.value, fault.allowed) from fault
    return tuple(found)


def case(procedure: str, events: str, on: date, in_force_from: date | None = None) -> Answer[Any]:
    """Return where a case stands; the events are written as `told` reads them."""
    lines = [{"event": one.kind, "date": one.day.isoformat(), "note": one.note} for one in told(events)]
    try:
        return question.case(procedure, question.events_of(lines), on, commenced=in_force_from)
    except BadInput as fault:
        field = {"procedure": "procedure"}.get(fault.field, "events")
        raise type(fault)(**{**vars(fault), "field": field, "row": None}) from fault


def timeline(answer: Answer[Any]) -> list[dict[str, Any]]:
    """Return what happened and what is running as one line of dates, oldest first."""
    past = [
        {"day": one.day, "name": one.event, "note": one.provision, "state": "happened"}
        for one in answer.value.happened
    ]
    coming = [
        {"day": one.last_day, "name": one.purpose, "note": one.provision, "state": one.standing}
        for one in answer.value.rows
        if one.standing in ("running", "missed")
    ]
    found = sorted([*past, *coming], key=lambda one: one["day"])
    return [
        {**one, "words": "happened" if one["state"] == "happened" else word(one["state"])} for one in found
    ]


def calendar(answer: Answer[Any]) -> str:
    """Return the dates that are running as a calendar file."""
    dates = [
        (row.last_day, row.purpose, row.provision) for row in answer.value.rows if row.standing == "running"
    ]
    return as_ics(dates, name=answer.value.name, written=answer.value.on)


def without_last(events: Sequence[Told]) -> str:
    """Return the events without the one added last, as the address writes them."""
    return joined(events[:-1])


def joined(events: Sequence[Told]) -> str:
    """Return events as the address writes them."""
    return ";".join(one.written for one in events)
