"""Map files: other tools open them without a word, and nothing is ever half-written."""

import json
import warnings

import geopandas
import numpy as np
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from fairground.errors import BadInput
from fairground.sources.layers import ENDINGS, Rows, writer

PLACES = shapely.points([1.0, 2.0, 3.0], [50.0, 51.0, 52.0])
COLUMNS = {
    "id": np.array(["a", "=b", "ç"], object),
    "metres": np.array([1.5, np.inf, 3.0]),
    "met": np.array([1, 2, 3]),
    "near": np.array([True, False, True]),
}


def written(path, shapes=PLACES):
    with writer(path) as file:
        for some in (slice(0, 2), slice(2, 3)):
            file.add(Rows(shapes[some], {name: column[some] for name, column in COLUMNS.items()}))
    return path


def opened(path):
    if path.suffix == ".parquet":
        return geopandas.read_parquet(path)
    return geopandas.read_file(path)


@pytest.mark.parametrize("ending", [".parquet", ".gpkg", ".geojson"])
def test_geopandas_reads_back_what_was_written_without_a_warning(tmp_path, ending):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = opened(written(tmp_path / f"homes{ending}"))
    assert found["id"].tolist() == ["a", "=b", "ç"]
    assert found["metres"].isna().tolist() == [False, True, False]
    assert found["met"].tolist() == [1, 2, 3]
    assert found.geometry.x.tolist() == [1.0, 2.0, 3.0]
    assert found.crs.equals("EPSG:4326", ignore_axis_order=True)


def test_the_geoparquet_file_says_what_the_standard_asks(tmp_path):
    told = pq.read_schema(written(tmp_path / "homes.parquet")).metadata[b"geo"]
    about = json.loads(told)
    assert about["version"] == "1.1.0"
    assert about["columns"]["geometry"]["encoding"] == "WKB"
    assert about["columns"]["geometry"]["geometry_types"] == ["Point"]
    assert about["columns"]["geometry"]["bbox"] == [1.0, 50.0, 3.0, 52.0]
    assert about["columns"]["geometry"]["crs"]["id"] == {"authority": "OGC", "code": "CRS84"}


def test_polygons_run_against_the_clock(tmp_path):
    clockwise = np.array([shapely.box(n, 50, n + 1, 51, ccw=False) for n in range(3)])
    found = opened(written(tmp_path / "hexagons.parquet", clockwise))
    assert all(shape.exterior.is_ccw for shape in found.geometry)


def test_a_geopackage_has_one_layer_of_points(tmp_path):
    assert pyogrio.list_layers(written(tmp_path / "homes.gpkg")).tolist() == [["homes", "Point"]]


def test_a_csv_cell_that_a_spreadsheet_would_run_is_led_by_an_apostrophe(tmp_path):
    assert written(tmp_path / "homes.csv").read_text("utf-8").splitlines()[2] == "2.0,51.0,'=b,,2,False"


def unfinished(path):
    with writer(path) as file:
        file.add(Rows(PLACES, COLUMNS))
        file.add(Rows(PLACES, {"id": COLUMNS["id"][:1]}))


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_cannot_be_finished_is_not_there_and_the_old_one_stays(tmp_path, ending):
    path = tmp_path / f"homes{ending}"
    path.write_text("the old one")
    with pytest.raises(BadInput):
        unfinished(path)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.read_text() == "the old one"


def test_a_name_with_another_ending_or_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadInput, match="ending"), writer(tmp_path / "homes.xls"):
        pass
    with pytest.raises(BadInput, match="cannot be written"):
        written(tmp_path / "nowhere" / "homes.parquet")
