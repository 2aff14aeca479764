"""How much inequality lies between groups of places and how much inside them, each worked out directly.

References: Shorrocks, "The class of additively decomposable inequality measures", Econometrica 48(3), 1980,
for the generalised entropy family; Dagum, "A new approach to the decomposition of the Gini income inequality
ratio", Empirical Economics 22(4), 1997, for the Gini, whose third part is the overlap of the groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fairground.measures.inequality import checked_alpha, entropy, entropy_terms, gini_of
from fairground.measures.sample import (
    Floats,
    Labels,
    Numbers,
    checked_values,
    checked_weights,
    grouped,
    mean_of,
    shares_and_relatives,
)


@dataclass(frozen=True)
class GroupPart:
    """One group: its shares of people and of the total, its mean, its own index and what that adds."""

    name: str
    population_share: float
    value_share: float
    mean: float
    index: float
    within: float


@dataclass(frozen=True)
class Decomposition:
    """total = between + within + residual; both parts are computed, none by subtraction."""

    total: float
    between: float
    within: float
    residual: float
    groups: tuple[GroupPart, ...]


@dataclass(frozen=True)
class GiniSplit:
    """total = within + between + overlap + residual; all three are computed, none by subtraction.

    `between` is the Gini if everyone had their group's mean; `overlap` is what remains because some places
    of a poorer group have more than some places of a richer one. It is 0 when the groups do not mix.
    """

    total: float
    within: float
    between: float
    overlap: float
    residual: float


def decompose(
    values: Numbers, *, groups: Sequence[str], weights: Numbers | None = None, alpha: float = 1.0
) -> Decomposition:
    """Split a generalised entropy index into the part between groups and the part inside them, exactly.

    Parameters
    ----------
    values : (n,) one value a place: zero or more when alpha is above 0, otherwise above zero.
    groups : (n,) the group of each place. weights : (n,) people; None counts each place once.
    alpha : 1 is Theil T, 0 is Theil L, 2 is half the squared coefficient of variation.

    Returns
    -------
    Decomposition : the parts, and each group in order of name. A group without people is left out; one group
        alone has nothing between; a group of one place, or whose values are all zero, has nothing within.

    Raises
    ------
    BadInput : a value that the index cannot take, a missing value or a group without a name; names the row.

    Source: Shorrocks (1980); within weights are p^(1 - alpha) x s^alpha.

    >>> from fairground.measures import decompose
    >>> split = decompose([1, 3, 2, 6], groups=["north", "north", "south", "south"])
    >>> round(split.between, 4), round(split.within, 4), abs(split.residual) < 1e-12
    (0.0566, 0.1308, True)
    """
    checked_alpha(alpha)
    y = checked_values(values, lowest="zero" if alpha > 0 else "positive")
    w = checked_weights(weights, y.size)
    names, member = grouped(groups, y.size)
    p, r = shares_and_relatives(y, w)
    people, amount = group_sums(member, p, r, len(names))
    kept = people > 0
    relative = np.divide(amount, people, out=np.ones_like(people), where=kept)
    scale = np.where(relative > 0, relative, 1.0)[member]
    own = np.bincount(member, weights=p * entropy_terms(r / scale, alpha=alpha), minlength=len(names))
    index = np.where(kept & (relative > 0), own / np.where(kept, people, 1.0), 0.0)
    within = np.where(kept, people * relative**alpha * index, 0.0)
    total = entropy(p, r, alpha=alpha)
    between = entropy(people[kept], relative[kept], alpha=alpha)
    inside = float(within.sum())
    mean = mean_of(p, y)
    parts = (
        GroupPart(names[g], *map(float, (people[g], amount[g], relative[g] * mean, index[g], within[g])))
        for g in np.flatnonzero(kept)
    )
    return Decomposition(total, between, inside, total - between - inside, tuple(parts))


def gini_split(values: Numbers, *, groups: Sequence[str], weights: Numbers | None = None) -> GiniSplit:
    """Split the Gini index into within groups, between groups, and the overlap of the groups.

    Parameters
    ----------
    values : (n,) one value a place, zero or more, with a mean above zero.
    groups : (n,) the group of each place. weights : (n,) people; None counts each place once.

    Returns
    -------
    GiniSplit : the three parts; with a single group all of it is within.

    Raises
    ------
    BadInput : a negative or missing value, or a group without a name; names the row.

    Source: Dagum (1997). `between` is his net contribution, `overlap` his transvariation.

    >>> from fairground.measures import gini_split
    >>> split = gini_split([1, 3, 2, 6], groups=["north", "north", "south", "south"])
    >>> round(split.within, 4), round(split.between, 4), round(split.overlap, 4)
    (0.125, 0.1667, 0.0417)
    """
    from fairground.measures import kernels

    y = checked_values(values, lowest="zero")
    w = checked_weights(weights, y.size)
    names, member = grouped(groups, y.size)
    p, r = shares_and_relatives(y, w)
    order = np.argsort(r, kind="stable")
    p, r, member = p[order], r[order], member[order]
    people, amount = group_sums(member, p, r, len(names))
    means = np.divide(amount, people, out=np.zeros_like(people), where=people > 0)
    total = gini_of(p, r)
    within = float(kernels.block_pairs(member, p, r, len(names)))
    ranked = np.argsort(means, kind="stable")
    between = gini_of(people[ranked], means[ranked])
    overlap = float(kernels.overlapping_pairs(member, p, r, means))
    return GiniSplit(total, within, between, overlap, total - within - between - overlap)


def group_sums(member: Labels, p: Floats, r: Floats, count: int) -> tuple[Floats, Floats]:
    """Each group's share of people and of the total, both (count,)."""
    people: Floats = np.bincount(member, weights=p, minlength=count).astype(np.float64)
    return people, np.bincount(member, weights=p * r, minlength=count).astype(np.float64)
