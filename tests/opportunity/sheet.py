"""Draws small maps in metres and writes them as a stranger would: real PBF files, by osmium."""

import json

import osmium
from click.testing import CliRunner
from osmium.osm import Box, Location, mutable
from pyproj import Geod

from fairground.cli import fairground

SOUTH, WEST = 51.5, -2.9
GLOBE = Geod(ellps="WGS84")


def place(east, north):
    """Return latitude and longitude of a place so many metres north, and then east, of the sheet's corner."""
    longitude, latitude, _ = GLOBE.fwd(WEST, SOUTH, 0, north)
    longitude, latitude, _ = GLOBE.fwd(longitude, latitude, 90, east)
    return latitude, longitude


class Sheet:
    """A map that is being drawn: points, ways and areas, each with its tags."""

    def __init__(self, *, street=True):
        self.points, self.ways, self.relations = [], [], []
        if street:
            self.way((0, 0), (0, 250), (0, 400), (0, 1200), highway="residential")

    def point(self, east, north, **tags):
        """Return the number of the point at a place; two points at one place are one."""
        for id, at, known in self.points:
            if at == (east, north):
                known.update(tags)
                return id
        self.points.append((len(self.points) + 1, (east, north), tags))
        return len(self.points)

    def way(self, *places, **tags):
        self.ways.append((len(self.ways) + 1, [self.point(*at) for at in places], tags))
        return len(self.ways)

    def box(self, west, south, east, north, *, through=(), **tags):
        """Draw a rectangle; `through` are further points on its west side, from south to north."""
        left = [(west, at) for at in sorted(through, reverse=True)]
        return self.way(
            (west, south), (east, south), (east, north), (west, north), *left, (west, south), **tags
        )

    def joined(self, *members, **tags):
        self.relations.append((len(self.relations) + 1, members, {"type": "multipolygon", **tags}))

    def write(self, path, *, frame=None):
        header = osmium.io.Header()
        if frame:
            (south, west), (north, east) = place(*frame[:2]), place(*frame[2:])
            header.add_box(Box(Location(west, south), Location(east, north)))
        with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
            for id, at, tags in self.points:
                latitude, longitude = place(*at)
                writer.add_node(mutable.Node(id=id, location=(longitude, latitude), tags=tags))
            for id, nodes, tags in self.ways:
                writer.add_way(mutable.Way(id=id, nodes=nodes, tags=tags))
            for id, members, tags in self.relations:
                writer.add_relation(mutable.Relation(id=id, members=members, tags=tags))
        return path


def asked(*words, area="greenspace"):
    """Return how the command ended and what it said."""
    return CliRunner().invoke(fairground, ["opportunity", area, *map(str, words)])


def checked(sheet, path, east, north, *options):
    """Return the value that `check --json` gives of a place on a sheet; `path` is the file to write."""
    latitude, longitude = place(east, north)
    sheet.write(path)
    shown = asked("check", "--streets", path, f"--at={latitude!r},{longitude!r}", "--json", *options)
    assert shown.exit_code == 0, shown.output
    return json.loads(shown.stdout)["value"]
