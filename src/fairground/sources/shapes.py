"""Reads shapes and their columns from GeoJSON, GeoPackage and other map files, laid on one flat map.

A file that names no coordinate system is in degrees (RFC 7946), and a place beyond 180 or 90 degrees in it is
refused: it was drawn in another system. A ring that crosses itself is refused where one shape is asked for,
and counted where there are many.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.errors import DataProblem
from fairground.evidence import Source
from fairground.networks import Projection

__all__ = ["Layer", "own_source", "read_shapes", "refuse_crossing"]

DEGREES = "EPSG:4326"
DEGREES_TOO = {"EPSG:4326", "OGC:CRS84", "EPSG:4258", "", "None"}


@dataclass(frozen=True, eq=False)
class Layer:
    """Shapes on the flat map, and their columns as text by lower-case name.

    row : (n,) the number of each feature in the file, from 1. without : the numbers of those that have no
    shape, or one that is none: a ring that does not close, a place that is no number.
    """

    name: str
    shapes: NDArray[np.object_]
    row: NDArray[np.int64]
    columns: Mapping[str, tuple[str, ...]]
    without: tuple[int, ...] = ()

    def first(self, names: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the first of some columns that the layer has."""
        return next((self.columns[name] for name in names if name in self.columns), None)


def read_shapes(path: Path, to: Projection) -> tuple[Layer, ...]:
    """Return the layers of a map file, each laid on the flat map.

    Raises
    ------
    DataProblem : no such file, no map file, no shapes, or places in another system than the file says.
    """
    import pyogrio  # loads pandas where that is installed: seconds that nobody waits for without a map file

    try:
        names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
        found = tuple(_layer(path, name, to) for name in names)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as fault:
        what = "The file cannot be read as a map" if path.is_file() else "There is no such file"
        raise DataProblem(
            f"{what} ({str(fault)[:120]})", path.name, try_this="a GeoJSON or GeoPackage file"
        ) from fault
    if not any(len(layer.shapes) for layer in found):
        raise _without_shapes(found, path.name)
    return found


def _without_shapes(layers: tuple[Layer, ...], file: str) -> DataProblem:
    row = next((row for layer in layers for row in layer.without), None)
    if row is None:
        return DataProblem("The file holds no shapes", file, try_this="a file with points or polygons")
    return DataProblem(
        "The file holds no shapes that can be used",
        file,
        row,
        "geometry",
        allowed="points, or polygons whose rings close, with two numbers for each place",
        try_this="drawing it again, or saving it anew from QGIS",
    )


def _layer(path: Path, name: str, to: Projection) -> Layer:
    import pyogrio.raw

    meta, _, wkb, values = pyogrio.raw.read(path, layer=name)
    if wkb is None or not len(wkb):
        return Layer(name, np.empty(0, object), np.empty(0, np.int64), {})
    with np.errstate(invalid="ignore"):  # a place that is no number: such shapes are left out below
        shapes = np.asarray(shapely.force_2d(shapely.from_wkb(wkb, on_invalid="ignore")), object)
    some = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    some[some] = np.isfinite(shapely.bounds(shapes[some])).all(axis=1)
    kept, without = np.flatnonzero(some), tuple((np.flatnonzero(~some) + 1).tolist())
    shapes = shapes[kept]
    crs = str(meta["crs"] or "")
    if crs in DEGREES_TOO:
        _refuse_what_is_not_degrees(shapes, kept, path.name)
        crs = DEGREES

    def metres(places: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(to.metres(places[:, 0], places[:, 1], crs=crs))

    columns = {
        str(field).casefold(): tuple("" if value is None else str(value).strip() for value in column[kept])
        for field, column in zip(meta["fields"], values, strict=True)
    }
    laid = np.asarray(shapely.transform(shapes, metres), object)
    return Layer(name, laid, kept + 1, columns, without)


def _refuse_what_is_not_degrees(shapes: NDArray[np.object_], kept: NDArray[np.int64], file: str) -> None:
    if not len(shapes):
        return
    box = shapely.bounds(shapes)
    far = np.flatnonzero(
        (np.abs(box[:, [0, 2]]) > 180).any(axis=1) | (np.abs(box[:, [1, 3]]) > 90).any(axis=1)
    )
    if len(far):
        west, south = box[far[0], :2]
        raise DataProblem(
            "The places are not in degrees, and the file names no other coordinate system",
            file,
            int(kept[far[0]]) + 1,
            "coordinates",
            f"{west:g}, {south:g}",
            "saving it in longitude and latitude (WGS84, EPSG:4326)",
            "longitude -180 to 180, latitude -90 to 90",
        )


def refuse_crossing(layer: Layer, file: str) -> None:
    """Refuse shapes whose rings cross themselves.

    Raises
    ------
    DataProblem : the first of them, with the place where it crosses.
    """
    wrong = np.flatnonzero(~shapely.is_valid(layer.shapes))
    if len(wrong):
        why = shapely.is_valid_reason(layer.shapes[wrong[0]]).split("[")[0]
        raise DataProblem(
            f"The shape crosses itself ({why.strip().lower()})",
            file,
            int(layer.row[wrong[0]]),
            "geometry",
            try_this="drawing the boundary again, or mending it in QGIS (Fix geometries)",
            allowed="rings that do not cross themselves",
        )


def own_source(path: Path, kind: str) -> Source:
    """Return a person's own file as a source."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Source(
        id=f"own:{digest[:12]}",
        title=f"{kind}, file {path.name}",
        publisher="the person who asked",
        edition="as given",
        licence="as its owner says",
        url="",
        note=f"SHA-256 {digest}",
    )
