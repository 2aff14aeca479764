"""Reads OpenStreetMap extracts (PBF): streets, barriers, green spaces, entrances, buildings and services.

One pass reads what every reader of streets needs; areas are put together to polygons. Only the tags that
some rule or question asks about are kept, in columns, and places in arrays: what is held grows with the
streets and not with the file. Where each point of a large file lies is looked up on the disk, not in memory.
Reference: https://wiki.openstreetmap.org/wiki/PBF_Format; data under the Open Database Licence 1.0,
© OpenStreetMap contributors.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import shapely

from fairground.errors import DataProblem
from fairground.evidence import Quality, Source
from fairground.networks.slopes import slopes
from fairground.networks.streetmap import Areas, Points, StreetMap
from fairground.networks.ways import TagColumn, Ways
from fairground.sources.street_tags import (
    AREA_KEYS,
    AREA_TAGS,
    LINE_KEYS,
    POINT_KEYS,
    POINT_TAGS,
    SHORES,
    WAY_TAGS,
)
from fairground.sources.tag_columns import TagTable

__all__ = ["checksum", "read_osm"]

LAND = tuple(key for key in AREA_KEYS if key not in {"boundary", "place"})  # of these no council is one
JOINED = ("multipolygon", "boundary")  # types of relation that are put together to areas
LONGEST_HEADER = 65_536  # bytes of a block's header, by the format
OUTSIDE = "lies outside the extract"
UNCLOSED = "an area whose boundary does not close, or crosses itself"
HALF_OUTSIDE = "an area of which a part lies outside the extract, or that does not close"
HISTORY = "several editions of its things"
DISORDER = (  # what osmium says, what it means, and what helps
    (HISTORY, "This is a history or change file", "the state of one day: osmium time-filter FILE"),
    (
        "twice in input",
        "Something is in the file twice",
        "one edition of each thing: osmium time-filter FILE",
    ),
    ("out of order", "The file is not in order, or is two files joined end to end", "osmium sort, or merge"),
)
IN_MEMORY = 100_000_000  # bytes of a file up to which the places of its points are looked up in memory


def read_osm(path: Path | str, *, areas: bool = True) -> StreetMap:
    """Read an OpenStreetMap extract.

    Parameters
    ----------
    path : a `.osm.pbf` file (any form that osmium reads). areas : also put polygons together (one more pass).

    Returns
    -------
    StreetMap : ways, points and areas; quality counts what was left out, by reason.

    Raises
    ------
    DataProblem : the file is missing, empty, cut short, no extract, or holds no street.
    """
    file = Path(path)
    taken = _Taken()
    try:
        digest = checksum(file)
        processor = _processor(file, areas)
        if processor.header.has_multiple_object_versions:
            raise RuntimeError(HISTORY)
        box = processor.header.box()
        taken.generator = processor.header.get("generator", "")
        for thing in processor:
            taken.take(thing)
        if areas:
            taken.note_missing_areas()
    except OSError as fault:
        raise DataProblem(f"The file cannot be read ({fault.strerror})", file.name) from fault
    except RuntimeError as fault:
        raise _broken(file, fault) from fault
    if not taken.way_id:
        raise _without_streets(file, taken)
    return taken.extract(file.name, digest, _corners(box))


def _corners(box: Any) -> tuple[float, float, float, float] | None:
    """Return west, south, east and north of the file's own box, or None where it has none."""
    if not box.valid():
        return None
    low, high = box.bottom_left, box.top_right
    return (low.lon, low.lat, high.lon, high.lat)


def checksum(path: Path | str) -> str:
    """Return the SHA-256 of a file.

    Raises
    ------
    DataProblem : the file cannot be read.
    """
    try:
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as fault:
        raise DataProblem(f"The file cannot be read ({fault.strerror})", Path(path).name) from fault


def _processor(file: Path, areas: bool) -> osmium.FileProcessor:
    if file.stat().st_size == 0:
        raise RuntimeError("the file is empty")
    if file.name.endswith(".pbf"):
        _refuse_what_ends_inside_a_block(file)
    large = file.stat().st_size > IN_MEMORY
    made = osmium.FileProcessor(str(file)).with_locations("sparse_file_array" if large else "flex_mem")
    if areas:
        made = made.with_areas(osmium.filter.KeyFilter(*AREA_KEYS))
    return made.with_filter(osmium.filter.KeyFilter(*LINE_KEYS, *POINT_KEYS, *AREA_KEYS))


