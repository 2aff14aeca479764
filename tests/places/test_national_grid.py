"""The National Grid against Ordnance Survey's forty published test points, and against PROJ's plain way.

The points are those of the OSTN15 developer pack (OSTN15_OSGM15_TestInput_ETRStoOSGB and its output; Contains
OS data © Crown copyright 2016, Open BSD licence).
"""

from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from fairground.places import national_grid

POINTS = np.genfromtxt(
    Path(__file__).parent / "ostn15_points.csv", delimiter=",", skip_header=1, usecols=(1, 2, 3, 4)
).T
GLOBE = Geod(ellps="GRS80")
ENGLAND = {"east": st.floats(83_000, 655_000), "north": st.floats(6_000, 657_000)}
ST_AGNES = (88_200.0, 8_200.0)  # south of where the package turns degrees into metres by the table


def test_ordnance_surveys_own_points_come_out_to_the_millimetre():
    latitude, longitude, east, north = POINTS
    spots = national_grid.metres(longitude, latitude)
    assert len(east) == 40
    assert np.abs(spots.x - east).max() < 0.0011
    assert np.abs(spots.y - north).max() < 0.0011
    assert set(spots.doubt) == {0.1}


def test_the_way_back_comes_out_to_a_centimetre():
    latitude, longitude, east, north = POINTS
    spots = national_grid.degrees(east, north)
    assert GLOBE.inv(spots.x, spots.y, longitude, latitude)[2].max() < 0.01


@given(**ENGLAND)
def test_a_place_of_england_or_its_sea_lies_near_projs_plain_way(east, north):
    spots = national_grid.degrees([east], [north])
    with patch.object(national_grid, "to_degrees", None):
        plain = national_grid.degrees([east], [north])
    assert GLOBE.inv(spots.x[0], spots.y[0], plain.x[0], plain.y[0])[2] < 6


def test_on_land_the_plain_way_is_that_of_any_programme_that_asks_proj():
    """PROJ by itself takes a way that is 130 m off beyond its own area of use, in the North Sea."""
    latitude, longitude, east, north = POINTS
    with patch.object(national_grid, "to_metres", None):
        ours = national_grid.metres(longitude, latitude)
        sea = national_grid.metres([2.0], [55.6])
    ask = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    assert np.hypot(*(np.stack(ask.transform(longitude, latitude)) - (ours.x, ours.y))).max() < 1e-6
    assert np.hypot(ours.x - east, ours.y - north).max() < 5
    assert np.hypot(sea.x - ask.transform(2.0, 55.6)[0], 0) > 100


@given(**ENGLAND)
def test_there_and_back_is_the_same_place(east, north):
    there = national_grid.degrees([east], [north])
    back = national_grid.metres(there.x, there.y)
    # By the table both ways, or where it says nothing by PROJ's plain way.
    off = 0.01 if back.doubt[0] == there.doubt[0] else 6
    assert (back.x[0], back.y[0]) == pytest.approx((east, north), abs=off)
    assert back.doubt[0] == 0.1 or there.y[0] < 49.93 or there.x[0] > 1.76


def test_the_south_of_scilly_is_known_one_way_and_its_doubt_is_said_the_other_way():
    there = national_grid.degrees(*ST_AGNES)
    back = national_grid.metres(there.x, there.y)
    assert (there.doubt[0], back.doubt[0] > 1) == (0.1, True)
    assert (back.x[0], back.y[0]) == pytest.approx(ST_AGNES, abs=6)


def test_what_is_no_place_stays_none_and_the_others_keep_their_order():
    spots = national_grid.degrees([530624.974, np.nan, 91492.146], [178388.464, 1.0, np.inf])
    assert spots.y[0] == pytest.approx(51.4893656495)
    assert np.isnan(spots.x[1:]).all()
    assert np.isnan(spots.doubt[1:]).all()


def test_beyond_the_table_projs_plain_way_is_taken_and_its_doubt_is_said():
    spots = national_grid.degrees([-150_000.0, 530624.974], [500_000.0, 178388.464])
    assert np.isfinite(spots.x).all()
    assert spots.doubt[0] > 1
    assert spots.doubt[1] == 0.1


def test_without_the_package_places_are_metres_off_and_it_is_said(monkeypatch):
    monkeypatch.setattr(national_grid, "to_degrees", None)
    latitude, longitude, east, north = POINTS
    spots = national_grid.degrees(east, north)
    off = GLOBE.inv(spots.x, spots.y, longitude, latitude)[2]
    assert 0.5 < off.max() < 5
    assert (spots.doubt >= 1).all()
