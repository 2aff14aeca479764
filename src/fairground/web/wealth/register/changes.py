"""How a change is written: the old and the new value of one field of an asset, as plain JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from fairground.web.wealth.register.models import Asset, AssetChange

DAYS = ("valued_on", "nominated_on", "decided_on", "listed_until", "state_since")
PLACES = ("latitude", "longitude")
SAME_PLACE = 1e-5  # degrees: about a metre
# not fields: that an asset came on the register, was taken off, and what the list itself said of it
ADDED, HIDDEN, SAID = "added", "hidden", "said"
EMPTY = ("", None)


def plain(value: Any) -> Any:
    """Return a field's value as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, str) else value


def put(asset: Asset, field: str, value: Any) -> None:
    """Set a field from its plain value."""
    if field in DAYS:
        value = date.fromisoformat(value) if value else None
    setattr(asset, field, value)


def differ(field: str, old: Any, new: Any) -> bool:
    """Say whether two plain values are not the same; places within a metre are."""
    if old in EMPTY and new in EMPTY:
        return False
    if field in PLACES and old is not None and new is not None:
        return abs(old - new) > SAME_PLACE
    return bool(old != new)


def set_fields(asset: Asset, values: Mapping[str, Any], **how: Any) -> list[AssetChange]:
    """Set the fields that differ and return the changes, unsaved; `how`: source, reason, by, list_import."""
    made = []
    for field, new in values.items():
        old = plain(getattr(asset, field))
        if differ(field, old, plain(new)):
            put(asset, field, plain(new))
            made.append(AssetChange(asset=asset, field=field, old=old, new=plain(new), **how))
    return made


def digest(changes: Iterable[AssetChange]) -> str:
    """Return the SHA-256 of changes, for the audit log: it differs if any of them is altered later."""
    seal = hashlib.sha256()
    for one in sorted(changes, key=lambda one: (str(one.asset_id), one.field)):
        seal.update(json.dumps([str(one.asset_id), one.field, one.old, one.new], sort_keys=True).encode())
    return seal.hexdigest()
