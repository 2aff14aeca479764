"""England's places: names, codes, tiers, what lies in what, and how that changes over time.

>>> from fairground import places
>>> places.get("stoke").name
'Stoke-on-Trent'
>>> len(places.children("England", kind="district"))
296
"""

from __future__ import annotations

from datetime import date

from fairground.errors import BadInput
from fairground.places.changes import (
    ancestors,
    descendants,
    known,
    predecessors,
    same_vintage,
    successors,
    translated,
)
from fairground.places.ledger import Correction, bodies, corrections
from fairground.places.place import KINDS, Body, Match, Place, Succession
from fairground.places.register import Register, at
from fairground.places.stable import stable

__all__ = [
    "KINDS",
    "Body",
    "Correction",
    "Match",
    "Place",
    "Register",
    "Succession",
    "ancestors",
    "at",
    "authorities",
    "bodies",
    "body",
    "children",
    "corrections",
    "descendants",
    "find",
    "get",
    "known",
    "predecessors",
    "same_vintage",
    "stable",
    "successors",
    "translated",
]


def get(name_or_code: str, *, on: date | None = None) -> Place:
    """Return one place by its code, slug or name.

    A code that was merely replaced by another code finds the place under its new code. The code of a place
    that has ended finds that place as it was; with `on`, it finds what stood there on that day.

    Parameters
    ----------
    on : the day of the register to look in; without it, the places of this release.

    Raises
    ------
    NotFound : no place has that name; the nearest are suggested. BadInput : several places have it.

    >>> from fairground import places
    >>> places.get("Hull").code
    'E06000010'
    >>> from datetime import date
    >>> places.get("E07000026", on=date(2023, 4, 1)).name
    'Cumberland'
    """
    code = name_or_code.strip().upper() if isinstance(name_or_code, str) else ""
    if on is None and any(s.kind != "recoded" for s in successors(code)):
        return known(code)
    return at(on).get(name_or_code)


def find(text: str, *, limit: int = 10, on: date | None = None) -> tuple[Match, ...]:
    """Return the places that best fit what someone typed, best first; empty where none comes near.

    Parameters
    ----------
    text : a name, part of one, a slug or a GSS code of any date. limit : at most so many.
    on : the day of the register to look in; without it, this release, with ended places after the others.

    Raises
    ------
    BadInput : nothing was typed, or more than 100 characters.

    >>> from fairground import places
    >>> [match.place.name for match in places.find("stoke on trant")][:1]
    ['Stoke-on-Trent']
    """
    return at(on).find(text, limit=limit)


def children(code: str, *, kind: str | None = None, on: date | None = None) -> tuple[Place, ...]:
    """Return the places that lie in a place, in order of code.

    Parameters
    ----------
    code : a name or code. kind : only "region", "county", "district" or "combined-authority".
    on : the day of the register to look in; without it, the places that have not ended.

    Raises
    ------
    NotFound : no such place. BadInput : no such kind.

    >>> from fairground import places
    >>> [place.name for place in places.children("Tees Valley", kind="district")][:2]
    ['Hartlepool', 'Middlesbrough']
    """
    if kind is not None and kind not in KINDS:
        raise BadInput("There is no such kind of place", field="kind", value=kind, allowed=", ".join(KINDS))
    return at(on).children(get(code, on=on).code, kind=kind)


def body(code: str) -> Body | None:
    """Return the council or authority that governs a place, or None where a place has none (a region).

    A council outlives its code: the code that it had before a small change of boundary finds it too, and so
    does the code of a place that was divided, where the body is older than the division.

    >>> from fairground import places
    >>> places.body("E06000021").key
    'STE'
    """
    place = known(code)
    after = successors(place.code)
    now = {code, *(s.new_code for s in after if s.kind == "recoded")}
    if found := next((one for one in bodies() if one.area_code in now), None):
        return found
    divided = {s.new_code for s in after if s.kind == "divided"}
    older = (one for one in bodies() if one.start and place.start and one.start <= place.start)
    return next((one for one in older if one.area_code in divided), None)


def authorities(code: str, *, on: date | None = None) -> tuple[Body, ...]:
    """Return the combined authorities that a place belongs to, also those whose area has no code yet.

    Parameters
    ----------
    code : a name, slug or code. on : a day; without it, the bodies that have not ended in this release.

    Raises
    ------
    NotFound : no such place. BadInput : several places have that name.

    >>> from fairground import places
    >>> [(one.name, one.area_code) for one in places.authorities("Cumberland")]
    [('Cumbria Combined Authority', '')]
    """
    place = get(code, on=on)
    coded = body(place.combined_authority) if place.combined_authority else None
    own = {place.code, place.county} - {""}
    later = (one for one in bodies() if not one.area_code and one.exists(on) and own & set(one.members))
    return (*((coded,) if coded else ()), *later)
