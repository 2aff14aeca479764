"""How many people have which chance to be drawn: a bar for each band of chances, the lowest first."""

from __future__ import annotations

from collections.abc import Sequence

from fairground.report.charts.bars import Bar, bars

TITLE = "How many volunteers have which chance"

__all__ = ["TITLE", "band", "chances"]


def band(low: float, high: float) -> str:
    """Return a band of chances in words.

    >>> from fairground.report.charts.chances import band
    >>> band(0.05, 0.05), band(0.05, 0.124)
    ('5.0%', '5.0% to 12.4%')
    """
    one, other = f"{low:.1%}", f"{high:.1%}"
    return one if one == other else f"{one} to {other}"


def chances(bands: Sequence[tuple[float, float, int]]) -> str:
    """Return a chart as SVG of bands of chances: the lowest and the highest of each, and how many people."""
    rows = [Bar(band(low, high), float(people)) for low, high, people in bands]
    return bars(rows, title=TITLE, write=lambda people: f"{people:,.0f}")
