"""The nearest target along the streets: a worked example, laws, a slow twin, NetworkX and scipy."""

from math import inf

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from fairground.errors import BadInput
from fairground.networks import bends, build_graph, nearest, profile, snap
from fairground.networks.kernels.buckets import nearest_seed, numbers
from fairground.networks.pieces import pieces
from fairground.sources.streets import read_osm
from tests.networks import reference
from tests.networks.maps import street_maps
from tests.networks.reference import ways_of

MODES = ("walk", "wheel", "cycle")
PATH = {"highway": "footway", "surface": "asphalt"}


def corner():
    """A street of 100 m, then a corner, then 50 m; and steps that cut the corner."""
    a, b, c = (1, 0.0, 0.0), (2, 100.0, 0.0), (3, 100.0, 50.0)
    return ways_of([(PATH, [a, b, c]), ({"highway": "steps"}, [a, c])])


def test_a_distance_is_the_step_to_the_street_the_way_along_it_and_the_step_from_it():
    graph, _ = build_graph(corner(), profile("wheel"))
    homes, gates = snap(graph, [20.0], [-8.0]), snap(graph, [105.0], [40.0])
    assert nearest(graph, homes, gates, limit=500).cost.tolist() == [8.0 + 80.0 + 40.0 + 5.0]


def test_two_points_on_one_edge_are_as_far_apart_as_their_offsets():
    graph, _ = build_graph(corner(), profile("wheel"))
    one, other = snap(graph, [20.0], [0.0]), snap(graph, [65.0], [0.0])
    assert nearest(graph, one, other, limit=500).cost.tolist() == [45.0]


def test_steps_shorten_a_walk_and_not_a_wheel():
    cost = {}
    for mode in ("walk", "wheel"):
        graph, _ = build_graph(corner(), profile(mode))
        ends = bends(graph).rows(np.flatnonzero(bends(graph).x + bends(graph).y == 150.0)[:1])
        cost[mode] = nearest(graph, snap(graph, [0.0], [0.0]), ends, limit=500).cost[0]
    assert cost["wheel"] == 150.0
    assert cost["walk"] == pytest.approx(np.hypot(100, 50), abs=1e-9)


def test_the_limit_itself_is_within_the_limit():
    graph, _ = build_graph(corner(), profile("wheel"))
    home, gate = snap(graph, [0.0], [0.0]), snap(graph, [100.0], [50.0])
    assert nearest(graph, home, gate, limit=150.0).cost.tolist() == [150.0]
    assert nearest(graph, home, gate, limit=149.999).cost.tolist() == [inf]


def test_of_two_targets_at_one_distance_the_earlier_is_named():
    graph, _ = build_graph(corner(), profile("wheel"))
    gates = snap(graph, [60.0, 40.0, 40.0], [0.0, 0.0, 0.0])
    assert nearest(graph, snap(graph, [50.0], [0.0]), gates, limit=99).target.tolist() == [0]


def test_an_unknown_street_may_pass_or_be_barred():
    a, b, c = (1, 0.0, 0.0), (2, 100.0, 0.0), (3, 300.0, 0.0)
    graph, _ = build_graph(ways_of([(PATH, [a, b]), ({"highway": "footway"}, [b, c])]), profile("wheel"))
    home, gate = snap(graph, [0.0], [0.0]), snap(graph, [250.0], [0.0])
    assert nearest(graph, home, gate, limit=500).cost.tolist() == [250.0]
    assert nearest(graph, home, gate, limit=500, unknown="bar").cost.tolist() == [inf]


def test_a_one_way_street_is_cycled_one_way_and_walked_both():
    a, b = (1, 0.0, 0.0), (2, 100.0, 0.0)
    ways = ways_of([({"highway": "residential", "oneway": "yes"}, [a, b])])
    for mode, back in (("cycle", inf), ("walk", 60.0)):
        graph, _ = build_graph(ways, profile(mode))
        west, east = snap(graph, [20.0], [0.0]), snap(graph, [80.0], [0.0])
        assert nearest(graph, west, east, limit=500).cost.tolist() == [60.0]
        assert nearest(graph, east, west, limit=500).cost.tolist() == [back]


