"""Maps and lists as strangers have them: cut at a border, on two levels, in other programs' shapes.

The street runs 1,200 metres due north; a path leaves it at 400 and runs 100 metres east to a gate of the
park. So a door on the street at 250 has 150 + 100 = 250 metres to walk, and one 10 metres west of it 260.
"""

import json

import pytest

from fairground.errors import DataProblem
from tests.opportunity.sheet import Sheet, asked, checked, place

DOOR = (0, 250)


def near(metres):
    return pytest.approx(metres, abs=0.05)


def gated(*, path=None, gate=None):
    """Return a sheet with street, path, gate and park; the path has a point half way along."""
    sheet = Sheet()
    sheet.way((0, 400), (50, 400), (100, 400), **(path or {"highway": "footway", "surface": "asphalt"}))
    sheet.box(100, 300, 200, 500, through=[400], leisure="park", name="Drawn Park")
    sheet.point(100, 400, **(gate or {"barrier": "gate"}))
    return sheet


@pytest.fixture
def file(tmp_path):
    return tmp_path / "drawn.osm.pbf"


def test_a_way_with_a_missing_point_is_no_short_cut(file):
    """Its points inside lie 180 metres apart in a straight line; nobody knows how it goes between them."""
    sheet = gated()
    sheet.ways.append((9, [sheet.point(*DOOR), 987_654, sheet.point(100, 400)], {"highway": "footway"}))
    assert checked(sheet, file, *DOOR)["metres"] == near(250)


def test_a_bridge_over_a_street_is_not_joined_to_it(file):
    """The bridge passes over the street at 401, goes 100 west, 499 north and comes down 100 east, at 900."""
    sheet = Sheet(street=False)
    sheet.way((0, 0), (0, 250), (0, 900), (0, 1200), highway="residential")
    sheet.way((-100, 401), (100, 401), highway="footway", bridge="yes", layer="1")
    sheet.way((-100, 401), (-100, 900), (0, 900), highway="footway")
    sheet.box(100, 300, 200, 500, through=[401], leisure="park")
    sheet.point(100, 401, barrier="gate")
    assert checked(sheet, file, *DOOR)["metres"] == near(650 + 100 + 499 + 200)


@pytest.mark.parametrize(
    ("drawn", "metres"),
    [
        ({"path": {"highway": "steps", "conveying": "forward"}}, 250),
        ({"path": {"highway": "steps", "conveying": "backward"}}, None),
        ({"path": {"highway": "footway", "access": "private"}}, None),
        ({"gate": {"barrier": "gate", "access": "residents"}}, None),
        ({"gate": {"barrier": "gate", "access": "residents", "foot": "yes"}}, 250),
    ],
    ids=["up an escalator", "down one", "private way, open gate", "gate for residents", "open to walkers"],
)
def test_who_may_not_go_there_does_not_get_there(file, drawn, metres):
    found = checked(gated(**drawn), file, *DOOR)["metres"]
    assert found == (metres and near(metres))


def test_a_park_over_the_water_with_a_ferry_only_is_not_walked_to(file):
    sheet = gated(path={"route": "ferry", "foot": "yes"})
    sheet.way((60, -500), (60, 2000), waterway="river")
    assert checked(sheet, file, *DOOR)["pass"] is not True


def test_a_wall_on_the_way_is_told_and_not_passed_in_silence(file):
    sheet = gated()
    sheet.point(50, 400, barrier="wall")
    assert checked(sheet, file, *DOOR)["walk_unknown_metres"] == near(100)
    latitude, longitude = place(*DOOR)
    told = asked("check", "--streets", file, f"--at={latitude!r},{longitude!r}").stdout
    assert "Of 100 metres of the way on foot the map does not say whether people can walk there" in told
    assert checked(gated(), file, *DOOR)["walk_unknown_metres"] == 0


def test_a_ramp_for_whom_nobody_said_is_neither_a_way_for_wheels_nor_none(file):
    sheet = gated(path={"highway": "steps", "ramp": "yes"})
    sheet.ways[0][2]["sidewalk"] = "both"
    found = checked(sheet, file, *DOOR)
    assert (found["wheel_metres"], found["wheel_metres_if_passable"]) == (None, near(250))
    assert (found["wheel_pass"], found["steps"]) == (None, 1)


def test_the_island_of_a_lake_in_a_park_is_not_in_the_park(file):
    """Three of the four hectares are park; from the middle of the hole its shore is 50 metres away."""
    sheet = Sheet()
    sheet.way((0, 400), (100, 400), highway="footway")
    outer = sheet.box(100, 300, 300, 500, through=[400])
    inner = sheet.box(150, 350, 250, 450, natural="water")
    sheet.point(100, 400, barrier="gate")
    sheet.joined(("w", outer, "outer"), ("w", inner, "inner"), leisure="park")
    found = checked(sheet, file, 200, 400)
    assert (found["inside"], found["space_hectares"]) == (False, pytest.approx(3, abs=0.01))
    assert found["edge_metres"] == near(50)
    assert checked(sheet, file, 120, 320)["inside"]


