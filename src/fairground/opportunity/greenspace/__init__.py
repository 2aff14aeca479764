"""Green space: is it near enough, by which way of measuring, and where would one more help most?

>>> from datetime import date
>>> from fairground.opportunity.greenspace import rule
>>> rule("ags-local", on=date(2026, 1, 1)).hectares
2.0
"""

from fairground.opportunity.greenspace.changes import Openings, openings
from fairground.opportunity.greenspace.coverage import Counts, Gradient, Tally, gradient
from fairground.opportunity.greenspace.covering import Cover, cover
from fairground.opportunity.greenspace.entrances import WaysIn, ways_in
from fairground.opportunity.greenspace.finding import Distances, Walked, judge
from fairground.opportunity.greenspace.finding import distances as distances
from fairground.opportunity.greenspace.kinds import chosen, kind_of
from fairground.opportunity.greenspace.rules import MEASURES, Rule, rule, rules, size_class
from fairground.opportunity.greenspace.sites import Areas, Sites, join

__all__ = [
    "MEASURES",
    "Areas",
    "Counts",
    "Cover",
    "Distances",
    "Gradient",
    "Openings",
    "Rule",
    "Sites",
    "Tally",
    "Walked",
    "WaysIn",
    "chosen",
    "cover",
    "gradient",
    "join",
    "judge",
    "kind_of",
    "openings",
    "rule",
    "rules",
    "size_class",
    "ways_in",
]
