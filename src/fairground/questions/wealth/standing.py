"""Where a place stands among its peers, over measures and over years, and which indicators that rests on.

A range of ranks on each measure, never one league table. Method and reference are in the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from fairground import places
from fairground.errors import BadInput
from fairground.evidence import Answer, Dataset, Method, Source, Step, merged
from fairground.places import Place
from fairground.questions.wealth.inequality import PLACES, readings
from fairground.sources import figures
from fairground.wealth.inequality import Rank, fifth, rank_range, span

__all__ = ["indicators", "standing", "standing_over_time"]

RANKS = Method(
    "rank-range",
    "Rank range among peers from published limits, over every period that we hold",
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
    "median_household_wealth",
    "imd2025_average_score",
    "level3_plus_share",
    "gcse_english_maths_by_19",
    "business_rd_per_head",
    "public_rd_per_head",
    "transport_spend_per_head",
    "transport_capital_per_head",
    "all_capital_per_head",
)


@dataclass(frozen=True)
class Measure:
    """One indicator of a place: its figure, England's, and the range of its rank (1 is best).

    `rank_best` and `rank_worst` are for the newest period; `ever_best` and `ever_worst` span all `periods`.
    """

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
    ever_best: int
    ever_worst: int
    periods: int


@dataclass(frozen=True)
class Standing:
    """Where a place stands on each measure that is published for it and its peers."""

    place: str
    code: str
    rows: tuple[Measure, ...]


def _placed(place: str) -> Place:
    found = places.get(place)
    if found.kind not in ("region", "district") or not found.current:
        raise BadInput(
            "We know how regions and districts stand, and only those that exist",
            field="place",
            value=found.name,
            allowed="a region or a district of today",
        )
    return found


def standing(place: str) -> Answer[Standing]:
    """Answer where a place stands among its peers: a range of ranks on each measure, never one league table.

    Parameters
    ----------
    place : the name or code of a region or a district.

    Returns
    -------
    Answer with one row for each measure that is published for the place: the range of its rank in the newest
    period, and over every period that we hold.

    Raises
    ------
    NotFound : no such place. BadInput : the place is neither a region nor a district that exists.
    """
    found = _placed(place)
    wanted = STANDING if found.kind == "district" else REGIONAL
    held = [(id, _measure(found, id)) for id in wanted]
    rows = tuple(measure[0] for _, measure in held if measure)
    missing = [figures.indicator(id).name for id, measure in held if not measure]
    cited = merged(*((measure[1],) for _, measure in held if measure))
    return Answer(Standing(found.name, found.code, rows), RANKS, _steps(found, rows, missing), cited)


def _ranked(place: Place, id: str) -> list[tuple[Dataset, Rank]]:
    """The place's rank in each period in which it and enough of its peers have a figure, oldest first."""
    better = figures.indicator(id).better
    every = [figures.read(id, level=place.kind, period=p) for p in figures.periods(id, place.kind)]
    held = [data for data in every if place.code in data.columns["code"] and _enough(data, place.kind)]
    return [(data, rank_range(place.code, readings(data), better=better)) for data in held]


def _enough(data: Dataset, kind: str) -> bool:
    """All nine regions, or at least a third of the districts (some figures are for large ones only)."""
    return data.quality.kept * (1 if kind == "region" else 3) >= PLACES[kind]


def _measure(place: Place, id: str) -> tuple[Measure, Source] | None:
    ranked = _ranked(place, id)
    if not ranked:
        return None
    data, rank = ranked[-1]
    own = next(reading for reading in readings(data) if reading.code == place.code)
    period, ever = data.columns["period"][0], span([rank for _, rank in ranked])
    england = figures.figure("E92000001", id, period=period)
    return Measure(
        id,
        figures.indicator(id).name,
        period,
        own.value,
        own.lower,
        own.upper,
        england.value if england else None,
        rank.rank,
        rank.best,
        rank.worst,
        rank.of,
        fifth(rank),
        ever.best,
        ever.worst,
        ever.periods,
    ), data.source


