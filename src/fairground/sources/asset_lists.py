"""Reads a council's list of land and buildings as it is: CSV, spreadsheet, JSON or GeoJSON, any known layout.

Titles above the headings, headings in two rows, several sheets, totals, other encodings and separators,
doubled headings and line breaks in cells are all usual. A row that is no asset is left out and counted; a
cell that cannot be what its column holds is left empty and listed with its row, field and value. Sheets with
the same headings are read as one list, their rows counted on. Transparency Code 2015 (England).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from fairground import spreadsheets
from fairground.errors import DataProblem
from fairground.evidence import Quality
from fairground.places import national_grid
from fairground.sources import asset_cells, asset_rows, asset_spread
from fairground.sources import asset_columns as columns_of
from fairground.sources.asset_columns import Column
from fairground.sources.tabular import Fault, grid
from fairground.table_text import decoded, wide

__all__ = ["Asset", "AssetList", "read"]

LARGEST = 200_000_000  # bytes
LISTED = 1_000
MOST_CELLS = 20_000_000
AT_THE_END = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\W*$", re.I | re.ASCII)
TWICE = 0.1  # of the rows of a sheet that another has too, above which it is another edition
SAMPLED = 200  # rows that are kept as they are, to show what a column holds
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
    """A list as it was read: its columns, its assets, what was kept, and each cell that was left empty.

    others : sheets with headings of their own, which were not read.
    """

    file: str
    sheet: str
    heading_row: int
    headings: tuple[str, ...]
    columns: tuple[Column, ...]
    samples: tuple[tuple[str, ...], ...] = ()
    others: tuple[str, ...] = ()
    assets: tuple[Asset, ...] = ()
    read: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    @property
    def quality(self) -> Quality:
        """What was kept of the file, what was left out and what was mended, by reason."""
        return Quality(self.read, len(self.assets), dict(self.dropped), dict(self.mended))


def read(path: Path | str, told: Mapping[str, str] | None = None, *, anyhow: bool = False) -> AssetList:
    """Return a council's list of assets.

    Parameters
    ----------
    path : a file of up to 200 MB: CSV in any usual encoding, .xlsx, .ods, JSON or GeoJSON.
    told : field to heading, where a person knows better (`asset_columns.fields` has the fields).
    anyhow : where no heading is known, take the fullest of the first rows: a person names its columns next.

    Raises
    ------
    DataProblem : the file cannot be read, is too large, or has no row of headings that we know.
    BadInput : `told` names a field or a heading that there is not.
    """
    file = Path(path)
    content = _content(file)
    tables: list[_Table] = []
    for guess in (False, True) if anyhow else (False,):
        for hidden in (False, True):
            tables = tables or _headed(content, file, told, hidden=hidden, anyhow=guess)
    if not tables:
        raise DataProblem(
            "No row of this file has headings that we know", file.name,
            allowed="at least two columns such as name, address, UPRN, postcode, easting and northing",
            try_this="naming the columns, for example --column name='Premises'",
        )  # fmt: skip
    best = max(tables, key=lambda one: len(columns_of.recognise(one.heads.words, one.below)))
    alike = _together(best, tables)
    rows = [row for one in alike for row in one.below]
    columns = columns_of.recognise(best.heads.words, rows, told)
    others = tuple(one.sheet for one in tables if one not in alike)
    found = AssetList(
        file.name, ", ".join(filter(None, (one.sheet for one in alike))), best.heads.last + 1,
        best.heads.words, columns, tuple(map(tuple, rows[:SAMPLED])), others,
    )  # fmt: skip
    _fill(found, alike)
    return found


@dataclass(frozen=True, eq=False)
class _Table:
    """One sheet that has headings: its rows, where its headings are, and the rows below them."""

    sheet: str
    rows: list[list[str]]
    heads: asset_rows.Headings

    @cached_property
    def below(self) -> list[list[str]]:
        return self.rows[self.heads.last + 1 :]

    @cached_property
    def folded(self) -> tuple[str, ...]:
        words = list(map(columns_of.folded, self.heads.words))
        while words and not words[-1]:
            words.pop()
        return tuple(words)


def _headed(
    content: bytes, file: Path, told: Mapping[str, str] | None, *, hidden: bool, anyhow: bool
) -> list[_Table]:
    found = []
    for sheet, rows in _tables(content, file, hidden=hidden):
        narrow = asset_rows.need_few_columns(rows, file.name)
        heads = asset_rows.headings(narrow, told, anyhow=anyhow)
        found += [_Table(sheet, narrow, heads)] if heads is not None else []
    return found


def _together(best: _Table, tables: Sequence[_Table]) -> list[_Table]:
    """Return the sheets that make one list: the same headings, and other rows than those before them.

    A sheet that repeats rows is another edition of the list, such as last year's.
    """
    seen = set(map(tuple, best.below))
    found = [best]
    for one in tables:
        rows = set(map(tuple, one.below))
        if one is not best and one.folded == best.folded and len(rows & seen) <= TWICE * len(rows):
            found.append(one)
            seen |= rows
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


def _tables(content: bytes, file: Path, *, hidden: bool) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield each table of a file with the name of its sheet."""
    if spreadsheets.is_spreadsheet(content):
        yield from spreadsheets.tables_of(content, file.name, hidden=hidden)
        return
    text = _text(content, file)
    if text.lstrip()[:1] in ("{", "["):
        yield "", _from_json(text, file)
        return
    yield "", grid(text, file.name)


