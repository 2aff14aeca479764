"""How far the best place is ahead of the worst, and how sure the published figures let us be.

Where the publisher gives 95% limits, those of a gap come from the difference of two independent estimates.
The limits need not lie evenly about a figure: each side of the gap takes the sides that could make it so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import hypot, isfinite

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
        if not isfinite(self.value):
            raise BadInput("A figure must be a number", self.name, self.value, "a finite number")
        if self.lower is not None and self.upper is not None and not self.lower <= self.value <= self.upper:
            raise BadInput(
                "A figure must lie inside its limits",
                field=self.name,
                value=self.value,
                allowed=f"{self.lower} to {self.upper}",
            )


@dataclass(frozen=True)
class RegionalGap:
    """The gap between the best and the worst place; `rows` holds every place, best first.

    `lower` and `upper` are the 95% limits of the gap, None where either place has none.
    """

    indicator: str
    period: str
    best: str
    worst: str
    gap: float
    lower: float | None
    upper: float | None
    ratio: float | None
    rows: tuple[Reading, ...]


def regional_gap(readings: Sequence[Reading], *, indicator: str, period: str, better: str) -> RegionalGap:
    """Return the gap between the best and the worst of several places.

    Parameters
    ----------
    readings : one for each place, at least two. better : "higher" or "lower" ("neither" counts as higher).

    Returns
    -------
    RegionalGap : the exact difference of the two published decimals; places that tie go by name. `ratio` is
    the greater over the smaller, None where the smaller is not above zero.

    Raises
    ------
    BadInput : fewer than two places.

    Notes
    -----
    Limits: for figures a and b with limits (l, u), from a - b - sqrt((a - l_a)² + (u_b - b)²) to
    a - b + sqrt((u_a - a)² + (b - l_b)²), for independent estimates. Source: Zou and Donner, Statistics in
    Medicine 27 (2008), 1693-1702, equation 2; with even limits it is Altman and others, "Statistics with
    confidence", 2nd edition (2000), chapter 4. The best and the worst were picked after looking, so the true
    gap is more likely below the figure than above it.
    """
    if len(readings) < 2:
        raise BadInput(
            "A gap needs at least two places", field="places", value=len(readings), allowed="2 or more"
        )
    ranked = tuple(sorted(readings, key=lambda r: (r.value if better == "lower" else -r.value, r.name)))
    best, worst = ranked[0], ranked[-1]
    high, low = (worst, best) if better == "lower" else (best, worst)
    ratio = high.value / low.value if low.value > 0 else None
    lower, upper = _limits(high, low)
    return RegionalGap(
        indicator, period, best.name, worst.name, _apart(high, low), lower, upper, ratio, ranked
    )


def _apart(high: Reading, low: Reading) -> float:
    """The difference of two published decimals, not of their nearest binary numbers."""
    return float(Fraction(repr(float(high.value))) - Fraction(repr(float(low.value))))


def _limits(high: Reading, low: Reading) -> tuple[float | None, float | None]:
    if None in (high.lower, high.upper, low.lower, low.upper):
        return None, None
    apart = _apart(high, low)
    down = hypot(high.value - _known(high.lower), _known(low.upper) - low.value)
    up = hypot(_known(high.upper) - high.value, low.value - _known(low.lower))
    return apart - down, apart + up


def _known(limit: float | None) -> float:
    """A limit that is there: a gap has limits only where both places have both."""
    return 0.0 if limit is None else limit
