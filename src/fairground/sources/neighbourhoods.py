"""Reads small areas and who lives in them: a CSV table by code, or a map file with the areas' boundaries.

Column names are forgiving: those of the Indices of Deprivation (File 7) are known too. A table gives people,
a tenth of deprivation and ages for codes that a list of homes also has; boundaries give the code to homes
that have none. A home on a boundary belongs to the first area.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.errors import DataProblem
from fairground.evidence import Source
from fairground.networks import Projection
from fairground.sources.homes import writing
from fairground.sources.shapes import own_source, read_shapes
from fairground.sources.tabular import grid

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
        "lsoacode2021",
        "lsoacode2011",
        "lsoa",
        "msoa21cd",
        "wardcode",
        "code",
        "id",
    ),
    "name": ("name", "areaname", "lsoa21nm", "lsoaname", "wardname"),
    "people": ("people", "population", "residents", "persons", "totalpopulation*"),
    "decile": ("imddecile", "decile", "deprivationdecile", "indexofmultipledeprivationimddecile*"),
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

    @cached_property
    def _row(self) -> dict[str, int]:
        """The row of each code, and of each name that only one area has."""
        many = Counter(self.name)
        row = {name: at for at, name in enumerate(self.name) if many[name] == 1}
        return row | {code: at for at, code in enumerate(self.code)}

    def of(self, x: Floats, y: Floats, codes: Sequence[str]) -> NDArray[np.int64]:
        """Return the row of each home's area: by its code or name, else by its place; -1 where there is none.

        A name that two areas share is no help.
        """
        found = np.array([self._row.get(code, -1) for code in codes], np.int64)
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
    encoding, _ = writing(file, one="area")
    try:
        rows = grid(file.read_bytes().decode(encoding), file.name)
    except (OSError, UnicodeError) as fault:
        raise DataProblem(f"The file cannot be read ({fault})", file.name, try_this="CSV UTF-8") from fault
    heads = rows[0] if rows else []
    body = {number: row for number, row in enumerate(rows[1:], start=2) if any(map(str.strip, row))}
    for number, row in body.items():
        if len(row) != len(heads):
            raise DataProblem(
                "A row has too many or too few cells",
                file.name,
                number,
                value=len(row),
                allowed=f"{len(heads)}",
            )
    columns = {_folded(head): [row[at].strip() for row in body.values()] for at, head in enumerate(heads)}
    return _read(file, columns, None, tuple(body))


def _of_map(file: Path, to: Projection) -> Neighbourhoods:
    for layer in read_shapes(file, to):
        if len(layer.shapes) and (np.isin(shapely.get_type_id(layer.shapes), POLYGONS)).all():
            columns = {_folded(name): list(values) for name, values in layer.columns.items()}
            wrong = ~shapely.is_valid(layer.shapes)
            mended = layer.shapes.copy()
            mended[wrong] = shapely.make_valid(mended[wrong])
            return _read(file, columns, mended, tuple(layer.row.tolist()))
    raise DataProblem("The file holds no areas", file.name, try_this="polygons with a code each")


def _read(
    file: Path, columns: Mapping[str, list[str]], shapes: NDArray[np.object_] | None, rows: tuple[int, ...]
) -> Neighbourhoods:
    def first(what: str) -> tuple[str, list[str] | None]:
        known = (head for name in NAMES[what] for head in columns if fnmatchcase(head, name))
        return next(((head, columns[head]) for head in known), ("", None))

    def numbers(what: str, codes: Sequence[str]) -> Floats:
        head, cells = first(what)
        return (
            np.full(len(codes), np.nan)
            if cells is None
            else np.array([_number(cell, file, n, head) for n, cell in zip(rows, cells, strict=True)])
        )

    _, codes = first("code")
    if not codes:
        raise DataProblem(
            "The file does not say which areas they are", file.name, 1, value=", ".join(columns)[:80],
            try_this="a column of codes, such as area or lsoa21cd",
        )  # fmt: skip
    if len(set(codes)) < len(codes) or "" in codes:
        twice = next(code for code in codes if not code or codes.count(code) > 1)
        raise DataProblem(
            "Each area has a code of its own", file.name, rows[codes.index(twice)], "code", twice
        )
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
