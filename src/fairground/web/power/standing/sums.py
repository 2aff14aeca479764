"""Sums over rotations that may be shown beside the table of each rotation's draw.

The page of a rotation's draw shows how many people of each value it drew, without small numbers (see
`small_counts`). So a sum over rotations tells the sum of those that were left out.

Rule 1: where none of a value's numbers were left out since the last sum, its sum tells nothing new: shown.
Rule 2: else sums wait. They are looked at after each second rotation that left some out, never in between:
when they become ready would tell too. Rule 3: they are shown where all these rotations left out the same
values, five people or more of each together, and no single number can be worked out: one person could have
been of another value at one rotation, and back at another, without any table being another.
"""

from __future__ import annotations

from collections.abc import Sequence

from fairground.questions.power.small_counts import LEAST, hidden

Row = Sequence[int]


def shown(by: Sequence[Row]) -> list[list[int | None]]:
    """Return the sums of all rotations so far, after each of them, with None for what is not shown."""
    found: list[list[int | None]] = []
    sums, batch = [0] * len(by[0] if by else ()), list[Row]()
    for row in by:
        sums = [a + b for a, b in zip(sums, row, strict=True)]
        batch += [row] if left_out(row) else []
        if len(batch) % 2 == 0 and _tells_nobody(batch):
            batch = []
        out = frozenset[int]().union(*map(left_out, batch))
        found.append([None if at in out else many for at, many in enumerate(sums)])
    return found


def left_out(row: Row) -> frozenset[int]:
    """Return which numbers of a rotation its own table leaves out."""
    return frozenset(at for at, many in enumerate(hidden(row)) if many is None)


def _tells_nobody(batch: Sequence[Row]) -> bool:
    out = {left_out(row) for row in batch}
    if len(out) != 1:
        return False
    values = sorted(*out)
    enough = all(sum(row[value] for row in batch) >= LEAST for value in values)
    return enough and all(_could_be(batch, turn, value) for turn in range(len(batch)) for value in values)


def _could_be(batch: Sequence[Row], turn: int, value: int) -> bool:
    """Say whether one number of one rotation could be one more or less, with all that is shown the same."""
    out = left_out(batch[turn])
    for other in out - {value}:
        for back in set(range(len(batch))) - {turn}:
            for step in (1, -1):
                one, two = list(batch[turn]), list(batch[back])
                one[value], one[other] = one[value] + step, one[other] - step
                two[value], two[other] = two[value] - step, two[other] + step
                if min(*one, *two) >= 0 and left_out(one) == out and left_out(two) == out:
                    return True
    return False
