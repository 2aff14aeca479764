"""The published figures that travel with Fairground: one row a place, an indicator and a period.

The rows are in `tables/figures.csv`; what each indicator means is in `indicators.toml`. Figures per head that
we compute ourselves from spending and population are worked here, and say so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fairground import places
from fairground.errors import BadInput, NotFound
from fairground.evidence import Dataset, Quality, Source
from fairground.sources.catalogue import source
from fairground.tables import rows, toml

__all__ = [
    "LEVELS",
    "Figure",
    "Indicator",
    "figure",
    "indicator",
    "indicators",
    "periods",
    "read",
    "worked_here",
]

LEVELS = ("region", "district", "nation")
# Averages over people, so that a region's is the average of its districts' weighted by people.
AVERAGES = ("imd2025_average_score", "imd2025_extent")


@dataclass(frozen=True)
class Indicator:
    """What a figure measures, in which unit, which way is better; `short` is a name for narrow screens."""

    id: str
    name: str
    unit: str
    better: str
    definition: str
    computed: bool = False
    short: str = ""

    def __post_init__(self) -> None:
        if self.better not in ("higher", "lower", "neither"):
            raise BadInput(
                "An indicator says which way is better",
                field="better",
                value=self.better,
                allowed="higher, lower, neither",
            )


@dataclass(frozen=True)
class Figure:
    """One published figure, with its 95% confidence limits where the publisher gives them."""

    code: str
    indicator: str
    period: str
    value: float
    lower: float | None
    upper: float | None
    source: Source


@cache
def _indicators() -> dict[str, Indicator]:
    entries = toml("fairground.sources", "indicators.toml")
    return {id: Indicator(id=id, **entry) for id, entry in entries.items()}


def indicators() -> tuple[Indicator, ...]:
    """Return every indicator of which we hold figures."""
    return tuple(_indicators().values())


def indicator(id: str) -> Indicator:
    """Return one indicator.

    Raises
    ------
    NotFound : no indicator has that id; all ids are suggested.
    """
    if id not in _indicators():
        raise NotFound(
            "There is no such indicator", field="indicator", value=id, nearest=tuple(_indicators())
        )
    return _indicators()[id]


@cache
def _figures() -> dict[tuple[str, str], dict[str, Figure]]:
    found: dict[tuple[str, str], dict[str, Figure]] = defaultdict(dict)
    for number, row in enumerate(rows("figures"), start=2):
        held = _figure(row, number)
        found[held.indicator, held.period][held.code] = held
    for held in (*_per_head(), *_region_averages(found)):
        found[held.indicator, held.period][held.code] = held
    return dict(found)


def _region_averages(found: Mapping[tuple[str, str], Mapping[str, Figure]]) -> list[Figure]:
    """What is published for districts only, as an average over the people of each region."""
    worked = []
    for (id, period), held in found.items():
        regions: dict[str, list[Figure]] = defaultdict(list)
        for figure in held.values() if id in AVERAGES else ():
            regions[places.get(figure.code).region].append(figure)
        for code, districts in regions.items():
            people = [places.get(figure.code).population or 0 for figure in districts]
            total = sum(n * figure.value for n, figure in zip(people, districts, strict=True))
            mean = total / sum(people)
            worked.append(Figure(code, id, period, mean, None, None, districts[0].source))
    return worked


def worked_here(indicator_id: str, level: str) -> bool:
    """Whether the figures at a level are not the publisher's own but worked out here from them."""
    return indicator(indicator_id).computed or (indicator_id in AVERAGES and level == "region")


def _figure(row: dict[str, str], number: int) -> Figure:
    def real(name: str) -> float | None:
        return float(row[name]) if row[name] else None

    value = real("value")
    if value is None:
        raise BadInput("A figure needs a value", field="value", row=number, file="figures.csv")
    return Figure(
        places.get(row["area_code"]).code,
        row["indicator"],
        row["period"],
        value,
        real("lower"),
        real("upper"),
        source(row["source"]),
    )


