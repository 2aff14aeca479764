"""What is nearest in a straight line, as a plain search among all finds it."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.opportunity.greenspace.lookup import Pieces, lookup
from tests.opportunity.greenspace.lands import areas, land

SEEDS = st.integers(0, 2**32 - 1)


def drawn(seed):
    chance = np.random.default_rng(seed)
    ends = chance.integers(0, 60, (chance.integers(1, 120), 4)).astype(float)
    return ends, *chance.integers(-20, 80, (2, 200)).astype(float)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_the_nearest_piece_is_the_first_of_those_that_shapely_finds_nearest(seed):
    ends, x, y = drawn(seed)
    found = Pieces.sorted(ends, np.arange(len(ends))).nearest(x, y)
    lines = shapely.linestrings(ends.reshape(-1, 2, 2))
    far = shapely.distance(shapely.points(x, y)[:, None], lines)
    assert np.hypot(found.x - x, found.y - y) == pytest.approx(far.min(axis=1), abs=1e-9)
    assert far[np.arange(len(x)), found.which] == pytest.approx(far.min(axis=1), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_points_are_looked_up_like_pieces_and_of_two_at_one_distance_the_first_is_taken(seed):
    ends, x, y = drawn(seed)
    found = Pieces.sorted(ends[:, :2], np.arange(len(ends))).nearest(x, y)
    square = (ends[:, 0] - x[:, None]) ** 2 + (ends[:, 1] - y[:, None]) ** 2
    assert found.which.tolist() == square.argmin(axis=1).tolist()


def test_in_nothing_nothing_is_found():
    found = Pieces.sorted(np.empty((0, 4)), np.empty(0, np.int64)).nearest(np.zeros(2), np.zeros(2))
    assert found.which.tolist() == [-1, -1]


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_a_home_lies_in_the_site_that_covers_it(seed):
    chance = np.random.default_rng(seed)
    shapes = [shapely.box(*at, *(at + chance.integers(1, 20, 2))) for at in chance.integers(0, 60, (12, 2))]
    ring = shapely.box(70, 0, 90, 20).difference(shapely.box(75, 5, 85, 15))  # a site about another one
    sites, ways = land(areas(*shapes, ring, shapely.box(78, 8, 82, 12)))
    x, y = chance.integers(0, 95, (2, 300)).astype(float)
    look = lookup(sites, ways, 0.0)
    inside = look.inside(look.edges.nearest(x, y), x, y)
    covers = shapely.intersects(shapely.points(x, y)[:, None], sites.shapes)
    assert inside.tolist() == [int(np.argmax(row)) if row.any() else -1 for row in covers]
