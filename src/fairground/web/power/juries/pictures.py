"""When it was shown to everyone who volunteered, answer by answer, and whether it may be shown once more.

Two tables of a pool that changed in between tell, by their difference, what the one person answered who came,
left or was corrected. So what is shown a second time must be of the very same people and answers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q

from fairground.web.power.juries.models import Jury, PublishedPool

# Where other apps show it: each gives the moments from which on a change would not be in what it shows.
SHOWN: list[Callable[[Jury], list[datetime]]] = []


def would_tell(jury: Jury, since: datetime | None = None) -> bool:
    """Say whether a further table of the pool would tell of one person: another was shown of another pool.

    Call it with the jury locked. `since` is when the pool of the further table was read, where not now.
    """
    shown = list(PublishedPool.objects.filter(jury=jury).values_list("at", flat=True))
    shown += [at for part in SHOWN for at in part(jury)]
    if not shown:
        return False
    first = min([*shown, *([since] if since else [])])
    other = Q(registered_at__gte=first) | Q(changed_at__gte=first) | Q(withdrawn_at__gte=first)
    return jury.volunteers.filter(other).exists()
