"""Who sits on a standing jury now: read from the pools of its juries, known by a hash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fairground.errors import Impossible
from fairground.web.power.juries import sealing
from fairground.web.power.juries.bridge import home, same_person
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.told import Told
from fairground.web.power.lots.models import Seat, SeatState
from fairground.web.power.standing.models import Rotation, Sitting, StandingJury, StandingKey


@dataclass(frozen=True)
class Member:
    """Somebody who sits: since when, their hash, answers, home, other ways to know them, and their seat."""

    rotation: int
    person: str
    values: tuple[str, ...]
    home: str = ""
    also: tuple[str, ...] = ()
    seat: Any = None


def ring_of(standing: StandingJury) -> sealing.Ring:
    """Return what hashes people of a standing jury.

    Raises
    ------
    Impossible : it has ended.
    """
    key = StandingKey.objects.filter(standing=standing).first()
    if key is None:
        raise Impossible("This standing jury has ended.")
    return sealing.Ring.opened(key.wrapped, str(standing.pk))


def hashed(ring: sealing.Ring, told: Told) -> str:
    """Return the hash of a person: of their name and address, made alike."""
    return ring.digest(same_person(told.name, told.address, told.postcode, told.email))


def also_hashed(ring: sealing.Ring, told: Told) -> tuple[str, ...]:
    """Return other hashes, by which who moved is known again: of their name with email, with phone."""
    digits = "".join(sign for sign in told.phone if sign.isdigit())
    ways = [told.email.strip().casefold(), digits.removeprefix("44").removeprefix("0")]
    return tuple(ring.digest(same_person(told.name, "", "", f"also {way}")) for way in ways if way)


def home_hashed(ring: sealing.Ring, told: Told) -> str:
    """Return the hash of a person's home, or nothing where none is known."""
    where = home(told.address, told.postcode)
    return ring.digest(f"home {where}") if where else ""


def seated(jury: Jury) -> Iterator[tuple[Any, Told]]:
    """Yield the seat of each who said yes, and what they told us.

    Raises
    ------
    Impossible : the pool is erased.
    """
    ring = sealing.Ring(jury)
    seats = Seat.objects.filter(jury=jury, state=SeatState.ACCEPTED, draw__voided_at=None)
    for seat in seats.select_related("volunteer"):
        yield seat.pk, Told(**ring.unseal(seat.volunteer.sealed, str(seat.volunteer.pk)))


def come(rotation: Rotation, features: Sequence[str]) -> list[Member]:
    """Return who came at a rotation and is there still, or has left by their term.

    Raises
    ------
    Impossible : the pool is erased, or other questions were asked.
    """
    ring, found = ring_of(rotation.standing), []
    for seat, told in seated(rotation.jury):
        if not set(features) <= set(told.values):
            raise Impossible(f"Rotation {rotation.number} asked other questions than the standing jury.")
        values = tuple(told.values[name] for name in features)
        found.append(
            Member(
                rotation.number, hashed(ring, told), values, home_hashed(ring, told), also_hashed(ring, told),
                seat,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: one.person)


def members(standing: StandingJury, features: Sequence[str]) -> list[Member]:
    """Return who sits now, those who have sat longest first.

    Raises
    ------
    Impossible : a pool is erased although some of its people sit still; it has ended.
    """
    found: list[Member] = []
    for rotation in standing.rotations.exclude(began_on=None).select_related("jury", "standing"):
        rows = Sitting.objects.filter(rotation=rotation)
        if rows.filter(left=None).exists():
            out = set(rows.exclude(left=None).values_list("person_hash", flat=True))
            found += [one for one in come(rotation, features) if one.person not in out]
    return found
