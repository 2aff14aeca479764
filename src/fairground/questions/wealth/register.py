"""What a council's list of land and buildings holds: its columns, its assets, and what is wrong in it.

The list is read as it is (`sources.asset_lists`). What each column was taken for is said, so that a person
can say otherwise; what was left out or left empty is counted and listed. The list can be written in the
layout of the Transparency Code and as map files.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from fairground.evidence import Answer, Method, Source, Step
from fairground.places import national_grid
from fairground.questions.wealth import asset_places
from fairground.sources import asset_columns, asset_lists, layers
from fairground.sources.asset_lists import AssetList
from fairground.sources.catalogue import source
from fairground.whole_files import write_whole

__all__ = ["council_list"]

METHOD = Method(
    "asset-list",
    "Columns recognised by name and content; every cell checked for what its column can hold",
    "Local Government Transparency Code 2015, paragraphs 35 to 37 (land and building assets)",
)
CODE_LAYOUT = {  # the columns of the Transparency Code's template, and our fields
    "OrganisationName": "owner",
    "UPRN": "uprn",
    "UniqueAssetId": "id",
    "NameOfBuildingLand": "",
    "StreetNumber": "number",
    "StreetName": "street",
    "PostTown": "town",
    "PostCode": "postcode",
    "GeoX": "easting",
    "GeoY": "northing",
    "TenureType": "tenure",
    "TenureDetail": "tenure_detail",
    "HoldingType": "kind",
}


@dataclass(frozen=True)
class ColumnFound:
    """One field of the list: its column, how we knew it, in how many rows it is filled, and one example."""

    field: str
    means: str
    heading: str
    how: str
    filled: int
    example: str


@dataclass(frozen=True)
class Kind:
    """How many assets are of one tenure."""

    tenure: str
    assets: int


@dataclass(frozen=True)
class WrongCell:
    """A cell that was left empty: where it is, what it says and what is allowed."""

    row: int
    heading: str
    value: str
    what: str
    allowed: str


@dataclass(frozen=True)
class ListRead:
    """A council's list as it was read: its rows, its assets, how many have a place, and its columns."""

    file: str
    heading_row: int
    read: int
    assets: int
    with_place: int
    with_uprn: int
    with_district: int | None
    rows: tuple[ColumnFound, ...]
    tenures: tuple[Kind, ...]
    wrong_cells: tuple[WrongCell, ...]
    unread_columns: tuple[str, ...]


def council_list(
    path: Path | str,
    columns: Mapping[str, str] | None = None,
    *,
    home: str = "",
    out: Path | str | None = None,
) -> Answer[ListRead]:
    """Answer what a council's list of land and buildings holds, and write it where asked.

    Parameters
    ----------
    path : CSV, .xlsx, .ods, JSON or GeoJSON, in any layout whose headings we know.
    columns : field to heading, where a person knows better.
    home : the body's own area, by name or code; then it is said for how many assets the district is known.
    out : .csv (the layout of the Transparency Code, every asset), or .geojson, .parquet or .gpkg (assets
        with a place). The file appears whole or not at all.

    Raises
    ------
    DataProblem : the file cannot be read, or no headings are known. BadInput : a field or heading that there
    is not, or a name of `out` with another ending.
    """
    found = asset_lists.read(path, columns)
    used = {column.at for column in found.columns}
    value = ListRead(
        found.file + (f", sheet “{found.sheet}”" if found.sheet else ""),
        found.heading_row,
        found.read,
        len(found.assets),
        sum(asset.longitude is not None for asset in found.assets),
        sum("uprn" in asset.said for asset in found.assets),
        sum(bool(spot.district) for spot in asset_places.locate(found.assets, home=home)) if home else None,
        tuple(_column(found, column) for column in found.columns),
        _tenures(found),
        tuple(WrongCell(f.row, f.field, f.value, f.what, f.allowed) for f in found.faults),
        tuple(head for at, head in enumerate(found.headings) if at not in used and head),
    )
    if out is not None:
        _write(found, Path(out))
    return Answer(
        value, METHOD, _steps(found, value), (_file_source(found), source("transparency-code-2015"))
    )


