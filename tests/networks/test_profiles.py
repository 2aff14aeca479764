"""Who may pass where: each rule of the ladder on a way of its own."""

import numpy as np
import pytest

from fairground.errors import BadInput, NotFound
from fairground.networks import TagColumn, profile, profiles
from fairground.networks.profiles import NO, UNKNOWN, YES, Rule, directions, judged, judged_points
from fairground.networks.slopes import percent, slopes
from tests.networks.reference import ways_of

A, B = (1, 0.0, 0.0), (2, 10.0, 0.0)


def verdict(mode, **tags):
    plain = {key.replace("__", ":"): text for key, text in tags.items()}
    return judged(ways_of([(plain, [A, B])]), profile(mode)).verdict[0]


@pytest.mark.parametrize(
    ("tags", "walk", "wheel", "cycle"),
    [
        ({"highway": "residential"}, YES, YES, YES),
        ({"highway": "residential", "surface": "gravel"}, YES, NO, YES),
        ({"highway": "tertiary"}, YES, UNKNOWN, YES),
        ({"highway": "tertiary", "sidewalk": "both"}, YES, YES, YES),
        ({"highway": "footway"}, YES, UNKNOWN, NO),
        ({"highway": "footway", "surface": "asphalt"}, YES, YES, NO),
        ({"highway": "footway", "surface": "asphalt", "bicycle": "yes"}, YES, YES, YES),
        ({"highway": "footway", "surface": "asphalt", "slope": "steep"}, YES, NO, NO),
        ({"highway": "footway", "surface": "asphalt", "wheelchair": "no"}, YES, NO, NO),
        ({"highway": "steps"}, YES, NO, NO),
        ({"highway": "steps", "ramp:wheelchair": "yes"}, YES, YES, NO),
        ({"highway": "steps", "ramp": "yes"}, YES, UNKNOWN, NO),
        ({"highway": "steps", "ramp": "yes", "ramp:wheelchair": "no"}, YES, NO, NO),
        ({"highway": "steps", "ramp": "yes", "ramp:bicycle": "yes"}, YES, NO, NO),
        ({"highway": "steps", "ramp:stroller": "yes"}, YES, UNKNOWN, NO),
        ({"highway": "steps", "wheelchair": "yes"}, YES, UNKNOWN, NO),
        ({"highway": "motorway"}, NO, NO, NO),
        ({"highway": "trunk"}, YES, UNKNOWN, YES),
        ({"highway": "trunk", "sidewalk": "no"}, UNKNOWN, UNKNOWN, YES),
        ({"highway": "trunk", "foot": "no"}, NO, NO, YES),
        ({"highway": "primary", "motorroad": "yes"}, NO, NO, NO),
        ({"highway": "service", "access": "private"}, NO, NO, NO),
        ({"highway": "track", "access": "private", "foot": "yes"}, YES, UNKNOWN, NO),
        ({"highway": "construction"}, NO, NO, NO),
        ({"highway": "corridor"}, UNKNOWN, UNKNOWN, NO),
        ({"highway": "elevator"}, UNKNOWN, UNKNOWN, NO),
        ({"route": "ferry", "foot": "yes"}, NO, NO, NO),
        ({"highway": "path"}, YES, UNKNOWN, UNKNOWN),
        ({"railway": "rail"}, NO, NO, NO),
    ],
    ids=lambda value: (
        " ".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
    ),
)
def test_the_first_rule_that_fits_speaks(tags, walk, wheel, cycle):
    ways = ways_of([(tags, [A, B])])
    assert [judged(ways, profile(mode)).verdict[0] for mode in ("walk", "wheel", "cycle")] == [
        walk,
        wheel,
        cycle,
    ]


@pytest.mark.parametrize(
    ("tags", "walk", "wheel", "cycle"),
    [
        ({"barrier": "gate"}, YES, YES, YES),
        ({"barrier": "gate", "access": "private"}, NO, NO, NO),
        ({"barrier": "gate", "access": "private", "foot": "yes"}, YES, YES, NO),
        ({"barrier": "gate", "access": "residents"}, NO, NO, NO),
        ({"barrier": "gate", "access": "permissive"}, YES, YES, YES),
        ({"barrier": "gate", "locked": "yes"}, NO, NO, NO),
        ({"barrier": "stile"}, YES, NO, NO),
        ({"barrier": "kissing_gate"}, YES, UNKNOWN, NO),
        ({"barrier": "cycle_barrier"}, YES, UNKNOWN, UNKNOWN),
        ({"barrier": "bollard"}, YES, YES, YES),
        ({"kerb": "raised"}, YES, NO, YES),
        ({"kerb": "lowered"}, YES, YES, YES),
        ({"barrier": "kerb"}, YES, UNKNOWN, YES),
        ({"railway": "level_crossing"}, YES, YES, YES),
    ],
    ids=lambda value: (
        " ".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
    ),
)
def test_gates_stiles_and_kerbs_stop_some_and_not_others(tags, walk, wheel, cycle):
    ways = ways_of([({"highway": "footway"}, [A, B])], points={1: tags})
    found = [judged_points(ways, profile(mode)).verdict[0] for mode in ("walk", "wheel", "cycle")]
    assert found == [walk, wheel, cycle]


