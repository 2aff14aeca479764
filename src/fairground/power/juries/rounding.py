"""A lottery rounded to numbered juries of equal weight, so that one number drawn in public chooses one.

- Rule 1. Each jury keeps the whole part of its share of the numbers.
- Rule 2. Where many numbers are left, juries of the lottery are taken as often as their weights say, always
  the one that brings every kind of people nearest to its share so far (herding).
- Rule 3. For the last tenth, the seats that each kind still has to come are rounded up or down to whole
  seats, as the targets allow. Then a whole jury is taken out, and another, so that what is left can still
  be shared out among as many fractional juries as are left. When the last is taken, every kind has just its
  whole seats.
- Rule 4. People alike are called by turns.

So nobody's share of the numbers differs from their chance by 1/m or more, for m juries: their number of
juries is their chance times m, rounded up or down. (A kind's seats are rounded up or down, and shared out
by turns.) That is the most that can be promised: m times a chance is seldom whole. Baum and Trotter (1981),
Integer rounding for polymatroid and branching optimization problems, call it integer decomposition, which
not every set of targets has: where no whole jury can be taken out, in any of five orders, the rest are the
nearest of the lottery, and what anybody's chance changes by is counted all the same. Flanigan, Kehne and
Procaccia (2021), Fair sortition made transparent, promise k/m for juries of k people. Chen,
Welling and Smola (2010), Super-samples from kernel herding.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from fairground.errors import BadInput
from fairground.power.juries.decomposition import Faces, Mixture
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.lottery import Calls, Lottery
from fairground.power.juries.solver import Program

__all__ = ["apart", "check_number", "numbered"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST = 10_000  # numbered juries
LAST = 0.1  # the part of the numbers that whole juries are looked for
TURNS = 5  # in which whole juries are taken out in another order, where the last cannot be
WIDER = 2  # juries to choose among for each number
NEAR = 1e-9
FEWER = (1.0, 0.95, 0.9, 0.8, 0.6, 0.4, 0.2)  # of the juries herded, as many as leave seats for everyone


def numbered(kinds: Kinds, mixture: Mixture, number: int = 1000) -> tuple[tuple[int, ...], ...]:
    """Return juries of equal weight, so that one number drawn in public chooses one.

    Raises
    ------
    BadInput : no number, or one beyond what a file and a machine hold.
    """
    check_number(number)
    weights = mixture.weights / mixture.weights.sum()
    sits = number * (weights @ mixture.juries)
    times = np.floor(weights * number + NEAR).astype(int)
    taken = [np.asarray(np.repeat(mixture.juries, times, axis=0), float)]
    left, last = number - int(times.sum()), max(int(LAST * number), 1)
    if left > last:
        rest = np.maximum(weights * number - times, 0)
        order = _herded(mixture, rest, left - last)
        taken.append(_leaving_room(kinds, sits - taken[0].sum(axis=0), left, order))
        left -= len(taken[1])
    taken.append(_whole(kinds, sits - sum(part.sum(axis=0) for part in taken), left, mixture))
    juries = np.concatenate(taken)
    calls = Calls(np.ones(number), np.arange(number), int(kinds.people.sum()))
    calls.seat(kinds, juries, split=False)
    return tuple(tuple(map(int, np.flatnonzero(row))) for row in calls.sits[:number])


def check_number(number: int) -> None:
    """Refuse fewer numbered juries than one, and more than a file and a machine hold."""
    if not 1 <= number <= MOST:
        raise BadInput("A draw has a thousand numbered juries, or so", "juries", number, f"1 to {MOST:,}")


def _herded(mixture: Mixture, rest: Floats, number: int) -> Floats:
    """Return so many juries, in an order in which every kind keeps near to its share."""
    wide = np.floor(np.cumsum(rest) / rest.sum() * WIDER * number + 0.5).astype(int)
    chosen = np.repeat(np.arange(len(rest)), np.diff(wide, prepend=0))
    juries = sparse.csr_array(np.asarray(mixture.juries[chosen], float))
    mean = juries.mean(axis=0)
    scale = 1 / np.sqrt(np.maximum(mean, 1e-6))
    scaled = sparse.csr_array(juries * scale)
    square = np.asarray(scaled.power(2).sum(axis=1)).ravel()
    owed, each, free = np.zeros(len(chosen)), scaled @ (mean * scale), np.ones(len(chosen), bool)
    order = []
    for _ in range(number):
        owed += each
        best = int(np.where(free, 2 * owed - square, -np.inf).argmax())
        free[best] = False
        order.append(best)
        owed -= scaled @ scaled[[best]].toarray()[0]
    return np.asarray(juries[order].toarray(), float)


def _leaving_room(kinds: Kinds, sits: Floats, left: int, order: Floats) -> Floats:
    """Return as many of these juries as leave what can be shared out among fractional juries."""
    for part in FEWER:
        number = int(part * len(order))
        rest, few = sits - order[:number].sum(axis=0), left - number
        held = kinds.matrix @ rest
        fits = (rest >= kinds.least * few - NEAR).all() and (rest <= kinds.most * few + NEAR).all()
        if fits and (held >= kinds.low * few - NEAR).all() and (held <= kinds.high * few + NEAR).all():
            return order[:number]
    return order[:0]


def _whole(kinds: Kinds, sits: Floats, left: int, mixture: Mixture) -> Floats:
    """Return so many whole juries that together have these seats, each rounded up or down."""
    found: list[Floats] = []
    rest = _rounded(kinds, sits, left) if left else None
    for turn in range(TURNS):
        if rest is not None and len(found) < left:
            found = max(found, _taken_out(kinds, rest, left, seed=left + turn), key=len)
    if len(found) == left:
        return np.array(found).reshape(left, len(kinds.units))
    sits = sits - sum(found)
    scale = 1 / np.sqrt(np.maximum(kinds.people, 1))
    of = np.asarray(mixture.juries, float) * scale
    while len(found) < left:
        best = int((2 * of @ (sits * scale) - (of * of).sum(axis=1)).argmax())
        found.append(np.asarray(mixture.juries[best], float))
        sits = sits - found[-1]
    return np.array(found).reshape(left, len(kinds.units))


def _taken_out(kinds: Kinds, rest: Floats, left: int, *, seed: int) -> list[Floats]:
    """Return whole juries that together have these seats, as many as can be taken out one by one."""
    faces, found = Faces(kinds, np.random.default_rng(seed)), list[Floats]()
    exact = Program(kinds.matrix, kinds.low, kinds.high, kinds.least, kinds.most, whole=True)
    while len(found) < left:
        jury = _next(kinds, faces, exact, rest, left - len(found))
        if jury is None:
            break
        found.append(jury)
        rest = rest - jury
    return found


def _rounded(kinds: Kinds, sits: Floats, left: int) -> Floats | None:
    """Return whole seats for so many juries, each rounded up or down, that targets allow; or None."""
    down = np.clip(np.floor(sits + NEAR), kinds.least * left, kinds.most * left)
    up = np.clip(np.ceil(sits - NEAR), down, kinds.most * left)
    program = Program(kinds.matrix, kinds.low * left, kinds.high * left, down, up, whole=True)
    program.within(0.05)
    program.costs(sits - np.floor(sits) - 0.5)
    found = program.solve()
    return None if found is None else np.round(found)


def _next(kinds: Kinds, faces: Faces, exact: Program, rest: Floats, left: int) -> Floats | None:
    """Return a whole jury that leaves what fractional juries can still share out; or None."""
    low, high = _between(kinds.matrix @ rest, kinds.low, kinds.high, left)
    least, most = _between(rest, kinds.least, kinds.most, left)
    jury = faces.jury(rest / left, NEAR)
    if jury is not None:
        held = kinds.matrix @ jury
        if (low <= held).all() and (held <= high).all() and (least <= jury).all() and (jury <= most).all():
            return jury
    exact.limits(low, high)
    exact.bounds(least, most)
    found = exact.solve()
    return None if found is None else np.round(found)


def _between(rest: Floats, low: Floats, high: Floats, left: int) -> tuple[Floats, Floats]:
    """Return what one jury may hold so that the others can still hold between low and high."""
    return np.maximum(low, rest - high * (left - 1)), np.minimum(high, rest - low * (left - 1))


def apart(kinds: Kinds, of: Lottery) -> tuple[Kinds, Mixture]:
    """Return people who are a kind each, and a lottery as a mixture of juries of these."""
    people = int(kinds.people.sum())
    kind_of = kinds.each(np.arange(len(kinds.units), dtype=float)).astype(int)
    homes = [members for units in kinds.units for members in units if len(members) > 1]
    rows = np.zeros((len(homes), people))
    for at, members in enumerate(homes):
        rows[at, list(members)] = 1
    alone = replace(
        kinds, units=tuple(((person,),) for person in range(people)),
        matrix=np.concatenate([kinds.matrix[:, kind_of], rows]),
        low=np.append(kinds.low, np.zeros(len(homes))), high=np.append(kinds.high, np.ones(len(homes))),
        names=(*kinds.names, *(("household", f"alike {at}") for at in range(len(homes)))),
        certain=kinds.certain[kind_of], ahead=kinds.ahead[kind_of],
    )  # fmt: skip
    juries = np.zeros((len(of.juries), people))
    for at, jury in enumerate(of.juries):
        juries[at, list(jury)] = 1
    return alone, Mixture(juries, of.weights, 0.0)
