"""How far the best place is ahead of the worst, and how sure the published figures let us be.

Where the publisher gives 95% limits, the limits of a gap come from the difference of two independent
estimates: each half-width is squared, the two are added, and the root is the half-width of the gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from fairground.errors import BadInput


@dataclass(frozen=True)
class Reading:
    """One place's figure, with its 95% limits where they are published."""

    code: str
    name: str
    value: float
    lower: float | None = None
    upper: float | None = None

    def __post_init__(self) -> None:
        if self.lower is not None and self.upper is not None and not self.lower <= self.value <= self.upper:
            raise BadInput(
                "A figure must lie inside its limits",
                field=self.name,
                value=self.value,
                allowed=f"{self.lower} to {self.upper}",
            )

    @property
    def half_width(self) -> float | None:
        """Half the width of the limits, or None where none are published."""
        return None if self.lower is None or self.upper is None else (self.upper - self.lower) / 2


@dataclass(frozen=True)
class RegionalGap:
    """The gap between the best and the worst place; `rows` holds every place, best first."""

    indicator: str
    period: str
    best: str
    worst: str
    gap: float
    gap_half_width: float | None
    ratio: float | None
    rows: tuple[Reading, ...]


def regional_gap(readings: Sequence[Reading], *, indicator: str, period: str, better: str) -> RegionalGap:
    """Return the gap between the best and the worst of several places.

    Parameters
    ----------
    readings : one for each place, at least two. better : "higher" or "lower" ("neither" counts as higher).

    Raises
    ------
    BadInput : fewer than two places.

    Notes
    -----
    Half-width of the gap: sqrt(a² + b²) for independent estimates (Altman and others, "Statistics with
    confidence", 2nd edition, 2000, chapter 4, on the difference of two means).
    """
    if len(readings) < 2:
        raise BadInput(
            "A gap needs at least two places", field="places", value=len(readings), allowed="2 or more"
        )
    ranked = tuple(sorted(readings, key=lambda r: (r.value if better == "lower" else -r.value, r.name)))
    best, worst = ranked[0], ranked[-1]
    low = min(best.value, worst.value)
    halves = (best.half_width, worst.half_width)
    width = None if None in halves else sqrt(sum(half**2 for half in halves if half is not None))
    ratio = max(best.value, worst.value) / low if low > 0 else None
    return RegionalGap(
        indicator, period, best.name, worst.name, abs(best.value - worst.value), width, ratio, ranked
    )
