"""How many people lived where: three series of estimates.

`contemporary` is the mid-year estimate of each year, used beside the spending of the financial year that
starts in it; `january` is the population on 1 January, which falls inside the financial year; `current` is
the extract of June 2024 (districts summed to regions), for the years that we hold.
"""

from __future__ import annotations

from fairground.errors import BadInput
from fairground.evidence import Dataset, Quality
from fairground.sources.catalogue import source
from fairground.tables import rows

__all__ = ["SERIES", "read"]

SERIES = {
    "contemporary": "ons-mye-start-year",
    "january": "oecd-regions-population",
    "current": "ons-mye-2024-06",
}


def read(series: str = "contemporary") -> Dataset:
    """Return populations of one series: columns code, year, population (whole people).

    Raises
    ------
    BadInput : there is no such series.
    """
    if series not in SERIES:
        raise BadInput("There is no such series", field="series", value=series, allowed=", ".join(SERIES))
    held = [row for row in rows("populations") if row["series"] == series]
    columns = {
        "code": tuple(row["area_code"] for row in held),
        "year": tuple(int(row["year"]) for row in held),
        "population": tuple(int(row["population"]) for row in held),
    }
    return Dataset(columns, source(SERIES[series]), Quality(len(held), len(held)))
