"""What an award is worth: pounds a head, pounds a year, and how much of a gap it closes.

All sums are exact fractions. The share of the gap is the award per head per year over the benchmark's
spending per head less the region's own. Reference: the report's question "is £56 million fair?" and
HM Treasury's country and regional analysis for the gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fairground import typed
from fairground.errors import BadInput


@dataclass(frozen=True)
class Award:
    """An award in pounds over a number of years to a place with a population.

    Raises
    ------
    BadInput : an amount that is not above zero, years below one, a population not above zero.
    """

    amount: Fraction
    years: int
    population: int

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise BadInput("An award must be more than nothing", "amount", self.amount, "above 0 pounds")
        if self.years < 1:
            raise BadInput("An award must last at least one year", "years", self.years, "1 or more")
        if self.population <= 0:
            raise BadInput("A population must be above zero", "population", self.population)

    @property
    def per_year(self) -> Fraction:
        """Return pounds a year."""
        return self.amount / self.years

    @property
    def per_head(self) -> Fraction:
        """Return pounds for each person over the whole period."""
        return self.amount / self.population

    @property
    def per_head_per_year(self) -> Fraction:
        """Return pounds for each person in each year."""
        return self.amount / (self.population * self.years)

    def pot_at_this_rate(self, population: int) -> Fraction:
        """Return the pot (pounds) that gives a whole population this award per head."""
        return self.per_head * population


def amount(text: str | int | Fraction) -> Fraction:
    """Return an amount of pounds as an exact fraction, from text such as "56,000,000" or "£56m".

    Raises
    ------
    BadInput : text that is not a number, not a number that is finite, or one not above zero.
    """
    if isinstance(text, str):
        text = typed.pounds(text, "amount", allowed="the pounds of an award, above 0")
    if text <= 0:
        raise BadInput("An award must be more than nothing", "amount", text, "above 0 pounds")
    return Fraction(text)


def share_of_gap(award: Award, *, own: Fraction, benchmark: Fraction) -> Fraction | None:
    """Return the share of a yearly gap per head that an award closes; None where there is no gap.

    Parameters
    ----------
    award : the award.
    own, benchmark : spending per head per year, pounds, in the place's region and in the benchmark.

    Raises
    ------
    BadInput : negative spending.
    """
    for field, value in (("own", own), ("benchmark", benchmark)):
        if value < 0:
            raise BadInput("Spending must not be negative", field, value, "0 or more")
    return award.per_head_per_year / (benchmark - own) if benchmark > own else None
