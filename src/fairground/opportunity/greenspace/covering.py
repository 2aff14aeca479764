"""Where a few new spaces or ways in would help most people: chosen together, and proved how near to the best.

Maximal covering: of all candidate places, choose at most so many that the people within reach of at least one
of them are most. Reference: Church and ReVelle, "The maximal covering location problem", Papers of the
Regional Science Association 32 (1974), 101-118. Solved exactly by HiGHS (Huangfu and Hall, 2018) through
scipy; the bound it proves is kept, and beside it stands the greedy choice, one best place after another,
which reaches at least 63% of the best (Nemhauser, Wolsey and Fisher, 1978).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix, csr_matrix, hstack, identity

from fairground.errors import BadInput

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

NODES = 2_000  # branches that HiGHS may try; where they do not suffice, the gap is above zero and said
MOST = 20


@dataclass(frozen=True)
class Cover:
    """The places chosen, the people they reach, and the most that any choice could reach.

    gap : how far the choice may be from the best, as a share of the bound; 0 where it is proved best.
    """

    chosen: tuple[int, ...]
    people: float
    bound: float
    gap: float
    greedy: tuple[int, ...]
    greedy_people: float


def cover(place: Places, home: Places, people: Floats, *, choose: int) -> Cover:
    """Choose at most `choose` places so that the people within reach of one of them are most.

    Parameters
    ----------
    place, home : (p,) pairs: this place is within reach of this home. people : (h,) in each home.
    choose : how many places, 1 to 20.

    Returns
    -------
    Cover : the choice in rising order, its people, the proved bound and gap, and the greedy choice.

    Raises
    ------
    BadInput : a number of places that is not 1 to 20.

    >>> import numpy as np
    >>> from fairground.opportunity.greenspace.covering import cover
    >>> cover(np.array([0, 0, 1]), np.array([0, 1, 2]), np.array([5.0, 5.0, 8.0]), choose=1).chosen
    (0,)
    """
    if not 1 <= choose <= MOST:
        raise BadInput("Choose some places", "choose", choose, f"1 to {MOST}")
    within = _grouped(np.asarray(place, np.int64), np.asarray(home, np.int64), np.asarray(people, float))
    if within is None:
        return Cover((), 0.0, 0.0, 0.0, (), 0.0)
    reach, weight = within
    greedy, greedy_people = _greedy(reach, weight, choose)
    chosen, bound = _best(reach, weight, choose)
    got = _covered(reach, weight, chosen)
    if got < greedy_people:
        chosen, got = greedy, greedy_people
    bound = max(bound, got)
    return Cover(chosen, got, bound, (bound - got) / bound if bound else 0.0, greedy, greedy_people)


def _grouped(place: Places, home: Places, people: Floats) -> tuple[csr_matrix, Floats] | None:
    """Return (homes x places, people): homes that the same places reach are one row."""
    helped = people[home] > 0
    place, home = place[helped], home[helped]
    if not len(place):
        return None
    order = np.lexsort((place, home))
    place, home = place[order], home[order]
    begins = np.flatnonzero(np.concatenate([[True], np.diff(home) != 0]))
    groups: dict[bytes, int] = {}
    weights: list[float] = []
    rows, columns = [], []
    for start, end in zip(begins, [*begins[1:], len(home)], strict=True):
        which = np.unique(place[start:end])
        at = groups.setdefault(which.tobytes(), len(groups))
        if at == len(weights):
            weights.append(0.0)
            rows.append(np.full(len(which), at))
            columns.append(which)
        weights[at] += float(people[home[start]])
    row, column = np.concatenate(rows), np.concatenate(columns)
    reach = coo_matrix((np.ones(len(row)), (row, column)), (len(weights), int(place.max()) + 1)).tocsr()
    return reach, np.array(weights)


def _greedy(reach: csr_matrix, weight: Floats, choose: int) -> tuple[tuple[int, ...], float]:
    left, chosen = weight.copy(), []
    for _ in range(choose):
        gain = left @ reach
        best = int(np.argmax(gain))
        if gain[best] <= 0:
            break
        chosen.append(best)
        left[reach[:, [best]].toarray().ravel() > 0] = 0.0
    return tuple(sorted(chosen)), float(weight.sum() - left.sum())


def _best(reach: csr_matrix, weight: Floats, choose: int) -> tuple[tuple[int, ...], float]:
    """Return the choice that HiGHS finds, and the bound that it proves."""
    homes, places = reach.shape
    cost = np.concatenate([np.zeros(places), -weight])
    reached = LinearConstraint(hstack([reach, -identity(homes)]).tocsr(), lb=0)
    few = LinearConstraint(csr_matrix(np.concatenate([np.ones(places), np.zeros(homes)])), ub=choose)
    whole = np.concatenate([np.ones(places), np.zeros(homes)])
    found = milp(
        cost,
        constraints=[reached, few],
        integrality=whole,
        bounds=Bounds(0, 1),
        options={"node_limit": NODES, "mip_rel_gap": 1e-9},
    )
    bound = float(weight.sum()) if found.mip_dual_bound is None else -float(found.mip_dual_bound)
    if found.x is None:
        return (), bound
    return tuple(int(at) for at in np.flatnonzero(found.x[:places] > 0.5)), bound


def _covered(reach: csr_matrix, weight: Floats, chosen: tuple[int, ...]) -> float:
    if not chosen:
        return 0.0
    got = np.asarray(reach[:, list(chosen)].sum(axis=1)).ravel() > 0
    return float(weight[got].sum())