def _refuse_what_ends_inside_a_block(file: Path) -> None:
    """Refuse a file of which less than the length of a further block is left: osmium takes that for its end.

    A block is the length of its header (four bytes), its header, and its content, whose size the header says.
    """
    with file.open("rb") as stream:
        while start := stream.read(4):
            size = int.from_bytes(start, "big")
            if size > LONGEST_HEADER:
                return  # no PBF at all: osmium says so
            header = stream.read(size) if len(start) == 4 else b""
            if not header:
                raise RuntimeError("truncated: the file ends inside a block")
            stream.seek(_datasize(header), 1)


def _datasize(header: bytes) -> int:
    """Return field 3 of a block's header: its own form is that of Protocol Buffers, small numbers first."""
    at = 0
    while at < len(header):
        key, at = _varint(header, at)
        size, at = _varint(header, at)
        if key >> 3 == 3 and key & 7 == 0:
            return size
        at += size if key & 7 == 2 else 0
    return 0


def _varint(text: bytes, at: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, lowest first, and the place behind it."""
    number, shift = 0, 0
    while at < len(text):
        number |= (text[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if not text[at - 1] & 128:
            break
    return number, at


def _without_streets(file: Path, taken: _Taken) -> DataProblem:
    if taken.dropped[OUTSIDE]:
        return DataProblem(
            "The streets of the file run through points that it does not hold before them",
            file.name,
            value=f"{taken.dropped[OUTSIDE]:,} lines",
            allowed="points first, then ways, with numbers above zero",
            try_this="putting it in order (osmium sort), or numbering it anew (osmium renumber)",
        )
    return DataProblem(
        "The file holds no streets",
        file.name,
        field="highway",
        try_this="an extract of OpenStreetMap with ways and their nodes, such as Geofabrik's",
    )


def _broken(file: Path, fault: RuntimeError) -> DataProblem:
    for sign, what, remedy in DISORDER:
        if sign in str(fault):
            return DataProblem(f"{what} ({fault})", file.name, try_this=remedy)
    short = "EOF" in str(fault) or "truncated" in str(fault).lower()
    what = "The file is cut short" if short else "The file is no OpenStreetMap extract, or is damaged"
    return DataProblem(
        f"{what} ({fault})",
        file.name,
        try_this="fetch it again, and compare its checksum with the publisher's",
        allowed="OpenStreetMap PBF (.osm.pbf)",
    )


@dataclass
class _Taken:
    """What has been read so far."""

    way_id: array[int] = field(default_factory=lambda: array("q"))
    starts: array[int] = field(default_factory=lambda: array("q", [0]))
    node: array[int] = field(default_factory=lambda: array("q"))
    x: array[float] = field(default_factory=lambda: array("d"))
    y: array[float] = field(default_factory=lambda: array("d"))
    way_tags: TagTable = field(default_factory=lambda: TagTable(WAY_TAGS))
    point_id: array[int] = field(default_factory=lambda: array("q"))
    point_x: array[float] = field(default_factory=lambda: array("d"))
    point_y: array[float] = field(default_factory=lambda: array("d"))
    point_tags: TagTable = field(default_factory=lambda: TagTable(POINT_TAGS))
    area_id: list[str] = field(default_factory=list)
    area_wkb: list[bytes] = field(default_factory=list)
    area_tags: TagTable = field(default_factory=lambda: TagTable(AREA_TAGS))
    relations: set[int] = field(default_factory=set)
    joined: set[int] = field(default_factory=set)
    pieces: int = 0  # parts of ways beyond the first of each
    dropped: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    read: int = 0
    newest: str = ""
    generator: str = ""
    factory: Any = field(default_factory=osmium.geom.WKBFactory)

    def take(self, thing: Any) -> None:
        """Keep one node, way or area; note each relation that should become an area."""
        if thing.is_node():
            self._take_point(thing)
        elif thing.is_way():
            self._take_way(thing)
        elif thing.is_area():
            self._take_area(thing)
        elif thing.tags.get("type") in JOINED and any(key in thing.tags for key in LAND):
            self.relations.add(thing.id)

    def _take_point(self, thing: Any) -> None:
        self.read += 1
        self.point_id.append(thing.id)
        self.point_x.append(thing.lon)
        self.point_y.append(thing.lat)
        self.point_tags.add((tag.k, tag.v) for tag in thing.tags)

    def _take_way(self, thing: Any) -> None:
        tags = thing.tags
        if not (any(key in tags for key in LINE_KEYS) or tags.get("natural") in SHORES):
            return
        self.read += 1
        if tags.get("area") == "yes" and "highway" in tags:
            self.mended["a square drawn as an area is walked along its edge"] += 1
        runs = self._runs(thing)
        for points in runs:
            for point in points:
                self.node.append(point.ref)
                self.x.append(point.lon)
                self.y.append(point.lat)
            self.way_id.append(thing.id)
            self.starts.append(len(self.node))
            self.way_tags.add((tag.k, tag.v) for tag in tags)
        if runs:
            self.pieces += len(runs) - 1
            self.newest = max(self.newest, f"{thing.timestamp:%Y-%m-%d}")

    def _runs(self, way: Any) -> list[list[Any]]:
        """Return the points of a way that are in the file, cut where one is missing; note what is left out.

        Two points with a missing one between them are not joined: nobody knows how the way goes there.
        """
        points = list(way.nodes)
        if len(points) < 2:
            self.dropped["has fewer than two points"] += 1
            return []
        if all(point.location.valid() for point in points):
            return [points]
        cut = groupby(points, lambda point: point.location.valid())
        runs = [run for inside, some in cut if inside and len(run := list(some)) > 1]
        if runs:
            self.mended["runs out of the extract: the part inside is kept"] += 1
        else:
            self.dropped[OUTSIDE] += 1
        return runs

    def _take_area(self, thing: Any) -> None:
        self.read += 1
        if not thing.from_way():
            self.joined.add(thing.orig_id())
        try:
            wkb = self.factory.create_multipolygon(thing)
        except RuntimeError:
            self.dropped[UNCLOSED] += 1
            return
        self.area_id.append(f"{'w' if thing.from_way() else 'r'}{thing.orig_id()}")
        self.area_wkb.append(bytes.fromhex(wkb))
        self.area_tags.add((tag.k, tag.v) for tag in thing.tags)

    def extract(self, name: str, digest: str, box: tuple[float, float, float, float] | None) -> StreetMap:
        """Return all of it as arrays and columns."""
        point_id = np.frombuffer(self.point_id, np.int64)
        order = np.argsort(point_id, kind="stable")
        point_id, tags = point_id[order], self.point_tags.columns(order)
        ways = Ways(
            np.frombuffer(self.way_id, np.int64),
            np.frombuffer(self.starts, np.int64),
            np.frombuffer(self.node, np.int64),
            np.frombuffer(self.x, np.float64),
            np.frombuffer(self.y, np.float64),
            _with_slopes(self.way_tags.columns()),
            point_id,
            tags,
        )
        kept = len(self.way_id) - self.pieces + len(self.point_id) + len(self.area_id)
        edition = self.newest if self.newest > "1970-01-02" else ""
        return StreetMap(
            name,
            digest,
            edition,
            ways,
            Points(
                point_id,
                np.frombuffer(self.point_x, np.float64)[order],
                np.frombuffer(self.point_y, np.float64)[order],
                tags,
            ),
            Areas(tuple(self.area_id), shapely.from_wkb(self.area_wkb), self.area_tags.columns()),
            shapely.box(*box)
            if box
            else shapely.convex_hull(shapely.linestrings(np.column_stack([ways.x, ways.y]))),
            _source(name, digest, edition, self.generator),
            Quality(self.read, kept, dict(self.dropped), dict(self.mended)),
        )

    def note_missing_areas(self) -> None:
        """Count the relations of which no area came: a member is not in the file, or they do not close."""
        missing = len(self.relations - self.joined)
        if missing:
            self.read += missing
            self.dropped[HALF_OUTSIDE] += missing


def _source(name: str, digest: str, edition: str, generator: str) -> Source:
    """Return who made a map: a map whose own header says that it is fictional is nobody else's work."""
    if "fictional" in generator.casefold():
        return Source(
            id=f"made-up-map:{digest[:12]}",
            title=f"Made-up map {name}: no real place",
            publisher=generator,
            edition=edition or "undated",
            licence="as its maker says",
            url="",
            note=f"SHA-256 {digest}",
        )
    return Source(
        id=f"openstreetmap:{digest[:12]}",
        title=f"OpenStreetMap, extract {name}",
        publisher="OpenStreetMap contributors",
        edition=edition or "undated",
        licence="ODbL-1.0",
        url="https://www.openstreetmap.org/copyright",
        note=f"SHA-256 {digest}",
    )


def _with_slopes(tags: dict[str, TagColumn]) -> dict[str, TagColumn]:
    return {**tags, "slope": slopes(tags["incline"])} if "incline" in tags else tags
