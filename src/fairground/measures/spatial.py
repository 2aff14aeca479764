"""How much of the Gini lies between neighbours, and how much between places that are not neighbours.

The Gini adds up the gap between every two people. Here each pair of places is sorted into near or far. Near
means sharing a border, being among the nearest, or lying in the same region; regions need no list of pairs,
because the sum inside each region comes from one pass over its places in rising order. Reference: Rey and
Smith, "A spatial decomposition of the Gini coefficient", Letters in Spatial and Resource Sciences 6(2), 2013.
Shares are of the whole Gini. Chance: places, each with its people, are moved about at random.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from fairground.errors import BadInput
from fairground.measures.decomposition import group_sums
from fairground.measures.inequality import gini_of
from fairground.measures.sample import (
    Floats,
    Labels,
    Numbers,
    checked_seed,
    checked_times,
    checked_values,
    checked_weights,
    grouped,
    mean_of,
    shares_and_relatives,
)


@dataclass(frozen=True)
class Neighbours:
    """Who is near whom, from `borders` or `nearest`: row i has `rows[starts[i]:starts[i + 1]]`."""

    starts: Labels
    rows: Labels

    @property
    def places(self) -> int:
        """How many places there are."""
        return int(self.starts.size - 1)


@dataclass(frozen=True)
class SpatialGini:
    """total = near + far; `near` is worked directly, `far` is the rest; shares are of the total.

    `polarisation` is the mean gap between far places over that between near ones: 1 when place makes no
    difference, None when near places are all alike or there are none. `p_value` is the share of random
    layouts whose far part is at least as large (None without permutations), `expected_far_share` their
    average.
    """

    total: float
    near: float
    far: float
    near_share: float
    far_share: float
    polarisation: float | None
    p_value: float | None
    expected_far_share: float | None
    permutations: int
    seed: int


def borders(names: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Neighbours:
    """Neighbours by shared borders.

    Parameters
    ----------
    names : (n,) the places in the order of their values. pairs : who touches whom, in either order; a pair
        given twice counts once. A place may touch none.

    Raises
    ------
    BadInput : a name given twice, a pair with an unknown name or a place that borders itself; names the row.

    >>> from fairground.measures import borders
    >>> borders(["A", "B", "C"], [("A", "B"), ("B", "C")]).rows.tolist()
    [1, 0, 2, 1]
    """
    at: dict[str, int] = {}
    for row, name in enumerate(names):
        if at.setdefault(name, row) != row:
            raise BadInput("This name is given twice", "name", name, "each name once", row + 1)
    found: set[tuple[int, int]] = set()
    for row, (one, other) in enumerate(pairs, start=1):
        for name in (one, other):
            if name not in at:
                raise BadInput("No place has this name", "borders", name, "a name in the list", row)
        if one == other:
            raise BadInput("A place cannot border itself", "borders", one, "another place", row)
        found |= {(at[one], at[other]), (at[other], at[one])}
    ordered = np.array(sorted(found), dtype=np.int32).reshape(-1, 2)
    return _from_edges(ordered[:, 0], ordered[:, 1], len(names))


def nearest(east: Numbers, north: Numbers, *, count: int) -> Neighbours:
    """Neighbours by distance: the `count` nearest other places, whether or not the nearness is mutual.

    Parameters
    ----------
    east, north : (n,) coordinates in one unit on a flat grid, such as British National Grid metres.
    count : neighbours of each place, 1 up to n - 1.

    Raises
    ------
    BadInput : a coordinate that is missing (names the row), a count out of range.

    >>> from fairground.measures import nearest
    >>> nearest([0, 1, 5], [0, 0, 0], count=1).rows.tolist()
    [1, 0, 1]
    """
    x, y = checked_values(east, field="east"), checked_values(north, field="north")
    if x.size != y.size:
        raise BadInput("East and north differ in number", "north", y.size, f"{x.size}")
    if not isinstance(count, int | np.integer) or not 1 <= count < x.size:
        raise BadInput("Too few or too many neighbours", "count", count, f"1 to {x.size - 1}")
    _, found = cKDTree(np.column_stack([x, y])).query(np.column_stack([x, y]), k=int(count) + 1)
    itself = found == np.arange(x.size)[:, None]
    itself[~itself.any(axis=1), -1] = True
    rows = found[~itself].astype(np.int32)
    return Neighbours((np.arange(x.size + 1) * int(count)).astype(np.int32), rows)


def spatial_gini(
    values: Numbers,
    *,
    neighbours: Neighbours | None = None,
    groups: Sequence[str] | None = None,
    weights: Numbers | None = None,
    permutations: int = 0,
    seed: int = 0,
) -> SpatialGini:
    """Split the Gini into pairs of neighbours and all other pairs, and say whether that is more than chance.

    Parameters
    ----------
    values : (n,) zero or more, with a mean above zero. weights : (n,) people; None counts each place once.
    neighbours : from `borders` or `nearest`; or instead groups : (n,) a region each, all in it being near.
    permutations : random layouts to compare with, 0 for none. seed : fixes them; the same on every machine.

    Returns
    -------
    SpatialGini : parts and shares. All values equal, or one place: every part and share is 0, p-value 1.

    Raises
    ------
    BadInput : a value that is negative or missing, a group without a name (names the row); neighbours or
        groups that do not fit the values; both given, or neither.

    Source: Rey and Smith (2013), with weights; shares are of the total, not of 2 n^2
    times the mean.

    >>> from fairground.measures import spatial_gini
    >>> found = spatial_gini([1, 2, 7, 8], groups=["west", "west", "east", "east"])
    >>> round(found.near_share, 4), round(found.far_share, 4)
    (0.0769, 0.9231)
    """
    y = checked_values(values, lowest="zero")
    p, r = shares_and_relatives(y, checked_weights(weights, y.size))
    start = checked_seed(seed)
    times = checked_times(permutations, field="permutations") if permutations else 0
    if (neighbours is None) == (groups is None):
        raise BadInput("Give neighbours or groups", "neighbours", allowed="one of the two")
    order = np.argsort(r, kind="stable")
    total = gini_of(p[order], r[order])
    every = (1.0 - mean_of(p, p)) / 2
    if groups is not None:
        near, drawn = _blocks(grouped(groups, y.size), p, r, order, times, start)
    elif neighbours is not None:
        near, drawn = _edges(neighbours, p, r, times, start)
    return _result(total, every, near, drawn, seed)


def _blocks(
    groups: tuple[list[str], Labels],
    p: Floats,
    r: Floats,
    order: NDArray[np.intp],
    times: int,
    seed: np.uint64,
) -> tuple[tuple[float, float], Floats]:
    from fairground.measures import kernels

    names, member = groups[0], groups[1][order]
    p, r = p[order], r[order]
    people, _ = group_sums(member, p, r, len(names))
    near = kernels.block_pairs(member, p, r, len(names)), (mean_of(people, people) - mean_of(p, p)) / 2
    return near, kernels.shuffled_block_pairs(member, p, r, len(names), times, seed)


def _edges(
    neighbours: Neighbours, p: Floats, r: Floats, times: int, seed: np.uint64
) -> tuple[tuple[float, float], Floats]:
    from fairground.measures import kernels

    if neighbours.places != p.size:
        raise BadInput("Neighbours and values differ in number", "neighbours", neighbours.places, f"{p.size}")
    near = kernels.edge_pairs(neighbours.starts, neighbours.rows, p, r)
    return near, kernels.shuffled_edge_pairs(neighbours.starts, neighbours.rows, p, r, times, seed)


def _result(total: float, every: float, near: tuple[float, float], drawn: Floats, seed: int) -> SpatialGini:
    """Each part with its share; `every` and near[1] are the sums of p_i p_j, for mean gaps."""
    inside, pairs = min(near[0], total), near[1]
    far = total - inside
    share = inside / total if total > 0 else 0.0
    others = every - pairs
    polarisation = (far / others) / (inside / pairs) if inside > 0 and others > 1e-15 else None
    p_value = expected = None
    if len(drawn):
        outside = total - drawn[:, 0]
        p_value = float((1 + np.sum(outside >= far - 1e-12 * total)) / (len(drawn) + 1))
        expected = float(outside.mean()) / total if total > 0 else 0.0
    return SpatialGini(
        total,
        inside,
        far,
        share,
        far / total if total > 0 else 0.0,
        polarisation,
        p_value,
        expected,
        len(drawn),
        int(seed),
    )


def _from_edges(start: Labels, end: Labels, count: int) -> Neighbours:
    degree = np.bincount(start, minlength=count)
    return Neighbours(np.concatenate([[0], np.cumsum(degree)]).astype(np.int32), end)
