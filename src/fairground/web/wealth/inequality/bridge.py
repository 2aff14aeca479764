"""What the inequality pages ask the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from fairground import places
from fairground.evidence import Step
from fairground.questions.wealth import claims as claim_questions
from fairground.questions.wealth import inequality
from fairground.report.charts import Bar, Tile, bars, lines, tiles
from fairground.report.numbers import number, percent
from fairground.report.words import say
from fairground.sources import figures

gap = lru_cache(maxsize=256)(inequality.gap)
decompose = lru_cache(maxsize=64)(inequality.decompose)
over_time = lru_cache(maxsize=16)(inequality.decompose_over_time)
claim = lru_cache(maxsize=64)(claim_questions.check)
claims = lru_cache(maxsize=1)(claim_questions.every)


@lru_cache
def choices(level: str) -> list[tuple[str, str]]:
    """Return the indicators that have figures for enough places of a level: id and name."""
    least = {"region": 9, "district": 100}[level]
    return [
        (one.id, one.name)
        for one in figures.indicators()
        if figures.periods(one.id, level)
        and one.better != "neither"
        and one.id != "median_household_wealth"
        and len(figures.read(one.id, level=level).columns["code"]) >= least
    ]


@lru_cache
def all_periods(level: str) -> list[str]:
    """Return every period for which some indicator has figures at a level."""
    return sorted({period for id, _ in choices(level) for period in figures.periods(id, level)}, reverse=True)


def gap_charts(value: Any) -> Mapping[str, str]:
    """Draw the regions as bars with limits, and as tiles."""
    ends = {value.best, value.worst}
    rows = [Bar(row.name, row.value, row.lower, row.upper, row.name in ends) for row in value.rows]
    grid = [(places.get(row.code).tile, row) for row in value.rows]
    squares = [Tile(row.name, at[0], at[1] - 0, row.value, number(row.value)) for at, row in grid if at]
    name = figures.indicator(value.indicator).name
    return {
        f"{name}, {value.period}": bars(rows, title=f"{name} by region, {value.period}", write=number),
        "The nine regions, about where they lie": tiles(squares, title=f"{name}: map of the regions"),
    }


def split_charts(value: Any) -> Mapping[str, str]:
    """Draw what each region adds to the within part, and the two parts."""
    parts = [Bar("Between regions", value.between, marked=True), Bar("Inside regions", value.within)]
    rows = [Bar(row.region, row.within) for row in value.rows]
    return {
        "Between and inside regions (Theil index)": bars(parts, title="Between and inside", write=number),
        "What each region adds to the part inside": bars(rows, title="Parts inside regions", write=number),
    }


def years_chart(value: Any) -> str:
    """Draw the share between regions over time."""
    points = [(row.period, row.between_share) for row in value.rows]
    return lines(points, title="Share of inequality that lies between regions", write=percent)


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
