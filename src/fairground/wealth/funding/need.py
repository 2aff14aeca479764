"""How much a place needs: a weighted geometric mean of indicators that anyone may choose.

Each indicator is turned so that more means more need, divided by its population-weighted mean, and raised
to its weight. A geometric mean cannot be bought off by one good figure, and it splits into exact factors.
The index has mean 1 over people and is published, and used, to nine decimal places, so that the same
figures give the same pence on every machine. Reference: OECD and JRC, "Handbook on Constructing
Composite Indicators" (2008), section 6.2 (geometric aggregation); the exponential transform of ranks is
that of the English Indices of Deprivation, technical report, section 3.7.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput, NotFound

UNIT = 10**9
"""Need, cost and catch-up factors are whole numbers of billionths."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Transform:
    """A way to turn published values into numbers above zero that rise with need."""

    id: str
    name: str
    reference: str
    smooth: bool
    run: Callable[[Floats], Floats]


def _same(values: Floats) -> Floats:
    return values


def _rank(values: Floats) -> Floats:
    """Mid-rank over n + 1: between 0 and 1, ties share a rank."""
    ordered = np.sort(values)
    below = np.searchsorted(ordered, values, side="left")
    upto = np.searchsorted(ordered, values, side="right")
    found: Floats = (below + upto + 1) / (2.0 * (values.size + 1))
    return found


def _exponential(values: Floats) -> Floats:
    found: Floats = -23.0 * np.log(1.0 - _rank(values) * (1.0 - math.exp(-100.0 / 23.0)))
    return found


TRANSFORMS: tuple[Transform, ...] = (
    Transform("ratio", "Value over the mean", "OECD and JRC handbook (2008), 5.6", True, _same),
    Transform("rank", "Rank among places", "OECD and JRC handbook (2008), 5.1", False, _rank),
    Transform(
        "exponential", "Exponential of the rank", "English Indices of Deprivation, 3.7", False, _exponential
    ),
)


def transform(id: str) -> Transform:
    """Return a transform by its id.

    Raises
    ------
    NotFound : no transform has that id.
    """
    found = {item.id: item for item in TRANSFORMS}
    if id not in found:
        raise NotFound("No such transform", field="transform", value=id, nearest=tuple(found))
    return found[id]


@dataclass(frozen=True)
class Weighted:
    """An indicator in a need index: its weight, what a higher value means, and its transform."""

    id: str
    weight: Fraction
    higher_is: str = "worse"
    transform: str = "ratio"

    def __post_init__(self) -> None:
        if not isinstance(self.weight, Fraction | int) or self.weight < 0:
            raise BadInput(
                "A weight must be zero or more", self.id, self.weight, "an exact number from 0 to 1"
            )
        if self.higher_is not in ("worse", "better"):
            raise BadInput("Say what a higher value means", self.id, self.higher_is, "worse or better")
        transform(self.transform)


@dataclass(frozen=True)
class Column:
    """The published values of one indicator, one per place, with 95% limits where there are any."""

    id: str
    values: tuple[float, ...]
    lower: tuple[float | None, ...] = ()
    upper: tuple[float | None, ...] = ()


def check_weights(indicators: Sequence[Weighted]) -> None:
    """Raise BadInput unless there is an indicator, none is named twice, and the weights add up to 1."""
    if not indicators:
        raise BadInput(
            "A need index needs an indicator", field="indicators", value="none", allowed="one or more"
        )
    names = [item.id for item in indicators]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInput("An indicator is named twice", field="indicators", value=", ".join(twice))
    total = sum((item.weight for item in indicators), Fraction(0))
    if total != 1:
        shown = ", ".join(f"{item.id}={float(item.weight):g}" for item in indicators)
        raise BadInput(
            f"The weights add up to {float(total):g}, not 1",
            field="indicators",
            value=shown,
            allowed="weights that add up to exactly 1",
        )


def logarithms(
    item: Weighted, values: Sequence[float], *, populations: Sequence[int], names: Sequence[str]
) -> Floats:
    """Return the logarithm of each place's ratio to the mean on one indicator, more for more need.

    Parameters
    ----------
    item : what a higher value means, and the transform.
    values : one number above zero per place, in the indicator's own unit.
    populations : people, one count per place.
    names : the places' names, for errors.

    Returns
    -------
    array of shape (places,), no unit.

    Raises
    ------
    BadInput : a value is missing, not finite, or not above zero; names the place and the indicator.
    """
    for row, (name, value) in enumerate(zip(names, values, strict=True), start=1):
        if value is None or not math.isfinite(value) or value <= 0:
            raise BadInput(
                f"'{item.id}' has no usable value for {name}",
                field=item.id,
                row=row,
                value="missing" if value is None else value,
                allowed="a number above zero for every place",
            )
    found = np.asarray(values, dtype=np.float64)
    turned = transform(item.transform).run(1.0 / found if item.higher_is == "better" else found)
    mean = math.fsum((turned * np.asarray(populations, dtype=np.float64)).tolist()) / sum(populations)
    logs: Floats = np.log(turned / mean)
    return logs


def need_index(
    indicators: Sequence[Weighted],
    columns: Sequence[Column],
    *,
    populations: Sequence[int],
    names: Sequence[str],
) -> tuple[int, ...]:
    """Return each place's need index in billionths: 1,000,000,000 is the mean over people.

    Parameters
    ----------
    indicators : chosen indicators; weights add up to 1.
    columns : the values of each chosen indicator, in any order.
    populations : people, one count per place.
    names : the places' names, for errors.

    Raises
    ------
    BadInput : weights that do not add up to 1; a value that is missing or not above zero.
    NotFound : an indicator has no column.
    """
    check_weights(indicators)
    held = {column.id: column for column in columns}
    total = np.zeros(len(populations))
    for item in indicators:
        if item.id not in held:
            raise NotFound("No values for this indicator", "indicators", item.id, nearest=tuple(held))
        total += float(item.weight) * logarithms(
            item, held[item.id].values, populations=populations, names=names
        )
    return to_mean_one(np.exp(total), populations)


def to_mean_one(values: Floats, populations: Sequence[int]) -> tuple[int, ...]:
    """Return values over their population-weighted mean, rounded to whole billionths, at least one."""
    mean = math.fsum((values * np.asarray(populations, dtype=np.float64)).tolist()) / sum(populations)
    return billionths(values / mean)


def billionths(values: Floats) -> tuple[int, ...]:
    """Return numbers above zero as whole billionths, at least one."""
    return tuple(int(value) for value in np.maximum(np.rint(values * UNIT), 1.0))


def powered(index: Sequence[int], exponent: Fraction) -> tuple[int, ...]:
    """Return an index in billionths raised to an exponent, in billionths; 1 leaves it as it is."""
    if exponent == 1:
        return tuple(index)
    return billionths((np.asarray(index, dtype=np.float64) / UNIT) ** float(exponent))
