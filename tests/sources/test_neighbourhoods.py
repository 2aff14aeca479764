"""Small areas: joined by code, by name or by place, and each fault in a table named."""

import json

import numpy as np
import pytest

from fairground.errors import DataProblem
from fairground.networks import Projection
from fairground.sources.neighbourhoods import read_neighbourhoods

FLAT = Projection("EPSG:27700")
TABLE = "LSOA21CD,Name,Population,Under 16\nE1,North,100,20\nE2,South,300,\n"


def test_homes_find_their_area_by_code_or_by_name(tmp_path):
    path = tmp_path / "areas.csv"
    path.write_text(TABLE)
    found = read_neighbourhoods(path, FLAT)
    assert found.of(np.zeros(4), np.zeros(4), ["E2", "North", "nowhere", ""]).tolist() == [1, 0, -1, -1]
    assert found.people.tolist() == [100.0, 300.0]
    assert np.isnan(found.young[1])


def test_the_table_of_the_indices_of_deprivation_is_known_by_its_headings(tmp_path):
    path = tmp_path / "areas.csv"
    heads = (
        "LSOA code (2021)",
        "Local Authority District name (2024)",
        "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
        "Total population: mid 2022 (excluding prisoners)",
    )
    path.write_text(";".join(heads) + "\nE01000001;City of London;9;1615\n", "utf-16")
    found = read_neighbourhoods(path, FLAT)
    assert (found.code, found.decile.tolist(), found.people.tolist()) == (("E01000001",), [9.0], [1615.0])


def test_a_name_that_two_areas_share_is_no_help(tmp_path):
    path = tmp_path / "areas.csv"
    path.write_text(TABLE + "E3,North,5,1\n")
    found = read_neighbourhoods(path, FLAT)
    assert found.of(np.zeros(3), np.zeros(3), ["North", "South", "E3"]).tolist() == [-1, 1, 2]


def test_homes_without_a_code_find_the_area_they_stand_in_and_the_first_of_two(tmp_path):
    path = tmp_path / "areas.geojson"
    squares = [[[x, 54], [x + 1, 54], [x + 1, 55], [x, 55], [x, 54]] for x in (-3, -2)]
    features = [
        {
            "type": "Feature",
            "properties": {"area": f"E{n}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for n, ring in enumerate(squares)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    found = read_neighbourhoods(path, FLAT)
    x, y = FLAT.metres(np.array([-2.5, -1.5, -2.0, 0.5]), np.array([54.5, 54.5, 54.0, 54.5]))
    assert found.of(x, y, [""] * 4).tolist() == [0, 1, 0, -1]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (TABLE.replace("LSOA21CD", "Where"), "which areas"),
        (TABLE.replace("E2", "E1"), "code of its own"),
        (TABLE.replace("300", "many"), "number"),
        (TABLE.replace("E2,South", "E2"), "cells"),
        ("", "empty"),
        (TABLE.replace("\nE2", "\n\nE2").replace("300", "many"), "row 4"),
    ],
)
def test_a_table_with_a_fault_is_refused_by_name(tmp_path, text, word):
    path = tmp_path / "areas.csv"
    path.write_text(text)
    with pytest.raises(DataProblem, match=word):
        read_neighbourhoods(path, FLAT)
