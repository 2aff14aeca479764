"""What a group needs before it buys a building: a list to go through, each line with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from fairground.tables import toml


@dataclass(frozen=True)
class Item:
    """One thing to have ready."""

    id: str
    group: str
    words: str
    source: str


@cache
def readiness() -> tuple[Item, ...]:
    """Return the list, in the order in which it is gone through.

    >>> readiness()[0].group
    'Why'
    """
    return tuple(Item(**item) for item in toml("fairground.wealth.finance", "readiness.toml")["item"])
