"""How much of inequality lies between groups of places, and how much inside them, now and over time.

Districts are grouped by region. Where figures are published for regions only, regions are grouped by broad
area. Both parts are worked out directly, so that nothing is left over.
"""

from __future__ import annotations

from dataclasses import dataclass

from fairground import measures, places
from fairground.evidence import Answer, Dataset, Method, Step, merged
from fairground.sources import figures
from fairground.sources.catalogue import source

__all__ = ["decompose", "decompose_over_time"]

SPLIT = Method(
    "theil-decomposition",
    "Theil index split exactly between and within groups of places, weighted by people",
    "Shorrocks, Econometrica 48 (1980); Theil, Economics and information theory (1967)",
)
BROAD_AREAS = {
    "E12000001": "North",
    "E12000002": "North",
    "E12000003": "North",
    "E12000004": "Midlands",
    "E12000005": "Midlands",
    "E12000006": "South outside London",
    "E12000007": "London",
    "E12000008": "South outside London",
    "E12000009": "South outside London",
}


@dataclass(frozen=True)
class GroupShare:
    """One group in a split: its mean, its own Theil index, and what it adds to the within part."""

    group: str
    mean: float
    population_share: float
    index: float
    within: float


@dataclass(frozen=True)
class Split:
    """Inequality between places, split exactly: total = between + within + the machine's rounding.

    `level` is what is split: "district" (between and within regions) or "region" (broad areas).
    """

    indicator: str
    level: str
    period: str
    total: float
    between: float
    within: float
    between_share: float
    residual: float
    rows: tuple[GroupShare, ...]


def _level(indicator: str) -> str:
    """Districts where there are figures of them, else regions; with neither, the reader says so."""
    if not figures.periods(indicator, "district") and figures.periods(indicator, "region"):
        return "region"
    return "district"


def _split(indicator: str, period: str, alpha: float) -> tuple[Split, Dataset]:
    level = _level(indicator)
    data = figures.read(indicator, level=level, period=period)
    people = [places.get(code).population for code in data.columns["code"]]
    if level == "district":
        groups = [places.get(code).name for code in data.columns["region"]]
    else:
        groups = [BROAD_AREAS[code] for code in data.columns["code"]]
    found = measures.decompose(data.columns["value"], groups=groups, weights=people, alpha=alpha)
    rows = tuple(
        GroupShare(part.name, part.mean, part.population_share, part.index, part.within)
        for part in sorted(found.groups, key=lambda part: -part.within)
    )
    share = found.between / found.total if found.total else 0.0
    parts = (found.total, found.between, found.within, share, found.residual)
    return Split(indicator, level, data.columns["period"][0], *parts, rows), data


def decompose(indicator: str, period: str = "", *, alpha: float = 1.0) -> Answer[Split]:
    """Answer how much of the inequality between places lies between groups of them, and how much inside.

    Parameters
    ----------
    indicator : e.g. "gdhi_per_head" (districts, by region) or "transport_spend_per_head" (regions, by broad
        area). period : the latest where left out.
    alpha : 1 for Theil's T, 0 for Theil's L (mean log deviation), 2 for half the squared variation.

    Raises
    ------
    NotFound : no such indicator. BadInput : no figures of places, or a period that we do not hold.
    """
    known = figures.indicator(indicator)
    found, data = _split(indicator, period, alpha)
    top = found.rows[0]
    facts: dict[str, object] = {"name": known.name, "period": found.period}
    facts |= {"share": found.between_share, "rest": 1 - found.between_share}
    sums = {"total": found.total, "between": found.between, "within": found.within, "alpha": alpha}
    steps = (
        Step(f"inequality.split.{found.level}", facts),
        Step("inequality.split.parts", sums),
        Step("inequality.split.top", {"group": top.group, "within": top.within, "all": found.within}),
        *_about(known, data, found.level),
    )
    return Answer(found, SPLIT, steps, (data.source, source("ons-mye-2024-06")))


def _about(known: figures.Indicator, data: Dataset, level: str) -> list[Step]:
    steps = [
        Step(f"inequality.split.weights.{level}", {"count": data.quality.kept}),
        Step("inequality.definition", {"name": known.name, "definition": known.definition}),
    ]
    if figures.worked_here(known.id, level):
        steps.append(Step("inequality.worked-here"))
    if data.quality.dropped:
        dropped = sum(data.quality.dropped.values())
        steps.append(Step(f"inequality.unknown.dropped.{level}", {"count": dropped}))
    return steps


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
    """Answer how the share of inequality that lies between groups of places has changed.

    Parameters
    ----------
    indicator : as for `decompose`; split with Theil's T, in every period that we hold.

    Raises
    ------
    NotFound : no such indicator. BadInput : no figures of places.
    """
    known, level = figures.indicator(indicator), _level(indicator)
    periods = figures.periods(indicator, level)
    if not periods:
        figures.read(indicator, level=level)
    splits = [_split(indicator, period, 1.0) for period in periods]
    rows = tuple(
        SplitYear(one.period, one.total, one.between, one.within, one.between_share) for one, _ in splits
    )
    facts: dict[str, object] = {"name": known.name, "first": rows[0].period, "last": rows[-1].period}
    facts |= {"was": rows[0].between_share, "now": rows[-1].between_share}
    steps = (
        Step(f"inequality.split.over-time.{level}", facts),
        Step("inequality.split.total", {"was": rows[0].total, "now": rows[-1].total}),
        *_about(known, splits[-1][1], level),
    )
    cited = merged(*((data.source,) for _, data in splits), (source("ons-mye-2024-06"),))
    return Answer(SplitYears(indicator, rows), SPLIT, steps, cited)
