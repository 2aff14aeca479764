"""What a list's own words mean on the register: which kind of asset, how it is held, what was decided.

Councils write these as they like. A word that we do not know leaves the field "not said"; the council's own
words stay beside it. Of two words that fit, the last in the name counts: a "Park Library" is a library, "Hall
Road Allotments" are allotments, and "Land at Hall Road" is land.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from fairground.web.wealth.register.models import Decision, Kind, Tenure

PLACED = re.compile(r",|\b(?:at|off|on|rear of|adjacent to|adj|opposite|between|north of|south of)\b")
WORDS = {
    Kind.FUND: "trust fund|fund|bequest|endowment",
    Kind.MOVEABLE: "moveable|movable|painting|portrait|furniture|sculpture|regalia|artwork|collection|silver",
    Kind.BUILDING: "building|hall|library|libraries|centre|center|school|academy|office|museum|theatre|"
    "pavilion|depot|bath|shop|house|housing|pub|inn|tavern|arms|toilet|garage|chapel|club|unit|station|bungalow|flat|"
    "gallery|nursery|hostel|workshop|clinic|stadium|market",
    Kind.LAND: "land|allotment|park|field|open space|cemetery|cemeteries|verge|wood|woodland|garden|"
    "playground|play area|recreation|green|pitch|ground|common|nature reserve|car park|beach|farm|site|plot",
}
KINDS = {kind: re.compile(rf"\b(?:{words})s?\b") for kind, words in WORDS.items()}
YES = ("yes", "y", "true", "1", "listed")
REFUSED = ("refus", "reject", "unsuccess", "not list", "declin")
ENDED = ("expire", "remov", "ended", "delist")
LISTED = ("list", "accept", "approv", "success", "agreed", "added")


def kind_of(said: Mapping[str, str]) -> str:
    """Return the kind: by the list's own column; else by what it is used for; else by its name."""
    own = _plain(said.get("kind", ""))
    if "build" in own:
        return Kind.BUILDING
    for text in (own, _plain(said.get("use", "")), _plain(said.get("name", ""))):
        head = PLACED.split(text)[0] or text
        last = {kind: max(one.end() for one in found) for kind, found in _found(head)}
        if last:
            return max(last, key=lambda kind: last[kind])
    return Kind.UNKNOWN


def _plain(text: str) -> str:
    return text.casefold().replace("_", " ")


def _found(text: str) -> list[tuple[Kind, list[re.Match[str]]]]:
    every = ((kind, list(words.finditer(text))) for kind, words in KINDS.items())
    return [(kind, found) for kind, found in every if found]


def tenure_of(text: str) -> str:
    """Return how it is held, by the list's own word."""
    plain = text.casefold()
    if not plain:
        return Tenure.UNKNOWN
    if "free" in plain or plain in ("f", "fh", "f/h", "owned"):
        return Tenure.FREEHOLD
    return Tenure.LEASEHOLD if "lease" in plain or plain in ("l", "lh", "l/h") else Tenure.OTHER


def decision_of(said: Mapping[str, str], today: date) -> str:
    """Return what was decided about its community value; a listing whose last day has passed has ended."""
    text = said.get("decision", "").casefold()
    if any(word in text for word in REFUSED):
        return Decision.REFUSED
    if any(word in text for word in ENDED):
        return Decision.ENDED
    if any(word in text for word in LISTED) or said.get("community_value", "").casefold() in YES:
        over = said.get("listed_until", "9") < today.isoformat()
        return Decision.ENDED if over else Decision.LISTED
    return Decision.WAITING if said.get("nominated_on") and not text else Decision.NONE
