"""What the pages of kept cases ask the engine: rows in, standings, letters and dates out.

A part of the bridge: only `bridge.py` and this file know the engine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from fairground import places
from fairground.errors import BadInput, FairgroundError
from fairground.evidence import Answer, Step
from fairground.questions.wealth import property as question
from fairground.report.words import messages, say, word
from fairground.wealth.property import (
    Event,
    EventKind,
    Length,
    Nominator,
    Procedure,
    follow,
    procedure,
    procedures,
)
from fairground.wealth.property.cases import Case as Standing
from fairground.wealth.property.cases import unfinished
from fairground.wealth.property.procedure import read, text_of

ACV = "acv-2011"


@dataclass(frozen=True)
class Told:
    """One event for the engine: its kind, its day, its reasons, and whether it is the one just added."""

    kind: str
    day: date
    note: str = ""
    new: bool = False


def text(id: str) -> tuple[str, str]:
    """Return the digest and the text of a procedure as it reads today."""
    held = text_of(id)
    return hashlib.sha256(held.encode()).hexdigest(), held


@lru_cache(maxsize=64)
def _read(held: str, name: str) -> Procedure:
    return read(held, name)


def rules(case: Any) -> Procedure:
    """Return the procedure of a case as it read when the case was opened, with the council's own lengths."""
    held = _read(case.edition.text, case.procedure)
    own = {id: Length(**length) for id, length in case.lengths.items()}
    return held.with_lengths(own) if own else held


def changed_since(case: Any) -> bool:
    """Return whether the procedure reads differently today from when the case was opened."""
    try:
        return text(case.procedure)[0] != case.edition_id
    except FairgroundError:
        return True


def names() -> list[tuple[str, str]]:
    """Return the procedures in force in England, under which a council can open a case: id and name."""
    return [(one.id, one.name) for one in procedures() if holds(one)]


def holds(one: Procedure) -> bool:
    """Return whether a procedure is in force in England, so that a real case may follow it."""
    return one.start is not None and one.jurisdiction == "England"


def refuse_what_does_not_hold(id: str, *, fictional: bool) -> None:
    """Refuse a real case under a law that is not in force here; a made-up one may show how it would be."""
    one = procedure(id)
    if not fictional and not holds(one):
        allowed = ", ".join(id for id, _ in names())
        raise BadInput(f"{one.instrument} is not in force in England", "procedure", id, allowed)


def every_name() -> dict[str, str]:
    """Return the name of each procedure by its id."""
    return {one.id: one.name for one in procedures()}


@dataclass(frozen=True)
class OwnLength:
    """A period whose length a council's own policy may set: of which procedure, and how long it is else."""

    procedure: str
    procedure_name: str
    period: str
    period_name: str
    length: dict[str, Any]


def own_lengths() -> list[OwnLength]:
    """Return the periods of procedures in force here whose lengths a council's own policy may set."""
    return [
        OwnLength(one.id, one.name, period.id, period.name, asdict(period.length))
        for one in procedures()
        if holds(one)
        for period in one.periods
        if period.may_set
    ]


def check_lengths(id: str, lengths: dict[str, dict[str, Any]]) -> None:
    """Refuse lengths that the law sets, or that cannot be."""
    procedure(id).with_lengths({name: Length(**length) for name, length in lengths.items()})


def events(case: Any) -> list[Told]:
    """Return the events of a case that count, oldest first."""
    return [Told(one.kind, one.day, one.note) for one in case.in_force()]


def standing(case: Any, on: date, told: Sequence[Told] | None = None) -> Answer[Any]:
    """Return where a case stands on a day; the events are its own unless others are given."""
    found = events(case) if told is None else told
    lines = [Event(one.kind, one.day, one.note) for one in found]
    return question.case(rules(case), lines, on, commenced=case.supposed_from)


def followed(case: Any, on: date, told: Sequence[Told] | None = None) -> Standing:
    """Return the same as the engine has it, with the ids of periods."""
    found = events(case) if told is None else told
    lines = [Event(one.kind, one.day, one.note) for one in found]
    return follow(rules(case), lines, on, commenced=case.supposed_from)


