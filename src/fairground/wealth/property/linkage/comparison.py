"""What two entries have in common, field by field, as numbers that speak for or against their being the same.

`kernels.compare` gives the raw columns (`COLUMNS`); `features` turns them into shares, levels and steps, each
under the field that a person would name: the name, the address, the numbers, the kind, the postcode, the
place and the UPRN. `GUESS` is what a person would give each before any pair is labelled. What a list does
not say is a level of its own: it is neither for nor against.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from fairground.wealth.property.linkage import kernels
from fairground.wealth.property.linkage.coding import Lists

__all__ = ["COLUMNS", "FIELDS", "GUESS", "RIVALS", "RIVAL_GUESS", "compared", "features", "levels"]

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
COLUMNS = (
    "name_found", "name_lost", "name_found_back", "name_lost_back", "names", "names_lost", "address_found",
    "address_lost", "address_found_back", "address_lost_back", "numbers", "kinds", "kinds_lost",
    "kinds_lost_back", "postcode", "postcode_differs", "metres", "uprn", "names_back", "roughly", "spread",
)  # fmt: skip
AT = {name: n for n, name in enumerate(COLUMNS)}
RIVAL_GUESS = np.array([0.1, 0.1, 0.1, 0.3])
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
    return np.column_stack([np.asarray(values, np.float32) for _, values, _ in _features(raw)])


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


def _features(raw: Floats) -> Iterator[tuple[str, NDArray[np.generic], float]]:
    """Yield the field, the values and the first guess of the points of each feature."""
    for field, start, guess in (("name", "name", 2.0), ("address", "address", 1.0)):
        for end in ("", "_back"):
            found, lost = f"{start}_found{end}", f"{start}_lost{end}"
            yield field, _share(raw, found, lost), guess
            yield field, _of(raw, found) + _of(raw, lost) == 0, 0.0
            yield field, _of(raw, found), 0.04 * guess
            yield field, _of(raw, lost), -0.06 * guess
    yield "name", _share(raw, "names", "names_lost"), 1.0
    yield "name", _of(raw, "names"), 0.0
    yield "name", _of(raw, "names_lost"), 0.0
    yield "name", _of(raw, "names_back"), 0.0
    yield "numbers", _of(raw, "numbers") == 1, 1.0
    yield "numbers", _of(raw, "numbers") == -1, -1.0
    yield from _kinds(raw)
    for part, guess in zip(range(-1, 5), (0.0, -2.0, -1.5, 0.0, 0.5, 2.0), strict=True):
        yield "postcode", _of(raw, "postcode") == part, guess
    yield "postcode", _of(raw, "postcode_differs"), -0.5
    for column, steps, guess in (("metres", NEAR, -0.3), ("roughly", ROUGHLY, -0.5)):
        yield "place", np.isnan(_of(raw, column)), 0.0
        for step in steps:
            yield "place", _beyond(_of(raw, column), step), guess
    yield "uprn", _of(raw, "uprn") == 1, 5.0
    yield "uprn", _of(raw, "uprn") == -1, -3.0


def _kinds(raw: Floats) -> Iterator[tuple[str, NDArray[np.generic], float]]:
    both, one, two = _of(raw, "kinds"), _of(raw, "kinds_lost"), _of(raw, "kinds_lost_back")
    yield "kind", np.minimum(both, 2), 0.7
    yield "kind", np.minimum(one, 2), -0.5
    yield "kind", np.minimum(two, 2), -0.5
    yield "kind", (both == 0) & (one > 0) & (two > 0), -1.0
    yield "kind", (both > 0) & (one == 0) & (two == 0), 0.5
    yield "kind", both + one == 0, 0.0
    yield "kind", both + two == 0, 0.0


def _beyond(metres: Floats, step: float) -> Floats:
    """Return the logarithm of how many times a distance is beyond a step: 0 within it or not known."""
    far = np.log(np.maximum(np.nan_to_num(metres, nan=0.0), 1.0) / step)
    return np.clip(far, 0.0, MOST)


_NOTHING = tuple(_features(np.zeros((1, len(COLUMNS)))))
FIELDS = (*(field for field, _, _ in _NOTHING), "before")  # the last: the score by `weights`
GUESS = np.array(
    [*(guess for _, _, guess in _NOTHING), 0.0]
)  # points that a person would give, to start from
