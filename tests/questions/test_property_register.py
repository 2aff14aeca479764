"""A council's list as a question: what it tells, and the files it writes."""

import csv
import json

import pyarrow.parquet as pq
import pytest

from fairground import report
from fairground.errors import BadInput
from fairground.evidence import Answer
from fairground.questions.wealth import register
from fairground.sources import asset_lists

TEXT = (
    "Council,UPRN,Asset ref,Asset name,Street,Post code,Easting,Northing,Tenure,Colour\n"
    "Redcar Council,100000000101,A1,Old Library,High Street,TS10 1AA,460000,525000,Freehold,red\n"
    'Redcar Council,100000000102,A2,"=HYPERLINK(""x"")",Mill Lane,TS10,460250,525100,Leasehold,\n'
    "Redcar Council,oops,A3,Town Hall,Station Road,TS10 3CC,,,Freehold,\n"
    ",,,,,,,,,blue\n"
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "assets.csv"
    path.write_text(TEXT, "utf-8")
    return path


def test_the_answer_counts_assets_and_places_and_says_what_was_not_read(file):
    answer = register.council_list(file)
    assert report.headline(answer) == "assets.csv holds 3 assets; 2 with a place on the map."
    told = " ".join(report.working(answer))
    assert "Left out, 1 row: The row does not say what or where the asset is." in told
    assert "1 cell: This is not a UPRN: left empty (UPRN)." in told
    assert "These columns were not read: Colour." in told
    assert [(one.tenure, one.assets) for one in answer.value.tenures] == [("freehold", 2), ("leasehold", 1)]
    assert answer.sources[0].publisher == "Redcar Council"
    assert Answer.from_json(answer.to_json()) == answer


def test_the_codes_layout_is_read_back_as_the_same_assets(file, tmp_path):
    out = tmp_path / "code.csv"
    register.council_list(file, out=out)
    first, again = asset_lists.read(file), asset_lists.read(out)
    for before, after in zip(first.assets, again.assets, strict=True):
        assert {**before.said, "name": ""} == {**after.said, "name": ""}
    assert [asset.name for asset in again.assets] == ["Old Library", '\'=HYPERLINK("x")', "Town Hall"]


def test_degrees_become_metres_in_the_codes_layout(tmp_path):
    file, out = tmp_path / "assets.csv", tmp_path / "code.csv"
    file.write_text("name,latitude,longitude\nPier,54.6170,-1.0727\n", "utf-8")
    register.council_list(file, out=out)
    row = next(csv.DictReader(out.open(encoding="utf-8")))
    assert (abs(int(row["GeoX"]) - 459_960) < 150, abs(int(row["GeoY"]) - 524_900) < 800) == (True, True)
    (before,), (after,) = asset_lists.read(file).assets, asset_lists.read(out).assets
    assert after.latitude == pytest.approx(before.latitude, abs=2e-5)


def test_map_files_hold_the_assets_that_have_a_place(file, tmp_path):
    register.council_list(file, out=tmp_path / "a.geojson")
    made = json.loads((tmp_path / "a.geojson").read_text("utf-8"))
    assert [one["properties"]["name"] for one in made["features"]] == ["Old Library", '=HYPERLINK("x")']
    register.council_list(file, out=tmp_path / "a.parquet")
    assert pq.read_table(tmp_path / "a.parquet").num_rows == 2


def test_another_ending_is_refused_and_nothing_is_written(file, tmp_path):
    with pytest.raises(BadInput, match="ending"):
        register.council_list(file, out=tmp_path / "a.docx")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["assets.csv"]
