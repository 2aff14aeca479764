"""Two lists as arrays: words, postcodes and UPRNs as numbers, places in metres, and how rare each word is.

The rarer a word, the more it says when two entries share it: the weight of a word is the logarithm of how
many entries there are for each that has it (K. Spärck Jones, *Journal of Documentation* 28, 1972). A word
that at most `RARE` entries have and that is one slip of the finger from another (F. J. Damerau, CACM 7,
1964: a letter lost, added or mistaken, or two swapped) is `near` it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from fairground.wealth.property.linkage.entry import Entry, Listing
from fairground.wealth.property.linkage.words import Said, postcode_parts, said, slips, words

__all__ = ["Coded", "Lists", "Words", "coded"]

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
RARE = 3
FEW = 2_000  # one entry in so many is few enough for a word to be a slip of a word of the lexicon
SHORTEST = 4  # letters of a word that may be near another
METRES = 111_320.0  # in a degree of latitude
IN_ADDRESS = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE | re.ASCII)


class Words(NamedTuple):
    """The words of each entry, each once and in order: `word[start[i]:start[i + 1]]`."""

    start: Whole
    word: Whole


class Coded(NamedTuple):
    """A list as arrays. Of `n` entries; -1, and nan for metres, is what the list does not say.

    name, address, text : words of the name, of the address, and of both. clue : words and
    numbers in one numbering. number : house and unit numbers.
    kinds : (n,) bits. postcode : (n, 4) area, district, sector, unit. uprn : (n,). east, north : (n,) metres.
    """

    name: Words
    address: Words
    text: Words
    clue: Words
    number: Words
    kinds: Whole
    postcode: Whole
    uprn: Whole
    east: Floats
    north: Floats


@dataclass(frozen=True, eq=False)
class Lists:
    """Both lists as arrays, the words, the weight of each, and the words near each word."""

    first: Coded
    second: Coded
    words: tuple[str, ...]
    weight: Floats
    near: Words
    clue_weight: Floats


def coded(first: Listing, second: Listing) -> Lists:
    """Return two lists as arrays that share one numbering of words, postcodes and UPRNs."""
    mended = _mended(first, second)
    told = [[_told(entry, mended) for entry in listing.entries] for listing in (first, second)]
    number = _numbering(w for each in told for one in each for w in (*one.name.words, *one.address.words))
    others = _numbering(n for each in told for one in each for n in one.numbers)
    posts = _numbering(p for each in told for one in each for p in one.postcode if p)
    uprns = _numbering(e.uprn.lstrip("0") for listing in (first, second) for e in listing.entries if e.uprn)
    made = [
        _coded(listing, each, (number, others, posts, uprns))
        for listing, each in zip((first, second), told, strict=True)
    ]
    clues = len(number) + len(others)
    have = _counts([one.text for one in made], len(number))
    every = len(first) + len(second)
    return Lists(
        made[0], made[1], tuple(number), _weight(have, every), _near(tuple(number), have),
        _weight(_counts([one.clue for one in made], clues), every),
    )  # fmt: skip


def _counts(each: Sequence[Words], size: int) -> Whole:
    found = np.zeros(size, np.int64)
    for one in each:
        found += np.bincount(one.word, minlength=size)
    return found


def _weight(have: NDArray[np.int64], every: int) -> Floats:
    return np.asarray(np.log((every + 1) / np.maximum(have, 1)))


@dataclass(frozen=True)
class _Told:
    name: Said
    address: Said
    numbers: tuple[str, ...]
    kinds: int
    postcode: tuple[str, str, str, str]


def _mended(first: Listing, second: Listing) -> dict[str, str]:
    """Return how to mend the words that few entries have."""
    have: Counter[str] = Counter()
    for listing in (first, second):
        for entry in listing.entries:
            have.update({*words(entry.name), *words(entry.address)})
    few = max(RARE, (len(first) + len(second)) // FEW)
    return slips(sorted(word for word, number in have.items() if number <= few))


def _told(entry: Entry, mended: dict[str, str]) -> _Told:
    address, postcode = entry.address, entry.postcode
    within = IN_ADDRESS.search(address)
    if within:
        address = address[: within.start()] + address[within.end() :]
        postcode = postcode or within.group()
    name, where = said(entry.name, mended), said(address, mended)
    kinds = name.kinds or said(entry.kind).kinds
    return _Told(name, where, (*name.numbers, *where.numbers), kinds, postcode_parts(postcode))


def _numbering(told: Iterable[str]) -> dict[str, int]:
    return {text: n for n, text in enumerate(sorted(set(told)))}


def _coded(listing: Listing, told: Sequence[_Told], numberings: tuple[dict[str, int], ...]) -> Coded:
    known, numbers, posts, uprns = numberings
    degrees = np.array(
        [(math.nan, math.nan) if e.longitude is None else (e.longitude, e.latitude) for e in listing.entries],
        np.float64,
    )
    clues = [
        (
            *(known[w] for w in (*one.name.words, *one.address.words)),
            *(len(known) + numbers[n] for n in one.numbers),
        )
        for one in told
    ]
    return Coded(
        _words(known, [one.name.words for one in told]),
        _words(known, [one.address.words for one in told]),
        _words(known, [(*one.name.words, *one.address.words) for one in told]),
        _lines(clues),
        _words(numbers, [one.numbers for one in told]),
        np.array([one.kinds for one in told], np.int64),
        np.array([[posts.get(part, -1) for part in one.postcode] for one in told], np.int64),
        np.array([uprns.get(e.uprn.lstrip("0"), -1) if e.uprn else -1 for e in listing.entries], np.int64),
        degrees[:, 0] * METRES * np.cos(np.radians(degrees[:, 1])),
        degrees[:, 1] * METRES,
    )


def _words(numbering: dict[str, int], told: Sequence[tuple[str, ...]]) -> Words:
    return _lines([[numbering[word] for word in one] for one in told])


def _lines(told: Sequence[Sequence[int]]) -> Words:
    each = [sorted(set(one)) for one in told]
    start = np.zeros(len(each) + 1, np.int64)
    np.cumsum([len(one) for one in each], out=start[1:])
    return Words(start, np.array([word for one in each for word in one], np.int64))


def _near(words: tuple[str, ...], have: Whole) -> Words:
    """Return for each word those one slip from it, where one of the two is rare."""
    found: list[set[int]] = [set() for _ in words]
    by_shape: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        if len(word) >= SHORTEST:
            for shape in {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}:
                by_shape.setdefault(shape, []).append(at)
    for alike in by_shape.values():
        for n, one in enumerate(alike):
            for two in alike[n + 1 :]:
                if min(have[one], have[two]) <= RARE and OSA.distance(words[one], words[two]) == 1:
                    found[one].add(two)
                    found[two].add(one)
    start = np.zeros(len(words) + 1, np.int64)
    np.cumsum([len(one) for one in found], out=start[1:])
    return Words(start, np.array([two for one in found for two in sorted(one)], np.int64))
