"""Single figures that somebody published, each with its source: a sum that was promised, a total in a report.

They are in `tables/published.csv`. Figures by place and period are in `sources.figures`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from fairground.errors import NotFound
from fairground.evidence import Source
from fairground.sources.catalogue import source
from fairground.tables import rows

__all__ = ["Fact", "fact"]


@dataclass(frozen=True)
class Fact:
    """One published figure: what it measures, over which period, in which unit, and who published it."""

    id: str
    measure: str
    period: str
    value: float
    unit: str
    source: Source


@cache
def _facts() -> dict[str, Fact]:
    return {
        row["fact"]: Fact(
            row["fact"],
            row["measure"],
            row["period"],
            float(row["value"]),
            row["unit"],
            source(row["source"]),
        )
        for row in rows("published")
    }


def fact(id: str) -> Fact:
    """Return one published figure by its id.

    Raises
    ------
    NotFound : no figure of that id is bundled.
    """
    if id not in _facts():
        raise NotFound("No such published figure is bundled", "id", id, nearest=tuple(_facts()))
    return _facts()[id]
