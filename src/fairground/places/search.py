"""Finding a place by what people type: any case, a short name, a slip of the keyboard, a code.

The rule is a ladder. *Rule 1*: a code, old or new, finds its place. *Rule 2*: a name, typed whole, comes
first. *Rule 3*: a short name that people use ("Stoke", "Hull"). *Rule 4*: a name that begins with or holds
what was typed. *Rule 5*: the nearest spelling (share of matching letters, `rapidfuzz.fuzz.ratio`). Places
that exist come before places that have ended.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from fairground.errors import BadInput, NotFound
from fairground.places import ledger
from fairground.places.changes import descendants, successors
from fairground.places.place import Match, Place

LONGEST, LEAST_SCORE, EXACT, ENDED = 100, 72, 99, 0.5
_NOISE = re.compile(
    r"\b(council|borough|district|city|county|royal|metropolitan|unitary|authority|combined"
    r"|mbc|mdc|bc|dc|cc|lb|lbc|rbc)\b"
)
_ELSEWHERE = re.compile(r"[wsn]\d{8}", re.I | re.ASCII)
NATIONS = {"W": "Wales", "S": "Scotland", "N": "Northern Ireland"}
_ORDER = {"district": 0, "region": 1, "nation": 2, "county": 3, "combined-authority": 4}
# Which kind is meant where places of several kinds share a name: "West Midlands" is the region.
_MEANT = {"district": 0, "region": 0, "nation": 0, "county": 1, "combined-authority": 2}


def plain(text: str) -> str:
    """Return a name in the form in which names are compared: "King's Lynn & Ely" is "kings lynn and ely"."""
    text = text.lower().replace("&", " and ").replace("-", " ").replace("'", "").replace("’", "")
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", text).split()).removeprefix("the ")


@dataclass(frozen=True)
class Index:
    """Every name of some places: as compared, as shown, and the place that bears it."""

    named: tuple[tuple[str, str, Place], ...]
    slugs: Mapping[str, Place]
    day: date | None = None

    def ended(self, place: Place) -> bool:
        """Tell whether a place had ended by the day of the index."""
        return not (place.current if self.day is None else place.exists(self.day))

    def find(self, text: str, *, limit: int) -> tuple[Match, ...]:
        """Return the places that best fit what someone typed, best first; empty where none comes near.

        Raises
        ------
        BadInput : nothing was typed, more than 100 characters, or a limit that is no whole number above 0.
        """
        best: dict[str, Match] = {}
        wanted, limit = _wanted(text), checked_limit(limit)
        for name, shown, place in self.named:
            score = _score(wanted, name) - (ENDED if self.ended(place) else 0)
            if score >= LEAST_SCORE and (place.code not in best or score > best[place.code].score):
                best[place.code] = Match(place, score, shown)
        ranked = sorted(best.values(), key=lambda m: (-m.score, _ORDER[m.place.kind], m.place.name))
        return tuple(ranked[:limit])

    def get(self, text: str) -> Place:
        """Return the one place with that slug or name.

        Raises
        ------
        NotFound : no place has that name; the nearest are suggested. BadInput : several places have it.
        """
        _wanted(text)
        slug = self.slugs.get(text.strip().lower())
        if slug is not None:
            return slug
        found = self.find(text, limit=20)
        exact = [match for match in found if match.score >= EXACT - ENDED]
        top = [match.place for match in exact if match.score == exact[0].score]
        if top:
            meant = min(_MEANT[place.kind] for place in top)
            one = _only(text, [place for place in top if _MEANT[place.kind] == meant])
            return _standing(text, one) if self.ended(one) else one
        _refuse_what_is_known_not_to_be_a_place(text)
        nearest = tuple(dict.fromkeys(match.place.name for match in found[:5]))
        raise NotFound("There is no place of that name or code", field="place", value=text, nearest=nearest)


def checked_limit(limit: object) -> int:
    """Return how many places are wanted.

    Raises
    ------
    BadInput : that is no whole number above 0.
    """
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise BadInput("That many places cannot be listed", field="limit", value=limit, allowed="1 or more")
    return limit


def _refuse_what_is_known_not_to_be_a_place(text: str) -> None:
    """Say why where we know why: a code of another nation, or a place that is only planned."""
    nation = NATIONS.get(text.strip().upper()[:1], "")
    if nation and _ELSEWHERE.fullmatch(text.strip()):
        told = f"This is a code of {nation}; only the places of England are held"
        raise NotFound(told, field="place", value=text, allowed="a code that begins with E")
    for plan in ledger.successions():
        if plan.planned and plan.new_name and plain(plan.new_name) == plain(text):
            old = ledger.every()[plan.old_code].name
            told = f"{plan.new_name} is planned for {plan.date} and is no place yet"
            raise NotFound(told, field="place", value=text, nearest=(old,))


def _wanted(text: str) -> str:
    wanted = plain(text) if isinstance(text, str) else ""
    if not wanted or len(text) > LONGEST:
        raise BadInput(
            "Type the name of a place",
            field="place",
            value=str(text)[:40],
            allowed=f"1 to {LONGEST} characters",
        )
    return wanted


def _score(wanted: str, name: str) -> float:
    if name == wanted:
        return 100.0
    core = " ".join(_NOISE.sub(" ", wanted).split()).removeprefix("of ")
    if core and name == core:
        return 99.0
    if name.startswith(wanted + " "):
        return 95.0
    if f" {wanted} " in f" {name} ":
        return 92.0
    if name.startswith(wanted) and len(wanted) >= 3:
        return 90.0
    return min(89.0, max(float(fuzz.ratio(one, name)) for one in (core or wanted, wanted)))


def _only(text: str, found: list[Place]) -> Place:
    if len(found) > 1:
        names = ", ".join(f"{place.name} ({place.code})" for place in found)
        raise BadInput("More than one place has that name", field="place", value=text, allowed=names)
    return found[0]


def _standing(text: str, place: Place) -> Place:
    """Refuse the name of a place that has ended, and say what stands there now."""
    now = tuple(ledger.every()[code].name for code in descendants(place.code))
    raise NotFound(f"{place.name} ended on {place.end}", field="place", value=text, nearest=now)


def index_of(places: Iterable[Place], *, day: date | None) -> Index:
    """Return the search index of some places, with every further name of each.

    A code that only gave way to a new code of the same council is left out if the new one is there.
    """
    here = {place.code: place for place in places}
    kept = {code: place for code, place in here.items() if not _recoded(code, here)}
    named = [(place.name, place) for place in kept.values()]
    named += [(name, kept[code]) for code, name in ledger.names() if code in kept]
    return Index(
        tuple((plain(name), name, place) for name, place in named),
        {place.slug: place for place in here.values()},
        day,
    )


def _recoded(code: str, here: Mapping[str, Place]) -> bool:
    return any(s.kind == "recoded" and s.new_code in here for s in successors(code))
