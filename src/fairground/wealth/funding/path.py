"""The published schedule: how shares move, year by year, from what places had to what the formula gives.

Rule 1. Each year the formula's own amounts are worked out afresh, inside its floors and caps, with that
year's catch-up.
Rule 2. Damping: the year's aim lies that share of the way from the shares before the path to the formula's
amounts which the published schedule says: 1/3, 2/3, 1 unless told otherwise. The last step holds on.
Rule 3. The band: an amount moves at most so far from the place's last share of this year's pot. A place that
cannot spend so much is a named trigger; nothing else may break the band.
Rule 4. The aims are shared out inside the band, exactly: what protects one place is paid for by the others.
Rule 5. What a place lacks against the benchmark is added to its years behind, which wear away.

Rule 6. Each year may have a level and a pot of its own, and what places get besides (`Terms`); the years
behind are then counted in that year's level.

In real terms the uprating is 1; else last amounts and the pot rise by it together. Reference: MHCLG's Fair
Funding Review 2.0 (annex of 20 November 2025) is phased in over three years with floors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from fairground.errors import BadInput
from fairground.wealth.funding.allocation import Problem, bounded
from fairground.wealth.funding.catch_up import next_year
from fairground.wealth.funding.formula import Areas, Formula, allocate


@dataclass(frozen=True)
class Terms:
    """What one year of a path is set by.

    Parameters
    ----------
    pot : pence. level : the benchmark's pounds per head, above zero.
    base : pounds per head that each place gets besides, in the order of the places.

    Raises
    ------
    BadInput : a negative pot, a level that is not above zero, a negative base.
    """

    pot: int
    level: Fraction
    base: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        if self.pot < 0:
            raise BadInput("A pot must not be negative", "pot", self.pot, "0 pence or more")
        if self.level <= 0:
            raise BadInput("A level must be above zero", "level", self.level, "pounds per head")
        if any(one < 0 for one in self.base):
            raise BadInput("Spending per head must not be negative", "base", min(self.base), "0 or more")


@dataclass(frozen=True)
class Year:
    """One year of a path: the pot and each place's amount in pence, the damping, and the years behind.

    `aim` is what the formula alone would give. `held` names the places at the edge of the band, `triggers`
    those that cannot spend what the band would keep for them.
    """

    number: int
    damping: Fraction
    pence: tuple[int, ...]
    aim: tuple[int, ...]
    behind: tuple[Fraction, ...]
    held: tuple[str, ...]
    triggers: tuple[str, ...]


def path(formula: Formula, areas: Areas, *, terms: Sequence[Terms] = ()) -> tuple[Year, ...]:
    """Return each year of the schedule, every one exact to the penny.

    Parameters
    ----------
    formula : the rules; `years`, `damping`, `band`, `previous_floor` and `uprating` are those of the path.
    areas : the places; `previous` is what they had in the year before. With catch-up on, `behind`, `base`
        and `level` say how far each is behind, what it gets besides, and the benchmark's level.
    terms : level, pot and base of each year, where they differ from year to year; the last ones hold on.
        Without them, the pot is the formula's, uprated, and level and base are those of the places.

    Raises
    ------
    BadInput : there are no previous amounts, catch-up is on without the benchmark's level, or the terms have
        another number of places.
    Impossible : the bounds of a year clash; each is named.

    Notes
    -----
    Method: the rules at the top of `fairground.wealth.funding.path`.
    """
    if not areas.previous or sum(areas.previous) <= 0:
        raise BadInput("A path begins with what places had", "previous", "none", "pence, above zero in all")
    moving = bool(formula.beta and formula.kappa)
    if moving and not (areas.behind and areas.base and areas.level):
        raise BadInput(
            "A path with catch-up needs each place's base and the benchmark's level", "level", "none"
        )
    found: list[Year] = []
    now, last = areas, areas.previous
    for number in range(1, formula.years + 1):
        rules, now = _opened(formula, now, terms, number)
        year = _year(rules, now, last, number)
        found.append(year)
        last = year.pence
        if moving:
            now = replace(now, behind=_behind(rules, now, last))
    return tuple(found)


def _opened(formula: Formula, areas: Areas, terms: Sequence[Terms], number: int) -> tuple[Formula, Areas]:
    """Rule 6. Return the formula with the year's pot and the places with the year's level and base."""
    if not terms:
        return replace(formula, pot=round(formula.pot * formula.uprating ** (number - 1))), areas
    own = terms[min(number, len(terms)) - 1]
    rules = replace(formula, pot=own.pot)
    if not areas.level:
        return rules, areas
    if len(own.base) != len(areas.codes):
        raise BadInput(f"There are {len(areas.codes)} places", "base", len(own.base), "one number per place")
    base = tuple(one / own.level for one in own.base)
    behind = tuple(one * areas.level / own.level for one in areas.behind)
    return rules, replace(areas, level=own.level, base=base, behind=behind)


def _year(formula: Formula, areas: Areas, last: Sequence[int], number: int) -> Year:
    """Return one year; the damping starts from `areas.previous`, the band from last year's amounts."""
    aim = allocate(replace(formula, previous_floor=None), areas)
    step = formula.damping[min(number, len(formula.damping)) - 1]
    lower, upper, triggers = _band(formula, areas, last)
    posed = Problem(
        areas.codes, damped(aim.pence, areas.previous, step), lower, upper, formula.pot, areas.names
    )
    got = bounded(posed, rounding=formula.rounding)
    held = tuple(code for code, state in zip(areas.codes, got.states, strict=True) if state)
    return Year(
        number, step, got.pence, aim.pence, areas.behind, held if _is_banded(formula) else (), triggers
    )


