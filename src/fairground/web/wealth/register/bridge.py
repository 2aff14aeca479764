"""Lists and places as the register keeps them: the only file of it that knows readers and questions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from fairground import places
from fairground.errors import BadInput, DataProblem
from fairground.questions.wealth import asset_places
from fairground.sources import asset_columns, asset_lists
from fairground.web.wealth.register.models import State
from fairground.web.wealth.register.wordings import decision_of, kind_of, tenure_of

ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".ods", ".json", ".geojson")
MOST_BYTES = 25_000_000
MOST_ROWS = 150_000
SAYS = asset_lists.SAYS
PLACE = ("latitude", "longitude", "located_by", "error_metres", "district_code", "district_by", "region_code")
# What each field of an asset is read from; a layout that has none of these leaves the field as it is.
FROM: dict[str, tuple[str, ...]] = {
    "council_id": ("id",),
    "uprn": ("uprn",),
    "name": ("name", "description", "address", "street"),
    "description": ("description",),
    "address": ("address",),
    "street_number": ("number",),
    "street": ("street",),
    "town": ("town", "locality"),
    "postcode": ("postcode",),
    "ward": ("ward",),
    "owner": ("owner",),
    "tenure": ("tenure",),
    "interest": ("tenure_detail",),
    "use": ("use",),
    "size": ("area_size",),
    "kind": ("kind", "use", "name"),
    "value_pence": ("value",),
    "value_basis": ("value_basis",),
    "valued_on": ("valued_on",),
    "running_cost_pence": ("running_cost",),
    "condition": ("condition",),
    "nominated_on": ("nominated_on",),
    "nominated_by": ("nominated_by",),
    "decision": ("decision", "community_value", "nominated_on"),
    "decided_on": ("decided_on",),
    "listed_until": ("listed_until",),
    "state": ("sold_on",),
    "state_since": ("sold_on",),
}
WIDEST = {
    **dict.fromkeys(("street_number", "size"), 40),
    **dict.fromkeys(("town", "ward"), 80),
    **dict.fromkeys(("street", "value_basis", "condition"), 120),
    **dict.fromkeys(("owner", "interest", "use", "nominated_by"), 160),
    "council_id": 100,
    "name": 200,
    "address": 300,
    "description": 2000,
}


@dataclass(frozen=True)
class Row:
    """One row of a list in the register's own terms: its number, its values by field, what it said."""

    number: int
    values: Mapping[str, Any]
    said: Mapping[str, str]


@dataclass(frozen=True)
class ReadList:
    """A list as it was read: the rows, the fields that its layout gives, and what was wrong with it."""

    rows: tuple[Row, ...]
    fields: frozenset[str]
    quality: dict[str, Any] = field(default_factory=dict)
    faults: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class ColumnSeen:
    """One column of a file as an officer confirms it: its heading, examples, and what we take it for.

    doubted : what the heading says that it holds, where what is in it is something else.
    """

    heading: str
    examples: tuple[str, ...]
    field: str
    how: str
    doubted: str = ""


def choices() -> list[tuple[str, str]]:
    """Return what a column may hold: each field and what it means."""
    return [("", "Leave this column out"), *asset_columns.fields().items()]


def look(path: Path, told: Mapping[str, str] | None = None) -> tuple[tuple[ColumnSeen, ...], dict[str, Any]]:
    """Return the columns of a file with what we take each for, and what is known of the file.

    Where no heading is known, the columns come from the fullest of the first rows, all to be named. The same
    headings have the same `layout`, a digest.

    Raises
    ------
    BadInput : the file cannot be read as a list, or is larger than the site takes.
    """
    found = _read(path, told, anyhow=True)
    taken = {column.at: column for column in found.columns}
    doubted = asset_columns.not_believed(found.headings, found.samples)
    seen = []
    for at, heading in enumerate(found.headings):
        if not heading and at not in taken:
            continue
        held = taken.get(at)
        cells = (" ".join(row[at].split())[:60] for row in found.samples if at < len(row))
        shown = tuple(dict.fromkeys(filter(None, cells)))[:3]
        doubt = asset_columns.fields()[doubted[at]] if at in doubted and held is None else ""
        seen.append(ColumnSeen(heading, shown, held.field if held else "", held.how if held else "", doubt))
    names = "\x1f".join(map(asset_columns.folded, found.headings))
    facts = {
        "layout": hashlib.sha256(names.encode()).hexdigest(),
        "rows": found.read,
        "assets": len(found.assets),
        "heading_row": found.heading_row,
        "sheet": found.sheet,
        "others": found.others,
        "known": any(column.field in SAYS for column in found.columns),
    }
    return tuple(seen), facts


