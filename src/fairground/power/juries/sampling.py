"""Juries that are drawn one by one by chance, where a rule is a way to draw and not a list of juries.

Where there are few juries, all of them are listed and none is drawn. Else several are drawn for each
numbered jury that is wanted, and these, with their weights, are the lottery; rounding it (`lottery`)
chooses the numbered juries among them, so that nobody's share of these is far from their chance. What a
person's chance is by the rule itself is kept beside it: exact where it could be counted, else the mean of
all draws with its Monte-Carlo error. The same seed draws the same juries, so that anybody who has the pool
can draw them again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairground.power.juries.chance import Stream
from fairground.power.juries.decomposition import Mixture
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.lottery import Lottery, lottery
from fairground.power.juries.pool import Pool, Quotas

__all__ = ["MORE", "Sample", "Told", "as_lottery", "listed", "mean_of_draws", "seat", "seed_for"]

Floats = NDArray[np.float64]
Counts = Any  # whole numbers; those drawn are of 16 bits, which need little room
Told = Callable[[float], None] | None
MORE = 5  # juries drawn for each numbered one; where there are no more at all, every one is listed


@dataclass(frozen=True, eq=False)
class Sample:
    """Juries as they were drawn or listed, and what is known of everyone's chance by the rule.

    Parameters
    ----------
    counts : shape (juries, kinds), how many of each kind sit. juries : volunteers' numbers, in order; empty
        where people are to be called for the juries of kinds so that those alike have the same chance.
    expected : shape (kinds,), each kind's chance by the rule. error : shape (kinds,), its standard error;
        0 where the chance was counted. exact : the chances as fractions, where they were counted.
    number : how many juries meet the targets, where they were counted. tries : draws that were begun, those
        that came to nothing among them. gap : for max-entropy, how far the greatest entropy can be, at most.
    walked : steps of the longest walk, where juries were found by walks. alike : the mean square difference
        between walks that began apart, in standard errors. weights : of the juries; None if each is as likely
        as the next. whole : every jury there is was listed. given : the juries that were drawn are too far
        from the chances that are wanted; these are the juries of the lottery that gave them.
    """

    counts: Counts
    juries: tuple[tuple[int, ...], ...]
    expected: Floats
    error: Floats
    tries: int
    exact: tuple[Fraction, ...] = ()
    number: int | None = None
    gap: float | None = None
    walked: int = 0
    alike: float = 0.0
    weights: Floats | None = None
    whole: bool = False
    given: bool = False


def seed_for(pool: Pool, quotas: Quotas, rule: str, seed: int) -> bytes:
    """Return a seed that follows from the pool, its targets and the rule; nobody chooses it."""
    used = {target.feature for target in quotas.targets}
    columns = [at for at, feature in enumerate(pool.features) if feature in used]
    held = [
        rule, seed, quotas.size, [[t.feature, t.value, t.low, t.high] for t in quotas.targets],
        [[p.id, [p.values[at] for at in columns], p.certain] for p in pool.volunteers],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(held, ensure_ascii=True).encode()).digest()


def seat(kinds: Kinds, counts: Sequence[int], chance: Stream) -> tuple[int, ...]:
    """Return a jury of people for a jury of kinds: households by chance, then one person of each."""
    found = []
    for units, number in zip(kinds.units, counts, strict=True):
        for at in chance.some(int(number), len(units)) if number else ():
            home = units[at]
            found.append(home[chance.below(len(home))])
    return tuple(sorted(found))


def mean_of_draws(kinds: Kinds, counts: Counts) -> tuple[Floats, Floats]:
    """Return each kind's mean chance over draws, and its standard error, by the spread between draws.

    A kind that sat in no draw has no spread; its error is then what one seat in all draws would have made.
    """
    share = counts / kinds.people
    spread = share.std(axis=0, ddof=1) if len(share) > 1 else np.ones(len(kinds.people))
    return share.mean(axis=0), np.maximum(spread / np.sqrt(len(share)), 1 / (len(share) * kinds.people))


def listed(kinds: Kinds, counts: Sequence[int]) -> list[tuple[int, ...]]:
    """Return every jury of people that is this jury of kinds."""
    ways: list[list[tuple[int, ...]]] = []
    for units, number in zip(kinds.units, counts, strict=True):
        homes = combinations(units, int(number)) if number else ()
        ways += [[people for some in homes for people in product(*some)]] if number else []
    return [tuple(sorted(chain(*parts))) for parts in product(*ways)]


def as_lottery(kinds: Kinds, sample: Sample, seed: int) -> tuple[Mixture, Lottery]:
    """Return juries that were drawn or listed as a lottery over juries of people.

    Parameters
    ----------
    seed : of who is called first among people alike who sat equally often.
    """
    number = len(sample.counts)
    weights = np.full(number, 1 / number) if sample.weights is None else sample.weights
    mixture = Mixture(sample.counts, weights, 0.0)
    if not sample.juries:
        return mixture, lottery(kinds, mixture, seed=seed, by_chance=True)
    of: dict[tuple[int, ...], float] = {}
    for jury, weight in zip(sample.juries, weights, strict=True):
        if weight > 0:
            of[jury] = of.get(jury, 0.0) + float(weight)
    ordered = sorted(of.items(), key=lambda item: (-item[1], item[0]))
    return mixture, Lottery(tuple(jury for jury, _ in ordered), np.array([weight for _, weight in ordered]))
