"""Where the places for a need are, and how far they are: by hand, and against a slow twin."""

from itertools import pairwise

import numpy as np
import pytest
import shapely

from fairground.evidence import Quality, Source
from fairground.networks import Areas, Points, Projection, StreetMap, TagColumn, build_graph, profile, snap
from fairground.opportunity.neighbourhoods import joined, places_of, preset, preset_of, reach
from tests.networks.reference import to_piece, ways_of

FOOD = preset("there-and-back").needs[0]
STOP = next(need for need in preset("there-and-back").needs if need.id == "stop")
STREETS = ways_of(
    [
        ({"highway": "residential"}, [(1, 0, 0), (2, 400, 0), (3, 400, 300)]),
        ({"highway": "steps"}, [(3, 400, 300), (4, 0, 300)]),
    ]
)


def drawn(points=(), areas=()):
    """Return a map of the streets with points (id, x, y, tags) and areas (shape, tags)."""

    def columns(rows):
        return {
            key: TagColumn.of([row.get(key, "") for row in rows]) for key in {k for row in rows for k in row}
        }

    at = Points(
        np.array([p[0] for p in points], np.int64),
        np.array([float(p[1]) for p in points]),
        np.array([float(p[2]) for p in points]),
        columns([p[3] for p in points]),
    )
    shapes = np.empty(len(areas), object)
    shapes[:] = [shape for shape, _ in areas]
    wide = Areas(tuple(f"w{n}" for n in range(len(areas))), shapes, columns([tags for _, tags in areas]))
    source = Source("drawn", "Drawn", "test", "1", "none", "")
    return StreetMap("drawn", "", "", STREETS, at, wide, shapely.box(0, 0, 500, 500), source, Quality(0, 0))


def doors(found):
    return sorted(zip(found.x.tolist(), found.y.tolist(), found.sure.tolist(), strict=True))


def test_a_shop_is_entered_at_its_door_and_where_none_is_mapped_at_its_middle():
    town = drawn(
        [(9, 110, 10, {"entrance": "main"}), (10, 5, 5, {"shop": "bakery"}), (11, 6, 6, {"shop": "toys"})],
        [
            (
                shapely.Polygon([(100, 10), (110, 10), (120, 10), (120, 30), (100, 30)]),
                {"shop": "supermarket"},
            ),
            (shapely.box(200, 10, 220, 30), {"shop": "convenience"}),
        ],
    )
    found = places_of(town, FOOD, Projection("flat"))
    assert doors(found) == [(5.0, 5.0, True), (110.0, 10.0, True), (210.0, 20.0, True)]
    assert (found.count, found.middles) == (3, 1)


def test_without_a_door_a_shop_is_entered_where_a_path_touches_its_edge():
    town = drawn([], [(shapely.box(200, 10, 220, 30), {"shop": "convenience"})])
    to_the_edge = np.array([shapely.LineString([(200, 0), (210, 10)]), shapely.LineString([(0, 0), (9, 9)])])
    found = places_of(town, FOOD, Projection("flat"), paths=to_the_edge)
    assert doors(found) == [(210.0, 10.0, True)]
    assert (found.count, found.touched, found.middles) == (1, 1, 0)


def test_a_mapped_door_goes_before_a_path_that_touches_the_edge():
    shop = shapely.Polygon([(100, 10), (110, 10), (120, 10), (120, 30), (100, 30)])
    town = drawn([(9, 110, 10, {"entrance": "main"})], [(shop, {"shop": "supermarket"})])
    behind = np.array([shapely.LineString([(110, 50), (110, 20)])])
    found = places_of(town, FOOD, Projection("flat"), paths=behind)
    assert doors(found) == [(110.0, 10.0, True)]
    assert (found.touched, found.middles) == (0, 0)


@pytest.mark.parametrize(("kind", "need"), [("playground", "play"), ("pitch", "sports")])
def test_what_lies_in_the_grounds_of_a_school_is_no_place_for_everybody(kind, need):
    asked = next(one for one in preset("there-and-back").needs if one.id == need)
    school = (shapely.box(0, 0, 100, 100), {"amenity": "school"})
    town = drawn(
        [(1, 50, 50, {"leisure": kind}), (2, 150, 50, {"leisure": kind})],
        [school, (shapely.box(10, 10, 20, 20), {"leisure": kind})],
    )
    found = places_of(town, asked, Projection("flat"))
    assert doors(found) == [(150.0, 50.0, True)]
    assert (found.count, found.in_schools) == (1, 2)


def test_a_school_is_still_a_school_when_another_surrounds_it():
    school = next(one for one in preset("there-and-back").needs if one.id == "school")
    town = drawn([], [(shapely.box(0, 0, 100, 100), {"amenity": "school"})] * 2)
    assert places_of(town, school, Projection("flat")).count == 2


def test_a_place_closed_to_the_public_is_none():
    town = drawn([(1, 5, 5, {"shop": "bakery", "access": "private"})])
    assert len(places_of(town, FOOD, Projection("flat"))) == 0


