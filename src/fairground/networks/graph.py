"""Streets as a network: junctions, and the edges between them, with every bend kept and no distance changed.

An edge runs from junction to junction. Bends and points where nothing changes lie on the edge, each with its
metres from the edge's start; so a search steps from junction to junction and the answer is still exact at
every bend. Lengths are those along the globe; places lie on the flat map of `projection`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np

from fairground import standards
from fairground.errors import BadInput
from fairground.evidence import Quality
from fairground.networks.kernels.chains import chains, junctions, pieces_at, sums_by_row
from fairground.networks.kernels.curve import hilbert
from fairground.networks.pieces import Pieces, pieces
from fairground.networks.profiles import Profile
from fairground.networks.projection import Projection
from fairground.networks.ways import Codes, Flags, Floats, Indices, Ways

UNITS = ("metres", "minutes")


@dataclass(frozen=True)
class StreetGraph:
    """A street network for one way of travelling.

    Parameters
    ----------
    mode : id of the profile. unit : what costs are counted in, "metres" or "minutes". crs : the flat map.
    x, y : (n,) metres east and north of each junction, neighbours near one another in memory.
    edge_from, edge_to : (m,) the junctions of each edge. length : (m,) metres.
    cost_to, cost_back : (m,) cost of one metre from start to end, and back; inf where it may not be used so.
    unknown : (m,) whether the map says too little to be sure that the edge can be used.
    bend_starts : (m + 1,) where the bends of each edge begin, both ends included.
    bend_x, bend_y, bend_at : (b,) place of each bend and its metres from the edge's start.
    bend_id : (b,) the map's number of each bend. bend_way : (b,) the way that leads on from it (-1: the end).
    mainland : (m,) whether the edge belongs to the largest network, or to one of at least `MAINLAND` metres.
    barrier : (4, k) lines that nobody crosses but by a way: x1, y1, x2, y2.
    """

    mode: str
    unit: str
    crs: str
    x: Floats
    y: Floats
    edge_from: Codes
    edge_to: Codes
    length: Floats
    cost_to: Floats
    cost_back: Floats
    unknown: Flags
    bend_starts: Indices
    bend_x: Floats
    bend_y: Floats
    bend_at: Floats
    bend_id: Indices
    bend_way: Indices
    mainland: Flags
    barrier: Floats

    @property
    def junctions(self) -> int:
        """How many junctions there are."""
        return int(self.x.size)

    @property
    def edges(self) -> int:
        """How many edges there are."""
        return int(self.length.size)

    @cached_property
    def directed(self) -> bool:
        """Whether some edge costs more in one direction than in the other."""
        return not np.array_equal(self.cost_to, self.cost_back)

    @cached_property
    def cheapest(self) -> float:
        """The cost of the cheapest metre of street, in either direction."""
        return float(min(self.cost_to.min(), self.cost_back.min()))

    @property
    def projection(self) -> Projection:
        """The flat map that the metres lie on."""
        return Projection(self.crs)

    @cached_property
    def arcs_out(self) -> tuple[Codes, Codes, Floats]:
        """For each junction, where its streets lead and at what cost: (starts, junctions, costs)."""
        return _arcs(self, self.cost_to, self.cost_back)

    @cached_property
    def arcs_in(self) -> tuple[Codes, Codes, Floats]:
        """For each junction, from where streets lead to it and at what cost: (starts, junctions, costs)."""
        if not self.directed:
            return self.arcs_out
        return _arcs(self, self.cost_back, self.cost_to)

    @cached_property
    def _edges_by_junction(self) -> tuple[Codes, Codes]:
        return pieces_at(self.junctions, self.edge_from, self.edge_to)

    def edges_at(self, junction: int) -> Codes:
        """Return the edges that touch a junction; a loop twice."""
        starts, edges = self._edges_by_junction
        return edges[starts[junction] : starts[junction + 1]]

    @cached_property
    def certain(self) -> StreetGraph:
        """The same graph with every edge shut of which the map says too little."""
        shut = np.where(self.unknown, np.inf, 0.0)
        return replace(self, cost_to=self.cost_to + shut, cost_back=self.cost_back + shut)

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the arrays by name, for a file."""
        return {f.name: value for f in fields(self) if isinstance(value := getattr(self, f.name), np.ndarray)}


MAINLAND = float(standards.get("fairground.networks", "least-mainland").values[-1].value)


def build_graph(
    ways: Ways, profile: Profile, *, unit: str = "metres", water: Iterable[Any] = ()
) -> tuple[StreetGraph, Quality]:
    """Build the street network of one way of travelling.

    Parameters
    ----------
    ways : streets as the map has them, from `fairground.sources.streets`.
    profile : who travels, from `profile("walk")` and the like.
    unit : "metres", or "minutes" at the profile's speed, with its stresses.
    water : polygons, in the map of the ways, whose shores are barriers too.

    Returns
    -------
    StreetGraph, Quality : the network; ways read, kept, and left out under the id of the rule that did so.

    Raises
    ------
    BadInput : an unknown unit, or no way may be used at all.

    >>> import numpy as np
    >>> from fairground.networks import TagColumn, Ways, build_graph, profile
    >>> ways = Ways(np.array([7]), np.array([0, 3]), np.array([1, 2, 3]), np.array([0.0, 30.0, 30.0]),
    ...     np.array([0.0, 0.0, 40.0]), {"highway": TagColumn.of(["footway"])}, crs="flat")
    >>> graph, quality = build_graph(ways, profile("walk"))
    >>> graph.junctions, graph.edges, graph.length.tolist()
    (2, 1, [70.0])
    """
    if unit not in UNITS:
        raise BadInput("No such unit", "unit", unit, ", ".join(UNITS))
    found, quality = pieces(ways, profile, water)
    if found.a.size == 0:
        raise BadInput(f"No way on this map may be used for {profile.name.lower()}", "streets", quality.read)
    held = [found]
    del found
    return _assembled(held, profile, unit), quality


