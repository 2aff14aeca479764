"""Who is left out, which missing need would lift most people, and where a place for it helps most.

A person is lifted where one need more would bring the home into a better class. The best place is found
exactly among the candidates: nobody can be nearer along streets than in a straight line, so the people within
the limit in a straight line are the most that a candidate can reach. Candidates are tried in that order until
none that is left could do better (branch and bound; Land and Doig, Econometrica 28, 1960).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from fairground.errors import BadInput
from fairground.opportunity.neighbourhoods.needs import Preset
from fairground.opportunity.neighbourhoods.scoring import HALF, MET, UNKNOWN, UNMET, Scores, grades

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

TRIED = 2_000  # candidates that are worked out exactly; the bound that is left is said
STRETCH = 1.002  # a flat map's metres may be so much longer or shorter than those of the globe


@dataclass(frozen=True)
class NeedGap:
    """One need: the people for whom it is met, unmet and unknown, and whom it would lift if it were met."""

    need: str
    name: str
    minutes: float
    met: float
    unmet: float
    unknown: float
    lifted: float


@dataclass(frozen=True)
class GroupGap:
    """People of one group: all, those with at least half of their needs met, and their mean score."""

    group: str
    people: float
    half: float
    share: float
    score: float


@dataclass(frozen=True)
class Placed:
    """The best candidate: its row, the people it brings within the limit, the most that any could."""

    row: int
    people: float
    bound: float
    tried: int


def need_gaps(preset: Preset, scores: Scores, people: Floats) -> tuple[NeedGap, ...]:
    """Return for each need how many people have it, lack it, or nobody knows; and whom it would lift.

    Parameters
    ----------
    preset, scores : what was asked and found. people : (n,) people in each home.

    Returns
    -------
    tuple of NeedGap : in the order of the preset.

    Raises
    ------
    BadInput : people that are fewer or more than homes, or less than none.

    >>> import numpy as np
    >>> from fairground.opportunity.neighbourhoods import need_gaps, preset_of, score
    >>> ours = preset_of({"needs": ["food", "bank"], "reference": "Parish plan"})
    >>> far = np.array([[100.0, np.inf], [100.0, 700.0]])
    >>> [gap.lifted for gap in need_gaps(ours, score(ours, far, far, per_minute=80.0), np.array([2.0, 3.0]))]
    [0.0, 2.0]
    """
    weight = checked_people(people, len(scores))
    better = grades(scores.met + 1, len(preset.needs)) < scores.grade
    found = []
    for at, need in enumerate(preset.needs):
        state = scores.state[:, at]
        met, unmet, unknown = (float(weight[state == value].sum()) for value in (MET, UNMET, UNKNOWN))
        lifted = float(weight[(state != MET) & better].sum())
        found.append(NeedGap(need.id, need.name, need.minutes, met, unmet, unknown, lifted))
    return tuple(found)


def checked_people(people: Floats, homes: int) -> Floats:
    """Return the people of each home as numbers of zero or more.

    Raises
    ------
    BadInput : they are not.
    """
    weight = np.asarray(people, float)
    if weight.shape != (homes,) or not (np.isfinite(weight) & (weight >= 0)).all():
        raise BadInput(
            "Each home has a number of people, zero or more", "people", weight.shape, f"{homes} numbers"
        )
    return weight


def group_gaps(scores: Scores, people: Floats, groups: Sequence[str]) -> tuple[GroupGap, ...]:
    """Return how each group fares: areas, tenths of deprivation, or ages.

    Parameters
    ----------
    scores : what was found. people : (n,) people in each home. groups : (n,) the group of each home; homes
        whose group is "" are left out.

    Returns
    -------
    tuple of GroupGap : the worst served first; the sums over groups equal the whole.

    Raises
    ------
    BadInput : groups or people that are fewer or more than homes.

    >>> import numpy as np
    >>> from fairground.opportunity.neighbourhoods import group_gaps, preset_of, score
    >>> ours = preset_of({"needs": ["food"], "reference": "Parish plan"})
    >>> found = score(ours, np.array([[100.0], [np.inf]]), np.array([[100.0], [np.inf]]), per_minute=80.0)
    >>> [(gap.group, gap.share) for gap in group_gaps(found, np.ones(2), ["north", "south"])]
    [('south', 0.0), ('north', 1.0)]
    """
    weight = checked_people(people, len(scores))
    if len(groups) != len(scores):
        raise BadInput("Each home has a group, or none", "groups", len(groups), f"{len(scores)}")
    names, member = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    good = scores.grade <= HALF
    total = np.bincount(member, weight, len(names))
    half = np.bincount(member, weight * good, len(names))
    points = np.bincount(member, weight * scores.score, len(names))
    found = [
        GroupGap(
            str(names[at]),
            float(total[at]),
            float(half[at]),
            float(half[at] / total[at]),
            float(points[at] / total[at]),
        )
        for at in range(len(names))
        if names[at] and total[at] > 0
    ]
    return tuple(sorted(found, key=lambda gap: (gap.share, gap.score, gap.group)))


def best_place(
    x: Floats,
    y: Floats,
    people: Floats,
    at_x: Floats,
    at_y: Floats,
    *,
    metres: float,
    within: Callable[[int, Codes], Floats],
    tried: int = TRIED,
) -> Placed:
    """Return the candidate that brings most people within the limit along the streets.

    Parameters
    ----------
    x, y : (n,) homes that lack the need, on the map. people : (n,) in each. at_x, at_y : (c,) candidates.
    metres : no place that is further in a straight line can be within the limit.
    within : (candidate, homes) -> 1.0 for each of those homes from which it is within the limit, else 0.0.
    tried : how many candidates to work out at most.

    Returns
    -------
    Placed : row -1 where no candidate reaches anybody. bound equals people where it is proved best.

    Raises
    ------
    BadInput : people that are fewer or more than homes.

    >>> import numpy as np
    >>> from fairground.opportunity.neighbourhoods import best_place
    >>> homes, places = np.array([0.0, 50.0, 900.0]), np.array([900.0, 25.0])
    >>> flat = lambda place, rows: (abs(homes[rows] - places[place]) <= 100).astype(float)
    >>> best_place(homes, np.zeros(3), np.ones(3), places, np.zeros(2), metres=100, within=flat).row
    1
    """
    weight = checked_people(people, len(x))
    if not len(x) or not len(at_x):
        return Placed(-1, 0.0, 0.0, 0)
    homes = cKDTree(np.column_stack([x, y]))
    spots, far = np.column_stack([at_x, at_y]), metres * STRETCH + 1.0
    most = _weights(homes, spots, far, weight)
    best, row, done = 0.0, -1, 0
    order = np.argsort(-most, kind="stable")
    for candidate in order[:tried].tolist():
        if most[candidate] <= best:
            break
        rows = np.array(homes.query_ball_point(spots[candidate], far), np.int64)
        got = float((weight[rows] * within(candidate, rows)).sum())
        done += 1
        if got > best:
            best, row = got, candidate
    left = float(most[order[done]]) if done < len(order) else 0.0
    return Placed(row, best, max(best, left), done)


def _weights(homes: cKDTree, spots: Floats, far: float, weight: Floats) -> Floats:
    """Return the people within a straight line of each candidate; homes are listed for one at a time."""
    if (weight == weight[0]).all():
        return np.asarray(homes.query_ball_point(spots, far, return_length=True) * weight[0], float)
    return np.array([weight[homes.query_ball_point(spot, far)].sum() for spot in spots])
