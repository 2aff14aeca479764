"""Green space near a point, worked out again with nothing of ours: osmium, pyproj, shapely and NetworkX only.

Every point of the map is a node, parallel streets are kept, and the nearest street is found by asking all of
them in order. Slow and plain, so that a reader can see that it is right. It keeps to the written rules of the
ground (docs/explanation/greenspace.md) and to nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import networkx as nx
import numpy as np
import osmium
import shapely
import shapely.ops
from pyproj import Geod, Transformer

GLOBE = Geod(ellps="WGS84")
FOOT_NO = {"no", "private", "use_sidepath", "restricted"}
FOOT_YES = {"yes", "designated", "permissive", "official", "destination", "public"}
RIGHT = {
    "public_footpath", "public_bridleway", "restricted_byway", "byway_open_to_all_traffic", "access_land",
}  # fmt: skip
SHUT = {
    "no",
    "private",
    "military",
    "agricultural",
    "forestry",
    "delivery",
    "employees",
    "residents",
    "permit",
}
NOT_BUILT = {
    "construction", "proposed", "abandoned", "razed", "planned", "disused", "demolished", "platform_edge",
}  # fmt: skip
ON_FOOT = {
    "residential", "living_street", "unclassified", "tertiary", "tertiary_link", "secondary",
    "secondary_link", "primary", "primary_link", "service", "pedestrian", "road", "busway", "trunk",
    "trunk_link", "footway",
    "path", "steps", "track", "bridleway", "cycleway", "crossing", "corridor", "elevator",
}  # fmt: skip
GATES = {"gate", "kissing_gate", "stile", "swing_gate", "turnstile", "cycle_barrier", "bollard", "entrance"}
KEPT_OUT = {"private", "no", "customers", "permit", "members", "residents", "military", "employees"}
KINDS = {
    ("leisure", "park"), ("leisure", "nature_reserve"), ("leisure", "recreation_ground"),
    ("leisure", "common"), ("leisure", "playground"), ("leisure", "garden"), ("landuse", "recreation_ground"),
    ("landuse", "village_green"),
}  # fmt: skip
LINES = ("highway", "railway", "waterway", "route", "man_made", "public_transport", "motorroad")
MAINLAND, FURTHEST = 1_000, 500


def may_walk(tags):
    """Return whether people may walk along a way."""
    highway, foot = tags.get("highway", ""), tags.get("foot", "")
    if highway in NOT_BUILT:
        return False
    if tags.get("indoor") in {"yes", "room", "area", "corridor"} or highway in {"corridor", "elevator"}:
        return True
    if highway in {"motorway", "motorway_link"} or tags.get("motorroad") == "yes" or foot in FOOT_NO:
        return False
    if tags.get("route") == "ferry":
        return False
    if foot in FOOT_YES or tags.get("designation") in RIGHT:
        return True
    if tags.get("access") in SHUT:
        return False
    return (
        highway in ON_FOOT
        or tags.get("access") == "unknown"
        or tags.get("man_made") == "pier"
        or tags.get("railway") == "platform"
        or tags.get("public_transport") == "platform"
    )


def stops_people(tags):
    """Return whether nobody may pass a point."""
    if tags.get("foot") in {"yes", "designated", "permissive"}:
        return False
    if tags.get("foot") in {"no", "private"}:
        return True
    return "barrier" in tags and (tags.get("access") in {"no", "private"} or tags.get("locked") == "yes")


def bars(tags):
    """Return whether a line keeps people from stepping over it."""
    under = tags.get("tunnel") in {"yes", "culvert", "building_passage", "flooded", "covered"}
    over = tags.get("bridge") in {"yes", "viaduct", "aqueduct"}
    if under or over or tags.get("covered") == "yes":
        return False
    trunk = tags.get("highway") in {"trunk", "trunk_link"}
    return (
        tags.get("railway") in {"rail", "light_rail", "narrow_gauge", "subway"}
        or tags.get("waterway") in {"river", "canal", "riverbank", "dock", "tidal_channel"}
        or tags.get("natural") == "coastline"
        or tags.get("highway") in {"motorway", "motorway_link"}
        or tags.get("motorroad") == "yes"
        or (trunk and (tags.get("foot") == "no" or tags.get("sidewalk") in {"no", "none"}))
    )


def is_green(tags):
    """Return whether an area is green space that everybody may enter."""
    said = tags.get("foot") or tags.get("access") or ""
    if said in KEPT_OUT:
        return False
    kinds = {kind for kind in KINDS if tags.get(kind[0]) == kind[1]}
    if kinds == {("leisure", "garden")}:
        public = said in {"yes", "public", "permissive", "designated"}
        return (
            public
            or tags.get("garden:type") in {"public", "community", "botanical", "park"}
            or "name" in tags
        )
    return bool(kinds)


@dataclass
class Raw:
    """What a map file says, before anything is worked out."""

    ways: list = field(default_factory=list)
    points: dict = field(default_factory=dict)
    areas: list = field(default_factory=list)
    water: list = field(default_factory=list)

    @staticmethod
    def read(path):
        found, shapes = Raw(), osmium.geom.WKBFactory()
        tagged = osmium.filter.EmptyTagFilter()  # nine of ten nodes say nothing
        for thing in osmium.FileProcessor(str(path)).with_locations().with_areas().with_filter(tagged):
            tags = {tag.k: tag.v for tag in thing.tags}
            if thing.is_node() and tags:
                found.points[thing.id] = (thing.lon, thing.lat, tags)
            elif thing.is_way() and any(key in tags for key in LINES):
                nodes = [(n.ref, n.lon, n.lat) for n in thing.nodes if n.location.valid()]
                if len(nodes) > 1:  # a square drawn as an area is walked along its edge
                    found.ways.append((thing.id, nodes, tags))
            elif thing.is_area() and tags:
                try:
                    shape = shapely.from_wkb(bytes.fromhex(shapes.create_multipolygon(thing)))
                except RuntimeError:
                    continue
                found.areas.append((shape, tags))
                if tags.get("natural") == "water":
                    found.water.append(shape)
        return found


class Twin:
    """The streets and green spaces of a map file, and the walk from any point to the nearest way in."""

    def __init__(self, path):
        raw = Raw.read(path)
        every = [node for _, nodes, _ in raw.ways for node in nodes]
        self.flat = Transformer.from_crs(4326, self.map_about(every), always_xy=True)
        self.build_streets(raw)
        self.build_green(raw)
        self.reach_out()

    @staticmethod
    def map_about(nodes):
        longitude = (min(n[1] for n in nodes) + max(n[1] for n in nodes)) / 2
        latitude = (min(n[2] for n in nodes) + max(n[2] for n in nodes)) / 2
        if -8.7 <= longitude <= 1.8 and 49.8 <= latitude <= 60.9:
            return "EPSG:27700"
        return (
            f"+proj=tmerc +lat_0={latitude:.4f} +lon_0={longitude:.4f} +k=1 +x_0=0 +y_0=0 "
            "+ellps=WGS84 +units=m +no_defs"
        )

    def build_streets(self, raw):
        shut = {id for id, (_, _, tags) in raw.points.items() if stops_people(tags)}
        graph, segments, bars_at = nx.MultiGraph(), [], []
        ends = 0
        for _way, nodes, tags in sorted(raw.ways, key=lambda one: one[0]):
            if bars(tags):
                bars_at.append([self.flat.transform(lon, lat) for _, lon, lat in nodes])
            if not may_walk(tags):
                continue
            level = tags.get("layer", "0") == "0" and tags.get("bridge", "no") == "no"
            level = level and tags.get("tunnel", "no") in {"no", "building_passage"}
            for one, other in pairwise(nodes):
                if one[0] == other[0]:
                    continue
                metres = GLOBE.inv(one[1], one[2], other[1], other[2])[2]
                names = []
                for node in (one, other):
                    ends += 1
                    names.append((node[0], ends) if node[0] in shut else node[0])
                graph.add_edge(*names, weight=metres)
                places = [self.flat.transform(lon, lat) for _, lon, lat in (one, other)]
                segments.append((names[0], names[1], places, metres, level, {one[0], other[0]}))
        for shape in raw.water:
            for part in shape.geoms:
                for ring in (part.exterior, *part.interiors):
                    bars_at.append([self.flat.transform(lon, lat) for lon, lat in ring.coords])
        large = self.mainland(graph)
        self.graph = graph
        self.segments = [segment for segment in segments if segment[0] in large]
        self.lines = shapely.linestrings([segment[2] for segment in self.segments])
        self.tree = shapely.STRtree(self.lines)
        self.bars = shapely.STRtree([shapely.LineString(line) for line in bars_at])
        self.walked = {node for segment in segments for node in segment[5]}

    @staticmethod
    def mainland(graph):
        parts = [(graph.subgraph(part).size("weight"), part) for part in nx.connected_components(graph)]
        most = max(size for size, _ in parts)
        return set().union(*(part for size, part in parts if size >= min(MAINLAND, most)))

    def build_green(self, raw):
        def shaped(shape):
            found = shapely.transform(
                shape, lambda at: np.column_stack(self.flat.transform(at[:, 0], at[:, 1]))
            )
            return found if found.is_valid else shapely.make_valid(found).buffer(0)

        schools = [
            shaped(shape) for shape, tags in raw.areas if tags.get("amenity") in SCHOOLS and open_to(tags)
        ]
        self.areas = []
        for shape, tags in raw.areas:
            if not is_green(tags):
                continue
            area = shaped(shape)
            inner = tags.get("leisure") in {"playground", "garden"}
            if inner and any(school.contains(area.representative_point()) for school in schools):
                continue
            self.areas.append(area)
        gates = [
            shapely.Point(self.flat.transform(lon, lat))
            for id, (lon, lat, tags) in raw.points.items()
            if self.is_gate(id, tags)
        ]
        self.gates = [[gate for gate in gates if area.boundary.distance(gate) <= 2] for area in self.areas]
        self.into = [
            point
            for area, own in zip(self.areas, self.gates, strict=True)
            for point in own or self.crossings(area)
        ]
        self.shut = self.sites_without_a_way_in()

    def is_gate(self, id, tags):
        if (tags.get("foot") or tags.get("access") or "") in KEPT_OUT or tags.get("locked") == "yes":
            return False
        named = tags.get("entrance", "no") not in {"no", "exit", "emergency"}
        return named or (tags.get("barrier") in GATES and id in self.walked)

    def crossings(self, area):
        found = []
        for at in self.tree.query(area, predicate="intersects"):
            if not self.segments[at][4]:
                continue
            inner = self.lines[at].intersection(area)
            for piece in getattr(inner, "geoms", [inner]):
                if piece.length and piece.interpolate(0.5, normalized=True).distance(area.boundary) > 1e-3:
                    ends = [shapely.Point(piece.coords[0]), shapely.Point(piece.coords[-1])]
                    found += [end for end in ends if end.distance(area.boundary) <= 1e-3]
        return found

    def sites_without_a_way_in(self):
        near = nx.Graph()
        near.add_nodes_from(range(len(self.areas)))
        for a, one in enumerate(self.areas):
            near.add_edges_from((a, b) for b in range(a) if one.intersects(self.areas[b]))
        open_areas = [
            bool(own or self.crossings(area)) for area, own in zip(self.areas, self.gates, strict=True)
        ]
        groups = [group for group in nx.connected_components(near) if not any(open_areas[a] for a in group)]
        return [self.areas[a] for group in groups for a in group]

    def snapped(self, x, y, over=True):
        """Return the nearest street's two ends with the metres to each, and the place on it.

        Where every street near enough lies over a barrier, the nearest is taken all the same if `over`.
        """
        at = shapely.Point(x, y)
        rows = self.tree.query(at, predicate="dwithin", distance=FURTHEST)
        order = sorted(rows, key=lambda row: (self.lines[row].distance(at), row))
        for barred in (True, False) if over else (True,):
            for row in order:
                line = self.lines[row]
                along = line.project(at, normalized=True)
                foot = line.interpolate(along, normalized=True)
                leg = shapely.LineString([at, foot])
                if not barred or not self.is_barred(leg):
                    one, other, _, metres, _, _ = self.segments[row]
                    return row, one, other, along * metres, (1 - along) * metres, self.globe(at, foot)
        return None

    def is_barred(self, leg):
        return any(
            self.bars.geometries[bar].crosses(leg) for bar in self.bars.query(leg, predicate="crosses")
        )

    def globe(self, one, other):
        (ax, ay), (bx, by) = (self.flat.transform(p.x, p.y, direction="INVERSE") for p in (one, other))
        return GLOBE.inv(ax, ay, bx, by)[2]

    def reach_out(self):
        """Work out, once, how far every node of the map is from the nearest way in."""
        self.ends = [self.snapped(point.x, point.y, over=False) for point in self.into]
        web, self.on = self.graph.copy(), {}
        for end in self.ends:
            if end is None:
                continue
            row, one, other, there, back, gap = end
            self.on.setdefault(row, []).append((there, gap))
            web.add_edge("green", one, weight=there + gap)
            web.add_edge("green", other, weight=back + gap)
        self.far = nx.single_source_dijkstra_path_length(web, "green") if "green" in web else {}

    def metres(self, longitude, latitude):
        """Return the walk from a place to the nearest way in; None where there is none."""
        x, y = self.flat.transform(longitude, latitude)
        if any(area.covers(shapely.Point(x, y)) for area in self.areas):
            return 0.0
        row, one, other, there, back, gap = self.snapped(x, y)
        ways = [there + self.far.get(one, np.inf), back + self.far.get(other, np.inf)]
        ways += [abs(there - at) + step for at, step in self.on.get(row, [])]
        return gap + min(ways) if min(ways) < 10_000 else None

    def verdict(self, longitude, latitude, limit=300):
        """Return True, False or None, as the rules of the ground say."""
        metres = self.metres(longitude, latitude)
        if metres is not None and metres <= limit:
            return True
        at = shapely.Point(self.flat.transform(longitude, latitude))
        for area in self.shut:
            _, foot = shapely.ops.nearest_points(at, area)
            if self.globe(at, foot) <= limit:
                return None
        return False


SCHOOLS = {"school", "kindergarten", "college", "university"}


def open_to(tags):
    """Return whether no tag keeps people out of an area."""
    return (tags.get("foot") or tags.get("access") or "") not in KEPT_OUT
