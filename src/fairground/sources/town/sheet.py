"""The made-up town as OpenStreetMap has it: points, ways and relations with tags, written as PBF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import osmium
from osmium.osm import mutable

from fairground.sources.town.bent import drawn
from fairground.sources.town.plan import Point, Tags

STAMP = "2026-01-01T00:00:00Z"  # the same for every object: the bytes depend on the seed alone


@dataclass
class Sheet:
    """A map being drawn: points of the plan are shared where two ways name the same one."""

    points: list[Point] = field(default_factory=list)
    tags: list[Tags] = field(default_factory=list)
    ways: list[tuple[list[int], Tags]] = field(default_factory=list)
    relations: list[tuple[list[tuple[str, int, str]], Tags]] = field(default_factory=list)
    at: dict[Point, int] = field(default_factory=dict)

    def point(self, at: Point, tags: Tags | None = None, *, shared: bool = True) -> int:
        """Return the number of the point there; a shared one is made once."""
        key = (round(at[0], 2), round(at[1], 2))
        if shared and key in self.at:
            self.tags[self.at[key]].update(tags or {})
            return self.at[key]
        self.points.append(at)
        self.tags.append(dict(tags or {}))
        if shared:
            self.at[key] = len(self.points) - 1
        return len(self.points) - 1

    def line(self, line: Sequence[Point], tags: Tags) -> int:
        """Draw a line; return the number of its way."""
        self.ways.append(([self.point(at, shared=own) for at, own in drawn(line)], tags))
        return len(self.ways) - 1

    def ring(self, ring: Sequence[Point], tags: Tags, *, curved: bool = True) -> int:
        """Draw a closed ring; return the number of its way."""
        if curved:
            return self.line((*ring, ring[0]), tags)
        refs = [self.point(at, shared=False) for at in ring]
        self.ways.append(([*refs, refs[0]], tags))
        return len(self.ways) - 1


def write(sheet: Sheet, degrees: Sequence[Point], path: Path, generator: str) -> None:
    """Write a sheet as OpenStreetMap PBF: points first, then ways, then relations."""
    header = osmium.io.Header()
    header.set("generator", generator)
    header.set("sorting", "Type_then_ID")
    header.add_box(_box(degrees))
    with osmium.SimpleWriter(path, header=header, overwrite=True) as writer:
        for n, (at, tags) in enumerate(zip(degrees, sheet.tags, strict=True), 1):
            writer.add_node(mutable.Node(id=n, version=1, timestamp=STAMP, location=at, tags=tags))
        for n, (refs, tags) in enumerate(sheet.ways, 1):
            nodes = [ref + 1 for ref in refs]
            writer.add_way(mutable.Way(id=n, version=1, timestamp=STAMP, nodes=nodes, tags=tags))
        for n, (members, tags) in enumerate(sheet.relations, 1):
            numbered = [(kind, ref + 1, role) for kind, ref, role in members]
            writer.add_relation(
                mutable.Relation(id=n, version=1, timestamp=STAMP, members=numbered, tags=tags)
            )


def _box(degrees: Iterable[Point]) -> osmium.osm.Box:
    lon, lat = zip(*degrees, strict=True)
    return osmium.osm.Box(min(lon), min(lat), max(lon), max(lat))
