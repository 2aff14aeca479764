"""How many times one network address may write to councils in an hour, so that nobody drowns the others.

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
    """Refuse an address that has written very often in the last hour."""
    if (cache.get(_key(request)) or 0) >= MOST:
        raise BadInput(
            f"{MOST} letters have come from your network in the last hour. Wait an hour, then try again. "
            "In a library or at a meeting, the council also takes letters on paper"
        )


def count(request: Any) -> None:
    """Remember for an hour that an address has written."""
    key = _key(request)
    if not cache.add(key, 1, HOUR):
        cache.incr(key)


def _key(request: Any) -> str:
    address = get_adapter(request).get_client_ip(request)
    return "say:" + hashlib.sha256(f"{settings.SECRET_KEY}|{address}".encode()).hexdigest()[:40]
