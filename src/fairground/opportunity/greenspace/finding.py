"""What one rule and its neighbours say of a home: five ways to measure, for any size and above a size floor.

The same home can pass by one way to measure and fail by another, so every way is worked out. A verdict has
three values, asked in this order. Pass: a way in to a space that counts lies within the limit. Unknown: none
does, but the edge of a space with no mapped way in lies within the limit in a straight line (or, on foot, no
street that may be walked lies by the door). Fail: neither. A home inside a space is 0 metres from it.

Law: straight to the edge <= straight to a way in <= on foot from the door, less the two metres by which a
mapped gate may lie off the edge.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.opportunity.greenspace.entrances import WaysIn
from fairground.opportunity.greenspace.lookup import Lookup, Near, Pieces, lookup
from fairground.opportunity.greenspace.rules import WITH_WAYS_IN
from fairground.opportunity.greenspace.sites import Sites

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
Verdicts = NDArray[np.int8]
Found = tuple[Floats, Places]  # metres to the nearest of something, and which one it is

PASS, FAIL, NOT_KNOWN = 1, 0, -1
REASONS = ("within", "no-way-in", "off-the-streets", "too-far", "nothing-reachable")


@dataclass(frozen=True, eq=False)
class Walked:
    """How far it is on foot from the street by the door to the nearest way in, and which way in that is.

    metres : (n,) inf where none is in reach. door : (n,) the step from door to street besides, inf where no
    street is near. which : (n,) number of the way in, or -1.
    """

    metres: Floats
    door: Floats
    which: Places


Walk = Callable[[Floats, Floats, Floats, Floats], Walked]
Line = Callable[[Floats, Floats, Floats, Floats], Floats]


@dataclass(frozen=True, eq=False)
class Distances:
    """Metres from each home to the nearest space of at least a size, by every way to measure; which it is.

    metres, site : (n,) for each measure; inf and -1 where none is in reach. way_in : (n,) number among the
    ways in, for the measures that use them; -1 inside a space.
    hidden, hidden_site : (n,) straight line to the nearest space whose way in is unknown.
    door : (n,) step from door to street. inside : (n,) whether the home lies in a space.
    """

    hectares: float
    metres: dict[str, Floats]
    site: dict[str, Places]
    way_in: dict[str, Places]
    hidden: Floats
    hidden_site: Places
    door: Floats
    inside: Flags

    def verdicts(self, measure: str, limit: float) -> Verdicts:
        """Return pass (1), fail (0) or unknown (-1) for each home."""
        hidden = self.hidden if measure in WITH_WAYS_IN else np.full(len(self.hidden), np.inf)
        if measure in ("kerb", "door"):
            hidden = np.where(np.isfinite(self.door), hidden, 0.0)
        return judge(self.metres[measure], limit, hidden=hidden)

    def reasons(self, measure: str, limit: float) -> list[str]:
        """Return why each home passes, fails or is unknown: one of `REASONS`."""
        verdict, far = self.verdicts(measure, limit), np.isinf(self.metres[measure])
        off = np.isinf(self.door) & (measure in ("kerb", "door"))
        not_known = np.where(off, "off-the-streets", "no-way-in")
        fails = np.where(far, "nothing-reachable", "too-far")
        found: list[str] = np.where(
            verdict == PASS, "within", np.where(verdict == NOT_KNOWN, not_known, fails)
        ).tolist()
        return found


def judge(metres: Floats, limit: float, *, hidden: Floats) -> Verdicts:
    """Return pass (1), fail (0) or unknown (-1) for each distance.

    Parameters
    ----------
    metres : (n,) to the nearest space known to be open. limit : most metres allowed, itself included.
    hidden : (n,) at least so far is a space that may be open.

    >>> import numpy as np
    >>> from fairground.opportunity.greenspace import judge
    >>> judge(np.array([300.0, 301.0, 301.0]), 300.0, hidden=np.array([900.0, 900.0, 200.0])).tolist()
    [1, 0, -1]
    """
    found: Verdicts = np.where(metres <= limit, PASS, np.where(hidden <= limit, NOT_KNOWN, FAIL)).astype(
        np.int8
    )
    return found


def distances(
    sites: Sites,
    ways: WaysIn,
    x: Floats,
    y: Floats,
    *,
    walk: Walk,
    line: Line,
    hectares: float = 0.0,
    furthest: float = np.inf,
) -> Distances:
    """Return how far each home is from the nearest space of at least a size, by all five ways to measure.

    Parameters
    ----------
    sites, ways : the green spaces that count, and the ways into them. x, y : (n,) homes on the map in metres.
    walk : (x, y, to_x, to_y) -> Walked; asked once, for all homes and all ways in.
    line : (x, y, to_x, to_y) -> true metres of straight lines on the ground.
    hectares : the size floor, 0 for any size. furthest : metres beyond which nothing counts as in reach.

    Returns
    -------
    Distances : inf where no space of that size is in reach.

    >>> import numpy as np, shapely
    >>> from fairground.opportunity.greenspace import Areas, Walked, distances, join, ways_in
    >>> park = Areas(np.array([shapely.box(0, 0, 100, 100)]), ("park",), ("",), ("a",))
    >>> gate, no_path = np.array([shapely.Point(50, 100)]), np.empty(0, object)
    >>> sites, home = join(park), (np.array([50.0]), np.array([-200.0]))
    >>> found = distances(sites, ways_in(park, paths=no_path, listed=gate).onto(sites, np.array([0])), *home,
    ...     walk=lambda x, y, to_x, to_y: Walked(np.array([390.0]), np.array([10.0]), np.array([0])),
    ...     line=lambda x, y, to_x, to_y: np.hypot(to_x - x, to_y - y))
    >>> {measure: float(metres[0]) for measure, metres in found.metres.items()}
    {'edge': 200.0, 'centroid': 250.0, 'entrance': 300.0, 'kerb': 390.0, 'door': 400.0}
    """
    found = by_size(sites, ways, x, y, walk=walk, line=line, floors=(hectares,), furthest=furthest)
    return found[hectares]


def by_size(
    sites: Sites,
    ways: WaysIn,
    x: Floats,
    y: Floats,
    *,
    walk: Walk,
    line: Line,
    floors: Sequence[float],
    furthest: float = np.inf,
) -> dict[float, Distances]:
    """Return what `distances` returns for each of several size floors; what they share is done once."""
    measure = _Straight(line, furthest)
    whole = lookup(sites, ways, 0.0)
    near = whole.edges.nearest(x, y)
    metres, site = measure(near, x, y)
    lies_in = np.where(metres == 0, near.which, whole.inside(near, x, y))
    edge = np.where(lies_in >= 0, 0.0, metres), np.where(lies_in >= 0, lies_in, site)
    return {least: _above(lookup(sites, ways, least), x, y, edge, walk, measure) for least in floors}


def _above(look: Lookup, x: Floats, y: Floats, edge: Found, walk: Walk, measure: _Straight) -> Distances:
    """Return the distances to spaces of at least a size, from the nearest edge of any space."""
    ways, count = look.ways, look.count
    metres, site = _to_edge(look.edges, look.large, x, y, edge, measure)
    centre, centre_site = measure(look.middles.nearest(x, y), x, y)
    straight, gate = measure(look.entrances.nearest(x, y), x, y)
    walked = walk(x, y, ways.x[count], ways.y[count])
    inside = metres == 0
    found = {
        "edge": metres,
        "centroid": centre,
        "entrance": np.where(inside, 0.0, straight),
        "kerb": np.where(inside, 0.0, walked.metres),
        "door": np.where(inside, 0.0, walked.metres + walked.door),
    }
    on_foot = np.where(inside, -1, _named(count, walked.which))
    way = {"entrance": np.where(inside, -1, gate), "kerb": on_foot, "door": on_foot}
    sites = {"edge": site, "centroid": centre_site}
    sites |= {name: np.where(inside, site, _named(ways.of, used)) for name, used in way.items()}
    hidden, hidden_site = _to_edge(look.shut_edges, look.shut, x, y, edge, measure)
    return Distances(look.hectares, found, sites, way, hidden, hidden_site, walked.door, inside)


def walked_to(found: Distances, ways: WaysIn, x: Floats, y: Floats, *, walk: Walk, sites: Sites) -> Found:
    """Return the metres from the door to the nearest way in by another walk, such as a wheelchair's.

    Parameters
    ----------
    found : what `distances` said of the same homes, sites and size floor. ways : the ways in that count now.

    Returns
    -------
    metres, way in : inf and -1 where none is in reach; 0 and -1 inside a space.
    """
    count = np.flatnonzero(ways.first & (sites.hectares >= found.hectares)[ways.of])
    walked = walk(x, y, ways.x[count], ways.y[count])
    metres = np.where(found.inside, 0.0, walked.metres + walked.door)
    return metres, np.where(found.inside, -1, _named(count, walked.which))


def walked_again(found: Distances, ways: WaysIn, x: Floats, y: Floats, *, walk: Walk, sites: Sites) -> Floats:
    """Return the metres of `walked_to` alone."""
    return walked_to(found, ways, x, y, walk=walk, sites=sites)[0]


@dataclass(frozen=True)
class _Straight:
    """Measures straight lines to what is nearest; what is further than `furthest` is not found."""

    line: Line
    furthest: float

    def __call__(self, near: Near, x: Floats, y: Floats) -> Found:
        """Return the metres (inf where there is nothing), and what is nearest (-1)."""
        metres, some = np.full(len(x), np.inf), near.which >= 0
        metres[some] = self.line(x[some], y[some], near.x[some], near.y[some])
        far = metres > self.furthest
        return np.where(far, np.inf, metres), np.where(far, -1, near.which)


def _to_edge(pieces: Pieces, which: Flags, x: Floats, y: Floats, edge: Found, measure: _Straight) -> Found:
    """Return the metres to the nearest edge of some sites, 0 inside one, and which site it is.

    Where the nearest of all edges is of one of them, nothing is left to look up.
    """
    metres, site = edge[0].copy(), edge[1].copy()
    done = which[site] & (site >= 0) if len(which) else np.zeros(len(x), bool)
    left = np.flatnonzero(~done)
    metres[left], site[left] = measure(pieces.nearest(x[left], y[left]), x[left], y[left])
    return metres, site


def _named(numbers: Places, at: Places) -> Places:
    """Return the numbers at some places, and -1 where the place is -1."""
    if not len(numbers):
        return np.full(len(at), -1, np.int64)
    return np.where(at >= 0, numbers[np.maximum(at, 0)], -1)
