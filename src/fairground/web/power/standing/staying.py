"""Who stays on a standing jury at a later rotation, for the lists of its sessions and payments.

Rule 1: whoever stayed when the rotation was set up is listed, also if they left since then, and whoever took
their seat. Rule 2: their seats are numbered after those of the people who came, rotation by rotation back, so
that a number stays the same whoever leaves.
"""

from __future__ import annotations

from fairground.web.power.juries.models import Jury
from fairground.web.power.lots.models import Seat, SeatState
from fairground.web.power.sittings.members import Stay
from fairground.web.power.standing.models import Rotation


def stays(jury: Jury) -> list[Stay]:
    """Return the seats of those who stay at the rotation of a jury, those who came last first."""
    now = Rotation.objects.filter(jury=jury).first()
    if now is None or now.number == 1:
        return []
    kept = {(seat.jury_id, seat.place): seat.said_yes_at for seat in now.stay.all()}
    found, after = [], jury.size
    before = Rotation.objects.filter(standing=now.standing_id, number__lt=now.number).order_by("-number")
    for rotation in before.select_related("jury"):
        rows = Seat.objects.filter(jury=rotation.jury_id, draw__voided_at=None).exclude(said_yes_at=None)
        for row in rows.select_related("volunteer__jury__round").order_by("place", "said_yes_at"):
            since = kept.get((row.jury_id, row.place))
            if since is not None and row.said_yes_at is not None and row.said_yes_at >= since:
                found.append(Stay(row, after, rotation.number))
        after += rotation.jury.size
    return found


def sitting(jury: Jury) -> list[tuple[str, Seat]]:
    """Return who stays and sits still, by what a table plan calls them: rotation and number, such as 1-12."""
    rows = [one for one in stays(jury) if one.row.state == SeatState.ACCEPTED]
    return [(f"{one.since}-{one.row.volunteer.number}", one.row) for one in rows]


def targets_tell(jury: Jury) -> bool:
    """Say whether a jury's targets are worked out from who sat before: of every rotation but the first."""
    return Rotation.objects.filter(jury=jury, number__gt=1).exists()


def later(seat: Seat) -> list[Jury]:
    """Return the juries of later rotations at which somebody with this seat sits too, in order."""
    if seat.said_yes_at is None:
        return []
    before = Seat.objects.filter(jury=seat.jury_id, place=seat.place, said_yes_at__lte=seat.said_yes_at)
    rows = Rotation.objects.filter(stay__in=before).exclude(jury__round__published_at=None)
    return [row.jury for row in rows.select_related("jury__round").order_by("number").distinct()]
