"""Green spaces as people know them: areas that touch are one site, with its size and its ways in.

Areas that touch (in a stretch of edge or in one point) or overlap are joined, so that a playground in a park
is part of the park, and the size floor is asked of the whole: the area of the union, so that nothing counts
twice. An area of several parts (a park on both sides of a road, mapped as one) stays one site. Only kinds
that count are joined: a golf course beside a park makes the park no larger unless golf is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from fairground.errors import BadInput

Shapes = NDArray[np.object_]
HECTARE = 10_000.0  # square metres


@dataclass(frozen=True, eq=False)
class Areas:
    """Mapped areas in metres: shape, kind, name and id of each, as one source has them."""

    shapes: Shapes
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    ids: tuple[str, ...]

    def __post_init__(self) -> None:
        lengths = {len(self.shapes), len(self.kinds), len(self.names), len(self.ids)}
        if len(lengths) > 1:
            raise BadInput("Areas need a shape, a kind, a name and an id each", value=sorted(lengths))

    def __len__(self) -> int:
        return len(self.shapes)

    def kept(self, kinds: Sequence[str]) -> NDArray[np.int64]:
        """Return the numbers of the areas of these kinds."""
        return np.array([at for at, kind in enumerate(self.kinds) if kind in kinds], np.int64)

    def rows(self, kept: NDArray[np.int64]) -> Areas:
        """Return some of the areas, by number."""
        return Areas(
            self.shapes[kept],
            tuple(self.kinds[at] for at in kept),
            tuple(self.names[at] for at in kept),
            tuple(self.ids[at] for at in kept),
        )


@dataclass(frozen=True, eq=False)
class Sites:
    """Green spaces after joining: shape in metres, hectares, name, kinds, and the ids that were joined.

    `member` has for each area the number of its site.
    """

    shapes: Shapes
    hectares: NDArray[np.float64]
    names: tuple[str, ...]
    kinds: tuple[tuple[str, ...], ...]
    ids: tuple[tuple[str, ...], ...]
    member: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.shapes)

    @cached_property
    def edges(self) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """The straight pieces of the edges: (k, 2 ends, 2) metres, and the site of each."""
        rings, of = shapely.get_parts(shapely.boundary(self.shapes), return_index=True)
        at, ring = shapely.get_coordinates(rings, return_index=True)
        first = np.flatnonzero(ring[:-1] == ring[1:]) if len(ring) else np.empty(0, np.int64)
        return np.stack([at[first], at[first + 1]], axis=1), of[ring[first]]

    def rows(self, kept: NDArray[np.int64]) -> Sites:
        """Return some of the sites, by number; of which areas they were joined is not kept."""
        return Sites(
            self.shapes[kept],
            self.hectares[kept],
            tuple(self.names[at] for at in kept),
            tuple(self.kinds[at] for at in kept),
            tuple(self.ids[at] for at in kept),
            np.empty(0, np.int64),
        )


def join(areas: Areas) -> Sites:
    """Join areas that touch or overlap into sites.

    Returns
    -------
    Sites : in the order of their first areas. The name is that of the largest area that has one.

    >>> import numpy as np, shapely
    >>> from fairground.opportunity.greenspace import Areas, join
    >>> field, play = shapely.box(0, 0, 100, 100), shapely.box(100, 0, 150, 100)
    >>> both = np.array([field, play])
    >>> found = join(Areas(both, ("park", "playground"), ("Vicarage Park", ""), ("a", "b")))
    >>> len(found), float(found.hectares[0]), found.names
    (1, 1.5, ('Vicarage Park',))
    """
    count = len(areas)
    if not count:
        none = np.empty(0, object)
        return Sites(none, np.empty(0), (), (), (), np.empty(0, np.int64))
    left, right = _together(areas.shapes)
    links = coo_matrix((np.ones(len(left)), (left, right)), (count, count))
    _, label = connected_components(links, directed=False)
    _, first = np.unique(label, return_index=True)
    place = np.empty(len(first), np.int64)
    place[np.argsort(first)] = np.arange(len(first))
    member = place[label]
    groups: list[list[int]] = [[] for _ in range(len(first))]
    for at, site in enumerate(member):
        groups[site].append(at)
    shapes = np.empty(len(groups), object)
    shapes[:] = [
        shapely.union_all(areas.shapes[group]) if len(group) > 1 else areas.shapes[group[0]]
        for group in groups
    ]
    sizes = shapely.area(areas.shapes)
    return Sites(
        shapes,
        shapely.area(shapes) / HECTARE,
        tuple(_name(areas, group, sizes) for group in groups),
        tuple(tuple(sorted({areas.kinds[at] for at in group})) for group in groups),
        tuple(tuple(areas.ids[at] for at in group) for group in groups),
        member,
    )


def _together(shapes: Shapes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of areas that share any point."""
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    ahead = left < right
    return left[ahead], right[ahead]


def _name(areas: Areas, group: list[int], sizes: NDArray[np.float64]) -> str:
    named = [at for at in group if areas.names[at]]
    return areas.names[max(named, key=lambda at: (sizes[at], -at))] if named else ""