def test_a_stop_on_the_map_only_may_have_a_service():
    found = places_of(drawn([(1, 5, 5, {"highway": "bus_stop"})]), STOP, Projection("flat"))
    assert doors(found) == [(5.0, 5.0, False)]


def test_the_middle_of_a_bent_shape_lies_inside_it():
    bent = shapely.Polygon([(0, 0), (100, 0), (100, 10), (10, 10), (10, 100), (0, 100)])
    found = places_of(drawn([], [(bent, {"shop": "bakery"})]), FOOD, Projection("flat"))
    assert bent.contains(shapely.Point(found.x[0], found.y[0]))


def test_steps_are_walked_but_no_wheelchair_goes_up_them():
    # from (10, 5) to (100, 305): along the street and up the steps it is 5 + 390 + 300 + 300 + 5 metres
    town = drawn([(1, 100, 305, {"shop": "bakery"})])
    far = {}
    for mode in ("walk", "wheel"):
        graph, _ = build_graph(STREETS, profile(mode))
        places = [places_of(town, FOOD, Projection("flat"))]
        homes = snap(graph, np.array([10.0]), np.array([5.0]))
        far[mode] = reach(graph, homes, joined(graph, places), limit=4000.0)[0][0, 0]
    assert far["walk"] == pytest.approx(1000.0)
    assert far["wheel"] != pytest.approx(1000.0)


def test_a_street_of_which_nobody_knows_enough_makes_the_need_unknown_and_not_met():
    ways = ways_of([({"highway": "footway"}, [(1, 0, 0), (2, 300, 0)])])
    graph, _ = build_graph(ways, profile("wheel"))
    assert graph.unknown.all()
    town = drawn([(1, 200, 0, {"shop": "bakery"})])
    homes = snap(graph, np.array([100.0]), np.array([0.0]))
    sure, perhaps = reach(
        graph, homes, joined(graph, [places_of(town, FOOD, Projection("flat"))]), limit=600.0
    )
    assert (sure[0, 0], perhaps[0, 0]) == (np.inf, 100.0)


def test_on_a_comb_of_streets_each_home_is_as_far_as_a_plain_search_says():
    import networkx as nx

    chance = np.random.default_rng(4)
    lines = [({"highway": "residential"}, [(n, 100 * n, 0) for n in range(6)])]
    lines += [({"highway": "residential"}, [(n, 100 * n, 0), (10 + n, 100 * n, 250)]) for n in range(6)]
    graph, _ = build_graph(ways_of(lines), profile("walk"))
    x, y = chance.uniform(-20, 520, 40), chance.uniform(-20, 270, 40)
    shops = [(n, chance.uniform(0, 500), chance.uniform(0, 250), {"shop": "bakery"}) for n in range(5)]
    places = [places_of(drawn(shops), FOOD, Projection("flat"))]
    ours, _ = reach(graph, snap(graph, x, y), joined(graph, places), limit=5000.0)
    plain = nx.Graph()
    pieces = [((a[1], a[2]), (b[1], b[2])) for _, line in lines for a, b in pairwise(line)]
    for a, b in pieces:
        plain.add_edge(a, b, cost=float(np.hypot(a[0] - b[0], a[1] - b[1])))

    def ends(px, py):
        gap, a, b = min((to_piece(px, py, (*a, *b)), a, b) for a, b in pieces)
        side = float(np.hypot(b[0] - a[0], b[1] - a[1]))
        t = min(max(((px - a[0]) * (b[0] - a[0]) + (py - a[1]) * (b[1] - a[1])) / side**2, 0), 1)
        return gap, a, b, t * side, side

    for row in range(40):
        gap, a, b, along, side = ends(x[row], y[row])
        best = np.inf
        for _, sx, sy, _ in shops:
            gap2, c, d, along2, side2 = ends(sx, sy)
            if (a, b) == (c, d):
                best = min(best, gap + abs(along - along2) + gap2)
            for p, there in ((a, along), (b, side - along)):
                for q, back in ((c, along2), (d, side2 - along2)):
                    way = nx.shortest_path_length(plain, p, q, weight="cost")
                    best = min(best, gap + there + way + back + gap2)
        assert ours[row, 0] == pytest.approx(best, abs=1e-6)


def test_more_places_never_lie_further():
    graph, _ = build_graph(STREETS, profile("walk"))
    homes = snap(graph, np.linspace(0, 400, 9), np.full(9, 40.0))
    few = [(1, 100, 305, {"shop": "bakery"})]
    more = [*few, (2, 300, 10, {"shop": "bakery"})]
    far = [
        reach(graph, homes, joined(graph, [places_of(drawn(some), FOOD, Projection("flat"))]), limit=4000.0)[
            0
        ]
        for some in (few, more)
    ]
    assert (far[1] <= far[0]).all()


def test_a_need_without_any_place_is_out_of_reach():
    graph, _ = build_graph(STREETS, profile("walk"))
    ours = preset_of({"needs": ["bank"], "reference": "Ours"})
    found = joined(graph, [places_of(drawn(), ours.needs[0], Projection("flat"))])
    assert np.isinf(reach(graph, snap(graph, np.zeros(1), np.zeros(1)), found, limit=4000.0)[1]).all()