def _text(content: bytes, file: Path) -> str:
    if wide(content):
        return decoded(content)[0]
    if content[:200].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml", b"%pdf", b"{\\rtf")):
        what = "This is a web page or a document, not a table"
        raise DataProblem(what, file.name, allowed="CSV, .xlsx, .ods or JSON", try_this="the file itself")
    if b"\0" in content[:4096]:
        raise DataProblem("This is no table that can be read", file.name, allowed="CSV, .xlsx, .ods or JSON")
    return decoded(content)[0]


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
    asset_rows.need_few_columns([heads], file.name)
    if len(heads) * len(records) > MOST_CELLS:
        told, allowed = f"{len(records):,} rows of {len(heads):,} columns", f"up to {MOST_CELLS:,} cells"
        raise DataProblem("The list is too large", file.name, value=told, allowed=allowed)
    return [list(map(_shown, heads)), *([_shown(record.get(head)) for head in heads] for record in records)]


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
    return ("yes" if value else "no") if isinstance(value, bool) else str(value).replace("\0", "")


def _fill(found: AssetList, tables: Sequence[_Table]) -> None:
    shouting = asset_rows.shouts([row for one in tables for row in one.below], found.columns)
    kept: list[tuple[int, dict[str, str]]] = []
    before = 0
    for table in tables:
        where = f" (sheet “{table.sheet}”)" if before else ""
        for number, row in enumerate(table.below, start=table.heads.last + 2):
            if not any(map(str.strip, row)):
                continue
            found.read += 1
            doubtful = asset_rows.doubtful(row, table.heads)
            before_it = (len(found.faults), found.mended.copy()) if doubtful else None
            said = {}
            for column in found.columns:
                cell = columns_of.cleaned(row[column.at]) if column.at < len(row) else ""
                if cell and (value := _value(found, number, column, cell, where)):
                    said[column.field] = value
            if before_it and (
                why := asset_rows.no_asset(row, said, table.heads, found.columns, shouting=shouting)
            ):
                del found.faults[before_it[0] :]
                found.mended = before_it[1]
                _left_out(found, number, row, why, where)
            elif not any(said.get(way) for way in SAYS):
                found.dropped["The row does not say what or where the asset is"] += 1
            else:
                kept.append((before + number, _with_postcode(_with_grid(said))))
        before += len(table.rows)
    found.assets = tuple(_placed(found, kept))
    _point_out_far_off(found)


def _point_out_far_off(found: AssetList) -> None:
    """List the places that stand far from all others: they are kept, and a person looks at them."""
    spots = {
        n: (one.longitude, one.latitude)
        for n, one in enumerate(found.assets)
        if one.longitude is not None and one.latitude is not None
    }
    for n, km in asset_spread.far_off(spots).items():
        one = found.assets[n]
        found.mended["This place is far from the others of the list: kept, look at it"] += 1
        if len(found.faults) < LISTED:
            what = f"This place is {km:,} km from the middle of the list. It is kept: look at it"
            told = f"{one.latitude:.5f}, {one.longitude:.5f}"
            found.faults.append(Fault(one.row, "place", told, what, "a place near the others, or this one"))


def _with_grid(said: dict[str, str]) -> dict[str, str]:
    if "grid_reference" in said and not _has_place(said):
        return said | asset_cells.spot(said["grid_reference"])
    return said


def _with_postcode(said: dict[str, str]) -> dict[str, str]:
    """Take the postcode from the end of the address, where the list has none of its own."""
    if said.get("postcode") or not (found := AT_THE_END.search(said.get("address", ""))):
        return said
    return said | {"postcode": f"{found[1].upper()} {found[2].upper()}"}


def _left_out(found: AssetList, number: int, row: Sequence[str], why: str, where: str) -> None:
    found.dropped[why] += 1
    if len(found.faults) < LISTED:
        words = "; ".join(filter(None, (" ".join(cell.split()) for cell in row)))
        allowed = "a row that says what and where one asset is"
        found.faults.append(Fault(number, f"the whole row{where}", words[:80], f"{why}: left out", allowed))


def _value(found: AssetList, row: int, column: Column, cell: str, where: str) -> str:
    told = asset_cells.checked(column.field, column.heading, cell)
    if told.wrong:
        found.mended[f"{told.wrong}: left empty ({column.heading})"] += 1
        if len(found.faults) < LISTED:
            heading = column.heading + where
            found.faults.append(Fault(row, heading, cell[:80], told.wrong, told.allowed))
        return ""
    return told.value


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
