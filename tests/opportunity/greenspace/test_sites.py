"""What counts as green space, and how areas become sites."""

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.opportunity.greenspace import chosen, join, kind_of
from fairground.opportunity.greenspace.kinds import ASKED_FOR, BY_DEFAULT, KINDS, ordnance_kind
from tests.opportunity.greenspace.lands import areas

SQUARES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(1, 4), st.integers(1, 4)),
    min_size=1,
    max_size=9,
)


def boxes(found):
    return areas(*(shapely.box(x, y, x + w, y + h) for x, y, w, h in found))


def test_areas_that_share_an_edge_are_one_site_of_their_whole_size():
    found = join(areas(shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 50)))
    assert len(found) == 1
    assert found.hectares.tolist() == [1.5]


def test_areas_that_overlap_count_their_common_land_once():
    assert join(areas(shapely.box(0, 0, 100, 100), shapely.box(50, 0, 150, 100))).hectares.tolist() == [1.5]


def test_areas_that_meet_in_a_point_are_one_site_and_areas_a_metre_apart_are_two():
    assert len(join(areas(shapely.box(0, 0, 1, 1), shapely.box(1, 1, 2, 2)))) == 1
    assert len(join(areas(shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1)))) == 2


def test_a_site_has_the_name_of_its_largest_named_area():
    shapes = shapely.box(0, 0, 9, 9), shapely.box(9, 0, 10, 1), shapely.box(0, 9, 3, 12)
    assert join(areas(*shapes, names=["", "Swings", "Green"])).names == ("Green",)


@settings(max_examples=60)
@given(SQUARES)
def test_sites_are_the_connected_groups_that_networkx_finds(squares):
    mapped = boxes(squares)
    graph = nx.Graph()
    graph.add_nodes_from(range(len(mapped)))
    graph.add_edges_from(
        (a, b) for a in range(len(mapped)) for b in range(a) if mapped.shapes[a].intersects(mapped.shapes[b])
    )
    ours = join(mapped).member
    for group in nx.connected_components(graph):
        assert len({int(ours[one]) for one in group}) == 1
    assert len(set(ours.tolist())) == nx.number_connected_components(graph)


@settings(max_examples=60)
@given(SQUARES)
def test_the_sites_cover_exactly_the_land_that_the_areas_cover(squares):
    mapped = boxes(squares)
    whole = shapely.union_all(mapped.shapes)
    assert np.isclose(join(mapped).hectares.sum() * 10_000, whole.area)


@settings(max_examples=60)
@given(SQUARES)
def test_leaving_an_area_out_never_makes_a_site_larger(squares):
    mapped = boxes(squares)
    fewer = mapped.rows(np.arange(1, len(mapped)))
    if len(fewer):
        assert join(fewer).hectares.max() <= join(mapped).hectares.max() + 1e-9


def test_no_area_gives_no_site():
    assert len(join(areas())) == 0


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"leisure": "park"}, "park"),
        ({"landuse": "recreation_ground"}, "recreation-ground"),
        ({"leisure": "park", "access": "private"}, "private"),
        ({"leisure": "park", "access": "private", "foot": "yes"}, "park"),
        ({"leisure": "golf_course"}, "golf"),
        ({"leisure": "garden"}, "private"),
        ({"leisure": "garden", "name": "Bede Garden"}, "garden"),
        ({"leisure": "garden", "access": "yes"}, "garden"),
        ({"building": "yes"}, ""),
    ],
)
def test_tags_tell_the_kind(tags, kind):
    assert kind_of(tags) == kind


def test_private_land_golf_allotments_and_schools_are_left_out_unless_asked_for():
    assert {"private", "golf", "allotments", "schools"} <= set(ASKED_FOR)
    assert chosen() == BY_DEFAULT
    assert set(chosen(["golf", "schools"])) == {*BY_DEFAULT, "golf", "schools"}


def test_a_kind_that_is_not_known_is_refused_with_those_that_are():
    with pytest.raises(BadInput, match="golf"):
        chosen(["cricket"])


def test_each_function_of_ordnance_survey_has_one_kind():
    names = [name for kind in KINDS for name in kind.ordnance]
    assert len(names) == len(set(names)) == 10
    assert ordnance_kind("play space") == "playground"
    assert ordnance_kind("Car Park") == ""
