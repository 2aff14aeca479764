"""Seats as people write them: "1-5, 7, 9-24" for a list of numbers, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fairground.errors import BadInput

PART = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?")


def read(typed: str, *, most: int) -> tuple[int, ...]:
    """Return the seats that somebody typed, in order, each once; none where nothing was typed.

    Raises
    ------
    BadInput : something that is no seat; a seat that the jury does not have.
    """
    seats: set[int] = set()
    for part in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", typed))):
        found = PART.fullmatch(part)
        if found is None:
            raise BadInput("This is no seat", "seats", part, "numbers and ranges such as 1-5, 7, 9-24")
        first, last = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= last <= most:
            raise BadInput("This jury has no such seats", "seats", part, f"1 to {most}, the lower first")
        seats.update(range(first, last + 1))
    return tuple(sorted(seats))


def write(seats: Iterable[int]) -> str:
    """Return seats as people write them, runs as ranges."""
    runs: list[list[int]] = []
    for seat in sorted(set(seats)):
        if runs and runs[-1][-1] == seat - 1:
            runs[-1][1:] = [seat]
        else:
            runs.append([seat])
    return ", ".join("-".join(map(str, run)) for run in runs)
