"""A standing jury from its first jury to its end; each step leaves an audit event.

Rule 1: the officers of its last jury are its officers; nobody else changes it.
Rule 2: a rotation begins when everyone who was drawn for it has said yes; only then can the next be set up.
Rule 3: who sat is known by a hash, so that nobody sits twice too soon; at the end hashes and key go.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from fairground.web.audit.actions import record
from fairground.web.participation.actions import free_slug, give_round_role
from fairground.web.participation.models import RoundRoleName
from fairground.web.power.juries import sealing
from fairground.web.power.juries.actions import juries
from fairground.web.power.juries.actions.people import officers
from fairground.web.power.juries.models import Jury, features_of
from fairground.web.power.juries.permissions import need
from fairground.web.power.lots.models import Seat, SeatState
from fairground.web.power.standing import bridge
from fairground.web.power.standing.members import Member, come, members
from fairground.web.power.standing.models import Known, Rotation, Sitting, StandingJury, StandingKey, last_of

DEED = "draw.run"


@transaction.atomic
def make_standing(jury: Jury, *, by: Any, title: str, summary: str, leave: int, cooling: int) -> StandingJury:
    """Let a jury stay while its people change; it is the first rotation.

    Raises
    ------
    BadInput : more would leave than sit; no targets. Impossible : it is a rotation already, or is erased.
    """
    need(by, DEED, jury)
    jury = Jury.objects.select_for_update(of=("self",)).get(pk=jury.pk)
    if Rotation.objects.filter(jury=jury).exists():
        raise Impossible("This jury is a rotation of a standing jury already.")
    if jury.erased_at:
        raise Impossible("This jury's pool is erased. It cannot be a standing jury any more.")
    if not 1 <= leave <= jury.size:
        raise BadInput("How many leave", "leave", leave, f"1 to {jury.size}, the size of the jury")
    if cooling < 0:
        raise BadInput("Rotations are counted", "cooling", cooling, "0 or more")
    targets = [
        [f.name, v.name, v.least, v.most, None if v.share is None else str(v.share)]
        for f in features_of(jury) for v in f.values.all()
    ]  # fmt: skip
    if not targets:
        raise BadInput("Say first whom the jury must hold: at least one feature, such as age.")
    standing = StandingJury.objects.create(
        slug=_slug(title), title=title, summary=summary, place_code=jury.round.place_code, size=jury.size,
        leave=leave, cooling=cooling, targets=targets, fictional=jury.round.fictional, created_by=by,
    )  # fmt: skip
    StandingKey.objects.create(standing=standing, wrapped=sealing.new_key(str(standing.pk)))
    Rotation.objects.create(standing=standing, number=1, jury=jury)
    record("standing.create", by=by, subject=str(standing.pk), size=jury.size, leave=leave, cooling=cooling)
    return standing


def _slug(title: str) -> str:
    slug, number = free_slug(title), 1
    wanted = slug
    while StandingJury.objects.filter(slug=wanted).exists():
        number += 1
        wanted = f"{slug[:74]}-{number}"
    return wanted


def _locked(standing: StandingJury, by: Any) -> Rotation:
    """Lock a standing jury for a change by an officer of its last jury; return its last rotation."""
    need(by, DEED, last_of(standing).jury)
    standing = StandingJury.objects.select_for_update(of=("self",)).get(pk=standing.pk)
    if standing.ended_at:
        raise Impossible("This standing jury has ended.")
    last = last_of(standing)
    need(by, DEED, last.jury)
    last.standing = standing
    return last


@transaction.atomic
def begin(standing: StandingJury, *, by: Any, on: Any = None) -> Rotation:
    """Write down that those who were drawn for the last rotation sit now.

    Raises
    ------
    Impossible : it has begun already, some have not said yes, the pool is erased.
    """
    last = _locked(standing, by)
    if last.began_on:
        raise Impossible(f"Rotation {last.number} has begun already.")
    yes = Seat.objects.filter(jury=last.jury, state=SeatState.ACCEPTED, draw__voided_at=None).count()
    if yes != last.jury.size:
        raise Impossible(f"{yes} of {last.jury.size} have said yes. A rotation begins when all have.")
    names = bridge.features_of(last.standing.targets)
    people = come(last, names)
    last.began_on = on or timezone.localdate()
    last.came = bridge.counted(names, (one.values for one in people))
    last.drawn = bridge.first_drawn(last.jury, names)
    last.save(update_fields=["began_on", "came", "drawn"])
    _sit(last, people)
    record("standing.begin", by=by, subject=str(last.standing_id), rotation=last.number, people=len(people))
    return last


@transaction.atomic
def next_rotation(standing: StandingJury, *, by: Any, title: str, summary: str, **facts: Any) -> Rotation:
    """Set the next rotation up: who leaves, and a jury of its own for those who come, with their targets.

    Raises
    ------
    Impossible : the last rotation has not begun; a pool is erased whose people sit still; those who stay
        leave no room for the targets. BadInput : days in the wrong order.
    """
    last = _locked(standing, by)
    standing = last.standing
    if last.began_on is None:
        raise Impossible(f"Rotation {last.number} has not begun yet. Begin it first.")
    names, number = bridge.features_of(standing.targets), last.number + 1
    now = members(standing, names)
    _add_who_stepped_in(standing, now)
    out = bridge.leavers(now, names, min(standing.leave, len(now)), last.jury)
    stay = [one for one in now if one.person not in out]
    came = list(standing.rotations.values_list("came", flat=True))
    targets, room = bridge.next_targets(standing.targets, standing.size, stay, came)
    sat = Sitting.objects.filter(rotation__standing=standing, left=None)
    left = sat.exclude(person_hash__in=[one.person for one in stay]).update(left=number)
    jury = _jury(last, targets, standing.size - len(stay), by=by, title=title, summary=summary, **facts)
    row = Rotation.objects.create(
        standing=standing,
        number=number,
        jury=jury,
        leaving=left,
        staying=len(stay),
        room=[[one.feature, one.value, one.low, one.high] for one in room],
    )
    row.stay.set([one.seat for one in stay])
    record("standing.rotate", by=by, subject=str(standing.pk), rotation=number, leave=left, stay=len(stay))
    return row


def _sit(rotation: Rotation, people: list[Member]) -> None:
    """Write down that these people sit, with all ways to know them again."""
    made = Sitting.objects.bulk_create(
        Sitting(rotation=rotation, person_hash=one.person, home_hash=one.home) for one in people
    )
    Known.objects.bulk_create(
        Known(sitting=sitting, person_hash=other)
        for sitting, one in zip(made, people, strict=True)
        for other in one.also
    )


def _add_who_stepped_in(standing: StandingJury, now: list[Member]) -> None:
    """Count those who took a seat after their rotation began, in place of somebody who left early."""
    names = bridge.features_of(standing.targets)
    for rotation in standing.rotations.all():
        known = set(rotation.sittings.values_list("person_hash", flat=True))
        new = [one for one in now if one.rotation == rotation.number and one.person not in known]
        if new:
            _sit(rotation, new)
            rotation.came = [*rotation.came, *bridge.counted(names, (one.values for one in new))]
            rotation.save(update_fields=["came"])


def _jury(last: Rotation, targets: tuple[bridge.Target, ...], places: int, *, by: Any, **facts: Any) -> Jury:
    """Set up the jury of those who come: the same questions, targets of their own, the same officers."""
    before, standing = last.jury, last.standing
    same = {name: getattr(before, name) for name in ("one_of_an_address", "letter_needed", "least_age")}
    jury = juries.create_jury(
        by=by, place_code=standing.place_code, fictional=standing.fictional, size=places, **same | facts
    )
    wanted = {(one.feature, one.value): one for one in targets}
    shares = {(f, v): share for f, v, _, _, share in standing.targets}
    asked = [
        juries.Asked(f.name, f.question, tuple(
            juries.Value(v.name, wanted[f.name, v.name].low, wanted[f.name, v.name].high,
                         Decimal(share) if (share := shares[f.name, v.name]) else None)
            for v in f.values.all()), f.hint, f.source)
        for f in features_of(before)
    ]  # fmt: skip
    juries.set_targets(jury, asked, by=by)
    for held in officers(before):
        if held.user_id != by.pk:
            give_round_role(jury.round, held.user, RoundRoleName.OFFICER, by=by)
    return jury


@transaction.atomic
def end(standing: StandingJury, *, by: Any) -> None:
    """End a standing jury: the key and the hashes of all who sat are destroyed; its pages stay."""
    last = _locked(standing, by)
    standing = last.standing
    _, gone = Sitting.objects.filter(rotation__standing=standing).delete()
    people = gone.get("standing.Sitting", 0)
    StandingKey.objects.filter(standing=standing).delete()
    standing.ended_at = timezone.now()
    standing.save(update_fields=["ended_at"])
    record("standing.end", by=by, subject=str(standing.pk), people=people)
