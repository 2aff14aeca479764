"""Who may not volunteer for the next rotation: who sits, and who left not long ago (cooling-off)."""

from __future__ import annotations

from collections.abc import Callable

from fairground.errors import BadInput
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.told import Told
from fairground.web.power.standing.members import hashed, ring_of
from fairground.web.power.standing.models import Rotation, Sitting


def resting(jury: Jury) -> Callable[[Told], None] | None:
    """Return what refuses such people for this jury; None where it is no rotation of a standing jury."""
    now = Rotation.objects.filter(jury=jury).select_related("standing").first()
    if now is None or now.number == 1 or now.standing.ended_at:
        return None
    cooling = max(now.standing.cooling, 1)
    rows = Sitting.objects.filter(rotation__standing=now.standing, rotation__number__lt=now.number)
    out = {person for person, left in rows.values_list("person_hash", "left")
           if left is None or now.number - left < cooling}  # fmt: skip
    ring = ring_of(now.standing)

    def refuse(told: Told) -> None:
        if hashed(ring, told) in out:
            what = (
                "Somebody of this name at this address sits on this standing jury, or left it not long ago. "
                "Others have their turn first"
            )
            raise BadInput(what, "name", told.name)

    return refuse