def coverage(folder, name, content):
    """Return what the command counts of a list of homes beside the park."""
    streets = gated().write(folder / "drawn.osm.pbf")
    path = folder / name
    path.write_text(content, "utf-8")
    shown = asked("coverage", "--streets", streets, "--homes", path, "--json")
    if shown.exception and not isinstance(shown.exception, SystemExit):
        raise shown.exception
    return json.loads(shown.stdout)["value"]


def features(*shapes):
    held = [{"type": "Feature", "properties": {}, "geometry": shape} for shape in shapes]
    return json.dumps({"type": "FeatureCollection", "features": held})


def spot(east, north):
    latitude, longitude = place(east, north)
    return [longitude, latitude]


POINT = {"type": "Point", "coordinates": spot(*DOOR)}
POINTS = {"type": "MultiPoint", "coordinates": [spot(*DOOR), spot(-10, 250)]}
LINE = {"type": "LineString", "coordinates": [spot(*DOOR), spot(-10, 250)]}
RING = [spot(-10, 240), spot(0, 240), spot(0, 250), spot(-10, 250), spot(-10, 240)]
HOUSE = {"type": "MultiPolygon", "coordinates": [[RING]]}


@pytest.mark.parametrize(
    ("content", "homes", "left"),
    [
        (features(POINT), 1, 0),
        (features(POINTS), 2, 0),
        (features(HOUSE), 1, 0),
        (features({"type": "GeometryCollection", "geometries": [POINT, HOUSE]}), 2, 0),
        (features(POINT, LINE, None), 1, 2),
        (json.dumps(POINTS), 2, 0),
        (json.dumps({"type": "GeometryCollection", "geometries": [POINT, LINE]}), 1, 1),
    ],
    ids=["point", "points", "house", "collection", "line and nothing", "bare points", "bare collection"],
)
def test_every_kind_of_shape_is_as_many_homes_as_it_shows(tmp_path, content, homes, left):
    found = coverage(tmp_path, "homes.geojson", content)
    assert (found["homes"], found["left_out"], found["passing"]) == (homes, left, homes)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("homes.csv", "lat,lon\n-2.9,51.502\n", "swapping latitude and longitude"),
        ("homes.geojson", features({"type": "Point", "coordinates": [51.502, -2.9]}), "swapping latitude"),
        ("homes.csv", "lat,lon\n53.4,-2.2\n", "a map of the place where the homes are"),
        ("homes.geojson", features(LINE), "A feature is a line, which is no home"),
        ("homes.geojson", features({"type": "Polygon", "coordinates": [RING[:-1]]}), "rings close"),
    ],
    ids=["swapped table", "swapped shapes", "another place", "lines only", "open ring"],
)
def test_a_list_of_which_nothing_can_be_used_says_why(tmp_path, name, content, said):
    with pytest.raises(DataProblem, match=said):
        coverage(tmp_path, name, content)


@pytest.mark.parametrize(
    "table",
    [
        "UPRN,POSTCODE,LATITUDE,LONGITUDE\n7,ZZ1 1AA,{lat},{lon}\n",
        "pcd;lat;long\nZZ1 1AA;{lat};{lon}\n",
        '"ZZ1 1AA",10,337627,178530,"E92000001","","","","W06000022","W05001285"\n',
    ],
    ids=["addresses", "semicolons", "one table of Code-Point Open"],
)
def test_a_postcode_is_found_in_the_files_that_people_have(file, table):
    sheet = gated().write(file)
    latitude, longitude = place(*DOOR)
    path = file.with_name("postcodes.csv")
    path.write_text(table.format(lat=latitude, lon=longitude), "utf-8")
    shown = asked("check", "--streets", sheet, "--postcode", "zz11aa", "--postcodes", path, "--json")
    assert shown.exit_code == 0, shown.exception
    assert json.loads(shown.stdout)["value"]["metres"] == pytest.approx(250, abs=1)


def test_a_boundary_in_a_collection_is_judged_by_its_worst_corner(file, tmp_path):
    """The worst corner is 10 metres west of the street at 240: 10 + 160 + 100."""
    sheet = gated().write(file)
    path = tmp_path / "site.geojson"
    path.write_text(json.dumps({"type": "GeometryCollection", "geometries": [HOUSE, POINT]}), "utf-8")
    shown = asked("check", "--streets", sheet, "--boundary", path, "--json")
    assert json.loads(shown.stdout)["value"]["metres"] == near(270)
