"""Who lives together: addresses as people write them, made alike.

Capitals, punctuation and spaces do not matter; a street may be St, a flat an apartment; a postcode stands
whole or in two parts, a flat before the house or after it. Two addresses that are made alike are one
household.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["household"]

WORDS = {
    "st": "street", "str": "street", "rd": "road", "ave": "avenue", "av": "avenue", "dr": "drive",
    "ln": "lane", "cl": "close", "ct": "court", "crt": "court", "cres": "crescent", "cr": "crescent",
    "gdns": "gardens", "gdn": "garden", "pl": "place", "sq": "square", "terr": "terrace", "ter": "terrace",
    "gr": "grove", "grv": "grove", "pk": "park", "ho": "house", "hse": "house", "bldg": "building",
    "bldgs": "buildings",
    "apartment": "flat", "apt": "flat", "unit": "flat", "fl": "flat", "no": "", "number": "", "the": "",
    "mt": "mount", "nth": "north", "sth": "south",
}  # fmt: skip
SAINTS = {"saint": "street"}
NUMBER = re.compile(r"\d+[a-z]?|[a-z]\d*")
POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b")


def household(*parts: str) -> str:
    """Return what the parts of an address are when made alike; empty where they say nothing.

    >>> from fairground.power.juries.households import household
    >>> household("Flat 2, 10 High St.", "TS10 1AA") == household("APT 2", "10 high street", "ts101aa")
    True
    >>> household("14 High Street, Flat 2A", "TS10 1AA") == household("Flat 2a, 14 High St", "TS10 1AA")
    True
    >>> household("12a Mill Rd", "TS10 1AA") == household("12 A Mill Road", "TS10 1AA")
    True
    """
    text = unicodedata.normalize("NFKC", " ".join(parts)).casefold()
    codes = ["".join(found) for found in POSTCODE.findall(text)]
    text = re.sub(r"['’`]", "", POSTCODE.sub(" ", text))
    text = re.sub(r"(\d)\s+([a-z])\b", r"\1\2", re.sub(r"[^\w]+", " ", text))
    words = [WORDS.get(SAINTS.get(word, word), SAINTS.get(word, word)) for word in text.split()]
    words = [WORDS.get(word, word) for word in words]
    return " ".join(_flat_first([word for word in words if word]) + sorted(set(codes)))


def _flat_first(words: list[str]) -> list[str]:
    """Return the words with the flat and its number first, wherever they stood."""
    for at in range(1, len(words) - 1):
        if words[at] == "flat" and NUMBER.fullmatch(words[at + 1]):
            return [*words[at : at + 2], *words[:at], *words[at + 2 :]]
    return words
