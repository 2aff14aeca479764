"""Map files keep every rule of their standards, so that QGIS and others open them without a warning.

GeoParquet 1.1.0 (geoparquet.org/releases/v1.1.0) and GeoPackage 1.2 to 1.4 (OGC 12-128, abstract tests of
annex A), each held by a file written in three blocks, as long answers are.
"""

import json
import re
import sqlite3
import warnings

import geopandas
import numpy as np
import pyarrow.parquet
import pyogrio
import pytest
import shapely
from pyproj import CRS

from fairground.sources.layers import Rows, writer

KINDS = re.compile(r"^(GeometryCollection|(Multi)?(Point|LineString|Polygon))( Z)?$")
TYPES = {
    "BOOLEAN",
    "TINYINT",
    "SMALLINT",
    "MEDIUMINT",
    "INT",
    "INTEGER",
    "FLOAT",
    "DOUBLE",
    "REAL",
    "TEXT",
    "BLOB",
}
BOXES = ((-3, 2), (51, 54), (-2.9, 2.1), (51.1, 54.1))  # west, south, east, north: of the first and the last
SHAPES = {
    "homes": lambda n: shapely.points(np.linspace(-3, 2, n), np.linspace(51, 54, n)),
    "hexagons": lambda n: shapely.box(*(np.linspace(a, b, n) for a, b in BOXES), ccw=False),
}


def written(path, kind):
    shapes = SHAPES[kind](30)
    with writer(path) as file:
        for at in range(0, 30, 10):
            some = shapes[at : at + 10]
            columns = {
                "id": np.array([f"h{n}" for n in range(at, at + 10)], object),
                "needs_met": np.arange(10),
                "food_metres": np.where(np.arange(10) % 3, 120.5, np.inf),
                "edge_of_data": np.arange(10) % 2 == 0,
            }
            file.add(Rows(some, columns))
    return path, shapes


@pytest.mark.parametrize("kind", SHAPES)
def test_geoparquet_metadata_and_column_keep_the_standard(tmp_path, kind):
    path, shapes = written(tmp_path / "a.parquet", kind)
    file = pyarrow.parquet.ParquetFile(path)
    geo = json.loads(file.schema_arrow.metadata[b"geo"])
    assert re.fullmatch(r"1\.1\.0", geo["version"])
    assert set(geo) >= {"version", "primary_column", "columns"}
    column = geo["columns"][geo["primary_column"]]
    assert column["encoding"] == "WKB"
    assert all(KINDS.match(one) for one in column["geometry_types"])
    assert len(set(column["geometry_types"])) == len(column["geometry_types"]) == 1
    assert column["crs"]["$schema"].startswith("https://proj.org/schemas/")
    assert CRS.from_json_dict(column["crs"]) == CRS("OGC:CRS84")
    physical = file.schema.column(file.schema.names.index(geo["primary_column"]))
    assert (physical.physical_type, physical.max_repetition_level) == ("BYTE_ARRAY", 0)
    found = shapely.from_wkb(file.read()[geo["primary_column"]].to_numpy())
    assert {one.geom_type for one in found} == set(column["geometry_types"])
    assert np.allclose(column["bbox"], shapely.total_bounds(found), atol=0)
    assert not shapely.has_z(found).any()
    if kind == "hexagons":
        assert column["orientation"] == "counterclockwise"
        assert all(shapely.is_ccw(one.exterior) for one in found)
    assert shapely.equals(found, shapes).all()


@pytest.mark.parametrize("kind", SHAPES)
def test_a_geopackage_passes_the_abstract_tests_of_its_standard(tmp_path, kind):
    path, shapes = written(tmp_path / "a.gpkg", kind)
    with sqlite3.connect(path) as base:
        (ask := lambda sql: base.execute(sql).fetchall())
        assert ask("PRAGMA application_id") == [(0x47504B47,)]
        assert 10200 <= ask("PRAGMA user_version")[0][0] <= 10499
        assert ask("PRAGMA integrity_check") == [("ok",)]
        assert ask("PRAGMA foreign_key_check") == []
        assert {-1, 0, 4326} <= {row[0] for row in ask("SELECT srs_id FROM gpkg_spatial_ref_sys")}
        assert all(row[0].strip() for row in ask("SELECT definition FROM gpkg_spatial_ref_sys"))
        ((table, data, changed, *box, srs),) = ask(
            "SELECT table_name, data_type, last_change, min_x, min_y, max_x, max_y, srs_id FROM gpkg_contents"
        )
        assert (data, srs) == ("features", 4326)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", changed)
        assert np.allclose(box, shapely.total_bounds(shapes))
        name = {"homes": "POINT", "hexagons": "POLYGON"}[kind]
        ((column, *geometry),) = ask(
            "SELECT column_name, geometry_type_name, srs_id, z, m FROM gpkg_geometry_columns"
        )
        assert geometry == [name, 4326, 0, 0]
        columns = ask(f"PRAGMA table_info({table})")
        assert [row[2] for row in columns if row[5]] == ["INTEGER"]
        assert {re.sub(r"\(.*", "", row[2].upper()) for row in columns} <= TYPES | {name}
        blobs = [row[0] for row in ask(f"SELECT {column} FROM {table}")]
        assert len(blobs) == 30
        for blob in blobs:
            assert blob[:3] == b"GP\x00"  # magic and version
            assert int.from_bytes(blob[4:8], "little" if blob[3] & 1 else "big") == 4326
            assert not blob[3] & 0b110000  # neither empty nor extended
        assert ("gpkg_rtree_index",) in ask("SELECT extension_name FROM gpkg_extensions")
        assert ask(f"SELECT count(*) FROM rtree_{table}_{column}") == [(30,)]
        triggers = {row[0] for row in ask("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        assert {f"rtree_{table}_{column}_{when}" for when in ("insert", "delete")} <= triggers


@pytest.mark.parametrize("ending", [".parquet", ".gpkg", ".geojson"])
@pytest.mark.parametrize("kind", SHAPES)
def test_gdal_and_geopandas_open_every_kind_with_warnings_as_errors(tmp_path, kind, ending):
    path, shapes = written(tmp_path / f"a{ending}", kind)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = geopandas.read_parquet(path) if ending == ".parquet" else geopandas.read_file(path)
        told = {} if ending == ".parquet" else pyogrio.read_info(path, force_feature_count=True)
    assert len(found) == 30
    assert found.crs == CRS("OGC:CRS84") or found.crs == CRS("EPSG:4326")
    assert found["food_metres"].isna().sum() == 12  # what cannot be reached is empty, not a number
    assert shapely.equals(np.asarray(found.geometry), shapes).all()
    assert told.get("features", 30) == 30
