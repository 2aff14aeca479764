"""Merging lists: which entries of a council's list and of a community's mean the same asset, and why.

`prepare` finds the pairs worth comparing; `link` gives each entry its likeliest partner with a probability
and the points of each field; `to_ask` says which pairs a person should label next. Beside the links, `parts`
proposes what is likely a part of something on the other list, and `numbered` what carries one number on
both, as paintings do. A list is never changed.

>>> council = Listing.of("council", [Entry("1", "Mill Lane Library"), Entry("2", "Park Road Depot")])
>>> people = Listing.of("people", [Entry("a", "the old libary on Mill Ln")])
>>> found = link(prepare(council, people), [Label("1", "a", True)])
>>> [(one.first, one.second, one.said) for one in found.links]
[('1', 'a', True)]
"""

from fairground.wealth.property.linkage.entry import Entry, Listing
from fairground.wealth.property.linkage.linking import Label, Link, Linkage, Pairs, link, prepare, to_ask
from fairground.wealth.property.linkage.numbers import numbered
from fairground.wealth.property.linkage.parts import Part, parts

__all__ = [
    "Entry",
    "Label",
    "Link",
    "Linkage",
    "Listing",
    "Pairs",
    "Part",
    "link",
    "numbered",
    "parts",
    "prepare",
    "to_ask",
]
