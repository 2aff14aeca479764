"""Who may not be drawn for the next rotation: who sits, who left not long ago, who lives with a member."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fairground.errors import BadInput, Impossible
from fairground.web.power.juries.models import Jury, Volunteer
from fairground.web.power.juries.outcomes import Outcome
from fairground.web.power.juries.told import Told, read
from fairground.web.power.lots.models import Draw
from fairground.web.power.standing.members import also_hashed, hashed, home_hashed, ring_of
from fairground.web.power.standing.models import Known, Rotation, Sitting


def resting(jury: Jury) -> Callable[[Told], None] | None:
    """Return what refuses such people for this jury; None where it is no rotation of a standing jury."""
    now = Rotation.objects.filter(jury=jury).select_related("standing").first()
    if now is None or now.number == 1 or now.standing.ended_at:
        return None
    cooling = max(now.standing.cooling, 1)
    rows = Sitting.objects.filter(rotation__standing=now.standing, rotation__number__lt=now.number)
    rests = {pk: person for pk, person, left in rows.values_list("pk", "person_hash", "left")
             if left is None or now.number - left < cooling}  # fmt: skip
    also = Known.objects.filter(sitting__in=rests).values_list("person_hash", flat=True)
    out, ring = {*rests.values(), *also}, ring_of(now.standing)

    def refuse(told: Told) -> None:
        if out & {hashed(ring, told), *also_hashed(ring, told)}:
            what = (
                "Somebody of this name, at this address or with this email or phone, sits on this standing "
                "jury, or left it not long ago. "
                "Others have their turn first"
            )
            raise BadInput(what, "name", told.name)

    return refuse


def shares_a_home(jury: Jury) -> Callable[[Told], bool] | None:
    """Return what says of somebody that they share a home with a member who stays; None where it matters not.

    They may volunteer, and are left out of the draw: whoever has stopped sitting by then is in nobody's way.
    """
    now = Rotation.objects.filter(jury=jury).select_related("standing").first()
    if now is None or now.number == 1 or now.standing.ended_at or not jury.one_of_an_address:
        return None
    stays = Sitting.objects.filter(
        rotation__standing=now.standing, rotation__number__lt=now.number, left=None
    )
    homes, ring = set(stays.exclude(home_hash="").values_list("home_hash", flat=True)), ring_of(now.standing)
    return lambda told: home_hashed(ring, told) in homes


def outcomes(person: Volunteer) -> list[Outcome]:
    """Tell a volunteer on their own page that they are not in the draw, once it is sealed."""
    sealed = Draw.objects.filter(jury=person.jury, voided_at=None).exclude(seal="").first()
    shares = shares_a_home(person.jury) if sealed and person.sealed and not person.jury.erased_at else None
    if sealed is None or shares is None or not shares(read(person)):
        return []
    words = "Somebody who lives with you sits on this jury, and at most one person of a home does."
    return [Outcome("You are not in the draw this time", words, sealed.sealed_at)]


def room_for(jury: Jury, wanted: Sequence[tuple[str, str, int, int]]) -> None:
    """Refuse targets of a rotation under which the whole standing jury would miss its own.

    Raises
    ------
    Impossible : names each value, how many those who come may be, and why.
    """
    now = Rotation.objects.filter(jury=jury).select_related("standing").first()
    if now is None or not now.room:
        return
    room = {(feature, value): (low, high) for feature, value, low, high in now.room}
    whole = {(f, v): (low, high) for f, v, low, high, _ in now.standing.targets}
    wrong = []
    for feature, value, least, most in wanted:
        low, high = room.get((feature, value), (0, now.jury.size))
        if least < low or most > high:
            may = f"{low}" if low == high else f"{low} to {high}"
            must = " to ".join(map(str, whole.get((feature, value), ())))
            wrong.append(f"{feature}, {value}: those who come may be {may}, as the whole jury has {must}")
    if wrong:
        what = "With those who stay, the standing jury would miss its own targets"
        raise Impossible(what, tuple(wrong))
