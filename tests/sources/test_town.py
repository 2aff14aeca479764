"""The made-up town: real files, the same bytes for the same seed, and every fault that it says it has."""

import csv
import io
import itertools
import json
import zipfile
from collections import Counter

import networkx
import osmium
import pytest
from pyproj import Geod
from shapely.geometry import Point, shape

from fairground.errors import BadInput
from fairground.sources import postcodes, town
from fairground.sources.streets import read_osm

GLOBE = Geod(ellps="WGS84")
BARRED = {"construction", "corridor", "trunk"}


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def shapes(path):
    return json.loads(path.read_text("utf-8"))["features"]


@pytest.fixture(scope="module")
def objects(doggerby):
    """Every object of the map, read by osmium alone: kind, number, tags, place or points."""
    found = []
    for thing in osmium.FileProcessor(doggerby / "town.osm.pbf"):
        where = None
        if thing.is_node():
            where = (thing.location.lon, thing.location.lat)
        elif thing.is_way():
            where = [node.ref for node in thing.nodes]
        found.append((thing.type_str(), thing.id, dict(thing.tags), where))
    return found


@pytest.fixture(scope="module")
def streets(objects):
    """The ways that people may walk, as a plain graph with lengths; an edge knows its kind of way."""
    at = {number: where for kind, number, _, where in objects if kind == "n"}
    graph = networkx.Graph()
    for kind, _, tags, refs in objects:
        if kind == "w" and "highway" in tags and tags["highway"] not in BARRED and tags.get("access") != "no":
            for a, b in itertools.pairwise(refs):
                length = GLOBE.inv(*at[a], *at[b])[2]
                graph.add_edge(a, b, length=length, kind=tags["highway"], name=tags["name"])
    return graph


def on(graph, name):
    return next(a for a, _, found in graph.edges(data="name") if found == name)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(doggerby, tmp_path):
    town.write(tmp_path / "again", seed=1)
    town.write(tmp_path / "other", seed=2)
    for name in town.FILES:
        assert (tmp_path / "again" / name).read_bytes() == (doggerby / name).read_bytes(), name
    assert (tmp_path / "other" / "town.osm.pbf").read_bytes() != (doggerby / "town.osm.pbf").read_bytes()


def test_every_file_that_is_promised_is_written_and_nothing_else(doggerby):
    assert {path.name for path in doggerby.iterdir()} == set(town.FILES)


@pytest.mark.parametrize("name", sorted(town.FILES))
def test_each_file_says_that_it_is_fictional(doggerby, name):
    if name.endswith(".zip"):
        with zipfile.ZipFile(doggerby / name) as feed:
            text = feed.read("feed_info.txt").decode("utf-8")
    elif name.endswith(".pbf"):
        header = osmium.io.Reader(doggerby / name).header()
        text = header.get("generator")
    elif name == "postcodes.csv":
        text = "fictional" if all(row["Postcode"].startswith("ZZ") for row in table(doggerby / name)) else ""
    else:
        text = (doggerby / name).read_text("utf-8")
    assert "fictional" in text.lower()


def test_the_map_lies_in_the_north_sea_at_the_latitude_of_redcar(objects):
    lon, lat = zip(*(where for kind, _, _, where in objects if kind == "n"), strict=True)
    assert 1.9 < min(lon) < max(lon) < 2.1
    assert 54.6 < min(lat) < max(lat) < 54.64


def test_each_way_names_points_that_are_there_and_each_relation_ways_that_are_there(objects, doggerby):
    nodes = {number for kind, number, _, _ in objects if kind == "n"}
    ways = {number for kind, number, _, _ in objects if kind == "w"}
    assert {ref for kind, _, _, refs in objects if kind == "w" for ref in refs} <= nodes
    for thing in osmium.FileProcessor(doggerby / "town.osm.pbf", osmium.osm.RELATION):
        assert {member.ref for member in thing.members} <= ways


def test_every_home_is_in_the_table_the_shapes_and_the_buildings(objects, doggerby):
    homes = table(doggerby / "homes.csv")
    houses = [tags for _, _, tags, _ in objects if tags.get("building") in {"house", "apartments"}]
    assert sum(int(tags.get("building:flats", 1)) for tags in houses) == len(homes)
    assert len(shapes(doggerby / "homes.geojson")) == len(homes) == len({home["UPRN"] for home in homes})
    assert Counter(h["AREA"] for h in homes) == {
        row["area"]: int(row["homes"]) for row in table(doggerby / "areas.csv")
    }


def test_each_home_lies_in_the_outline_of_its_small_area(doggerby):
    outlines = {f["properties"]["area"]: shape(f["geometry"]) for f in shapes(doggerby / "areas.geojson")}
    for home in table(doggerby / "homes.csv"):
        at = Point(float(home["LONGITUDE"]), float(home["LATITUDE"]))
        assert outlines[home["AREA"]].distance(at) < 1e-5, home["UPRN"]


def test_national_grid_and_degrees_of_a_home_are_the_same_place(doggerby):
    """Two places 1 km apart on the globe are 1 km apart on the grid, less its scale there."""
    first, last = table(doggerby / "homes.csv")[0], table(doggerby / "homes.csv")[-1]
    metres = GLOBE.inv(*(float(row[c]) for row in (first, last) for c in ("LONGITUDE", "LATITUDE")))[2]
    east, north = (int(first[c]) - int(last[c]) for c in ("X_COORDINATE", "Y_COORDINATE"))
    assert (east**2 + north**2) ** 0.5 == pytest.approx(metres, rel=2e-3)


