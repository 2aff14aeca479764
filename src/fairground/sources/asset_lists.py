"""Reads a council's list of land and buildings as it is: CSV, spreadsheet, JSON or GeoJSON, any known layout.

Titles above the headings, several sheets, other encodings and separators, doubled headings and line breaks in
cells are all usual. A row that says of no asset what or where it is, is left out and counted; a cell that
cannot be what its column holds is left empty and listed with its row, field and value. Transparency Code
2015 (England).
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from fairground import spreadsheets
from fairground.errors import DataProblem
from fairground.evidence import Quality
from fairground.places import national_grid
from fairground.sources import asset_cells
from fairground.sources import asset_columns as columns_of
from fairground.sources.asset_columns import Column
from fairground.sources.tabular import UTF16, Fault

__all__ = ["Asset", "AssetList", "read"]

LARGEST = 200_000_000  # bytes
LISTED = 1_000
SAMPLED = 200  # rows that are kept as they are, to show what a column holds
DEPTH = 40  # rows in which headings are looked for
SAYS = ("name", "description", "address", "street", "uprn", "id", "postcode")


@dataclass(frozen=True)
class Asset:
    """One asset of a list: its row, what the file says of it by field, and its place in degrees if known.

    doubt : metres by which a place that was read off the National Grid may be off.
    """

    row: int
    said: Mapping[str, str]
    longitude: float | None = None
    latitude: float | None = None
    doubt: float | None = None

    @property
    def name(self) -> str:
        """What to call it: its name, or what comes nearest to one."""
        street = " ".join(filter(None, (self.said.get("number", ""), self.said.get("street", ""))))
        ways = (*(self.said.get(way, "") for way in ("name", "description", "address")), street)
        return (
            next(filter(None, ways), "")
            or f"Asset {self.said.get('id') or self.said.get('uprn') or self.row}"
        )


@dataclass
class AssetList:
    """A list as it was read: its columns, its assets, what was kept, and each cell that was left empty."""

    file: str
    sheet: str
    heading_row: int
    headings: tuple[str, ...]
    columns: tuple[Column, ...]
    samples: tuple[tuple[str, ...], ...] = ()
    assets: tuple[Asset, ...] = ()
    read: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    @property
    def quality(self) -> Quality:
        """What was kept of the file, what was left out and what was mended, by reason."""
        return Quality(self.read, len(self.assets), dict(self.dropped), dict(self.mended))


def read(path: Path | str, told: Mapping[str, str] | None = None) -> AssetList:
    """Return a council's list of assets.

    Parameters
    ----------
    path : a file of up to 200 MB: CSV in any usual encoding, .xlsx, .ods, JSON or GeoJSON.
    told : field to heading, where a person knows better (`asset_columns.fields` has the fields).

    Raises
    ------
    DataProblem : the file cannot be read, is too large, or has no row of headings that we know.
    BadInput : `told` names a field or a heading that there is not.
    """
    file = Path(path)
    content = _content(file)
    best: tuple[int, str, int, list[list[str]]] | None = None
    for sheet, rows in _tables(content, file):
        at = columns_of.surest_row(rows[:DEPTH])
        if told and at is None and rows:
            at = 0
        if at is not None:
            size = len(columns_of.recognise(rows[at], rows[at + 1 :]))
            if best is None or size > best[0]:
                best = size, sheet, at, rows
    if best is None:
        raise DataProblem(
            "No row of this file has headings that we know", file.name,
            allowed="at least two columns such as name, address, UPRN, postcode, easting and northing",
            try_this="naming the columns, for example --column name='Premises'",
        )  # fmt: skip
    _, sheet, at, rows = best
    headings = tuple(" ".join(cell.split()) for cell in rows[at])
    found = AssetList(
        file.name, sheet, at + 1, headings, columns_of.recognise(headings, rows[at + 1 :], told)
    )
    found.samples = tuple(map(tuple, rows[at + 1 : at + 1 + SAMPLED]))
    _fill(found, rows[at + 1 :])
    return found


def _content(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise DataProblem(
                "The file is too large", file.name, value=f"{size:,} bytes", allowed="up to 200 MB"
            )
        content = file.read_bytes()
    except OSError as fault:
        told = f"The file cannot be read ({fault.strerror})"
        raise DataProblem(told, str(file), try_this="check its name and its folder") from fault
    if not content.strip():
        raise DataProblem(
            "The file is empty", file.name, allowed="a row of headings and a row for each asset"
        )
    return content


def _tables(content: bytes, file: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield each table of a file with the name of its sheet."""
    if spreadsheets.is_spreadsheet(content):
        yield from spreadsheets.tables_of(content, file.name)
        return
    text = _text(content, file)
    if text.lstrip()[:1] in ("{", "["):
        yield "", _from_json(text, file)
        return
    yield "", _from_csv(text, file)


