"""Publishing who volunteered, once, with small counts left out."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from fairground.web.audit.actions import record
from fairground.web.power.juries.bridge import LEAST, hidden
from fairground.web.power.juries.models import Jury, PublishedPool
from fairground.web.power.juries.permissions import need
from fairground.web.power.juries.pictures import would_tell
from fairground.web.power.juries.pool_view import standing


@transaction.atomic
def publish_pool(jury: Jury, *, by: Any) -> PublishedPool:
    """Publish how many volunteers gave each answer; twice changes nothing, whatever has happened since.

    Raises
    ------
    BadInput : people can still volunteer. Impossible : so few volunteered that any table would show who; a
        draw shows the pool already, and it has changed since.
    """
    need(by, "pool.open", jury)
    jury = Jury.objects.select_for_update(of=("self",)).get(pk=jury.pk)
    before = PublishedPool.objects.filter(jury=jury).first()
    if before is not None:
        return before
    if timezone.now() < jury.registration_closes:
        raise BadInput("People can still volunteer. Publish the table once registration has closed")
    if would_tell(jury):
        raise Impossible(
            "The page of a draw shows who volunteered, and somebody came, left or was corrected since. "
            "A second table would tell what they answered."
        )
    now = standing(jury)
    if now.people < LEAST:
        raise Impossible(f"Fewer than {LEAST} people volunteered. A table would show who they are.")
    counts = []
    for feature in dict.fromkeys(row.feature for row in now.rows):
        rows = [row for row in now.rows if row.feature == feature]
        told = hidden([row.people for row in rows])
        counts.append(
            [feature, [[row.value, row.place, people] for row, people in zip(rows, told, strict=True)]]
        )
    made = PublishedPool.objects.create(jury=jury, by=by, people=now.people, counts=counts)
    record("jury.pool.publish", by=by, subject=str(jury.pk), people=now.people)
    return made
