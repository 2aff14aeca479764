"""One home under every way to measure, and the three verdicts."""

from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import BadInput, NotFound
from fairground.opportunity.greenspace import MEASURES, distances, judge, rule, rules, size_class
from tests.opportunity.greenspace.lands import areas, land, lines, manhattan, points, straight

TODAY = date(2026, 1, 1)
PARK = shapely.box(0, 0, 100, 100)
AT = st.integers(-500, 600)
HOMES = st.lists(st.tuples(AT, AT), min_size=1, max_size=12)
GATES = st.lists(st.integers(0, 399), min_size=1, max_size=5)


def on_edge(metres):
    """Return the point of the park's edge so many metres from its corner."""
    at = PARK.exterior.interpolate(metres)
    return at.x, at.y


def asked(where, homes, hectares=0.0):
    x, y = (np.array(part, float) for part in zip(*homes, strict=True))
    return distances(*where, x, y, walk=manhattan, line=straight, hectares=hectares)


def test_a_home_beside_a_park_with_its_gate_at_the_far_side_passes_by_one_measure_and_fails_by_another():
    found = asked(land(areas(PARK), listed=points((50, 100))), [(50, -200)])
    told = {measure: float(found.metres[measure][0]) for measure in MEASURES}
    assert told == {"edge": 200, "centroid": 250, "entrance": 300, "kerb": 300, "door": 300}
    assert [int(found.verdicts(m, 250)[0]) for m in ("edge", "centroid", "entrance")] == [1, 1, 0]


def test_a_space_whose_way_in_is_not_mapped_makes_a_failure_unknown_and_never_a_pass_unknown():
    where = land(areas(PARK, shapely.box(0, 300, 100, 400)), listed=points((50, 0)))
    near, between, far = (asked(where, [(50, y)]) for y in (-100, 200, -400))
    assert near.reasons("door", 300) == ["within"]
    assert between.verdicts("door", 150).tolist() == [-1]
    assert between.reasons("door", 150) == ["no-way-in"]
    assert far.reasons("door", 300) == ["too-far"]


def test_a_home_inside_a_park_is_nought_metres_from_it_by_every_measure_but_its_middle():
    found = asked(land(areas(PARK), listed=points((50, 100))), [(10, 10)])
    assert [float(found.metres[m][0]) for m in ("edge", "entrance", "kerb", "door")] == [0, 0, 0, 0]
    assert found.site["door"].tolist() == [0]


def test_no_green_space_at_all_is_a_failure_that_says_so():
    found = asked(land(areas()), [(0, 0)])
    assert found.reasons("door", 300) == ["nothing-reachable"]
    assert found.verdicts("edge", 300).tolist() == [0]


@settings(max_examples=60)
@given(HOMES, GATES)
def test_straight_to_the_edge_is_no_further_than_to_a_way_in_and_that_no_further_than_on_foot(homes, gates):
    found = asked(land(areas(PARK), listed=points(*map(on_edge, gates))), homes)
    assert (found.metres["edge"] <= found.metres["entrance"] + 1e-9).all()
    assert (found.metres["entrance"] <= found.metres["door"] + 1e-9).all()
    assert (found.metres["kerb"] <= found.metres["door"]).all()


@pytest.mark.slow
@settings(max_examples=60)
@given(HOMES, GATES, st.integers(0, 399))
def test_a_way_in_added_beside_the_others_never_makes_a_home_further_away(homes, gates, more):
    sites, ways = land(areas(PARK), listed=points(*map(on_edge, gates)))
    before = asked((sites, ways), homes)
    x, y = on_edge(more)
    after = asked((sites, ways.having(np.array([x]), np.array([y]), np.array([0]))), homes)
    for measure in MEASURES:
        assert (after.metres[measure] <= before.metres[measure] + 1e-9).all()


@pytest.mark.slow
@settings(max_examples=60)
@given(HOMES, st.floats(0, 3), st.floats(0, 3))
def test_a_larger_size_floor_never_brings_a_space_nearer(homes, one, other):
    where = land(
        areas(PARK, shapely.box(200, 200, 400, 300), shapely.box(-300, 0, -290, 10)),
        paths=lines([(50, -10), (50, 10)], [(300, 190), (300, 210)], [(-295, -5), (-295, 5)]),
    )
    small, large = sorted((one, other))
    low, high = asked(where, homes, small), asked(where, homes, large)
    for measure in MEASURES:
        assert (low.metres[measure] <= high.metres[measure] + 1e-9).all()


@given(st.floats(0, 1000), st.floats(0, 1000), st.floats(0, 1000), st.floats(0, 1000))
def test_a_longer_limit_never_turns_a_pass_into_anything_else(metres, hidden, one, other):
    short, long = sorted((one, other))
    was = judge(np.array([metres]), short, hidden=np.array([hidden]))[0]
    now = judge(np.array([metres]), long, hidden=np.array([hidden]))[0]
    assert now == 1 or was != 1
    assert now != 0 or was == 0


def test_the_limit_itself_is_within():
    assert judge(np.array([300.0]), 300.0, hidden=np.array([np.inf])).tolist() == [1]


def test_the_rules_hold_the_numbers_that_their_references_give():
    told = {one.id: (one.metres, one.hectares, one.measure) for one in rules(TODAY)}
    assert told["ipprn"] == (300, 0, "door")
    assert told["ags-doorstep"] == (200, 0.5, "edge")
    assert told["ags-local"] == (300, 2, "edge")
    assert told["ags-neighbourhood"] == (1000, 10, "edge")


def test_a_rule_can_be_asked_with_another_limit_and_size():
    found = rule("ipprn", on=TODAY, limit=400, hectares=2)
    assert (found.metres, found.hectares) == (400, 2)


def test_a_rule_that_does_not_exist_and_a_limit_of_nothing_are_refused():
    with pytest.raises(NotFound, match="ipprn"):
        rule("who", on=TODAY)
    with pytest.raises(BadInput, match="limit"):
        rule("ipprn", on=TODAY, limit=0)


def test_a_rule_is_not_in_force_before_its_day():
    assert "ipprn" not in {one.id for one in rules(date(2020, 1, 1))}


def test_the_size_classes_begin_at_their_sizes():
    told = [size_class(size, on=TODAY) for size in (0.49, 0.5, 2, 10, 20)]
    assert told == ["pocket", "doorstep", "local", "neighbourhood", "wider"]
