"""Councils' lists in 27 layouts, each with the same three assets; odd files; wrong cells; Lancashire's."""

import io
import json
import tomllib
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput, DataProblem
from fairground.sources import asset_columns, asset_lists
from tests.workbooks import xlsx

# The three made-up assets of every layout: field -> value in each.
ASSETS = {
    "uprn": ["100000000101", "100000000102", "100000000103"],
    "id": ["A/001", "A/002", "A/003"],
    "name": ["Old Library", "Land at Mill Lane", "Town Hall"],
    "address": ["High Street, Redcar, TS10 1AA", "Mill Lane, Redcar", "Station Road, Redcar, TS10 3CC"],
    "number": ["12", "", "1"],
    "street": ["High Street", "Mill Lane", "Station Road"],
    "town": ["Redcar", "Redcar", "Redcar"],
    "postcode": ["TS10 1AA", "TS10", "TS10 3CC"],
    "easting": ["460000", "460250", "460500"],
    "northing": ["525000", "525100", "525200"],
    "latitude": ["54.6170", "54.6178", "54.6186"],
    "longitude": ["-1.0727", "-1.0688", "-1.0649"],
    "tenure": ["Freehold", "Leasehold", "Freehold"],
    "tenure_detail": ["Occupied by local authority", "Licence", "Vacant"],
    "kind": ["Land and Building", "Land", "Land and Building"],
    "use": ["Library", "Allotments", "Offices"],
    "owner": ["Redcar Council", "Redcar Council", "Redcar Council"],
    "ward": ["Coatham", "Coatham", "Kirkleatham"],
}
LAYOUTS = tomllib.loads((Path(__file__).parent / "files" / "asset_layouts.toml").read_text("utf-8"))["layout"]


def table(layout):
    rows = [list(layout)]
    for n in range(3):
        rows.append([ASSETS.get(field, ASSETS["name"])[n] if field else "kept" for field in layout.values()])
    return rows


def as_csv(rows, separator=","):
    def cell(text):
        return f'"{text}"' if separator in text or "\n" in text else text

    return "".join(separator.join(map(cell, row)) + "\r\n" for row in rows)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: next(iter(layout)))
def test_a_council_list_in_any_of_these_layouts_is_read_without_a_hand(layout, tmp_path):
    file = tmp_path / "assets.csv"
    file.write_text(as_csv(table(layout)), "utf-8")
    found = asset_lists.read(file)
    wanted = {field for field in layout.values() if field}
    assert {column.field for column in found.columns} == wanted
    for n, asset in enumerate(found.assets):
        for field in wanted & set(ASSETS):
            expected = ASSETS[field][n]
            assert asset.said.get(field, "") == expected, field
    assert found.dropped == {}


def test_places_in_metres_become_degrees_to_some_metres(tmp_path):
    """The worked point of the Ordnance Survey's guide, TG 51409 13177: 52°39′28.72″ N, 1°42′57.79″ E."""
    file = tmp_path / "assets.csv"
    file.write_text("name,postcode,easting,northing\nHere,NR30 1AA,651409.903,313177.270\n", "utf-8")
    (asset,) = asset_lists.read(file).assets
    assert asset.latitude == pytest.approx(52 + 39 / 60 + 28.72 / 3600, abs=5e-5)
    assert asset.longitude == pytest.approx(1 + 42 / 60 + 57.79 / 3600, abs=8e-5)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_encoding_and_separator_is_read(encoding, separator, tmp_path):
    rows = [["Asset Name", "Postcode", "Tenure"], ["Café at the Pier – “Lido”", "TS10 1AA", "Freehold"]]
    file = tmp_path / "assets.csv"
    file.write_bytes(as_csv(rows, separator).encode(encoding))
    (asset,) = asset_lists.read(file).assets
    assert asset.name == "Café at the Pier – “Lido”"


def test_titles_doubled_headings_and_broken_cells_of_a_real_list_are_read(tmp_path):
    """The shape of Cheltenham's list of 2021: headings twice, line breaks in postcodes, metres with .00."""
    text = (
        "Land and property assets,,,,,\nPublished April,,,,,\n\n"
        "Organisation,OrganisationLabel,Organisation,OrganisationLabel,UPRN,PropertyName,PostCode,GeoX,GeoY\n"
        "Borough Council,23UB,Borough Council,23UB,010012809147,Statue,"
        '"\n \nGL50 1DY\n",394751.00,222273.00\n'
    )
    file = tmp_path / "assets.csv"
    file.write_text(text, "utf-8")
    found = asset_lists.read(file)
    (asset,) = found.assets
    assert found.heading_row == 4
    assert asset.said["postcode"] == "GL50 1DY"
    assert asset.said["uprn"] == "10012809147"
    assert asset.said["owner"] == "Borough Council"
    assert asset.latitude == pytest.approx(51.9, abs=0.01)


def test_the_sheet_with_the_most_known_columns_is_taken(tmp_path):
    file = tmp_path / "assets.xlsx"
    notes = [["Notes", ""], ["Name", "Use"], ["UPRN", "a number"]]
    file.write_bytes(xlsx({"Read me": notes, "Assets": table(LAYOUTS[0])}))
    found = asset_lists.read(file)
    assert found.sheet == "Assets"
    assert len(found.assets) == 3


