"""How much better any lottery could be, for the rules that are not leximin: a bound that anybody can check.

Each of these rules makes a number of the chances as small or great as can be: minimax the highest chance,
Goldilocks a cost of both ends, Nash the product. Such a number is bounded by a sum in which each kind's
chance has a weight, and no lottery's sum passes that of the one whole jury for which it is greatest or least.
So the proof is a weight for each kind; to check it, a solver finds that one jury.

- Minimax: the highest chance is at least any weighted mean of chances.
- Goldilocks: the cost bends upwards, so it lies above its tangent where the lowest chance is `at`: so much
  for the highest chance, less so much for the lowest, each again against a weighted mean.
- Nash: a logarithm lies below each of its tangents: log c is at most s·c - 1 - log s, for any slope s.

Weak duality; Rockafellar (1970), Convex Analysis, sections 12 and 31.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.power.juries.kinds import Kinds
from fairground.power.juries.solver import Program

__all__ = ["Bound", "cost_of_ends", "gap_of", "worth_of"]

Floats = NDArray[np.float64]
NONE = 1e-9  # a chance as small as this is none: whole juries cannot give it
STEEP = 1e9  # a slope beyond this proves nothing that sums in so many digits can show


@dataclass(frozen=True)
class Bound:
    """The weights that prove how good a lottery is.

    Parameters
    ----------
    above : for kinds (by number) their weight in the mean of chances that the highest cannot be below; for
        Nash the slope of each kind. below : for Goldilocks, their weight in the mean that the lowest cannot
        be above. at : for Goldilocks, the lowest chance at which the tangent lies. gamma : its weight of the
        low end.
    """

    above: tuple[tuple[int, float], ...]
    below: tuple[tuple[int, float], ...] = ()
    at: float = 1.0
    gamma: float = 1.0


def cost_of_ends(mean: float, highest: float, lowest: float, gamma: float = 1.0) -> float:
    """Return the Goldilocks cost: (n/k)·highest + γ·(k/n)/lowest."""
    return highest / mean + gamma * mean / lowest if lowest > 0 else np.inf


def worth_of(rule: str, kinds: Kinds, chances: Floats, gamma: float = 1.0) -> float:
    """Return the number that a rule makes great; for minimax and Goldilocks less what it makes small.

    Parameters
    ----------
    chances : shape (volunteers,). Those of kinds that have none at all are left out of Goldilocks and Nash.
    """
    free = kinds.each(kinds.free.astype(float)) > 0
    can = kinds.each(_can(kinds, chances).astype(float)) > 0
    if rule == "nash":
        return float(np.log(chances[can]).sum()) if (chances[can] > 0).all() else -np.inf
    highest = float(chances[free].max())
    if rule == "minimax":
        return -highest
    return -cost_of_ends(_mean(kinds), highest, float(chances[free & can].min()), gamma)


def gap_of(rule: str, kinds: Kinds, chances: Floats, bound: Bound, *, whole: bool = True) -> float:
    """Return by how much any lottery's number could be better than this one's, by arithmetic and one solver.

    Parameters
    ----------
    rule : minimax, goldilocks or nash. chances : shape (volunteers,); that those of a kind without any chance
        can be on no whole jury must be looked at apart (`left_out`). whole : without it, fractions of people
        may sit on the jury that the solver finds, which is quicker and makes the gap no smaller.

    >>> from fairground.power.juries import Pool, Quotas, Target, Volunteer, gap_of, select
    >>> pool = Pool(("f",), tuple(Volunteer(id, ("x",)) for id in "abc"))
    >>> found = select(pool, Quotas(1, (Target("f", "x", 1, 1),)), "minimax")
    >>> even, uneven = np.array([1, 1, 1]) / 3, np.array([0.5, 0.5, 0])
    >>> [round(gap_of("minimax", found.kinds, of, found.bound), 3) for of in (even, uneven)]
    [0.0, 0.167]
    """
    if len(chances) == 0 or not np.isfinite(chances).all():
        return float("inf")
    can, worth = _can(kinds, chances), worth_of(rule, kinds, chances, bound.gamma)
    above, below = (_spread(len(can), of) for of in (bound.above, bound.below))
    if rule == "nash":
        limit = _nash_limit(kinds, can, above, whole)
    elif not _are_weights(above, kinds.free):
        return float("inf")
    elif rule == "minimax":
        limit = dearest_worth(kinds, -above / kinds.people, whole)
    else:
        limit = _goldilocks_limit(kinds, can, bound, above, below, whole)
    return float(max(limit - worth, 0.0))


def _nash_limit(kinds: Kinds, can: NDArray[np.bool_], slopes: Floats, whole: bool) -> float:
    if not (slopes[can] > 0).all() or (slopes[~can] != 0).any() or (slopes > STEEP).any():
        return float("inf")
    return dearest_worth(kinds, slopes, whole) - float(kinds.people[can] @ (1 + np.log(slopes[can])))


def _goldilocks_limit(
    kinds: Kinds, can: NDArray[np.bool_], bound: Bound, above: Floats, below: Floats, whole: bool
) -> float:
    mean, at = _mean(kinds), bound.at
    if not at > NONE or not bound.gamma >= 0 or not _are_weights(below, kinds.free & can):
        return float("inf")
    steep = bound.gamma * mean / at**2
    sums = above / mean - steep * below
    return dearest_worth(kinds, -sums / kinds.people, whole) - 2 * bound.gamma * mean / at


def _can(kinds: Kinds, chances: Floats) -> NDArray[np.bool_]:
    """Return the kinds of which anybody has a chance."""
    most = [max(chances[person] for members in units for person in members) for units in kinds.units]
    found: NDArray[np.bool_] = np.array(most) > NONE
    return found


def dearest_worth(kinds: Kinds, worth: Floats, whole: bool = True) -> float:
    """Return what the people of the dearest jury are worth, or a little more, never less."""
    program = Program(kinds.matrix, kinds.low, kinds.high, kinds.least, kinds.most, whole=whole)
    program.costs(worth)
    if not whole:
        return float("inf") if program.solve() is None else program.worth()
    program.within(0.0)
    jury = program.solve()
    return float("inf") if jury is None else max(float(worth @ np.round(jury)), program.at_best())


def _mean(kinds: Kinds) -> float:
    return float(kinds.low[0] / kinds.people.sum())


def _spread(number: int, of: tuple[tuple[int, float], ...]) -> Floats:
    found = np.zeros(number)
    for kind, weight in of:
        if 0 <= kind < number:
            found[kind] += weight
    return found


def _are_weights(weights: Floats, among: NDArray[np.bool_]) -> bool:
    """Say whether these are weights of a mean: none below nought, none of another kind, adding up to 1."""
    inside = bool((weights >= 0).all() and (weights[~among] == 0).all())
    return inside and abs(float(weights.sum()) - 1) < 1e-9
