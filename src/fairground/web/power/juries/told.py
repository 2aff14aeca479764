"""What a volunteer tells us, and how it is read again; it is kept sealed (see sealing.py)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairground.web.power.juries import sealing
from fairground.web.power.juries.models import Jury, Volunteer


@dataclass(frozen=True)
class Told:
    """A name, the answers by feature, how to reach the person, what would let them take part (`needs`)."""

    name: str
    values: dict[str, str]
    address: str = ""
    postcode: str = ""
    email: str = ""
    phone: str = ""
    needs: str = ""


def read(person: Volunteer) -> Told:
    """Return what a volunteer told us; only for themselves and for the jury's officers.

    Raises
    ------
    Impossible : the pool is erased. DataProblem : it does not open.
    """
    return Told(**sealing.unseal(person.jury, person.sealed, str(person.pk)))


def read_all(jury: Jury) -> Iterator[tuple[Volunteer, Told]]:
    """Yield everybody in a pool with what they told us, in order of their numbers.

    Raises
    ------
    Impossible : the pool is erased. DataProblem : something does not open.
    """
    ring = sealing.Ring(jury)
    for person in jury.volunteers.exclude(sealed=""):
        yield person, Told(**ring.unseal(person.sealed, str(person.pk)))
