"""What the place pages ask: which places fit what was typed, and how one place fares.

Only this file of the place pages knows the questions.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from fairground import places
from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer
from fairground.questions import places as asked
from fairground.questions.wealth import inequality
from fairground.web.pages.bridge import present

__all__ = ["BadInput", "NotFound", "about", "matches", "place", "standing"]


def matches(text: str) -> tuple[dict[str, Any], ...]:
    """Return the places that may be meant, with the words for their kind and region."""
    found = (match.place for match in places.find(text))
    return tuple({"place": one, "region": region_of(one)} for one in found)


def place(slug: str) -> Any:
    """Return one place by its slug."""
    return places.get(slug)


def region_of(one: Any) -> str:
    """Return the name of the region of a place, or nothing."""
    return places.get(one.region).name if one.region and one.region != one.code else ""


@lru_cache(maxsize=512)
def standing(code: str) -> Answer[Any] | None:
    """Return how a place stands, or None where there are no figures for such a place."""
    try:
        return inequality.standing(code)
    except BadInput:
        return None


@lru_cache(maxsize=512)
def description(code: str) -> Answer[Any]:
    """Return what a place is."""
    return asked.describe(code)


@lru_cache(maxsize=512)
def about(code: str) -> dict[str, Any]:
    """Return what a place is and what changes are planned, as words."""
    return {"described": present(description(code), caption=""), "changes": present(asked.changes(code), caption="")}
