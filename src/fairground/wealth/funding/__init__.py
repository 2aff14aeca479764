"""Sharing public money fairly: a formula of need, an award in context, another area's rate.

>>> from fractions import Fraction
>>> from fairground.wealth.funding import Award, share_of_gap
>>> share_of_gap(Award(Fraction(1000), 2, 10), own=Fraction(100), benchmark=Fraction(200))
Fraction(1, 2)
"""

from fairground.wealth.funding.allocation import Allocation
from fairground.wealth.funding.award import Award, share_of_gap
from fairground.wealth.funding.catch_up import YearPast, years_behind
from fairground.wealth.funding.counterfactual import Record, Shortfall, Window, mean_rate, shortfalls
from fairground.wealth.funding.explanation import Explanation, IndicatorPart, Part, explain
from fairground.wealth.funding.formula import Areas, Formula, allocate
from fairground.wealth.funding.need import Column, Weighted
from fairground.wealth.funding.path import Terms, Year, path
from fairground.wealth.funding.registration import Registration, register, replay
from fairground.wealth.funding.sensitivity import Draws, Range, Sensitivity, sensitivity
from fairground.wealth.funding.similar import Candidate, Neighbour, similar

__all__ = [
    "Allocation",
    "Areas",
    "Award",
    "Candidate",
    "Column",
    "Draws",
    "Explanation",
    "Formula",
    "IndicatorPart",
    "Neighbour",
    "Part",
    "Range",
    "Record",
    "Registration",
    "Sensitivity",
    "Shortfall",
    "Terms",
    "Weighted",
    "Window",
    "Year",
    "YearPast",
    "allocate",
    "explain",
    "mean_rate",
    "path",
    "register",
    "replay",
    "sensitivity",
    "share_of_gap",
    "shortfalls",
    "similar",
    "years_behind",
]
