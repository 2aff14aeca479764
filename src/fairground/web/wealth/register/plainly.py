"""What the register says of an asset, in plain words: who owns it, where it is, what may happen to it.

Localism Act 2011, Part 5, Chapter 3, sections 87 to 108: what a listing means. A listed asset that an owner
wants to sell brings a time in which a community group may ask to be treated as a bidder; nobody must sell to
it. What comes when is counted by `wealth.property`, whose page this one leads to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from fairground.web.wealth.register.bridge import place_name
from fairground.web.wealth.register.changes import plain
from fairground.web.wealth.register.models import FIELDS, Asset, Decision, Kind, State, Tenure
from fairground.web.wealth.register.news import shown

HELD = {
    Tenure.FREEHOLD: "{owner} owns it outright (freehold).",
    Tenure.LEASEHOLD: "{owner} rents it for a term of years (leasehold). Somebody else owns it outright.",
    Tenure.OTHER: "{owner} holds it in another way.",
    Tenure.UNKNOWN: "{owner} has it on its list. The list does not say if it is owned or rented.",
}
LOCATED = {
    "degrees": "The list gives the place.",
    "grid": "The list gives the place in metres of the National Grid. It may be {metres} m off here.",
    "uprn": "The place is that of its UPRN, the number of the property.",
    "postcode": "We know only its postcode. The mark is in its middle: often within {metres} m in a town, "
    "more in the country.",
    "officer": "An officer marked the place.",
    "people": "People of the place marked it.",
}
DISTRICT = {
    "postcode": "by its postcode",
    "list": "as the list says",
    "near": "by the postcodes next to it",
    "body": "the area of its owner, who may own land elsewhere too",
}
STATES = {
    State.FOR_SALE: "It is to be sold.",
    State.SOLD: "It was sold.",
    State.TRANSFERRED: "It was given to a community body.",
    State.GONE: "It is no longer there.",
    State.OFF_THE_LIST: "It is no longer on the list that its owner publishes. It may be sold, or left "
    "out. We keep it here so that you can ask.",
    State.SUGGESTED: "People of the place named it. It is on no list that we hold: we do not know its owner.",
}
SHOWN = (
    "kind", "use", "size", "value_pence", "value_basis", "valued_on", "running_cost_pence", "condition",
    "interest", "council_id", "uprn", "ward",
)  # fmt: skip
NOT_PLACES = (Kind.MOVEABLE, Kind.FUND)
OVER = (State.SOLD, State.TRANSFERRED, State.GONE)


@dataclass(frozen=True)
class Rights:
    """What may happen to an asset: sentences, a case to look at, and whether a group can nominate it."""

    lines: tuple[str, ...]
    case: str = ""
    nominate: bool = False


def who_of(asset: Asset) -> str:
    """Return who owns it and how."""
    if asset.state == State.SUGGESTED:
        return STATES[State.SUGGESTED]
    return HELD[Tenure(asset.tenure)].format(owner=asset.owner or asset.register.body)


def where_of(asset: Asset) -> dict[str, str]:
    """Return its address, how its place is known, its district and region, each with what is not known."""
    metres = "some" if asset.error_metres is None else str(asset.error_metres)
    district = place_name(asset.district_code)
    if asset.postcode and " " not in asset.postcode and not asset.address:
        short = "Only the first part of the postcode is given. Councils shorten it for an empty building."
    else:
        short = ""
    located = LOCATED.get(asset.located_by, "").format(metres=metres)
    return {
        "address": asset.where or "The list gives no address.", "short": short,
        "located": located or ("" if asset.kind in NOT_PLACES else "Nobody has said where on the map it is."),
        "district": f"{district} ({DISTRICT.get(asset.district_by, '')})" if district else "not known",
        "region": place_name(asset.region_code) or "not known",
    }  # fmt: skip


def facts_of(asset: Asset) -> list[tuple[str, str]]:
    """Return what else the list says, as label and value; what is not said is left out."""
    every = ((name, getattr(asset, name)) for name in SHOWN)
    return [(FIELDS[name], shown(name, plain(value))) for name, value in every if value not in ("", None)]


def rights_of(asset: Asset, today: date) -> Rights:
    """Return what may happen to it and how to have a say."""
    if asset.kind in NOT_PLACES:
        return Rights(
            ("The right to bid is for land and buildings only. You can still tell us what you know.",)
        )
    if asset.state in OVER:
        return Rights((STATES[State(asset.state)],), _case(asset))
    first = [STATES[State(asset.state)]] if asset.state in STATES and asset.state != State.SUGGESTED else []
    ways = {
        Decision.LISTED: _listed,
        Decision.WAITING: _waiting,
        Decision.REFUSED: _refused,
    }
    lines, nominate = ways.get(Decision(asset.decision), _not_listed)(asset, today)
    return Rights((*first, *lines), _case(asset), nominate)


def _listed(asset: Asset, today: date) -> tuple[list[str], bool]:
    until = asset.listed_until
    if until is not None and until < today:
        return [f"It was listed as an asset of community value until {_day(until)}. The listing has ended.",
                "A group can nominate it again."], True  # fmt: skip
    told = f" until {_day(until)}" if until else ""
    return [
        f"It is listed as an asset of community value{told}.",
        "If its owner wants to sell it, the council must be told first. Then your community has time to "
        "ask to bid. The owner may still choose another buyer in the end.",
    ], False


def _waiting(asset: Asset, today: date) -> tuple[list[str], bool]:
    by = f" by {asset.nominated_by}" if asset.nominated_by else ""
    when = f" on {_day(asset.nominated_on)}" if asset.nominated_on else ""
    told = f"It was nominated as an asset of community value{by}{when}."
    return [f"{told} No decision is on this register yet."], False


def _refused(asset: Asset, today: date) -> tuple[list[str], bool]:
    return ["It was nominated as an asset of community value, and not listed.",
            "So its owner may sell it without giving your community time first."], True  # fmt: skip


def _not_listed(asset: Asset, today: date) -> tuple[list[str], bool]:
    return ["It is not listed as an asset of community value, as far as this register knows.",
            "So its owner may sell it without giving your community time first.",
            "If it matters to people, a group can nominate it."], True  # fmt: skip


def _case(asset: Asset) -> str:
    """Return the address of the page that counts every date of its case, from the days that are known."""
    events = []
    if asset.nominated_on:
        events.append(f"nominate={asset.nominated_on.isoformat()}")
        if asset.decided_on and asset.decision == Decision.LISTED:
            events.append(f"list={asset.decided_on.isoformat()}")
    query: dict[str, Any] = {"procedure": "acv-2011", "events": ";".join(events)}
    return f"{reverse('property:case')}?{urlencode(query)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
