"""Where a case stands: each date of a nomination, a sale, a transfer or a request, with its provision.

The procedures are data in `wealth.property`; this module follows a person's events through one of them and
says what may happen next, who must be told and what is barred.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Step, merged
from fairground.sources.catalogue import source
from fairground.wealth.property import (
    Case,
    Event,
    Length,
    Procedure,
    follow,
    last_day,
)
from fairground.wealth.property import procedure as one_procedure
from fairground.wealth.property import procedures as every_procedure

__all__ = ["case", "deadline", "procedures"]

METHOD = Method(
    "procedure",
    "The events of the case, followed through the procedure; each period counted to its last whole day",
    "The provision beside each date; months by Dodds v Walker [1981] 1 WLR 1027",
)


@dataclass(frozen=True)
class Listed:
    """One procedure of the list: its id, its name, what it rests on and whether it is in force."""

    procedure: str
    name: str
    jurisdiction: str
    instrument: str
    standing: str
    in_force_from: date | None


@dataclass(frozen=True)
class Procedures:
    """Every procedure that we hold."""

    rows: tuple[Listed, ...]


@dataclass(frozen=True)
class DateRow:
    """One date of a case: what must or may be done until then, by whom, and how it stands."""

    last_day: date
    purpose: str
    who: str
    standing: str
    days_left: int
    provision: str


@dataclass(frozen=True)
class Happened:
    """What happened on a day, and the provision for it."""

    day: date
    event: str
    who: str
    note: str
    provision: str


@dataclass(frozen=True)
class MayHappen:
    """What may happen next: its id for commands, who does it, until when, and whether reasons are due."""

    next_event: str
    event_id: str
    who: str
    until: date | str
    needs_reasons: bool
    provision: str


@dataclass(frozen=True)
class MayNotHappen:
    """What may not happen now, until when if that is known, and the provision that stops it."""

    barred_event: str
    who: str
    barred_until: date | None
    provision: str


@dataclass(frozen=True)
class CaseFound:
    """A case on a day: its dates (`rows`), what happened, what may happen next, and what is barred."""

    procedure: str
    name: str
    on: date
    states: tuple[tuple[str, str], ...]
    rows: tuple[DateRow, ...]
    may_happen: tuple[MayHappen, ...]
    may_not_happen: tuple[MayNotHappen, ...]
    happened: tuple[Happened, ...]


@dataclass(frozen=True)
class Deadline:
    """The last whole day of a period."""

    start: date
    last_day: date
    days: int


def procedures() -> Answer[Procedures]:
    """Answer which procedures we hold, and which of them are in force.

    Source: the files of `wealth.property.procedures`, each with its instrument.
    """
    rows = tuple(
        Listed(p.id, p.name, p.jurisdiction, p.instrument, p.status, p.start) for p in every_procedure()
    )
    cited = merged([source(p.source) for p in every_procedure()])
    return Answer(Procedures(rows), METHOD, (Step("property.procedures", {"procedures": len(rows)}),), cited)


def deadline(start: date, number: int, unit: str, counts: str = "after") -> Answer[Deadline]:
    """Answer which day a period ends on.

    Parameters
    ----------
    start : the day of the event.
    number, unit, counts : the period, as `wealth.property.Length` takes them.

    Raises
    ------
    BadInput : an impossible period; names the field.
    """
    length = Length(number, unit, counts)
    last = last_day(start, length)
    facts = {"start": start, "last": last, "number": number, "unit": unit}
    steps = (Step("property.deadline", facts), Step(f"property.deadline.{counts}", facts))
    return Answer(Deadline(start, last, (last - start).days), METHOD, steps, (source("bank-holidays"),))


def case(
    procedure: str | Procedure,
    events: Sequence[Event],
    on: date,
    *,
    commenced: date | None = None,
    lengths: Mapping[str, Length] | None = None,
) -> Answer[CaseFound]:
    """Answer where a case stands on a day.

    Parameters
    ----------
    procedure : its id (`procedures` lists them), or a procedure of one's own.
    events : what happened; the rows of errors count from 2, as in a file with a heading.
    on : the day to look at.
    commenced : for a procedure that is not in force, the day to suppose it began.
    lengths : a council's own lengths, for the periods that its policy sets.

    Raises
    ------
    NotFound : no such procedure, event or period. BadInput : an event that the procedure refuses; names the
    row and the provision. Impossible : the procedure is not in force and no day was supposed.
    """
    rules = one_procedure(procedure) if isinstance(procedure, str) else procedure
    rules = rules.with_lengths(lengths or {})
    found = follow(rules, events, on, commenced=commenced)
    value = CaseFound(
        rules.id,
        rules.name,
        on,
        found.states,
        tuple(
            DateRow(p.last, p.name, p.who, p.state, p.days_left, p.provision)
            for p in sorted(found.periods, key=lambda p: (p.state != "running", p.last))
        ),
        tuple(
            MayHappen(n.name, n.event, n.by, n.until or "no limit", n.reasons, n.provision) for n in found.may
        ),
        tuple(MayNotHappen(b.name, b.by, b.until, b.provision) for b in found.barred),
        tuple(Happened(h.day, h.name, h.by, h.note, h.provision) for h in found.history),
    )
    cited = merged([source(rules.source), source("bank-holidays")])
    return Answer(value, METHOD, _steps(rules, found, commenced), cited)


def events_of(lines: Sequence[Mapping[str, str]], file: str = "") -> tuple[Event, ...]:
    """Return the events of a table with the columns event and date, and note where there are reasons.

    Raises
    ------
    BadInput : a column is missing, or a date is not one; names file, row and value.
    """
    found = []
    for row, line in enumerate(lines, start=2):
        if "event" not in line or "date" not in line:
            allowed = "the columns event, date and, if you like, note"
            raise BadInput("The table of events lacks a column", "columns", ", ".join(line), allowed, 1, file)
        found.append(
            Event((line["event"] or "").strip(), a_day(line["date"], row, file), line.get("note") or "")
        )
    return tuple(found)


def a_day(text: str | None, row: int | None = None, file: str = "") -> date:
    """Return the day that a person wrote as 2026-09-01 or 01/09/2026.

    Raises
    ------
    BadInput : it is no such day.
    """
    given = (text or "").strip()
    parts = given.split("/")[::-1] if given.count("/") == 2 else given.split("-")
    try:
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError(given)
        if len(parts[0]) != 4:
            raise ValueError(given)
        return date(*map(int, parts))
    except ValueError as fault:
        raise BadInput("This is not a day", "date", given, "2026-09-01 or 01/09/2026", row, file) from fault


def _steps(rules: Procedure, found: Case, commenced: date | None) -> tuple[Step, ...]:
    running = sorted((p for p in found.periods if p.state == "running"), key=lambda p: p.last)
    missed = [p for p in found.periods if p.state == "missed"]
    steps = [Step("property.case.missed", {"name": p.name, "last": p.last, "who": p.who}) for p in missed]
    if running:
        first = running[0]
        facts = {"last": first.last, "name": first.name, "left": first.days_left, "on": found.on}
        steps.append(Step("property.case.next", facts))
    elif not found.history:
        steps = [Step("property.case.empty", {"name": rules.name})]
    elif not missed:
        steps = [Step("property.case.none", {"last": found.history[-1].name, "on": found.on})]
    steps += [
        Step("property.case.barred", {"name": b.name, "until": b.until, "provision": b.provision})
        for b in found.barred
        if b.until
    ]
    for entry in found.history[-1:]:
        steps += [
            Step("property.case.must", {"must": must, "provision": entry.provision}) for must in entry.must
        ]
        if entry.tell:
            steps.append(Step("property.case.tell", {"who": ", ".join(entry.tell), "name": entry.name}))
    steps += [Step("property.case.longer", {"name": p.name, "longer": p.longer}) for p in running if p.longer]
    steps.append(Step("property.case.counted", {"instrument": rules.instrument}))
    if commenced is not None and rules.start is None:
        steps.append(Step("property.case.unknown.not-in-force", {"from": commenced, "note": rules.note}))
    if any(p.status in ("guidance", "policy") for p in found.periods):
        steps.append(Step("property.case.unknown.policy", {}))
    steps.append(Step("property.case.unknown.advice", {}))
    return tuple(steps)
