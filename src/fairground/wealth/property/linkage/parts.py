"""Which entries are likely a part of one on the other list: a lodge in a park, a unit of an estate.

A part is never the same as its whole, so it is proposed beside the links, with its reasons, for a person to
say yes. *Rule 1* Every naming word of the whole stands in the name of the part. *Rule 2* The part's name adds
what a part is called ("Car Park", "Unit 5", "Land at"), and still says of which kind the whole is. *Rule 3*
They do not stand apart: no further than `APART` metres, in no two postcodes. *Rule 4* Something of the place
agrees: metres, postcode or street. Of several wholes the one with most reasons is taken.

The words of parts are data (`lexicon.toml`). The rules are our own; the tests measure how often they are
right.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from fairground.wealth.property.linkage import comparison
from fairground.wealth.property.linkage.entry import Entry
from fairground.wealth.property.linkage.linking import Linkage, Pairs
from fairground.wealth.property.linkage.words import Said, kinds, lexicon, said, words

__all__ = ["Part", "parts"]

APART = 700.0  # metres
BESIDE = 300.0


@dataclass(frozen=True)
class Part:
    """A pair of which one is likely a part of the other, and why.

    second_is_part : the second list's entry is the part; else the first's is. reasons : codes, the strongest
    first: `name`, `called`, `near`, `postcode`, `street`.
    """

    first: str
    second: str
    second_is_part: bool
    reasons: tuple[str, ...]


def parts(linkage: Linkage) -> tuple[Part, ...]:
    """Return the pairs of which one is likely a part of the other, one whole for each part.

    Pairs about which a person has said something are left out.

    >>> from fairground.wealth.property.linkage import Entry, Listing, link, prepare
    >>> council = Listing.of("council", [Entry("1", "Mill Lane Library", "Mill Lane, Ashby")])
    >>> people = Listing.of("people", [Entry("a", "Car park at Mill Lane Library", "Mill Lane, Ashby")])
    >>> [(one.second, one.first, one.reasons) for one in parts(link(prepare(council, people)))]
    [('a', '1', ('name', 'called', 'street'))]
    """
    pairs = linkage.pairs
    told = {(label.first, label.second) for label in linkage.labels}
    best: dict[tuple[str, bool], tuple[tuple[int, float], Part]] = {}
    for row, second_is_part in _likely(pairs):
        one, two = pairs.first.entries[pairs.ones[row]], pairs.second.entries[pairs.twos[row]]
        small, whole = (two, one) if second_is_part else (one, two)
        reasons = _reasons(pairs, row, small, whole)
        if not reasons or (one.id, two.id) in told:
            continue
        agree = len(reasons), float(linkage.probability[row])
        key = small.id, second_is_part
        if key not in best or agree > best[key][0]:
            best[key] = agree, Part(one.id, two.id, second_is_part, reasons)
    return tuple(sorted((part for _, part in best.values()), key=lambda one: (one.second, one.first)))


def _likely(pairs: Pairs) -> Iterator[tuple[int, bool]]:
    """Yield the rows in which one entry has all naming words of the other, and that do not stand apart."""
    if not len(pairs.ones):
        return
    raw = {name: pairs.raw[:, at] for name, at in comparison.AT.items()}
    apart = (raw["metres"] > APART) | ((raw["postcode_differs"] > 0) & ~(raw["metres"] <= BESIDE))
    for end, second_is_part in (("", True), ("_back", False)):
        has, lacks = raw[f"name_found{end}"], raw[f"name_lost{end}"]
        for row in np.flatnonzero((has > 0) & (lacks <= 0.2 * has) & ~apart).tolist():
            yield row, second_is_part


def _reasons(pairs: Pairs, row: int, small: Entry, whole: Entry) -> tuple[str, ...]:
    """Return why one is a part of the other; empty where it is not."""
    part, site = said(small.name), said(whole.name)
    in_full = set(words(whole.name)) - lexicon().small <= set(words(small.name))
    same = (in_full and site.kinds & part.kinds) or (
        set(site.words) <= set(part.words) and not site.kinds & ~part.kinds
    )
    if not (same and _is_called(small.name, part, whole.name, site)):
        return ()
    raw = {name: float(pairs.raw[row, at]) for name, at in comparison.AT.items()}
    where = [
        reason
        for reason, agrees in (
            ("near", raw["metres"] <= BESIDE),
            ("postcode", raw["postcode"] >= 3),
            ("street", raw["address_found"] > 0 and min(raw["address_lost"], raw["address_lost_back"]) == 0),
        )
        if agrees or (reason == "near" and not math.isnan(raw["metres"]) and raw["metres"] <= APART)
    ]
    return ("name", "called", *where) if where else ()


def _is_called(name: str, part: Said, other: str, site: Said) -> bool:
    """Return whether a name adds what a part is called."""
    marks = lexicon().parts
    if not site.kinds and len(site.words) < 2:
        return False
    if site.kinds and set(kinds(part.kinds & ~site.kinds)) & marks.kinds:
        return True
    own, theirs = words(name), words(other)
    return any(_has(own, mark) and not _has(theirs, mark) for mark in marks.words) or any(
        _numbered(own, mark) and not _numbered(theirs, mark) for mark in marks.numbered
    )


def _has(told: tuple[str, ...], mark: tuple[str, ...]) -> bool:
    return any(told[at : at + len(mark)] == mark for at in range(len(told) - len(mark) + 1))


def _numbered(told: tuple[str, ...], mark: str) -> bool:
    """Return whether a word is followed by a number or one letter: unit 5, block b."""
    return any(one == mark and (two.isdigit() or len(two) == 1) for one, two in pairwise(told))
