"""Measures homes against green spaces: all at once, or in square tiles that other processes work out.

A tile carries its homes and what they can reach: the streets, green spaces and ways in within as far as is
looked. Nobody gets anywhere nearer along streets than in a straight line, so a tile gives the same numbers as
the whole map.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.networks import Tiling, squares
from fairground.networks.tiles import SLACK, STRETCH, Box
from fairground.opportunity.greenspace import Distances, Sites, WaysIn
from fairground.opportunity.greenspace.finding import by_size, walked_again
from fairground.questions.opportunity.walking import Footing

__all__: list[str] = []

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Run = Callable[[Iterable["Tile"]], Iterator[tuple[Places, "Measured"]]]


@dataclass(frozen=True, eq=False)
class Measured:
    """What is measured of homes: which of them a street comes near, and all distances of those.

    on : rising rows of the homes near a street. found : their distances by size floor.
    sure, perhaps : their metres by wheel, over streets surely passable, and over unknown ones too.
    """

    on: Places
    found: dict[float, Distances]
    sure: Floats
    perhaps: Floats


@dataclass(frozen=True, eq=False)
class Tile:
    """Some homes and all that is in their reach; sites and ways in have their numbers on the whole map."""

    rows: Places
    footing: Footing
    sites: Sites
    ways: WaysIn
    x: Floats
    y: Floats
    floors: tuple[float, ...]
    least: float
    site_number: Places
    way_number: Places

    def work(self) -> Measured:
        """Return what is measured of the homes."""
        found = measured(self.footing, self.sites, self.ways, self.x, self.y, self.floors, self.least)
        told = {
            least: replace(
                one,
                site={name: _number(self.site_number, at) for name, at in one.site.items()},
                way_in={name: _number(self.way_number, at) for name, at in one.way_in.items()},
                hidden_site=_number(self.site_number, one.hidden_site),
            )
            for least, one in found.found.items()
        }
        return replace(found, found=told)


def measured(
    footing: Footing,
    sites: Sites,
    ways: WaysIn,
    x: Floats,
    y: Floats,
    floors: Sequence[float],
    least: float,
) -> Measured:
    """Return what is measured of homes, for each size floor; by wheel for the floor `least`."""
    walker, wheeler = footing.walking(x, y), footing.wheeling(x, y, "bar")
    on = np.flatnonzero(np.isfinite(walker.homes.gap))
    x, y, walker, wheeler = x[on], y[on], walker.rows(on), wheeler.rows(on)
    asked: dict[str, Any] = {"line": footing.line, "furthest": footing.furthest}
    found = by_size(sites, ways, x, y, walk=walker, floors=floors, **asked)
    sure, perhaps = (
        walked_again(found[least], ways, x, y, walk=wheeler.over(unknown), sites=sites)
        for unknown in ("bar", "pass")
    )
    return Measured(on, found, sure, perhaps)


def tiles(
    footing: Footing,
    sites: Sites,
    ways: WaysIn,
    x: Floats,
    y: Floats,
    floors: Sequence[float],
    least: float,
    *,
    side: float,
) -> Iterator[Tile]:
    """Yield square tiles that hold some homes, from the south-west."""
    tilings = (Tiling(footing.walk), Tiling(footing.wheel))
    bounds = shapely.bounds(sites.shapes).reshape(-1, 4)
    for box, rows in squares(x, y, side):
        near = np.flatnonzero(_within(bounds, box, footing.furthest))
        kept = np.flatnonzero(np.isin(ways.of, near))
        yield Tile(
            rows,
            footing.cut(tilings, box),
            sites.rows(near),
            _some(ways, kept, near),
            x[rows],
            y[rows],
            tuple(floors),
            least,
            near,
            kept,
        )


def together(parts: Iterable[tuple[Places, Measured]]) -> Measured:
    """Return what was measured of all homes, from what was measured of the homes of each tile."""
    held = [(rows[part.on], part) for rows, part in parts]
    rows = np.concatenate([own for own, _ in held])
    order = np.argsort(rows, kind="stable")
    found = {least: _joined([part.found[least] for _, part in held], order) for least in held[0][1].found}
    sure, perhaps = (
        np.concatenate([getattr(part, name) for _, part in held])[order] for name in ("sure", "perhaps")
    )
    return Measured(rows[order], found, sure, perhaps)


def _joined(parts: list[Distances], order: Places) -> Distances:
    def all(name: str, measure: str = "") -> Any:
        some = [getattr(part, name) for part in parts]
        return np.concatenate([one[measure] for one in some] if measure else some)[order]

    first = parts[0]
    return Distances(
        first.hectares,
        {measure: all("metres", measure) for measure in first.metres},
        {measure: all("site", measure) for measure in first.site},
        {measure: all("way_in", measure) for measure in first.way_in},
        all("hidden"),
        all("hidden_site"),
        all("door"),
        all("inside"),
    )


def _within(bounds: Floats, box: Box, furthest: float) -> NDArray[np.bool_]:
    wide = furthest * STRETCH + SLACK
    west, south, east, north = bounds.T
    return np.asarray(
        (west <= box[2] + wide)
        & (east >= box[0] - wide)
        & (south <= box[3] + wide)
        & (north >= box[1] - wide)
    )


def _some(ways: WaysIn, kept: Places, near: Places) -> WaysIn:
    """Return some of the ways in, with their sites numbered among those that are near."""
    return WaysIn(
        ways.x[kept],
        ways.y[kept],
        np.searchsorted(near, ways.of[kept]),
        ways.known[kept],
        ways.first[kept],
        tuple(ways.found[at] for at in near.tolist()),
    )


def _number(numbers: Places, at: Places) -> Places:
    if not len(numbers):
        return at
    return np.where(at >= 0, numbers[np.maximum(at, 0)], -1)