def _column(found: AssetList, column: asset_columns.Column) -> ColumnFound:
    held = [value for asset in found.assets if (value := asset.said.get(column.field))]
    means = asset_columns.fields()[column.field]
    return ColumnFound(column.field, means, column.heading, column.how, len(held), held[0] if held else "")


def _tenures(found: AssetList) -> tuple[Kind, ...]:
    counts: dict[str, int] = {}
    for asset in found.assets:
        told = asset.said.get("tenure", "").casefold()
        name = (
            "freehold"
            if "free" in told
            else "leasehold"
            if "lease" in told
            else "other"
            if told
            else "not said"
        )
        counts[name] = counts.get(name, 0) + 1
    return tuple(Kind(name, number) for name, number in sorted(counts.items(), key=lambda item: -item[1]))


def _steps(found: AssetList, value: ListRead) -> tuple[Step, ...]:
    facts = {"assets": value.assets, "file": value.file, "with_place": value.with_place}
    steps = [Step("register.read", facts)]
    if value.with_district is not None:
        steps.append(Step("register.districts", {"assets": value.with_district}))
    steps.append(Step("register.headings", {"row": value.heading_row, "columns": len(value.rows)}))
    steps += [
        Step("register.dropped", {"why": why, "rows": number})
        for why, number in sorted(found.dropped.items())
    ]
    steps += [
        Step("register.mended", {"why": why, "cells": number}) for why, number in sorted(found.mended.items())
    ]
    if any(column.field == "easting" for column in found.columns):
        steps.append(Step("register.grid", {}))
    if value.unread_columns:
        steps.append(Step("register.unknown.columns", {"columns": ", ".join(value.unread_columns)}))
    if found.others:
        steps.append(Step("register.unknown.sheets", {"sheets": ", ".join(found.others)}))
    if value.assets > value.with_place:
        steps.append(Step("register.unknown.places", {"assets": value.assets - value.with_place}))
    return tuple(steps)


def _file_source(found: AssetList) -> Source:
    owner = next(
        (a.said["owner"] for a in found.assets if a.said.get("owner")), "the council that publishes it"
    )
    return Source(
        "council-list",
        f"List of land and buildings: {found.file}",
        owner,
        "as given",
        "as its owner says",
        "",
    )


def _write(found: AssetList, out: Path) -> None:
    if out.suffix.lower() == ".csv":
        write_whole(out, _code_csv(found))
        return
    placed = [asset for asset in found.assets if asset.longitude is not None]
    fields = (
        "uprn",
        "id",
        "owner",
        "address",
        "street",
        "town",
        "postcode",
        "tenure",
        "tenure_detail",
        "kind",
        "use",
    )
    with layers.writer(out) as file:
        spots = (
            shapely.points([(a.longitude, a.latitude) for a in placed]) if placed else np.array([], object)
        )
        held = {"name": np.array([a.name for a in placed], object)}
        held |= {field: np.array([a.said.get(field, "") for a in placed], object) for field in fields}
        file.add(layers.Rows(np.asarray(spots, object), held))


def _code_csv(found: AssetList) -> str:
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\r\n")
    write.writerow(CODE_LAYOUT)
    for asset, (east, north) in zip(found.assets, _metres(found), strict=True):
        said = {**asset.said, "easting": east, "northing": north}
        said["street"] = said.get("street") or said.get("address", "")
        cells = (said.get(field, "") if field else asset.name for field in CODE_LAYOUT.values())
        write.writerow([layers.safe(cell) for cell in cells])
    return text.getvalue()


def _metres(found: AssetList) -> list[tuple[str, str]]:
    """Return easting and northing as the list has them, or from its degrees to the metre."""
    lon = [math.nan if a.longitude is None else a.longitude for a in found.assets]
    lat = [math.nan if a.latitude is None else a.latitude for a in found.assets]
    spots = national_grid.metres(lon, lat)
    return [
        (a.said["easting"], a.said["northing"]) if "easting" in a.said and "northing" in a.said
        else (f"{x:.0f}", f"{y:.0f}") if math.isfinite(x) else ("", "")
        for a, x, y in zip(found.assets, spots.x, spots.y, strict=True)
    ]  # fmt: skip
