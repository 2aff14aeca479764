"""Who lives together: addresses that are one home, that could be, and that nobody can tell.

A British postcode is a part of one street, some fifteen homes, so that with it the number tells the home, and
whether somebody wrote the town does not matter. How an address is taken apart: `addresses.py`.

Rule 1: with one postcode, the same unit and the same numbers (or the same house name), two addresses are one
home, if the words of one are all in the other.
Rule 2: without a postcode all words must be the same.
Rule 3: what could be one home, but was not written alike, or is short and fits two homes, is in doubt: it is
told, and never decided here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from fairground.power.juries.addresses import HIGH, LOW, Address, figures, on_floor, to_street

__all__ = ["Homes", "homes"]


@dataclass(frozen=True)
class Homes:
    """Who lives together, of so many addresses in order.

    Parameters
    ----------
    names : one name for each address, the same for one home; empty where none can be told. doubts : sets of
        addresses that could be one home, but are written in different ways. unknown : addresses that tell no
        home. crowds : homes of more people than a household mostly has.
    """

    names: tuple[str, ...]
    doubts: tuple[tuple[int, ...], ...] = ()
    unknown: tuple[int, ...] = ()
    crowds: tuple[tuple[int, ...], ...] = ()


CROWD = 6  # people at one address, from which on it is asked whether it is one home


def homes(addresses: Sequence[Address]) -> Homes:
    """Return who lives together, what is in doubt, and what nobody can tell.

    >>> from fairground.power.juries import address_of, homes
    >>> told = ["1 Mill Lane", "1 mill lane, Redcar", "1 Mill Road", "", "2 Mill Lane"]
    >>> found = homes([address_of(one, "TS10 1AA") for one in told])
    >>> found.names[0] == found.names[1] != found.names[2], found.doubts, found.unknown
    (True, ((0, 1, 2),), (3,))
    """
    first = {one: at for at, one in reversed(list(enumerate(addresses))) if one.told}
    same, perhaps = _Joined(len(addresses)), _Joined(len(addresses))
    verdicts = {pair: verdict for pair in _near(list(first)) if (verdict := _verdict(*pair))}
    for one, other in verdicts:
        perhaps.join(first[one], first[other])
    for one, other in _certain(verdicts):
        same.join(first[one], first[other])
    groups, doubts = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for at, one in enumerate(addresses):
        if one.told:
            groups[same.root(first[one])].append(at)
            doubts[perhaps.root(first[one])].append(at)
    names = [""] * len(addresses)
    for root, those in groups.items():
        for at in those:  # the place tells apart two properties that are written alike
            names[at] = f"{addresses[root].text} ({root})"
    asked = [
        tuple(those) for those in doubts.values() if len({same.root(first[addresses[n]]) for n in those}) > 1
    ]
    unknown = tuple(at for at, one in enumerate(addresses) if not one.told)
    crowds = tuple(tuple(those) for those in groups.values() if len(those) >= CROWD)
    return Homes(tuple(names), tuple(asked), unknown, crowds)


def _certain(verdicts: dict[tuple[Address, Address], int]) -> Iterator[tuple[Address, Address]]:
    """Yield the pairs that are one home; a short address that fits two homes joins neither."""
    longer = defaultdict[Address, list[Address]](list)
    for pair, verdict in verdicts.items():
        if verdict == SAME:
            short, long = sorted(pair, key=lambda one: (len(set(one.words)), _order(one)))
            if set(short.words) < set(long.words) and not short.uprn:
                longer[short].append(long)
            else:
                yield pair
    for short, those in longer.items():
        longest = max(those, key=lambda one: (len(set(one.words)), _order(one)))
        if all(one == longest or _verdict(one, longest) == SAME for one in those):
            yield from ((short, one) for one in those)


class _Joined:
    """Things that are joined to one another, by the least of each set."""

    def __init__(self, many: int) -> None:
        self.to = list(range(many))

    def root(self, at: int) -> int:
        while self.to[at] != at:
            self.to[at] = self.to[self.to[at]]
            at = self.to[at]
        return at

    def join(self, one: int, other: int) -> None:
        one, other = sorted((self.root(one), self.root(other)))
        self.to[other] = one


def _near(addresses: Sequence[Address]) -> Iterator[tuple[Address, Address]]:
    """Yield the pairs of addresses that are worth looking at: one property, or figures and letters alike.

    Each shelf holds, with what they are paired, those that lack a flat or a postcode or may be written in
    another way.
    """
    shelves = defaultdict[tuple[str, ...], tuple[set[Address], set[Address]]](lambda: (set(), set()))
    for one in addresses:
        for key, left, right in _shelves(one):
            for held, asked in zip(shelves[key], (left, right), strict=True):
                if asked:
                    held.add(one)
    seen = set()
    for few, others in shelves.values():
        for pair in _pairs(few, others):
            ordered = (min(pair, key=_order), max(pair, key=_order))
            if pair[0] != pair[1] and ordered not in seen:
                seen.add(ordered)
                yield ordered


def _shelves(one: Address) -> Iterator[tuple[tuple[str, ...], bool, bool]]:
    """Yield on which shelves an address stands, and on which sides.

    One of a pair must lack the flat where the flats differ, and one the postcode where the postcodes do.
    """
    full, house, no_code = figures(one), figures(one, unit=False), not one.postcode
    lacks = full == house
    if one.uprn:
        yield ("uprn", one.uprn), True, True
    flat = full or one.words[:1]
    yield ("full", one.postcode, *flat), True, True
    yield ("full any", *flat), no_code, True
    home = house or one.words[:1]
    yield ("house", one.postcode, *home), lacks, True
    yield ("house any", *home), lacks and no_code, True
    yield ("house or code", *home), lacks, no_code


MOST_PAIRS = 40_000  # of one shelf; on a fuller one only those are looked at that the rules can call one home


def _pairs(few: set[Address], others: set[Address]) -> Iterator[tuple[Address, Address]]:
    """Yield the pairs of a shelf; of a full one those where the words of one may all be in the other.

    All words of an address are in another only if its rarest is, so each is held against few. Those that are
    alike up to the end of the street are held against the first of them.
    """
    if len(few) * len(others) <= MOST_PAIRS:
        yield from product(few, others)
        return
    having, streets = defaultdict[str, list[Address]](list), dict[tuple[str, ...], Address]()
    ordered = sorted(few | others, key=_order)
    for one in ordered:
        for word in set(one.words):
            having[word].append(one)
    for one in ordered:
        words = sorted(set(one.words), key=lambda word: (len(having[word]), word))
        alike = having[words[0]] if words else ordered
        near = (other for other in alike if (one in few and other in others) or other in few)
        yield from ((one, other) for other in near)
        if (street := to_street(one)) and (before := streets.setdefault(street, one)) != one:
            yield one, before


def _order(one: Address) -> tuple[str, str]:
    return one.text, one.uprn


SAME, PERHAPS, APART = 2, 1, 0


def _verdict(one: Address, other: Address) -> int:
    """Say whether two addresses are one home, could be, or are not."""
    if one.uprn and other.uprn:
        return SAME if one.uprn == other.uprn else APART
    if one.postcode and other.postcode and one.postcode != other.postcode:
        return APART
    with_code = bool(one.postcode and other.postcode)
    ours, theirs = set(one.words), set(other.words)
    inside = ours <= theirs or theirs <= ours or (with_code and to_street(one) == to_street(other) != ())
    if not with_code and not inside:
        return APART
    if (one.unit, one.numbers) != (other.unit, other.numbers):
        numbered = bool(one.numbers and other.numbers)
        return PERHAPS if _as_good(one, other) and (inside or (with_code and numbered)) else APART
    if one.uprn != other.uprn and not inside:
        return PERHAPS
    if not one.numbers and not one.unit:
        alike = ours == theirs and one.postcode == other.postcode
        return SAME if alike or (with_code and inside) else APART
    if with_code:
        return SAME if inside and one.named == other.named else PERHAPS
    return SAME if ours == theirs and one.postcode == other.postcode else PERHAPS


def _as_good(one: Address, other: Address) -> bool:
    """Say whether two units and numbers could be one: 14a and flat A of 14, a flat left out."""
    if figures(one) == figures(other):
        return True
    if one.numbers == other.numbers:
        units = sorted((one.unit, other.unit))
        if not units[0] or on_floor(units[0]) != on_floor(units[1]):
            return True
        return on_floor(units[0]) and any(all(set(u.split()) & side for u in units) for side in (HIGH, LOW))
    return False
