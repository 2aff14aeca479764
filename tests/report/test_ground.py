"""The plain map of the ground: true to scale, readable without colour, safe with any name, and as GeoJSON."""

import json
import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import shape

from fairground.report.charts import LAYERS, Mark, ground, shapes, sheet

SVG = "{http://www.w3.org/2000/svg}"
GLOBE = Geod(ellps="WGS84")
SQUARE = ((2.0, 54.6), (2.01, 54.6), (2.01, 54.605), (2.0, 54.605), (2.0, 54.6))
HOLE = ((2.004, 54.602), (2.006, 54.602), (2.006, 54.603), (2.004, 54.603), (2.004, 54.602))


def drawn(*marks, **options):
    return ET.fromstring(ground(marks, title="Where", told="A map", **options))


def paths(svg, layer):
    return [path.get("d") for path in svg.iter(f"{SVG}path") if path.get("class") == f"fg-ground__{layer}"]


def numbers(path):
    return [tuple(map(float, pair)) for pair in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path)]


def test_the_scale_bar_is_as_long_as_it_says():
    """The oracle is the geodesic of PROJ between two places that the drawing puts a bar's length apart."""
    svg = drawn(Mark("street", (SQUARE,)))
    (a, b, *_) = numbers(paths(svg, "street")[0])
    metres = GLOBE.inv(*SQUARE[0], *SQUARE[1])[2]
    bar = next(p for p in svg.iter(f"{SVG}path") if p.get("class") == "fg-chart__limit").get("d")
    (x0, _), _, (x1, _), _ = numbers(bar)
    words = next(t.text for t in svg.iter(f"{SVG}text") if t.text.endswith((" m", " km")))
    said = float(words.split()[0]) * (1000 if words.endswith("km") else 1)
    assert (x1 - x0) / said == pytest.approx(abs(b[0] - a[0]) / metres, rel=0.005)


def test_no_two_layers_differ_in_colour_alone():
    looks = Counter((layer.kind, layer.dash, layer.width) for layer in LAYERS)
    assert [look for look, times in looks.items() if times > 1] == []


def test_a_hole_stays_a_hole():
    path = paths(drawn(Mark("green", (SQUARE, HOLE))), "green")[0]
    assert path.count("M") == path.count("Z") == 2


def test_what_lies_outside_is_cut_at_the_edge_and_not_named_in_the_key():
    near = [(2.0, 54.6), (2.001, 54.601)]
    far = ((2.5, 54.6), (2.6, 54.6))
    svg = drawn(Mark("rail", (far,)), Mark("street", (((1.9, 54.6005), (2.1, 54.6005)),)), within=near)
    assert paths(svg, "rail") == []
    assert all(-0.1 <= x <= 640.1 for x, _ in numbers(paths(svg, "street")[0]))
    assert "Railway" not in {text.text for text in svg.iter(f"{SVG}text")}


def test_a_name_of_any_kind_is_only_ever_text():
    wicked = '"><script>alert(1)</script>'
    svg = ground([Mark("door", (((2.0, 54.6),),), wicked)], title=wicked, told=wicked)
    assert "<script" not in svg
    assert ET.fromstring(svg).find(f"{SVG}title").text == wicked


def test_the_drawing_needs_no_style_sheet():
    svg = drawn(Mark("green", (SQUARE,)), Mark("route", (SQUARE,)))
    for path in svg.iter(f"{SVG}path"):
        assert path.get("fill") or path.get("stroke")


@pytest.mark.slow
def test_a_city_of_homes_stays_a_small_drawing():
    homes = Mark("met", tuple(((2 + n % 300 * 1e-4, 54.6 + n // 300 * 1e-4),) for n in range(60_000)))
    assert len(ground([homes], title="Where", told="Many homes")) < 60_000


degrees = st.tuples(st.floats(-5, 2), st.floats(50, 58))


@settings(max_examples=50)
@given(st.lists(degrees, min_size=1, max_size=20))
def test_every_place_is_on_the_paper_when_nothing_else_is_asked(places):
    svg = drawn(Mark("door", tuple((place,) for place in places)))
    tips = numbers(paths(svg, "door")[0])
    assert len(tips) == len(places)
    assert all(0 <= x <= 640 and 0 <= y <= 480 for x, y in tips)


@settings(max_examples=50)
@given(degrees, st.floats(0.001, 0.5))
def test_north_is_up_and_east_is_right(place, far):
    lon, lat = place
    svg = drawn(Mark("street", (((lon, lat), (lon + far, lat)), ((lon, lat), (lon, lat + far)))))
    start, east, _, north = numbers(paths(svg, "street")[0])
    assert east[0] > start[0]
    assert north[1] < start[1]


def test_the_shapes_are_the_same_marks_as_geojson():
    marks = [
        Mark("door", (((2.0, 54.6),),), "The door"),
        Mark("green", (SQUARE, HOLE), "Park"),
        Mark("route", (SQUARE[:3],)),
    ]
    read = json.loads(shapes(marks, note="Fictional"))
    found = {f["properties"]["layer"]: shape(f["geometry"]) for f in read["features"]}
    assert read["note"] == "Fictional"
    assert {layer["id"] for layer in read["layers"]} == set(found) == {"door", "green", "route"}
    assert len(found["green"].interiors) == 1
    assert found["route"].length == pytest.approx(0.015)
    assert (found["door"].geoms[0].x, found["door"].geoms[0].y) == (2.0, 54.6)


def test_a_map_for_a_page_is_the_same_drawing_with_its_key_as_pairs():
    marks, told = (
        [Mark("green", (SQUARE,), "Park"), Mark("door", (((2.0, 54.6),),))],
        {"title": "Where", "told": "A map"},
    )
    apart, whole = sheet(marks, **told), ET.fromstring(ground(marks, **told))
    alone = ET.fromstring(apart.svg)
    for layer in ("green", "door"):
        assert paths(alone, layer)[0] == paths(whole, layer)[0]
    assert [words for _, words in apart.key] == ["Green space", "Where you asked about"]
    assert all(ET.fromstring(sample).get("aria-hidden") == "true" for sample, _ in apart.key)
    assert {"Green space", "Where you asked about"} <= {text.text for text in whole.iter(f"{SVG}text")}
    assert "Green space" not in {text.text for text in alone.iter(f"{SVG}text")}


def test_nothing_at_all_is_still_a_map():
    assert drawn().get("role") == "img"
