"""How deprived each neighbourhood of England is: the Indices of Deprivation 2025, from a file.

MHCLG, English Indices of Deprivation 2025, File 7 (all ranks, scores, deciles and population denominators):
33,755 lower-layer super output areas of 2021, on the districts of 2024. One heading of the file is cut
short, and the first edition had one neighbourhood in the wrong district.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from fairground.evidence import Dataset
from fairground.sources import vintage
from fairground.sources.catalogue import source
from fairground.sources.tabular import Fault, Reading, Row, Tally, gathered, raw, reading, rows, table_of

__all__ = ["COUNT", "Neighbourhood", "examine", "read"]

COUNT = 33_755
SCORES = {
    "imd_score": "index of multiple deprivation (imd) score*",
    "income_score": "income score (rate)*",
    "employment_score": "employment score (rate)*",
    "education_score": "education, skills and training score*",
    "health_score": "health deprivation and disability score*",
    "crime_score": "crime score*",
    "housing_score": "barriers to housing and services score*",
    "environment_score": "living environment score*",
}
NAMES = {
    "code": ("lsoa code (2021)*",),
    "name": ("lsoa name (2021)*",),
    "district": ("local authority district code (2024)*",),
    **{name: (heading,) for name, heading in SCORES.items()},
    "imd_rank": ("index of multiple deprivation (imd) rank*",),
    "imd_decile": ("index of multiple deprivation (imd) decile*",),
    "people": ("total population*",),
}
RATES = ("income_score", "employment_score")
LSOA = re.compile(r"E01\d{6}", re.ASCII)
DISTRICT = re.compile(r"E0[6-9]\d{6}", re.ASCII)
MOVED = ("E01027305", "E07000177", "E06000062")


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One neighbourhood, its district of 2024 and of now, its scores (rank 1 is the most deprived)."""

    code: str
    name: str
    district: str
    district_now: str
    people: int
    imd_score: Decimal
    imd_rank: int
    imd_decile: int
    income_score: Decimal
    employment_score: Decimal
    education_score: Decimal
    health_score: Decimal
    crime_score: Decimal
    housing_score: Decimal
    environment_score: Decimal


def read(path: Path) -> Dataset:
    """Return the neighbourhoods: one column for each field of `Neighbourhood`.

    Raises
    ------
    DataProblem : the file is missing, is no such table, or has a fault; names row, field, value, allowed.
    """
    return examine(path).dataset(source("mhclg-iod-2025-lsoa"), file=path.name)


def examine(path: Path) -> Reading:
    """Return what the file holds, with every fault listed rather than raised."""
    tally = Tally()
    text = table_of(raw(path), path.name, tally, NAMES)
    found = gathered(rows(text, path.name, NAMES), lambda row: _neighbourhood(row, tally), tally)
    tally.faults += _twice(found)
    first: dict[str, int] = {}
    for row, one in found:
        first.setdefault(one.district, row)
    tally.faults += vintage.faults(first, "Local Authority District code (2024)")
    return reading(len(found), (one for _, one in found), Neighbourhood.__match_args__, tally)


def _neighbourhood(row: Row, tally: Tally) -> Neighbourhood:
    code = row.like("code", LSOA, "E01 and six digits: a neighbourhood in England")
    district = row.like("district", DISTRICT, "the code of a district in England")
    scores = {name: row.amount(name, *((0, 1) if name in RATES else (None, None))) for name in SCORES}
    rank, decile = row.whole("imd_rank", 1, COUNT), row.whole("imd_decile", 1, 10)
    people = row.whole("people", 0)
    if (code, district) == MOVED[:2]:
        tally.mended[
            "E01027305 moved from Cherwell to West Northamptonshire (correction of 17 November 2025)"
        ] += 1
        district = MOVED[2]
    now = vintage.now(district)
    return Neighbourhood(
        code, row.text("name"), district, now, people, scores.pop("imd_score"), rank, decile, *scores.values()
    )


def _twice(found: Iterable[tuple[int, Neighbourhood]]) -> Iterable[Fault]:
    codes: dict[str, int] = {}
    ranks: dict[tuple[int, Decimal], int] = {}
    for row, one in found:
        if codes.setdefault(one.code, row) != row:
            allowed = f"each code once; row {codes[one.code]} has it too"
            yield Fault(row, "LSOA code (2021)", one.code, "This neighbourhood is there twice", allowed)
        ranks.setdefault((one.imd_rank, one.imd_score), row)
    taken: dict[int, int] = {}
    for (rank, _), number in ranks.items():
        if taken.setdefault(rank, number) != number:
            allowed = f"one score for a rank; row {taken[rank]} has another"
            yield Fault(number, "IMD Rank", str(rank), "This rank belongs to two scores", allowed)