def test_json_and_geojson_are_read(tmp_path):
    plain = [dict(zip(table(LAYOUTS[6])[0], row, strict=True)) for row in table(LAYOUTS[6])[1:]]
    file = tmp_path / "assets.json"
    file.write_text(json.dumps({"meta": {"made": "up"}, "assets": plain}), "utf-8")
    assert [asset.name for asset in asset_lists.read(file).assets] == ASSETS["name"]
    shape = {"type": "Polygon", "coordinates": [[[-1, 54], [-1, 54.2], [-0.8, 54.2], [-0.8, 54], [-1, 54]]]}
    made = [
        {"type": "Feature", "geometry": shape, "properties": {"name": "Field", "uprn": 100000000101}},
        {"type": "Feature", "geometry": None, "properties": {"name": "Nowhere", "uprn": None}},
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": made}), "utf-8")
    field, nowhere = asset_lists.read(file).assets
    assert (field.latitude, field.longitude) == (pytest.approx(54.1), pytest.approx(-0.9))
    assert nowhere.latitude is None


def test_a_cell_that_cannot_be_is_left_empty_and_listed_and_nothing_else_is_lost(tmp_path):
    file = tmp_path / "assets.csv"
    file.write_text(
        "Name,UPRN,Postcode,Easting,Northing\n"
        "Hall,1.00012E+11,TS10 1AA,460000,525000\n"
        "Park,100000000102,nowhere,999999999,525000\n"
        "Pier,100000000103,TS10 2BB,0,0\n"
        ",,,,\n"
        "n/a,,,460000,525000\n"
        "Lido,100000000104,TS10 3CC,460000,525000\n",
        "utf-8",
    )
    found = asset_lists.read(file)
    assert [asset.name for asset in found.assets] == ["Hall", "Park", "Pier", "Lido"]
    assert [(f.row, f.field) for f in found.faults] == [
        (2, "UPRN"), (3, "Postcode"), (3, "Easting"), (4, "Easting"), (4, "Northing"),
    ]  # fmt: skip
    assert dict(found.dropped) == {"The row does not say what or where the asset is": 1}
    assert found.quality.read == 5


@pytest.mark.parametrize(
    "cells", [("NZ 60000 25000", "NZ6025025100"), ("POINT (-1.07 54.61)", "POINT (-1.06 54.62)")]
)
def test_places_in_one_cell_are_known_by_what_is_in_them_whatever_the_heading(cells, tmp_path):
    file = tmp_path / "assets.csv"
    file.write_text("Name,Address,Where\n" + "".join(f"A,High Street,{cell}\n" for cell in cells), "utf-8")
    found = asset_lists.read(file)
    assert {column.field: column.how for column in found.columns}["grid_reference"] == "by what is in it"
    assert all(54.5 < asset.latitude < 54.7 for asset in found.assets)


def test_a_person_can_say_which_column_is_which(tmp_path):
    file = tmp_path / "assets.csv"
    file.write_text("Premises,Title,Postcode\nOld Library,Mr,TS10 1AA\n", "utf-8")
    found = asset_lists.read(file, {"name": "Premises"})
    assert found.assets[0].name == "Old Library"
    for told, said in (({"name": "Premise"}, "no such column"), ({"colour": "Title"}, "no such field")):
        with pytest.raises(BadInput, match=said):
            asset_lists.read(file, told)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"  \n\n ", "is empty"),
        (b"one,two\n1,2\n", "No row of this file has headings"),
        (b"\x00\x01\x02\x03", "no table"),
        (b"{not json", "not well-formed JSON"),
        (b"PK\x03\x04 not a workbook", "spreadsheet"),
        (b"[" * 100_000, "not well-formed JSON"),
    ],
)
def test_a_file_that_is_no_list_is_refused_plainly(content, said, tmp_path):
    file = tmp_path / "assets.csv"
    file.write_bytes(content)
    with pytest.raises(DataProblem, match=said):
        asset_lists.read(file)


@pytest.mark.parametrize(
    "held",
    [
        {"type": "FeatureCollection", "features": 5},
        {"type": "FeatureCollection", "features": [{"properties": 5, "geometry": 5}]},
        {"assets": [1, "two", None, [3]]},
        [[1], [2]],
    ],
)
def test_json_of_another_shape_is_refused_plainly(held, tmp_path):
    file = tmp_path / "assets.json"
    file.write_text(json.dumps(held), "utf-8")
    with pytest.raises(DataProblem, match="No row of this file has headings"):
        asset_lists.read(file)


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(DataProblem, match="cannot be read"):
            asset_lists.read(path)
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as stream:
        stream.truncate(asset_lists.LARGEST + 1)
    with pytest.raises(DataProblem, match="too large"):
        asset_lists.read(huge)


def test_a_packed_file_that_is_no_workbook_is_refused(tmp_path):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("assets.csv", "name,uprn\n")
    file = tmp_path / "assets.zip"
    file.write_bytes(held.getvalue())
    with pytest.raises(DataProblem):
        asset_lists.read(file)


@given(st.permutations(list(LAYOUTS[0])), st.integers(0, 3))
def test_the_order_of_columns_and_titles_above_change_nothing(order, titles):
    rows = table(LAYOUTS[0])
    places = [rows[0].index(head) for head in order]
    mixed = [["A list"]] * titles + [[row[at] for at in places] for row in rows]
    at = asset_columns.surest_row(mixed)
    assert at == titles
    found = asset_columns.recognise(mixed[at], mixed[at + 1 :])
    assert {c.heading: c.field for c in found} == LAYOUTS[0]


@pytest.mark.shared
def test_lancashires_list_is_read_whole(shared):
    found = asset_lists.read(shared / "data" / "property" / "lancashire_property_assets.json")
    assert len(found.assets) == found.read == 1219
    assert sum(asset.latitude is not None for asset in found.assets) == 1169
    fields = {column.field: column.heading for column in found.columns}
    assert (fields["name"], fields["tenure"], fields["owner"]) == ("name", "ownership", "owner_entity")
    assert "uprn" not in fields
