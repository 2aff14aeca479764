"""Taking a table of volunteers in, all of it or nothing, and turning that back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.web.audit.actions import record
from fairground.web.power.juries.actions.volunteers import register_all, withdraw
from fairground.web.power.juries.models import Jury, TakenIn
from fairground.web.power.juries.permissions import need
from fairground.web.power.juries.told import Told


@transaction.atomic
def take_in(jury: Jury, people: Sequence[Told], *, way: str, key: str, by: Any) -> TakenIn:
    """Put everybody of a table into the pool; the same table sent twice is taken in once.

    Raises
    ------
    BadInput : somebody who cannot be kept, or is in the pool already; then nobody is taken in.
    """
    need(by, "pool.open", jury)
    jury = Jury.objects.select_for_update(of=("self",)).get(pk=jury.pk)
    before = TakenIn.objects.filter(jury=jury, key=key).first()
    if before is not None:
        return before
    table = TakenIn.objects.create(jury=jury, by=by, key=key, people=len(people))
    register_all(jury, people, key=key, way=way, by=by, taken_in=table)
    record("pool.table", by=by, subject=str(jury.pk), people=len(people))
    return table


@transaction.atomic
def undo(table: TakenIn, *, by: Any) -> int:
    """Take everybody of a table out again, with all that it told; return how many. Twice changes nothing."""
    need(by, "pool.open", table.jury)
    table = TakenIn.objects.select_for_update(of=("self",)).select_related("jury__round").get(pk=table.pk)
    if table.undone_at is not None:
        return 0
    people = list(table.volunteers.filter(withdrawn_at=None))
    for person in people:
        withdraw(person, by=by, tell=False)
    table.undone_at = timezone.now()
    table.save(update_fields=["undone_at"])
    record("pool.table.undo", by=by, subject=str(table.jury_id), people=len(people))
    return len(people)
