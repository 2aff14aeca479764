"""What the pages of juries ask the engine: pools and targets as it knows them, codes, who is who."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from fairground.evidence import Quality, Source
from fairground.power.budgeting.receipts import read_code, write_code
from fairground.power.juries import Pool, Quotas, Target, Volunteer, household
from fairground.questions.power.volunteers import PoolRead
from fairground.web.power.juries.models import Jury, features_of
from fairground.web.power.juries.told import read

__all__ = ["new_code", "pool_read", "quotas", "quotas_of", "read_code", "same_person"]


def new_code() -> str:
    """Return a new code of 128 random bits, as people type it."""
    return write_code(secrets.token_bytes(16))


def same_person(name: str, address: str, postcode: str, email: str) -> str:
    """Return a name with its address (its email where there is none) made alike: one text for one person."""
    home = household(address, postcode) if address.strip() else email.strip().casefold()
    return "\n".join((" ".join(name.casefold().split()), home))


def quotas(size: int, targets: Sequence[tuple[str, str, int, int]]) -> Quotas:
    """Return targets as the engine knows them.

    Raises
    ------
    BadInput, Impossible : targets that no jury of this size meets.
    """
    return Quotas(size, tuple(Target(*one) for one in targets))


def quotas_of(jury: Jury) -> Quotas:
    """Return whom a jury must hold."""
    return quotas(
        jury.size,
        [(f.name, v.name, v.least, v.most) for f in features_of(jury) for v in f.values.all()],
    )


def pool_read(jury: Jury) -> PoolRead:
    """Return a jury's pool as the engine knows it: numbers, answers and households; no names.

    Raises
    ------
    BadInput : nobody has volunteered. Impossible : the pool is erased.
    """
    names = tuple(feature.name for feature in features_of(jury))
    people = []
    for one in jury.volunteers.exclude(sealed=""):
        told = read(one)
        home = household(told.address, told.postcode) if jury.one_of_an_address and told.address else ""
        people.append(Volunteer(str(one.number), tuple(told.values[name] for name in names), home))
    pool = Pool(names, tuple(people))
    held = "held by the jury's officers"
    source = Source(f"jury-{jury.pk}", jury.round.title, "who volunteered for this jury", "", held, "")
    left = jury.volunteers.filter(sealed="").count()
    return PoolRead(
        pool, source, Quality(len(people) + left, len(people), {"withdrew": left} if left else {}), ()
    )
