"""The charts of a plan: money over the years, the chance of running out, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fairground.report.charts import Bar, Span, bars, fan
from fairground.report.numbers import percent, pounds
from fairground.report.words import word


def viability(value: Any) -> Mapping[str, str]:
    """Draw what may be spent at the end of each year, when it runs out, and the widest levers."""
    spans = [Span(f"{r.year}", r.end_money_low, r.end_money_middle, r.end_money_high) for r in value.luck]
    title = "Money that may be spent at the end of each year: the middle try, and where eight in ten lie"
    found = {title: fan(spans, title=title, write=lambda v: pounds(round(v)))}
    chosen = [row for row in value.luck if row.year in (1, 2, 3, 5, 10, 15, 20, 25)]
    title = "How many tries have run out of money by the end of the year"
    rows = [Bar(f"Year {row.year}", row.dry_by, marked=row.year == 10) for row in chosen]
    found[title] = bars(rows, title=title, write=percent)
    if value.levers:
        title = "If one thing turned out worse: how many tries run out within ten years"
        rows = [Bar("The plan as it is", value.chance_ten, marked=True)]
        rows += [
            Bar(f"{_first(word(row.lever))}: {row.turn_worse}", row.dry_worse) for row in value.levers[:6]
        ]
        found[title] = bars(rows, title=title, write=percent)
    if value.causes:
        title = "Where the luck comes from"
        rows = [Bar(_first(word(row.cause)), row.spread_total) for row in value.causes[:5]]
        found[title] = bars(rows, title=title, write=percent)
    return found


def compared(value: Any) -> Mapping[str, str]:
    """Draw the two chances side by side."""
    title = "How many tries run out within ten years"
    rows = [Bar(row.plan_name, row.chance_ten, marked=n == 0) for n, row in enumerate(value.rows)]
    return {title: bars(rows, title=title, write=percent)}


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]
