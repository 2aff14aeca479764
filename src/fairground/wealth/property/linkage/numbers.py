"""Which entries of two lists carry one catalogue number, as a painting or a chain does that has no address.

*Rule 1* A number is read without capitals, marks and leading noughts: "HASMG : 1952.012" is "hasmg 1952 12".
*Rule 2* It counts where it has letters and digits, or two groups of digits, and no second entry of either
list has it: "12" is no catalogue number. *Rule 3* The titles share a word that names, one slip of the finger
allowed, or one title has none: two museums may count alike. The rules are our own; the tests measure how
often they are right.
"""

from __future__ import annotations

import re
from collections import Counter

from rapidfuzz.distance import OSA

from fairground.wealth.property.linkage.entry import Entry, Listing
from fairground.wealth.property.linkage.words import said

__all__ = ["numbered"]

GROUP = re.compile(r"[a-z]+|\d+")
LONG = 5  # letters of a word in which a slip is allowed


def numbered(first: Listing, second: Listing) -> tuple[tuple[str, str], ...]:
    """Return the pairs of ids whose entries carry one catalogue number, in the order of the second list.

    >>> from fairground.wealth.property.linkage import Entry
    >>> town = Listing.of("town", [Entry("7", "Portrait of a Mayor", number="HASMG: 1952.12")])
    >>> found = Listing.of("found", [Entry("a", "the mayor's portrait", number="hasmg 1952.012")])
    >>> numbered(town, found)
    (('7', 'a'),)
    """
    ones, twos = (_by_number(listing) for listing in (first, second))
    pairs = ((ones[number], entry) for number, entry in twos.items() if number in ones)
    return tuple((one.id, two.id) for one, two in pairs if _alike(one.name, two.name))


def _by_number(listing: Listing) -> dict[tuple[str, ...], Entry]:
    told = [(_groups(entry.number), entry) for entry in listing.entries]
    times = Counter(groups for groups, _ in told)
    return {groups: entry for groups, entry in told if groups and times[groups] == 1}


def _groups(number: str) -> tuple[str, ...]:
    """Return the groups of letters and digits of a catalogue number; none where it may be any number."""
    found = tuple(one.lstrip("0") or "0" for one in GROUP.findall(number.casefold()))
    return found if len(found) > 1 and any(one.isdigit() for one in found) else ()


def _alike(one: str, two: str) -> bool:
    own, theirs = ({*said(name).words, *_kinds(name)} for name in (one, two))
    if not own or not theirs:
        return True
    return bool(own & theirs) or any(
        min(len(a), len(b)) >= LONG and OSA.distance(a, b) == 1 for a in own for b in theirs
    )


def _kinds(name: str) -> tuple[str, ...]:
    return tuple(f"kind {bit}" for bit in range(said(name).kinds.bit_length()) if said(name).kinds >> bit & 1)