def _is_banded(formula: Formula) -> bool:
    return formula.band is not None or bool(formula.previous_floor)


def damped(aim: Sequence[int], last: Sequence[int], step: Fraction) -> tuple[int, ...]:
    """Rule 2. Return scores that lie a step of the way from past shares to the aim, as whole numbers."""
    had, gets = sum(last), sum(aim)
    to, stay = step.numerator * had, (step.denominator - step.numerator) * gets
    return tuple(to * a + stay * b for a, b in zip(aim, last, strict=True))


def _band(
    formula: Formula, areas: Areas, last: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[str, ...]]:
    """Rule 3. Least and most pence of the year; part pennies widen the band."""
    had, lower, upper, triggers = sum(last), [], [], []
    for i, before in enumerate(last):
        reference = Fraction(before * formula.pot, had)
        low, high = 0, formula.pot
        if formula.band is not None:
            low = max(0, int(reference * (1 - formula.band)))
            high = min(formula.pot, ceil(reference * (1 + formula.band)))
        if formula.previous_floor:
            low = max(low, int(before * formula.previous_floor * formula.uprating))
        if areas.capacity and areas.capacity[i] < high:
            high = areas.capacity[i]
            if high < low:
                low = high
                triggers.append(areas.codes[i])
        lower.append(low)
        upper.append(high)
    return tuple(lower), tuple(upper), tuple(triggers)


def _behind(formula: Formula, areas: Areas, got: Sequence[int]) -> tuple[Fraction, ...]:
    """Rule 5. The shortfall is what the base and the formula's money leave of the benchmark's level."""
    level = areas.level or Fraction(1)
    return tuple(
        next_year(
            behind,
            depreciation=formula.depreciation,
            shortfall=1 - base - Fraction(pence, 100 * people) / level,
        )
        for behind, base, pence, people in zip(areas.behind, areas.base, got, areas.populations, strict=True)
    )


def largest_move(before: Sequence[int], after: Sequence[int]) -> Fraction:
    """Return the largest change of a place's share of the pot, as a share of its share before."""
    had, got = sum(before), sum(after)
    moves = [abs(Fraction(b * had, a * got) - 1) for a, b in zip(before, after, strict=True) if a and got]
    return max(moves, default=Fraction(0))
