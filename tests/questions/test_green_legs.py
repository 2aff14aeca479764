"""The way to a green space, street by street: what it says of steps and wheels is what the map file says."""

from functools import cache

import numpy as np
import osmium
import pytest
import shapely
from pyproj import Geod

from fairground.questions.opportunity.greenspace import check
from fairground.report import as_csv, as_text

GLOBE = Geod(ellps="WGS84")
NEAR = 1e-7  # degrees: a centimetre
BY_STEPS, BY_PATH = (54.6180, 2.0010), (54.618657, 2.007718)


@pytest.fixture
def streets(doggerby):
    return doggerby / "town.osm.pbf"


@cache
def on_the_map(path):
    """Return the stairs of a map file that have no wheelchair ramp, and its points that stop every wheel."""
    stairs, stops = [], []
    for thing in osmium.FileProcessor(str(path)).with_locations():
        tags = dict(thing.tags)
        if (
            thing.is_way()
            and tags.get("highway") == "steps"
            and tags.get("ramp:wheelchair") not in {"yes", "separate"}
        ):
            stairs.append(shapely.LineString([(node.lon, node.lat) for node in thing.nodes]))
        if thing.is_node() and (
            tags.get("barrier") in {"stile", "turnstile"} or tags.get("kerb") == "raised"
        ):
            stops.append((thing.lon, thing.lat))
    return shapely.union_all(stairs), np.array(stops).reshape(-1, 2)


def metres_along(line, shape):
    shared = shapely.LineString(line).intersection(shape.buffer(NEAR))
    return GLOBE.geometry_length(shared)


def length(line):
    return GLOBE.geometry_length(shapely.LineString(line))


def held_against_the_file(path, at):
    value = check(path, at=at).value
    stairs, stops = on_the_map(path)
    if value["route"]:
        assert sum(leg.metres for leg in value["legs"] if leg.way_kind == "way-steps") == pytest.approx(
            value["steps_metres"]
        )
        assert metres_along(value["route"], stairs) == pytest.approx(value["steps_metres"], abs=0.1)
        assert value["wheel_no_metres"] >= value["steps_metres"] - 1e-9
        assert sum(leg.metres for leg in value["legs"]) <= value["metres"] + 0.01
    if len(value["wheel_route"]) > 1:
        line = shapely.LineString(value["wheel_route"][1:-1])
        assert metres_along(value["wheel_route"][1:-1], stairs) < 0.1
        assert not len(stops) or shapely.distance(shapely.points(stops), line).min() > NEAR
        said = {leg.for_wheels for leg in value["wheel_legs"]}
        assert said <= ({"wheels-yes"} if value["wheel_route_sure"] else {"wheels-yes", "wheels-unknown"})
        far = value["wheel_metres"] if value["wheel_route_sure"] else value["wheel_metres_if_passable"]
        assert length(value["wheel_route"]) == pytest.approx(far, abs=0.05)
    return value


def test_a_way_is_told_street_by_street_and_adds_up_to_the_walk(streets):
    value = held_against_the_file(streets, BY_PATH)
    assert [leg.street for leg in value["legs"]] == ["Far Street", "Common Road", "Common Path"]
    assert [leg.for_wheels for leg in value["legs"]] == ["wheels-yes", "wheels-yes", "wheels-no"]
    assert (value["space"], value["wheel_space"], value["wheel_route_sure"]) == (
        "Far Common",
        "Outer Common",
        True,
    )


@pytest.mark.slow
def test_steps_and_what_stops_wheels_are_those_of_the_map_file_at_homes_all_over_the_town(streets, doggerby):
    homes = np.genfromtxt(doggerby / "homes.csv", delimiter=",", names=True, usecols=(3, 4), dtype=float)
    told = [held_against_the_file(streets, (float(home[0]), float(home[1]))) for home in homes[::120]]
    assert sum(value["steps"] > 0 for value in told) >= 2
    assert sum(value["wheel_route_sure"] for value in told) >= 5


@pytest.mark.shared
@pytest.mark.slow
def test_steps_and_what_stops_wheels_are_those_of_the_map_file_in_newport(shared):
    chance = np.random.default_rng(3)
    spots = zip(chance.uniform(51.575, 51.600, 9), chance.uniform(-3.01, -2.98, 9), strict=True)
    told = [
        held_against_the_file(shared / "data/streets/newport.osm.pbf", (float(a), float(b))) for a, b in spots
    ]
    assert sum(value["steps"] > 0 for value in told) >= 1
    assert any(not value["wheel_route_sure"] and value["wheel_route"] for value in told)


def test_the_words_say_whether_there_are_steps(streets):
    said = as_text(check(streets, at=BY_PATH))
    assert "No steps are mapped on the way on foot." in said
    assert "(Outer Common) is 883 metres away" in said


def test_both_ways_go_out_as_tables_of_their_own(streets):
    answer = check(streets, at=BY_PATH)
    assert as_csv(answer, "legs").splitlines()[0] == "street,way_kind,metres,for_wheels"
    rows = as_csv(answer, "wheel_legs").splitlines()[1:4]
    assert [row.split(",")[0] for row in rows] == ["Far Street", "Station Road", "Outer Path"]


def test_inside_a_space_there_is_no_way_to_tell_of(streets):
    value = check(streets, at=(54.62432, 2.01035)).value
    assert value["inside"]
    assert (value["route"], value["legs"], value["wheel_legs"]) == ([], (), ())
