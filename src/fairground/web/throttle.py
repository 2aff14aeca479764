"""How often one network address may try: counted for minutes or an hour under a keyed hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache

from fairground.errors import BadInput

HOUR = 60 * 60

__all__ = ["HOUR", "Limit", "count", "need_patience"]


@dataclass(frozen=True)
class Limit:
    """So many tries in so many seconds, and what is said beyond them; `name` is nobody else's."""

    name: str
    most: int
    seconds: int
    words: str


def need_patience(request: Any, limit: Limit, about: object = "") -> None:
    """Refuse another try where there were too many; `about` is what they are counted for.

    Raises
    ------
    BadInput : with what to do.
    """
    if (cache.get(_key(request, limit, about)) or 0) >= limit.most:
        raise BadInput(limit.words)


def count(request: Any, limit: Limit, about: object = "") -> int:
    """Count one try, and return how many there were."""
    key = _key(request, limit, about)
    return 1 if cache.add(key, 1, limit.seconds) else int(cache.incr(key))


def _key(request: Any, limit: Limit, about: object) -> str:
    where = get_adapter(request).get_client_ip(request)
    told = f"{settings.SECRET_KEY}|{limit.name}|{about}|{where}"
    return f"{limit.name}:" + hashlib.sha256(told.encode()).hexdigest()[:40]
