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
    ],
)
def test_columns_are_found_by_their_usual_names(tmp_path, heads, crs):
    assert open_homes(written(tmp_path, heads + "\n")).crs == crs


def test_degrees_are_longitude_then_latitude_and_people_and_areas_are_kept(tmp_path):
    path = written(tmp_path, "uprn,lat,lon,LSOA21CD,people\n7,51.5,-3,W01,4\n")
    block = next(blocks(open_homes(path)))
    assert (block.x.tolist(), block.y.tolist()) == ([-3.0], [51.5])
    assert (block.id, block.group, block.people.tolist()) == (("7",), ("W01",), [4.0])


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
