"""How much prices have risen: the Consumer Prices Index for each financial year.

The Office for National Statistics publishes one index a month (series D7BT, 2015 = 100) and one a calendar
year. A financial year runs from April to March, so its index is the mean of those twelve months. Some authors
take the index of the calendar year in which the financial year ends; we hold that too.
"""

from __future__ import annotations

from fractions import Fraction

from fairground.errors import BadInput
from fairground.evidence import Dataset, Quality
from fairground.sources.catalogue import source
from fairground.tables import rows

__all__ = ["BASES", "read"]

BASES = ("financial-year", "calendar-year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read(basis: str = "financial-year") -> Dataset:
    """Return the index by financial year: columns financial_year and index (an exact fraction).

    Parameters
    ----------
    basis : "financial-year" (mean of April to March), or "calendar-year" (the published index of the
        calendar year in which the financial year ends).

    Raises
    ------
    BadInput : there is no such basis.
    """
    if basis not in BASES:
        raise BadInput("There is no such index of prices", "basis", basis, ", ".join(BASES))
    held = {int(row["year"]): row for row in rows("prices")}
    starts = [year for year in sorted(held) if year + 1 in held]
    level = _april_to_march if basis == "financial-year" else _year_of_the_end
    columns = {
        "financial_year": tuple(f"{start}/{(start + 1) % 100:02d}" for start in starts),
        "index": tuple(level(held[start], held[start + 1]) for start in starts),
    }
    return Dataset(columns, source("ons-cpi-2022-07"), Quality(len(held), len(starts), {"half a year": 1}))


def _april_to_march(first: dict[str, str], second: dict[str, str]) -> Fraction:
    months = [first[month] for month in MONTHS[3:]] + [second[month] for month in MONTHS[:3]]
    total = Fraction(0)
    for month in months:
        total += Fraction(month)
    return total / 12


def _year_of_the_end(_first: dict[str, str], second: dict[str, str]) -> Fraction:
    return Fraction(second["annual"])
