"""Reads small areas and who lives in them: a CSV table by code, or a map file with the areas' boundaries.

Column names are forgiving. A table gives people, a tenth of deprivation and ages for codes that a list of
homes also has; boundaries give the code to homes that have none. A home on a boundary belongs to the first
area.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.errors import DataProblem
from fairground.evidence import Source
from fairground.networks import Projection
from fairground.sources.shapes import own_source, read_shapes

__all__ = ["Neighbourhoods", "read_neighbourhoods"]

Floats = NDArray[np.float64]
MAPS = (".geojson", ".json", ".gpkg", ".fgb", ".shp")
POLYGONS = (3, 6)
NAMES = {
    "code": (
        "area",
        "areacode",
        "lsoa21cd",
        "lsoa11cd",
        "lsoacode",
        "lsoa",
        "msoa21cd",
        "wardcode",
        "code",
        "id",
    ),
    "name": ("name", "areaname", "lsoa21nm", "lsoaname", "wardname"),
    "people": ("people", "population", "residents", "persons"),
    "decile": ("imddecile", "decile", "deprivationdecile"),
    "young": ("under16", "children", "aged0to15"),
    "old": ("over64", "aged65andover", "older"),
}
NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)


@dataclass(frozen=True, eq=False)
class Neighbourhoods:
    """Small areas: (a,) codes and names; shapes in metres or none; numbers, nan where the file has none."""

    code: tuple[str, ...]
    name: tuple[str, ...]
    shapes: NDArray[np.object_] | None
    people: Floats
    decile: Floats
    young: Floats
    old: Floats
    source: Source

    def __len__(self) -> int:
        return len(self.code)

    def of(self, x: Floats, y: Floats, codes: Sequence[str]) -> NDArray[np.int64]:
        """Return the row of each home's area: by its code or name, else by its place; -1 where there is none.

        A name that two areas share is no help.
        """
        row = {name: at for at, name in enumerate(self.name) if self.name.count(name) == 1}
        row |= {code: at for at, code in enumerate(self.code)}
        found = np.array([row.get(code, -1) for code in codes], np.int64)
        left = np.flatnonzero(found < 0)
        if self.shapes is not None and left.size:
            home, area = shapely.STRtree(self.shapes).query(
                shapely.points(x[left], y[left]), predicate="intersects"
            )
            order = np.lexsort((area, home))[::-1]
            found[left[home[order]]] = area[order]
        return found


def read_neighbourhoods(path: Path | str, to: Projection) -> Neighbourhoods:
    """Read small areas from a CSV table or a map file.

    Raises
    ------
    DataProblem : the file cannot be read, has no codes, a code twice, or a number that is none.
    """
    file = Path(path)
    if file.suffix.casefold() in MAPS:
        return _of_map(file, to)
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise DataProblem(f"The file cannot be read ({fault})", file.name, try_this="CSV UTF-8") from fault
    heads = rows[0] if rows else []
    body = [row for row in rows[1:] if any(map(str.strip, row))]
    for number, row in enumerate(body, start=2):
        if len(row) != len(heads):
            raise DataProblem(
                "A row has too many or too few cells",
                file.name,
                number,
                value=len(row),
                allowed=f"{len(heads)}",
            )
    columns = {_folded(head): [row[at].strip() for row in body] for at, head in enumerate(heads)}
    return _read(file, columns, None)


def _of_map(file: Path, to: Projection) -> Neighbourhoods:
    for layer in read_shapes(file, to):
        if len(layer.shapes) and (np.isin(shapely.get_type_id(layer.shapes), POLYGONS)).all():
            columns = {_folded(name): list(values) for name, values in layer.columns.items()}
            wrong = ~shapely.is_valid(layer.shapes)
            mended = layer.shapes.copy()
            mended[wrong] = shapely.make_valid(mended[wrong])
            return _read(file, columns, mended)
    raise DataProblem("The file holds no areas", file.name, try_this="polygons with a code each")


def _read(file: Path, columns: Mapping[str, list[str]], shapes: NDArray[np.object_] | None) -> Neighbourhoods:
    def first(what: str) -> tuple[str, list[str] | None]:
        return next(((name, columns[name]) for name in NAMES[what] if name in columns), ("", None))

    def numbers(what: str, codes: Sequence[str]) -> Floats:
        head, cells = first(what)
        return (
            np.full(len(codes), np.nan)
            if cells is None
            else np.array([_number(cell, file, n, head) for n, cell in enumerate(cells, 2)])
        )

    _, codes = first("code")
    if not codes:
        raise DataProblem(
            "The file does not say which areas they are", file.name, 1, value=", ".join(columns)[:80],
            try_this="a column of codes, such as area or lsoa21cd",
        )  # fmt: skip
    if len(set(codes)) < len(codes) or "" in codes:
        twice = next(code for code in codes if not code or codes.count(code) > 1)
        raise DataProblem("Each area has a code of its own", file.name, codes.index(twice) + 2, "code", twice)
    _, names = first("name")
    return Neighbourhoods(
        tuple(codes), tuple(names or codes), shapes, numbers("people", codes), numbers("decile", codes),
        numbers("young", codes),
        numbers("old", codes), own_source(file, "Small areas"),
    )  # fmt: skip


def _number(cell: str, file: Path, row: int, head: str) -> float:
    if not cell:
        return float("nan")
    if not NUMBER.fullmatch(cell):
        raise DataProblem("This must be a number of zero or more", file.name, row, head, cell)
    return float(cell)


def _folded(head: str) -> str:
    return re.sub(r"[\s_\-.()]+", "", head.casefold())
