"""Finds some postcodes and some UPRNs in the files that hold all of them, in one pass and bounded memory.

Ordnance Survey, Code-Point Open (the zip, or its tables) and OS Open UPRN (CSV: UPRN, X_COORDINATE,
Y_COORDINATE, LATITUDE, LONGITUDE). A file of millions of rows is never held: only what was asked for is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from fairground.errors import DataProblem
from fairground.sources import postcodes, vintage
from fairground.sources.postcodes import FIELDS, HEADINGS
from fairground.sources.tabular import Tally, records, text_of

__all__ = ["Box", "Found", "find_postcodes", "find_uprns"]

UPRN_COLUMNS = ("UPRN", "LATITUDE", "LONGITUDE")
BLOCK = 1 << 24  # bytes read at a time


@dataclass(frozen=True)
class Box:
    """A rectangle of the National Grid, in metres."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, east: float, north: float) -> bool:
        """Say whether a place lies in it."""
        return self.west <= east <= self.east and self.south <= north <= self.north


@dataclass
class Found:
    """Easting, northing and district of each postcode that was asked for, and of those in the box."""

    asked: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    around: list[tuple[int, int, str]] = field(default_factory=list)


def find_postcodes(path: Path, wanted: Iterable[str], box: Box | None = None) -> Found:
    """Return the places and districts of some postcodes, and of all that lie in a box.

    Parameters
    ----------
    wanted : postcodes such as "ST4 1HH". box : where to look for neighbours; None for nowhere.

    Raises
    ------
    DataProblem : the file is missing or broken.
    """
    asked, found = {one.replace(" ", ""): one for one in wanted}, Found()
    for cells in _rows(path):
        spot = _spot(cells)
        if spot is None:
            continue
        if (name := asked.get(cells[0].replace(" ", ""))) is not None:
            found.asked[name] = spot
        if box is not None and box.holds(spot[0], spot[1]):
            found.around.append(spot)
    return found


def _rows(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a file, table by table, so that no more than one table is held."""
    tally = Tally()
    for name, content in postcodes.tables(path):
        for cells in records(text_of(content, name, tally), name):
            if len(cells) >= 4 and cells[0].strip().casefold() not in HEADINGS:
                yield cells


def _spot(cells: list[str]) -> tuple[int, int, str] | None:
    """Return easting, northing and the district of today, or None where the row has no place."""
    try:
        east, north = int(float(cells[2])), int(float(cells[3]))
    except (ValueError, OverflowError):  # no number, or one without end
        return None
    code = cells[FIELDS.index("district")].strip() if len(cells) >= len(FIELDS) else ""
    inside = 0 < east < postcodes.EAST and 0 < north < postcodes.NORTH and cells[1].strip() != "90"
    return (east, north, vintage.now(code) if code[:3] in vintage.DISTRICTS else code) if inside else None


def find_uprns(path: Path, wanted: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Return longitude and latitude of some UPRNs.

    Raises
    ------
    DataProblem : the file is missing, or has no columns UPRN, LATITUDE and LONGITUDE.
    """
    asked = pa.array(sorted({int(one) for one in wanted}), pa.int64())
    types = {"UPRN": pa.int64(), "LATITUDE": pa.float64(), "LONGITUDE": pa.float64()}
    options = pa_csv.ConvertOptions(include_columns=list(UPRN_COLUMNS), column_types=types)
    found: dict[str, tuple[float, float]] = {}
    try:
        reading = pa_csv.open_csv(
            path, read_options=pa_csv.ReadOptions(block_size=BLOCK), convert_options=options
        )
        for block in reading:
            kept = block.filter(pc.is_in(block["UPRN"], asked))
            columns = (kept[name].to_pylist() for name in UPRN_COLUMNS)
            found |= {str(uprn): (lon, lat) for uprn, lat, lon in zip(*columns, strict=True)}
    except (OSError, pa.ArrowInvalid, KeyError) as fault:
        allowed = f"OS Open UPRN as CSV, with the columns {', '.join(UPRN_COLUMNS)}"
        raise DataProblem("The file of UPRNs cannot be read", path.name, allowed=allowed) from fault
    return found
