"""Signatures of receipts and of the closed log: Ed25519 (RFC 8032).

Each paper has a key of its own, made at the freeze and destroyed at the close, so that nobody can sign
another end of the log later. The public key is part of what is published when voting opens.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def new_key() -> tuple[str, str]:
    """Return a new private key and its public key, in hexadecimal."""
    key = Ed25519PrivateKey.generate()
    return key.private_bytes_raw().hex(), key.public_key().public_bytes_raw().hex()


def sign(message: bytes, *, private: str) -> str:
    """Return the signature of a message, in hexadecimal."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private)).sign(message).hex()


def is_signed(message: bytes, *, signature: str, public: str) -> bool:
    """Say whether the signature is that of the message under the public key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True
