"""How a pot is shared in proportion to scores, with floors and caps, to the penny.

The fair shares x are proportional to the scores; the amounts a are the closest to x (least sum of
(a - x)^2 / x) that add up to the pot and lie within the bounds. They are a_i = clip(m x s_i, lower_i,
upper_i) for one multiplier m. Floating point only guesses who is at a bound; whole-number arithmetic then
proves the guess or finds the right one, so the result is the exact optimum. It is rounded to whole pence
by the declared method. References: Brucker (1984), "An O(n) algorithm for quadratic knapsack problems";
Balinski and Young, "Fair Representation" (2001), on rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput, Impossible
from fairground.measures.apportionment import apportion

Floats = NDArray[np.float64]

AT_FLOOR, FREE, AT_CAP = -1, 0, 1


@dataclass(frozen=True)
class Problem:
    """A pot in pence, a score and two bounds in pence for each place.

    Raises
    ------
    BadInput : columns of unequal length, a code twice, a negative number.
    """

    codes: tuple[str, ...]
    scores: tuple[int, ...]
    lower: tuple[int, ...]
    upper: tuple[int, ...]
    pot: int
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", self.names or self.codes)
        lengths = {len(c) for c in (self.codes, self.scores, self.lower, self.upper, self.names)}
        if lengths != {len(self.codes)} or not self.codes:
            raise BadInput("Give one code, score, floor and cap per place", value=sorted(lengths))
        if len(set(self.codes)) != len(self.codes):
            twice = next(code for code in self.codes if self.codes.count(code) > 1)
            raise BadInput("A place is listed twice", field="codes", value=twice)
        if self.pot < 0:
            raise BadInput("A pot must not be negative", "pot", self.pot, "0 pence or more")
        for field, column in (("scores", self.scores), ("lower", self.lower), ("upper", self.upper)):
            if min(column) < 0:
                row = column.index(min(column))
                raise BadInput("A number must not be negative", field, min(column), "0 or more", row + 1)


@dataclass(frozen=True)
class Allocation:
    """Whole pence for each place, the exact multiplier, and who is at a floor (-1) or a cap (1)."""

    problem: Problem
    pence: tuple[int, ...]
    multiplier: Fraction
    states: tuple[int, ...]

    def optimum(self, place: int) -> Fraction:
        """Return a place's exact amount in pence before rounding."""
        if self.states[place] == AT_FLOOR:
            return Fraction(self.problem.lower[place])
        if self.states[place] == AT_CAP:
            return Fraction(self.problem.upper[place])
        return self.multiplier * self.problem.scores[place]


def bounded(problem: Problem, *, rounding: str = "largest-remainder") -> Allocation:
    """Return the exact bounded allocation of a pot, in whole pence that add up to it.

    Parameters
    ----------
    problem : pot, scores and bounds, all whole numbers; money in pence.
    rounding : "largest-remainder" or "webster"; ties go to the lower code.

    Raises
    ------
    Impossible : the bounds cannot hold the pot; the clash is named.
    """
    check_feasible(problem)
    states = _guess(problem)
    found = _multiplier(problem, states)
    if not _is_optimal(problem, states, found):
        states, found = _search(problem)
    multiplier = Fraction(0) if found is None else found
    return Allocation(problem, _rounded(problem, states, rounding), multiplier, states)


def _guess(problem: Problem) -> tuple[int, ...]:
    """Rule 1. A place is at its floor when m x s <= floor, at its cap when m x s >= cap, else free."""
    scores = np.asarray(problem.scores, dtype=np.float64)
    lower = np.asarray(problem.lower, dtype=np.float64)
    upper = np.asarray(problem.upper, dtype=np.float64)
    live = scores > 0
    rest = float(problem.pot) - float(lower[~live].sum())
    m = _guessed_multiplier(scores[live], lower[live], upper[live], rest) if live.any() else 0.0
    wanted = m * scores
    states = np.where((wanted <= lower) | ~live, AT_FLOOR, np.where(wanted >= upper, AT_CAP, FREE))
    return tuple(states.tolist())


def _guessed_multiplier(scores: Floats, lower: Floats, upper: Floats, pot: float) -> float:
    """Return about the m at which the bounded amounts add up to the pot: one sort of the 2n points."""
    points = np.concatenate((lower / scores, upper / scores))
    order = np.argsort(points)
    points, slopes = points[order], np.concatenate((scores, -scores))[order].cumsum()
    totals = lower.sum() + np.concatenate(([0.0], (slopes[:-1] * np.diff(points)).cumsum()))
    k = int(np.searchsorted(totals, pot))
    if k == 0 or k == points.size:
        return float(points[min(k, points.size - 1)])
    return float(points[k - 1] + (pot - totals[k - 1]) / slopes[k - 1])


def _multiplier(problem: Problem, states: Sequence[int]) -> Fraction | None:
    """Rule 2. What the bounded places leave is shared by the free ones in proportion to score."""
    rest, score = problem.pot, 0
    for state, low, high, s in zip(states, problem.lower, problem.upper, problem.scores, strict=True):
        if state == FREE:
            score += s
        else:
            rest -= low if state == AT_FLOOR else high
    return Fraction(rest, score) if score else None


