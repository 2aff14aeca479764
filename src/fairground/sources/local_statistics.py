"""Figures about local areas as the Office for National Statistics lays them out in Explore local statistics.

One row an area, an indicator and a period, with 95% confidence limits where published. Two generations of
headings are read: AREACD, AREANM, Geography … and areacd, areanm, geography … Source:
ONSdigital/explore-local-statistics-data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from fairground.evidence import Dataset
from fairground.places.place import CODE
from fairground.sources import vintage
from fairground.sources.catalogue import source
from fairground.sources.tabular import (
    Fault,
    LeftOut,
    Reading,
    Row,
    Tally,
    Wrong,
    gathered,
    raw,
    reading,
    rows,
    table_of,
)

__all__ = ["Observation", "examine", "read"]

NAMES = {
    "code": ("areacd", "area code"),
    "area": ("areanm", "area name"),
    "indicator": ("indicator",),
    "period": ("period", "time period"),
    "value": ("observation", "observation value"),
    "measure": ("measure",),
    "unit": ("unit",),
    "lower": ("lci_95", "lower confidence interval (95%)"),
    "upper": ("uci_95", "upper confidence interval (95%)"),
    "status": ("status", "observation status"),
}
SPAN = re.compile(r"(\d{4})-(\d\d)-\d\d(?:T[\d:]+)?/P(\d+)([YM])", re.ASCII)
PLAIN = re.compile(r"\d{4}(?:[-/]\d\d(?:\d\d)?)?|\d{4}-\d\d-\d\d", re.ASCII)
MARKS = re.compile(r"|\.\.|:|-|\*|\[?[a-z]{1,2}\]?", re.I)


@dataclass(frozen=True, slots=True)
class Observation:
    """One published figure: an area, an indicator and its measure, a period, the value and its limits."""

    code: str
    area: str
    indicator: str
    measure: str
    unit: str
    period: str
    value: Decimal
    lower: Decimal | None
    upper: Decimal | None


def read(path: Path, *, id: str = "ons-gdhi-2025-09") -> Dataset:
    """Return the figures: columns code, area, indicator, measure, unit, period, value, lower, upper.

    Parameters
    ----------
    id : the entry of the catalogue that the file belongs to.

    Raises
    ------
    DataProblem : the file is missing, is no such table, or has a fault; names row, field, value, allowed.
    """
    return examine(path).dataset(source(id), file=path.name)


def examine(path: Path) -> Reading:
    """Return what the file holds, with every fault listed rather than raised."""
    tally = Tally()
    found = gathered(
        rows(table_of(raw(path), path.name, tally, NAMES), path.name, NAMES), _observation, tally
    )
    once = list(_once(found, tally))
    tally.faults += _vintages(once)
    return reading(len(once), (record for _, record in once), Observation.__match_args__, tally)


def period(text: str) -> str:
    """Return a period as Fairground writes it: 2023, 2018-20, 2023/24.

    >>> period("2018-01-01/P3Y"), period("2023-04-01/P1Y"), period("2023-01-01T00:00:00/P1Y")
    ('2018-20', '2023/24', '2023')
    """
    span = SPAN.fullmatch(text)
    if span is None:
        return text
    first, month, length, unit = int(span[1]), span[2], int(span[3]), span[4]
    if unit == "M":
        return f"{first}-{month}" if length == 1 else text
    if month == "04" and length == 1:
        return f"{first}/{(first + 1) % 100:02d}"
    if month != "01":
        return text
    return str(first) if length == 1 else f"{first}-{(first + length - 1) % 100:02d}"


def _observation(row: Row) -> Observation:
    code = row.like("code", CODE, "a letter and eight digits, such as E12000001")
    told = row.text("period")
    if not (SPAN.fullmatch(told) or PLAIN.fullmatch(told)):
        raise Wrong("This is no period", "period", told, "such as 2023, 2018-20 or 2018-01-01/P3Y")
    if MARKS.fullmatch(row.text("value")):
        raise LeftOut("no figure published")
    value, lower, upper = row.amount("value"), _limit(row, "lower"), _limit(row, "upper")
    if lower is not None and upper is not None and lower > upper:
        raise Wrong("The lower limit is above the upper", "lower", lower, f"{upper} or less")
    area, indicator, measure, unit = (row.text(name) for name in ("area", "indicator", "measure", "unit"))
    return Observation(code, area, indicator, measure, unit, period(told), value, lower, upper)


def _limit(row: Row, name: str) -> Decimal | None:
    return None if MARKS.fullmatch(row.text(name)) else row.amount(name)


def _once(found: Iterable[tuple[int, Observation]], tally: Tally) -> Iterable[tuple[int, Observation]]:
    """Pass over a row that is there twice; a second figure for the same thing is a fault."""
    seen: dict[tuple[str, ...], Observation] = {}
    for row, one in found:
        key = (one.code, one.indicator, one.measure, one.unit, one.period)
        first = seen.setdefault(key, one)
        if first is one:
            yield row, one
        elif first == one:
            tally.dropped["the same row twice"] += 1
        else:
            told = f"{first.value}, as in an earlier row for the same area and period"
            tally.faults.append(Fault(row, "Observation", str(one.value), "Two figures for one thing", told))


def _vintages(found: Iterable[tuple[int, Observation]]) -> Iterable[Fault]:
    """Refuse an indicator and period whose districts were never in force together."""
    groups: dict[tuple[str, str, str], dict[str, int]] = {}
    for row, one in found:
        groups.setdefault((one.indicator, one.measure, one.period), {}).setdefault(one.code, row)
    return [fault for codes in groups.values() for fault in vintage.faults(codes, "AREACD")]
