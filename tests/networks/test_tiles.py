"""Tiles: a network cut into parts gives the same distances, to the last bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.networks import Tiling, bends, build_graph, nearest, profile, squares
from fairground.sources.streets import read_osm
from tests.networks.reference import ways_of

LONG = ways_of(
    [
        ({"highway": "residential"}, [(1, 0, 0), (2, 900, 0)]),
        # one long way round, whose ends lie far outside the tiles that it passes through
        ({"highway": "path"}, [(1, 0, 0), (3, -3000, 450), (4, 450, 450), (5, 3000, 450), (2, 900, 0)]),
    ]
)


def tile_by_tile(graph, origins, targets, limit, side, metres):
    cost = np.full(origins.count, np.inf)
    tiling, parts = Tiling(graph), squares(origins.x, origins.y, side)
    for box, rows in parts:
        part = tiling.cut(box, limit=metres)
        own, at = part.points(origins.rows(rows))
        assert len(at) == len(rows)
        cost[rows[at]] = nearest(part.graph, own, part.points(targets)[0], limit=limit).cost
    return cost, len(parts)


def test_an_edge_that_only_passes_through_a_tile_is_there():
    graph, _ = build_graph(LONG, profile("walk"))
    part = Tiling(graph).cut((400.0, 400.0, 500.0, 500.0), limit=50.0)
    assert part.graph.length.max() > 3900


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(60, 400), st.floats(0, 500))
def test_any_net_cut_into_squares_gives_the_same_distances(seed, side, limit):
    chance = np.random.default_rng(seed)
    x, y = chance.uniform(0, 600, 30), chance.uniform(0, 600, 30)
    ends = chance.integers(0, 30, (45, 2))
    lines = [
        ({"highway": "path"}, [(int(n), x[n], y[n]) for n in pair]) for pair in ends if pair[0] != pair[1]
    ]
    graph, _ = build_graph(ways_of(lines), profile("walk"))
    every = bends(graph)
    some = every.rows(chance.integers(0, every.count, 3))
    parts, _ = tile_by_tile(graph, every, some, limit, side, limit)
    assert parts.tolist() == nearest(graph, every, some, limit=limit).cost.tolist()


@pytest.fixture(scope="module")
def rutland(shared):
    """The streets of a real place on foot and by bicycle, every bend, and one bend in 97 as a target."""
    ways = read_osm(shared / "data" / "streets" / "rutland.osm.pbf", areas=False).ways
    found = {}
    for mode, unit in (("walk", "metres"), ("cycle", "minutes")):
        graph, _ = build_graph(ways, profile(mode), unit=unit)
        every = bends(graph)
        found[mode] = graph, every, every.rows(np.arange(0, every.count, 97))
    return found


@pytest.mark.shared
@pytest.mark.slow
@settings(max_examples=6, deadline=None)
@given(mode=st.sampled_from(["walk", "cycle"]), metres=st.floats(1, 2500), side=st.floats(3000, 9000))
def test_a_real_place_cut_into_nine_tiles_and_more_gives_the_same_distances(rutland, mode, metres, side):
    graph, every, some = rutland[mode]
    limit = metres if mode == "walk" else metres * graph.cheapest
    parts, count = tile_by_tile(graph, every, some, limit, side, metres)
    assert count >= 9
    whole = nearest(graph, every, some, limit=limit).cost
    assert np.isfinite(whole).sum() >= some.count
    assert (parts == whole).all()


def test_every_point_is_in_one_tile():
    x, y = np.array([-1.0, 0.0, 99.0, 100.0]), np.zeros(4)
    found = squares(x, y, 100.0)
    assert sorted(np.concatenate([rows for _, rows in found]).tolist()) == [0, 1, 2, 3]
    for (west, south, east, north), rows in found:
        assert ((x[rows] >= west) & (x[rows] < east) & (y[rows] >= south) & (y[rows] < north)).all()


def test_a_side_or_limit_that_makes_no_sense_is_refused():
    with pytest.raises(BadInput):
        squares(np.zeros(1), np.zeros(1), 0.0)
    graph, _ = build_graph(LONG, profile("walk"))
    with pytest.raises(BadInput):
        Tiling(graph).cut((0.0, 0.0, 1.0, 1.0), limit=-1.0)
