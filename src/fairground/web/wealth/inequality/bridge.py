"""What the inequality pages ask the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from fairground import places
from fairground.errors import BadInput
from fairground.evidence import Answer, Step
from fairground.questions.wealth import claims as claim_questions
from fairground.questions.wealth import convergence as convergence_question
from fairground.questions.wealth import decomposition, inequality
from fairground.questions.wealth import standing as standing_question
from fairground.report.charts import Bar, Range, Tile, bars, lines, ranges, tiles
from fairground.report.numbers import number, percent
from fairground.report.words import say
from fairground.sources import figures

gap = lru_cache(maxsize=256)(inequality.gap)
gap_over_time = lru_cache(maxsize=64)(inequality.gap_over_time)
decompose = lru_cache(maxsize=64)(decomposition.decompose)
over_time = lru_cache(maxsize=16)(decomposition.decompose_over_time)
convergence = lru_cache(maxsize=64)(convergence_question.convergence)
indicators = lru_cache(maxsize=1)(standing_question.indicators)
claim = lru_cache(maxsize=64)(claim_questions.check)
claims = lru_cache(maxsize=1)(claim_questions.every)

LEVELS = [("", "Regions, where we can")]
LEVELS += [("region", "Regions"), ("district", "Districts")]
EITHER = [("", "Districts, where we can"), *LEVELS[1:]]


@lru_cache(maxsize=1024)
def standing(place: str, indicator: str = "") -> Answer[Any]:
    """Return where a place stands on every measure, or on one measure over the years."""
    if indicator:
        return standing_question.standing_over_time(place, indicator)
    return standing_question.standing(place)


def is_place(text: str) -> bool:
    """Whether there is a place of that name, code or address."""
    try:
        return bool(places.get(text))
    except BadInput:
        return False


@lru_cache
def choices(question: str) -> list[tuple[str, str]]:
    """Return the indicators that a question can be asked of: id, and a name that fits a narrow list."""
    fits = {"gap": _has_places, "decompose": _has_groups, "convergence": _has_periods}[question]
    held = [one for one in figures.indicators() if one.better != "neither" and fits(one.id)]
    return [(one.id, one.short or one.name) for one in held]


def _has_places(id: str) -> bool:
    levels = [level for level in ("region", "district") if figures.periods(id, level)]
    return any(figures.read(id, level=level).quality.kept > 1 for level in levels)


def _has_groups(id: str) -> bool:
    if figures.periods(id, "district"):
        return True
    return _has_places(id) and figures.read(id, level="region").quality.kept == 9


def _has_periods(id: str) -> bool:
    counts = [len(figures.periods(id, level)) for level in ("region", "district")]
    return _has_groups(id) and max(counts) > 1


@lru_cache
def all_periods() -> list[str]:
    """Return every period for which some indicator has figures, newest first."""
    held = {
        period
        for id, _ in choices("gap")
        for level in ("region", "district")
        for period in figures.periods(id, level)
    }
    return sorted(held, reverse=True)


def gap_charts(value: Any) -> Mapping[str, str]:
    """Draw the regions as bars with limits, and as tiles."""
    ends = {value.best, value.worst}
    rows = [Bar(row.name, row.value, row.lower, row.upper, row.name in ends) for row in value.rows]
    name = figures.indicator(value.indicator).name
    if len(rows) > 20:
        caption = f"{name}, {value.period}: the ten best and the ten worst districts"
        return {caption: bars([*rows[:10], *rows[-10:]], title=caption, write=number)}
    drawn = {f"{name}, {value.period}": bars(rows, title=f"{name} by region, {value.period}", write=number)}
    grid = [(places.get(row.code).tile, row) for row in value.rows]
    squares = [Tile(row.name, at[0], at[1], row.value, number(row.value)) for at, row in grid if at]
    if len(squares) == 9:
        caption = "The nine regions, about where they lie"
        drawn[caption] = tiles(squares, title=f"{name}: map of the regions")
    return drawn


def gap_years_charts(value: Any) -> Mapping[str, str]:
    """Draw the gap in each period."""
    title = f"{figures.indicator(value.indicator).name}: the gap in each period"
    return {title: lines([(row.period, row.gap) for row in value.rows], title=title, write=number)}


def split_charts(value: Any) -> Mapping[str, str]:
    """Draw what each region adds to the within part, and the two parts."""
    parts = [Bar("Between groups", value.between, marked=True), Bar("Inside groups", value.within)]
    rows = [Bar(row.group, row.within) for row in value.rows]
    return {
        "How much lies between groups of places and inside them (Theil index)": bars(
            parts, title="Between and inside", write=number
        ),
        "What each group adds to the part inside": bars(rows, title="Parts inside groups", write=number),
    }


def years_charts(value: Any) -> Mapping[str, str]:
    """Draw the share that lies between groups over time."""
    title = "Share of inequality that lies between groups of places"
    points = [(row.period, row.between_share) for row in value.rows]
    return {title: lines(points, title=title, write=percent)}


def convergence_charts(value: Any) -> Mapping[str, str]:
    """Draw the spread over time, counting places and counting people."""
    named = {
        "The spread, if each place counts once": [(y.period, y.by_place) for y in value.spreads],
        "The spread, if each person counts once": [(y.period, y.by_person) for y in value.spreads],
    }
    return {title: lines(points, title=title, write=number) for title, points in named.items()}


def standing_charts(value: Any) -> Mapping[str, str]:
    """Draw the ranges of ranks: on each measure over all its periods, or in each period of one measure."""
    if hasattr(value, "indicator"):
        rows = [Range(r.period, r.rank, r.rank_best, r.rank_worst, r.of) for r in value.rows]
        title = f"{figures.indicator(value.indicator).name}: where {value.place} stood"
    else:
        rows = [Range(r.measure, r.rank, r.ever_best, r.ever_worst, r.of) for r in value.rows]
        title = f"Where {value.place} stands, over all the periods that we hold"
    return {f"{title}: the dot is its rank, the band is where it could be": ranges(rows, title=title)}


MARKS = {"holds": "✓", "another-definition": "≈", "depends": "±", "does-not-hold": "✗", "not-yet": "?"}


def label(verdict: str) -> str:
    """Return a verdict in words."""
    return say(Step(f"claim.label.{verdict}"))


def grouped(rows: Sequence[Any]) -> list[Mapping[str, Any]]:
    """Return the claims by verdict, each group with its words and its mark."""
    held = {verdict: [row for row in rows if row.verdict == verdict] for verdict in MARKS}
    return [
        {"verdict": verdict, "label": label(verdict), "mark": MARKS[verdict], "claims": found}
        for verdict, found in held.items()
        if found
    ]


def claim_charts(value: Any) -> Mapping[str, str]:
    """Draw what was said beside every figure that was worked out again."""
    if value.said is None or not value.rows:
        return {}
    rows = [Bar("What is said", value.said, marked=True)]
    rows += [Bar(f"{row.measure}, {row.period}", row.value) for row in value.rows]
    name = f"What is said, and what we get ({value.unit})"
    return {name: bars(rows, title=name, write=number)}
