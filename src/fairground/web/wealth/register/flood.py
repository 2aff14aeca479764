"""How many confirmation letters one network address may ask for in an hour, so that nobody floods strangers.

What is kept for that hour is a keyed hash of the address, which cannot be read back.
"""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache

from fairground.errors import BadInput

MOST, HOUR = 10, 60 * 60


def count(request: Any) -> None:
    """Count one letter of an address; refuse the eleventh within an hour."""
    address = get_adapter(request).get_client_ip(request)
    key = "follow:" + hashlib.sha256(f"{settings.SECRET_KEY}|{address}".encode()).hexdigest()[:40]
    if cache.add(key, 1, HOUR):
        return
    if cache.incr(key) > MOST:
        raise BadInput(
            f"{MOST} letters were asked for from your network in the last hour. Try again in an hour"
        )