def _is_optimal(problem: Problem, states: Sequence[int], found: Fraction | None) -> bool:
    """Rule 3. The guess is right when each place's state agrees with the exact multiplier."""
    if found is None or found < 0:
        return False
    top, bottom = found.numerator, found.denominator
    for state, low, high, s in zip(states, problem.lower, problem.upper, problem.scores, strict=True):
        wanted = top * s
        if state == FREE:
            if wanted < low * bottom or wanted > high * bottom:
                return False
        elif state == AT_FLOOR:
            if wanted > low * bottom:
                return False
        elif wanted < high * bottom:
            return False
    return True


def _search(problem: Problem) -> tuple[tuple[int, ...], Fraction]:
    """Rule 4. If the guess is wrong, bisect the exact points at which a place meets a bound."""
    live = [i for i, s in enumerate(problem.scores) if s > 0]
    points = sorted(
        {Fraction(bound[i], problem.scores[i]) for bound in (problem.lower, problem.upper) for i in live}
        | {Fraction(0)}
    )
    first, last = 0, len(points) - 1
    while first < last:
        middle = (first + last) // 2
        if total_at(problem, points[middle]) >= problem.pot:
            last = middle
        else:
            first = middle + 1
    reached = points[first]
    before = points[first - 1] if first else Fraction(-1)
    states = tuple(_state(problem, i, before, reached) for i in range(len(problem.codes)))
    return states, _multiplier(problem, states) or reached


def _state(problem: Problem, place: int, before: Fraction, reached: Fraction) -> int:
    score = problem.scores[place]
    if score == 0 or problem.lower[place] >= reached * score:
        return AT_FLOOR
    return AT_CAP if problem.upper[place] <= before * score else FREE


def total_at(problem: Problem, found: Fraction) -> Fraction:
    """Return the sum of the amounts at a multiplier: exact, and never falling as it rises."""
    return sum(
        (
            min(max(found * s, Fraction(low)), Fraction(high)) if s else Fraction(low)
            for s, low, high in zip(problem.scores, problem.lower, problem.upper, strict=True)
        ),
        Fraction(0),
    )


def _rounded(problem: Problem, states: Sequence[int], rounding: str) -> tuple[int, ...]:
    """Rule 5. Bounds are whole pence already, so only the free places' amounts are rounded."""
    pence = [
        high if state == AT_CAP else low
        for state, low, high in zip(states, problem.lower, problem.upper, strict=True)
    ]
    free = [i for i, state in enumerate(states) if state == FREE]
    if free:
        rest = problem.pot - sum(pence) + sum(pence[i] for i in free)
        if rounding == "largest-remainder":
            return _by_largest_remainder(problem, pence, free, rest)
        found = apportion(
            [problem.scores[i] for i in free],
            total=rest,
            lower=[problem.lower[i] for i in free],
            upper=[problem.upper[i] for i in free],
            method=rounding,
            keys=[problem.codes[i] for i in free],
        )
        for i, amount in zip(free, found, strict=True):
            pence[i] = int(amount)
    return tuple(pence)


def _by_largest_remainder(problem: Problem, pence: list[int], free: list[int], rest: int) -> tuple[int, ...]:
    """Rule 6. A free place's exact amount lies within whole bounds, so rounding either way keeps them."""
    total = sum(problem.scores[i] for i in free)
    codes, left = problem.codes, rest
    remainders: dict[int, int] = {}
    for i in free:
        pence[i], remainders[i] = divmod(problem.scores[i] * rest, total)
        left -= pence[i]
    if left:
        by_code = sorted(free, key=codes.__getitem__)
        for i in sorted(by_code, key=remainders.__getitem__, reverse=True)[:left]:
            pence[i] += 1
    return tuple(pence)


def check_feasible(problem: Problem) -> None:
    """Raise Impossible, naming the bounds that clash, unless some allocation keeps them all."""
    crossed = [i for i, low in enumerate(problem.lower) if low > problem.upper[i]]
    if crossed:
        raise Impossible(
            "A place's floor is above its cap",
            tuple(
                f"{problem.names[i]}: the floor is {money(problem.lower[i])}, the cap "
                f"{money(problem.upper[i])}"
                for i in crossed[:10]
            ),
        )
    floors = sum(problem.lower)
    if floors > problem.pot:
        raise Impossible(
            f"The floors add up to {money(floors)}, which is {money(floors - problem.pot)} more than the pot "
            f"of {money(problem.pot)}",
            _largest(problem, problem.lower, "floor"),
        )
    caps = sum(
        high if s else low for s, low, high in zip(problem.scores, problem.lower, problem.upper, strict=True)
    )
    if caps < problem.pot:
        raise Impossible(
            f"The caps add up to {money(caps)}, which leaves {money(problem.pot - caps)} of the pot of "
            f"{money(problem.pot)} that no place may have",
            _largest(problem, problem.upper, "cap"),
        )


def _largest(problem: Problem, bounds: Sequence[int], word: str) -> tuple[str, ...]:
    order = sorted(range(len(bounds)), key=lambda i: (-bounds[i], problem.codes[i]))
    lines = tuple(f"{problem.names[i]}: {word} {money(bounds[i])}" for i in order[:5])
    more = len(order) - 5
    return (*lines, f"and the {word}s of {more} more places") if more > 0 else lines


def money(pence: int) -> str:
    """Return whole pence as pounds in an error message: £1,234.50."""
    return f"£{pence // 100:,}.{pence % 100:02d}"
