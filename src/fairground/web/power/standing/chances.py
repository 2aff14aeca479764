"""What earlier rotations gave the volunteers of a rotation beyond equal chances, so that its draw counts it.

Rule 1: every draw of an earlier rotation that counts is counted; whoever was drawn begins anew.
Rule 2: people are known again as members are, by a hash; two people of one pool are never taken for one.
Rule 3: nothing is kept for it: it is worked out from pools that are still there, so whoever withdrew, and
everybody of a pool that was erased, is forgotten and counts as new.
"""

from __future__ import annotations

from collections.abc import Iterator

from fairground.web.power.juries import sealing
from fairground.web.power.juries.models import Jury, Volunteer
from fairground.web.power.juries.outcomes import Outcome
from fairground.web.power.juries.told import read_all
from fairground.web.power.lots.models import Draw, standing
from fairground.web.power.standing import bridge
from fairground.web.power.standing.members import also_hashed, hashed, ring_of
from fairground.web.power.standing.models import Rotation

Hashes = tuple[str, ...]


def ahead(jury: Jury) -> dict[str, float]:
    """Return by how much earlier draws gave each volunteer, by number, more than equal chances; or less.

    Raises
    ------
    Impossible : the pool is erased.
    """
    now = Rotation.objects.filter(jury=jury).select_related("standing").first()
    if now is None or now.number == 1 or now.standing.ended_at:
        return {}
    ring, known, draws = ring_of(now.standing), dict[str, str](), []
    before = now.standing.rotations.filter(number__lt=now.number, jury__erased_at=None)
    for rotation in before.select_related("jury"):
        who = _known_again(rotation, ring, known)
        for draw in standing(rotation.jury):
            rows = bridge.chances_in(draw)
            draws.append([(who.get(one, _new(rotation, one)), chance, on) for one, chance, on in rows])
    found = bridge.ahead(draws)
    return {number: found.get(one, 0.0) for number, one in _known_again(now, ring, known).items()}


def outcomes(person: Volunteer) -> list[Outcome]:
    """Tell a volunteer on their own page what earlier rotations gave them, once a sealed draw counts it."""
    sealed = Draw.objects.filter(jury=person.jury, first=True, voided_at=None).exclude(council="")
    if not Rotation.objects.filter(jury=person.jury, number__gt=1).exists() or not sealed:
        return []
    beyond = bridge.own_ahead(sealed[0], person)
    if not beyond:
        return []
    words = (
        f"At earlier rotations your chances were {abs(beyond):.1%} {'less' if beyond < 0 else 'more'} than "
        "equal ones, all in all. This draw counts past and present chances together."
    )
    return [Outcome("Your earlier chances count", words, sealed[0].sealed_at)]


def _known_again(rotation: Rotation, ring: sealing.Ring, known: dict[str, str]) -> dict[str, str]:
    """Return who each volunteer of a rotation is, by number, and remember their hashes for the next."""
    pool = sorted(_pool(rotation.jury, ring), key=lambda one: one[1][0] not in known)  # same home first
    found: dict[str, str] = {}
    for number, ways in pool:
        there = (known[way] for way in ways if way in known)
        taken = set(found.values())
        found[number] = next((one for one in there if one not in taken), _new(rotation, number))
    for number, ways in pool:
        known.update(dict.fromkeys(ways, found[number]))
    return found


def _pool(jury: Jury, ring: sealing.Ring) -> Iterator[tuple[str, Hashes]]:
    for person, told in read_all(jury):
        yield str(person.number), (hashed(ring, told), *also_hashed(ring, told))


def _new(rotation: Rotation, number: str) -> str:
    return f"{rotation.number} {number}"
