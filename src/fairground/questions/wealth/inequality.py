"""How far the best place is ahead of the worst, now and over time.

Reads the bundled figures and asks the engine. Methods and their references are in each answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from fairground.errors import BadInput
from fairground.evidence import Answer, Dataset, Method, Source, Step, merged
from fairground.sources import figures
from fairground.wealth.inequality import Reading, RegionalGap, regional_gap

__all__ = ["gap", "gap_over_time"]

GAP = Method(
    "regional-gap",
    "Best place less worst place, with limits of the difference",
    "Limits of a difference: Zou and Donner, Statistics in Medicine 27 (2008), 1693-1702",
)
EARLIER = {
    "hle_male": "hle_male_original",
    "hle_female": "hle_female_original",
    "gdhi_per_head": "gdhi_per_head_first_release",
}
PLACES = {"region": 9, "district": 296}


def readings(data: Dataset) -> tuple[Reading, ...]:
    """Return a dataset's rows as readings, each with its limits."""
    columns = zip(*(data.columns[name] for name in ("code", "name", "value", "lower", "upper")), strict=True)
    return tuple(Reading(*row) for row in columns)


def level_for(indicator: str, level: str = "") -> str:
    """Return the level asked for, or regions where there are figures for two or more, else districts."""
    figures.indicator(indicator)
    if level:
        if level not in PLACES:
            raise BadInput("There is no such level", "level", level, ", ".join(PLACES))
        return level
    return "region" if figures.periods(indicator, "region") else "district"


def gap(indicator: str, period: str = "", *, level: str = "") -> Answer[RegionalGap]:
    """Answer how far England's best place is ahead of its worst on an indicator.

    Parameters
    ----------
    indicator : e.g. "hle_female". period : e.g. "2018-20"; the latest where left out.
    level : "region" or "district"; regions where left out, districts where there are no figures of regions.

    Raises
    ------
    NotFound : no such indicator. BadInput : no figures for that level and period.
    """
    known, level = figures.indicator(indicator), level_for(indicator, level)
    data = figures.read(indicator, level=level, period=period)
    period = data.columns["period"][0]
    found = regional_gap(readings(data), indicator=indicator, period=period, better=known.better)
    steps = [_headline(found, known)]
    if found.lower is not None:
        steps.append(Step("inequality.gap.limits", {"low": found.lower, "high": found.upper}))
    steps += _about(known, data, level)
    earlier, more = _earlier(indicator, period)
    return Answer(found, GAP, (*steps, *earlier), merged((data.source,), more))


def _headline(found: RegionalGap, known: figures.Indicator) -> Step:
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
    if known.unit == "years":
        return Step("inequality.gap.years", facts)
    return Step("inequality.gap.pounds" if known.unit.startswith("pounds") else "inequality.gap", facts)


def _about(known: figures.Indicator, data: Dataset, level: str) -> list[Step]:
    """What is measured, who worked it out, and what is missing."""
    steps = [Step("inequality.definition", {"name": known.name, "definition": known.definition})]
    if figures.worked_here(known.id, level):
        steps.append(Step("inequality.worked-here"))
    if data.quality.kept < PLACES[level]:
        facts = {"kept": data.quality.kept, "all": PLACES[level]}
        steps.append(Step(f"inequality.unknown.{level}s", facts))
    return steps


def _earlier(indicator: str, period: str) -> tuple[tuple[Step, ...], tuple[Source, ...]]:
    """The same gap in an edition that has been superseded, where we hold one."""
    other = EARLIER.get(indicator)
    if other is None or period not in figures.periods(other):
        return (), ()
    data = figures.read(other, level="region", period=period)
    if data.quality.kept < PLACES["region"]:
        return (), ()
    known = figures.indicator(other)
    was = regional_gap(readings(data), indicator=other, period=period, better=known.better)
    facts = {
        "edition": data.source.edition, "gap": was.gap, "unit": known.unit, "best": was.best,
        "worst": was.worst,
    }  # fmt: skip
    return (Step("inequality.gap.earlier", facts),), (data.source,)


@dataclass(frozen=True)
class GapYear:
    """The gap in one period, with its limits where published."""

    period: str
    best: str
    worst: str
    gap: float
    lower: float | None
    upper: float | None
    ratio: float | None


@dataclass(frozen=True)
class GapYears:
    """The gap in every period that we hold, oldest first."""

    indicator: str
    rows: tuple[GapYear, ...]


def gap_over_time(indicator: str, *, level: str = "") -> Answer[GapYears]:
    """Answer how the gap between the best and the worst place has changed.

    Parameters
    ----------
    indicator, level : as for `gap`. Only periods with figures for as many places as the fullest are shown.

    Raises
    ------
    NotFound : no such indicator. BadInput : no figures at that level.
    """
    known, level = figures.indicator(indicator), level_for(indicator, level)
    periods = figures.periods(indicator, level) or figures.read(indicator, level=level).columns["period"]
    every = [figures.read(indicator, level=level, period=period) for period in periods]
    fullest = max(data.quality.kept for data in every)
    kept = [data for data in every if level == "district" or data.quality.kept == fullest]
    rows = tuple(_gap_year(known, data) for data in kept)
    first, last = rows[0], rows[-1]
    facts: dict[str, object] = {
        "name": known.name,
        "unit": known.unit,
        "first": first.period,
        "last": last.period,
    }
    facts |= {"was": first.gap, "now": last.gap}
    if first.ratio is not None and last.ratio is not None:
        ratios = [Step("inequality.gap.ratios", {"was": first.ratio, "now": last.ratio})]
    else:
        ratios = []
    steps = (Step("inequality.gap.over-time", facts), *ratios, *_about(known, kept[-1], level))
    cited = merged(*((data.source,) for data in kept))
    return Answer(GapYears(indicator, rows), GAP, steps, cited)


def _gap_year(known: figures.Indicator, data: Dataset) -> GapYear:
    period = data.columns["period"][0]
    found = regional_gap(readings(data), indicator=known.id, period=period, better=known.better)
    return GapYear(period, found.best, found.worst, found.gap, found.lower, found.upper, found.ratio)
