"""Reads where homes are: a CSV file of addresses or points, row by row, in blocks that fit any memory.

A row that cannot be used is left out, counted by reason and listed with its row, field and value. Column
names are forgiving: capitals, spaces, hyphens and underscores do not matter. Places are latitude and
longitude in degrees, or easting and northing in metres of the National Grid (OS Open UPRN has both). CSV as
in RFC 4180.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fairground.errors import DataProblem
from fairground.sources.tabular import UTF16, Fault

__all__ = ["Block", "Homes", "blocks"]

Floats = NDArray[np.float64]

DEGREES, GRID = "EPSG:4326", "EPSG:27700"
BLOCK = 100_000
PACKED = b"PK\x03\x04"  # how a workbook or a zip begins
LISTED = 1_000  # faults that are listed; all are counted
NAMES = {
    "latitude": ("latitude", "lat", "latwgs84"),
    "longitude": ("longitude", "lon", "long", "lng", "longwgs84"),
    "easting": ("easting", "eastings", "xcoordinate", "gridgbeasting", "oseast1m", "x"),
    "northing": ("northing", "northings", "ycoordinate", "gridgbnorthing", "osnrth1m", "y"),
    "id": ("uprn", "id", "homeid", "home", "addressid", "reference", "ref", "plot", "postcode", "pcds"),
    "group": (
        "neighbourhood", "lsoa21cd", "lsoacode", "lsoa", "lsoa11cd", "msoacode", "msoa21cd", "wardcode",
        "ward", "area", "areacode", "group",
    ),
    "decile": ("decile", "imddecile", "deprivationdecile"),
    "people": ("people", "population", "residents", "persons", "weight", "homes", "dwellings"),
}  # fmt: skip
POSTCODES = ("postcode", "pcds")
BOUNDS = {
    "latitude": (-90.0, 90.0),
    "longitude": (-180.0, 180.0),
    "easting": (0.0, 700_000.0),
    "northing": (0.0, 1_300_000.0),
    "people": (0.0, 1e9),
    "decile": (1.0, 10.0),
}
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


@dataclass(frozen=True)
class Block:
    """Some homes in the order of the file: places on one map, and what else the file says of each."""

    row: NDArray[np.int64]
    id: tuple[str, ...]
    x: Floats
    y: Floats
    group: tuple[str, ...]
    decile: NDArray[np.int64]
    people: Floats

    def __len__(self) -> int:
        return len(self.x)

    def rows(self, kept: NDArray[np.int64]) -> Block:
        """Return some of the homes, by number."""
        return Block(
            self.row[kept],
            tuple(self.id[at] for at in kept.tolist()),
            self.x[kept],
            self.y[kept],
            tuple(self.group[at] for at in kept.tolist()),
            self.decile[kept],
            self.people[kept],
        )


@dataclass
class Homes:
    """A file of homes: which columns it has, and, once its blocks are read, what was kept and what was not.

    crs : "EPSG:4326" where x is longitude and y latitude, "EPSG:27700" where they are metres.
    faults : the first thousand rows left out. dropped : how many were left out, by reason.
    """

    path: Path
    crs: str
    columns: dict[str, int]
    heads: tuple[str, ...]
    read: int = 0
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    @property
    def grouped(self) -> bool:
        """Whether the file says in which neighbourhood each home lies."""
        return "group" in self.columns

    @property
    def peopled(self) -> bool:
        """Whether the file says how many people each row stands for."""
        return "people" in self.columns

    @property
    def postcodes(self) -> bool:
        """Whether its rows are postcodes and not addresses."""
        return "id" in self.columns and _folded(self.heads[self.columns["id"]]) in POSTCODES

    @property
    def ranked(self) -> bool:
        """Whether the file says in which tenth of deprivation each home lies."""
        return "decile" in self.columns


def open_homes(path: Path) -> Homes:
    """Return a file of homes by its headings, before any row is read.

    Raises
    ------
    DataProblem : the file is missing, empty or no CSV, or has no pair of columns that gives a place.
    """
    _refuse_what_is_no_table(path)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        heads = tuple(" ".join(cell.split()) for cell in next(csv.reader(stream), []))
    known = {_folded(head): at for at, head in reversed(list(enumerate(heads)))}
    columns = {
        name: known[found]
        for name, accepted in NAMES.items()
        if (found := next((a for a in accepted if a in known), None)) is not None
    }
    for crs, pair in ((DEGREES, ("longitude", "latitude")), (GRID, ("easting", "northing"))):
        if all(name in columns for name in pair):
            return Homes(path, crs, columns, heads)
    shown = ", ".join(heads[:12]) + ("…" if len(heads) > 12 else "")
    raise DataProblem(
        "The file does not say where the homes are", path.name, 1, "", shown,
        "naming the columns so", "latitude and longitude, or easting and northing",
    )  # fmt: skip


def blocks(homes: Homes, size: int = BLOCK) -> Iterator[Block]:
    """Yield the homes of a file, `size` at a time; what is left out is counted in `homes`.

    Raises
    ------
    DataProblem : a quotation mark is not closed, or no row at all can be used.
    """
    pair = ("longitude", "latitude") if homes.crs == DEGREES else ("easting", "northing")
    numbers = tuple(name for name in (*pair, "people", "decile") if name in homes.columns)
    records = _records(homes.path)
    while some := list(islice(records, size)):
        homes.read += len(some)
        rows, values = _kept(homes, some, numbers)
        if rows:
            homes.kept += len(rows)
            yield _block(homes, rows, values, pair)
    if not homes.kept:
        first = homes.faults[0] if homes.faults else Fault(1, "", "", "It has no rows", "one home a row")
        raise DataProblem(
            f"No home can be used. {first.what}", homes.path.name, first.row, first.field, first.value,
            allowed=first.allowed,
        )  # fmt: skip


def _folded(head: str) -> str:
    return re.sub(r"[\s_\-.()]+", "", head.casefold())


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        read = csv.reader(stream)
        try:
            next(read, None)
            for number, cells in enumerate(read, start=2):
                if any(map(str.strip, cells)):
                    yield number, cells
        except csv.Error as fault:
            raise DataProblem(f"This is not well-formed CSV ({fault})", path.name, read.line_num) from fault


def _reject(homes: Homes, row: int, cells: list[str], names: tuple[str, ...]) -> None:
    """List what is wrong with a row that is left out: the first of its numbers that cannot be used."""
    if len(cells) != len(homes.heads):
        what, told = "A row has too many or too few cells", f"{len(cells)} cells"
        _fault(homes, Fault(row, "", told, what, f"{len(homes.heads)} cells"))
        return
    for name in names:
        text = cells[homes.columns[name]].strip()
        low, high = BOUNDS[name]
        value = float(text) if NUMBER.fullmatch(text) else None
        if value is not None and low <= value <= high:
            continue
        what = (
            "A cell is empty" if not text else "This must be a number" if value is None
            else "This number is out of bounds"
        )  # fmt: skip
        head = homes.heads[homes.columns[name]]
        _fault(homes, Fault(row, head, text[:80], what, f"{low:g} to {high:g}"))
        return


def _fault(homes: Homes, fault: Fault) -> None:
    homes.dropped[f"{fault.what} ({fault.field})" if fault.field else fault.what] += 1
    if len(homes.faults) < LISTED:
        homes.faults.append(fault)


def _kept(
    homes: Homes, records: list[tuple[int, list[str]]], names: tuple[str, ...]
) -> tuple[list[tuple[int, list[str]]], dict[str, Floats]]:
    """Return the rows that can be used, and their numbers by column.

    Whole columns are read at once; only rows in which something is wrong are looked at one by one.
    """
    whole = [record for record in records if len(record[1]) == len(homes.heads)]
    good = np.ones(len(whole), bool)
    values = {}
    for name in names:
        at, (low, high) = homes.columns[name], BOUNDS[name]
        texts = [cells[at].strip() for _, cells in whole]
        read = np.array(
            [
                float(text) if fits else np.nan
                for text, fits in zip(texts, map(NUMBER.fullmatch, texts), strict=True)
            ]
        )
        good &= (read >= low) & (read <= high)
        values[name] = read
    wrong = {whole[at][0] for at in np.flatnonzero(~good).tolist()}
    for number, cells in records:
        if number in wrong or len(cells) != len(homes.heads):
            _reject(homes, number, cells, names)
    kept = np.flatnonzero(good)
    return [whole[at] for at in kept.tolist()], {name: read[kept] for name, read in values.items()}


def _block(
    homes: Homes, rows: list[tuple[int, list[str]]], values: dict[str, Floats], pair: tuple[str, str]
) -> Block:
    def texts(name: str) -> tuple[str, ...]:
        at = homes.columns.get(name)
        if at is not None:
            return tuple(cells[at].strip() for _, cells in rows)
        return tuple(f"row {row}" for row, _ in rows) if name == "id" else ("",) * len(rows)

    return Block(
        np.array([row for row, _ in rows], np.int64),
        texts("id"),
        values[pair[0]],
        values[pair[1]],
        texts("group"),
        values.get("decile", np.zeros(len(rows))).astype(np.int64),
        values.get("people", np.ones(len(rows))),
    )


def _refuse_what_is_no_table(path: Path) -> None:
    try:
        with path.open("rb") as stream:
            start = stream.read(4096)
    except OSError as fault:
        told = f"The file cannot be read ({fault.strerror})"
        raise DataProblem(told, str(path), try_this="check its name and its folder") from fault
    if not start.strip():
        raise DataProblem("The file is empty", path.name, try_this="one home a row, under a row of headings")
    if start.startswith((PACKED, *UTF16)) or b"\0" in start:
        raise DataProblem("This is not a CSV table", path.name, try_this="saving the sheet as CSV UTF-8")