def _assembled(held: list[Pieces], profile: Profile, unit: str) -> StreetGraph:
    """Return the graph of the only pieces in a list; taken out, so that each part can be given up."""
    found = held.pop()
    starts, touching = pieces_at(found.x.size, found.a, found.b)
    is_junction = junctions(found.a, found.b, found.to, found.back, found.unknown, starts, touching)
    begins, point, piece = chains(found.a, found.b, is_junction, starts, touching)
    del starts, touching
    number, order = _numbered(found, is_junction)
    first, last = point[begins[:-1]], point[begins[1:] - 1]
    begins, point, piece = _sorted_chains(begins, point, piece, number[first], number[last])
    first, last, lead = point[begins[:-1]], point[begins[1:] - 1], piece[begins[:-1]]
    at = _metres_along(found, begins, piece)
    along = found.a[lead] == first
    per_metre = 1.0 if unit == "metres" else 1.0 / profile.metres_per_minute
    to, back = _costs(found, lead, along, unit)
    length = at[begins[1:] - 1]
    edge_from, edge_to = number[first], number[last]
    unknown, way = found.unknown[lead], np.where(piece >= 0, found.way[piece], -1)
    id, x, y, crs, barrier = found.id, found.x, found.y, found.crs, found.barrier
    del found, first, last, lead, along, piece
    return StreetGraph(
        mode=profile.id,
        unit=unit,
        crs=crs,
        x=x[order],
        y=y[order],
        edge_from=edge_from,
        edge_to=edge_to,
        length=length,
        cost_to=to * per_metre,
        cost_back=back * per_metre,
        unknown=unknown,
        bend_starts=begins.astype(np.int64),
        bend_x=x[point],
        bend_y=y[point],
        bend_at=at,
        bend_id=id[point],
        bend_way=way,
        mainland=mainland(order.size, edge_from, edge_to, length),
        barrier=barrier,
    )


def _costs(found: Pieces, lead: Codes, along: Flags, unit: str) -> tuple[Floats, Floats]:
    """Return what a metre of each edge costs from its start and back, by the piece that leads into it."""
    to = np.where(along, found.to[lead], found.back[lead])
    back = np.where(along, found.back[lead], found.to[lead])
    if unit == "metres":
        to, back = np.where(np.isinf(to), to, 1.0), np.where(np.isinf(back), back, 1.0)
    return to, back


def _numbered(found: Pieces, is_junction: Flags) -> tuple[Codes, Indices]:
    """Number the junctions along Hilbert's curve; return each point's number (-1: none), and the points."""
    chosen = np.flatnonzero(is_junction)
    order = chosen[np.argsort(hilbert(found.x[chosen], found.y[chosen]), kind="stable")]
    number = np.full(is_junction.size, -1, dtype=np.int32)
    number[order] = np.arange(order.size, dtype=np.int32)
    return number, order


def _sorted_chains(
    begins: Codes, point: Codes, piece: Codes, first: Codes, last: Codes
) -> tuple[Codes, Codes, Codes]:
    order = np.lexsort((np.maximum(first, last), np.minimum(first, last)))
    sizes = np.diff(begins)[order]
    moved = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    rows = np.repeat(begins[:-1][order] - moved[:-1], sizes) + np.arange(moved[-1], dtype=np.int32)
    return moved, point[rows], piece[rows]


def _metres_along(found: Pieces, begins: Codes, piece: Codes) -> Floats:
    """Return each bend's metres from its edge's start, summed edge by edge so that no other edge matters."""
    step = np.zeros(piece.size)
    step[1:] = np.where(piece[:-1] >= 0, found.metres[piece[:-1]], 0.0)
    found_at: Floats = sums_by_row(step, begins)
    return found_at


def _arcs(graph: StreetGraph, there: Floats, home: Floats) -> tuple[Codes, Codes, Floats]:
    """Return the arcs of a graph in rows by junction; `there` and `home` are the costs of a metre."""
    count, one, other = graph.junctions, graph.edge_from, graph.edge_to
    usable, returnable = np.isfinite(there), np.isfinite(home)
    leave = np.concatenate([one[usable], other[returnable]])
    reach = np.concatenate([other[usable], one[returnable]])
    cost = np.concatenate([graph.length[usable] * there[usable], graph.length[returnable] * home[returnable]])
    order = np.argsort(leave, kind="stable")
    starts = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(np.bincount(leave, minlength=count), out=starts[1:])
    return starts, reach[order].astype(np.int32), cost[order]


def islands(count: int, edge_from: Codes, edge_to: Codes) -> tuple[int, Codes]:
    """Return how many networks are cut off from one another, and which of them each junction belongs to."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    links = coo_matrix((np.ones(edge_from.size, dtype=np.int8), (edge_from, edge_to)), shape=(count, count))
    number, member = connected_components(links, directed=False)
    return int(number), member.astype(np.int32)


def mainland(count: int, edge_from: Codes, edge_to: Codes, length: Floats) -> Flags:
    """Return which edges belong to the largest network, or to one of at least `MAINLAND` metres."""
    number, member = islands(count, edge_from, edge_to)
    total = np.bincount(member[edge_from], weights=length, minlength=number)
    large = total >= min(MAINLAND, float(total.max()))
    found: Flags = large[member[edge_from]]
    return found
