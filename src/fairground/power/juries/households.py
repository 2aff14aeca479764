"""Who lives together: addresses as people write them in Britain, made alike.

An address has a unit (Flat 2, the first floor), numbers (14, 14a, 14-16), words and a postcode. A British
postcode is a part of one street, some fifteen homes, so that with it the number tells the home, and whether
somebody wrote the town does not matter.

Rule 1: capitals, punctuation and spaces do not matter; St is Street, an apartment a flat, GFF the ground
floor flat; a flat stands before the house or after it, 14/2 is flat 2 of 14; a c/o line is left out.
Rule 2: with one postcode, the same unit and the same numbers (or the same house name), two addresses are one
home, if the words of one are all in the other.
Rule 3: without a postcode all words must be the same.
Rule 4: what could be one home, but was not written alike, is in doubt: it is told, and never decided here.
Rule 5: a postcode alone, a street without a number and a PO box are no home that anybody can tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

__all__ = ["Address", "Homes", "address_of", "homes", "household"]


def _set(*words: str) -> frozenset[str]:
    return frozenset(" ".join(words).split())


WORDS = {
    "st": "street", "str": "street", "rd": "road", "ave": "avenue", "av": "avenue", "dr": "drive",
    "drv": "drive", "ln": "lane", "la": "lane", "cl": "close", "clo": "close", "ct": "court", "crt": "court",
    "cres": "crescent", "cresc": "crescent", "cr": "crescent", "gdns": "gardens", "gdn": "garden",
    "pl": "place", "sq": "square", "terr": "terrace", "ter": "terrace", "gr": "grove", "grv": "grove",
    "pk": "park", "wk": "walk", "ho": "house", "hse": "house", "bldg": "building", "bldgs": "buildings",
    "cott": "cottage", "cotts": "cottages", "fm": "farm", "grn": "green", "mans": "mansions", "wy": "way",
    "apartment": "flat", "apt": "flat", "appt": "flat", "unit": "flat", "fl": "flat", "flt": "flat",
    "maisonette": "flat", "studio": "flat", "gff": "ground floor flat", "fff": "first floor flat",
    "sff": "second floor flat", "tff": "top floor flat", "lgf": "lower ground floor", "gf": "ground floor",
    "bsmt": "basement", "flr": "floor", "1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth",
    "rm": "room", "no": "", "nr": "", "number": "", "the": "", "mt": "mount", "nth": "north", "sth": "south",
    "saint": "street", "and": "", "england": "", "uk": "", "gb": "",
}  # fmt: skip
STREETS = _set(
    "street road avenue drive lane close crescent gardens place square terrace grove park walk way hill row "
    "rise mews view parade green vale drove broadway"
)
BUILDINGS = _set(
    "house court lodge tower towers heights mansions building buildings block cottage cottages farm "
    "farmhouse barn villa villas hall manor bungalow rectory vicarage mill chapel annexe annex hostel home "
    "college hotel caravan marina"
)
FLATS = frozenset(("flat", "room", "bedsit", "pitch", "berth", "plot", "suite"))
FLOORS = _set("basement lower upper ground first second third fourth fifth top middle garden attic")
SIDES = _set("left right front rear back")
HIGH, LOW = {"upper", "first", "top", "attic"}, {"lower", "ground", "basement", "garden"}
OF_FLAT = re.compile(r"\d+[a-z]?(?:/\d+[a-z]?)?|[a-z]\d*|\d+f\d+")
TENEMENT = re.compile(r"(?:\d+|g|b|p)f\d+")  # 2F1: the second floor, flat 1
POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b")
CARE_OF = re.compile(r"(?:\bc/o\b|\bcare of\b|\bf\.?a\.?o\b)[^,\d\n]*")
BOX = re.compile(r"\bp\.?\s?o\.?\s?box\b")
UPRN = re.compile(r"0*[1-9]\d{0,11}")


@dataclass(frozen=True)
class Address:
    """An address taken apart.

    Parameters
    ----------
    unit : flat or floor, empty for a whole house. numbers : of the house, in order. words : all others.
        postcode : without a space. uprn : the number of the property in the national address list.
    """

    unit: str = ""
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    postcode: str = ""
    uprn: str = ""
    box: bool = False

    @property
    def told(self) -> bool:
        """Say whether it tells one home."""
        if self.uprn:
            return True
        return not self.box and bool(self.numbers or self.unit or self.named)

    @property
    def named(self) -> frozenset[str]:
        """The words for buildings: the house of Mill House, not of House Lane."""
        after = (*self.words[1:], "")
        pairs = zip(self.words, after, strict=False)
        return frozenset(word for word, then in pairs if word in BUILDINGS and then not in STREETS)

    @property
    def text(self) -> str:
        """The address as one text, alike for addresses that are written alike."""
        parts = (f"flat {self.unit}" if self.unit else "", *self.numbers, *self.words, self.postcode)
        return " ".join(filter(None, parts))


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


def household(*parts: str) -> str:
    """Return what the parts of an address are when made alike; empty where they say nothing.

    >>> from fairground.power.juries.households import household
    >>> household("Flat 2, 10 High St.", "TS10 1AA") == household("APT 2", "10 high street", "ts101aa")
    True
    >>> household("14 High Street, Flat 2A", "TS10 1AA") == household("Flat 2a, 14 High St", "TS10 1AA")
    True
    >>> household("14/2 High Street", "EH1 1AA") == household("Flat 2, 14 High Street", "EH1 1AA")
    True
    """
    found = address_of(*parts)
    return f"po box {found.text}" if found.box else found.text


def address_of(*parts: str, uprn: str = "") -> Address:
    """Return an address taken apart.

    Parameters
    ----------
    parts : its lines or columns, in any number. uprn : used where it is a number of up to twelve figures.

    >>> from fairground.power.juries.households import address_of
    >>> address_of("GFF", "14a Mill Rd", "TS10 1AA")
    Address(unit='ground', numbers=('14a',), words=('mill', 'road'), postcode='ts101aa', uprn='', box=False)
    """
    text = unicodedata.normalize("NFKC", ", ".join(part for part in parts if part.strip())).casefold()
    codes = sorted({"".join(found) for found in POSTCODE.findall(text)})
    text = CARE_OF.sub(" ", re.sub(r"[‐‑‒–—−]", "-", POSTCODE.sub(" ", text)))
    box = bool(BOX.search(text))
    words = _words(BOX.sub(" ", text))
    unit, words = _unit(words)
    numbers = tuple(word for word in words if word[0].isdigit())
    rest = tuple(word for word in words if not word[0].isdigit())
    plain = uprn.strip().removesuffix(".0")
    known = plain.lstrip("0") if UPRN.fullmatch(plain) else ""
    return Address(unit, numbers, rest, " ".join(codes), known, box)


def _words(text: str) -> list[str]:
    """Return the words of an address, abbreviations written out; Saint is St is Street."""
    text = re.sub(r"(?<=\d)\s*-\s*(?=\d)", "-", re.sub(r"['’`.]", "", text))
    text = re.sub(r"[^\w/-]+|(?<!\d)-|-(?!\d)|(?<!\d)/|/(?!\d)", " ", text)
    text = re.sub(r"(\d)\s+([a-z])\b(?!/)", r"\1\2", text)
    return [word for told in text.split() for word in WORDS.get(told, told).split()]


def _unit(words: list[str]) -> tuple[str, list[str]]:
    """Return the flat, room or floor of an address, and the words without it.

    >>> from fairground.power.juries.households import _unit
    >>> _unit("14/2 high street".split()), _unit("first floor flat 14 high street".split())
    (('2', ['14', 'high', 'street']), ('first', ['14', 'high', 'street']))
    """
    found, rest = _numbered_unit(words)
    for at, word in enumerate(rest):
        if word in FLOORS and (end := _floor(rest, at)):
            floor = [one for one in rest[at:end] if one not in ("floor", "flat")]
            return found or " ".join(floor), rest[:at] + rest[end:]
    return found, rest


def _numbered_unit(words: list[str]) -> tuple[str, list[str]]:
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        if word in FLATS and OF_FLAT.fullmatch(after) and not _of_house(words, at):
            return after if word == "flat" else f"{word} {after}", words[:at] + words[at + 2 :]
        if TENEMENT.fullmatch(word):
            return word, words[:at] + words[at + 1 :]
        if "/" in word:
            if after[:1].isdigit():  # 2/1, 14 High Street
                return word, words[:at] + words[at + 1 :]
            house, _, flat = word.partition("/")
            return flat, [*words[:at], house, *words[at + 1 :]]
    return "", words


def _of_house(words: list[str], at: int) -> bool:
    """Say whether the only number behind “flat” is the house's, as in First Floor Flat, 14 High Street."""
    on_floor = at > 0 and (words[at - 1] == "floor" or words[at - 1] in FLOORS)
    return on_floor and sum(word[0].isdigit() for word in words) == 1


