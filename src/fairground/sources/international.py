"""How unequal the regions of each OECD country are, in 2019, and the OECD's file of regional GDP behind that.

The bundled indices were computed by us from the file; `read_file` reads the file itself, which is in Latin-1.
Source: OECD, country pages of the Regional Outlook 2023 (oecd-cfe-eds/ro2023-country-pages).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from fairground.evidence import Dataset, Quality
from fairground.sources.catalogue import source
from fairground.sources.tabular import Fault, LeftOut, Reading, Row, Tally, gathered, raw, reading, table_of
from fairground.sources.tabular import rows as rows_of
from fairground.tables import rows

__all__ = ["MEASURES", "RegionYear", "examine", "read", "read_file"]

MEASURES = ("theil_t", "theil_l", "williamson", "gini", "hoover", "gap_ratio", "top_bottom_ratio")
NAMES = {
    "region": ("reg_id",),
    "year": ("time",),
    "gdp_per_head": ("gdp_pc",),
    "people": ("pop",),
    "country": ("iso3",),
    "name": ("reg_name", "regional name (eng)"),
}
ID, COUNTRY = re.compile(r"[A-Z]{2,3}[A-Z0-9_-]*"), re.compile(r"[A-Z]{3}")
MISSING = ("", "NA", "NaN", "..")


@dataclass(frozen=True, slots=True)
class RegionYear:
    """One region and year: people (gaps are filled, so parts of a person too) and GDP per head in dollars."""

    country: str
    region: str
    name: str
    year: int
    people: Decimal
    gdp_per_head: Decimal


def read() -> Dataset:
    """Return columns country (ISO code), level (TL2 or TL3), regions, and one column a measure."""
    held = rows("oecd_2019")
    columns = {
        "country": tuple(row["country"] for row in held),
        "level": tuple(row["level"] for row in held),
        "regions": tuple(int(row["regions"]) for row in held),
        **{name: tuple(float(row[name]) for row in held) for name in MEASURES},
    }
    return Dataset(columns, source("oecd-regions-2020"), Quality(len(held), len(held)))


def read_file(path: Path) -> Dataset:
    """Return the OECD's regions by year: one column for each field of `RegionYear`.

    Raises
    ------
    DataProblem : the file is missing, is no such table, or has a fault; names row, field, value, allowed.
    """
    return examine(path).dataset(source("oecd-regional-gdp"), file=path.name)


def examine(path: Path) -> Reading:
    """Return what the file holds, with every fault listed rather than raised."""
    tally = Tally()
    text = table_of(raw(path), path.name, tally, NAMES, latin=True)
    found = gathered(rows_of(text, path.name, NAMES), _region_year, tally)
    tally.faults += _twice(found)
    return reading(len(found), (one for _, one in found), RegionYear.__match_args__, tally)


def _region_year(row: Row) -> RegionYear:
    if row.text("country") in MISSING:
        raise LeftOut("no country is given")
    country = row.like("country", COUNTRY, "three capital letters, such as GBR")
    region = row.like("region", ID, "the code of a region, such as UKI3")
    year = row.whole("year", 1900, 2100)
    if row.text("gdp_per_head") in MISSING or row.text("people") in MISSING:
        raise LeftOut("no figure published")
    gdp, people = row.amount("gdp_per_head", 0), row.amount("people", 0)
    return RegionYear(country, region, row.text("name"), year, people, gdp)


def _twice(found: Iterable[tuple[int, RegionYear]]) -> Iterable[Fault]:
    seen: dict[tuple[str, int], int] = {}
    for row, one in found:
        first = seen.setdefault((one.region, one.year), row)
        if first != row:
            told = f"each region once a year; row {first} has it too"
            yield Fault(row, "REG_ID", one.region, "This region is there twice for one year", told)
