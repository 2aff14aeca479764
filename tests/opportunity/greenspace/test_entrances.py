"""Where people can walk into a green space."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.opportunity.greenspace import ways_in
from tests.opportunity.greenspace.lands import NONE, areas, land, lines, points

PARK = shapely.box(0, 0, 100, 100)
END = st.tuples(st.integers(-40, 140), st.integers(-40, 140))


def places(found):
    return sorted(zip(found.x[found.first].tolist(), found.y[found.first].tolist(), strict=True))


def test_a_path_that_goes_through_gives_a_way_in_at_each_side():
    found = ways_in(areas(PARK), paths=lines([(-50, 50), (150, 50)]), listed=NONE)
    assert places(found) == [(0, 50), (100, 50)]
    assert found.found == ("inferred",)


def test_a_path_that_ends_on_the_edge_from_inside_gives_a_way_in_there():
    assert places(ways_in(areas(PARK), paths=lines([(50, 50), (50, 0)]), listed=NONE)) == [(50, 0)]


def test_a_street_that_only_runs_along_the_edge_or_ends_at_it_gives_none():
    beside = lines([(0, 0), (100, 0)], [(50, -50), (50, 0)])
    assert ways_in(areas(PARK), paths=beside, listed=NONE).found == ("unknown",)


def test_a_path_from_a_street_along_the_edge_is_a_way_in_where_it_leaves_the_street():
    glued = lines([(0, 0), (40, 0)], [(40, 0), (100, 0)], [(40, 0), (40, 30)])
    assert places(ways_in(areas(PARK), paths=glued, listed=NONE)) == [(40, 0)]


def test_a_gate_on_the_edge_comes_first_and_the_crossings_are_kept_beside_it():
    crossing = lines([(-50, 50), (150, 50)])
    found = ways_in(areas(PARK), paths=crossing, listed=points((50, 100), (50, 103)))
    assert places(found) == [(50, 100)]
    assert found.found == ("known",)
    assert places(found.every()) == [(0, 50), (50, 100), (100, 50)]


def test_a_gate_does_not_shut_the_other_areas_of_its_site():
    _, found = land(
        areas(PARK, shapely.box(100, 0, 200, 100)),
        paths=lines([(150, -50), (150, 50)], [(50, -50), (50, 50)]),
        listed=points((0, 50)),
    )
    assert places(found) == [(0, 50), (150, 0)]
    assert found.found == ("known",)


def test_a_list_that_names_the_area_is_believed_however_far_the_point_is():
    found = ways_in(areas(PARK), paths=NONE, listed=points((50, 120)), of=[0])
    assert places(found) == [(50, 120)]


def test_a_way_in_on_the_edge_of_two_sites_opens_both():
    _, found = land(areas(PARK, shapely.box(101, 0, 200, 100)), listed=points((100.5, 50)))
    assert found.of.tolist() == [0, 1]


@settings(max_examples=80)
@given(st.lists(st.tuples(END, END).filter(lambda ends: ends[0] != ends[1]), min_size=1, max_size=6))
def test_every_inferred_way_in_lies_on_the_edge_and_on_a_path_that_goes_inside(ends):
    paths = lines(*ends)
    opened = ways_in(areas(PARK), paths=paths, listed=NONE)
    for x, y in places(opened):
        at = shapely.Point(x, y)
        assert at.distance(PARK.exterior) < 1e-6
        near = [path for path in paths if path.distance(at) < 1e-6]
        assert any(path.intersection(PARK.buffer(-1e-6)).length > 0 for path in near)
    if any(path.crosses(PARK) for path in paths):
        assert opened.found == ("inferred",)


@settings(max_examples=60)
@given(st.lists(st.integers(1, 99), min_size=1, max_size=5, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_paths_does_not_matter(at, chance):
    ahead = [[(x, -10), (x, 10)] for x in at]
    mixed = list(ahead)
    chance.shuffle(mixed)
    one = ways_in(areas(PARK), paths=lines(*ahead), listed=NONE)
    other = ways_in(areas(PARK), paths=lines(*mixed), listed=NONE)
    assert places(one) == places(other) == sorted((float(x), 0.0) for x in at)
    assert len(np.unique(one.x)) == len(at)