def _floor(words: list[str], at: int) -> int:
    """Return where the words of a floor end that begin here; 0 where they are none, as in Upper Street."""
    end = at
    while end < len(words) and words[end] in FLOORS:
        end += 1
    named = [word for word in words[end : end + 2] if word in ("floor", "flat")]
    if not named and words[at] != "basement":
        return 0
    end += len(named)
    while end < len(words) and words[end] in SIDES:
        end += 1
    return end + (
        words[end : end + 1] == ["flat"] and not OF_FLAT.fullmatch("".join(words[end + 1 : end + 2]))
    )


CROWD = 6  # people at one address, from which on it is asked whether it is one home


def homes(addresses: Sequence[Address]) -> Homes:
    """Return who lives together, what is in doubt, and what nobody can tell.

    >>> from fairground.power.juries.households import address_of, homes
    >>> told = ["1 Mill Lane", "1 mill lane, Redcar", "1 Mill Road", "", "2 Mill Lane"]
    >>> found = homes([address_of(one, "TS10 1AA") for one in told])
    >>> found.names[0] == found.names[1] != found.names[2], found.doubts, found.unknown
    (True, ((0, 1, 2),), (3,))
    """
    first = {one: at for at, one in reversed(list(enumerate(addresses))) if one.told}
    same, perhaps = _Joined(len(addresses)), _Joined(len(addresses))
    for one, other in _near(list(first)):
        verdict = _verdict(one, other)
        if verdict:
            perhaps.join(first[one], first[other])
        if verdict == SAME:
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

    Each shelf has those that lack a flat or a postcode, or may be written in another way, and all others.
    """
    shelves = defaultdict[tuple[str, ...], tuple[set[Address], set[Address]]](lambda: (set(), set()))
    for one in addresses:
        full, house = _figures(one), _figures(one, unit=False)
        for figures, kind, lacks in ((full, "full", True), (house, "house", full == house)):
            key = (kind, *figures, *(() if figures else one.words[:1]))
            for code, open_ in ((one.postcode, lacks), ("any", not one.postcode)):
                few, all_ = shelves[code, *key]
                all_.add(one)
                if open_:
                    few.add(one)
        if one.uprn:
            for those in shelves["uprn", one.uprn]:
                those.add(one)
    seen = set()
    for few, all_ in shelves.values():
        for pair in product(few, all_):
            ordered = (min(pair, key=_order), max(pair, key=_order))
            if pair[0] != pair[1] and ordered not in seen:
                seen.add(ordered)
                yield ordered


def _order(one: Address) -> tuple[str, str]:
    return one.text, one.uprn


def _figures(one: Address, *, unit: bool = True) -> tuple[str, ...]:
    """Return the numbers and single letters of an address in order, so that 14a is flat A of 14."""
    text = " ".join((one.unit if unit and not _on_floor(one.unit) else "", *one.numbers))
    return tuple(sorted(re.findall(r"\d+|\b[a-z]\b|(?<=\d)[a-z]\b", text)))


SAME, PERHAPS, APART = 2, 1, 0


def _verdict(one: Address, other: Address) -> int:
    """Say whether two addresses are one home, could be, or are not."""
    if one.uprn and other.uprn:
        return SAME if one.uprn == other.uprn else APART
    if one.postcode and other.postcode and one.postcode != other.postcode:
        return APART
    with_code = bool(one.postcode and other.postcode)
    ours, theirs = set(one.words), set(other.words)
    inside = ours <= theirs or theirs <= ours or (with_code and _to_street(one) == _to_street(other) != ())
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


def _to_street(one: Address) -> tuple[str, ...]:
    """Return the words up to the end of the street, without the town and county that people add."""
    streets = [word in STREETS for word in one.words]
    if True not in streets[1:]:
        return ()
    start = streets.index(True)
    return one.words[: streets.index(False, start) if False in streets[start:] else None]


def _as_good(one: Address, other: Address) -> bool:
    """Say whether two units and numbers could be one: 14a and flat A of 14, a flat left out."""
    if _figures(one) == _figures(other):
        return True
    if one.numbers == other.numbers:
        units = sorted((one.unit, other.unit))
        if not units[0] or _on_floor(units[0]) != _on_floor(units[1]):
            return True
        return _on_floor(units[0]) and any(all(set(u.split()) & side for u in units) for side in (HIGH, LOW))
    return False


def _on_floor(unit: str) -> bool:
    return bool(set(unit.split()) & FLOORS)
