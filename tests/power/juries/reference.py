"""Leximin the slow way: every jury is listed, people stay people, SciPy raises one level after another.

Nothing here is shared with the engine.
"""

import numpy as np
from scipy.optimize import linprog


def leximin(juries, people, ahead=None):
    """Return the leximin chances over lotteries of these juries, shape (people,).

    With `ahead`, what earlier draws gave each person, the sums of both are leximin; the chances come back.
    """
    ahead = np.zeros(people) if ahead is None else np.array(ahead)
    sits = np.zeros((people, len(juries)))
    for at, jury in enumerate(juries):
        sits[list(jury), at] = 1
    floors = np.full(people, np.nan)
    while np.isnan(floors).any():
        level = _best(sits, floors, None, ahead)
        free = np.flatnonzero(np.isnan(floors))
        raised = [_best(sits, _with(floors, free, level - 1e-9), person, ahead) for person in free]
        stuck = [p for p, most in zip(free, raised, strict=True) if most <= level + 1e-7]
        floors[stuck] = level
    return floors - ahead


def _with(floors, free, level):
    found = floors.copy()
    found[free] = level
    return found


def _best(sits, floors, person, ahead):
    """Raise one person's chance, or everyone's lowest that is not settled, as far as it goes."""
    number = sits.shape[1]
    settled = ~np.isnan(floors)
    rows = [np.append(-sits[p], 0) for p in np.flatnonzero(settled)]
    limits = [ahead[p] - floors[p] + 1e-10 for p in np.flatnonzero(settled)]
    if person is None:
        rows += [np.append(-sits[p], 1) for p in np.flatnonzero(~settled)]
        limits += [ahead[p] for p in np.flatnonzero(~settled)]
        cost = np.append(np.zeros(number), -1)
    else:
        cost = np.append(-sits[person], 0)
    found = linprog(
        cost, A_ub=np.array(rows), b_ub=limits, A_eq=[np.append(np.ones(number), 0)], b_eq=[1],
        bounds=[(0, 1)] * number + [(-9, 9)], method="highs",
    )  # fmt: skip
    assert found.status == 0, found.message
    return -found.fun + (0 if person is None else ahead[person])
