"""England's places: names, codes, tiers, what lies in what, and how that changes over time.

>>> from fairground import places
>>> places.get("stoke").name
'Stoke-on-Trent'
>>> len(places.children("England", kind="district"))
296
"""

from fairground.places.place import KINDS, Body, Match, Place, Succession
from fairground.places.register import (
    Register,
    at,
    bodies,
    descendants,
    predecessors,
    same_vintage,
    successors,
    translated,
)
from fairground.places.search import children, find, get

__all__ = [
    "KINDS",
    "Body",
    "Match",
    "Place",
    "Register",
    "Succession",
    "at",
    "bodies",
    "children",
    "descendants",
    "find",
    "get",
    "predecessors",
    "same_vintage",
    "successors",
    "translated",
]
