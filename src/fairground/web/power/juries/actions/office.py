"""What officers look at and take along of a pool; each look at a person leaves an audit event."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.power.juries import bridge
from fairground.web.power.juries.models import Jury, Volunteer, features_of
from fairground.web.power.juries.permissions import need
from fairground.web.power.juries.told import Told, read, read_all

NAMED = ("Name", "Address", "Postcode", "Email", "Phone", "What would help")


@transaction.atomic
def open_person(person: Volunteer, *, by: Any) -> Told:
    """Return what one volunteer told us, and write down that this officer looked.

    Raises
    ------
    Impossible : they withdrew, or the pool is erased.
    """
    need(by, "pool.open", person.jury)
    told = read(person)
    record("pool.open", by=by, subject=str(person.jury_id), number=person.number)
    return told


@transaction.atomic
def find(jury: Jury, words: str, *, by: Any) -> list[int]:
    """Return the numbers of the volunteers whose name, email, phone or postcode has these words in it.

    The audit event says that somebody was looked for, not who.

    Raises
    ------
    BadInput : fewer than three letters, which half the pool would have.
    """
    need(by, "pool.open", jury)
    wanted = " ".join(words.casefold().split())
    if len(wanted) < 3:
        raise BadInput("Type at least three letters", "words", words)
    found = [
        person.number
        for person, told in read_all(jury)
        if any(wanted in " ".join(part.casefold().split()) for part in _sought(told))
    ]
    record("pool.find", by=by, subject=str(jury.pk), found=len(found))
    return found


def _sought(told: Told) -> tuple[str, ...]:
    return (told.name, told.email, told.phone, told.postcode, told.postcode.replace(" ", ""))


@transaction.atomic
def table(jury: Jury, *, by: Any, names: bool = False, reason: str = "") -> tuple[list[str], list[list[Any]]]:
    """Return a pool as a table: numbers and answers; names and ways to reach people only for a reason.

    Raises
    ------
    BadInput : names without a reason.
    """
    need(by, "pool.open", jury)
    if names and len(reason.strip()) < 5:
        raise BadInput("Say why names are needed", "reason", reason)
    features = [feature.name for feature in features_of(jury)]
    heads = ["Number", *features, "Home", *(NAMED if names else ())]
    homes: dict[str, int] = {}
    rows = []
    pool = list(read_all(jury))
    for (person, told), key in zip(pool, bridge.lodging(pool).names, strict=True):
        home = homes.setdefault(key, len(homes) + 1) if key else ""
        row = [person.number, *(told.values.get(name, "") for name in features), home]
        if names:
            row += [told.name, told.address, told.postcode, told.email, told.phone, told.needs]
        rows.append(row)
    record(
        "pool.export", by=by, subject=str(jury.pk), people=len(rows), names=names,
        **({"reason": reason.strip()[:300]} if names else {}),
    )  # fmt: skip
    return heads, rows