def _steps(place: Place, rows: tuple[Measure, ...], missing: list[str]) -> tuple[Step, ...]:
    worst = sum(row.fifth == 5 for row in rows)
    best = sum(row.fifth == 1 for row in rows)
    low = min(rows, key=lambda row: row.ever_best / row.of)
    high = max(rows, key=lambda row: row.ever_worst / row.of)
    facts = {"place": place.name, "low": low.ever_best, "low_of": low.of, "low_measure": low.measure}
    facts |= {"high": high.ever_worst, "high_of": high.of, "high_measure": high.measure}
    steps = [
        Step(
            "inequality.standing", {"place": place.name, "measures": len(rows), "worst": worst, "best": best}
        ),
        Step("inequality.standing.range", {**facts, "periods": max(row.periods for row in rows)}),
        Step("inequality.standing.limits"),
    ]
    if any(figures.worked_here(row.indicator, place.kind) for row in rows):
        steps.append(Step("inequality.standing.worked-here"))
    if missing:
        steps.append(Step("inequality.standing.unknown", {"measures": ", ".join(missing)}))
    return tuple(steps)


@dataclass(frozen=True)
class RankYear:
    """A place in one period: its figure with limits, and the range of its rank."""

    period: str
    value: float
    lower: float | None
    upper: float | None
    rank: int
    rank_best: int
    rank_worst: int
    of: int


@dataclass(frozen=True)
class StandingYears:
    """Where a place stood on one measure in each period, oldest first."""

    place: str
    code: str
    indicator: str
    rows: tuple[RankYear, ...]


def standing_over_time(place: str, indicator: str) -> Answer[StandingYears]:
    """Answer where a place stood on one measure in each period: a range of ranks a period.

    Parameters
    ----------
    place : the name or code of a region or a district. indicator : any that says which way is better.

    Returns
    -------
    Answer with one row for each period in which the place has a figure. Where fewer peers have one than
    there are, the answer says so.

    Raises
    ------
    NotFound : no such place or indicator. BadInput : no figure of the place, or neither way is better.
    """
    found, known = _placed(place), figures.indicator(indicator)
    every = [figures.read(indicator, level=found.kind, period=p) for p in _periods(found, known)]
    held = [data for data in every if found.code in data.columns["code"]]
    if not held:
        raise BadInput(f"'{indicator}' has no figure for this place", "place", found.name, _with(known))
    rows = tuple(_rank_year(found, known, data) for data in held)
    low, high = min(row.rank_best for row in rows), max(row.rank_worst for row in rows)
    facts = {"place": found.name, "name": known.name, "low": low, "high": high, "count": len(rows)}
    facts |= {"first": rows[0].period, "last": rows[-1].period, "of": max(row.of for row in rows)}
    code = "inequality.standing.once" if len(rows) == 1 else "inequality.standing.years"
    steps = [Step(code, facts), Step("inequality.standing.limits")]
    steps.append(Step("inequality.definition", {"name": known.name, "definition": known.definition}))
    if figures.worked_here(indicator, found.kind):
        steps.append(Step("inequality.worked-here"))
    if rows[-1].of < PLACES[found.kind]:
        missing = {"kept": rows[-1].of, "all": PLACES[found.kind]}
        steps.append(Step(f"inequality.unknown.{found.kind}s", missing))
    value = StandingYears(found.name, found.code, indicator, rows)
    return Answer(value, RANKS, tuple(steps), merged(*((data.source,) for data in held)))


def _periods(place: Place, known: figures.Indicator) -> tuple[str, ...]:
    """Every period, or what is wrong: no figures at that level, or no way that is better."""
    if known.better == "neither":
        allowed = ", ".join(one.id for one in figures.indicators() if one.better != "neither")
        raise BadInput("Neither way is better, so there are no ranks", "indicator", known.id, allowed)
    held = figures.periods(known.id, place.kind)
    return held or tuple(figures.read(known.id, level=place.kind).columns["period"])


def _with(known: figures.Indicator) -> str:
    """The places that do have a figure, where they are few."""
    data = figures.read(known.id, level="region") if figures.periods(known.id, "region") else None
    return ", ".join(data.columns["name"]) if data else "a place of which a figure is published"


def _rank_year(place: Place, known: figures.Indicator, data: Dataset) -> RankYear:
    held = readings(data)
    own = next(reading for reading in held if reading.code == place.code)
    rank = rank_range(place.code, held, better=known.better)
    limits = (own.lower, own.upper)
    return RankYear(data.columns["period"][0], own.value, *limits, rank.rank, rank.best, rank.worst, rank.of)


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
    ids = [one.id for one in figures.indicators()]
    cited = merged(
        *(
            (figures.read(id, level=level).source,)
            for id in ids
            for level in figures.LEVELS
            if figures.periods(id, level)
        )
    )
    return Answer(Listing(rows), LISTING, (Step("inequality.indicators", {"count": len(rows)}),), cited)
