"""How to share out whole pence so that they add up exactly, inside least and most amounts.

Reference: Balinski and Young, "Fair Representation" (1982): Hamilton's largest remainders (p. 17) and
Webster's method (p. 32). Bounds: no place may fall below its lower or rise above its upper bound.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from fairground.errors import BadInput, Impossible

Number = int | float | Fraction | Decimal


def apportion(
    shares: Sequence[Number],
    *,
    total: int,
    lower: Sequence[int] | None = None,
    upper: Sequence[int] | None = None,
    method: str = "largest-remainder",
    keys: Sequence[str] | None = None,
) -> tuple[int, ...]:
    """Whole amounts in proportion to `shares` that sum to `total` exactly, each inside its bounds.

    Ties go to the earlier key (or the earlier row when no keys are given). Floats count at their exact value.
    Raises BadInput for a bad row, Impossible when the bounds cannot hold the total.
    """
    count = len(shares)
    scaled = _integers(shares)
    low = _bounds(lower, count, 0, "lower")
    high = _bounds(upper, count, max(total, 0), "upper")
    _check_possible(low, high, total)
    rank = _ranks(keys, count)
    if method == "largest-remainder":
        return _largest_remainder(scaled, low, high, rank, total)
    if method == "webster":
        return _webster(scaled, low, high, rank, total)
    raise BadInput("Unknown method", field="method", value=method, allowed="largest-remainder or webster")


def _integers(shares: Sequence[Number]) -> list[int]:
    """The shares over one common denominator, exactly."""
    exact = []
    for row, share in enumerate(shares, start=1):
        try:
            exact.append(Fraction(share))
        except (TypeError, ValueError, OverflowError):
            raise BadInput(
                "A share is not a number", field="share", value=share, allowed="a finite number", row=row
            ) from None
        if exact[-1] < 0:
            raise BadInput("A share is negative", field="share", value=share, allowed="zero or more", row=row)
    if not any(exact):
        raise BadInput("All shares are zero", field="share", allowed="at least one share above zero")
    scale = lcm(*{share.denominator for share in exact})
    return [share.numerator * (scale // share.denominator) for share in exact]


def _bounds(bounds: Sequence[int] | None, count: int, default: int, field: str) -> list[int]:
    if bounds is None:
        return [default] * count
    if len(bounds) != count:
        raise BadInput(
            "Bounds and shares differ in number", field=field, value=len(bounds), allowed=str(count)
        )
    for row, bound in enumerate(bounds, start=1):
        if bound != int(bound):
            raise BadInput(
                "A bound must be whole", field=field, value=bound, allowed="whole numbers", row=row
            )
    return [int(bound) for bound in bounds]


def _check_possible(low: list[int], high: list[int], total: int) -> None:
    clashes = [
        f"row {row}: lower bound {a} is above upper bound {b}"
        for row, (a, b) in enumerate(zip(low, high, strict=True), start=1)
        if a > b
    ]
    if sum(low) > total:
        clashes.append(f"the lower bounds add up to {sum(low)}, more than the total {total}")
    if sum(high) < total:
        clashes.append(f"the upper bounds add up to {sum(high)}, less than the total {total}")
    if clashes:
        raise Impossible("The bounds cannot hold the total", tuple(clashes))


def _ranks(keys: Sequence[str] | None, count: int) -> list[int]:
    if keys is None:
        return list(range(count))
    if len(keys) != count or len(set(keys)) != count:
        raise BadInput("Keys must be one per share, each different", field="keys", value=len(set(keys)))
    ranks = [0] * count
    for rank, row in enumerate(sorted(range(count), key=keys.__getitem__)):
        ranks[row] = rank
    return ranks


def _largest_remainder(
    shares: list[int], low: list[int], high: list[int], rank: list[int], total: int
) -> tuple[int, ...]:
    top, bottom = _multiplier(shares, low, high, total)
    amounts, left = [], []
    for row, share in enumerate(shares):
        whole, rest = divmod(share * top, bottom)
        amounts.append(min(max(whole, low[row]), high[row]))
        if low[row] <= whole < high[row]:
            left.append((-rest, rank[row], row))
    for _, _, row in sorted(left)[: total - sum(amounts)]:
        amounts[row] += 1
    return _filled(amounts, high, rank, total)


def _multiplier(shares: list[int], low: list[int], high: list[int], total: int) -> tuple[int, int]:
    """The exact multiple (top over bottom) at which the shares, held inside bounds, make the total."""
    whole = sum(shares)
    rows = zip(shares, low, high, strict=True)
    if all(a * whole <= share * total <= b * whole for share, a, b in rows):
        return total, whole
    events: list[tuple[Fraction, int, int]] = []
    for row, share in enumerate(shares):
        if share:
            events += [(Fraction(low[row], share), 0, row), (Fraction(high[row], share), 1, row)]
    events.sort()
    fixed, slope, reached = sum(low), 0, Fraction(0)
    for level, kind, row in events:
        if slope and fixed + slope * level >= total:
            break
        reached = level
        slope += shares[row] if kind == 0 else -shares[row]
        fixed += -low[row] if kind == 0 else high[row]
    level = Fraction(total - fixed, slope) if slope else reached
    return level.numerator, level.denominator


def _filled(amounts: list[int], high: list[int], rank: list[int], total: int) -> tuple[int, ...]:
    """Places with no share take what the others' upper bounds leave over, in order of key."""
    left = total - sum(amounts)
    for row in sorted(range(len(amounts)), key=rank.__getitem__):
        extra = min(left, high[row] - amounts[row])
        amounts[row] += extra
        left -= extra
    return tuple(amounts)


def _webster(
    shares: list[int], low: list[int], high: list[int], rank: list[int], total: int
) -> tuple[int, ...]:
    """Start near the answer, then move one unit at a time by exact priority."""
    top, bottom = _multiplier(shares, low, high, total)
    amounts = [
        min(max((2 * share * top + bottom) // (2 * bottom), low[row]), high[row])
        for row, share in enumerate(shares)
    ]
    step = 1 if sum(amounts) < total else -1
    heap = list(_moves(shares, amounts, low, high, rank, step))
    heapq.heapify(heap)
    left = abs(total - sum(amounts))
    while heap and left:
        _, _, row = heapq.heappop(heap)
        amounts[row] += step
        left -= 1
        for move in _moves(shares, amounts, low, high, rank, step, rows=(row,)):
            heapq.heappush(heap, move)
    return _filled(amounts, high, rank, total)


def _moves(
    shares: list[int],
    amounts: list[int],
    low: list[int],
    high: list[int],
    rank: list[int],
    step: int,
    rows: Sequence[int] | None = None,
) -> Iterator[tuple[Fraction, int, int]]:
    """Each possible move of one unit, the most deserved first (or the least, when taking back)."""
    for row in range(len(shares)) if rows is None else rows:
        if shares[row] == 0:
            continue
        if step == 1 and amounts[row] < high[row]:
            yield Fraction(2 * amounts[row] + 1, shares[row]), rank[row], row
        if step == -1 and amounts[row] > low[row]:
            yield -Fraction(2 * amounts[row] - 1, shares[row]), -rank[row], row
