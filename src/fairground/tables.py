"""The small tables that travel with Fairground, read as rows of text.

They sit in `fairground/sources/tables/` and are read through `importlib.resources`, so that they
are found in a wheel too. Each cell is text; the reader of a table turns it into numbers. Lines that
begin with `#` are comments. Decision record 0002 says why the lowest ring may read these files.
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from fairground.errors import DataProblem


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a bundled table.

    Parameters
    ----------
    name : file name without `.csv`, e.g. "regions".

    Raises
    ------
    DataProblem : no such table is bundled, or a row has too many or too few cells.
    """
    place = files("fairground.sources").joinpath("tables", f"{name}.csv")
    if not place.is_file():
        raise DataProblem("No such table travels with Fairground", file=f"{name}.csv")
    lines = [line for line in place.read_text("utf-8").splitlines() if not line.startswith("#")]
    found = list(csv.DictReader(lines, strict=True))
    for number, row in enumerate(found, start=2):
        if None in row or None in row.values():
            raise DataProblem("A row has a wrong number of cells", file=f"{name}.csv", row=number)
    return tuple(found)


@cache
def toml(package: str, name: str) -> dict[str, Any]:
    """Return a TOML file that travels inside a package of Fairground, parsed.

    Raises
    ------
    DataProblem : the package carries no such file.
    """
    place = files(package).joinpath(name)
    if not place.is_file():
        raise DataProblem(f"No such file travels with {package}", file=name)
    return tomllib.loads(place.read_text("utf-8"))
