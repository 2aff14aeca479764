"""Writes what is told of each home to a file, block by block, so that a list of any length fits.

CSV, GeoParquet (https://geoparquet.org, version 1.1) and GeoPackage; the file appears whole or not at all.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Any

import click
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import shapely

from fairground.errors import BadInput

SUFFIXES = (".csv", ".parquet", ".gpkg")
VERDICTS = np.array(["fail", "pass", "unknown"], object)  # 0, 1, and -1 from the end
GEO = {  # without a "crs" it is longitude and latitude (OGC:CRS84)
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


class HomeRows:
    """A file of homes that grows block by block; call it with what `coverage` tells of each block."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self.suffix = self.path.suffix.casefold()
        if self.suffix not in SUFFIXES:
            raise BadInput("The file's ending says no format that is known", "out", path, ", ".join(SUFFIXES))
        self.part = self.path.with_name(f"{self.path.stem}.part{self.suffix}")
        self.writer: Any = None
        self.wrote = 0

    def __enter__(self) -> HomeRows:
        self.part.unlink(missing_ok=True)
        return self

    def __call__(self, told: Any, ground: Any) -> None:
        """Write the homes of a block."""
        longitude, latitude = ground.projection.degrees(told.x, told.y)
        columns = {
            "home": list(told.block.id),
            "row": told.block.row,
            "neighbourhood": list(told.block.group),
            "longitude": longitude,
            "latitude": latitude,
            "metres": _finite(told.metres),
            "verdict": VERDICTS[told.verdict].tolist(),
            "reason": told.reason,
            "space": told.space,
            "straight_to_edge": _finite(told.measures["edge"]),
            "straight_to_way_in": _finite(told.measures["entrance"]),
            "on_foot_from_street": _finite(told.measures["kerb"]),
        }
        points = shapely.to_wkb(shapely.points(longitude, latitude))
        if self.suffix == ".gpkg":
            self._geopackage(columns, points)
        else:
            self._arrow(columns, points)
        self.wrote += len(told.x)

    def _arrow(self, columns: dict[str, Any], points: Any) -> None:
        table = pa.table({name: pa.array(held, from_pandas=True) for name, held in columns.items()})
        if self.suffix == ".parquet":
            table = table.append_column("geometry", pa.array(points, pa.binary()))
            table = table.replace_schema_metadata({"geo": json.dumps(GEO)})
        if self.writer is None:
            kind = pa.parquet.ParquetWriter if self.suffix == ".parquet" else pa.csv.CSVWriter
            self.writer = kind(str(self.part), table.schema)
        self.writer.write_table(table)

    def _geopackage(self, columns: dict[str, Any], points: Any) -> None:
        import pyogrio  # only where a GeoPackage is written: it takes a second to load

        names = [name for name in columns if name not in ("longitude", "latitude")]
        values = [
            np.array(columns[name], object) if isinstance(columns[name], list) else np.asarray(columns[name])
            for name in names
        ]
        pyogrio.raw.write(
            str(self.part),
            geometry=points,
            field_data=values,
            fields=np.array(names),
            geometry_type="Point",
            crs="EPSG:4326",
            driver="GPKG",
            layer="homes",
            append=self.wrote > 0,
        )

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.writer is not None:
            self.writer.close()
        if kind is None and self.part.exists():
            self.part.replace(self.path)
            click.echo(f"Wrote {self.wrote:,} homes to {self.path}", err=True)
        else:
            self.part.unlink(missing_ok=True)


def _finite(values: Any) -> Any:
    """Return distances with nothing where there is none."""
    return np.where(np.isfinite(values), values, np.nan)
