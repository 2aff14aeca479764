"""Names that hide a voter, codes that people can type, and the sealed form in which a ballot enters the log.

A pseudonym is HMAC-SHA256 (RFC 2104) of a voter's line on the roll under a secret of the round: who has the
secret can find a voter's ballot, and once it is destroyed nobody can. Codes are written in the 32 letters and
digits of Douglas Crockford's base 32, without those that are mistaken for one another, and end in a check
letter (Luhn's method for base 32, ISO/IEC 7812-1 annex B for base 10), which catches each single slip.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from fairground.errors import BadInput
from fairground.merkle import leaf_hash
from fairground.power.budgeting.ballot import Marks

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECEIPT_LENGTH = 20
ACCESS_LENGTH = 16


def pseudonym(roll_key: str, *, secret: bytes) -> str:
    """Return the name under which the ballot of a line on the roll is kept: 64 hexadecimal digits.

    Raises
    ------
    BadInput : a secret shorter than 32 bytes, or an empty roll key.

    >>> pseudonym("roll:17", secret=b"s" * 32) == pseudonym("roll:17", secret=b"t" * 32)
    False
    """
    if len(secret) < 32:
        raise BadInput("The secret of a round is too short", "secret", f"{len(secret)} bytes", "32 or more")
    if not roll_key:
        raise BadInput("A voter needs a line on the roll", "roll_key", roll_key)
    return hmac.new(secret, roll_key.encode(), sha256).hexdigest()


def write_code(chance: bytes, *, length: int = ACCESS_LENGTH) -> str:
    """Return a code of `length` letters, the last a check letter, in groups of four.

    Parameters
    ----------
    chance : bytes to write, at least 5 bits for each letter but the last; more are left out.

    Raises
    ------
    BadInput : too few bytes for the length.

    >>> write_code(b"fairground", length=16)
    'CSGP-JWK7-E9QQ-AVK8'
    """
    bits = 5 * (length - 1)
    if length < 2 or len(chance) * 8 < bits:
        raise BadInput("Too few bytes for the code", "chance", len(chance), f"{-(-bits // 8)} or more")
    number = int.from_bytes(chance) >> (len(chance) * 8 - bits)
    body = "".join(LETTERS[number >> (5 * place) & 31] for place in reversed(range(length - 1)))
    whole = body + LETTERS[_check(body)]
    return "-".join(whole[n : n + 4] for n in range(0, length, 4))


def read_code(text: str, *, length: int = ACCESS_LENGTH) -> str:
    """Return a typed code as `write_code` wrote it: small letters, spaces and I, L and O are understood.

    Raises
    ------
    BadInput : another length, another letter, or a slip that the check letter shows.

    >>> read_code("csgp jwk7 e9qq avk8")
    'CSGP-JWK7-E9QQ-AVK8'
    """
    letters = text.upper().translate(str.maketrans("", "", " -\t\r\n")).translate(str.maketrans("ILO", "110"))
    if len(letters) != length or not set(letters) <= set(LETTERS):
        allowed = f"{length} letters and digits, as printed"
        raise BadInput("This is not a whole code", "code", text.strip()[:40], allowed)
    if LETTERS[_check(letters[:-1])] != letters[-1]:
        raise BadInput("The code has a slip in it", "code", text.strip()[:40], "the code exactly as printed")
    return "-".join(letters[n : n + 4] for n in range(0, length, 4))


def _check(body: str) -> int:
    """Return the check value: from the right, each second letter counts double, its two digits added."""
    total = 0
    for place, letter in enumerate(reversed(body)):
        value = LETTERS.index(letter) * (1 if place % 2 else 2)
        total += value // 32 + value % 32
    return -total % 32


@dataclass(frozen=True)
class SealedBallot:
    """A ballot with what hides it: only its hash is public, and the nonce keeps it from being guessed.

    Parameters
    ----------
    paper : the SHA-256 of the frozen paper, in hexadecimal.
    marks : for each pot in the paper's order, its id and what was marked.
    nonce : 32 hexadecimal digits of chance.
    """

    paper: str
    tier: str
    district: str
    marks: tuple[tuple[str, Marks], ...]
    nonce: str

    def __post_init__(self) -> None:
        if len(self.nonce) != 32 or not set(self.nonce) <= set("0123456789abcdef"):
            raise BadInput("A nonce is 16 bytes of chance", "nonce", self.nonce, "32 hexadecimal digits")

    @property
    def entry(self) -> bytes:
        """The bytes that enter the log: JSON with sorted keys and no spaces, in UTF-8."""
        return canonical(
            {
                "paper": self.paper,
                "tier": self.tier,
                "district": self.district,
                "marks": {pot: [list(marks.projects), list(marks.points)] for pot, marks in self.marks},
                "nonce": self.nonce,
            }
        )

    @property
    def leaf(self) -> bytes:
        """The ballot's hash on the public list."""
        return leaf_hash(self.entry)

    @property
    def receipt(self) -> str:
        """The code that the voter keeps: the first 95 bits of the hash, and a check letter."""
        return receipt_code(self.leaf)


def receipt_code(leaf: bytes) -> str:
    """Return the code of a ballot's hash on the public list.

    >>> receipt_code(leaf_hash(b""))
    'DRT0-Q77Z-PDX9-H755-8KKN'
    """
    return write_code(leaf, length=RECEIPT_LENGTH)


def canonical(facts: object) -> bytes:
    """Return JSON values as bytes in one way only: sorted keys, no spaces, UTF-8 (as RFC 8785)."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def shuffled(ids: Iterable[str], *, seed: str) -> list[str]:
    """Return ids in an order that depends on the seed alone: by the SHA-256 of the seed and the id.

    >>> shuffled(["park", "bench", "pool"], seed="a"), shuffled(["pool", "bench", "park"], seed="a")
    (['bench', 'pool', 'park'], ['bench', 'pool', 'park'])
    """
    return sorted(ids, key=lambda id: sha256(f"{seed}|{id}".encode()).digest())
