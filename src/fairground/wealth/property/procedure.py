"""A legal procedure as data: what may happen, in which order, within which time, and under which provision.

A procedure has *tracks* that run side by side (the listing, its review, the sale), each in one state at a
time. An *event* of a kind moves a track to another state. A *period* runs from an event to its last day;
when it ends, it may move a track by itself. The files in `procedures/` hold one procedure each.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from fairground.errors import BadInput, NotFound
from fairground.wealth.property.calendar import Length

__all__ = ["EventKind", "Nominator", "Period", "Procedure", "procedure", "procedures", "text_of"]

STATUSES = ("law", "guidance", "policy", "not-in-force")
PERIOD_KINDS = ("deadline", "window", "pause", "standing")
BIDS = ("yes", "no", "ask")


@dataclass(frozen=True)
class EventKind:
    """What may happen in a case: who does it, from which states, within which time, by which provision.

    `when` are states that other tracks must be in; `within` is a period that must run on the day; `sets` and
    `resets` move further tracks; `barred_by` is the provision that stops it where it may not happen yet, and
    `barred_when` the states in which it does (any, where there are none);
    `reasons` says that it must be given with reasons; `repeats` that it may happen more than once; `answers`
    that each representation must be answered first.
    """

    id: str
    name: str
    by: str
    track: str
    start: tuple[str, ...]
    to: str
    provision: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: str = ""
    sets: Mapping[str, str] = field(default_factory=dict)
    resets: Mapping[str, str] = field(default_factory=dict)
    barred_by: str = ""
    barred_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reasons: bool = False
    repeats: bool = False
    answers: bool = False
    must: tuple[str, ...] = ()
    tell: tuple[str, ...] = ()


@dataclass(frozen=True)
class Period:
    """A time that runs in a case, and what happens at its end.

    `kind` is deadline (somebody must act by its end), window (somebody may act until its end), pause
    (something is barred until its end) or standing (a state that lasts until its end). It opens with an
    event of `opens`, or on the last day of a period of `opens_after`; with `counted_from` it is counted from
    an earlier event. Events and periods of `closes` end it before its time.
    """

    id: str
    name: str
    length: Length
    provision: str
    opens: tuple[str, ...] = ()
    opens_after: tuple[str, ...] = ()
    counted_from: str = ""
    closes: tuple[str, ...] = ()
    who: str = ""
    kind: str = "deadline"
    longer: str = ""
    may_set: bool = False
    status: str = "law"
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    at_end: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Nominator:
    """A kind of body that may begin a procedure, and what it must be besides.

    `members` is the fewest that it must have, 0 where no number is set; `no_surplus` says that it must not
    share a surplus among its members; `may_bid` (yes, no, ask) whether it may ask to be treated as a bidder.

    Raises
    ------
    BadInput : a number below 0, or another `may_bid`.
    """

    id: str
    name: str
    provision: str
    members: int = 0
    no_surplus: bool = False
    may_bid: str = "ask"

    def __post_init__(self) -> None:
        if self.members < 0:
            raise BadInput("A body cannot have so few members", "members", self.members, "0 or more")
        if self.may_bid not in BIDS:
            raise BadInput("Whether it may bid is not said so", "may_bid", self.may_bid, ", ".join(BIDS))

    def lacks(self, *, members: int, shares_surplus: bool) -> tuple[str, ...]:
        """Return what a body of this kind lacks to begin the procedure: members, no-surplus, or nothing."""
        found = ("members",) if members < self.members else ()
        return (*found, "no-surplus") if self.no_surplus and shares_surplus else found


@dataclass(frozen=True)
class Procedure:
    """A whole procedure, with the instrument it rests on and the day from which it is in force.

    `ends` are the states of tracks in which nothing more is owed; `nominators` the bodies that may begin it.

    Raises
    ------
    BadInput : an event or period names a track, state, event or period that the procedure does not have.
    """

    id: str
    name: str
    jurisdiction: str
    instrument: str
    url: str
    status: str
    source: str
    tracks: Mapping[str, str]
    events: tuple[EventKind, ...]
    periods: tuple[Period, ...]
    start: date | None = None
    note: str = ""
    ends: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nominators: tuple[Nominator, ...] = ()

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise BadInput("A procedure has no such status", "status", self.status, ", ".join(STATUSES))
        if (self.start is None) != (self.status == "not-in-force"):
            raise BadInput("A procedure in force needs the day it began", "from", self.start, "a date")
        kinds, known = {kind.id for kind in self.events}, {period.id for period in self.periods}
        _among(self.ends, self.tracks, "ends")
        for kind in self.events:
            names = [kind.track, *kind.when, *kind.sets, *kind.resets, *kind.barred_when]
            _among(names, self.tracks, f"tracks of '{kind.id}'")
            _among([kind.within] if kind.within else [], known, f"within of '{kind.id}'")
        for period in self.periods:
            counted = (period.counted_from,) if period.counted_from else ()
            _among([*period.opens, *counted], kinds, f"events of '{period.id}'")
            _among(period.closes, kinds | known, f"closes of '{period.id}'")
            _among(period.opens_after, known, f"opens_after of '{period.id}'")
            _among([*period.needs, *period.at_end], self.tracks, f"at_end of '{period.id}'")
            _among([period.kind], PERIOD_KINDS, f"kind of '{period.id}'")
            _among([period.status], STATUSES, f"status of '{period.id}'")

    def kind(self, id: str) -> EventKind:
        """Return a kind of event by its id.

        Raises
        ------
        NotFound : the procedure has no such event.
        """
        found = next((kind for kind in self.events if kind.id == id), None)
        if found is None:
            names = tuple(kind.id for kind in self.events)
            raise NotFound("No such event in this procedure", "event", id, nearest=names)
        return found

    def with_lengths(self, lengths: Mapping[str, Length]) -> Procedure:
        """Return the procedure with a council's own lengths for the periods that a policy may set.

        Raises
        ------
        NotFound : no such period. BadInput : the law sets that period, not the council.
        """
        known = {period.id: period for period in self.periods}
        for id in lengths:
            if id not in known:
                raise NotFound("No such period in this procedure", "period", id, nearest=tuple(known))
            if not known[id].may_set:
                may = ", ".join(p.id for p in self.periods if p.may_set) or "none of this procedure"
                raise BadInput(f"{known[id].provision} sets this period", "period", id, may)
        return replace(
            self,
            periods=tuple(
                replace(period, length=lengths[period.id], status="policy")
                if period.id in lengths
                else period
                for period in self.periods
            ),
        )


def _among(names: Any, known: Any, where: str) -> None:
    for name in names:
        if name not in known:
            raise BadInput(f"The procedure names something that it does not have ({where})", value=name)


def read(text: str, name: str) -> Procedure:
    """Return the procedure that a TOML text describes.

    Parameters
    ----------
    text : the file's text. name : the file's name, for errors.

    Raises
    ------
    BadInput : the text is no TOML, lacks a key, has an unknown one, or names what it does not have.
    """
    try:
        entry = tomllib.loads(text)
        events = tuple(_event(item) for item in entry.pop("events"))
        periods = tuple(_period(item) for item in entry.pop("periods"))
        start = entry.pop("from", None)
        ends = _states(entry.pop("ends", {}))
        bodies = tuple(Nominator(**item) for item in entry.pop("nominators", ()))
        return Procedure(**entry, events=events, periods=periods, start=start, ends=ends, nominators=bodies)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as fault:
        raise BadInput(f"This is not a procedure that we can read ({fault})", file=name) from fault


def _event(entry: dict[str, Any]) -> EventKind:
    start = tuple(entry.pop("from"))
    when, barred_when = (_states(entry.pop(name, {})) for name in ("when", "barred_when"))
    return EventKind(**_tuples(entry), start=start, when=when, barred_when=barred_when)


def _period(entry: dict[str, Any]) -> Period:
    length, end = Length(**entry.pop("length")), entry.pop("at_end", {})
    needs = {track: tuple(states) for track, states in end.get("from", {}).items()}
    return Period(**_tuples(entry), length=length, needs=needs, at_end=end.get("sets", {}))


def _states(entry: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {track: tuple(states) for track, states in entry.items()}


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


@cache
def _texts() -> dict[str, str]:
    folder = files("fairground.wealth.property").joinpath("procedures")
    found = sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    return {name.removesuffix(".toml"): folder.joinpath(name).read_text("utf-8") for name in found}


@cache
def procedures() -> tuple[Procedure, ...]:
    """Return every procedure that travels with Fairground, by id.

    >>> [one.id for one in procedures()][:2]
    ['acv-2011', 'acv-2026']
    """
    return tuple(read(text, f"{id}.toml") for id, text in _texts().items())


def text_of(id: str) -> str:
    """Return a procedure as its file reads today, so that a case can keep the rules it was opened under.

    Raises
    ------
    NotFound : no such procedure.

    >>> read(text_of("information-request"), "kept") == procedure("information-request")
    True
    """
    return _texts()[procedure(id).id]


def procedure(id: str) -> Procedure:
    """Return one procedure by its id.

    Raises
    ------
    NotFound : no such procedure.

    >>> procedure("information-request").periods[0].length.number
    20
    """
    found = next((one for one in procedures() if one.id == id), None)
    if found is None:
        names = tuple(one.id for one in procedures())
        raise NotFound("No such procedure", "procedure", id, ", ".join(names), nearest=names)
    return found
