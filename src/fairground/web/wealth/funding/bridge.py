"""What the funding pages ask the engine."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from fairground.questions.wealth import funding
from fairground.report.charts import Bar, bars
from fairground.report.numbers import pounds
from fairground.sources import figures

GROUPS = (
    ("north", "The North (three regions)"),
    ("midlands", "The Midlands (two regions)"),
    ("south", "The South without London (three regions)"),
    ("outside-london", "All regions but London"),
)
FUNCTIONS = (
    ("transport", "Transport, all spending"),
    ("transport-capital", "Transport, investment only"),
    ("all-capital", "All public investment"),
)

counterfactual = lru_cache(maxsize=256)(funding.counterfactual)


def regions() -> list[tuple[str, str]]:
    """Return the nine regions: name and name."""
    return [(name, name) for name in funding.REGIONS.values()]


def years() -> list[tuple[str, str]]:
    """Return the financial years for which regional spending is bundled."""
    return [(year, year) for year in figures.periods("transport_spend_per_head", "region")]


def counterfactual_charts(value: Any) -> Mapping[str, str]:
    """Draw what was received beside what another rate would have brought."""
    rows = [
        Bar("Received", float(value.chosen.received)),
        Bar("At the other region's rate", float(value.chosen.would_have), marked=True),
    ]
    return {
        "Received, and at the other region's rate": bars(
            rows, title="Received and would have had", write=pounds
        )
    }
