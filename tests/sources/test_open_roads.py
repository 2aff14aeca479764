"""OS Open Roads: links become ways that meet at their nodes, with the tags that the rules know."""

import numpy as np
import pyogrio
import pytest
import shapely

from fairground.errors import DataProblem
from fairground.networks import build_graph, nearest, profile, snap
from fairground.sources.open_roads import read_open_roads
from fairground.sources.prepared import opened, prepare

LINKS = [
    (
        "Local Road",
        "Single Carriageway",
        "n1",
        "n2",
        "High Street",
        False,
        [(335000, 390000), (335050, 390000), (335100, 390000)],
    ),
    ("A Road", "Dual Carriageway", "n2", "n3", "Ring Road", True, [(335100, 390000), (335100, 390300)]),
    ("Motorway", "Dual Carriageway", "n3", "n4", None, False, [(335100, 390300), (335900, 390300)]),
    (
        "Restricted Local Access Road",
        "Single Carriageway",
        "n1",
        "n5",
        None,
        False,
        [(335000, 390000), (335000, 389900)],
    ),
    ("Minor Road", "Roundabout", "n2", "n6", None, False, [(335100, 390000), (335200, 390000)]),
    ("Canal", "Single Carriageway", "n6", "n7", None, False, [(335200, 390000), (335300, 390000)]),
]


def geopackage(path, *, leave_out="", layer="road_link", crs="EPSG:27700", links=LINKS):
    names = ["road_function", "form_of_way", "start_node", "end_node", "name_1", "trunk_road"]
    data = [np.array([link[k] for link in links], dtype=object if k < 5 else bool) for k in range(6)]
    kept = [k for k, name in enumerate(names) if name != leave_out]
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(np.array([shapely.LineString(link[6]) for link in links], dtype=object)),
        field_data=[data[k] for k in kept],
        fields=[names[k] for k in kept],
        layer=layer,
        driver="GPKG",
        geometry_type="LineString",
        crs=crs,
    )
    return path


def test_links_become_ways_with_tags(tmp_path):
    found = read_open_roads(geopackage(tmp_path / "roads.gpkg"))
    ways = found.ways
    assert [ways.tags["highway"][k] for k in range(ways.count)] == [
        "residential",
        "trunk",
        "motorway",
        "service",
        "tertiary",
    ]
    assert ways.tags["access"][3] == "private"
    assert ways.tags["junction"][4] == "roundabout"
    assert ways.tags["name"][0] == "High Street"
    assert found.quality.dropped == {"no such kind of road": 1}
    assert found.source.licence == "OGL-UK-3.0"


def test_links_meet_at_their_nodes_and_are_walked_along(tmp_path):
    graph, quality = build_graph(read_open_roads(geopackage(tmp_path / "roads.gpkg")).ways, profile("walk"))
    home, goal = snap(graph, [335010.0], [390000.0]), snap(graph, [335100.0], [390200.0])
    assert nearest(graph, home, goal, limit=500).cost[0] == pytest.approx(
        290, rel=0.001
    )  # grid metres, nearly
    assert quality.dropped == {"motorway": 1, "no-access": 1}


@pytest.mark.parametrize(
    ("made", "word"),
    [
        ({"leave_out": "start_node"}, "start_node"),
        ({"layer": "roads"}, "road_link"),
        ({"crs": "EPSG:4326"}, "EPSG:27700"),
        ({"links": LINKS[5:]}, "no roads"),
    ],
)
def test_a_geopackage_of_another_shape_is_refused(tmp_path, made, word):
    with pytest.raises(DataProblem, match=word) as caught:
        read_open_roads(geopackage(tmp_path / "odd.gpkg", **made))
    assert "odd.gpkg" in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"words, no roads\n" * 40])
def test_a_file_that_is_no_geopackage_is_refused(tmp_path, content):
    (tmp_path / "bad.gpkg").write_bytes(content)
    with pytest.raises(DataProblem, match=r"bad\.gpkg"):
        read_open_roads(tmp_path / "bad.gpkg")


def test_roads_are_prepared_and_opened_like_any_other_map(tmp_path):
    path = geopackage(tmp_path / "roads.gpkg")
    made, fresh = prepare(path), opened(path, keep=False)
    assert opened(path).path == made.path
    assert made.map.ways.crs == "EPSG:27700"
    assert np.array_equal(opened(path).graph("walk").length, fresh.graph("walk").length)
