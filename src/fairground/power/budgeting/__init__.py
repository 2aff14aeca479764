"""Participatory budgeting: people vote on projects, and a rule fixed before turns votes into winners.

>>> from fractions import Fraction
>>> from fairground.power.budgeting import Ballot, Election, Project, Rule, count
>>> town = Election(Fraction(100), (Project("park", Fraction(60)), Project("bench", Fraction(20))),
...     (Ballot((0,), voters=6), Ballot((1,), voters=4)))
>>> [town.projects[p].id for p in count(town, Rule("equal-shares")).winners]
['park', 'bench']
"""

from fairground.power.budgeting.ballot import BallotForm, Marks
from fairground.power.budgeting.bundle import Check, Privacy, bundle, check, privacy
from fairground.power.budgeting.counting import Comparison, Count, count, payments, preferences
from fairground.power.budgeting.districts import District, spread
from fairground.power.budgeting.election import Ballot, Election, Project, exact
from fairground.power.budgeting.explanation import Explanation, explain
from fairground.power.budgeting.plain import PlainCount
from fairground.power.budgeting.properties import Overlooked, overlooked, unpriced
from fairground.power.budgeting.receipts import SealedBallot
from fairground.power.budgeting.rules import METHODS, UTILITIES, Rule
from fairground.power.budgeting.second import Second, second
from fairground.power.budgeting.specification import Pot, Specification, rule_record, sealed, specification

__all__ = [
    "METHODS",
    "UTILITIES",
    "Ballot",
    "BallotForm",
    "Check",
    "Comparison",
    "Count",
    "District",
    "Election",
    "Explanation",
    "Marks",
    "Overlooked",
    "PlainCount",
    "Pot",
    "Privacy",
    "Project",
    "Rule",
    "SealedBallot",
    "Second",
    "Specification",
    "bundle",
    "check",
    "count",
    "exact",
    "explain",
    "overlooked",
    "payments",
    "preferences",
    "privacy",
    "rule_record",
    "sealed",
    "second",
    "specification",
    "spread",
    "unpriced",
]
