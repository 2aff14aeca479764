"""Ordnance Survey's open GeoPackages in their published shape: layers, columns and words as OS writes them.

No real file is at hand. Layers and columns follow the technical specifications of OS Open Roads and OS Open
Greenspace (docs.os.uk); the places are made up.
"""

import numpy as np
import pyogrio
import pytest
import shapely

from fairground.networks import build_graph, profile
from fairground.networks.projection import NATIONAL_GRID, Projection
from fairground.questions.opportunity.green_file import read_green
from fairground.questions.opportunity.greenspace import check
from fairground.sources.open_roads import read_open_roads

WEST, SOUTH = 335_000.0, 390_000.0
LINK = {
    "id": "", "fictitious": False, "road_classification": "Unclassified", "road_function": "Local Road",
    "form_of_way": "Single Carriageway", "road_classification_number": None, "name_1": None,
    "name_1_lang": None, "name_2": None, "name_2_lang": None, "road_structure": None, "length": 0,
    "length_uom": "m", "loop": False, "primary_route": False, "trunk_road": False, "start_node": "",
    "end_node": "", "road_number_toid": None, "road_name_toid": None,
}  # fmt: skip


def layer(path, name, rows, shapes, kind, columns):
    """Write one layer of a GeoPackage, with every column of it."""
    data = [np.array([row[column] for row in rows]) for column in columns]
    texts = [one if one.dtype.kind in "bif" else one.astype(object) for one in data]
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(shapes, object)), texts, list(columns), layer=name, driver="GPKG",
        geometry_type=kind, crs=NATIONAL_GRID, append=path.exists(), GEOMETRY_NAME="geometry",
    )  # fmt: skip


@pytest.fixture
def roads(tmp_path):
    path = tmp_path / "oproad_gb.gpkg"
    ends = [(0, 0), (200, 0), (200, 200), (400, 0), (600, 0)]
    told = [
        (0, 1, {"name_1": "High Street", "road_name_toid": "osgb4000000000000001"}),
        (1, 2, {"road_function": "A Road", "road_classification": "A Road", "trunk_road": True}),
        (1, 3, {"form_of_way": "Guided Busway", "road_function": "Local Access Road"}),
        (3, 4, {"road_function": "Secondary Access Road", "form_of_way": "Shared Use Carriageway"}),
    ]
    links, lines = [], []
    for number, (a, b, own) in enumerate(told):
        links.append({**LINK, "id": f"L{number}", "start_node": f"N{a}", "end_node": f"N{b}", **own})
        lines.append(shapely.LineString([(WEST + x, SOUTH + y) for x, y in (ends[a], ends[b])]))
    nodes = [{"id": f"N{n}", "form_of_road_node": "junction"} for n in range(5)]
    points = [shapely.Point(WEST + x, SOUTH + y) for x, y in ends]
    layer(path, "road_node", nodes, points, "Point", nodes[0])
    layer(path, "road_link", links, lines, "LineString", LINK)
    m = {"id": "M1", "junction_number": "M3 J9"}
    layer(path, "motorway_junction", [m], points[:1], "Point", m)
    return path


@pytest.fixture
def green(tmp_path):
    path = tmp_path / "opgrsp_gb.gpkg"
    sites = [
        {"id": f"S{n}", "function": function, **{f"distinctive_name_{k}": None for k in range(1, 5)}}
        for n, function in enumerate(
            ["Public Park Or Garden", "Golf Course", "Allotments Or Community Growing Spaces", "Play Space"]
        )
    ]
    sites[0]["distinctive_name_1"] = "Kings Park"
    shapes = [
        shapely.MultiPolygon([shapely.box(WEST + x, SOUTH + 10, WEST + x + 90, SOUTH + 150)])
        for x in (0, 100, 250, 400)
    ]
    gates = [
        ("G1", "Pedestrian", "S0", (45, 10)),
        ("G2", "Motor Vehicle", "S0", (5, 10)),
        ("G3", "Motor Vehicle And Pedestrian", "S3", (450, 10)),
    ]
    points = [{"id": id, "access_type": kind, "ref_to_greenspace_site": site} for id, kind, site, _ in gates]
    layer(path, "greenspace_site", sites, shapes, "MultiPolygon", sites[0])
    places = [shapely.Point(WEST + x, SOUTH + y) for *_, (x, y) in gates]
    layer(path, "access_point", points, places, "Point", points[0])
    return path


def test_links_of_the_published_shape_become_ways_with_the_tags_that_the_rules_know(roads):
    found = read_open_roads(roads)
    tags = found.ways.tags
    assert [tags["highway"][k] for k in range(4)] == ["residential", "trunk", "bus_guideway", "service"]
    assert tags["name"][0] == "High Street"
    assert found.quality.dropped == {}
    graph, quality = build_graph(found.ways, profile("walk"))
    assert quality.dropped == {"track-bed": 1}  # nobody walks on a guided busway
    assert graph.length.sum() == pytest.approx(600, abs=1)


def test_sites_and_access_points_of_the_published_shape_are_read_with_their_link(green):
    found = read_green(green, to=Projection(NATIONAL_GRID))
    assert found.areas.kinds == ("park", "golf", "allotments", "playground")
    assert found.areas.names[0] == "Kings Park"
    assert found.of == (0, 3)
    assert found.dropped == {"a way in for vehicles only": 1}


def test_a_site_is_checked_on_ordnance_surveys_maps_alone(roads, green):
    flat = Projection(NATIONAL_GRID)
    lon, lat = flat.degrees(np.array([WEST + 45.0]), np.array([SOUTH - 20.0]))
    answer = check(roads, at=(float(lat[0]), float(lon[0])), green=green)
    assert answer.value["space"] == "Kings Park"
    assert answer.value["metres"] == pytest.approx(30, abs=1)  # 20 metres to the street, 10 to the gate
    told = {step.code: step.facts for step in answer.steps}
    assert told["greenspace.land.left-out"]["why"] == "a way in for vehicles only"
