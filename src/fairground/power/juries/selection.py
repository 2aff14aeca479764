"""A jury by lot, from the pool to the lottery: chances by a rule, juries that give them, and the proof.

If a rule's chances over fractional juries can be had by whole ones, that is the answer. For leximin and
maximin, which can always be had, whole juries are looked at one by one where they cannot; for the other
rules it is said that they cannot, and no other rule is put in their place.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.errors import Impossible
from fairground.power.juries.columns import over_whole_juries
from fairground.power.juries.conflicts import clashing
from fairground.power.juries.decomposition import Mixture, decompose
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.leximin import Level
from fairground.power.juries.lottery import Lottery, lottery
from fairground.power.juries.pool import Pool, Quotas
from fairground.power.juries.rules import JuryRule, rule

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
        of.
    """

    rule: JuryRule
    kinds: Kinds
    mixture: Mixture
    lottery: Lottery
    chances: NDArray[np.float64]
    levels: tuple[Level, ...]


def select(
    pool: Pool,
    quotas: Quotas,
    by: str = "leximin",
    *,
    seed: int = 0,
    told: Callable[[float], None] | None = None,
) -> Selection:
    """Return the lottery over juries that a rule gives.

    Parameters
    ----------
    by : a rule's id. seed : of the order in which juries are looked for; it changes no chance.
    told : is given the share that is done, again and again.

    Raises
    ------
    Impossible : no jury meets the targets (names those that clash); or the rule's chances cannot be had.
    NotFound : no such rule. BadInput : pool and targets do not fit.
    """
    chosen = rule(by)
    kinds = Kinds.of(pool, quotas)
    wanted = chosen.chances(kinds)
    if wanted is None:
        raise _impossible(pool, quotas)
    mixture = decompose(kinds, wanted.of_kinds, seed, told)
    levels = wanted.levels
    if mixture.left > ATTAINED:
        if not chosen.proven:
            if not len(mixture.juries) and clashing(pool, quotas) is not None:
                raise _impossible(pool, quotas)
            raise Impossible(
                f"The chances of {chosen.name} cannot be had with whole juries from this pool",
                ("leximin can always be had: ask for it by name",),
            )
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
