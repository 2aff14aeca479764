"""Where a case stands on a day: every date that its events set, what may happen next, what is barred and why.

The events are followed in order. Before each one, the periods that ended earlier take effect, each on the day
after its last. An event that the procedure does not allow on its day is refused with the provision that
stops it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fairground.errors import BadInput, Impossible
from fairground.wealth.property.calendar import last_day
from fairground.wealth.property.procedure import EventKind, Period, Procedure

__all__ = ["Case", "Event", "follow", "unfinished"]

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """Something that happened in a case: its kind, its day, and the reasons or a note."""

    kind: str
    day: date
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the case's history: an event, or the end of a period."""

    day: date
    what: str
    name: str
    by: str
    provision: str
    must: tuple[str, ...] = ()
    tell: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Running:
    """One period of the case: its last day, and how it stands.

    `state` is running, done (what it asked for was done in time), late (done after the last day), missed
    (the last day has passed and it was not done), ended-early (something else ended it) or over (it ran to
    its end).
    """

    period: str
    name: str
    kind: str
    who: str
    starts: date
    last: date
    state: str
    days_left: int
    provision: str
    status: str
    longer: str = ""


@dataclass(frozen=True)
class Next:
    """An event that may happen now, and until when if that is limited."""

    event: str
    name: str
    by: str
    until: date | None
    reasons: bool
    provision: str


@dataclass(frozen=True)
class Barred:
    """An event that may not happen now: the provision that stops it, and until when if that is known."""

    event: str
    name: str
    by: str
    until: date | None
    provision: str


@dataclass(frozen=True)
class Case:
    """A case on a day: the state of each track, its history, periods, what may happen and what is barred."""

    on: date
    states: tuple[tuple[str, str], ...]
    history: tuple[Entry, ...]
    periods: tuple[Running, ...]
    may: tuple[Next, ...]
    barred: tuple[Barred, ...]


@dataclass
class _Clock:
    period: Period
    starts: date
    last: date
    done: date | None = None
    over: bool = False


