"""The pool to expect from letters, whether it fills a jury, and a resident's chance from end to end.

Each letter brings a volunteer at its stratum's rate, and each volunteer has each value by its share there.
Pools are made by chance so, again and again, and from each the fairest draw is worked out. What is counted
over them is as good as the rates and shares that went in: guesses give guesses.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput
from fairground.power.juries.conflicts import exists
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.letters import Stratum
from fairground.power.juries.leximin import best_chances
from fairground.power.juries.pool import Pool, Quotas, Volunteer

__all__ = ["Expected", "expect_pool"]

Floats = NDArray[np.float64]
ENDS = (5, 95)  # percentiles: nine pools in ten lie between


@dataclass(frozen=True, eq=False)
class Expected:
    """What letters bring.

    Parameters
    ----------
    means, low, high : shape (values,), volunteers with each value of the targets, in their order; nine pools
        in ten lie between low and high. volunteers : the mean, the low and the high of all. pools : how many
        were tried. filled : from how many of them a jury could be drawn. drawn : in how many of these chances
        were worked out. jurors : shape (strata,), members of the jury from each, on average over these.
    """

    means: Floats
    low: Floats
    high: Floats
    volunteers: tuple[float, float, float]
    pools: int
    filled: int
    drawn: int
    jurors: Floats

    def fills(self) -> tuple[float, float, float]:
        """Return the chance that a jury can be drawn, with limits in which it lies with 95% (Wilson 1927)."""
        share, n, z = self.filled / self.pools, self.pools, 1.959964
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        return share, max(middle - half, 0.0), min(middle + half, 1.0)


def expect_pool(
    strata: Sequence[Stratum], letters: Sequence[int], quotas: Quotas, *, pools: int = 200, drawn: int = 40,
    seed: int = 1, told: Callable[[float], None] | None = None,
) -> Expected:  # fmt: skip
    """Return the pool to expect from letters to each stratum.

    Parameters
    ----------
    pools : how many pools are tried. drawn : in how many of those that fill a jury chances are worked out.
    seed : of all chance. told : is given the share that is done, again and again.

    Raises
    ------
    BadInput : no pool; a stratum that does not say what its volunteers are like for a feature of the targets.
    """
    if not 1 <= pools <= 100_000:
        raise BadInput("Some pools must be tried", "pools", pools, "1 to 100,000")
    shares = [_shares(one, quotas) for one in strata]
    chance = np.random.default_rng(seed)
    names = [(target.feature, target.value) for target in quotas.targets]
    counts, filled, worked = np.zeros((pools, len(names) + 1)), 0, 0
    jurors = np.zeros(len(strata))
    for number in range(pools):
        pool, where = _pool(strata, letters, shares, chance)
        rows = [person.values for person in pool]
        counts[number] = [*_counted(rows, list(shares[0]), names), len(pool)]
        kinds = Kinds.of(Pool(tuple(shares[0]), tuple(pool)), quotas) if pool else None
        if kinds is not None and exists(kinds):
            filled += 1
            found = best_chances(kinds) if worked < drawn else None
            if found is not None:
                worked += 1
                jurors += np.bincount(where, kinds.each(found.of_kinds), len(strata))
        if told:
            told((number + 1) / pools)
    low, high = np.percentile(counts, ENDS, axis=0)
    mean = _means(strata, letters, names)
    total = float(sum(n * one.rate for n, one in zip(letters, strata, strict=True)))
    return Expected(
        mean, low[:-1], high[:-1], (total, float(low[-1]), float(high[-1])), pools, filled, worked,
        jurors / max(worked, 1),
    )  # fmt: skip


def _shares(stratum: Stratum, quotas: Quotas) -> dict[str, tuple[list[str], Floats]]:
    found = {}
    for feature in dict.fromkeys(target.feature for target in quotas.targets):
        values = [target.value for target in quotas.targets if target.feature == feature]
        parts = np.array([stratum.makeup.get((feature, value), 0.0) for value in values])
        if abs(parts.sum() - 1) > 0.02:
            what = f"{' '.join(stratum.name)}: the shares of volunteers must add up to 1 over the targets"
            raise BadInput(what, feature, f"{parts.sum():g}", ", ".join(values))
        found[feature] = (values, parts / parts.sum())
    return found


def _pool(
    strata: Sequence[Stratum], letters: Sequence[int], shares: Sequence[dict[str, tuple[list[str], Floats]]],
    chance: np.random.Generator,
) -> tuple[list[Volunteer], list[int]]:  # fmt: skip
    """Return the volunteers of one pool made by chance, and the stratum of each."""
    people, where = [], []
    for at, (stratum, sent, parts) in enumerate(zip(strata, letters, shares, strict=True)):
        number = int(chance.binomial(sent, stratum.rate))
        columns = [
            [values[n] for n in chance.choice(len(values), number, p=p)] for values, p in parts.values()
        ]
        people += [Volunteer(f"{at}/{n}", row) for n, row in enumerate(zip(*columns, strict=True))]
        where += [at] * number
    return people, where


def _counted(
    rows: Sequence[tuple[str, ...]], features: Sequence[str], names: Sequence[tuple[str, str]]
) -> list[int]:
    column = {feature: [row[at] for row in rows] for at, feature in enumerate(features)}
    return [column[feature].count(value) for feature, value in names]


def _means(strata: Sequence[Stratum], letters: Sequence[int], names: Sequence[tuple[str, str]]) -> Floats:
    return np.array([
        sum(n * one.rate * one.makeup.get(name, 0.0) for n, one in zip(letters, strata, strict=True))
        for name in names
    ])  # fmt: skip
