"""Where each postcode of Great Britain is and which district it lies in: Code-Point Open, read from a file.

Ordnance Survey, Code-Point Open (CSV without headings; a zip of some 120 of them, or one, or the joined
file with its headings): postcode, quality, easting, northing, and six codes. Coordinates are British
National Grid metres. Ended postcodes are not in it; the codes of districts are those of its day, so files
of different days are not mixed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from sys import intern

from fairground.errors import DataProblem
from fairground.evidence import Dataset
from fairground.places.place import CODE
from fairground.sources import vintage
from fairground.sources.catalogue import source
from fairground.sources.tabular import (
    Fault,
    LeftOut,
    Reading,
    Row,
    Tally,
    Wrong,
    gathered,
    raw,
    reading,
    records,
    text_of,
)

__all__ = ["Postcode", "examine", "read"]

PACKED = b"PK\x03\x04"
LARGEST = 50_000_000  # bytes of a table; one postcode area has a few million
FIELDS = (
    "postcode",
    "quality",
    "easting",
    "northing",
    "country",
    "nhs_region",
    "nhs_area",
    "county",
    "district",
    "ward",
)
HEADS = dict(
    zip(
        FIELDS,
        (
            "Postcode",
            "Positional_quality_indicator",
            "Eastings",
            "Northings",
            "Country_code",
            "NHS_regional_HA_code",
            "NHS_HA_code",
            "Admin_county_code",
            "Admin_district_code",
            "Admin_ward_code",
        ),
        strict=True,
    )
)
HEADINGS = ("pc", "postcode")
QUALITY = {10, 20, 30, 40, 50, 60, 90}
SHAPE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) *(\d[A-Z]{2})", re.ASCII)
CODE_OR_NOTHING = re.compile(f"{CODE.pattern}|", re.ASCII)
EAST, NORTH = 700_000, 1_300_000
MEMBER = re.compile(r"(?:.*/)?Data/CSV/[^/]+\.csv", re.I)


@dataclass(frozen=True, slots=True)
class Postcode:
    """One postcode, its place on the National Grid in metres, and the codes of what it lies in."""

    postcode: str
    quality: int
    easting: int
    northing: int
    country: str
    county: str
    district: str
    district_now: str
    ward: str


def read(path: Path) -> Dataset:
    """Return the postcodes: one column for each field of `Postcode`.

    Raises
    ------
    DataProblem : the file is missing, is no such table, mixes districts of different dates, or has another
        fault; names row, field, value, allowed.
    """
    return examine(path).dataset(source("os-code-point-open"), file=path.name)


def examine(path: Path) -> Reading:
    """Return what the file holds, with every fault listed; the rows of a zip are numbered through."""
    tally = Tally()
    found = gathered(_rows(path, tally), lambda row: _postcode(row, tally), tally)
    tally.faults += _twice(found)
    first: dict[str, int] = {}
    for row, one in found:
        first.setdefault(one.district, row)
    tally.faults += vintage.faults(first, "Admin_district_code")
    return reading(len(found), (one for _, one in found), Postcode.__match_args__, tally)


def _rows(path: Path, tally: Tally) -> Iterator[Row]:
    number = 0
    for name, content in tables(path):
        for cells in records(text_of(content, name, tally), name):
            number += 1
            if not cells or cells[0].strip().casefold() in HEADINGS:
                continue
            full = cells + [""] * (len(FIELDS) - len(cells))
            yield Row(number, dict(zip(FIELDS, full, strict=False)), HEADS, len(cells) - len(FIELDS))


def tables(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the tables of Code-Point Open, one at a time: from its zip, or the one that a bare file is.

    Raises
    ------
    DataProblem : the file is missing, or the zip is broken, holds no tables, or one too large to be one.
    """
    try:
        with path.open("rb") as file:
            packed = file.read(len(PACKED)) == PACKED
    except OSError:
        packed = False
    if not packed:
        yield path.name, raw(path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if MEMBER.fullmatch(one.filename)]
            if not members:
                raise DataProblem("The zip holds no Data/CSV tables", path.name, try_this="the CSV edition")
            for member in sorted(members, key=lambda one: one.filename):
                if member.file_size > LARGEST:
                    told, most = f"{member.file_size:,} bytes", f"up to {LARGEST:,} bytes"
                    file_name = f"{path.name}, {member.filename}"
                    raise DataProblem("A table is too large", file_name, value=told, allowed=most)
                yield member.filename, archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as fault:
        raise DataProblem(f"The zip is broken ({fault})", path.name, try_this="fetching it again") from fault


def _postcode(row: Row, tally: Tally) -> Postcode:
    parts = SHAPE.fullmatch(row.text("postcode"))
    if parts is None:
        raise Wrong("This is no postcode", "postcode", row.text("postcode"), "such as ST4 1HH")
    quality = row.whole("quality")
    if quality not in QUALITY:
        known = ", ".join(map(str, sorted(QUALITY)))
        raise Wrong("There is no such quality", "quality", quality, known)
    if quality == 90:
        raise LeftOut("no position is known (quality 90)")
    tidy = f"{parts[1]} {parts[2]}"
    if tidy != row.cells["postcode"]:
        tally.mended["the space inside the postcode"] += 1
    country, _, _, county, district, ward = (_code(row, name) for name in FIELDS[4:])
    if not district:
        raise LeftOut("no district is given")
    east, north = row.whole("easting", 1, EAST), row.whole("northing", 1, NORTH)
    now = vintage.now(district) if district[:3] in vintage.DISTRICTS else district
    return Postcode(tidy, quality, east, north, country, county, district, now, ward)


def _code(row: Row, name: str) -> str:
    told = row.cells[name]
    return intern(
        told if _right(told) else row.like(name, CODE_OR_NOTHING, "a letter and eight digits, or nothing")
    )


@cache
def _right(code: str) -> bool:
    return CODE_OR_NOTHING.fullmatch(code) is not None


def _twice(found: Iterable[tuple[int, Postcode]]) -> Iterable[Fault]:
    seen: dict[str, int] = {}
    for row, one in found:
        if seen.setdefault(one.postcode, row) != row:
            allowed = f"each postcode once; row {seen[one.postcode]} has it too"
            yield Fault(row, "Postcode", one.postcode, "This postcode is there twice", allowed)
