"""How many times one network address may suggest somebody in an hour, so that nobody drowns the others.

What is kept for that hour is a keyed hash of the address, which cannot be read back.
"""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache

from fairground.errors import BadInput

MOST, HOUR = 6, 60 * 60


def need_patience(request: Any) -> None:
    """Refuse an address that has suggested very often in the last hour."""
    if (cache.get(_key(request)) or 0) >= MOST:
        raise BadInput(f"{MOST} suggestions came from your network in an hour. Wait, then try again")


def count(request: Any) -> None:
    """Remember for an hour that an address has suggested somebody."""
    key = _key(request)
    if not cache.add(key, 1, HOUR):
        cache.incr(key)


def _key(request: Any) -> str:
    address = get_adapter(request).get_client_ip(request)
    return "suggest:" + hashlib.sha256(f"{settings.SECRET_KEY}|{address}".encode()).hexdigest()[:40]
