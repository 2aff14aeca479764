"""The straight pieces of street between a map's points: which may be used, by whom, in which direction.

A point that nobody can pass (a locked gate, a stile for wheels) cuts the street there: one may come up to it
from either side. A point of which the map says too little makes the pieces that touch it unknown. Railways,
rivers, canals and motorways on the ground are barriers: nobody steps over them but by a street.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from fairground.evidence import Quality
from fairground.networks.profiles import NO, UNKNOWN, Profile, Verdicts, directions, judged, judged_points
from fairground.networks.projection import DEGREES, Projection, lengths
from fairground.networks.ways import Codes, Flags, Floats, Indices, Ways

# What nobody crosses but by a way, unless it lies in a tunnel, under a roof of ground, or on a bridge.
BARRIERS: tuple[dict[str, tuple[str, ...]], ...] = (
    {"railway": ("rail", "light_rail", "narrow_gauge", "subway")},
    {"waterway": ("river", "canal", "riverbank", "dock", "tidal_channel")},
    {"highway": ("trunk", "trunk_link"), "foot": ("no",)},
    {"highway": ("trunk", "trunk_link"), "sidewalk": ("no", "none")},
    {"natural": ("coastline",)},
    {"highway": ("motorway", "motorway_link")},
    {"motorroad": ("yes",)},
)
NOT_ON_THE_GROUND: tuple[dict[str, tuple[str, ...]], ...] = (
    {"tunnel": ("yes", "culvert", "building_passage", "flooded", "covered")},
    {"bridge": ("yes", "viaduct", "aqueduct")},
    {"covered": ("yes",)},
)


@dataclass(frozen=True)
class Pieces:
    """Points with places, and the pieces between them: from a to b, with the cost of a metre each way."""

    crs: str
    id: Indices
    x: Floats
    y: Floats
    a: Codes
    b: Codes
    to: Floats
    back: Floats
    metres: Floats
    unknown: Flags
    way: Indices
    barrier: Floats


def pieces(ways: Ways, profile: Profile, water: Iterable[Any] = ()) -> tuple[Pieces, Quality]:
    """Return the pieces that a profile may use, and how many ways were kept and left out, by rule."""
    verdicts = judged(ways, profile)
    row = np.repeat(np.arange(ways.count), np.diff(ways.starts))
    first = np.flatnonzero((row[:-1] == row[1:]) & (ways.node[:-1] != ways.node[1:])) if row.size else row
    first = first[verdicts.verdict[row[first]] != NO]
    x, y, crs = _on_the_flat(ways)
    touched, place = np.unique(np.concatenate([first, first + 1]), return_inverse=True)
    id, one, inverse = np.unique(ways.node[touched], return_index=True, return_inverse=True)
    ends = inverse[place].reshape(2, -1).astype(np.int32)
    forward, backward = directions(ways, profile)
    stress, chosen = verdicts.stress[row[first]], row[first]
    metres = lengths(ways.crs, ways.x[first], ways.y[first], ways.x[first + 1], ways.y[first + 1])
    none = metres == 0  # whoever stands at one end stands at the other
    found = Pieces(
        crs,
        id,
        x[touched[one]],
        y[touched[one]],
        ends[0],
        ends[1],
        np.where(forward[chosen] | none, stress, np.inf),
        np.where(backward[chosen] | none, stress, np.inf),
        metres,
        verdicts.verdict[chosen] == UNKNOWN,
        ways.id[chosen],
        np.hstack([_barriers(ways, row, x, y), _shores(water, ways.crs, crs)]),
    )
    found, cut = _stopped(found, ways, profile)
    return found, _quality(ways, profile, verdicts, cut)


def _on_the_flat(ways: Ways) -> tuple[Floats, Floats, str]:
    if ways.crs != DEGREES:
        return ways.x, ways.y, ways.crs
    if ways.x.size == 0:
        return ways.x, ways.y, Projection.about(0, 0).crs
    middle = (float(ways.x.min() + ways.x.max()) / 2, float(ways.y.min() + ways.y.max()) / 2)
    flat = Projection.about(*middle)
    return (*flat.metres(ways.x, ways.y), flat.crs)


def _barriers(ways: Ways, row: Indices, x: Floats, y: Floats) -> Floats:
    stops = np.zeros(ways.count, dtype=bool)
    for wanted in BARRIERS:
        stops |= ways.matching(wanted)
    for wanted in NOT_ON_THE_GROUND:
        stops &= ~ways.matching(wanted)
    k = np.flatnonzero((row[:-1] == row[1:]) & stops[row[:-1]]) if row.size else row
    return np.array([x[k], y[k], x[k + 1], y[k + 1]])


def _shores(water: Iterable[Any], crs: str, flat: str) -> Floats:
    """Return the lines about areas of water, on the flat map."""
    rings = shapely.get_rings(shapely.get_parts(np.array(list(water), dtype=object)))
    at, row = shapely.get_coordinates(rings, return_index=True)
    k = np.flatnonzero(row[:-1] == row[1:]) if row.size else row
    x, y = (at[:, 0], at[:, 1]) if crs == flat else Projection(flat).metres(at[:, 0], at[:, 1], crs=crs)
    return np.array([x[k], y[k], x[k + 1], y[k + 1]])


def _stopped(found: Pieces, ways: Ways, profile: Profile) -> tuple[Pieces, int]:
    """Cut the pieces apart at points that cannot be passed; flag those at points that may not be passable."""
    verdict = judged_points(ways, profile).verdict
    unsure = ways.point_id[verdict == UNKNOWN]
    shut = ways.point_id[verdict == NO]
    doubtful = np.isin(found.id, unsure)
    unknown = found.unknown | doubtful[found.a] | doubtful[found.b]
    stops = np.isin(found.id, shut)
    ends = np.concatenate([found.a, found.b])
    at = np.flatnonzero(stops[ends])
    old = ends[at]
    ends[at] = found.id.size + np.arange(at.size, dtype=np.int32)
    a, b = ends[: found.a.size], ends[found.a.size :]
    grown = [np.concatenate([part, part[old]]) for part in (found.id, found.x, found.y)]
    cut = replace(found, id=grown[0], x=grown[1], y=grown[2], a=a, b=b, unknown=unknown)
    return cut, int(np.count_nonzero(np.bincount(old, minlength=found.id.size) > 1))


def _quality(ways: Ways, profile: Profile, verdicts: Verdicts, cut: int) -> Quality:
    names = [rule.id for rule in profile.ways] + ["no-rule"]
    kept = verdicts.verdict != NO
    dropped = np.bincount(verdicts.rule[~kept] % len(names), minlength=len(names))
    unknown = np.bincount(verdicts.rule[kept & (verdicts.verdict == UNKNOWN)], minlength=len(names))
    mended = {f"unknown:{name}": int(n) for name, n in zip(names, unknown, strict=True) if n}
    if cut:
        mended["cut-at-a-barrier"] = cut
    return Quality(
        read=ways.count,
        kept=int(np.count_nonzero(kept)),
        dropped={name: int(n) for name, n in zip(names, dropped, strict=True) if n},
        mended=mended,
    )