def test_the_postcodes_read_as_code_point_open(doggerby):
    read = postcodes.read(doggerby / "postcodes.csv")
    assert read.quality.kept == len(table(doggerby / "postcodes.csv"))


def test_the_parks_of_the_map_are_the_parks_of_the_table(objects, doggerby):
    rows = {f["properties"]["name"]: f for f in shapes(doggerby / "parks.geojson")}
    drawn = {tags["name"] for kind, _, tags, _ in objects if kind == "w" and tags.get("name") in rows}
    assert drawn == set(rows)
    for feature in rows.values():
        area = abs(GLOBE.geometry_area_perimeter(shape(feature["geometry"]))[0]) / 10_000
        assert feature["properties"]["hectares"] == pytest.approx(area, abs=0.02)
    assert Counter(f["properties"]["way_in"] for f in rows.values()) == {
        "known": 5,
        "inferred": 2,
        "unknown": 1,
        "none": 4,
    }


def test_a_known_gate_is_a_point_of_its_park_and_of_a_way_and_the_walled_garden_has_none(objects):
    rings = {tags.get("name"): set(refs) for kind, _, tags, refs in objects if kind == "w"}
    paths = {ref for kind, _, tags, refs in objects if kind == "w" and "highway" in tags for ref in refs}
    gates = {number for kind, number, tags, _ in objects if kind == "n" and "entrance" in tags}
    assert len(gates & paths) == len(gates) == 9
    for name in ("Town Green", "Far Common", "Hill Wood", "Outer Common"):
        assert rings[name] & gates, name
    for name in ("Walled Garden", "Riverside Meadows"):
        assert not rings[name] & paths, name


def test_near_across_the_river_is_far_on_foot(objects, streets):
    at = {number: where for kind, number, _, where in objects if kind == "n"}
    south = next(a for a, _, name in streets.edges(data="name") if name == "Meadow Path")
    north = min(
        (a for a, _, name in streets.edges(data="name") if name == "Riverside"),
        key=lambda node: GLOBE.inv(*at[node], *at[south])[2],
    )
    assert GLOBE.inv(*at[north], *at[south])[2] < 250
    assert networkx.shortest_path_length(streets, north, south, "length") > 600


def test_by_wheels_the_quarter_of_links_is_cut_off(streets):
    links, centre = on(streets, "Heron Road"), on(streets, "Station Road")
    assert networkx.has_path(streets, links, centre)
    level = networkx.Graph((a, b) for a, b, kind in streets.edges(data="kind") if kind != "steps")
    assert not networkx.has_path(level, links, centre)


def test_the_eyot_is_an_island_and_all_else_hangs_together(streets):
    parts = sorted(networkx.connected_components(streets), key=len)
    assert len(parts) == 2
    assert on(streets, "Eyot Walk") in parts[0]


def test_a_street_under_a_bridge_does_not_join_it(objects):
    bypass = {ref for _, _, tags, refs in objects if tags.get("name") == "Town Bypass" for ref in refs}
    rails = {ref for _, _, tags, refs in objects if tags.get("railway") == "rail" for ref in refs}
    assert not bypass & rails
    crossing = next(number for _, number, tags, _ in objects if tags.get("railway") == "level_crossing")
    road = {ref for _, _, tags, refs in objects if tags.get("name") == "Station Road" for ref in refs}
    assert crossing in rails & road


def test_the_timetable_has_blank_times_buses_after_midnight_and_a_stop_without_any(doggerby):
    with zipfile.ZipFile(doggerby / "buses.zip") as feed:
        tables = {
            name.removesuffix(".txt"): list(csv.DictReader(io.StringIO(feed.read(name).decode("utf-8"))))
            for name in feed.namelist()
        }
    calls = tables["stop_times"]
    assert {call["trip_id"] for call in calls} == {trip["trip_id"] for trip in tables["trips"]}
    assert {call["stop_id"] for call in calls} == {s["stop_id"] for s in tables["stops"]} - {"quiet"}
    assert Counter(trip["route_id"] for trip in tables["trips"]) == {"1": 2 * 53, "2": 2 * 36, "3": 2 * 2}
    assert all((call["arrival_time"] == "") == (call["timepoint"] == "0") for call in calls)
    assert sum(call["timepoint"] == "0" for call in calls) > len(calls) / 3
    assert max(call["arrival_time"] for call in calls) > "24:30:00"


def test_the_application_has_sixty_homes_inside_its_site(doggerby):
    (site,) = shapes(doggerby / "application_site.geojson")
    homes = shapes(doggerby / "application.geojson")
    assert len(homes) == 60
    assert all(shape(site["geometry"]).contains(shape(home["geometry"])) for home in homes)


def test_about_explains_each_fault_by_the_name_that_the_map_has(objects, doggerby):
    names = {tags["name"] for _, _, tags, _ in objects if "name" in tags}
    told = (doggerby / "ABOUT.txt").read_text("utf-8")
    for name in ("Swan Footbridge", "South Subway", "Northgate Footbridge", "Walled Garden", "Far Common"):
        assert name in names
        assert name in told


def test_a_folder_that_cannot_be_written_is_said_plainly_and_nothing_is_left(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(BadInput, match="cannot be written"):
        town.write(tmp_path / "file")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_made_up_map_is_credited_to_its_maker_and_not_to_openstreetmap(doggerby):
    source = read_osm(doggerby / "town.osm.pbf", areas=False).source
    assert "fictional" in source.publisher
    assert "openstreetmap" not in f"{source.id} {source.title} {source.publisher} {source.url}".casefold()
