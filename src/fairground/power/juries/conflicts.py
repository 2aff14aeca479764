"""Why no jury meets the targets, and what would mend it.

A smallest set of targets that clash is found by letting go of one target after another for as long as no jury
exists (Chinneck 2008, Feasibility and infeasibility in optimization: the deletion filter). A repair lowers
the least or raises the greatest number of some targets by as little as can be; to lower a small target
costs more than to lower a large one, and no target moves beyond its flexible bounds, where it has some. Each
next repair is made to spare the targets that those before it changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.power.juries.kinds import Kinds
from fairground.power.juries.pool import Pool, Quotas, Target
from fairground.power.juries.solver import Program

__all__ = ["Change", "Repair", "clashing", "exists", "obstacles", "repairs"]

Floats = NDArray[np.float64]
MANY = 100  # targets, beyond which a repair may cost a fiftieth more than the least: the least takes minutes


@dataclass(frozen=True)
class Change:
    """A target as it would have to be."""

    before: Target
    after: Target


@dataclass(frozen=True)
class Repair:
    """Targets that would have to change together, and by how many people in all."""

    changes: tuple[Change, ...]
    people: int


def exists(kinds: Kinds, loose: NDArray[np.bool_] | None = None, *, holding: int | None = None) -> bool:
    """Say whether a whole jury exists, with some rows let go, that holds somebody of one kind."""
    low, high, least = kinds.low, kinds.high, kinds.least
    if loose is not None:
        low, high = np.where(loose, 0, low), np.where(loose, kinds.most.sum(), high)
    if holding is not None:
        least = np.maximum(least, np.eye(1, len(least), holding)[0])
    program = Program(kinds.matrix, low, high, least, kinds.most, whole=True)
    return program.solve() is not None


def clashing(pool: Pool, quotas: Quotas) -> tuple[Target, ...] | None:
    """Return a smallest set of targets that no jury of this size can meet together; None where a jury exists.

    Empty where even without any target there is no jury: too few households, or too many who must be on it.
    """
    return _smallest(Kinds.of(pool, quotas), quotas)


def obstacles(pool: Pool, quotas: Quotas, ids: Sequence[str]) -> dict[tuple[Target, ...], tuple[str, ...]]:
    """Return why people can be on no jury: smallest sets of targets that none with them meets, and who.

    An empty set is a home of which somebody else must be on the jury, or a jury full of those who must.
    Whoever can be on a jury is left out.

    >>> from fairground.power.juries import Pool, Quotas, Target, Volunteer, obstacles
    >>> people = (Volunteer("a", ("young",)), Volunteer("b", ("old",)), Volunteer("c", ("old",)))
    >>> none_young = (Target("age", "young", 0, 0), Target("age", "old", 0, 2))
    >>> found = obstacles(Pool(("age",), people), Quotas(2, none_young), ["a", "b"])
    >>> [(clash[0].value, who) for clash, who in found.items()]
    [('young', ('a',))]
    """
    kinds = Kinds.of(pool, quotas)
    of = dict(
        zip(
            (p.id for p in pool.volunteers), kinds.each(np.arange(len(kinds.units), dtype=float)), strict=True
        )
    )
    why = {kind: _smallest(kinds, quotas, holding=int(kind)) for kind in {of[id] for id in ids}}
    found: dict[tuple[Target, ...], tuple[str, ...]] = {}
    for id in ids:
        clash = why[of[id]]
        if clash is not None:
            found[clash] = (*found.get(clash, ()), id)
    return found


def _smallest(kinds: Kinds, quotas: Quotas, *, holding: int | None = None) -> tuple[Target, ...] | None:
    if exists(kinds, holding=holding):
        return None
    loose = np.zeros(len(kinds.matrix), bool)
    for row in range(1, len(quotas.targets) + 1):
        loose[row] = True
        if exists(kinds, loose, holding=holding):
            loose[row] = False
    return tuple(t for row, t in enumerate(quotas.targets, start=1) if not loose[row])


def repairs(pool: Pool, quotas: Quotas, number: int = 3) -> tuple[Repair, ...]:
    """Return up to `number` different ways to change targets so that a jury exists, the least first."""
    kinds = Kinds.of(pool, quotas)
    count = len(quotas.targets)
    scarce = np.array([1 + 2 / max(t.low, 1) for t in quotas.targets])
    cost = np.concatenate([scarce, np.ones(count)])
    found: list[Repair] = []
    for _ in range(2 * number):
        change = _least_change(kinds, count, cost, _room(quotas))
        if change is None:
            break
        lowered, raised = change
        repair = _repair(quotas, lowered, raised)
        if repair.changes not in [known.changes for known in found]:
            found.append(repair)
        if len(found) == number:
            break
        used = np.concatenate([lowered, raised]) > 0
        cost = np.where(used, cost * 4, cost)
    return tuple(sorted(found, key=lambda one: one.people))


def _room(quotas: Quotas) -> Floats:
    """Return how far each target may be lowered, and then how far each may be raised."""
    down = [t.low - (t.floor or 0) for t in quotas.targets]
    up = [quotas.size if t.ceiling is None else t.ceiling - t.high for t in quotas.targets]
    return np.array([*down, *up], float)


def _least_change(kinds: Kinds, count: int, cost: Floats, room: Floats) -> tuple[Floats, Floats] | None:
    rows, number = kinds.matrix.shape
    wide = np.zeros((rows, number + 2 * count))
    wide[:, :number] = kinds.matrix
    at = np.arange(count)
    wide[at + 1, number + at], wide[at + 1, number + count + at] = 1, -1
    program = Program(
        wide, kinds.low, kinds.high,
        np.append(kinds.least, np.zeros(2 * count)), np.append(kinds.most, room), whole=True,
    )  # fmt: skip
    program.within(0.0 if count <= MANY else 0.02)
    program.costs(np.append(np.zeros(number), -cost))
    found = program.solve()
    return (
        None
        if found is None
        else (np.round(found[number : number + count]), np.round(found[number + count :]))
    )


def _repair(quotas: Quotas, lowered: Floats, raised: Floats) -> Repair:
    changes = tuple(_changes(quotas, lowered, raised))
    return Repair(changes, int(lowered.sum() + raised.sum()))


def _changes(quotas: Quotas, lowered: Floats, raised: Floats) -> Iterator[Change]:
    for target, down, up in zip(quotas.targets, lowered, raised, strict=True):
        if down or up:
            yield Change(
                target, Target(target.feature, target.value, target.low - int(down), target.high + int(up))
            )