class _Follower:
    """The state of a case while its events are followed."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.states = dict(procedure.tracks)
        self.clocks: list[_Clock] = []
        self.history: list[Entry] = []
        self.happened: dict[str, date] = {}

    def pass_to(self, day: date) -> None:
        """Let every period that ended before a day take effect, the earliest first."""
        while True:
            ended = [c for c in self.clocks if not c.over and c.done is None and c.last < day]
            if not ended:
                return
            clock = min(ended, key=lambda c: c.last)
            clock.over = True
            self._end(clock)

    def _end(self, clock: _Clock) -> None:
        period = clock.period
        holds = all(self.states[track] in states for track, states in period.needs.items())
        if period.kind != "deadline" and holds:
            self.states.update(period.at_end)
            self._close(period.id, clock.last + DAY)
            self.history.append(
                Entry(clock.last + DAY, period.id, f"Ended: {period.name}", "", period.provision)
            )
            for later in self.procedure.periods:
                if period.id in later.opens_after:
                    self._open(later, clock.last)

    def _open(self, period: Period, day: date) -> None:
        starts = self.happened.get(period.counted_from, day)
        self.clocks.append(_Clock(period, starts, last_day(starts, period.length)))

    def running(self, id: str) -> _Clock | None:
        """Return the period of an id that runs now, if one does."""
        found = [c for c in self.clocks if c.period.id == id and not c.over and c.done is None]
        return found[-1] if found else None

    def allows(self, kind: EventKind) -> bool:
        """Return whether an event of a kind may happen in the state that the case is in."""
        return (
            self.states[kind.track] in kind.start
            and all(self.states[track] in states for track, states in kind.when.items())
            and (not kind.within or self.running(kind.within) is not None)
        )

    def bars(self, kind: EventKind) -> bool:
        """Return whether a provision stops an event of a kind in the state that the case is in."""
        stops = all(self.states[track] in states for track, states in kind.barred_when.items())
        return bool(kind.barred_by) and stops and not self.allows(kind)

    def take(self, event: Event) -> None:
        """Let an event happen that is allowed."""
        kind = self.procedure.kind(event.kind)
        self.states |= {kind.track: kind.to, **kind.sets, **kind.resets}
        self.happened[kind.id] = event.day
        self._close(kind.id, event.day)
        for period in self.procedure.periods:
            if kind.id in period.opens:
                self._open(period, event.day)
        entry = Entry(
            event.day, kind.id, kind.name, kind.by, kind.provision, kind.must, kind.tell, event.note
        )
        self.history.append(entry)

    def _close(self, by: str, day: date) -> None:
        for clock in self.clocks:
            ended = clock.over and clock.period.kind != "deadline"
            if by in clock.period.closes and clock.done is None and not ended:
                clock.done = day


def follow(procedure: Procedure, events: Sequence[Event], on: date, *, commenced: date | None = None) -> Case:
    """Return where a case stands on a day.

    Parameters
    ----------
    procedure : the rules.
    events : what happened, in any order; events of one day are taken in the order given.
    on : the day to look at; no event may be later.
    commenced : for a procedure that is not in force, the day to suppose that it began.

    Raises
    ------
    BadInput : an event that the procedure does not allow on its day (with the provision that stops it), an
        event after `on` or before the procedure began, or one that needs reasons and has none; names the row.
    Impossible : the procedure is not in force and no day was supposed.

    >>> from fairground.wealth.property import procedure
    >>> events = [Event("nominate", date(2026, 1, 5)), Event("list", date(2026, 2, 2))]
    >>> case = follow(procedure("acv-2011"), events, date(2026, 11, 25))
    >>> dict(case.states)["listing"], next(p.last for p in case.periods if p.period == "listing")
    ('listed', datetime.date(2031, 2, 1))
    """
    start = procedure.start or commenced
    if start is None:
        raise Impossible(
            f"{procedure.instrument} is not in force as far as we know. Suppose a day on which it began",
            (procedure.note,) if procedure.note else (),
        )
    case = _Follower(procedure)
    numbered = sorted(enumerate(events, start=2), key=lambda item: item[1].day)
    for row, event in numbered:
        _in_time(procedure, event, row, start, on)
        case.pass_to(event.day)
        _allowed(case, event, row)
        case.take(event)
    case.pass_to(on)
    return Case(
        on,
        tuple(case.states.items()),
        tuple(case.history),
        tuple(_running(clock, on) for clock in case.clocks),
        tuple(_next(case, kind) for kind in procedure.events if case.allows(kind)),
        tuple(_barred(case, kind) for kind in procedure.events if case.bars(kind)),
    )


def unfinished(procedure: Procedure, case: Case) -> tuple[str, ...]:
    """Return what is still owed in a case, so that it cannot be closed; nothing when it may be.

    A track must be in a state in which it ends, and no deadline may run or have been missed.

    Parameters
    ----------
    procedure : the rules that the case follows. case : where it stands.

    >>> from fairground.wealth.property import procedure
    >>> rules, asked = procedure("information-request"), [Event("request", date(2026, 11, 2))]
    >>> unfinished(rules, follow(rules, asked, date(2026, 11, 3)))
    ('The council must answer (Freedom of Information Act 2000, section 10(1) and (6))',)
    """
    owed = [
        f"{one.name} ({one.provision})"
        for one in case.periods
        if one.kind == "deadline" and one.state in ("running", "missed")
    ]
    states = dict(case.states)
    if not owed and any(states[track] not in ends for track, ends in procedure.ends.items()):
        running = [one for one in case.periods if one.state == "running"]
        owed = [f"{one.name} ({one.provision})" for one in case.may]
        owed += [f"{one.name} ({one.provision})" for one in running]
        owed = owed or [procedure.name]
    return tuple(owed)


def _in_time(procedure: Procedure, event: Event, row: int, start: date, on: date) -> None:
    if event.day < start:
        what = f"{procedure.instrument} was not yet in force"
        raise BadInput(what, "date", event.day, f"{start} or later", row)
    if event.day > on:
        raise BadInput(
            "An event cannot be later than the day we look at", "date", event.day, f"{on} or earlier", row
        )


def _allowed(case: _Follower, event: Event, row: int) -> None:
    kind = case.procedure.kind(event.kind)
    if case.allows(kind):
        if kind.reasons and not event.note.strip():
            what = f"'{kind.name}' needs its reasons ({kind.provision})"
            raise BadInput(what, "note", event.note, "the reasons, in words", row)
        return
    until = _until(case, kind)
    barred = case.bars(kind)
    when = f" before {until + DAY:%-d %B %Y}" if until and barred else f" on {event.day:%-d %B %Y}"
    late = kind.within and case.states[kind.track] not in kind.start
    why = (
        f"the time for it is over ({kind.provision})"
        if late
        else kind.barred_by
        if barred
        else kind.provision
    )
    may = (
        ", ".join(one.id for one in case.procedure.events if case.allows(one)) or "nothing more in this case"
    )
    raise BadInput(f"'{kind.name}' may not happen{when}: {why}", "event", kind.id, may, row)


def _until(case: _Follower, kind: EventKind) -> date | None:
    """Return the last day on which a pause that runs now bars a kind of event."""
    pauses = [c for c in case.clocks if c.period.kind == "pause" and not c.over and c.done is None]
    ends = [
        c.last for c in pauses if kind.track in c.period.at_end and c.period.at_end[kind.track] in kind.start
    ]
    return max(ends) if ends else None


def _running(clock: _Clock, on: date) -> Running:
    period = clock.period
    if clock.done is not None:
        on_time = "done" if period.kind in ("deadline", "window") else "ended-early"
        state = on_time if clock.done <= clock.last else "late"
    elif clock.last >= on:
        state = "running"
    else:
        state = "missed" if period.kind == "deadline" else "over"
    return Running(
        period.id, period.name, period.kind, period.who, clock.starts, clock.last, state,
        max(0, (clock.last - on).days) if state == "running" else 0,
        period.provision, period.status, period.longer,
    )  # fmt: skip


def _next(case: _Follower, kind: EventKind) -> Next:
    clock = case.running(kind.within) if kind.within else None
    return Next(kind.id, kind.name, kind.by, clock.last if clock else None, kind.reasons, kind.provision)


def _barred(case: _Follower, kind: EventKind) -> Barred:
    return Barred(kind.id, kind.name, kind.by, _until(case, kind), kind.barred_by)
