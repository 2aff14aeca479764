"""Who answers: how likely each council was to answer, and whether those that did are like all.

A model of the chance to answer (its class, its region, what it was paid) gives weighting classes: councils
that were about equally likely to answer stand for one another. R. J. A. Little, International Statistical
Review 54 (1986); P. R. Rosenbaum and D. B. Rubin, JASA 79 (1984) for five classes; B. Schouten, F. Cobben and
J. Bethlehem, Survey Methodology 35 (2009) for the R-indicator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput

__all__ = ["Balance", "Response", "response"]

Floats = NDArray[np.float64]
CLASSES = 5
RIDGE = 0.05  # keeps a slope finite where every council of a kind answered, or none
ROUNDS = 60


@dataclass(frozen=True)
class Balance:
    """One thing known of every council: its mean over all, over those that answered, and after weighting."""

    about: str
    all: float
    answered: float
    weighted: float


@dataclass(frozen=True, eq=False)
class Response:
    """How likely each council was to answer.

    chance : (N,) the modelled chance. classes : (N,) the weighting class of each, "1" the least likely.
    r_indicator : 1 where all were equally likely to answer; the lower, the less alike.
    balance : what those that answered look like beside all.
    """

    chance: Floats
    classes: tuple[str, ...]
    r_indicator: float
    balance: tuple[Balance, ...]


def response(
    answered: Sequence[bool],
    kinds: Mapping[str, Sequence[str]],
    amounts: Mapping[str, Sequence[float]],
    *,
    classes: int = CLASSES,
) -> Response:
    """Return how likely each council was to answer, from what is known of all.

    Parameters
    ----------
    answered : (N,) which did. kinds : words known of each, such as its class and its region.
    amounts : numbers known of each, zero or more; their logarithms go into the model.
    classes : how many weighting classes of about equal size to make.

    Raises
    ------
    BadInput : lengths that differ, or nobody answered.

    >>> all_alike = response([True, False] * 6, {"class": ["a"] * 12}, {})
    >>> all_alike.r_indicator, set(all_alike.classes)
    (1.0, {'1'})
    """
    here = np.array(answered, bool)
    for name, told in (*kinds.items(), *amounts.items()):
        if len(told) != len(here):
            raise BadInput("Each council needs one value", name, len(told), f"{len(here)} values")
    if not here.any():
        raise BadInput("Nobody answered, so nothing can be said of who answers", "answered", 0, "1 or more")
    names, design = _design(kinds, amounts, len(here))
    chance = _chances(design, here)
    spread = float(chance.std(ddof=1)) if len(here) > 1 else 0.0
    made = _classes(chance, here, classes)
    return Response(chance, made, 1.0 - 2.0 * spread, _balance(names, design, here, made))


def _design(
    kinds: Mapping[str, Sequence[str]], amounts: Mapping[str, Sequence[float]], size: int
) -> tuple[list[str], Floats]:
    """Return one column for each kind and each logarithm of an amount, and what each is called."""
    names: list[str] = []
    columns: list[Floats] = []
    for about, told in kinds.items():
        for one in dict.fromkeys(told):
            names.append(f"{about}: {one}")
            columns.append(np.array([word == one for word in told], np.float64))
    for about, held in amounts.items():
        value = np.array(held, np.float64)
        names.append(about)
        columns.append(np.log1p(value / max(float(value.mean()), 1e-300)))
    return names, np.column_stack(columns) if columns else np.empty((size, 0))


def _chances(design: Floats, here: NDArray[np.bool_]) -> Floats:
    """Return the fit of a logistic model with a small ridge on its slopes (Newton steps)."""
    centred = design - design.mean(axis=0) if len(design) else design
    spread = centred.std(axis=0)
    x = np.column_stack([np.ones(len(here)), centred[:, spread > 0] / spread[spread > 0]])
    penalty = np.eye(x.shape[1]) * RIDGE * len(here) ** 0.5
    penalty[0, 0] = 1e-9
    slopes = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        fitted = 1 / (1 + np.exp(-np.clip(x @ slopes, -30, 30)))
        weight = np.maximum(fitted * (1 - fitted), 1e-9)
        step = np.linalg.solve(
            x.T @ (x * weight[:, None]) + penalty, x.T @ (here - fitted) - penalty @ slopes
        )
        slopes = slopes + step
        if float(np.abs(step).max()) < 1e-10:
            break
    return np.asarray(1 / (1 + np.exp(-np.clip(x @ slopes, -30, 30))), np.float64)


def _classes(chance: Floats, here: NDArray[np.bool_], most: int) -> tuple[str, ...]:
    """Return classes of about equal size by chance; a class needs two answers, so there may be fewer."""
    number = max(1, min(most, int(here.sum()) // 2))
    edges = np.unique(np.quantile(chance, np.arange(1, number) / number).round(12))
    found = np.searchsorted(edges, chance.round(12), side="right")
    ranks = {one: str(at) for at, one in enumerate(np.unique(found).tolist(), start=1)}
    return tuple(ranks[one] for one in found.tolist())


def _balance(
    names: Sequence[str], design: Floats, here: NDArray[np.bool_], made: Sequence[str]
) -> tuple[Balance, ...]:
    group = np.array(made)
    weight = np.zeros(len(here))
    for one in set(made):
        inside = group == one
        told = inside & here
        if told.any():
            weight[told] = inside.sum() / told.sum()
    return tuple(
        Balance(
            name,
            float(column.mean()),
            float(column[here].mean()),
            float(weight @ column / weight.sum()),
        )
        for name, column in zip(names, design.T, strict=True)
    )
