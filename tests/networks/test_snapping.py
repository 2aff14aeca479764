"""Points are put onto the nearest street that can be reached without crossing what nobody crosses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.networks import bends, build_graph, profile, snap
from tests.networks import reference
from tests.networks.maps import street_maps
from tests.networks.reference import ways_of

PATH = {"highway": "footway", "surface": "asphalt"}
SOUTH, NORTH = [(1, 0.0, 0.0), (2, 400.0, 0.0)], [(3, 0.0, 100.0), (4, 400.0, 100.0)]
RAILWAY = [(5, -50.0, 30.0), (6, 450.0, 30.0)]


def town(*others):
    """Two streets, 100 m apart, joined at their western ends, and whatever lies between them."""
    return build_graph(
        ways_of([(PATH, SOUTH), (PATH, NORTH), (PATH, [SOUTH[0], NORTH[0]]), *others]), profile("walk")
    )[0]


def test_a_home_is_put_onto_its_side_of_a_railway():
    free, kept = town(), town(({"railway": "rail"}, RAILWAY))
    assert snap(free, [200.0], [35.0]).y.tolist() == [0.0]
    assert snap(kept, [200.0], [35.0]).y.tolist() == [100.0]
    assert snap(kept, [200.0], [25.0]).y.tolist() == [0.0]


@pytest.mark.parametrize(
    "tags",
    [
        {"waterway": "river"},
        {"waterway": "canal"},
        {"highway": "motorway"},
        {"highway": "trunk", "foot": "no"},
    ],
)
def test_rivers_canals_and_fast_roads_are_barriers(tags):
    assert snap(town((tags, RAILWAY)), [200.0], [35.0]).y.tolist() == [100.0]


@pytest.mark.parametrize("over", [{"tunnel": "yes"}, {"bridge": "yes"}, {"covered": "yes"}])
def test_a_railway_under_the_ground_or_on_a_bridge_is_no_barrier(over):
    assert snap(town(({"railway": "rail", **over}, RAILWAY)), [200.0], [35.0]).y.tolist() == [0.0]


def test_the_shore_of_a_lake_is_a_barrier():
    from shapely import box

    ways = ways_of([(PATH, SOUTH), (PATH, NORTH), (PATH, [SOUTH[0], NORTH[0]])])
    graph, _ = build_graph(ways, profile("walk"), water=[box(50, 10, 390, 40)])
    assert snap(graph, [200.0], [45.0]).y.tolist() == [100.0]


def test_a_home_shut_in_by_barriers_takes_the_nearest_street_and_says_so():
    ring = [(10 + k, x, y) for k, (x, y) in enumerate([(190, 20), (210, 20), (210, 50), (190, 50)])]
    found = snap(town(({"waterway": "canal"}, [*ring, ring[0]])), [200.0, 100.0], [35.0, 10.0])
    assert found.y.tolist() == [0.0, 0.0]
    assert found.crossed.tolist() == [True, False]


def test_a_home_far_from_any_street_is_left_off():
    found = snap(town(), [200.0, 200.0], [-499.0, -501.0])
    assert found.edge[0] >= 0
    assert found.edge[1] == -1
    assert np.isinf(found.gap[1])


def test_a_home_is_not_put_onto_a_path_that_is_cut_off():
    graph = town((PATH, [(7, 100.0, -20.0), (8, 300.0, -20.0)]))
    assert snap(graph, [200.0], [-15.0]).y.tolist() == [0.0]
    assert snap(graph, [200.0], [-15.0], islands=True).y.tolist() == [-20.0]


def test_a_place_that_is_no_number_is_named_by_its_row():
    with pytest.raises(BadInput, match="row 2"):
        snap(town(), [1.0, float("nan")], [1.0, 1.0])


@given(street_maps(), st.floats(-50, 550), st.floats(-50, 450))
def test_the_grid_finds_what_looking_at_every_piece_finds(ways, x, y):
    graph, _ = build_graph(ways, profile("cycle"))
    found = snap(graph, [x], [y], furthest=1e5, islands=True, barriers=False)
    places = list(zip(graph.bend_x.tolist(), graph.bend_y.tolist(), strict=True))
    last = set((graph.bend_starts[1:] - 1).tolist())
    lengths = [
        reference.to_piece(x, y, (*places[k], *places[k + 1]))
        for k in range(len(places) - 1)
        if k not in last
    ]
    assert found.gap[0] == pytest.approx(min(lengths), abs=1e-9)
    assert np.hypot(found.x[0] - x, found.y[0] - y) == pytest.approx(found.gap[0], abs=1e-9)


@given(street_maps())
def test_a_point_on_a_street_stays_where_it_is(ways):
    graph, _ = build_graph(ways, profile("walk"))
    every = bends(graph)
    found = snap(graph, every.x, every.y, islands=True, barriers=False)
    assert found.gap.tolist() == [0.0] * every.count
    assert np.allclose([found.x, found.y], [every.x, every.y], rtol=0, atol=1e-9)