def _read(path: Path, told: Mapping[str, str] | None, *, anyhow: bool = False) -> asset_lists.AssetList:
    try:
        found = asset_lists.read(path, told, anyhow=anyhow)
    except DataProblem as fault:
        raise BadInput(fault.what, "file", fault.value, fault.allowed or fault.try_this) from fault
    if found.read > MOST_ROWS:
        raise BadInput("The list has too many rows", "file", f"{found.read:,}", f"up to {MOST_ROWS:,} rows")
    return found


def read(path: Path, told: Mapping[str, str] | None, *, home: str, body: str, today: date) -> ReadList:
    """Return the rows of a list in the register's own terms.

    Parameters
    ----------
    told : field to heading, as an officer confirmed it. home : code of the body's place. body : its name, the
    owner where the list names none. today : a listing that ended before it is told as ended.
    """
    found = _read(path, told)
    known = {column.field for column in found.columns}
    fields = {name for name, ways in FROM.items() if known & set(ways)} | {*PLACE, "name", "owner"}
    spots = asset_places.locate(found.assets, home=home, postcodes=held("postcodes"), uprns=held("uprns"))
    rows = tuple(
        Row(asset.row, _values(asset, fields, body, today) | _place(spot), dict(asset.said))
        for asset, spot in zip(found.assets, spots, strict=True)
    )
    quality = found.quality
    placed = sum(spot.longitude is not None for spot in spots)
    told_quality = {"read": quality.read, "kept": quality.kept, "dropped": dict(quality.dropped),
                    "mended": dict(quality.mended), "placed": placed}  # fmt: skip
    faults = [{"row": f.row, "field": f.field, "value": f.value, "what": f.what, "allowed": f.allowed}
              for f in found.faults]  # fmt: skip
    return ReadList(rows, frozenset(fields), told_quality, faults)


def held(kind: str) -> tuple[Path, ...]:
    """Return the files of postcodes or UPRNs that this site holds, in its data folder."""
    folder = Path(settings.DATA) / kind
    if not folder.is_dir():
        return ()
    return tuple(sorted(one for one in folder.iterdir() if one.suffix.lower() in (".csv", ".zip")))


def _place(spot: asset_places.Spot) -> dict[str, Any]:
    rounded = [None if one is None else round(one, 6) for one in (spot.latitude, spot.longitude)]
    told = (*rounded, spot.by, spot.metres, spot.district, spot.district_by, spot.region)
    return dict(zip(PLACE, told, strict=True))


def _values(asset: asset_lists.Asset, fields: Iterable[str], body: str, today: date) -> dict[str, Any]:
    said = asset.said
    values: dict[str, Any] = {}
    for name in set(fields) - set(PLACE):
        values[name] = next((said[way] for way in FROM[name] if said.get(way)), "")[: WIDEST.get(name)]
    values["name"] = asset.name[:200]
    values["owner"] = _body_name(values["owner"]) or body[:160]
    for name, way in (("value_pence", "value"), ("running_cost_pence", "running_cost")):
        if name in values:
            values[name] = int(Decimal(said[way]) * 100) if said.get(way) else None
    for name in ("valued_on", "nominated_on", "decided_on", "listed_until", "state_since"):
        if name in values:
            values[name] = values[name] or None
    if "tenure" in values:
        values["tenure"] = tenure_of(values["tenure"])
    values["kind"] = kind_of(said)
    if "decision" in values:
        values["decision"] = decision_of(said, today)
    if "state" in values:
        values["state"] = State.SOLD if values["state"] else State.HELD
    return values


def _body_name(text: str) -> str:
    """Return an owner's name; planning.data.gov.uk writes a council by its key, as local-authority:STE."""
    kind, sign, key = text.partition(":")
    if not sign or not kind.startswith("local-authority"):
        return text
    return next((one.name for one in places.bodies() if one.key == key), text)


def place_name(code: str) -> str:
    """Return the name of a place, or its code where we do not know it."""
    try:
        return places.get(code).name if code else ""
    except BadInput:
        return code


def districts() -> list[tuple[str, str]]:
    """Return code and name of every district, by name."""
    found = places.children("England", kind="district")
    return sorted(((one.code, one.name) for one in found), key=lambda pair: pair[1])


def place_of_home(code: str) -> tuple[str, str]:
    """Return the district (where the place is one) and the region of a body's own place."""
    place = places.get(code)
    return (code if place.kind == "district" else ""), (code if place.kind == "region" else place.region)
