"""A draw in public: a thousand numbered juries, and a number that nobody could know before.

Balls or dice may give the number. Or it follows from public values, such as the balls of a lottery held the
night after the juries were published, by RFC 3797 (Eastlake 2004). Members are published as codes: a hash
of a secret and the person's id, so that each person can be told their own code and nobody else can find a
name.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence

from fairground.errors import BadInput

__all__ = ["code", "key", "picked"]


def key(values: Sequence[str]) -> str:
    """Return public values as the key of RFC 3797: numbers in order, words in capitals, then a slash.

    Raises
    ------
    BadInput : no value, or one without a letter or digit.

    >>> from fairground.power.juries.draw import key
    >>> key(["9319", "2, 5, 12, 8, 10", "9, 18, 26, 34, 41, 45"])
    '9319./2.5.8.10.12./9.18.26.34.41.45./'
    """
    if not values:
        raise BadInput(
            "A draw needs at least one public value", allowed="such as last night's lottery numbers"
        )
    return "".join(_part(value) + "/" for value in values)


def _part(value: str) -> str:
    numbers = [piece for piece in re.split(r"[\s,;.]+", value.strip()) if piece]
    if numbers and all(piece.isascii() and piece.isdigit() for piece in numbers):
        plain = [piece.lstrip("0") or "0" for piece in numbers]
        return "".join(f"{n}." for n in sorted(plain, key=lambda n: (len(n), n)))
    text = re.sub(r"[^A-Z0-9]", "", value.upper())
    if not text:
        raise BadInput("A public value needs letters or digits", "value", value)
    return text + "."


def picked(values: Sequence[str], number: int, places: int = 1) -> tuple[int, ...]:
    """Return which of 1 to `number` the public values choose, in the order of RFC 3797.

    >>> from fairground.power.juries.draw import picked
    >>> picked(["9319", "2, 5, 12, 8, 10", "9, 18, 26, 34, 41, 45"], 25, 3)
    (17, 7, 2)
    """
    text, left, found = key(values).encode(), list(range(1, number + 1)), []
    for turn in range(min(places, number)):
        around = turn.to_bytes(2, "big")
        digest = hashlib.md5(around + text + around, usedforsecurity=False).digest()
        found.append(left.pop(int.from_bytes(digest, "big") % len(left)))
    return tuple(found)


def code(secret: str, person: str) -> str:
    """Return the code under which a person is published; without the secret nobody can make it.

    >>> from fairground.power.juries.draw import code
    >>> code("a secret", "p17") == code("a secret", "p17"), code("a secret", "p17") == code("another", "p17")
    (True, False)
    """
    return hmac.new(secret.encode(), person.encode(), hashlib.sha256).hexdigest()[:20]