def _text(content: bytes, file: Path) -> str:
    if content.startswith(UTF16):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content[:4096]:
        raise DataProblem("This is no table that can be read", file.name, allowed="CSV, .xlsx, .ods or JSON")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # as Excel saves "CSV" in Britain


def _from_csv(text: str, file: Path) -> list[list[str]]:
    separator = max(",;\t|", key=lambda mark: _steadiness(text, mark))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as fault:
        raise DataProblem(f"This is not well-formed CSV ({fault})", file.name) from fault


def _steadiness(text: str, mark: str) -> tuple[int, int]:
    """Return how many of the first rows have the commonest number of cells above one, and that number."""
    start = text[:20_000]
    widths = Counter(len(row) for row in csv.reader(start.splitlines()[:60], delimiter=mark) if len(row) > 1)
    if not widths:
        return 0, 0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return count, width


def _from_json(text: str, file: Path) -> list[list[str]]:
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise DataProblem(f"This is not well-formed JSON ({fault})", file.name) from fault
    if isinstance(held, dict) and held.get("type") == "FeatureCollection":
        listed = held.get("features")
        records = (
            [_feature(one) for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        )
    else:
        lists = [held] if isinstance(held, list) else [v for v in held.values() if isinstance(v, list)]
        records = next(([r for r in one if isinstance(r, dict)] for one in lists if one), [])
    heads = list(dict.fromkeys(key for record in records for key in record))
    return [heads, *([_shown(record.get(head)) for head in heads] for record in records)]


def _feature(feature: Mapping[str, Any]) -> dict[str, Any]:
    said = feature.get("properties")
    record = dict(said) if isinstance(said, dict) else {}
    try:
        shape = shapely.from_geojson(json.dumps(feature.get("geometry")))
        spot = shape.representative_point() if shape is not None and not shape.is_empty else None
    except (shapely.errors.ShapelyError, TypeError):
        spot = None
    if spot is not None:
        grid = abs(spot.x) > 180 or abs(spot.y) > 90
        record |= (
            {"easting": spot.x, "northing": spot.y} if grid else {"longitude": spot.x, "latitude": spot.y}
        )
    return record


def _shown(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _fill(found: AssetList, rows: Sequence[Sequence[str]]) -> None:
    kept: list[tuple[int, dict[str, str]]] = []
    for number, row in enumerate(rows, start=found.heading_row + 1):
        if not any(map(str.strip, row)):
            continue
        found.read += 1
        said = {}
        for column in found.columns:
            cell = columns_of.cleaned(row[column.at]) if column.at < len(row) else ""
            if cell and (value := _value(found, number, column, cell)):
                said[column.field] = value
        if not any(said.get(way) for way in SAYS):
            found.dropped["The row does not say what or where the asset is"] += 1
            continue
        if "grid_reference" in said and not _has_place(said):
            said |= asset_cells.spot(said["grid_reference"])
        kept.append((number, said))
    found.assets = tuple(_placed(found, kept))


def _value(found: AssetList, row: int, column: Column, cell: str) -> str:
    told = asset_cells.checked(column.field, column.heading, cell)
    if told.wrong:
        return _left_empty(found, row, column, cell, told.wrong, told.allowed)
    return told.value


def _left_empty(found: AssetList, row: int, column: Column, cell: str, what: str, allowed: str) -> str:
    found.mended[f"{what}: left empty ({column.heading})"] += 1
    if len(found.faults) < LISTED:
        found.faults.append(Fault(row, column.heading, cell[:80], what, allowed))
    return ""


def _placed(found: AssetList, kept: Sequence[tuple[int, dict[str, str]]]) -> Iterator[Asset]:
    """Give each asset its place in degrees: from its own, or from metres of the National Grid."""
    grid = [
        n
        for n, (_, said) in enumerate(kept)
        if not _degrees(said) and said.get("easting") and said.get("northing")
    ]
    spots: dict[int, tuple[float, ...] | None] = {n: _degrees(said) for n, (_, said) in enumerate(kept)}
    if grid:
        east = np.array([float(kept[n][1]["easting"]) for n in grid])
        north = np.array([float(kept[n][1]["northing"]) for n in grid])
        made = national_grid.degrees(east, north)
        for n, *place in zip(grid, *(part.tolist() for part in (made.x, made.y, made.doubt)), strict=True):
            spots[n] = tuple(place)
    for n, (row, said) in enumerate(kept):
        spot = spots[n]
        yield Asset(row, said, *(spot or (None, None)))


def _has_place(said: Mapping[str, str]) -> bool:
    return _degrees(said) is not None or bool(said.get("easting") and said.get("northing"))


def _degrees(said: Mapping[str, str]) -> tuple[float, float] | None:
    if said.get("longitude") and said.get("latitude"):
        return float(said["longitude"]), float(said["latitude"])
    return None
