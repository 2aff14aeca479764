"""A file of homes is read in blocks, by whatever its columns are called."""

import tracemalloc

import pytest

from fairground.errors import DataProblem
from fairground.sources.homes import DEGREES, GRID, blocks, open_homes


def written(folder, text):
    path = folder / "homes.csv"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("heads", "crs"),
    [
        ("lat,lon", DEGREES),
        ("Latitude,LONGITUDE", DEGREES),
        ("Easting,Northing", GRID),
        ("X_COORDINATE,Y_COORDINATE", GRID),
        ("UPRN,X_COORDINATE,Y_COORDINATE,LATITUDE,LONGITUDE", DEGREES),
        ("UPRN;GRIDGB1E;GRIDGB1N;PCDS;LSOA21CD", GRID),
        ("pcd\tpcds\toseast1m\tosnrth1m\tlsoa21\tlat\tlong", DEGREES),
        ("X|Y", GRID),
    ],
)
def test_columns_are_found_by_their_usual_names(tmp_path, heads, crs):
    assert open_homes(written(tmp_path, heads + "\n")).crs == crs


def test_degrees_are_longitude_then_latitude_and_people_and_areas_are_kept(tmp_path):
    path = written(tmp_path, "uprn,lat,lon,LSOA21CD,people\n7,51.5,-3,W01,4\n")
    block = next(blocks(open_homes(path)))
    assert (block.x.tolist(), block.y.tolist()) == ([-3.0], [51.5])
    assert (block.id, block.group, block.people.tolist()) == (("7",), ("W01",), [4.0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom"])
@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
def test_a_table_as_any_spreadsheet_writes_it_holds_the_same_homes(tmp_path, encoding, between):
    path = tmp_path / "homes.csv"
    text = "id,lat,lon\r\nCafé,51.5,-3\r\n".replace(",", between)
    mark, coded = ("\ufeff", "utf-16-le") if encoding == "utf-16-le-bom" else ("", encoding)
    path.write_bytes((mark + text).encode(coded))
    block = next(blocks(open_homes(path)))
    assert (block.id, block.x.tolist(), block.y.tolist()) == (("Café",), [-3.0], [51.5])


def test_where_semicolons_part_the_cells_a_comma_is_the_decimal_point(tmp_path):
    homes = open_homes(written(tmp_path, "lat;lon\n51,5;-3,25\n51,5,1;-3\n"))
    block = next(blocks(homes))
    assert (block.x.tolist(), block.y.tolist(), homes.faults[0].value) == ([-3.25], [51.5], "51,5,1")


@pytest.mark.parametrize(
    ("rows", "crs", "x"),
    [
        ("2.5,52\n", DEGREES, 2.5),
        ("337626.98,178530\n", GRID, 337626.98),
        ("none,\n1.5,52.5\n", DEGREES, 1.5),
        ("150,80\n150,91\n", GRID, 150),
    ],
)
def test_x_and_y_are_degrees_where_all_of_them_can_be(tmp_path, rows, crs, x):
    homes = open_homes(written(tmp_path, "X,Y\n" + rows))
    assert (homes.crs, next(blocks(homes)).x[0]) == (crs, x)


def test_rows_are_named_by_their_postcode_where_postcodes_are_looked_up(tmp_path):
    path = written(tmp_path, "UPRN,POSTCODE,LAT,LON\n7,ZZ1 1AA,51.5,-3\n")
    assert next(blocks(open_homes(path))).id == ("7",)
    assert next(blocks(open_homes(path).by_postcode())).id == ("ZZ1 1AA",)
    with pytest.raises(DataProblem, match="no column of postcodes"):
        open_homes(written(tmp_path, "UPRN,LAT,LON\n7,51.5,-3\n")).by_postcode()


def test_blocks_of_any_size_hold_the_same_homes(tmp_path):
    path = written(tmp_path, "lat,lon\n" + "".join(f"{50 + n / 100},-1\n" for n in range(25)))
    whole = [row for block in blocks(open_homes(path)) for row in block.y.tolist()]
    parts = [row for block in blocks(open_homes(path), size=4) for row in block.y.tolist()]
    assert whole == parts
    assert len(whole) == 25


def test_bad_rows_are_counted_by_reason_and_the_first_thousand_are_listed(tmp_path):
    bad = "".join(f"x{n},2\n" for n in range(1_500))
    homes = open_homes(written(tmp_path, "lat,lon\n51,-3\n" + bad + "51\n51,-3,4\n,\n51,-3\n"))
    assert sum(len(block) for block in blocks(homes)) == homes.kept == 2
    assert homes.read == 1_504
    assert dict(homes.dropped) == {
        "This must be a number (lat)": 1_500,
        "A row has too many or too few cells": 2,
    }
    assert len(homes.faults) == 1_000
    assert (homes.faults[0].row, homes.faults[0].value) == (3, "x0")


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tmp_path):
    def most(rows):
        path = written(tmp_path, "id,lat,lon\n" + "".join(f"home {n},51.{n},-3\n" for n in range(rows)))
        tracemalloc.start()
        for _ in blocks(open_homes(path), size=1_000):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert most(20_000) < 1.5 * most(4_000)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("a,b\n1,2\n", "latitude and longitude"),
        ("lat,lon\nx,y\n", "No home can be used"),
        ("lat,lon\n", "It has no rows"),
        ("lat,easting\n1,2\n", "where the homes are"),
    ],
)
def test_a_file_that_gives_no_home_is_refused_with_the_reason(tmp_path, text, said):
    with pytest.raises(DataProblem, match=said):
        for _ in blocks(open_homes(written(tmp_path, text))):
            pass


def test_a_workbook_or_a_missing_file_is_refused(tmp_path):
    path = tmp_path / "homes.csv"
    path.write_bytes(b"PK\x03\x04rest")
    with pytest.raises(DataProblem, match="not a CSV"):
        open_homes(path)
    with pytest.raises(DataProblem, match="cannot be read"):
        open_homes(tmp_path / "none.csv")