def test_a_locked_gate_is_come_up_to_from_both_sides_and_not_passed():
    a, b, c = (1, 0.0, 0.0), (2, 100.0, 0.0), (3, 200.0, 0.0)
    ways = ways_of([(PATH, [a, b, c])], points={2: {"barrier": "gate", "locked": "yes"}})
    graph, quality = build_graph(ways, profile("walk"))
    left, right = snap(graph, [10.0], [0.0], islands=True), snap(graph, [190.0], [0.0], islands=True)
    gate = snap(graph, [99.0], [0.0], islands=True)
    assert nearest(graph, left, right, limit=900).cost.tolist() == [inf]
    assert nearest(graph, left, gate, limit=900).cost.tolist() == [89.0]
    assert quality.mended["cut-at-a-barrier"] == 1


def test_a_limit_that_is_no_number_is_refused():
    graph, _ = build_graph(corner(), profile("walk"))
    home = snap(graph, [0.0], [0.0])
    for limit in (-1.0, float("nan"), inf):
        with pytest.raises(BadInput, match="limit"):
            nearest(graph, home, home, limit=limit)


def test_points_of_another_graph_are_refused():
    a, b, c, d = (1, 0.0, 0.0), (2, 9.0, 0.0), (3, 9.0, 9.0), (4, 18.0, 0.0)
    graph, _ = build_graph(ways_of([(PATH, [a, b, c]), (PATH, [b, d])]), profile("walk"))
    small, _ = build_graph(ways_of([(PATH, [a, b])]), profile("walk"))
    with pytest.raises(BadInput, match="other streets"):
        nearest(small, snap(small, [0.0], [0.0]), bends(graph), limit=9)


@given(street_maps(), st.sampled_from(MODES), st.integers(0, 6), st.sampled_from(["pass", "bar"]), st.data())
def test_contraction_changes_no_distance_at_any_bend(ways, mode, limit, unknown, data):
    found, _ = pieces(ways, profile(mode))
    graph, _ = build_graph(ways, profile(mode))
    every = bends(graph)
    rows = data.draw(st.lists(st.integers(0, every.count - 1), min_size=1, max_size=3))
    plain = reference.network(found, bar_unknown=unknown == "bar")
    copies = {}
    for k in range(found.x.size):
        copies.setdefault(int(found.id[k]), []).append(k)
    single = np.array([len(copies[int(n)]) == 1 for n in graph.bend_id])
    rows = [row for row in rows if single[row]] or np.flatnonzero(single)[:1].tolist()
    if not rows:
        return
    at = [copies[int(n)][0] for n in graph.bend_id]
    most = limit * 60.0 + 0.7  # sums in another order differ in the last digit: none of these ends at 0.7
    wanted = reference.nearest(plain, at, [at[row] for row in rows], most)
    got = nearest(graph, every, every.rows(np.array(rows)), limit=most, unknown=unknown).cost
    assert np.allclose(got[single], np.array(wanted)[single], rtol=0, atol=1e-6, equal_nan=True)


@given(street_maps(), st.integers(1, 9), st.sampled_from([0, 1, 2, 12]))
def test_the_bucket_search_equals_its_slow_twin_whatever_the_width_and_the_blocks(ways, width, bits):
    graph, _ = build_graph(ways, profile("cycle"))
    seeds = [(0, 3.0, 1), (graph.junctions - 1, 3.0, 0), (0, 5.0, 0)]
    node, cost, name = (np.array(column) for column in zip(*seeds, strict=True))
    arcs = (numbers(graph.arcs_in[0]), numbers(graph.arcs_in[1]), graph.arcs_in[2])
    best, who = nearest_seed(arcs, (numbers(node), cost, numbers(name)), 200.0, width * 10.0, bits)
    assert list(zip(best.tolist(), who.view(np.int32).tolist(), strict=True)) == reference.bounded(
        *graph.arcs_in, seeds, 200.0
    )


