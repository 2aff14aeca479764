"""How much inequality lies between groups of places and how much inside them, each worked out directly.

Reference: Shorrocks, "The class of additively decomposable inequality measures", Econometrica 48 (1980).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput
from fairground.measures.inequality import entropy
from fairground.measures.sample import Numbers, checked_values, checked_weights, shares_and_relatives

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


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


def decompose(
    values: Numbers, *, groups: Sequence[str], weights: Numbers | None = None, alpha: float = 1.0
) -> Decomposition:
    """Split GE(alpha) exactly; groups are in order of name; a group of no weight is left out.

    Raises BadInput for values the index cannot take, or a group whose mean is zero when alpha needs its log.
    """
    if not np.isfinite(alpha):
        raise BadInput("Alpha must be finite", field="alpha", value=alpha, allowed="a finite number")
    y = checked_values(values, lowest="zero" if alpha > 0 else "positive")
    w = checked_weights(weights, y.size)
    if len(groups) != y.size:
        raise BadInput(
            "Groups and values differ in number", field="group", value=len(groups), allowed=f"{y.size}"
        )
    p, r = shares_and_relatives(y, w)
    names, member = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    people = np.bincount(member, weights=p, minlength=names.size)
    income = np.bincount(member, weights=p * r, minlength=names.size)
    mean = float(p @ y)
    kept = [g for g in range(names.size) if people[g] > 0]
    parts = [_part(str(names[g]), member == g, p, r, alpha=alpha, mean=mean) for g in kept]
    total = entropy(p, r, alpha=alpha)
    between = entropy(
        np.asarray(people[kept], dtype=np.float64),
        np.asarray(income[kept] / people[kept], dtype=np.float64),
        alpha=alpha,
    )
    within = float(sum(part.within for part in parts))
    return Decomposition(total, between, within, total - between - within, tuple(parts))


def _part(name: str, inside: Mask, p: Floats, r: Floats, *, alpha: float, mean: float) -> GroupPart:
    """One group's own index and what it adds to the part within; `r` is relative to the mean of all."""
    people, value = float(p[inside].sum()), float((p * r)[inside].sum())
    relative = value / people
    index = entropy(p[inside] / people, r[inside] / relative, alpha=alpha) if value > 0 else 0.0
    return GroupPart(
        name, people, value, relative * mean, index, people ** (1 - alpha) * value**alpha * index
    )
