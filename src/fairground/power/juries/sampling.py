"""Juries that are drawn one by one by chance, where a rule is a way to draw and not a list of juries.

A thousand juries drawn so, each as likely as the next, are the lottery that is published. What a person's
chance was before any of them was drawn is kept beside it: exact where it could be counted, else the mean of
all draws with its Monte-Carlo error. The same seed draws the same juries, so that anybody who has the pool
can draw them again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from fairground.power.juries.chance import Stream
from fairground.power.juries.decomposition import Mixture
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.lottery import Lottery
from fairground.power.juries.pool import Pool, Quotas

__all__ = ["Sample", "Told", "as_lottery", "mean_of_draws", "seat", "seed_for"]

Floats = NDArray[np.float64]
Told = Callable[[float], None] | None


@dataclass(frozen=True, eq=False)
class Sample:
    """Juries as they were drawn, and what is known of everyone's chance before the draw.

    Parameters
    ----------
    counts : shape (juries, kinds), how many of each kind sit. juries : volunteers' numbers, in order.
    expected : shape (kinds,), each kind's chance before the draw. error : shape (kinds,), its standard error;
        0 where the chance was counted. exact : the chances as fractions, where they were counted.
    number : how many juries meet the targets, where they were counted. tries : draws that were begun, those
        that came to nothing among them. gap : for max-entropy, how far the greatest entropy can be, at most.
    walked : steps of the longest walk, where juries were found by walks. alike : the mean square difference
        between walks that began apart, in standard errors.
    """

    counts: Floats
    juries: tuple[tuple[int, ...], ...]
    expected: Floats
    error: Floats
    tries: int
    exact: tuple[Fraction, ...] = ()
    number: int | None = None
    gap: float | None = None
    walked: int = 0
    alike: float = 0.0


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


def mean_of_draws(kinds: Kinds, counts: Floats) -> tuple[Floats, Floats]:
    """Return each kind's mean chance over draws, and its standard error, by the spread between draws.

    A kind that sat in no draw has no spread; its error is then what one seat in all draws would have made.
    """
    share = counts / kinds.people
    spread = share.std(axis=0, ddof=1) if len(share) > 1 else np.ones(len(kinds.people))
    return share.mean(axis=0), np.maximum(spread / np.sqrt(len(share)), 1 / (len(share) * kinds.people))


def as_lottery(sample: Sample) -> tuple[Mixture, Lottery]:
    """Return the juries drawn as a lottery in which each drawn jury is equally likely."""
    number = len(sample.juries)
    times: dict[tuple[int, ...], int] = {}
    for jury in sample.juries:
        times[jury] = times.get(jury, 0) + 1
    ordered = sorted(times.items(), key=lambda item: (-item[1], item[0]))
    drawn = Lottery(tuple(jury for jury, _ in ordered), np.array([n / number for _, n in ordered]))
    return Mixture(sample.counts, np.full(number, 1 / number), 0.0), drawn
