"""How unequally places fare: the gap, and the split between and within regions.

Reads the bundled figures and asks the engine. Methods and their references are in each answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from fairground import measures, places
from fairground.evidence import Answer, Dataset, Method, Source, Step, merged
from fairground.sources import figures
from fairground.sources.catalogue import source
from fairground.wealth.inequality import Reading, RegionalGap, regional_gap

__all__ = ["decompose", "decompose_over_time", "gap"]

GAP = Method(
    "regional-gap",
    "Best region less worst region, with limits of the difference",
    "Difference of two independent estimates: Altman and others, Statistics with confidence (2000)",
)
SPLIT = Method(
    "theil-decomposition",
    "Theil index split exactly between and within regions, weighted by people",
    "Shorrocks, Econometrica 48 (1980); Theil, Economics and information theory (1967)",
)
EARLIER = {
    "hle_male": "hle_male_original",
    "hle_female": "hle_female_original",
    "gdhi_per_head": "gdhi_per_head_first_release",
}


def readings(data: Dataset) -> tuple[Reading, ...]:
    """Return a dataset's rows as readings, each with its limits."""
    columns = zip(*(data.columns[name] for name in ("code", "name", "value", "lower", "upper")), strict=True)
    return tuple(Reading(*row) for row in columns)


def english(data: Dataset) -> tuple[Reading, ...]:
    """Return the readings of England's nine regions."""
    return tuple(reading for reading in readings(data) if reading.code.startswith("E12"))


def gap(indicator: str, period: str = "") -> Answer[RegionalGap]:
    """Answer how far England's best region is ahead of its worst on an indicator.

    Parameters
    ----------
    indicator : e.g. "hle_female". period : e.g. "2018-20"; the latest where left out.

    Raises
    ------
    NotFound : no such indicator. BadInput : no figures for that period.
    """
    known = figures.indicator(indicator)
    data = figures.read(indicator, level="region", period=period)
    period = data.columns["period"][0]
    found = regional_gap(english(data), indicator=indicator, period=period, better=known.better)
    steps = [_gap_headline(found, known)]
    if found.gap_half_width is not None:
        steps.append(
            Step(
                "inequality.gap.limits",
                {"low": found.gap - found.gap_half_width, "high": found.gap + found.gap_half_width},
            )
        )
    steps.append(Step("inequality.definition", {"name": known.name, "definition": known.definition}))
    earlier, more = _earlier(indicator, period)
    return Answer(found, GAP, (*steps, *earlier), merged((data.source,), more))


def _gap_headline(found: RegionalGap, known: figures.Indicator) -> Step:
    facts = {
        "name": known.name,
        "period": found.period,
        "best": found.best,
        "worst": found.worst,
        "unit": known.unit,
        "high": found.rows[0].value,
        "low": found.rows[-1].value,
        "gap": found.gap,
    }
    code = (
        "inequality.gap.years"
        if known.unit == "years"
        else ("inequality.gap.pounds" if known.unit.startswith("pounds") else "inequality.gap")
    )
    return Step(code, facts)


def _earlier(indicator: str, period: str) -> tuple[tuple[Step, ...], tuple[Source, ...]]:
    """The same gap in an edition that has been superseded, where we hold one."""
    other = EARLIER.get(indicator)
    if other is None or period not in figures.periods(other):
        return (), ()
    data = figures.read(other, level="region", period=period)
    readings = english(data)
    if len(readings) < 9:
        return (), ()
    was = regional_gap(readings, indicator=other, period=period, better=figures.indicator(other).better)
    facts = {"edition": data.source.edition, "gap": was.gap, "best": was.best, "worst": was.worst}
    return (Step("inequality.gap.earlier", facts),), (data.source,)


@dataclass(frozen=True)
class RegionPart:
    """One region in a split: its mean, its own Theil index, and what it adds to the within part."""

    region: str
    mean: float
    population_share: float
    index: float
    within: float


@dataclass(frozen=True)
class Split:
    """Inequality between districts, split exactly: total = between + within + the machine's rounding."""

    indicator: str
    period: str
    total: float
    between: float
    within: float
    between_share: float
    residual: float
    rows: tuple[RegionPart, ...]


def _split(indicator: str, period: str, alpha: float) -> tuple[Split, Dataset]:
    data = figures.read(indicator, level="district", period=period)
    people = [places.get(code).population for code in data.columns["code"]]
    names = [places.get(code).name for code in data.columns["region"]]
    found = measures.decompose(data.columns["value"], groups=names, weights=people, alpha=alpha)
    rows = tuple(
        RegionPart(part.name, part.mean, part.population_share, part.index, part.within)
        for part in sorted(found.groups, key=lambda part: -part.within)
    )
    share = found.between / found.total if found.total else 0.0
    return Split(
        indicator,
        data.columns["period"][0],
        found.total,
        found.between,
        found.within,
        share,
        found.residual,
        rows,
    ), data


def decompose(indicator: str, period: str = "", *, alpha: float = 1.0) -> Answer[Split]:
    """Answer how much of the inequality between districts lies between regions, and how much inside them.

    Parameters
    ----------
    indicator : one with district figures, e.g. "gdhi_per_head". period : the latest where left out.
    alpha : 1 for Theil's T, 0 for Theil's L (mean log deviation), 2 for half the squared variation.

    Raises
    ------
    NotFound : no such indicator. BadInput : no district figures, or a period that we do not hold.
    """
    known = figures.indicator(indicator)
    found, data = _split(indicator, period, alpha)
    top = found.rows[0]
    steps = (
        Step(
            "inequality.split",
            {
                "name": known.name,
                "period": found.period,
                "share": found.between_share,
                "rest": 1 - found.between_share,
            },
        ),
        Step(
            "inequality.split.parts",
            {"total": found.total, "between": found.between, "within": found.within, "alpha": alpha},
        ),
        Step("inequality.split.top", {"region": top.region, "within": top.within, "all": found.within}),
        Step("inequality.split.weights", {"districts": data.quality.kept}),
        Step("inequality.definition", {"name": known.name, "definition": known.definition}),
        *(
            (Step("inequality.dropped", {"count": sum(data.quality.dropped.values())}),)
            if data.quality.dropped
            else ()
        ),
    )
    return Answer(found, SPLIT, steps, (data.source, source("ons-mye-2024-06")))


@dataclass(frozen=True)
class SplitYear:
    """The split in one period."""

    period: str
    total: float
    between: float
    within: float
    between_share: float


@dataclass(frozen=True)
class SplitYears:
    """The split in every period that we hold, oldest first."""

    indicator: str
    rows: tuple[SplitYear, ...]


def decompose_over_time(indicator: str) -> Answer[SplitYears]:
    """Answer how the share of inequality that lies between regions has changed.

    Raises
    ------
    NotFound : no such indicator. BadInput : no district figures.
    """
    known = figures.indicator(indicator)
    periods = figures.periods(indicator, "district")
    if not periods:
        figures.read(indicator, level="district")
    splits = [_split(indicator, period, 1.0) for period in periods]
    rows = tuple(
        SplitYear(one.period, one.total, one.between, one.within, one.between_share) for one, _ in splits
    )
    facts = {
        "name": known.name,
        "first": rows[0].period,
        "last": rows[-1].period,
        "was": rows[0].between_share,
        "now": rows[-1].between_share,
    }
    steps = (
        Step("inequality.split.over-time", facts),
        Step("inequality.split.weights", {"districts": splits[-1][1].quality.kept}),
    )
    return Answer(
        SplitYears(indicator, rows), SPLIT, steps, (splits[-1][1].source, source("ons-mye-2024-06"))
    )
