"""Writes places and what is known of them as map files: GeoParquet, GeoPackage, GeoJSON or CSV, by the name.

Rows are written block by block, so that a nation fits; the file appears under its name only when it is whole.
Places are longitude and latitude. References: GeoParquet 1.1.0; OGC GeoPackage 1.3; RFC 7946 (GeoJSON).
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from fairground.errors import BadInput
from fairground.formulas import guarded

__all__ = ["ENDINGS", "Rows", "writer"]

ENDINGS = (".parquet", ".gpkg", ".geojson", ".csv")


@dataclass(frozen=True, eq=False)
class Rows:
    """Some rows: (n,) shapes in degrees, all points or all polygons, and columns of n values by name.

    Columns are arrays of numbers, of flags or of texts. A number that is not finite is written as empty.
    """

    shapes: NDArray[np.object_]
    columns: Mapping[str, NDArray[Any]]

    def __post_init__(self) -> None:
        for name, column in self.columns.items():
            if len(column) != len(self.shapes):
                raise BadInput(
                    "A column needs a value for each place", name, len(column), str(len(self.shapes))
                )


class Writer(Protocol):
    """Takes rows block by block."""

    def add(self, rows: Rows) -> None:
        """Write some rows."""

    def close(self) -> None:
        """Finish the file."""


@contextmanager
def writer(path: Path | str) -> Iterator[Writer]:
    """Open a map file for writing; it takes its name when all rows are in, and never half-written.

    Raises
    ------
    BadInput : a name with another ending, or a folder that cannot be written to.
    """
    file = Path(path)
    kind = file.suffix.lower()
    if kind not in ENDINGS:
        raise BadInput(
            "The name's ending says which kind of file is written", "out", file.name, ", ".join(ENDINGS)
        )
    part = file.with_name(f".{file.stem}.part{kind}")
    made: Writer | None = None
    try:
        part.unlink(missing_ok=True)
        made = _KINDS[kind](part)
        yield made
        made.close()
        part.replace(file)
    except OSError as fault:
        why = getattr(fault, "strerror", None) or str(fault)
        raise BadInput(f"The file cannot be written ({why})", "out", str(file)) from fault
    finally:
        if made is not None and part.exists():
            made.close()
        part.unlink(missing_ok=True)


class _Parquet:
    """GeoParquet 1.1: well-known binary, WGS 84 longitude and latitude, the box of all places."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.out: Any = None
        self.box = [math.inf, math.inf, -math.inf, -math.inf]
        self.kinds: set[str] = set()

    def add(self, rows: Rows) -> None:
        arrays = [_arrow(column) for column in rows.columns.values()]
        shapes = shapely.orient_polygons(rows.shapes)
        arrays.append(pa.array(shapely.to_wkb(shapes), pa.binary()))
        table = pa.table(arrays, names=[*rows.columns, "geometry"])
        if self.out is None:
            self.out = pq.ParquetWriter(self.path, table.schema, compression="zstd", store_schema=False)
        if len(shapes):
            west, south, east, north = shapely.total_bounds(shapes)
            low, high = np.minimum(self.box[:2], (west, south)), np.maximum(self.box[2:], (east, north))
            self.box = [float(edge) for edge in (*low, *high)]
            self.kinds |= {
                str(shapes[at].geom_type)
                for at in np.unique(shapely.get_type_id(shapes), return_index=True)[1]
            }
        self.out.write_table(table)

    def close(self) -> None:
        if self.out is None:
            return
        about: dict[str, Any] = {
            "encoding": "WKB",
            "geometry_types": sorted(self.kinds),
            "crs": CRS("OGC:CRS84").to_json_dict(),
            "orientation": "counterclockwise",
        }
        if self.kinds:
            about["bbox"] = self.box
        told = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": about}}
        self.out.add_key_value_metadata({"geo": json.dumps(told)})
        self.out.close()
        self.out = None


class _GeoPackage:
    """GeoPackage with one layer, named after nothing in particular: "homes"."""

    def __init__(self, path: Path) -> None:
        self.path, self.more = path, False

    def add(self, rows: Rows) -> None:
        import pyogrio.raw  # only where a GeoPackage or GeoJSON is written: it takes a second to load

        values, masks = zip(*(_masked(column) for column in rows.columns.values()), strict=True)
        try:
            pyogrio.raw.write(
                self.path,
                shapely.to_wkb(rows.shapes),
                list(values),
                list(rows.columns),
                field_mask=list(masks),
                layer="homes",
                driver="GPKG",
                geometry_type=rows.shapes[0].geom_type if len(rows.shapes) else "Point",
                crs="EPSG:4326",
                append=self.more,
            )
        except pyogrio.errors.DataSourceError as fault:
            raise OSError(str(fault)) from fault
        self.more = True

    def close(self) -> None:
        """Nothing is left to do: each block is finished when it is written."""


class _GeoJson:
    """GeoJSON, one feature a line."""

    def __init__(self, path: Path) -> None:
        self.out = path.open("w", encoding="utf-8")
        self.out.write('{"type": "FeatureCollection", "features": [')
        self.first = True

    def add(self, rows: Rows) -> None:
        names = list(rows.columns)
        for shape, *cells in zip(
            shapely.to_geojson(rows.shapes), *map(_cells, rows.columns.values()), strict=True
        ):
            held = json.dumps(dict(zip(names, cells, strict=True)), ensure_ascii=False, allow_nan=False)
            self.out.write(
                ("\n" if self.first else ",\n")
                + f'{{"type": "Feature", "geometry": {shape}, "properties": {held}}}'
            )
            self.first = False

    def close(self) -> None:
        if not self.out.closed:
            self.out.write("\n]}\n")
            self.out.close()


class _Csv:
    """CSV with the longitude and latitude of each place (of its middle) in front."""

    def __init__(self, path: Path) -> None:
        self.out = path.open("w", encoding="utf-8", newline="")
        self.sheet = csv.writer(self.out)
        self.heads = False

    def add(self, rows: Rows) -> None:
        if not self.heads:
            self.sheet.writerow(["longitude", "latitude", *rows.columns])
            self.heads = True
        middle = shapely.centroid(rows.shapes)
        places = (shapely.get_x(middle).tolist(), shapely.get_y(middle).tolist())
        for row in zip(*places, *map(_cells, rows.columns.values()), strict=True):
            self.sheet.writerow([safe(cell) for cell in row])

    def close(self) -> None:
        self.out.close()


_KINDS: dict[str, Any] = {".parquet": _Parquet, ".gpkg": _GeoPackage, ".geojson": _GeoJson, ".csv": _Csv}


def safe(cell: Any) -> Any:
    """Return a cell that no spreadsheet runs as a formula; empty where there is nothing."""
    return "" if cell is None else guarded(cell)


def _empty(column: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which values are none: numbers that are not finite."""
    found: NDArray[np.bool_] = (
        ~np.isfinite(column) if column.dtype.kind == "f" else np.zeros(len(column), bool)
    )
    return found


def _arrow(column: NDArray[Any]) -> pa.Array:
    if column.dtype.kind in "OU":
        return pa.array([str(one) for one in column], pa.string())
    return pa.array(column, mask=_empty(column))


def _masked(column: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    none = _empty(column)
    held = column.astype(object) if column.dtype.kind in "OU" else np.where(none, 0, column)
    return held, none


def _cells(column: NDArray[Any]) -> list[Any]:
    if column.dtype.kind in "OU":
        return [str(one) for one in column]
    return [None if none else value for value, none in zip(column.tolist(), _empty(column), strict=True)]
