"""Where a place stands among its peers: a range of ranks for each measure, never one league table.

A rank is 1 for the best. Where the publisher gives 95% limits, the range counts whom the place could change
places with: it is at best behind those whose whole interval lies above its own, and at worst ahead of those
whose whole interval lies below. Method: overlapping intervals, after Goldstein and Spiegelhalter, "League
tables and their limitations", Journal of the Royal Statistical Society A 159 (1996), 385-443.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fairground.errors import BadInput
from fairground.wealth.inequality.comparison import Reading


@dataclass(frozen=True)
class Rank:
    """A place's rank among `of` places: the rank of its figure, and the range that its limits allow."""

    rank: int
    best: int
    worst: int
    of: int


def rank_range(code: str, readings: Sequence[Reading], *, better: str) -> Rank:
    """Return the range of ranks of one place, 1 being best.

    Parameters
    ----------
    code : the place. readings : its own and its peers' figures. better : "higher" or "lower".

    Raises
    ------
    BadInput : the place is not among the readings, or it does not matter which way is better.
    """
    if better not in ("higher", "lower"):
        raise BadInput(
            "Ranks need to know which way is better", field="better", value=better, allowed="higher, lower"
        )
    own = [reading for reading in readings if reading.code == code]
    if len(own) != 1:
        raise BadInput("The place must be among the figures once", field="code", value=code)
    low, high = _interval(own[0], better)
    value = _sign(better) * own[0].value
    others = [reading for reading in readings if reading.code != code]
    ahead = sum(_sign(better) * other.value > value for other in others)
    surely_ahead = sum(_interval(other, better)[0] > high for other in others)
    maybe_ahead = sum(_interval(other, better)[1] > low for other in others)
    return Rank(ahead + 1, min(surely_ahead, ahead) + 1, max(maybe_ahead, ahead) + 1, len(readings))


@dataclass(frozen=True)
class RankSpan:
    """The best and the worst rank that a place could have had, over several periods, out of at most `of`."""

    best: int
    worst: int
    of: int
    periods: int


def span(ranks: Sequence[Rank]) -> RankSpan:
    """Return the range of ranks over several periods: the best of the best, the worst of the worst.

    Parameters
    ----------
    ranks : one for each period, at least one.

    Raises
    ------
    BadInput : no ranks.

    >>> from fairground.wealth.inequality import Rank, span
    >>> span([Rank(2, 1, 3, 9), Rank(5, 4, 7, 9)])
    RankSpan(best=1, worst=7, of=9, periods=2)
    """
    if not ranks:
        raise BadInput("A range of ranks needs at least one rank", "ranks", 0, "1 or more")
    best, worst = min(rank.best for rank in ranks), max(rank.worst for rank in ranks)
    return RankSpan(best, worst, max(rank.of for rank in ranks), len(ranks))


def _sign(better: str) -> int:
    return 1 if better == "higher" else -1


def _interval(reading: Reading, better: str) -> tuple[float, float]:
    low = reading.value if reading.lower is None else reading.lower
    high = reading.value if reading.upper is None else reading.upper
    return (low, high) if better == "higher" else (-high, -low)


def fifth(rank: Rank) -> int:
    """Return the fifth of the ranking in which a rank lies: 1 the best fifth, 5 the worst.

    Source: the same fifths (quintiles) that the Indices of Deprivation report; ties go by rank.
    """
    return min(5, (rank.rank - 1) * 5 // rank.of + 1)
