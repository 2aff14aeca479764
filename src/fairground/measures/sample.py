"""The places being compared: one value each, how many people each stands for, and its group.

Reference: Cowell, "Measuring Inequality" (2011), chapter 2, on weights and on zero and negative incomes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]
Numbers = Sequence[float] | NDArray[Any]


def checked_values(values: Numbers, *, lowest: str = "any", field: str = "value") -> Floats:
    """Values as floats (n,); `lowest` is 'any', 'zero' or 'positive'. Rows in errors count from 1."""
    array = _floats(values, field)
    if array.size == 0:
        raise BadInput("There are no values", field=field, allowed="at least one value")
    _refuse(array, ~np.isfinite(array), "A value is missing or not finite", field, "a finite number")
    if lowest == "zero":
        _refuse(array, array < 0, "A value is negative", field, "zero or more")
    if lowest == "positive":
        _refuse(array, array <= 0, "This measure needs values above zero", field, "more than zero")
    return array


def checked_weights(weights: Numbers | None, size: int) -> Floats:
    """Weights as floats (n,), zero or more with at least one above zero; None means equal weights."""
    if weights is None:
        return np.ones(size)
    array = _floats(weights, "weight")
    if array.size != size:
        raise BadInput(
            "Weights and values differ in number", field="weight", value=array.size, allowed=f"{size}"
        )
    _refuse(array, ~np.isfinite(array), "A weight is missing or not finite", "weight", "a finite number")
    _refuse(array, array < 0, "A weight is negative", "weight", "zero or more")
    if not array.sum() > 0:
        raise BadInput("All weights are zero", field="weight", allowed="at least one above zero")
    return array


def shares_and_relatives(y: Floats, w: Floats) -> tuple[Floats, Floats]:
    """Population shares p (sum 1) and values relative to the weighted mean r."""
    p = w / w.sum()
    mean = mean_of(p, y)
    if not mean > 0:
        raise BadInput("The mean must be above zero", field="value", value=mean, allowed="a mean above zero")
    return p, y / mean


def grouped(groups: Sequence[object], size: int) -> tuple[list[str], Labels]:
    """Return the groups' names in order and each row's place among them; an empty name is refused."""
    if len(groups) != size:
        raise BadInput("Groups and values differ in number", "group", len(groups), f"{size}")
    seen, place = _numbered(groups)
    for at, label in enumerate(seen):
        if label is None or label != label or not str(label).strip():
            raise BadInput("A group has no name", "group", label, "a name", int(np.argmax(place == at)) + 1)
    names = sorted(map(str, seen))
    if len(set(names)) < len(seen):
        raise BadInput("Two groups are written alike", "group", allowed="all text, or all numbers")
    rank = {name: at for at, name in enumerate(names)}
    return names, np.array([rank[str(label)] for label in seen], dtype=np.int32)[place]


def _numbered(groups: Sequence[object]) -> tuple[list[Any], Labels]:
    """The distinct labels, and for each row which of them it has; close whole numbers need no looking up."""
    if isinstance(groups, np.ndarray) and groups.dtype.kind in "iu" and groups.ndim == 1:
        lowest, highest = int(groups.min()), int(groups.max())
        if highest - lowest <= 4 * groups.size:
            offset = groups - groups.dtype.type(lowest)
            present = np.bincount(offset, minlength=1) > 0
            found = (np.flatnonzero(present) + lowest).tolist()
            return found, (np.cumsum(present, dtype=np.int32) - 1)[offset]
    labels = groups.tolist() if isinstance(groups, np.ndarray) else list(groups)
    seen = list(dict.fromkeys(labels))
    at = dict(zip(seen, range(len(seen)), strict=True))
    return seen, np.fromiter(map(at.__getitem__, labels), np.int32, len(labels))


def checked_times(times: int, *, field: str) -> int:
    """Return how often to draw: a whole number from 1 to a million."""
    if not isinstance(times, int | np.integer) or isinstance(times, bool) or not 1 <= times <= 1_000_000:
        raise BadInput("This must be a whole number of draws", field, times, "1 to 1,000,000")
    return int(times)


def checked_seed(seed: int) -> np.uint64:
    """Return the seed of a draw: a whole number from 0, under 2 to the power 64."""
    if not isinstance(seed, int | np.integer) or isinstance(seed, bool) or not 0 <= seed < 2**64:
        raise BadInput("A seed must be a whole number", "seed", seed, "0 up to 18446744073709551615")
    return np.uint64(int(seed))


def mean_of(p: Floats, x: Floats) -> float:
    """Sum of p x. Not `p @ x`, which starts threads that cost more than the sum and round as they please."""
    return float(np.sum(p * x))


def _floats(numbers: Numbers, field: str) -> Floats:
    try:
        array = np.asarray(numbers, dtype=np.float64)
    except (TypeError, ValueError):
        for row, number in enumerate(numbers, start=1):
            try:
                float(number)
            except (TypeError, ValueError):
                raise BadInput(
                    "Not a number", field=field, value=number, allowed="a number", row=row
                ) from None
        raise
    if array.ndim != 1:
        raise BadInput(
            "Expected one list of numbers", field=field, value=array.shape, allowed="one dimension"
        )
    return array


def _refuse(array: Floats, bad: NDArray[np.bool_], what: str, field: str, allowed: str) -> None:
    if bad.any():
        at = int(np.argmax(bad))
        raise BadInput(what, field=field, value=float(array[at]), allowed=allowed, row=at + 1)
