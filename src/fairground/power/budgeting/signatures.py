"""Checks the signatures that a site put under the log and the counted ballots when a vote closed.

The key is made when voting opens, and its public half is part of the frozen specification (`voting`), so
nobody can put another key in its place without changing the specification's SHA-256. Two things are signed:
the SHA-256 of the paper with the size and the root of the log, and with the SHA-256 of the ballots that are
counted. The second is kept until the ballots are published, for a few ballots could be guessed from it.
Reference: Ed25519, RFC 8032, section 5.1.7.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

__all__ = ["ballots_message", "fingerprint", "is_signed", "root_message"]


def root_message(paper: str, *, size: int, root: str) -> bytes:
    """Return the bytes that are signed when a vote closes: JSON with sorted keys and no spaces.

    >>> root_message("ab", size=2, root="cd")
    b'{"paper":"ab","root":"cd","size":2}'
    """
    return _written({"paper": paper, "size": size, "root": root})


def ballots_message(paper: str, *, ballots: str) -> bytes:
    """Return the bytes that are signed for the ballots that are counted, written like those for the root.

    >>> ballots_message("ab", ballots="ef")
    b'{"ballots":"ef","paper":"ab"}'
    """
    return _written({"paper": paper, "ballots": ballots})


def _written(facts: Mapping[str, Any]) -> bytes:
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def fingerprint(key: str) -> str:
    """Return a short form of a public key that people can read to one another: 80 bits of its SHA-256.

    >>> fingerprint("00" * 32)
    '6668 7aad f862 bd77 6c8f'
    """
    digits = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:20]
    return " ".join(digits[n : n + 4] for n in range(0, 20, 4))


def is_signed(message: bytes, *, signature: str, key: str) -> bool:
    """Return whether a signature (hexadecimal) is that of the message under a public key.

    >>> is_signed(b"", signature="00" * 64, key="00" * 31 + "01")
    False
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_of(record: Mapping[str, Any]) -> str:
    """Return the public key that a specification froze; empty where the vote was held on no site."""
    voting = record.get("voting")
    key = voting.get("public_key", "") if isinstance(voting, Mapping) else ""
    return key if isinstance(key, str) and _is_hex(key, 32) else ""


def faults(
    log: Mapping[str, Any], *, record: Mapping[str, Any], digest: str, ballots: int, seal: str
) -> list[tuple[str, str, str]]:
    """Return what a bundle says about its signed log, beside what is right: (part, said, found).

    Parameters
    ----------
    record : the specification. digest : its SHA-256. ballots : the most that any pot has.
    seal : the SHA-256 of the ballots of all pots.
    """
    key = key_of(record)
    if not key:
        return [("signed log, without a key in the specification", "there" if log else "none", "none")]
    size, root, said = log.get("size"), str(log.get("root", "")), str(log.get("signature", ""))
    whole = size if type(size) is int else -1
    message = root_message(str(log.get("paper", "")), size=whole, root=root)
    good = _is_hex(root, 32) and is_signed(message, signature=said, key=key)
    counted = str(log.get("ballots_signature", ""))
    same = is_signed(ballots_message(digest, ballots=seal), signature=counted, key=key)
    return [
        ("key of the log", str(log.get("public_key", "none")), key),
        ("paper of the log", str(log.get("paper", "none")), digest),
        ("end of the log", "closed" if log.get("closed") is True else "open", "closed"),
        (
            "signature of the closed log",
            said or "none",
            said if said and good else "another: it is not valid",
        ),
        (
            "signature of the ballots counted",
            counted or "none",
            counted if counted and same else "another: these are not the ballots that were signed",
        ),
        ("entries of the log, at least one for each ballot", str(size), str(max(whole, ballots))),
    ]


def _is_hex(text: str, length: int) -> bool:
    return len(text) == 2 * length and set(text) <= set("0123456789abcdef")
