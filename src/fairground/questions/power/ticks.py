"""Turns the approval ballots of a file into records all at once, where nothing is written in an unusual way.

The slow way, ballot by ballot, is in `elections`; a test holds the two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fairground.power.budgeting import Ballot

__all__: list[str] = []
MOST_PROJECTS = 2**16


@dataclass(frozen=True)
class Ticks:
    """Ballots with the same ticks together, and how many had a project twice, or no tick at all."""

    ballots: tuple[Ballot, ...]
    repeated: int
    empty: int


def ticks(cast: Mapping[str, int], places: Mapping[str, int]) -> Ticks | None:
    """Return ballots from the texts of their ticks; None if a text names something that is not in `places`.

    >>> found = ticks({"slide,park": 2, "park,slide": 1, "park,park": 1}, {"park": 0, "slide": 1})
    >>> [(ballot.projects, ballot.voters) for ballot in found.ballots], found.repeated
    ([((0, 1), 3), ((0,), 1)], 1)
    """
    filled = {text: voters for text, voters in cast.items() if text.strip()}
    empty = sum(cast.values()) - sum(filled.values())
    if not filled or len(places) >= MOST_PROJECTS:
        return None
    marks = ",".join(filled).split(",")
    try:
        found = np.fromiter(map(places.__getitem__, marks), np.int64, len(marks))
    except KeyError:
        return None
    lengths = np.fromiter((text.count(",") + 1 for text in filled), np.int64, len(filled))
    voters = np.fromiter(filled.values(), np.int64, len(filled))
    owners = np.repeat(np.arange(len(filled)), lengths)
    keys = owners * MOST_PROJECTS + found
    if not (np.diff(keys) > 0).all():
        keys.sort()
    twice = np.concatenate(([False], np.diff(keys) == 0))
    repeated = int(voters[np.unique(owners[twice])].sum())
    ends = np.cumsum(np.bincount(owners[~twice], minlength=len(filled)))
    data = (keys[~twice] % MOST_PROJECTS).astype(np.uint16).tobytes()
    grouped: Counter[bytes] = Counter({b"": empty} if empty else {})
    start = 0
    for end, number in zip((2 * ends).tolist(), voters.tolist(), strict=True):
        grouped[data[start:end]] += number
        start = end
    ballots = (Ballot(tuple(memoryview(key).cast("H")), (), number) for key, number in grouped.items())
    return Ticks(tuple(ballots), repeated, empty)
