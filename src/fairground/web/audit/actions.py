"""Writing to the audit log, reading it back, and checking it.

`record` belongs inside the transaction of the change that it records: both are kept, or neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.web.audit.chain import Break, Link, digest, first_break
from fairground.web.audit.models import AuditEvent, ChainHead

SYSTEM = "system"


def record(action: str, *, by: Any, subject: str = "", **facts: Any) -> AuditEvent:
    """Append an event.

    Parameters
    ----------
    action : what was done, as "area.verb", such as "role.grant".
    by : the user who did it (only the opaque identifier is kept), or None for the site itself.
    subject : the opaque identifier of what it was done to.
    **facts : values that JSON can hold; never personal data.
    """
    actor = str(by.pk) if by is not None and getattr(by, "pk", None) else SYSTEM
    plain = json.loads(json.dumps(facts))
    with transaction.atomic():
        head = ChainHead.objects.select_for_update().get(pk=1)
        link = Link(head.sequence + 1, timezone.now(), actor, action, subject, plain, head.digest)
        kept = digest(link)
        event = AuditEvent.objects.create(**{**vars(link), "digest": kept})
        ChainHead.objects.filter(pk=1).update(sequence=link.sequence, digest=kept)
    return event


def verify() -> tuple[int, Break | None]:
    """Check the whole chain: how many events are sound, and the first break if there is one."""
    with transaction.atomic():
        head = ChainHead.objects.select_for_update().get(pk=1)
        return first_break(_links(), head_sequence=head.sequence, head_digest=head.digest)


def export() -> Iterator[str]:
    """Yield each event as one line of JSON, in order, with its digest."""
    for link, kept in _links():
        yield json.dumps({**link.as_json(), "digest": kept}, sort_keys=True, ensure_ascii=False)


def _links() -> Iterator[tuple[Link, str]]:
    names = ("sequence", "at", "actor", "action", "subject", "facts", "previous", "digest")
    for row in AuditEvent.objects.order_by("sequence").values_list(*names).iterator(chunk_size=1000):
        yield Link(*row[:-1]), row[-1]
