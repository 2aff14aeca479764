"""A map as it was read: streets, things at a point, things with a boundary, and where the map ends.

Readers in `fairground.sources` fill it; green spaces, entrances, homes and services are found in it by tags.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairground.evidence import Quality, Source
from fairground.networks.ways import Flags, Floats, Indices, Tags, Ways, matching


@dataclass(frozen=True)
class Points:
    """Things at a point: (q,) numbers, rising; places in degrees; tags in columns."""

    id: Indices
    longitude: Floats
    latitude: Floats
    tags: Tags

    def matching(self, wanted: Mapping[str, Sequence[str]]) -> Flags:
        """Return which points have, for every tag asked for, one of its wanted texts ("*": any, "": none)."""
        return matching(self.tags, wanted, int(self.id.size))


@dataclass(frozen=True)
class Areas:
    """Things with a boundary: (k,) numbers ("w12" a way, "r3" a relation), polygons in degrees, and tags."""

    id: tuple[str, ...]
    shape: NDArray[np.object_]
    tags: Tags

    def matching(self, wanted: Mapping[str, Sequence[str]]) -> Flags:
        """Return which areas have, for every tag asked for, one of its wanted texts ("*": any, "": none)."""
        return matching(self.tags, wanted, len(self.id))


@dataclass(frozen=True)
class StreetMap:
    """What was read of one file.

    Parameters
    ----------
    name, digest : the file and its SHA-256. edition : the day of the newest thing in it ("" unknown).
    ways, points, areas : what is on it. outline : polygon in degrees inside which the map is complete.
    source : who published it. quality : what was read, kept and left out, by reason.
    """

    name: str
    digest: str
    edition: str
    ways: Ways
    points: Points
    areas: Areas
    outline: Any
    source: Source
    quality: Quality
