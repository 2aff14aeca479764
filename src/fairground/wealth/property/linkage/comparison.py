"""What two entries have in common, field by field, as numbers that speak for or against their being the same.

`kernels.compare` gives the raw columns (`COLUMNS`); `features` turns them into shares, levels and steps, each
under the field that a person would name: the name, the address, the numbers, the kind, the postcode, the
place and the UPRN. What a list does not say is a level of its own: it is neither for nor against.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from fairground.wealth.property.linkage import kernels
from fairground.wealth.property.linkage.coding import Lists

__all__ = ["COLUMNS", "FIELDS", "RIVALS", "compared", "features", "levels"]

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
COLUMNS = (
    "name_found", "name_lost", "name_found_back", "name_lost_back", "names", "names_lost", "address_found",
    "address_lost", "address_found_back", "address_lost_back", "numbers", "kinds", "kinds_lost",
    "kinds_lost_back", "postcode", "postcode_differs", "metres", "uprn", "names_back", "roughly", "spread",
)  # fmt: skip
AT = {name: n for n, name in enumerate(COLUMNS)}
RIVALS = ("rivals",) * 4  # two margins, the smaller of them, and whether both are above nothing
NEAR = (50, 200, 500, 1_000, 3_000)  # metres, where both lists say the place
ROUGHLY = (300, 1_500, 5_000, 15_000)  # metres, where one is told from its words
MOST = 3.0  # a distance counts no more than e³ times a step


def compared(lists: Lists, pairs: tuple[Whole, Whole], places: tuple[Floats, Floats]) -> Floats:
    """Return the raw comparison of each pair: pairs by `COLUMNS`."""
    return np.asarray(
        kernels.compare(*pairs, lists.first, lists.second, lists.near, lists.weight, *places), np.float64
    )


def features(raw: Floats) -> Floats:
    """Return what speaks for or against each pair: pairs by `FIELDS`, in float32 to spare memory."""
    return np.column_stack([np.asarray(values, np.float32) for _, values in _features(raw)])


def levels(raw: Floats) -> NDArray[np.int8]:
    """Return each pair's level of agreement by field for `weights`: pairs by seven fields, 0 is missing."""
    named = np.maximum(
        _share(raw, "name_found", "name_lost"), _share(raw, "name_found_back", "name_lost_back")
    )
    where = np.maximum(
        _share(raw, "address_found", "address_lost"), _share(raw, "address_found_back", "address_lost_back")
    )
    kinds = np.where(_of(raw, "kinds") > 0, 2, 1) * (_of(raw, "kinds") + _of(raw, "kinds_lost") > 0)
    back = _of(raw, "kinds") + _of(raw, "kinds_lost_back") > 0
    return np.column_stack(
        [
            1 + np.digitize(named, (0.3, 0.6, 0.9)),
            1 + np.digitize(where, (0.3, 0.6, 0.9)),
            np.array([1, 0, 2])[(_of(raw, "numbers") + 1).astype(int)],
            kinds * back,
            _of(raw, "postcode").astype(int) + 1,
            np.where(
                np.isnan(_of(raw, "roughly")), 0, 1 + np.digitize(-_of(raw, "roughly"), (-5_000, -700, -150))
            ),
            np.array([1, 0, 2])[(_of(raw, "uprn") + 1).astype(int)],
        ]
    ).astype(np.int8)


def _of(raw: Floats, name: str) -> Floats:
    return raw[:, AT[name]]


def _share(raw: Floats, found: str, lost: str) -> Floats:
    """Return how much of the weight of an entry's words the other has; a half where it has no words."""
    has, lacks = _of(raw, found), _of(raw, lost)
    return np.where(has + lacks > 0, has / np.maximum(has + lacks, 1e-9), 0.5)


def _features(raw: Floats) -> Iterator[tuple[str, NDArray[np.generic]]]:
    for field, start in (("name", "name"), ("address", "address")):
        for end in ("", "_back"):
            found, lost = f"{start}_found{end}", f"{start}_lost{end}"
            yield field, _share(raw, found, lost)
            yield field, _of(raw, found) + _of(raw, lost) == 0
            yield field, _of(raw, found)
            yield field, _of(raw, lost)
    yield "name", _share(raw, "names", "names_lost")
    yield "name", _of(raw, "names")
    yield "name", _of(raw, "names_lost")
    yield "name", _of(raw, "names_back")
    yield "numbers", _of(raw, "numbers") == 1
    yield "numbers", _of(raw, "numbers") == -1
    yield from _kinds(raw)
    for part in range(-1, 5):
        yield "postcode", _of(raw, "postcode") == part
    yield "postcode", _of(raw, "postcode_differs")
    for column, steps in (("metres", NEAR), ("roughly", ROUGHLY)):
        yield "place", np.isnan(_of(raw, column))
        for step in steps:
            yield "place", _beyond(_of(raw, column), step)
    yield "uprn", _of(raw, "uprn") == 1
    yield "uprn", _of(raw, "uprn") == -1


def _kinds(raw: Floats) -> Iterator[tuple[str, NDArray[np.generic]]]:
    both, one, two = _of(raw, "kinds"), _of(raw, "kinds_lost"), _of(raw, "kinds_lost_back")
    for number in (both, one, two):
        yield "kind", np.minimum(number, 2)
    yield "kind", (both == 0) & (one > 0) & (two > 0)
    yield "kind", (both > 0) & (one == 0) & (two == 0)
    yield "kind", both + one == 0
    yield "kind", both + two == 0


def _beyond(metres: Floats, step: float) -> Floats:
    """Return the logarithm of how many times a distance is beyond a step: 0 within it or not known."""
    far = np.log(np.maximum(np.nan_to_num(metres, nan=0.0), 1.0) / step)
    return np.clip(far, 0.0, MOST)


FIELDS = tuple(field for field, _ in _features(np.zeros((1, len(COLUMNS)))))
