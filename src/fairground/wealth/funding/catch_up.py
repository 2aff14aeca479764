"""What a place is owed for years in which it had less than the benchmark: a stock that wears away.

Each year's shortfall per head against the benchmark is money not invested. Like the roads and rails it
would have bought, it loses a fixed share of its value each year. The stock over the benchmark's yearly
level says how many years of London's level a place is behind. Method: perpetual inventory, OECD,
"Measuring Capital" (2nd edition, 2009), chapter 10, applied to the shortfall.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from fairground.errors import BadInput


@dataclass(frozen=True)
class YearPast:
    """One past year: the benchmark's and the place's spending per head, in pounds of one year's prices."""

    year: str
    benchmark: Fraction
    received: Fraction
    population: int


def stock(history: Sequence[YearPast], *, depreciation: Fraction, look_back: int) -> Fraction:
    """Return the depreciated shortfall in pounds at the end of the last year of a history.

    Parameters
    ----------
    history : past years, oldest first, in real pounds per head.
    depreciation : the share that is lost each year, 0 to 1.
    look_back : how many of the last years count.

    Raises
    ------
    BadInput : a depreciation outside 0 to 1, or a look-back below 1.
    """
    if not 0 <= depreciation <= 1:
        raise BadInput("Depreciation is a share", "depreciation", depreciation, "0 to 1")
    if look_back < 1:
        raise BadInput("Look back at least one year", "look_back", look_back, "1 or more")
    return sum(
        (
            (1 - depreciation) ** age * max(Fraction(0), past.benchmark - past.received) * past.population
            for age, past in enumerate(reversed(history[-look_back:]))
        ),
        Fraction(0),
    )


def years_behind(history: Sequence[YearPast], *, depreciation: Fraction, look_back: int) -> Fraction:
    """Return the stock over the benchmark's level now: K / (L x P), in years of the benchmark's level.

    Raises
    ------
    BadInput : no history, or a benchmark of nothing.
    """
    if not history or history[-1].benchmark <= 0:
        raise BadInput("Catch-up needs past years and a benchmark above zero", "history", len(history))
    now = history[-1]
    owed = stock(history, depreciation=depreciation, look_back=look_back)
    return owed / (now.benchmark * now.population)


def next_year(behind: Fraction, *, depreciation: Fraction, shortfall: Fraction) -> Fraction:
    """Return the years behind one year later, when a year's shortfall is that share of the benchmark."""
    return (1 - depreciation) * behind + max(Fraction(0), shortfall)
