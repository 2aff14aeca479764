"""The map of points: north is up, distances are true, no numbers hide each other, words are escaped."""

import re
from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.report.charts import Point, points

DEGREES = st.tuples(st.floats(49, 61), st.floats(-9, 3))


def spots(svg):
    return [tuple(map(float, pair)) for pair in re.findall(r'cx="([-\d.]+)" cy="([-\d.]+)"', svg)]


def at(*places):
    return [Point(n, lat, lon, f"Idea {n}", f"/{n}/") for n, (lat, lon) in enumerate(places, 1)]


def test_north_is_up_and_east_is_right_and_a_kilometre_is_as_long_both_ways():
    middle, north, east = spots(points(at((54.6, -1.0), (54.69, -1.0), (54.6, -0.8447)), title="x"))
    assert north[1] < middle[1]
    assert east[0] > middle[0]
    up, right = middle[1] - north[1], east[0] - middle[0]
    assert abs(up - right) / up < 0.01, (
        "0.09 degrees of latitude and 0.1553 of longitude are both 10 km there"
    )


@settings(max_examples=40)
@given(st.lists(DEGREES, min_size=1, max_size=12))
def test_every_point_is_inside_the_frame(places):
    svg = points(at(*places), title="x")
    _, _, width, height = map(float, re.search(r'viewBox="([^"]+)"', svg)[1].split())
    found = spots(svg)
    assert len(found) == len(places)
    assert all(0 <= x <= width and 0 <= y <= height for x, y in found)


def test_points_in_one_street_do_not_hide_one_another():
    found = spots(points(at(*[(54.6, -1.0)] * 5, (54.5, -1.2)), title="x"))
    assert min(hypot(a[0] - b[0], a[1] - b[1]) for a in found for b in found if a is not b) > 30


def test_a_title_cannot_break_out_of_the_map_and_no_points_make_no_map():
    svg = points([Point(1, 54, -1, '"><script>', '/"')], title="<b>")
    assert "<script>" not in svg
    assert "<b>" not in svg
    assert points([], title="x") == ""