@given(street_maps(), st.data())
def test_walking_there_is_as_far_as_walking_back_and_no_detour_is_shorter(ways, data):
    graph, _ = build_graph(ways, profile("walk"))
    every = bends(graph)
    a, b, c = (every.rows(np.array([data.draw(st.integers(0, every.count - 1))])) for _ in range(3))
    far = {
        (i, j): nearest(graph, p, q, limit=1e6).cost[0]
        for i, p in enumerate((a, b, c))
        for j, q in enumerate((a, b, c))
    }
    assert far[0, 1] == pytest.approx(far[1, 0], abs=1e-9)
    assert far[0, 2] <= far[0, 1] + far[1, 2] + 1e-9


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("place", ["newport", "rutland", "laspalmas", "porto"])
def test_every_bend_of_a_real_place_is_as_far_as_scipy_says(shared, place):
    ways = read_osm(shared / "data" / "streets" / f"{place}.osm.pbf", areas=False).ways
    found, _ = pieces(ways, profile("walk"))
    graph, _ = build_graph(ways, profile("walk"))
    count = found.x.size
    least = {}
    for a, b, metres in zip(found.a.tolist(), found.b.tolist(), found.metres.tolist(), strict=True):
        key = (min(a, b), max(a, b))
        least[key] = min(metres, least.get(key, inf))
    costs = np.maximum(list(least.values()), 1e-12)  # scipy takes a street of no length for no street
    matrix = coo_matrix((costs, np.array(list(least)).T), shape=(count, count)).tocsr()
    ids, copies = np.unique(found.id, return_counts=True)
    once = np.isin(found.id, ids[copies == 1])  # a point at a locked gate lies on both of its sides
    chosen = np.flatnonzero(once)[::50]
    theirs = dijkstra(matrix, directed=False, indices=chosen, min_only=True, limit=1600)
    by_id = dict(zip(found.id.tolist(), theirs.tolist(), strict=True))
    every = bends(graph)
    wanted, single = np.array([by_id[int(n)] for n in graph.bend_id]), np.isin(graph.bend_id, found.id[once])
    _, first = np.unique(graph.bend_id, return_index=True)
    targets = every.rows(first[np.isin(graph.bend_id[first], found.id[chosen])])
    ours = nearest(graph, every, targets, limit=1600).cost
    assert (np.isinf(ours) == np.isinf(wanted))[single].all()
    reached = single & np.isfinite(wanted)
    assert reached.sum() > 20_000
    assert np.abs(ours[reached] - wanted[reached]).max() < 0.001


@pytest.mark.shared
@pytest.mark.oracle
@pytest.mark.parametrize(
    ("place", "mode"),
    [
        ("newport", "walk"),
        ("rutland", "wheel"),
        ("rutland", "cycle"),
        ("laspalmas", "walk"),
        ("porto", "walk"),
    ],
)
def test_every_bend_of_a_real_place_is_as_far_as_networkx_says(shared, place, mode):
    ways = read_osm(shared / "data" / "streets" / f"{place}.osm.pbf", areas=False).ways
    found, _ = pieces(ways, profile(mode))
    graph, _ = build_graph(ways, profile(mode))
    ids, copies = np.unique(found.id, return_counts=True)
    every, once = bends(graph), np.isin(graph.bend_id, ids[copies == 1])  # not cut apart at a locked gate
    row_of = {int(n): k for k, n in enumerate(found.id)}
    chosen = np.flatnonzero(once)[:: every.count // 12]
    plain = reference.network(found)
    at = [row_of[int(n)] for n in graph.bend_id[chosen]]
    theirs = nx.multi_source_dijkstra_path_length(plain.reverse(copy=False), set(at), 1600, weight="cost")
    wanted = np.array([theirs.get(row_of[int(n)], inf) for n in graph.bend_id[once]])
    got = nearest(graph, every, every.rows(chosen), limit=1600).cost[once]
    assert np.isfinite(wanted).sum() > 100
    assert np.allclose(got, wanted, rtol=0, atol=0.001)
