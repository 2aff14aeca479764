"""The few nearest, all that lies within a limit, and the route: worked examples, laws and slow twins."""

from math import inf

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.networks import build_graph, counts_within, nearest, nearest_k, profile, route, snap
from tests.networks import reference
from tests.networks.maps import street_maps
from tests.networks.reference import ways_of

PATH = {"highway": "footway", "surface": "asphalt"}
MODES = ("walk", "cycle")
PLACES = st.lists(st.tuples(st.integers(0, 48), st.integers(0, 36)), min_size=1, max_size=20)


def snapped(graph, places):
    x, y = np.array(places).T * 10.0
    found = snap(graph, x, y, islands=True, barriers=False)
    assume((found.edge >= 0).all())
    return found


def line(length=500.0):
    return build_graph(ways_of([(PATH, [(1, 0.0, 0.0), (2, length, 0.0)])]), profile("walk"))[0]


@pytest.mark.slow
@settings(max_examples=60)
@given(street_maps(), st.sampled_from(MODES), PLACES, PLACES, st.integers(1, 12))
def test_nearest_equals_a_search_from_every_origin(ways, mode, homes, goals, limit):
    graph, _ = build_graph(ways, profile(mode))
    origins, targets = snapped(graph, homes), snapped(graph, goals)
    far = reference.distances(graph, origins, targets).min(axis=1)
    got = nearest(graph, origins, targets, limit=limit * 50.0 + 0.123)
    assert np.allclose(got.cost, np.where(far <= limit * 50.0 + 0.123, far, inf), rtol=0, atol=1e-6)
    found = np.flatnonzero(got.reached)
    matrix = reference.distances(graph, origins, targets)
    assert np.allclose(matrix[found, got.target[found]], got.cost[found], rtol=0, atol=1e-6)


@pytest.mark.slow
@settings(max_examples=60)
@given(street_maps(), st.sampled_from(MODES), PLACES, PLACES, st.integers(1, 5))
def test_the_few_nearest_equal_a_search_from_every_origin(ways, mode, homes, goals, count):
    graph, _ = build_graph(ways, profile(mode))
    origins, targets = snapped(graph, homes), snapped(graph, goals)
    matrix = reference.distances(graph, origins, targets)
    far = np.sort(np.where(matrix <= 400.123, matrix, inf), axis=1)
    far = np.pad(far, ((0, 0), (0, max(0, count - far.shape[1]))), constant_values=inf)[:, :count]
    got = nearest_k(graph, origins, targets, count=count, limit=400.123)
    assert np.allclose(got.cost, far, rtol=0, atol=1e-6)
    for i, row in enumerate(got.target):
        there = row[row >= 0]
        assert len(set(there.tolist())) == there.size
        assert np.allclose(matrix[i, there], got.cost[i, : there.size], rtol=0, atol=1e-6)


@pytest.mark.slow
@settings(max_examples=60)
@given(street_maps(), st.sampled_from(MODES), PLACES, PLACES, st.integers(0, 10), st.integers(1, 2))
def test_what_lies_within_a_limit_equals_a_search_from_every_origin(ways, mode, homes, goals, limit, threads):
    graph, _ = build_graph(ways, profile(mode))
    origins, targets = snapped(graph, homes), snapped(graph, goals)
    matrix, weights = reference.distances(graph, origins, targets), np.arange(1.0, len(goals) + 1)
    most = limit * 60.0 + 0.123
    got = counts_within(graph, origins, targets, limit=most, weights=weights, threads=threads)
    assert got.tolist() == ((matrix <= most) @ weights).tolist()


@pytest.mark.slow
@settings(max_examples=60)
@given(street_maps(), st.sampled_from(MODES), PLACES, PLACES)
def test_a_route_is_as_long_as_its_line_and_as_the_nearest_says(ways, mode, homes, goals):
    graph, _ = build_graph(ways, profile(mode))
    one, other = snapped(graph, homes[:1]), snapped(graph, goals[:1])
    far = nearest(graph, one, other, limit=50_000).cost[0]
    found = route(graph, one, other)
    assert (found is None) == np.isinf(far)
    if found is not None:
        assert found.cost == pytest.approx(far, abs=1e-9)
        drawn = np.hypot(np.diff(found.x), np.diff(found.y)).sum()
        assert drawn + one.gap[0] + other.gap[0] == pytest.approx(found.cost, abs=1e-6)
        assert [found.x[0], found.y[0]] == pytest.approx([one.x[0], one.y[0]], abs=1e-9)
        assert [found.x[-1], found.y[-1]] == pytest.approx([other.x[0], other.y[0]], abs=1e-9)


def test_a_target_exactly_at_the_limit_is_counted():
    homes = snap(line(), [0.0, 100.0, 200.0], [0.0, 0.0, 0.0])
    assert counts_within(line(), homes, homes, limit=100).tolist() == [2.0, 3.0, 2.0]
    assert counts_within(line(), homes, homes, limit=99.999).tolist() == [1.0, 1.0, 1.0]


def test_gaps_count_on_both_sides():
    homes = snap(line(), [0.0, 100.0], [10.0, -20.0])
    assert counts_within(line(), homes, homes, limit=129.9).tolist() == [1.0, 1.0]
    assert counts_within(line(), homes, homes, limit=130).tolist() == [2.0, 2.0]


def test_a_route_names_the_ways_and_says_where_the_map_says_too_little():
    a, b, c = (1, 0.0, 0.0), (2, 100.0, 0.0), (3, 300.0, 0.0)
    graph, _ = build_graph(ways_of([(PATH, [a, b]), ({"highway": "footway"}, [b, c])]), profile("wheel"))
    found = route(graph, snap(graph, [10.0], [0.0]), snap(graph, [250.0], [0.0]))
    assert found.ways.tolist() == [1, 2]
    assert found.unknown
    assert route(graph, snap(graph, [10.0], [0.0]), snap(graph, [250.0], [0.0]), unknown="bar") is None


def test_minutes_are_metres_over_the_speed_with_stresses():
    ways = ways_of([({"highway": "primary"}, [(1, 0.0, 0.0), (2, 500.0, 0.0)])])
    graph, _ = build_graph(ways, profile("cycle"), unit="minutes")
    ends = snap(graph, [0.0, 500.0], [0.0, 0.0])
    cost = nearest(graph, ends.rows(np.array([0])), ends.rows(np.array([1])), limit=10).cost
    assert cost.tolist() == [pytest.approx(500 * 1.6 / 250)]


@pytest.mark.parametrize("count", [0, -1, 1.5])
def test_a_count_that_is_no_whole_number_is_refused(count):
    homes = snap(line(), [0.0], [0.0])
    with pytest.raises(BadInput, match="whole number"):
        nearest_k(line(), homes, homes, count=count, limit=9)


def test_a_weight_below_zero_is_named_by_its_row():
    homes = snap(line(), [0.0, 1.0], [0.0, 0.0])
    with pytest.raises(BadInput, match="row 2"):
        counts_within(line(), homes, homes, limit=9, weights=[1.0, -1.0])


def test_off_the_map_nothing_is_near():
    homes, goals = snap(line(), [0.0], [9e5]), snap(line(), [0.0], [0.0])
    assert nearest(line(), homes, goals, limit=9).target.tolist() == [-1]
    assert counts_within(line(), homes, goals, limit=9).tolist() == [0.0]
    assert route(line(), homes, goals) is None
