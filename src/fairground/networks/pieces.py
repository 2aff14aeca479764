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


AT_A_TIME = 1 << 18  # pieces whose lengths are worked out at a time


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
    flat = _flat_of(ways)
    row = np.repeat(np.arange(ways.count, dtype=np.int32), np.diff(ways.starts))
    barrier = np.hstack([_barriers(ways, row, flat), _shores(water, ways.crs, flat.crs)])
    first = np.flatnonzero((row[:-1] == row[1:]) & (ways.node[:-1] != ways.node[1:])) if row.size else row
    first = first[verdicts.verdict[row[first]] != NO]
    chosen = row[first]
    del row
    id, one, a, b = _points(ways.node, first)
    forward, backward = directions(ways, profile)
    stress, metres = verdicts.stress[chosen], _lengths(ways, first)
    none = metres == 0  # whoever stands at one end stands at the other
    del first
    found = Pieces(
        flat.crs,
        id,
        *flat.metres(ways.x[one], ways.y[one], crs=ways.crs),
        a,
        b,
        np.where(forward[chosen] | none, stress, np.inf),
        np.where(backward[chosen] | none, stress, np.inf),
        metres,
        verdicts.verdict[chosen] == UNKNOWN,
        ways.id[chosen],
        barrier,
    )
    del stress, none, chosen, one
    found, cut = _stopped(found, ways, profile)
    return found, _quality(ways, profile, verdicts, cut)


def _points(node: Indices, first: Indices) -> tuple[Indices, Indices, Codes, Codes]:
    """Return the different points of pieces that begin at some places of the ways.

    Returns
    -------
    id, one, a, b : the points' numbers, rising; a place of each; and the point at both ends of each piece.
    """
    used = np.zeros(node.size, dtype=bool)
    used[first], used[first + 1] = True, True
    place = np.flatnonzero(used)
    at = np.cumsum(used, dtype=np.int32)
    at -= 1
    del used
    numbers = node[place]
    order = np.argsort(numbers, kind="stable").astype(np.int32)
    numbers = numbers[order]
    fresh = np.ones(numbers.size, dtype=bool)
    fresh[1:] = numbers[1:] != numbers[:-1]
    point = np.empty(numbers.size, dtype=np.int32)
    point[order] = np.cumsum(fresh, dtype=np.int32) - np.int32(1)
    return numbers[fresh], place[order[fresh]], point[at[first]], point[at[first + 1]]


def _lengths(ways: Ways, first: Indices) -> Floats:
    """Return the metres of pieces, some at a time: what that needs in between is as large as they are."""
    found = np.empty(first.size)
    for start in range(0, first.size, AT_A_TIME):
        k = first[start : start + AT_A_TIME]
        found[start : start + AT_A_TIME] = lengths(
            ways.crs, ways.x[k], ways.y[k], ways.x[k + 1], ways.y[k + 1]
        )
    return found


def _flat_of(ways: Ways) -> Projection:
    """Return the flat map that the points are laid on: their own, or one about their middle."""
    if ways.crs != DEGREES:
        return Projection(ways.crs)
    if ways.x.size == 0:
        return Projection.about(0, 0)
    return Projection.about(float(ways.x.min() + ways.x.max()) / 2, float(ways.y.min() + ways.y.max()) / 2)


def _barriers(ways: Ways, row: Codes, flat: Projection) -> Floats:
    stops = np.zeros(ways.count, dtype=bool)
    for wanted in BARRIERS:
        stops |= ways.matching(wanted)
    for wanted in NOT_ON_THE_GROUND:
        stops &= ~ways.matching(wanted)
    k = np.flatnonzero((row[:-1] == row[1:]) & stops[row[:-1]]) if row.size else row
    ends = [flat.metres(ways.x[at], ways.y[at], crs=ways.crs) for at in (k, k + 1)]
    return np.array([*ends[0], *ends[1]])


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
    doubtful = _among(found.id, unsure)
    unknown = found.unknown | doubtful[found.a] | doubtful[found.b]
    stops = _among(found.id, shut)
    ends = np.concatenate([found.a, found.b])
    at = np.flatnonzero(stops[ends])
    old = ends[at]
    ends[at] = found.id.size + np.arange(at.size, dtype=np.int32)
    a, b = ends[: found.a.size], ends[found.a.size :]
    grown = [np.concatenate([part, part[old]]) for part in (found.id, found.x, found.y)]
    cut = replace(found, id=grown[0], x=grown[1], y=grown[2], a=a, b=b, unknown=unknown)
    return cut, int(np.count_nonzero(np.bincount(old, minlength=found.id.size) > 1))


def _among(id: Indices, some: Indices) -> Flags:
    """Return which of some rising numbers are among others."""
    found = np.zeros(id.size, dtype=bool)
    at = np.searchsorted(id, some)
    inside = at < id.size
    at, some = at[inside], some[inside]
    found[at[id[at] == some]] = True
    return found


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
