"""Where a place stands among its peers, and which indicators that rests on.

A range of ranks on each measure, never one league table. Method and reference are in the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from fairground import places
from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Source, Step, merged
from fairground.places import Place
from fairground.questions.wealth.inequality import english, readings
from fairground.sources import figures
from fairground.wealth.inequality import fifth, rank_range

__all__ = ["indicators", "standing"]

RANKS = Method(
    "rank-range",
    "Rank range among peers from published limits",
    "Goldstein and Spiegelhalter, Journal of the Royal Statistical Society A 159 (1996)",
)
LISTING = Method("listing", "A list of what is bundled", "Fairground, sources/indicators.toml")
STANDING = (
    "imd2025_average_score",
    "gdhi_per_head",
    "gva_per_hour",
    "median_weekly_pay",
    "hle_male",
    "hle_female",
)
REGIONAL = (
    "hle_male",
    "hle_female",
    "gdhi_per_head",
    "gva_per_hour",
    "median_weekly_pay",
    "level3_plus_share",
    "gcse_english_maths_by_19",
    "business_rd_per_head",
    "public_rd_per_head",
    "transport_capital_per_head",
    "all_capital_per_head",
)


@dataclass(frozen=True)
class Measure:
    """One indicator of a place: its figure, England's, and the range of its rank (1 is best)."""

    indicator: str
    measure: str
    period: str
    value: float
    lower: float | None
    upper: float | None
    england: float | None
    rank: int
    rank_best: int
    rank_worst: int
    of: int
    fifth: int


@dataclass(frozen=True)
class Standing:
    """Where a place stands on each measure that is published for it."""

    place: str
    code: str
    rows: tuple[Measure, ...]


def standing(place: str) -> Answer[Standing]:
    """Answer where a place stands among its peers: a range of ranks on each measure, never one league table.

    Parameters
    ----------
    place : the name or code of a region or a district.

    Raises
    ------
    NotFound : no such place. BadInput : the place is neither a region nor a district that exists.
    """
    found = places.get(place)
    if found.kind not in ("region", "district") or not found.current:
        raise BadInput(
            "We know how regions and districts stand, and only those that exist",
            field="place",
            value=found.name,
            allowed="a region or a district of today",
        )
    wanted = STANDING if found.kind == "district" else REGIONAL
    held = [(id, _measure(found, id)) for id in wanted]
    rows = tuple(measure[0] for _, measure in held if measure)
    missing = [figures.indicator(id).name for id, measure in held if not measure]
    cited = merged(*((measure[1],) for _, measure in held if measure))
    return Answer(Standing(found.name, found.code, rows), RANKS, _standing_steps(found, rows, missing), cited)


def _measure(place: Place, id: str) -> tuple[Measure, Source] | None:
    data = figures.read(id, level=place.kind)
    held = readings(data) if place.kind == "district" else english(data)
    own = [reading for reading in held if reading.code == place.code]
    if not own:
        return None
    known, period = figures.indicator(id), data.columns["period"][0]
    england = figures.figure("E92000001", id, period=period)
    rank = rank_range(place.code, held, better=known.better)
    return Measure(
        id,
        known.name,
        period,
        own[0].value,
        own[0].lower,
        own[0].upper,
        england.value if england else None,
        rank.rank,
        rank.best,
        rank.worst,
        rank.of,
        fifth(rank),
    ), data.source


def _standing_steps(place: Place, rows: tuple[Measure, ...], missing: list[str]) -> tuple[Step, ...]:
    worst = sum(row.fifth == 5 for row in rows)
    best = sum(row.fifth == 1 for row in rows)
    low, high = min(row.rank_best for row in rows), max(row.rank_worst for row in rows)
    steps = [
        Step(
            "inequality.standing", {"place": place.name, "measures": len(rows), "worst": worst, "best": best}
        ),
        Step(
            "inequality.standing.range",
            {"place": place.name, "low": low, "high": high, "of": max(row.of for row in rows)},
        ),
        Step("inequality.standing.limits"),
    ]
    if missing:
        steps.append(Step("inequality.standing.missing", {"measures": ", ".join(missing)}))
    return tuple(steps)


@dataclass(frozen=True)
class Listed:
    """One indicator that we hold: its unit, levels and periods."""

    id: str
    name: str
    unit: str
    better: str
    regions: str
    districts: str


@dataclass(frozen=True)
class Listing:
    """Every indicator that we hold."""

    rows: tuple[Listed, ...]


def indicators() -> Answer[Listing]:
    """Answer which indicators are bundled, at which levels and for which periods."""
    rows = tuple(
        Listed(
            one.id,
            one.name,
            one.unit,
            one.better,
            ", ".join(figures.periods(one.id, "region")),
            ", ".join(figures.periods(one.id, "district")),
        )
        for one in figures.indicators()
    )
    ids = dict.fromkeys(id for id in STANDING + REGIONAL)
    cited = merged(
        *((figures.read(id, level="region").source,) for id in ids if figures.periods(id, "region"))
    )
    return Answer(Listing(rows), LISTING, (Step("inequality.indicators", {"count": len(rows)}),), cited)
