"""How much inequality lies between groups of places and how much inside them, each worked out directly.

Reference: Shorrocks, "The class of additively decomposable inequality measures", Econometrica 48 (1980).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fairground.errors import BadInput
from fairground.measures.inequality import entropy
from fairground.measures.sample import Numbers, checked_values, checked_weights, shares_and_relatives


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
    parts = []
    for g in kept:
        inside = member == g
        relative = income[g] / people[g]
        index = entropy(p[inside] / people[g], r[inside] / relative, alpha=alpha) if income[g] > 0 else 0.0
        weight = people[g] ** (1 - alpha) * income[g] ** alpha
        parts.append(
            GroupPart(
                str(names[g]),
                float(people[g]),
                float(income[g]),
                float(relative * mean),
                index,
                float(weight * index),
            )
        )
    total = entropy(p, r, alpha=alpha)
    between = entropy(
        np.asarray(people[kept], dtype=np.float64),
        np.asarray(income[kept] / people[kept], dtype=np.float64),
        alpha=alpha,
    )
    within = float(sum(part.within for part in parts))
    return Decomposition(total, between, within, total - between - within, tuple(parts))