def check(case: Any, told: Sequence[Told], today: date) -> None:
    """Refuse events that the procedure does not allow, with the provision that stops them.

    Raises
    ------
    BadInput : names the field of the form (kind, day or note).
    """
    try:
        followed(case, today, told)
    except BadInput as fault:
        field = {"event": "kind", "date": "day", "note": "note"}.get(fault.field, "")
        row = fault.row
        if row is not None and row - 2 < len(told) and not told[row - 2].new:
            later = told[row - 2]
            what = (
                f"After this change a later step would not be allowed any more: {fault.what}. "
                f"That step is of {later.day:%-d %B %Y}. Correct it first"
            )
            raise BadInput(what) from fault
        if field == "kind":
            fault = replace(fault, value=None, allowed=_by_name(case, fault.allowed))
        raise replace(fault, field=field, row=None) from fault


def _by_name(case: Any, ids: str) -> str:
    names = dict(every_kind(case))
    return "; ".join(names.get(id, id) for id in ids.split(", "))


def kind(case: Any, id: str) -> EventKind:
    """Return a kind of event of the procedure that a case follows."""
    return rules(case).kind(id)


def every_kind(case: Any) -> list[tuple[str, str]]:
    """Return everything that may happen in the procedure of a case at all, by id and name."""
    return [(one.id, one.name) for one in rules(case).events]


def needs_answers(case: Any, id: str) -> str:
    """Return the provision by which a step waits until each representation is answered, or nothing."""
    found = kind(case, id)
    return found.provision if found.answers else ""


def takes_representations(case: Any, on: date) -> date | None:
    """Return the last day on which anyone may write to the council about a case, or None."""
    open_ = [one for one in followed(case, on).may if one.event == "represent"]
    return open_[0].until if open_ else None


def owed(case: Any, on: date) -> tuple[str, ...]:
    """Return what is still owed before a case may be closed."""
    return unfinished(rules(case), followed(case, on))


def deadlines(case: Any, on: date) -> list[Any]:
    """Return the deadlines of a case that run, or that passed without being met."""
    return [
        one
        for one in followed(case, on).periods
        if one.kind == "deadline" and one.state in ("running", "missed")
    ]


def running(case: Any, on: date) -> list[Any]:
    """Return every period that runs, the one that ends first at the head."""
    return sorted((one for one in followed(case, on).periods if one.state == "running"), key=lambda o: o.last)


def track_words(case: Any, on: date) -> str:
    """Return in a few words where the case stands: the state of each track that has begun."""
    held = rules(case)
    states = dict(followed(case, on).states)
    begun = [state for track, state in states.items() if state != held.tracks[track]]
    return ", ".join(word(f"state.{state}") for state in begun) or word("state.not-begun")


def timeline(case: Any, on: date) -> list[dict[str, Any]]:
    """Return what happened, what a period's end brought, and what comes, oldest first."""
    found = followed(case, on)
    rows = case.in_force()
    past: list[dict[str, Any]] = []
    for entry in found.history:
        row = next((r for r in rows if (r.kind, r.day) == (entry.what, entry.day)), None)
        if row is not None:
            rows.remove(row)
        past.append(
            {
                "day": entry.day, "name": entry.name, "provision": entry.provision, "state": "happened",
                "note": entry.note, "must": entry.must, "tell": entry.tell, "event": row,
            }
        )  # fmt: skip
    coming = [
        {
            "day": one.last, "name": one.name, "provision": one.provision, "state": one.state,
            "longer": one.longer, "status": one.status,
        }
        for one in found.periods
        if one.state in ("running", "missed")
    ]  # fmt: skip
    lines = sorted([*past, *coming], key=lambda one: one["day"])
    said = {"happened": "happened"}
    return [{**one, "words": said.get(one["state"]) or word(one["state"])} for one in lines]


