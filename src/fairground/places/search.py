"""Finding a place by what people type: any case, a short name, a slip of the keyboard, a code.

The rule is a ladder. *Rule 1*: a code, old or new, finds its place. *Rule 2*: a name, typed whole, comes first.
*Rule 3*: a short name that people use ("Stoke", "Hull"). *Rule 4*: a name that begins with or holds what was
typed. *Rule 5*: the nearest spelling. Places that exist come before places that have ended.
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz

from fairground import tables
from fairground.errors import BadInput, NotFound
from fairground.places.place import KINDS, Match, Place
from fairground.places.register import CODE, at, descendants, every, successors

_NOISE = re.compile(
    r"\b(council|borough|district|city|county|royal|metropolitan|unitary|authority|combined)\b"
)
_ORDER = {"district": 0, "region": 1, "nation": 2, "county": 3, "combined-authority": 4}


def _plain(text: str) -> str:
    text = text.lower().replace("&", " and ").replace("-", " ").replace("'", "").replace("’", "")
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", text).split())


@cache
def _names() -> tuple[tuple[str, str, Place], ...]:
    """Every name: as compared, as shown, and the place that bears it."""
    named = [(place.name, place) for place in every().values()]
    named += [(row["name"], every()[row["code"]]) for row in tables.rows("names")]
    return tuple((_plain(name), name, place) for name, place in named)


def _score(wanted: str, name: str) -> float:
    if name == wanted:
        return 100.0
    core = " ".join(_NOISE.sub(" ", wanted).split())
    if core and name == core:
        return 99.0
    if name.startswith(wanted + " "):
        return 95.0
    if f" {wanted} " in f" {name} ":
        return 92.0
    if name.startswith(wanted) and len(wanted) >= 3:
        return 90.0
    return min(89.0, float(fuzz.ratio(core or wanted, name)))


def find(text: str, *, limit: int = 10) -> tuple[Match, ...]:
    """Return the places that best fit what someone typed, best first; empty where none comes near.

    Parameters
    ----------
    text : a name, part of one, a slug or a GSS code of any vintage. limit : at most so many.

    Raises
    ------
    BadInput : nothing was typed, or more than 100 characters.

    >>> from fairground import places
    >>> [match.place.name for match in places.find("stoke on trant")][:1]
    ['Stoke-on-Trent']
    """
    wanted = _plain(text)
    if not wanted or len(text) > 100:
        raise BadInput(
            "Type the name of a place", field="place", value=text[:40], allowed="1 to 100 characters"
        )
    coded = _by_code(text.strip().upper())
    if coded:
        return coded[:limit]
    best: dict[str, Match] = {}
    for name, shown, place in _names():
        score = _score(wanted, name)
        if score >= 72 and (place.code not in best or score > best[place.code].score):
            best[place.code] = Match(place, score - (0 if place.current else 0.5), shown)
    ranked = sorted(best.values(), key=lambda m: (-m.score, _ORDER[m.place.kind], m.place.name))
    return tuple(ranked[:limit])


def _by_code(code: str) -> tuple[Match, ...]:
    if not CODE.match(code):
        return ()
    if code in every():
        return (Match(every()[code], 100.0, code),)
    return tuple(Match(every()[last], 100.0, code) for last in descendants(code) if last in every())


@cache
def get(name_or_code: str) -> Place:
    """Return one place by its code, slug or name.

    A code that was merely replaced by another code finds the place under its new code.

    Raises
    ------
    NotFound : no place has that name; the nearest are suggested. BadInput : several places have it.

    >>> from fairground import places
    >>> places.get("Hull").code
    'E06000010'
    """
    text = name_or_code.strip()
    if text.upper() in every():
        return every()[text.upper()]
    bearing = {p.slug: p for p in every().values()}.get(text.lower())
    if bearing:
        return bearing
    if CODE.match(text.upper()) and successors(text.upper()):
        return _only(text, [every()[last] for last in descendants(text.upper())])
    found = (
        [match for match in find(text) if match.score >= 99 and match.place.current] if _plain(text) else []
    )
    top = [match.place for match in found if match.score == found[0].score]
    districts = [place for place in top if place.kind in ("district", "region")]
    if top:
        return _only(text, districts or top)
    nearest = tuple(match.place.name for match in find(text)[:5]) if _plain(text) else ()
    raise NotFound(
        "There is no place of that name or code", field="place", value=name_or_code, nearest=nearest
    )


def _only(text: str, found: list[Place]) -> Place:
    if len(found) > 1:
        names = ", ".join(f"{place.name} ({place.code})" for place in found)
        raise BadInput("More than one place has that name", field="place", value=text, allowed=names)
    return found[0]


def children(code: str, *, kind: str | None = None) -> tuple[Place, ...]:
    """Return the places that lie in a place today, in order of code.

    Parameters
    ----------
    code : a name or code. kind : only "region", "county", "district" or "combined-authority".

    Raises
    ------
    NotFound : no such place. BadInput : no such kind.
    """
    if kind is not None and kind not in KINDS:
        raise BadInput("There is no such kind of place", field="kind", value=kind, allowed=", ".join(KINDS))
    return at().children(get(code).code, kind=kind)
