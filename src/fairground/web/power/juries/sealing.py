"""Sealing what volunteers tell us: AES-256 in Galois/Counter Mode (NIST SP 800-38D) with a key for each jury.

The key of a jury is kept sealed with the key of the site, which is not in the database: it comes from
FAIRGROUND_POOL_KEY, or from the file `pool-key` in the data folder, written once. Whose record it is belongs
to what is checked, so that no record can be put in another's place.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.cache import cache

from fairground.errors import DataProblem, Impossible
from fairground.web.power.juries.models import Jury, PoolKey

NONCE = 12  # bytes, as SP 800-38D recommends


def begin(jury: Jury) -> None:
    """Give a jury a key of its own."""
    PoolKey.objects.create(jury=jury, wrapped=new_key(str(jury.pk)))


def new_key(about: str) -> str:
    """Return a new key, sealed with the key of the site and bound to what it is for."""
    return _sealed(_site_key(), secrets.token_bytes(32), about)


class Ring:
    """The key of one jury, fetched once: it seals, opens and hashes.

    Raises
    ------
    Impossible : the pool is erased.
    """

    def __init__(self, jury: Jury) -> None:
        self._held = _key(jury)

    @classmethod
    def opened(cls, wrapped: str, about: str) -> Ring:
        """Return the ring of a key that something else than a pool has: `wrapped` by `new_key`."""
        ring = cls.__new__(cls)
        ring._held = _opened(_site_key(), wrapped, about)
        return ring

    def seal(self, facts: dict[str, Any], about: str) -> str:
        """Return facts as text that only this key opens, bound to the record that it is about."""
        return _sealed(self._held, json.dumps(facts, ensure_ascii=False).encode(), about)

    def unseal(self, sealed: str, about: str) -> dict[str, Any]:
        """Return the facts of a sealed text.

        Raises
        ------
        DataProblem : it was changed, or belongs to another record.
        """
        found: dict[str, Any] = json.loads(_opened(self._held, sealed, about))
        return found

    def digest(self, text: str) -> str:
        """Return a text in a form that cannot be read back."""
        return hmac.new(self._held, text.encode(), hashlib.sha256).hexdigest()


def seal(jury: Jury, facts: dict[str, Any], about: str) -> str:
    """Return facts as text that only the key of the jury opens, bound to the record that it is about."""
    return Ring(jury).seal(facts, about)


def unseal(jury: Jury, sealed: str, about: str) -> dict[str, Any]:
    """Return the facts of a sealed text.

    Raises
    ------
    DataProblem : it was changed, or belongs to another record. Impossible : the pool is erased.
    """
    return Ring(jury).unseal(sealed, about)


def digest(jury: Jury, text: str) -> str:
    """Return a code in a form that cannot be read back, under the key of the jury."""
    return Ring(jury).digest(text)


def remembered(jury: Jury, name: str, find: Callable[[], dict[str, Any]], *, seconds: int) -> dict[str, Any]:
    """Return facts that take long to find: found once, and kept for some seconds under the key of the jury.

    Raises
    ------
    Impossible : the pool is erased.
    """
    ring = Ring(jury)
    kept = cache.get(name)
    if kept is not None:
        return ring.unseal(kept, name)
    found = find()
    cache.set(name, ring.seal(found, name), seconds)
    return found


def destroy(jury: Jury) -> None:
    """Destroy the key of a jury: what it sealed can never be read again."""
    PoolKey.objects.filter(jury=jury).delete()


def _key(jury: Jury) -> bytes:
    kept = PoolKey.objects.filter(jury=jury).first()
    if kept is None:
        raise Impossible("This jury's pool is erased. Nobody can read it any more.")
    return _opened(_site_key(), kept.wrapped, str(jury.pk))


def _sealed(key: bytes, plain: bytes, about: str) -> str:
    nonce = os.urandom(NONCE)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, plain, about.encode())).decode("ascii")


def _opened(key: bytes, sealed: str, about: str) -> bytes:
    raw = base64.b64decode(sealed)
    try:
        return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], about.encode())
    except InvalidTag:
        raise DataProblem(
            "What is kept of a volunteer does not open: it was changed, or the site has another pool key."
        ) from None


def _site_key() -> bytes:
    return _derived(settings.POOL_KEY or _kept())


@lru_cache(maxsize=4)
def _derived(text: str) -> bytes:
    return hashlib.sha256(b"fairground pool key\0" + text.encode()).digest()


def _kept() -> str:
    """Return the key that the data folder keeps; the first who needs one writes it, whole or not at all."""
    path = settings.DATA / "pool-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        own = path.with_name(f"pool-key.{os.getpid()}.{secrets.token_hex(4)}")
        with open(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(own, path)  # fails where another was first; theirs counts
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return str(path.read_text("ascii").strip())
