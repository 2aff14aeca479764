"""How British lists write names and addresses, and how to read two of them as the same words.

Rule 1: letters lose their accents and capitals, apostrophes vanish, "&" is "and".
Rule 2: short forms become whole words; "St" is a street at the end of a part, and a saint elsewhere.
Rule 3: plurals lose their s, and words that say nothing of which asset is meant are left out.
Rule 4: what says of which kind an asset is ("Car Park", "Library") is told apart from what names it.

The words are data (`lexicon.toml`), gathered from published lists and from the street names of addresses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from fairground import tables

__all__ = ["Said", "kinds", "postcode_parts", "said", "slips", "words"]

PART = re.compile(r"[,;()/]|\s-\s|\n")
APOSTROPHE = re.compile(r"['’`´ʼ]")
WORD = re.compile(r"[a-z0-9]+")
NUMBER = re.compile(r"\d+[a-z]?", re.ASCII)
POSTCODE = re.compile(r"\b([A-Z]{1,2})(\d[A-Z\d]?) ?(?:(\d)([A-Z]{2})?)?$", re.ASCII)
WHOLE = re.compile(r"\d[A-Z]{2}$", re.ASCII)
IRREGULAR = {"children": "child", "childrens": "child", "people": "people", "peoples": "people"}
LONGEST = 4  # words in a phrase of a kind


@dataclass(frozen=True)
class Marks:
    """What a part of a site is called: kinds, words that say so, and words that do before a number."""

    kinds: frozenset[str]
    words: tuple[tuple[str, ...], ...]
    numbered: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """The words of `lexicon.toml`: short forms, small words, words of streets, kinds, and words of parts."""

    small: frozenset[str]
    street: frozenset[str]
    last: dict[str, str]
    short: dict[str, str]
    phrases: dict[tuple[str, ...], int]
    kinds: tuple[str, ...]
    parts: Marks


@dataclass(frozen=True)
class Said:
    """What a text says: the words that name, its house and unit numbers, and its kinds as bits."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    kinds: int


@cache
def lexicon() -> Lexicon:
    """Return the words, read once."""
    told = tables.toml(__package__, "lexicon.toml")
    phrases = {
        tuple(phrase.split()): at for at, (_, known) in enumerate(told["kinds"].items()) for phrase in known
    }
    return Lexicon(
        frozenset(told["small"]), frozenset(told["street"]), told["last"], told["short"], phrases,
        tuple(told["kinds"]),
        Marks(
            frozenset(told["parts"]["kinds"]), tuple(tuple(one.split()) for one in told["parts"]["words"]),
            tuple(told["parts"]["numbered"]),
        ),
    )  # fmt: skip


def kinds(bits: int) -> tuple[str, ...]:
    """Return the names of the kinds whose bits are set.

    >>> kinds(said("Car Park at Mill Lane Library").kinds)
    ('library', 'parking')
    """
    return tuple(name for at, name in enumerate(lexicon().kinds) if bits >> at & 1)


@lru_cache(maxsize=1 << 17)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a name or an address in one spelling, in their order.

    >>> words("St. Mary's Comm. Ctr, 12 High St")
    ('saint', 'mary', 'community', 'centre', '12', 'high', 'street')
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.casefold().replace("&", " and ")
    plain = APOSTROPHE.sub("", plain)
    found: list[str] = []
    for part in PART.split(plain):
        found += _part(WORD.findall(part))
    return tuple(found)


def said(text: str, mended: Mapping[str, str] | None = None) -> Said:
    """Return what a text says: its naming words, its numbers and its kinds; `mended` corrects words first.

    >>> said("The Old Library, 12 High St")
    Said(words=('high', 'street'), numbers=('12',), kinds=1)
    """
    small, mends = lexicon().small, mended or {}
    told = [word for word in (mends.get(word, word) for word in words(text)) if word not in small]
    kinds, left = _kinds(told)
    numbers = tuple(word for word in left if NUMBER.fullmatch(word))
    return Said(tuple(word for word in left if not NUMBER.fullmatch(word)), numbers, kinds)


def slips(rare: Iterable[str]) -> dict[str, str]:
    """Return the word of the lexicon that a rare word is one slip from, if that has five letters or more.

    Four letters are enough where two were swapped or one doubled; the first letter is never mended.

    >>> slips(["cetnre", "schol", "roda", "poole", "marlow"])
    {'cetnre': 'centre', 'schol': 'school', 'roda': 'road'}
    """
    by_shape: dict[str, list[str]] = {}
    for word in sorted(_known()):
        for shape in _shapes(word):
            by_shape.setdefault(shape, []).append(word)
    found = {}
    for word in rare:
        if word in _known() or len(word) < 4:
            continue
        for known in dict.fromkeys(k for shape in _shapes(word) for k in by_shape.get(shape, ())):
            if known[0] == word[0] and _is_slip(word, known):
                found[word] = known
                break
    return found


@cache
def _known() -> frozenset[str]:
    """Return the words of the lexicon that a slip may have meant: of kinds and of streets."""
    phrases = {word for phrase in lexicon().phrases for word in phrase}
    return frozenset(word for word in phrases | lexicon().street if len(word) >= 4)


def _shapes(word: str) -> set[str]:
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}


def _is_slip(word: str, known: str) -> bool:
    swapped = len(word) == len(known) and sorted(word) == sorted(known)
    doubled = any(word == known[: n + 1] + known[n:] for n in range(len(known)))
    return (len(known) >= 5 or swapped or doubled) and OSA.distance(word, known) == 1


def postcode_parts(text: str) -> tuple[str, str, str, str]:
    """Return a postcode's area, district, sector and unit; empty from where it was shortened.

    >>> postcode_parts("TN34 3"), postcode_parts("nowhere")
    (('TN', 'TN34', 'TN34 3', ''), ('', '', '', ''))
    """
    plain = "".join(text.upper().split())
    spaced = f"{plain[:-3]} {plain[-3:]}" if WHOLE.search(plain) else text.upper().strip()
    found = POSTCODE.fullmatch(spaced)
    if not found:
        return "", "", "", ""
    area, district, sector, unit = found.groups()
    district = area + district
    whole = f"{district} {sector}" if sector else ""
    return area, district, whole, whole + unit if sector and unit else ""


def _part(raw: list[str]) -> list[str]:
    known = lexicon()
    out: list[str] = []
    for at, word in enumerate(raw):
        if at and at == len(raw) - 1 and word in known.last:
            out.append(known.last[word])
        else:
            out += known.short.get(word, word).split()
    return [_singular(word) for word in out]


def _singular(word: str) -> str:
    if word in IRREGULAR:
        return IRREGULAR[word]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _kinds(told: list[str]) -> tuple[int, list[str]]:
    """Return the kinds in a list of words as bits, and the words that are left."""
    known, bits, perhaps, left, at = lexicon(), 0, 0, [], 0
    while at < len(told):
        for size in range(min(LONGEST, len(told) - at), 0, -1):
            kind = known.phrases.get(tuple(told[at : at + size]))
            following = told[at + size] if at + size < len(told) else ""
            if kind is not None and _is_street(told, at):
                perhaps = 1 << kind
            elif kind is not None and following not in known.street:
                bits |= 1 << kind
                at += size
                break
        else:
            left.append(told[at])
            at += 1
    return bits or perhaps, left


def _is_street(told: list[str], at: int) -> bool:
    """Whether a word that may be a kind ends a street's name, as in "Covent Garden" after a word."""
    return at > 0 and told[at] in lexicon().street and told[at - 1] not in lexicon().small
