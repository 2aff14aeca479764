"""Addresses as people write them in Britain, taken apart and made alike.

An address has a unit (Flat 2, the first floor), numbers (14, 14a, 14-16), words and a postcode.

Rule 1: capitals, punctuation and spaces do not matter; St is Street, an apartment a flat, GFF the ground
floor flat; a flat stands before the house or after it, 14/2 is flat 2 of 14; a c/o line is left out.
Rule 2: a postcode alone, a street without a number and a PO box are no home that anybody can tell.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Address", "address_of"]


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
        box = "po box" if self.box else ""
        flat = f"flat {self.unit}" if self.unit else ""
        return " ".join(filter(None, (box, flat, *self.numbers, *self.words, self.postcode)))


def address_of(*parts: str, uprn: str = "") -> Address:
    """Return an address taken apart.

    Parameters
    ----------
    parts : its lines or columns, in any number. uprn : used where it is a number of up to twelve figures.

    >>> from fairground.power.juries.addresses import address_of
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

    >>> from fairground.power.juries.addresses import _unit
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


def figures(one: Address, *, unit: bool = True) -> tuple[str, ...]:
    """Return the numbers and single letters of an address in order, so that 14a is flat A of 14."""
    text = " ".join((one.unit if unit and not on_floor(one.unit) else "", *one.numbers))
    return tuple(sorted(re.findall(r"\d+|\b[a-z]\b|(?<=\d)[a-z]\b", text)))


def to_street(one: Address) -> tuple[str, ...]:
    """Return the words up to the end of the street, without the town and county that people add."""
    streets = [word in STREETS for word in one.words]
    if True not in streets[1:]:
        return ()
    start = streets.index(True)
    return one.words[: streets.index(False, start) if False in streets[start:] else None]


def on_floor(unit: str) -> bool:
    return bool(set(unit.split()) & FLOORS)
