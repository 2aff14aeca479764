"""Targets of a standing jury: each jury looks like the place, and so do all who have ever sat on it.

A group of three in a hundred cannot have its part of eight new places each time, but it can have a place at
every fourth rotation. So the new people's targets are worked out from two things: the jury as it will be must
meet its own targets, and everyone who has sat, counted together, must be as many of each value as their share
of all places, rounded up or down.

That rotations can be planned so was shown for apportionment (Balinski and Young 1975, The quota method): with
places given one by one, every value can always have its share rounded up or down. For rotations of several
places `plan` gives more: each rotation and each sum of the first rotations is a share rounded up or down,
because the sets that are bounded (single numbers and sums from the start; whole rotations) make two families
of nested sets, and such a program has whole answers (Edmonds 1970; Cox 1987, Controlled rounding). A group of
rotations in the middle is then off by less than two. Kalayci and Micha (2026), Temporal panel selection in
ongoing citizens' assemblies, arXiv 2602.16194, ask for the same of panels and of sequences from the start.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput, Impossible
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.pool import Pool, Quotas, Target
from fairground.power.juries.solver import INFINITE, Program

__all__ = ["Seats", "Share", "let_out", "plan", "shares_of", "targets_for"]

ONE = Fraction(1)
Name = tuple[str, str]


@dataclass(frozen=True)
class Share:
    """The part of all places that one value should have.

    Raises
    ------
    BadInput : a part outside 0 to 1.
    """

    feature: str
    value: str
    part: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.part <= 1:
            raise BadInput("A share lies between 0 and 1", self.feature, self.part, "0 to 1")


@dataclass(frozen=True)
class Seats:
    """How many people have a value: who stay on the jury, and who have ever sat, those who stay included."""

    staying: Mapping[Name, int]
    ever: Mapping[Name, int]
    total: int


def shares_of(quotas: Quotas) -> tuple[Share, ...]:
    """Return each value's share: the middle of its target, over the sum of its feature's middles.

    Raises
    ------
    BadInput : a feature all of whose targets are nought.

    >>> from fairground.power.juries import Quotas, Target, shares_of
    >>> quotas = Quotas(4, (Target("age", "young", 1, 2), Target("age", "old", 2, 3)))
    >>> [str(share.part) for share in shares_of(quotas)]
    ['3/8', '5/8']
    """
    total: dict[str, int] = {}
    for target in quotas.targets:
        total[target.feature] = total.get(target.feature, 0) + target.low + target.high
    nothing = next((feature for feature, sum_of in total.items() if not sum_of), None)
    if nothing is not None:
        raise BadInput("Nobody may have any value of this feature", "feature", nothing, "a target above 0")
    return tuple(
        Share(t.feature, t.value, Fraction(t.low + t.high, total[t.feature])) for t in quotas.targets
    )


def targets_for(
    quotas: Quotas, shares: Sequence[Share], seats: Seats, places: int
) -> tuple[tuple[Target, ...], tuple[Target, ...]]:
    """Return the targets of the people who are drawn next, and how far these may be let out.

    With both the jury meets its own targets. With the first, everyone who has ever sat is also, value by
    value, their share of all places so far rounded down or up, as far as the jury's targets allow and the
    places suffice.

    Parameters
    ----------
    places : how many are drawn.

    Raises
    ------
    Impossible : those who stay are too many of one value for the jury's targets.
    """
    total = seats.total + places
    narrow, wide = [], []
    for feature in dict.fromkeys(target.feature for target in quotas.targets):
        here = [target for target in quotas.targets if target.feature == feature]
        parts = {share.value: share.part for share in shares if share.feature == feature}
        hard = [_free(target, seats, places) for target in here]
        wide += hard
        narrow += _of_feature(hard, parts, seats, places, total)
    return tuple(narrow), tuple(wide)


def _free(target: Target, seats: Seats, places: int) -> Target:
    """Return a target of the jury as it is for the people who are drawn."""
    stay = seats.staying.get((target.feature, target.value), 0)
    low, high = max(target.low - stay, 0), min(target.high - stay, places)
    if high < low:
        bounds = f"the jury must have {target.low} to {target.high}"
        why = f"{target.feature} {target.value}: {stay} stay, {places} are drawn, {bounds}"
        raise Impossible("Those who stay leave no room for the targets", (why,))
    return Target(target.feature, target.value, low, high)


def _of_feature(
    hard: Sequence[Target], parts: Mapping[str, Fraction], seats: Seats, places: int, total: int
) -> list[Target]:
    due = [parts[target.value] * total for target in hard]
    ever = [seats.ever.get((target.feature, target.value), 0) for target in hard]
    low = [min(max(math.floor(d) - e, t.low), t.high) for d, e, t in zip(due, ever, hard, strict=True)]
    high = [max(min(math.ceil(d) - e, t.high), t.low) for d, e, t in zip(due, ever, hard, strict=True)]
    off = [e - d for d, e in zip(due, ever, strict=True)]
    _let_out_in_place(low, high, hard, off, places)
    return [Target(t.feature, t.value, a, b) for t, a, b in zip(hard, low, high, strict=True)]


def _let_out_in_place(
    low: list[int], high: list[int], hard: Sequence[Target], off: Sequence[Fraction], places: int
) -> None:
    """Let the numbers out until they can add up to the places, each time where it does least harm."""
    while sum(low) > places:
        can = [at for at, target in enumerate(hard) if low[at] > target.low]
        if not can:
            break
        low[max(can, key=lambda at: off[at] + low[at])] -= 1
    while sum(high) < places:
        can = [at for at, target in enumerate(hard) if high[at] < target.high]
        if not can:
            break
        high[min(can, key=lambda at: off[at] + high[at])] += 1


def let_out(
    pool: Pool, places: int, narrow: Sequence[Target], wide: Sequence[Target]
) -> tuple[Target, ...] | None:
    """Return the narrow targets, let out as little as can be for people of the pool to meet them; or None.

    The greatest step by which any of them is let out is as small as can be, then the sum of all steps.

    Parameters
    ----------
    wide : how far each may be let out. None : not even the wide targets can be met.

    Raises
    ------
    BadInput : pool and targets do not fit. Impossible : the wide targets contradict themselves.

    >>> from fairground.power.juries import Pool, Target, Volunteer, let_out
    >>> pool = Pool(("age",), tuple(Volunteer(f"p{n}", ("old" if n else "young",)) for n in range(4)))
    >>> narrow = (Target("age", "young", 2, 2), Target("age", "old", 1, 1))
    >>> wide = (Target("age", "young", 0, 3), Target("age", "old", 0, 3))
    >>> [(t.low, t.high) for t in let_out(pool, 3, narrow, wide)]
    [(1, 2), (1, 2)]
    """
    kinds = Kinds.of(pool, Quotas(places, tuple(wide)))
    rows, number, count = *kinds.matrix.shape, len(wide)
    steps = 2 * count
    matrix = np.zeros((rows + 2 * steps, number + steps + 1))
    matrix[:rows, :number] = kinds.matrix
    matrix[rows : rows + count, :number] = kinds.matrix[1 : count + 1]
    matrix[rows + count : rows + steps, :number] = -kinds.matrix[1 : count + 1]
    matrix[rows : rows + steps, number:-1] = np.eye(steps)
    matrix[rows + steps :, number:-1] = -np.eye(steps)
    matrix[rows + steps :, -1] = 1
    least = [*(float(t.low) for t in narrow), *(-float(t.high) for t in narrow), *[0.0] * steps]
    program = Program(
        matrix, np.append(kinds.low, least), np.append(kinds.high, np.full(2 * steps, INFINITE)),
        np.append(kinds.least, np.zeros(steps + 1)), np.append(kinds.most, np.full(steps + 1, float(places))),
        whole=True,
    )  # fmt: skip
    program.within(0.0)
    program.costs(np.concatenate([np.zeros(number), -np.ones(steps), [-float(steps)]]))
    found = program.solve()
    if found is None:
        return None
    by = np.round(found[number:-1]).astype(int)
    return tuple(
        Target(t.feature, t.value, t.low - int(down), t.high + int(up))
        for t, down, up in zip(narrow, by[:count], by[count:], strict=True)
    )


def plan(parts: Sequence[Fraction], sizes: Sequence[int]) -> NDArray[np.int_]:
    """Return how many people of each value come at each rotation, shape (rotations, values).

    Every number, and every sum over the first rotations, is the value's share rounded down or up; each
    rotation has its size. Such a plan always exists.

    Parameters
    ----------
    parts : the share of each value; they add up to 1. sizes : how many come at each rotation.

    Raises
    ------
    BadInput : shares that do not add up to 1; a size below nought.

    >>> from fractions import Fraction
    >>> from fairground.power.juries import plan
    >>> found = plan([Fraction(1, 4), Fraction(3, 4)], [2, 2, 2, 2])
    >>> found.sum(axis=0).tolist(), found.sum(axis=1).tolist()
    ([2, 6], [2, 2, 2, 2])
    """
    if sum(parts, Fraction(0)) != ONE:
        raise BadInput("Shares must add up to 1", "share", float(sum(parts, Fraction(0))), "1")
    if any(size < 0 for size in sizes):
        raise BadInput("A rotation has no fewer than nobody", "size", min(sizes), "0 or more")
    rotations, values = len(sizes), len(parts)
    share = np.array([[part * size for part in parts] for size in sizes], dtype=object)
    summed = np.cumsum(share, axis=0)
    prefix = np.kron(np.tril(np.ones((rotations, rotations))), np.eye(values))
    whole = np.kron(np.eye(rotations), np.ones((1, values)))
    low = np.array([math.floor(s) for s in summed.ravel()], float)
    high = np.array([math.ceil(s) for s in summed.ravel()], float)
    program = Program(
        np.vstack([prefix, whole]), np.append(low, sizes), np.append(high, sizes),
        np.array([math.floor(s) for s in share.ravel()], float),
        np.array([math.ceil(s) for s in share.ravel()], float), whole=True,
    )  # fmt: skip
    found = program.solve()
    if found is None:  # pragma: no cover - proven not to happen
        raise ArithmeticError("no plan was found, which cannot be")
    return np.round(found).astype(int).reshape(rotations, values)
