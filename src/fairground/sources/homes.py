"""Reads where homes are: a CSV file of addresses or points, row by row, in blocks that fit any memory.

A row that cannot be used is left out, counted by reason and listed with its row, field and value. Column
names are forgiving: capitals, spaces, hyphens and underscores do not matter. Places are latitude and
longitude in degrees, or easting and northing in metres of the National Grid (OS Open UPRN has both). CSV as
in RFC 4180; semicolons, tabs and bars may stand for its commas, and UTF-16 for UTF-8, as spreadsheets do.
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
from fairground.sources.tabular import Fault
from fairground.table_text import separator, wide

__all__ = ["Block", "Homes", "blocks", "writing"]

Floats = NDArray[np.float64]

DEGREES, GRID = "EPSG:4326", "EPSG:27700"
BLOCK = 100_000
PACKED = b"PK\x03\x04"  # how a workbook or a zip begins
LISTED = 1_000  # faults that are listed; all are counted
NAMES = {
    "latitude": ("latitude", "lat", "latwgs84"),
    "longitude": ("longitude", "lon", "long", "lng", "longwgs84"),
    "easting": (
        "easting", "eastings", "xcoordinate", "gridgbeasting", "gridgb1e", "oseast1m", "xcoord", "pointx",
        "x",
    ),
    "northing": (
        "northing", "northings", "ycoordinate", "gridgbnorthing", "gridgb1n", "osnrth1m", "ycoord", "pointy",
        "y",
    ),
    "id": (
        "uprn", "id", "homeid", "home", "addressid", "reference", "ref", "plot", "postcode", "pcds", "pcd",
        "pcd8", "pcd7",
    ),
    "postcode": ("postcode", "pcds", "pcd", "pcd8", "pcd7"),
    "group": (
        "neighbourhood", "lsoa21cd", "lsoa21", "lsoacode", "lsoa", "lsoa11cd", "lsoa11", "msoacode",
        "msoa21cd", "wardcode", "ward", "area", "areacode", "group",
    ),
    "decile": ("decile", "imddecile", "deprivationdecile"),
    "people": ("people", "population", "residents", "persons", "weight", "homes", "dwellings"),
}  # fmt: skip
POSTCODES = NAMES["postcode"]
EITHER = ("x", "y", "xcoord", "ycoord", "pointx", "pointy")  # headings of degrees as well as of metres
LOOKED_AT = 200  # rows
WIDEST = 1_000  # columns
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
    between: str = ","
    encoding: str = "utf-8-sig"
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

    def by_postcode(self) -> Homes:
        """Return the same file with each row named by its postcode.

        Raises
        ------
        DataProblem : it has no column of postcodes.
        """
        if "postcode" not in self.columns:
            raise DataProblem(
                "The file has no column of postcodes", self.path.name, 1, "", ", ".join(self.heads[:12]),
                allowed="a column named postcode, pcds or pcd",
            )  # fmt: skip
        columns = {**self.columns, "id": self.columns["postcode"]}
        return Homes(self.path, self.crs, columns, self.heads, self.between, self.encoding)

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
    encoding, between = writing(path)
    heads = _headings(path, encoding, between)
    known = {_folded(head): at for at, head in reversed(list(enumerate(heads)))}
    columns = {
        name: known[found]
        for name, accepted in NAMES.items()
        if (found := next((a for a in accepted if a in known), None)) is not None
    }
    for crs, pair in ((DEGREES, ("longitude", "latitude")), (GRID, ("easting", "northing"))):
        if all(name in columns for name in pair):
            return _in_degrees_after_all(Homes(path, crs, columns, heads, between, encoding))
    shown = ", ".join(heads[:12]) + ("…" if len(heads) > 12 else "")
    raise DataProblem(
        "The file does not say where the homes are", path.name, 1, "", shown,
        "naming the columns so", "latitude and longitude, or easting and northing",
    )  # fmt: skip


def _headings(path: Path, encoding: str, between: str) -> tuple[str, ...]:
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        try:
            cells = next(csv.reader(stream, delimiter=between), [])
        except csv.Error as fault:
            raise DataProblem(f"This is not well-formed CSV ({fault})", path.name, 1) from fault
    if len(cells) > WIDEST:
        told, allowed = f"{len(cells):,} columns", f"up to {WIDEST:,} columns"
        raise DataProblem("The table is too wide", path.name, 1, value=told, allowed=allowed)
    return tuple(" ".join(cell.split()) for cell in cells)


def _in_degrees_after_all(homes: Homes) -> Homes:
    """Return the file with X and Y read as degrees, where its first rows hold nothing that cannot be some.

    On the National Grid such numbers would all lie in the sea, in one corner of it.
    """
    pair = [homes.columns.get(name, -1) for name in ("easting", "northing")]
    if homes.crs != GRID or any(_folded(homes.heads[at]) not in EITHER for at in pair):
        return homes
    places = []
    for _, cells in islice(_records(homes), LOOKED_AT):
        texts = [_number(homes, cells, at) for at in pair] if len(cells) == len(homes.heads) else []
        if texts and all(map(NUMBER.fullmatch, texts)):
            places.append([float(text) for text in texts])
    if not places or any(abs(x) > 180 or abs(y) > 90 for x, y in places):
        return homes
    columns = {**homes.columns, "longitude": pair[0], "latitude": pair[1]}
    return Homes(homes.path, DEGREES, columns, homes.heads, homes.between, homes.encoding)


def blocks(homes: Homes, size: int = BLOCK) -> Iterator[Block]:
    """Yield the homes of a file, `size` at a time; what is left out is counted in `homes`.

    Raises
    ------
    DataProblem : a quotation mark is not closed, or no row at all can be used.
    """
    pair = ("longitude", "latitude") if homes.crs == DEGREES else ("easting", "northing")
    numbers = tuple(name for name in (*pair, "people", "decile") if name in homes.columns)
    records = _records(homes)
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


def _number(homes: Homes, cells: list[str], at: int) -> str:
    """Return the text of a number; where semicolons part the cells, a comma is the decimal point."""
    text = cells[at].strip()
    return text.replace(",", ".") if homes.between == ";" else text


def _records(homes: Homes) -> Iterator[tuple[int, list[str]]]:
    path = homes.path
    with path.open(encoding=homes.encoding, errors="replace", newline="") as stream:
        read = csv.reader(stream, delimiter=homes.between)
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
        text = _number(homes, cells, homes.columns[name])
        low, high = BOUNDS[name]
        value = float(text) if NUMBER.fullmatch(text) else None
        if value is not None and low <= value <= high:
            continue
        what = (
            "A cell is empty" if not text else "This must be a number" if value is None
            else "This number is out of bounds"
        )  # fmt: skip
        head = homes.heads[homes.columns[name]]
        given = cells[homes.columns[name]].strip()[:80]
        _fault(homes, Fault(row, head, given, what, f"{low:g} to {high:g}"))
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
        texts = [_number(homes, cells, at) for _, cells in whole]
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


def writing(path: Path, *, one: str = "home") -> tuple[str, str]:
    """Return the encoding of a table, and what stands between its cells. one : what a row is.

    Raises
    ------
    DataProblem : it cannot be read, is empty, or is no table.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(4096)
    except OSError as fault:
        told = f"The file cannot be read ({fault.strerror})"
        raise DataProblem(told, str(path), try_this="check its name and its folder") from fault
    if not start.strip():
        raise DataProblem(
            "The file is empty", path.name, try_this=f"one {one} a row, under a row of headings"
        )
    encoding = wide(start) or "utf-8-sig"
    text = start[: len(start) // 2 * 2].decode(encoding, "replace")
    if start.startswith(PACKED) or "\0" in text:
        raise DataProblem("This is not a CSV table", path.name, try_this="saving the sheet as CSV UTF-8")
    return encoding, separator(text)
