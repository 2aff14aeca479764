"""Volunteering, changing what one told, and withdrawing; nobody counts twice, nobody is lost.

Rule 1: one form is one volunteer, however often it is sent: it carries a key.
Rule 2: nobody volunteers twice from one address under one name.
Rule 3: whoever withdraws leaves a number and nothing else, at once.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from fairground.web.audit.actions import record
from fairground.web.database import leave_no_trace
from fairground.web.power.juries import bridge, notices, outcomes, sealing
from fairground.web.power.juries.models import (
    MOST_OF_A_LETTER,
    Feature,
    Jury,
    Letter,
    TakenIn,
    Volunteer,
    Way,
    features_of,
)
from fairground.web.power.juries.permissions import need
from fairground.web.power.juries.told import Told

# What keeps somebody out of a jury's pool though their answers are right: each may give what refuses them.
RESTING: list[Callable[[Jury], Callable[[Told], None] | None]] = []


@transaction.atomic
def register(
    jury: Jury,
    told: Told,
    *,
    key: str,
    way: str = Way.ONLINE,
    letter_code: str = "",
    by: Any = None,
    code: str = "",
    taken_in: TakenIn | None = None,
) -> tuple[Volunteer, str]:
    """Put somebody into the pool; return them, and the code by which they come back (once, it is not kept).

    The same form sent again gives the same volunteer and no code.

    Parameters
    ----------
    code : the code, where the form has made one already. taken_in : the table that the person stood in.

    Raises
    ------
    BadInput : an answer that is not among the answers; no way to reach them; a letter's code that is
        nobody's or used up; the same person again. Impossible : registration is not open.
    """
    jury = Jury.objects.select_for_update(of=("self",)).get(pk=jury.pk)
    before = Volunteer.objects.filter(jury=jury, key=key).first()
    if before is not None:
        return before, ""
    if by is not None:
        need(by, "pool.open", jury)
    elif not jury.registering():
        raise Impossible("Registration for this jury is not open.")
    check(jury, told)
    if jury.letter_needed and by is None and not letter_code:
        raise BadInput("Only people who got a letter can volunteer", "letter_code", "")
    letter = letter_of(jury, letter_code)
    code = code or bridge.new_code()
    person = Volunteer(
        jury=jury, number=jury.volunteers.count() + 1, way=Way(way), letter=letter, entered_by=by, key=key,
        code_hash=sealing.digest(jury, bridge.read_code(code)), same_hash=_same(jury, told),
        taken_in=taken_in,
    )  # fmt: skip
    person.sealed = sealing.seal(jury, asdict(told), str(person.pk))
    person.save(force_insert=True)
    record("jury.volunteer", by=by, subject=str(jury.pk), number=person.number, way=str(way))
    return person, code


@transaction.atomic
def register_all(
    jury: Jury, people: Sequence[Told], *, key: str, way: str, by: Any = None, taken_in: TakenIn | None = None
) -> list[Volunteer]:
    """Put many people into the pool at once, all or none; nobody has a code until an officer gives one.

    Raises
    ------
    BadInput, Impossible : as in `register`, of the first person who cannot be kept.
    """
    jury = Jury.objects.select_for_update(of=("self",)).get(pk=jury.pk)
    if by is not None:
        need(by, "pool.open", jury)
    elif not jury.registering():
        raise Impossible("Registration for this jury is not open.")
    ring, asked, resting = sealing.Ring(jury), features_of(jury), _resting(jury)
    taken = set(jury.volunteers.exclude(same_hash="").values_list("same_hash", flat=True))
    made, first = [], jury.volunteers.count() + 1
    for at, told in enumerate(people):
        _check(asked, told)
        for refuse in resting:
            refuse(told)
        same = ring.digest(bridge.same_person(told.name, told.address, told.postcode, told.email))
        if same in taken:
            raise _twice(told)
        taken.add(same)
        one = Volunteer(
            jury=jury, number=first + at, way=Way(way), entered_by=by, taken_in=taken_in, key=f"{key}-{at}",
            code_hash=ring.digest(secrets.token_hex(16)), same_hash=same,
        )  # fmt: skip
        one.sealed = ring.seal(asdict(told), str(one.pk))
        made.append(one)
    Volunteer.objects.bulk_create(made, batch_size=500)
    record("jury.volunteers", by=by, subject=str(jury.pk), first=first, people=len(made), way=str(way))
    return made


@transaction.atomic
def change(person: Volunteer, told: Told, *, by: Any = None) -> None:
    """Keep what a volunteer corrected; with `by` an officer does it for them.

    Raises
    ------
    BadInput : as in `register`. Impossible : they withdrew.
    """
    person = _locked(person, by)
    check(person.jury, told)
    if by is not None:
        notices.by_an_officer(person, notices.reach(person), "changed what is kept about you")
    person.same_hash = _same(person.jury, told, but=person)
    person.sealed = sealing.seal(person.jury, asdict(told), str(person.pk))
    person.changed_at = timezone.now()
    person.save(update_fields=["sealed", "same_hash", "changed_at"])
    record("jury.volunteer.change", by=by, subject=str(person.jury_id), number=person.number)


@transaction.atomic
def withdraw(person: Volunteer, *, by: Any = None, tell: bool = True) -> None:
    """Take a volunteer out of the pool, with all that they told us; twice changes nothing.

    Parameters
    ----------
    tell : whether somebody whom an officer takes out is told so.
    """
    person = _locked(person, by, gone=True)
    if person.withdrawn_at is not None:
        return
    to = notices.reach(person) if by is not None and tell else None
    person.sealed = person.code_hash = person.same_hash = ""
    person.withdrawn_at, person.letter = timezone.now(), None  # its number stands in the list of addresses
    person.save(update_fields=["sealed", "code_hash", "same_hash", "withdrawn_at", "letter"])
    for also in outcomes.GONE:
        also(person)
    notices.by_an_officer(person, to, "took you out of those who volunteered, with all that you told us")
    record("jury.volunteer.withdraw", by=by, subject=str(person.jury_id), number=person.number)
    leave_no_trace()


@transaction.atomic
def renew_code(person: Volunteer, *, by: Any) -> str:
    """Give a volunteer whose code is lost a new one, once an officer knows who they are; the old one is void.

    Raises
    ------
    Impossible : they withdrew.
    """
    person = _locked(person, by)
    code = bridge.new_code()
    person.code_hash = sealing.digest(person.jury, bridge.read_code(code))
    person.save(update_fields=["code_hash"])
    record("jury.volunteer.code", by=by, subject=str(person.jury_id), number=person.number)
    return code


@transaction.atomic
def close(person: Volunteer) -> None:
    """End every pass to a volunteer's page: a copy of one opens nothing any more, the code does."""
    Volunteer.objects.filter(pk=person.pk).update(closed=F("closed") + 1)
    record("jury.volunteer.close", by=None, subject=str(person.jury_id), number=person.number)


