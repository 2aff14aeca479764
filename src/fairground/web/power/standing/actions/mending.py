"""Finding out who stays at rotations that were set up before the site wrote it down.

Rule 1: whoever came earlier, sits still by their hash, and did not leave by this rotation, stays at it.
Rule 2: pools that are erased tell nothing any more; whoever is only in them is not listed.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from fairground.web.audit.actions import record
from fairground.web.power.standing import bridge
from fairground.web.power.standing.members import come
from fairground.web.power.standing.models import Rotation, Sitting


def find_all() -> int:
    """Find who stays at every rotation that does not know it; return of how many rotations it was found."""
    rows = Rotation.objects.filter(staying__gt=0, stay=None, standing__ended_at=None)
    return sum(find_who_stays(row) > 0 for row in rows.select_related("standing"))


@transaction.atomic
def find_who_stays(rotation: Rotation) -> int:
    """Write down who stays at a rotation, as far as pools tell; return how many were found."""
    features, found = bridge.features_of(rotation.standing.targets), []
    before = rotation.standing.rotations.filter(number__lt=rotation.number, jury__erased_at=None)
    for earlier in before.exclude(began_on=None).select_related("jury", "standing"):
        sits = Sitting.objects.filter(Q(left=None) | Q(left__gt=rotation.number), rotation=earlier)
        known = set(sits.values_list("person_hash", flat=True))
        found += [one.seat for one in come(earlier, features) if one.person in known]
    if found:
        rotation.stay.set(found)
        record(
            "standing.who-stays", by=None, subject=str(rotation.standing_id), rotation=rotation.number,
            people=len(found),
        )  # fmt: skip
    return len(found)
