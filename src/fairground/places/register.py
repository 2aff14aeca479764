"""The register: which places exist on a day, and which lie in which.

A register is a frozen picture of one day. The clock is never read: without a day it shows the places that
have not ended in this release of the tables. Planned ends are never applied: they are plans.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

from fairground.errors import BadInput, NotFound
from fairground.places.changes import descendants
from fairground.places.ledger import every, memberships
from fairground.places.place import KINDS, Match, Place
from fairground.places.search import Index, checked_limit, index_of

EARLIEST = date(2009, 4, 1)
UNITED_KINGDOM, ENGLAND = "K02000001", "E92000001"


@dataclass(frozen=True)
class Register:
    """The places that exist on one day; `day` is None for those that have not ended."""

    day: date | None
    places: tuple[Place, ...]

    def codes(self) -> frozenset[str]:
        """Return the codes of the places that exist on the day."""
        return frozenset(place.code for place in self.places)

    def children(self, code: str, *, kind: str | None = None) -> tuple[Place, ...]:
        """Return the places that lie in a place, in order of code."""
        return tuple(place for place in self.places if _lies_in(place, code) and kind in (None, place.kind))

    def find(self, text: str, *, limit: int = 10) -> tuple[Match, ...]:
        """Return the places of the day that best fit what someone typed, best first."""
        code = _typed(text)
        if code in every():
            return tuple(Match(place, 100.0, code) for place in self._now(code))[: checked_limit(limit)]
        return _index(self).find(text, limit=limit)

    def get(self, text: str) -> Place:
        """Return the one place of the day with that code, slug or name; an older code finds what replaced it.

        Raises
        ------
        NotFound : nothing has that name or code; the nearest are suggested.
        BadInput : several places have it.
        """
        code = _typed(text)
        if code not in every():
            return _index(self).get(text)
        here = self._now(code)
        if len(here) == 1:
            return here[0]
        raise NotFound(
            f"{every()[code].name} is not a place of {self.day or 'today'}",
            field="place",
            value=text,
            nearest=tuple(place.name for place in here),
        )

    @cached_property
    def _by_code(self) -> dict[str, Place]:
        return {place.code: place for place in self.places}

    def _now(self, code: str) -> tuple[Place, ...]:
        here = self._by_code
        if code in here:
            return (here[code],)
        return tuple(here[last] for last in descendants(code, day=self.day) if last in here)


def _typed(text: object) -> str:
    return text.strip().upper() if isinstance(text, str) else ""


@cache
def at(day: date | None = None) -> Register:
    """Return the places that exist on a day; without a day, those that have not ended.

    Parameters
    ----------
    day : a date from 1 April 2009 on. Planned ends (2027, 2028) are not applied: they are plans.

    Raises
    ------
    BadInput : a day before 1 April 2009, of which the tables hold no full register.

    >>> from datetime import date
    >>> from fairground import places
    >>> places.at(date(2022, 1, 1)).get("Allerdale").county
    'E10000006'
    """
    if day is None:
        return Register(None, tuple(place for place in every().values() if place.current))
    if day < EARLIEST:
        raise BadInput(
            "No register is held for that day", field="day", value=day, allowed=f"{EARLIEST} or later"
        )
    here = {place.code: place for place in every().values() if place.exists(day)}
    return Register(day, tuple(_as_of(place, here) for place in here.values()))


def _as_of(place: Place, here: dict[str, Place]) -> Place:
    """Return a place with the combined authority that it lay in on the day."""
    ever = (*memberships().get(place.code, ()), *memberships().get(place.county, ()))
    authority = next((code for code in ever if code in here), "")
    return place if authority == place.combined_authority else replace(place, combined_authority=authority)


def _lies_in(place: Place, code: str) -> bool:
    if code == UNITED_KINGDOM:
        return place.code[:1] in "EWSN" and place.code != code
    if code == ENGLAND:
        return place.kind in KINDS[1:]
    return place.code != code and code in (place.region, place.county, place.combined_authority)


@cache
def _index(register: Register) -> Index:
    """Return the search index of a register; that of today also knows the names of ended places."""
    return index_of(register.places if register.day else every().values(), day=register.day)
