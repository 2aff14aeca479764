"""People alike are one kind: every fair rule gives them the same chance, so it need only be found once.

Two volunteers are alike when they have the same values, live in households that are made up in the same way,
and had the same chances before. A household whose members differ is a matter of its own: each of its members
is a kind, and at most one of these sits on a jury. This is what makes a pool of 2,000 people as small as one
of 72.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fairground.power.juries.pool import Pool, Quotas

__all__ = ["Kinds"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Kinds:
    """The kinds of volunteers of a pool, and what a jury must hold, as rows over kinds.

    Parameters
    ----------
    units : for each kind the households that can send one of its people; each is a tuple of volunteers.
    matrix : shape (rows, kinds), ones where a person of the kind counts in the row.
    low, high : the least and most people of each row. names : each row in words: ("size",), ("target",
        feature,
        value) or ("household", name). ahead : what earlier draws gave each kind beyond an equal chance.
    """

    units: tuple[tuple[tuple[int, ...], ...], ...]
    matrix: Floats
    low: Floats
    high: Floats
    names: tuple[tuple[str, ...], ...]
    certain: NDArray[np.bool_]
    ahead: Floats

    @cached_property
    def most(self) -> Floats:
        """The most people of each kind that one jury can hold: its number of households."""
        return np.array([len(units) for units in self.units], float)

    @cached_property
    def people(self) -> Floats:
        """The number of people of each kind."""
        return np.array([sum(map(len, units)) for units in self.units], float)

    @cached_property
    def least(self) -> Floats:
        """The fewest people of each kind on a jury: all of those who must be on it."""
        return np.where(self.certain, self.most, 0.0)

    @cached_property
    def free(self) -> NDArray[np.bool_]:
        """The kinds whose chance is not settled from the start by having to be on the jury.

        Where those who must be on it fill it, nothing is free, and all kinds are looked at.
        """
        full = self.least.sum() >= self.low[0]
        return np.ones(len(self.certain), bool) if full else ~self.certain

    @classmethod
    def of(cls, pool: Pool, quotas: Quotas) -> Kinds:
        """Return the kinds of a pool for a jury with these quotas.

        Raises
        ------
        BadInput : a feature or value that pool and quotas do not share.
        """
        quotas.check(pool)
        used = [at for at, f in enumerate(pool.features) if any(t.feature == f for t in quotas.targets)]
        described = [(tuple(v.values[at] for at in used), v.certain, v.ahead) for v in pool.volunteers]
        alike: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
        shared: list[list[tuple[object, ...]]] = []
        for name, members in _households(pool).items():
            by_type: dict[object, list[int]] = defaultdict(list)
            for person in members:
                by_type[described[person]].append(person)
            mixed = len(by_type) > 1
            keys = [(kind, len(of), name if mixed else "") for kind, of in by_type.items()]
            for key, of in zip(keys, by_type.values(), strict=True):
                alike[key].append(tuple(of))
            if mixed:
                shared.append(list(keys))
        where = {key: at for at, key in enumerate(alike)}
        together = [[where[key] for key in keys] for keys in shared]
        features = [pool.features[at] for at in used]
        values = [dict(zip(features, key[0][0], strict=True)) for key in alike]  # type: ignore[index]
        certain = np.array([bool(key[0][1]) for key in alike])  # type: ignore[index]
        ahead = np.array([float(key[0][2]) for key in alike])  # type: ignore[index]
        return cls(tuple(map(tuple, alike.values())), *_rows(quotas, values, together), certain, ahead)

    @cached_property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest that a chance can be together with what earlier draws gave."""
        return min(0.0, float(self.ahead.min())), 1.0 + max(0.0, float(self.ahead.max()))

    def each(self, of_kinds: Floats) -> Floats:
        """Return for each volunteer the value of their kind."""
        found = np.empty(int(self.people.sum()))
        for value, units in zip(of_kinds, self.units, strict=True):
            for members in units:
                found[list(members)] = value
        return found


def _households(pool: Pool) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, person in enumerate(pool.volunteers):
        found[f"shared {person.household}" if person.household else f"alone {at}"].append(at)
    return found


def _rows(
    quotas: Quotas, values: list[dict[str, str]], together: list[list[int]]
) -> tuple[Floats, Floats, Floats, tuple[tuple[str, ...], ...]]:
    kinds = len(values)
    rows = [np.ones(kinds)]
    rows += [np.array([float(of.get(t.feature) == t.value) for of in values]) for t in quotas.targets]
    for members in together:
        row = np.zeros(kinds)
        row[members] = 1
        rows.append(row)
    low = [quotas.size, *(t.low for t in quotas.targets), *(0 for _ in together)]
    high = [quotas.size, *(t.high for t in quotas.targets), *(1 for _ in together)]
    names = [("size",), *(("target", t.feature, t.value) for t in quotas.targets)]
    names += [("household", str(at)) for at in range(len(together))]
    return np.array(rows), np.array(low, float), np.array(high, float), tuple(names)