@pytest.mark.parametrize(
    ("tags", "there", "back"),
    [
        ({"oneway": "yes"}, True, False),
        ({"oneway": "-1"}, False, True),
        ({"oneway": "yes", "oneway:bicycle": "no"}, True, True),
        ({"oneway": "yes", "cycleway": "opposite_lane"}, True, True),
        ({"junction": "roundabout"}, True, False),
        ({"oneway": "yes", "cycleway:left": "lane", "cycleway:left:oneway": "-1"}, True, True),
        ({"oneway": "yes", "cycleway:right": "track", "cycleway:right:oneway": "no"}, True, True),
        ({"oneway": "yes", "cycleway:left": "lane", "cycleway:left:oneway": "yes"}, True, False),
        ({}, True, True),
    ],
)
def test_cyclists_follow_one_way_streets_except_with_contraflow(tags, there, back):
    ways = ways_of([({"highway": "residential", **tags}, [A, B])])
    assert [flags[0] for flags in directions(ways, profile("cycle"))] == [there, back]
    assert [flags[0] for flags in directions(ways, profile("walk"))] == [True, True]


@pytest.mark.parametrize(
    ("tags", "there", "back"),
    [
        ({"highway": "footway", "oneway": "yes"}, True, True),
        ({"highway": "footway", "oneway:foot": "yes"}, True, False),
        ({"highway": "footway", "oneway:foot": "-1"}, False, True),
        ({"highway": "steps", "conveying": "forward"}, True, False),
        ({"highway": "steps", "conveying": "backward"}, False, True),
        ({"highway": "steps", "conveying": "reversible"}, True, True),
    ],
)
@pytest.mark.parametrize("mode", ["walk", "wheel"])
def test_walkers_follow_what_is_one_way_for_them_and_no_other_one_way_street(mode, tags, there, back):
    forward, backward = directions(ways_of([(tags, [A, B])]), profile(mode))
    assert (forward[0], backward[0]) == (there, back)


def test_more_traffic_is_more_stress_and_pushing_a_bicycle_is_walking():
    kinds = [{"highway": kind} for kind in ("residential", "tertiary", "secondary", "trunk")]
    ways = ways_of([(tags, [A, B]) for tags in kinds])
    assert np.all(np.diff(judged(ways, profile("cycle")).stress) > 0)
    pushed = judged(ways_of([({"highway": "footway", "bicycle": "dismount"}, [A, B])]), profile("cycle"))
    assert pushed.stress[0] == profile("cycle").metres_per_minute / profile("walk").metres_per_minute


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("10%", 10.0),
        ("-8.3 %", 8.3),
        ("1:12", 100 / 12),
        ("45°", 100.0),
        ("6", 6.0),
        ("up", None),
        ("1:0", None),
        ("", None),
    ],
)
def test_slopes_are_read_as_maps_write_them(text, slope):
    assert percent(text) == (None if slope is None else pytest.approx(slope))


def test_one_in_twelve_is_gentle_and_more_is_steep():
    found = slopes(TagColumn.of(["1:12", "9%", "up", ""]))
    assert [found[k] for k in range(4)] == ["gentle", "steep", "", ""]


def test_every_rule_names_its_reference_and_no_two_of_a_ladder_share_a_name():
    for one in profiles().values():
        for ladder in (one.ways, one.points, one.one_way):
            assert all(len(rule.reference) > 5 for rule in ladder)
            assert len({rule.id for rule in ladder}) == len(ladder)


def test_a_rule_without_a_reference_or_with_an_odd_verdict_is_refused():
    with pytest.raises(BadInput, match="reference"):
        Rule("a", {"highway": ("path",)}, "yes", " ")
    with pytest.raises(BadInput, match="maybe"):
        Rule("a", {"highway": ("path",)}, "maybe", "OSM")


def test_an_unknown_way_of_travelling_is_named():
    with pytest.raises(NotFound, match="swim"):
        profile("swim")
