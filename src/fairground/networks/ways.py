"""Streets as a map has them: lines of numbered points, each line with its tags, before anybody walks on them.

Tags are kept in columns: each different text once, and a small number per way. A map of a nation then fits in
memory, and a rule about a tag is asked once per text and not once per way. The form follows OpenStreetMap,
https://wiki.openstreetmap.org/wiki/Elements; Ordnance Survey's lines are given the same shape by their
reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Codes = NDArray[np.int32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class TagColumn:
    """One tag of many things: `texts[codes[i]]` is what thing i says; text 0 is "", for an absent tag."""

    codes: Codes
    texts: tuple[str, ...]

    @staticmethod
    def of(values: Iterable[str]) -> TagColumn:
        """Return the column of some texts."""
        known = {"": 0}
        codes = [known.setdefault(value, len(known)) for value in values]
        return TagColumn(np.array(codes, dtype=np.int32), tuple(known))

    def among(self, wanted: Iterable[str]) -> Flags:
        """Return for each thing whether it says one of the wanted texts; "*" is any text at all."""
        asked = set(wanted)
        hits = [(bool(text) and "*" in asked) or text in asked for text in self.texts]
        found: Flags = np.array(hits, dtype=bool)[self.codes]
        return found

    def __getitem__(self, row: int) -> str:
        return self.texts[int(self.codes[row])]


Tags = Mapping[str, TagColumn]


def matching(tags: Tags, wanted: Mapping[str, Sequence[str]], count: int) -> Flags:
    """Return which of `count` things have, for every tag asked for, one of its texts ("" is absent)."""
    found = np.ones(count, dtype=bool)
    for key, texts in wanted.items():
        if key in tags:
            found &= tags[key].among(texts)
        elif "" not in texts:
            found[:] = False
    return found


@dataclass(frozen=True)
class Ways:
    """Lines on the ground: way i runs through points `starts[i]` to `starts[i + 1] - 1`.

    Parameters
    ----------
    id : (w,) the publisher's number of each way. starts : (w + 1,) where its points begin.
    node : (p,) the number of each point; two ways meet where they share a number.
    x, y : (p,) longitude and latitude, or metres, as `crs` says. tags : columns, (w,) each.
    point_id : (q,) numbers of points with tags, rising. point_tags : columns, (q,) each.
    crs : "EPSG:4326" for degrees, "EPSG:27700" for British National Grid metres, "flat" for metres on a flat
        earth (made-up streets).

    Raises
    ------
    BadInput : parts that differ in length, or a place that is not a number.
    """

    id: Indices
    starts: Indices
    node: Indices
    x: Floats
    y: Floats
    tags: Tags
    point_id: Indices = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    point_tags: Tags = field(default_factory=dict)
    crs: str = "EPSG:4326"

    def __post_init__(self) -> None:
        if self.starts.size != self.id.size + 1 or self.starts[-1] != self.node.size:
            raise BadInput("The ways and their points differ in number", "starts", self.starts.size)
        if not self.node.size == self.x.size == self.y.size:
            raise BadInput("Each point needs a number and a place", "node", self.node.size, f"{self.x.size}")
        if not (np.isfinite(self.x).all() and np.isfinite(self.y).all()):
            raise BadInput("Each point needs a place", "x", "not a number", "numbers")

    @property
    def count(self) -> int:
        """How many ways there are."""
        return int(self.id.size)

    def matching(self, wanted: Mapping[str, Sequence[str]]) -> Flags:
        """Return which ways have, for every tag asked for, one of its wanted texts."""
        return matching(self.tags, wanted, self.count)

    def points_matching(self, wanted: Mapping[str, Sequence[str]]) -> Flags:
        """Return which tagged points have, for every tag asked for, one of its wanted texts."""
        return matching(self.point_tags, wanted, int(self.point_id.size))
