"""Somebody cannot come: who may be drawn in their place, and what those who are drawn must be.

The targets are worked out again from who remains, so that nobody has to do it by hand: of a value that three
people must have and two still have, one more is needed. Whoever was drawn before, or shares a home with
somebody who remains, is not drawn. The places that are free are then filled as a jury of their own.
"""

from __future__ import annotations

from collections.abc import Collection

from fairground.errors import BadInput, Impossible
from fairground.power.juries.pool import Pool, Quotas, Target

__all__ = ["to_replace"]


def to_replace(
    pool: Pool, quotas: Quotas, jury: Collection[str], left: Collection[str], declined: Collection[str] = ()
) -> tuple[Pool, Quotas]:
    """Return the people who may be drawn for the places of those who left, and the targets of these places.

    Parameters
    ----------
    jury : ids of the jury as it was drawn. left : ids of it who do not come. declined : ids of others who
        were asked and said no.

    Raises
    ------
    BadInput : nobody left, or somebody who was not on the jury. Impossible : nobody is left to draw from.

    >>> from fairground.power.juries import Pool, Quotas, Target, Volunteer, to_replace
    >>> pool = Pool(("age",), tuple(Volunteer(f"p{n}", ("young" if n < 3 else "old",)) for n in range(6)))
    >>> half = Quotas(4, (Target("age", "young", 2, 2), Target("age", "old", 2, 2)))
    >>> rest, free = to_replace(pool, half, ["p0", "p1", "p3", "p4"], ["p4"])
    >>> [person.id for person in rest.volunteers], [(t.value, t.low, t.high) for t in free.targets]
    (['p2', 'p5'], [('young', 0, 0), ('old', 1, 1)])
    """
    known = {person.id: person for person in pool.volunteers}
    for id in (*jury, *left, *declined):
        if id not in known:
            raise BadInput("Nobody in the pool has this id", "id", id)
    stranger = next((id for id in left if id not in set(jury)), None)
    if stranger is not None:
        raise BadInput("This person was not on the jury", "left", stranger, ", ".join(sorted(jury)))
    staying = [known[id] for id in jury if id not in set(left)]
    if len(staying) == len(set(jury)):
        raise BadInput("Nobody has left, so nobody is to be replaced", "left", "nobody", "at least one id")
    homes = {person.household for person in staying if person.household}
    out = set(jury) | set(declined)
    rest = tuple(p for p in pool.volunteers if p.id not in out and p.household not in homes)
    if not rest:
        raise Impossible("Nobody is left who could be drawn", (f"{len(left)} places are free",))
    have = {
        (t.feature, t.value): sum(p.values[pool.features.index(t.feature)] == t.value for p in staying)
        for t in quotas.targets
    }
    lacking = [(t, have[t.feature, t.value]) for t in quotas.targets]
    targets = tuple(Target(t.feature, t.value, max(t.low - n, 0), max(t.high - n, 0)) for t, n in lacking)
    return Pool(pool.features, rest), Quotas(quotas.size - len(staying), targets)
