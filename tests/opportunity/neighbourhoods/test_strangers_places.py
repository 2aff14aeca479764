"""What one door has within reach, on maps drawn by a stranger: minutes worked out by hand.

The street runs due north and has pavements; the door stands on it at 250. People walk 80 metres a minute, and
60 by wheelchair or pushchair.
"""

import json
import zipfile

import pytest

from fairground.errors import BadInput
from tests.opportunity.sheet import Sheet, asked, place

CALENDAR = (
    "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "w,1,1,1,1,1,0,0,20260105,20260109\n"
)


@pytest.fixture
def street():
    sheet = Sheet()
    sheet.ways[0][2]["sidewalk"] = "both"
    return sheet


def near(sheet, folder, need, *options):
    """Return minutes and state of a need, on foot and on wheels, as the command gives them."""
    path = sheet.write(folder / "drawn.osm.pbf")
    latitude, longitude = place(0, 250)
    at = f"--at={latitude!r},{longitude!r}"
    shown = asked("check", "--streets", path, at, "--json", *options, area="neighbourhoods")
    assert shown.exit_code == 0, shown.exception
    row = next(row for row in json.loads(shown.stdout)["value"]["rows"] if row["need"] == need)
    return row["on_foot"], row["on_foot_is"], row["on_wheels"], row["on_wheels_is"]


def minutes(metres, speed):
    return pytest.approx(metres / speed, abs=0.002)


def test_a_shop_beside_the_street_is_as_far_as_its_step_and_the_street(street, tmp_path):
    street.point(10, 400, shop="supermarket")
    assert near(street, tmp_path, "food") == (minutes(160, 80), "met", minutes(160, 60), "met")


@pytest.mark.parametrize(
    "tags",
    [{"shop": "supermarket", "access": "private"}, {"shop": "vacant", "disused:shop": "supermarket"}],
    ids=["private", "empty"],
)
def test_a_shop_that_is_closed_is_none(street, tmp_path, tags):
    street.point(10, 400, **tags)
    assert near(street, tmp_path, "food") == (None, "unmet", None, "unmet")


def test_the_limit_itself_counts_and_wheels_have_less_of_it(street, tmp_path):
    """At 1,050 on the street it is 800 metres: ten minutes on foot, and more than ten on wheels."""
    street.point(0, 1050, shop="supermarket")
    assert near(street, tmp_path, "food") == (minutes(800, 80), "met", minutes(800, 60), "unmet")


@pytest.mark.parametrize(
    ("path", "wheels"),
    [
        ({"highway": "footway", "surface": "asphalt"}, (minutes(250, 60), "met")),
        ({"highway": "footway"}, (None, "unknown")),
        ({"highway": "steps"}, (None, "unmet")),
        ({"highway": "steps", "ramp": "yes"}, (None, "unknown")),
        ({"highway": "steps", "ramp:wheelchair": "yes"}, (minutes(250, 60), "met")),
    ],
    ids=["firm", "nobody says", "steps", "a ramp for nobody says whom", "a ramp for wheelchairs"],
)
def test_a_door_at_the_end_of_a_path_is_reached_along_it_and_never_by_a_leap(street, tmp_path, path, wheels):
    """150 along the street and 100 along the path; the street itself is 100 metres from the door."""
    street.way((0, 400), (100, 400), **path)
    street.box(100, 300, 200, 500, through=[400], amenity="library")
    street.point(100, 400, entrance="yes")
    assert near(street, tmp_path, "library") == (minutes(250, 80), "met", *wheels)


@pytest.mark.parametrize("wide", [False, True], ids=["a point", "an area"])
def test_what_no_wheelchair_can_enter_is_not_within_its_reach(street, tmp_path, wide):
    tags = {"shop": "supermarket", "wheelchair": "no"}
    if wide:
        street.box(10, 390, 30, 410, through=[400], **tags)
        street.point(10, 400, entrance="main")
    else:
        street.point(10, 400, **tags)
    assert near(street, tmp_path, "food") == (minutes(160, 80), "met", None, "unmet")


def timetable(path, stops):
    """Write a timetable of one bus that calls at stops (latitude and longitude) in their order."""
    with zipfile.ZipFile(path, "w") as held:
        rows = [f"{id},{id},{latitude!r},{longitude!r}" for id, (latitude, longitude) in stops.items()]
        calls = [f"t,{id},{order}" for order, id in enumerate(stops)]
        held.writestr("stops.txt", "\n".join(["stop_id,stop_name,stop_lat,stop_lon", *rows]))
        held.writestr("trips.txt", "route_id,service_id,trip_id\n1,w,t\n")
        held.writestr("calendar.txt", CALENDAR)
        held.writestr("stop_times.txt", "\n".join(["trip_id,stop_id,stop_sequence", *calls]))
    return path


def test_a_stop_counts_where_the_timetable_says_that_somebody_can_board(street, tmp_path):
    """The bus leaves a, 80 metres up the street and 5 beside it; at b, which is nearer, it ends."""
    bus = timetable(tmp_path / "bus.zip", {"a": place(5, 330), "b": place(5, 260)})
    found = near(street, tmp_path, "stop", "--timetable", bus)
    assert found == (minutes(85, 80), "met", minutes(85, 60), "met")


def test_a_timetable_of_another_country_is_refused_and_not_taken_for_no_bus(street, tmp_path):
    """Cairns lies far from the street; by its timetable no home anywhere else would have a bus."""
    path = street.write(tmp_path / "drawn.osm.pbf")
    bus = timetable(tmp_path / "cairns.zip", {"a": (-16.9, 145.7), "b": (-16.8, 145.7)})
    latitude, longitude = place(0, 250)
    at = f"--at={latitude!r},{longitude!r}"
    shown = asked("check", "--streets", path, at, "--timetable", bus, area="neighbourhoods")
    assert isinstance(shown.exception, BadInput)
    assert "cairns.zip, field 'timetable': This timetable is of another place" in str(shown.exception)
    assert "-16.90" in str(shown.exception)
    assert f"{latitude:.1f}" in str(shown.exception)


def test_a_timetable_of_the_next_village_is_read_though_no_stop_is_on_the_map(street, tmp_path):
    latitude, longitude = place(0, 250)
    bus = timetable(
        tmp_path / "bus.zip", {"a": (latitude + 0.05, longitude), "b": (latitude + 0.06, longitude)}
    )
    assert near(street, tmp_path, "stop", "--timetable", bus) == (None, "unmet", None, "unmet")