def by_code(jury: Jury, code: str) -> Volunteer | None:
    """Return the volunteer of a code, or None."""
    if jury.erased_at:
        return None
    try:
        plain = bridge.read_code(code)
    except BadInput:
        return None
    return Volunteer.objects.filter(jury=jury, code_hash=sealing.digest(jury, plain)).first()


def check(jury: Jury, told: Told) -> None:
    """Refuse what cannot be kept: no name, no way to reach them, an answer that is none of the answers."""
    _check(features_of(jury), told)
    for refuse in _resting(jury):
        refuse(told)


def _resting(jury: Jury) -> list[Callable[[Told], None]]:
    return [refuse for more in RESTING if (refuse := more(jury)) is not None]


def _check(asked: Sequence[Feature], told: Told) -> None:
    if not told.name.strip():
        raise BadInput("Tell us your name", "name", "")
    if not (told.email or told.phone or told.address):
        raise BadInput("Give us one way to reach you: email, phone or address", "email", "")
    for feature in asked:
        allowed = [value.name for value in feature.values.all()]
        if told.values.get(feature.name) not in allowed:
            given = told.values.get(feature.name, "")
            raise BadInput(f"{feature.question}: choose one answer", feature.name, given, ", ".join(allowed))


def letter_of(jury: Jury, code: str) -> Letter | None:
    """Return the letter of a code, None without a code.

    Raises
    ------
    BadInput : no letter has the code, or as many people have used it as may.
    """
    if not code:
        return None
    hashed = sealing.digest(jury, bridge.read_code(code))
    letter = Letter.objects.filter(jury=jury, code_hash=hashed).first()
    if letter is None:
        raise BadInput("No letter of this jury has this code", "letter_code", code)
    if letter.volunteers.filter(withdrawn_at=None).count() >= MOST_OF_A_LETTER:
        what = f"{MOST_OF_A_LETTER} people have volunteered with this letter already"
        raise BadInput(what, "letter_code", code)
    return letter


def _same(jury: Jury, told: Told, but: Volunteer | None = None) -> str:
    """Return the hash of a person's name and address (or email), refused where somebody has it already."""
    hashed = sealing.digest(jury, bridge.same_person(told.name, told.address, told.postcode, told.email))
    others = jury.volunteers.exclude(pk=but.pk) if but else jury.volunteers
    if others.filter(same_hash=hashed).exists():
        raise _twice(told)
    return hashed


def _twice(told: Told) -> BadInput:
    return BadInput("Somebody of this name at this address has volunteered already", "name", told.name)


def _locked(person: Volunteer, by: Any, *, gone: bool = False) -> Volunteer:
    if by is not None:
        need(by, "pool.open", person.jury)
    Jury.objects.select_for_update(of=("self",)).get(pk=person.jury_id)
    found = Volunteer.objects.select_for_update(of=("self",)).select_related("jury__round").get(pk=person.pk)
    if found.withdrawn_at is not None and not gone:
        raise Impossible("This person has withdrawn. What they told us is erased.")
    return found


def new_key() -> str:
    """Return the key of a form that is shown for the first time."""
    return secrets.token_hex(16)