def council(place_code: str) -> str:
    """Return the name of the council of a place, in words that fit into a sentence."""
    try:
        return f"the council of {places.get(place_code).name}"
    except FairgroundError:
        return "the council"


def place_name(code: str) -> str:
    """Return the name of the place with a code, or the code itself where it is in no register."""
    try:
        return places.get(code).name
    except FairgroundError:
        return code


def place_of(typed: str) -> tuple[str, str]:
    """Return the code and name of the district that somebody typed.

    Raises
    ------
    BadInput : no district of today has that name.
    """
    found = places.get(typed)
    if found.kind not in ("district", "county") or not found.current:
        raise BadInput("This is no council area of today", "place", typed, "the name of a district or county")
    return found.code, found.name


def nominators() -> tuple[Nominator, ...]:
    """Return the kinds of body that may nominate."""
    return procedure(ACV).nominators


def nominator(id: str) -> Nominator | None:
    """Return one kind of body by its id."""
    return next((one for one in nominators() if one.id == id), None)


def lengths() -> dict[str, str]:
    """Return how long each period of a nomination is, in words, by its name with _ for -."""
    return {
        one.id.replace("-", "_"): f"{one.length.number} {one.length.unit}" for one in procedure(ACV).periods
    }


def letters_of(case: Any, event: Any) -> tuple[str, ...]:
    """Return who must be told of an event: the parts in the procedure to whom a letter goes."""
    return kind(case, event.kind).tell


def letter(case: Any, event: Any, to: str, *, group: str = "") -> tuple[str, list[str]]:
    """Return the subject and the paragraphs of the letter about an event to one of those who must be told.

    Parameters
    ----------
    case, event : the rows. to : as the procedure names them, such as "the owner".
    group : the name of the group, where one is known.

    Raises
    ------
    BadInput : the procedure tells nobody of that name of this event.
    """
    rule = kind(case, event.kind)
    if to not in rule.tell:
        allowed = ", ".join(rule.tell) or "nobody"
        raise BadInput("Nobody of that name must be told of this", "to", to, allowed)
    facts = _facts(case, event, rule, group)
    code = f"letter.{case.procedure}.{event.kind}"
    known = messages()
    paragraphs = say(Step(code, facts)).split("\n\n")
    own = f"{code}.{to.removeprefix('the ').replace(' ', '-')}"
    if own in known:
        paragraphs += say(Step(own, facts)).split("\n\n")
    if event.note and rule.reasons:
        paragraphs.append(say(Step("letter.reasons", facts)))
    paragraphs += _dates(case, event)
    paragraphs.append(say(Step("letter.provision", {**facts, "provision": rule.provision})))
    if case.supposed_from:
        paragraphs.append(say(Step("letter.supposed", {"from": case.supposed_from})))
    return say(Step("letter.subject", {**facts, "what": rule.name})), paragraphs


def _facts(case: Any, event: Any, rule: EventKind, group: str) -> dict[str, Any]:
    where = f"{case.title}, {case.where}" if case.where else case.title
    return {
        "what": rule.name,
        "title": case.title,
        "where": where,
        "council": council(case.place_code),
        "day": event.day,
        "reasons": event.note,
        "group": group or "a community group",
        "about": case.about or case.title,
    }


def _dates(case: Any, event: Any) -> list[str]:
    """Return a line for each period that this event opened, as it stood on that day."""
    told = [
        Told(one.kind, one.day, one.note)
        for one in case.in_force()
        if (one.day, one.place) <= (event.day, event.place)
    ]
    found = followed(case, event.day, told)
    opened = [one for one in rules(case).periods if event.kind in one.opens]
    lines = []
    for period in opened:
        clock = next((one for one in reversed(found.periods) if one.period == period.id), None)
        if clock is not None:
            facts = {"name": clock.name, "last": clock.last, "provision": clock.provision}
            lines.append(say(Step("letter.date", facts)))
    return lines


def period_name(case: Any, id: str) -> str:
    """Return the words for a period of the procedure that a case follows."""
    return next((one.name for one in rules(case).periods if one.id == id), id)