def _per_head() -> list[Figure]:
    """Spending per head of the mid-year population in which the financial year starts."""
    people = {
        (row["area_code"], row["year"]): int(row["population"])
        for row in rows("populations")
        if row["series"] == "contemporary"
    }
    names = {
        "transport_total_gbp_m": "transport_spend_per_head",
        "transport_capital_gbp_m": "transport_capital_per_head",
        "all_capital_gbp_m": "all_capital_per_head",
    }
    return [
        Figure(
            row["area_code"],
            names[column],
            row["financial_year"],
            float(row[column]) * 1e6 / people[row["area_code"], row["financial_year"][:4]],
            None,
            None,
            source(row["source"]),
        )
        for row in rows("spending")
        for column in names
        if (row["area_code"], row["financial_year"][:4]) in people and row[column]
    ]


def level_of(code: str) -> str:
    """Return the level of a code: region, district or nation."""
    if code.startswith("E12"):
        return "region"
    return "district" if code[:3] in ("E06", "E07", "E08", "E09") else "nation"


def periods(indicator_id: str, level: str = "region") -> tuple[str, ...]:
    """Return the periods for which an indicator has figures at a level, oldest first."""
    indicator(indicator_id)
    _check_level(level)
    return tuple(
        sorted(
            period
            for (id, period), held in _figures().items()
            if id == indicator_id and any(level_of(code) == level for code in held)
        )
    )


def figure(code: str, indicator_id: str, *, period: str) -> Figure | None:
    """Return one figure, or None where nothing was published for that place and period."""
    indicator(indicator_id)
    return _figures().get((indicator_id, period), {}).get(code)


def read(indicator_id: str, *, level: str = "region", period: str = "") -> Dataset:
    """Return an indicator's figures for all places of a level, in order of code.

    Parameters
    ----------
    indicator_id : e.g. "gdhi_per_head".
    level : "region" (9), "district" (296) or "nation".
    period : e.g. "2023", "2018-20", "2017/18"; the latest where left out.

    Returns
    -------
    Dataset with columns code, name, region, value, lower, upper and period, equally long; `lower` and
    `upper` are None where the publisher gives no limits. Places without a figure are counted in `quality`.

    Raises
    ------
    NotFound : no such indicator. BadInput : no figures at that level and period; says which there are.
    """
    known = periods(indicator_id, level)
    if not known:
        raise BadInput(
            f"'{indicator_id}' has no figures at that level",
            field="level",
            value=level,
            allowed=", ".join(one for one in LEVELS if periods(indicator_id, one)),
        )
    period = period or known[-1]
    if period not in known:
        raise BadInput(
            f"'{indicator_id}' has no {level} figures for that period",
            field="period",
            value=period,
            allowed=", ".join(known),
        )
    return _dataset(indicator_id, level, period)


def _dataset(indicator_id: str, level: str, period: str) -> Dataset:
    held = _figures()[indicator_id, period]
    found = [held[code] for code in sorted(held) if level_of(code) == level]
    named = [places.get(figure.code) for figure in found]
    expected = {"region": 9, "district": 296}.get(level, len(found))
    dropped = {"no figure published": expected - len(found)} if expected > len(found) else {}
    columns = {
        "code": tuple(f.code for f in found),
        "name": tuple(place.name for place in named),
        "region": tuple(place.region for place in named),
        "value": tuple(f.value for f in found),
        "lower": tuple(f.lower for f in found),
        "upper": tuple(f.upper for f in found),
        "period": (period,) * len(found),
    }
    return Dataset(columns, found[0].source, Quality(max(expected, len(found)), len(found), dropped))


def _check_level(level: str) -> None:
    if level not in LEVELS:
        raise BadInput("There is no such level", field="level", value=level, allowed=", ".join(LEVELS))
