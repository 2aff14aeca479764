"""A lottery looked at by somebody who does not believe it: everything is counted again from the pool.

Nothing that drew the lottery is used to check it, except to sort the volunteers into kinds for the proof
that no lottery is fairer; the juries, the targets and everyone's chance are counted person by person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.power.juries.kinds import Kinds
from fairground.power.juries.leximin import Level, proven
from fairground.power.juries.pool import Pool, Quotas
from fairground.power.juries.solver import Program

__all__ = ["Fault", "Verified", "left_out", "verify"]

CLOSE = 1e-9
DEAREST = 1e3  # true prices are of one digit; with huge ones, what sums lose would prove anything
NOTHING = 1e-12  # a chance as small as this is none
FLOOR = 1e-6  # by which a lottery may miss what a level gives, from rounding
HIDDEN = 0.02  # more than this nobody settled could have, however small their weight
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fault:
    """Something that does not agree: what, where, what was found and what was expected."""

    what: str
    where: str
    found: str
    expected: str


@dataclass(frozen=True)
class Verified:
    """What was counted again.

    Parameters
    ----------
    gap : how much more than they have those with the least could have at most, over all levels; NaN where the
        rule gives no such proof.
    """

    juries: int
    lowest: float
    highest: float
    without: int
    gap: float
    faults: tuple[Fault, ...]


def verify(
    pool: Pool,
    quotas: Quotas,
    juries: Sequence[Sequence[str]],
    weights: Sequence[float],
    chances: Mapping[str, float],
    levels: Sequence[Level] = (),
) -> Verified:
    """Count a lottery again: sizes, targets, households, weights, everyone's chance, and the bound.

    Parameters
    ----------
    juries : ids of their members. chances : what is claimed for each id. levels : the proof of leximin.
    """
    faults = [*_of_juries(pool, quotas, juries), *_of_weights(weights)]
    counted: dict[str, float] = defaultdict(float)
    for jury, weight in zip(juries, weights, strict=False):
        for member in jury:
            counted[member] += float(weight)
    for person in pool.volunteers:
        said, found = chances.get(person.id), counted[person.id]
        if said is None or abs(said - found) > CLOSE:
            claimed = "not said" if said is None else f"{said:.9f}"
            faults.append(Fault("chance", person.id, f"{found:.9f}", claimed))
    values = [counted[person.id] for person in pool.volunteers]
    gap, beyond = _gap(pool, quotas, levels, counted) if levels and not faults else (float("nan"), [])
    return Verified(
        len(juries), min(values), max(values), sum(v <= 0 for v in values), gap, (*faults, *beyond)
    )


def left_out(pool: Pool, quotas: Quotas, chances: Mapping[str, float]) -> tuple[str, ...]:
    """Return the ids of people without any chance, though a whole jury with somebody just like them exists.

    No lottery that raises the lowest chance as far as it goes leaves such people out.

    >>> from fairground.power.juries import Pool, Quotas, Target, Volunteer, left_out
    >>> pool = Pool(("f",), tuple(Volunteer(id, ("x",)) for id in "abc"))
    >>> left_out(pool, Quotas(1, (Target("f", "x", 1, 1),)), {"a": 0.5, "b": 0.5, "c": 0.0})
    ('c',)
    """
    kinds = Kinds.of(pool, quotas)
    found: list[str] = []
    for kind, units in enumerate(kinds.units):
        ids = [pool.volunteers[person].id for members in units for person in members]
        none = [id for id in ids if not chances.get(id, 0.0) > NOTHING]
        if none:
            least = np.maximum(kinds.least, np.eye(1, len(kinds.units), kind)[0])
            program = Program(kinds.matrix, kinds.low, kinds.high, least, kinds.most, whole=True)
            found += none if program.solve() is not None else []
    return tuple(found)


def _of_juries(pool: Pool, quotas: Quotas, juries: Sequence[Sequence[str]]) -> list[Fault]:
    people, faults = {person.id: person for person in pool.volunteers}, []
    for number, jury in enumerate(juries, start=1):
        where = f"jury {number}"
        unknown = [id for id in jury if id not in people]
        if unknown:
            faults.append(Fault("unknown", where, unknown[0], "an id of the pool"))
            continue
        if len(set(jury)) != quotas.size or len(jury) != quotas.size:
            faults.append(Fault("size", where, str(len(set(jury))), str(quotas.size)))
        members = [people[id] for id in jury]
        homes = Counter(p.household for p in members if p.household)
        faults += [
            Fault("household", where, name, "at most one of them") for name, n in homes.items() if n > 1
        ]
        missing = [p.id for p in pool.volunteers if p.certain and p.id not in set(jury)]
        faults += [Fault("certain", where, id, "on every jury") for id in missing]
        for target in quotas.targets:
            at = pool.features.index(target.feature)
            number_of = sum(p.values[at] == target.value for p in members)
            if not target.low <= number_of <= target.high:
                name = f"{where}, {target.feature} {target.value}"
                faults.append(Fault("target", name, str(number_of), f"{target.low} to {target.high}"))
    return faults


def _of_weights(weights: Sequence[float]) -> list[Fault]:
    faults = [
        Fault("weight", f"jury {at}", f"{w}", "more than 0")
        for at, w in enumerate(weights, start=1)
        if not w > 0
    ]
    if abs(sum(weights) - 1) > CLOSE:
        faults.append(Fault("sum", "the weights", f"{sum(weights):.12f}", "1"))
    return faults


def _gap(
    pool: Pool, quotas: Quotas, levels: Sequence[Level], counted: Mapping[str, float]
) -> tuple[float, list[Fault]]:
    """Return how far the lottery stays behind what is proven possible, level by level.

    Nothing is believed of a level but its prices: everyone whose chance is not yet settled must have what the
    level gives, and those settled before must have had in this lottery what their level says.
    """
    kinds = Kinds.of(pool, quotas)
    faults = _of_levels(kinds, levels)
    if faults:
        return float("nan"), faults
    whole = any(level.held for level in levels) or not any(level.prices for level in levels)
    bound = _bound_of_whole_juries(kinds) if whole else proven
    has = np.array([
        min(counted[pool.volunteers[p].id] for unit in units for p in unit) for units in kinds.units
    ]) + kinds.ahead  # fmt: skip
    floors, free, worst = np.zeros(len(has)), np.ones(len(has), bool), 0.0
    for number, level in enumerate(levels, start=1):
        settled, lowest = list(level.settled), float(has[free].min())
        limit = min(bound(kinds, level, np.where(free, lowest, floors)), kinds.span[1])
        worst = max(worst, limit - lowest)
        where = f"level {number}"
        if level.chance > has[settled].min() + FLOOR:
            faults.append(Fault("proof", where, f"{has[settled].min():.9f}", f"{level.chance:.9f}"))
        if (limit - lowest) / min(level.weights) > HIDDEN:
            found = f"{min(level.weights):.2e}"
            faults.append(Fault("proof", where, found, "weights that leave no room for anybody settled"))
        floors[settled], free[settled] = level.chance, False
    return float(worst), faults


def _of_levels(kinds: Kinds, levels: Sequence[Level]) -> list[Fault]:
    """Refuse levels that are no proof at all: kinds, rows, weights or prices that cannot be."""
    number = len(kinds.units)
    settled = [kind for level in levels for kind in level.settled]
    if sorted(settled) != list(range(number)):
        return [Fault("proof", "the levels", str(len(settled)), f"{number} kinds, each once")]
    faults = []
    for at, level in enumerate(levels, start=1):
        weights, before = level.weights, [kind for kind, _ in level.held]
        if len(weights) != len(level.settled) or not min(weights) > 0 or abs(sum(weights) - 1) > 1e-6:
            found = f"{len(weights)} adding up to {sum(weights)}"
            faults.append(Fault("proof", f"level {at}", found, "weights above 0 that add up to 1"))
        elif not {row for row, _ in level.prices} <= set(range(len(kinds.matrix))):
            faults.append(Fault("proof", f"level {at}", "a price", f"one of {len(kinds.matrix)} rows"))
        elif len(set(before)) < len(before) or not set(before) <= set(range(number)) - set(level.settled):
            faults.append(Fault("proof", f"level {at}", "a kind held", "another kind, once"))
        elif any(price < 0 for _, price in level.held):
            faults.append(Fault("proof", f"level {at}", "a price below 0", "0 or more"))
        elif any(abs(price) > DEAREST for _, price in (*level.prices, *level.held)):
            faults.append(Fault("proof", f"level {at}", "a huge price", f"at most {DEAREST:,.0f}"))
    return faults


def _bound_of_whole_juries(kinds: Kinds) -> Callable[[Kinds, Level, Floats], float]:
    """Return a bound by the dearest whole jury at the prices of a level, found by a solver of its own."""
    program = Program(kinds.matrix, kinds.low, kinds.high, kinds.least, kinds.most, whole=True)
    program.within(0.0)

    def bound(kinds: Kinds, level: Level, floors: Floats) -> float:
        worth, paid = np.zeros(len(kinds.units)), 0.0
        worth[list(level.settled)] = level.weights
        for kind, price in level.held:
            worth[kind] = price
            paid += price * (floors[kind] - kinds.ahead[kind])
        paid -= float(np.array(level.weights) @ kinds.ahead[list(level.settled)])
        program.costs(worth / kinds.people)
        jury = program.solve()
        return np.inf if jury is None else float(worth / kinds.people @ np.round(jury)) - paid

    return bound
