"""How often one network address may try: a count of ten minutes or an hour, kept as a hash without a name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache

from fairground.errors import BadInput
from fairground.web.power.juries.models import Jury


@dataclass(frozen=True)
class Limit:
    """So many tries in so many seconds, and what is said beyond them."""

    name: str
    most: int
    seconds: int
    words: str


CODES = Limit("code", 10, 600, "Too many wrong codes. Wait ten minutes, then try again")
SENT = Limit(
    "sent", 40, 3600, "Many people have volunteered from this connection. Wait an hour, or phone the officers"
)
TWICE = Limit("twice", 5, 3600, "Too many tries. Wait an hour, or phone the officers")


def need_patience(request: Any, jury: Jury, limit: Limit) -> None:
    """Refuse another try where there were too many.

    Raises
    ------
    BadInput : with what to do.
    """
    if (cache.get(_key(request, jury, limit)) or 0) >= limit.most:
        raise BadInput(limit.words)


def count(request: Any, jury: Jury, limit: Limit) -> None:
    """Count one try."""
    key = _key(request, jury, limit)
    if not cache.add(key, 1, limit.seconds):
        cache.incr(key)


def _key(request: Any, jury: Jury, limit: Limit) -> str:
    where = get_adapter(request).get_client_ip(request)
    told = f"{settings.SECRET_KEY}|jury|{jury.pk}|{limit.name}|{where}"
    return "jury:" + hashlib.sha256(told.encode()).hexdigest()[:40]
