"""How unequally places fare: gaps, ranges of ranks, and whether a published claim holds.

>>> from fairground.wealth.inequality import Reading, rank_range
>>> figures = [Reading("a", "A", 3.0), Reading("b", "B", 2.0), Reading("c", "C", 1.0)]
>>> rank_range("b", figures, better="higher")
Rank(rank=2, best=2, worst=2, of=3)
"""

from fairground.wealth.inequality.claims import VERDICTS, Checked, Claim, Recomputed, verdict
from fairground.wealth.inequality.comparison import Reading, RegionalGap, regional_gap
from fairground.wealth.inequality.standing import Rank, RankSpan, fifth, rank_range, span

__all__ = [
    "VERDICTS",
    "Checked",
    "Claim",
    "Rank",
    "RankSpan",
    "Reading",
    "Recomputed",
    "RegionalGap",
    "fifth",
    "rank_range",
    "regional_gap",
    "span",
    "verdict",
]
