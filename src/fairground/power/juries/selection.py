"""A jury by lot, from the pool to the lottery: chances by a rule, juries that give them, and the proof.

If a rule's chances over fractional juries can be had by whole ones, that is the answer. Where they cannot,
whole juries are looked at one by one (`columns` for leximin, `ends` for the others). No other rule is ever
put in the place of the one that was asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.errors import Impossible
from fairground.power.juries.bounds import Bound, gap_of
from fairground.power.juries.chance import Stream
from fairground.power.juries.columns import over_whole_juries
from fairground.power.juries.conflicts import clashing, exists
from fairground.power.juries.decomposition import Mixture, decompose
from fairground.power.juries.ends import CLOSE, best_mixture, bound_of_fractions
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.leximin import Level
from fairground.power.juries.lottery import Lottery, lottery
from fairground.power.juries.pool import Pool, Quotas
from fairground.power.juries.rounding import apart, check_number, numbered
from fairground.power.juries.rules import JuryRule, rule
from fairground.power.juries.sampling import Sample, as_lottery, seed_for

__all__ = ["Selection", "select"]

ATTAINED = 1e-6
JURIES = 2000  # over which a rule that spreads its weight spreads it, at least


@dataclass(frozen=True, eq=False)
class Selection:
    """The lottery of a jury.

    Parameters
    ----------
    chances : shape (volunteers,), what each has in this lottery. levels : the proof that no lottery is
        fairer. kinds, mixture : the kinds of volunteers, and the juries of kinds that the lottery is made
        of. sample : where the rule draws juries one by one, these juries and what is known of everyone's
        chance before they were drawn; the lottery is then these juries, each as likely as the next.
        bound : for minimax, Goldilocks and Nash, the weights that prove how good the lottery is; gap : by how
        much any other could be better at most.
    """

    rule: JuryRule
    kinds: Kinds
    mixture: Mixture
    lottery: Lottery
    chances: NDArray[np.float64]
    levels: tuple[Level, ...]
    sample: Sample | None = None
    bound: Bound | None = None
    gap: float = math.nan

    def numbered(self, number: int) -> tuple[tuple[int, ...], ...]:
        """Return numbered juries: the lottery rounded to so many; by the old way, those that were drawn."""
        if self.sample is None:
            return numbered(self.kinds, self.mixture, number)
        if self.rule.compared:
            return self.sample.juries
        if self.sample.whole:
            return numbered(*apart(self.kinds, self.lottery), number)
        return numbered(self.kinds, self.mixture, number)


def select(
    pool: Pool,
    quotas: Quotas,
    by: str = "leximin",
    *,
    seed: int = 0,
    juries: int = 1000,
    told: Callable[[float], None] | None = None,
) -> Selection:
    """Return the lottery over juries that a rule gives.

    Parameters
    ----------
    by : a rule's id; goldilocks:0.5 for another weight than 1. seed : of the order in which juries are
        looked for; it changes no chance, but which juries are drawn by a rule that draws them one by one.
        juries : how many such a rule draws, and into how many the lottery is to be rounded.
    told : is given the share that is done, again and again.

    Raises
    ------
    Impossible : no jury meets the targets (names those that clash); or the rule's chances cannot be had.
    NotFound : no such rule. BadInput : pool and targets do not fit.
    """
    chosen = rule(by)
    check_number(juries)
    kinds = Kinds.of(pool, quotas)
    if chosen.draws or chosen.keeps:
        return _drawn(pool, quotas, chosen, seed, juries, told)
    assert chosen.chances is not None
    wanted = chosen.chances(kinds)
    if wanted is None:
        raise _impossible(pool, quotas)
    mixture = decompose(kinds, wanted.of_kinds, seed, told)
    levels = wanted.levels
    if chosen.bounded:
        return _bounded(pool, quotas, chosen, kinds, mixture, seed, told)
    if mixture.left > ATTAINED:
        try:
            exact, mixture = over_whole_juries(kinds, list(mixture.juries), told)
        except Impossible:
            raise _impossible(pool, quotas) from None
        levels = exact.levels
    copies = math.ceil(JURIES / len(mixture.weights)) if chosen.spread else 1
    drawn = lottery(kinds, mixture, spread=copies, seed=seed)
    return Selection(
        chosen, kinds, mixture, drawn, drawn.chances(len(pool.volunteers)), levels if chosen.proven else ()
    )


def _bounded(
    pool: Pool, quotas: Quotas, chosen: JuryRule, kinds: Kinds, mixture: Mixture, seed: int,
    told: Callable[[float], None] | None,
) -> Selection:  # fmt: skip
    """Return the lottery that fractions gave if the bound proves it best, else the best of whole juries."""
    if not len(mixture.juries) and not exists(kinds):
        raise _impossible(pool, quotas)
    drawn = lottery(kinds, mixture, seed=seed) if mixture.left <= ATTAINED else None
    if drawn is not None:
        chances = drawn.chances(len(pool.volunteers))
        had = mixture.weights / mixture.weights.sum() @ mixture.juries / kinds.people
        bound = bound_of_fractions(kinds, chosen.family, had, chosen.gamma)
        gap = gap_of(chosen.family, kinds, chances, bound)
    if drawn is None or gap > CLOSE[chosen.family]:
        mixture, bound = best_mixture(kinds, chosen.family, list(mixture.juries), told, chosen.gamma)
        drawn = lottery(kinds, mixture, seed=seed)
        chances = drawn.chances(len(pool.volunteers))
        gap = gap_of(chosen.family, kinds, chances, bound)
    return Selection(chosen, kinds, mixture, drawn, chances, (), None, bound, gap)


def _drawn(
    pool: Pool, quotas: Quotas, chosen: JuryRule, seed: int, number: int, told: Callable[[float], None] | None
) -> Selection:
    """Return juries that were drawn one by one, as a lottery in which each is as likely as the next."""
    kinds = Kinds.of(pool, quotas)
    if not exists(kinds):
        raise _impossible(pool, quotas)
    chance = Stream(seed_for(pool, quotas, chosen.id, seed))
    levels: tuple[Level, ...] = ()
    if chosen.keeps:
        fair = select(pool, quotas)
        levels, sample = fair.levels, chosen.keeps(kinds, chance, number, fair.mixture, told)
    else:
        assert chosen.draws is not None
        sample = chosen.draws(kinds, chance, number, told)
    mixture, drawn = as_lottery(kinds, sample, chance.below(1 << 62))
    return Selection(chosen, kinds, mixture, drawn, drawn.chances(len(pool.volunteers)), levels, sample)


def _impossible(pool: Pool, quotas: Quotas) -> Impossible:
    clash = clashing(pool, quotas) or ()
    named = tuple(f"{t.feature} {t.value}: {t.low} to {t.high}" for t in clash)
    if not named:
        households = len({v.household or v.id for v in pool.volunteers})
        named = (f"the pool has {households} households, and the jury {quotas.size} places",)
        certain = sum(v.certain for v in pool.volunteers)
        if certain > quotas.size:
            named = (f"{certain} people must be on the jury, and it has {quotas.size} places",)
    return Impossible("No jury from this pool meets these targets together", named)
