"""The register as files: the Transparency Code's layout, planning.data.gov.uk's, GeoJSON and GeoParquet.

Like `bridge`, this file knows the writers of `sources`. Local Government Transparency Code 2015, paragraphs
35 to 37, with the columns of its template; planning.data.gov.uk, specification of asset-of-community-value (4
March 2025, a working draft). A cell that a spreadsheet would run as a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.db.models import QuerySet
from django.http import HttpResponse

from fairground import places
from fairground.places import national_grid
from fairground.sources import layers
from fairground.web.wealth.register.bridge import place_name
from fairground.web.wealth.register.models import FIELDS, Asset, Decision, Kind, Tenure

MOST = 200_000
CODE = [
    "OrganisationName",
    "UPRN",
    "UniqueAssetId",
    "NameOfBuildingLand",
    "StreetNumber",
    "StreetName",
    "PostTown",
    "PostCode",
    "GeoX",
    "GeoY",
    "TenureType",
    "TenureDetail",
    "HoldingType",
]
ACV = [
    "reference",
    "name",
    "address-text",
    "description",
    "point",
    "geometry",
    "organisation",
    "nomination-date",
    "nominating-group",
    "decision",
    "decision-date",
    "expiry-date",
    "notification-to-sell-date",
    "interested-group",
    "protected-period-start-date",
    "notes",
    "entry-date",
    "start-date",
    "end-date",
]
HOLDING = {Kind.LAND: "Land Only", Kind.BUILDING: "Land and Building"}
TENURES = {Tenure.FREEHOLD: "Freehold", Tenure.LEASEHOLD: "Leasehold", Tenure.OTHER: "Other"}
DECISIONS = {Decision.LISTED: "listed", Decision.REFUSED: "not listed", Decision.ENDED: "listed"}
OURS = {"id": "id", "register": "register", **{name: name for name in FIELDS}}


def code_csv(found: QuerySet[Asset]) -> str:
    """Return the assets in the layout of the Transparency Code's template."""
    rows = list(found[:MOST])
    return _csv(CODE, map(_code_row, rows, _metres(rows)))


def _code_row(one: Asset, metres: tuple[str, str]) -> list[Any]:
    told = {
        "OrganisationName": one.owner, "UPRN": one.uprn, "UniqueAssetId": one.council_id,
        "NameOfBuildingLand": one.name, "StreetNumber": one.street_number,
        "StreetName": one.street or one.address, "PostTown": one.town, "PostCode": one.postcode,
        "GeoX": metres[0], "GeoY": metres[1], "TenureType": TENURES.get(Tenure(one.tenure), ""),
        "TenureDetail": one.interest, "HoldingType": HOLDING.get(Kind(one.kind), ""),
    }  # fmt: skip
    return [told[name] for name in CODE]


def _metres(rows: list[Asset]) -> list[tuple[str, str]]:
    """Return easting and northing as the list had them, or from the degrees, to the metre."""
    lon = [np.nan if one.longitude is None else one.longitude for one in rows]
    lat = [np.nan if one.latitude is None else one.latitude for one in rows]
    spots = national_grid.metres(lon, lat)
    told = []
    for one, x, y in zip(rows, spots.x, spots.y, strict=True):
        own = (one.said.get("easting", ""), one.said.get("northing", ""))
        worked_out = (f"{x:.0f}", f"{y:.0f}") if np.isfinite(x) else ("", "")
        told.append(own if all(own) and one.located_by == "grid" else worked_out)
    return told


def acv_csv(found: QuerySet[Asset]) -> str:
    """Return what was nominated as an asset of community value, as planning.data.gov.uk asks for it."""
    return _csv(ACV, map(_acv_row, found.exclude(decision=Decision.NONE)[:MOST]))


def _acv_row(one: Asset) -> list[Any]:
    point = f"POINT ({one.longitude:.6f} {one.latitude:.6f})" if one.latitude is not None else ""
    body = places.body(one.register.place_code)
    end = one.listed_until if one.decision == Decision.ENDED else None
    told = {
        "reference": one.council_id or str(one.pk), "name": one.name, "address-text": one.where,
        "description": one.description, "point": point,
        "organisation": f"local-authority:{body.key}" if body else "", "nomination-date": one.nominated_on,
        "nominating-group": one.nominated_by, "decision": DECISIONS.get(Decision(one.decision), ""),
        "decision-date": one.decided_on, "expiry-date": one.listed_until, "notes": one.community_value,
        "entry-date": one.added_at.date(), "start-date": one.decided_on, "end-date": end,
    }  # fmt: skip
    return [told.get(name) for name in ACV]


def _csv(heads: list[str], rows: Iterator[list[Any]]) -> str:
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\r\n")
    write.writerow(heads)
    for row in rows:
        write.writerow([layers.safe(one.isoformat() if isinstance(one, date) else one) for one in row])
    return text.getvalue()


def _map_file(found: QuerySet[Asset], ending: str) -> bytes:
    """Return the assets that have a place as a map file, every field of each."""
    rows = list(found.exclude(latitude=None)[:MOST])
    spots = shapely.points([(one.longitude, one.latitude) for one in rows]) if rows else np.array([], object)
    held = {name: np.array([_cell(one, name) for one in rows], object) for name in OURS}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"assets{ending}"
        with layers.writer(path) as file:
            file.add(layers.Rows(np.asarray(spots, object), held))
        return path.read_bytes()


def _geojson(found: QuerySet[Asset]) -> bytes:
    return _map_file(found, ".geojson")


def _parquet(found: QuerySet[Asset]) -> bytes:
    return _map_file(found, ".parquet")


def _cell(one: Asset, name: str) -> str:
    value = one.register.slug if name == "register" else getattr(one, name)
    if name in ("district_code", "region_code") and value:
        return f"{value} {place_name(value)}"
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


FILES: dict[str, tuple[str, str, str, Callable[[QuerySet[Asset]], str | bytes]]] = {
    "csv": ("text/csv; charset=utf-8", "csv", "CSV (Transparency Code)", code_csv),
    "acv": ("text/csv; charset=utf-8", "csv", "CSV (assets of community value)", acv_csv),
    "geojson": ("application/geo+json", "geojson", "GeoJSON", _geojson),
    "parquet": ("application/vnd.apache.parquet", "parquet", "GeoParquet", _parquet),
}


def file(found: QuerySet[Asset], format: str, *, name: str) -> HttpResponse:
    """Return the assets as one of the files."""
    kind, ending, _, write = FILES[format]
    response = HttpResponse(write(found.order_by("register", "name", "pk")), content_type=kind)
    more = "-community-value" if format == "acv" else ""
    response["Content-Disposition"] = f'attachment; filename="fairground-{name}{more}.{ending}"'
    return response
