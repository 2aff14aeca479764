"""Where a few new entrances, or a few new green spaces, would bring most people within the limit.

Only homes that do not pass by the rule's limit on foot are looked at. The choice is made together, with the
proof of how near it is to the best, and the choice of one after another stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fairground.evidence import Step
from fairground.networks import nearest_k, snap
from fairground.opportunity.greenspace import Cover, Sites, cover, openings
from fairground.opportunity.greenspace.changes import BESIDE
from fairground.questions.opportunity.green_rows import name
from fairground.questions.opportunity.ground import Ground
from fairground.sources.homes import Block

__all__: list[str] = []

Floats = NDArray[np.float64]
EVERY = 50.0  # metres between places that are tried on an edge
SQUARE = 100.0  # metres: one place for a new space in each
REACHED = 24  # places that are looked at for each home


@dataclass(frozen=True)
class Suggestion:
    """A place for a new entrance or a new green space: chosen together with the others of its kind."""

    what: str
    latitude: float
    longitude: float
    space: str


@dataclass
class Left:
    """The homes that do not pass so far: where they are, and how many people live there."""

    x: list[Floats] = field(default_factory=list)
    y: list[Floats] = field(default_factory=list)
    people: list[Floats] = field(default_factory=list)

    def add(self, block: Block, failing: NDArray[np.bool_]) -> None:
        """Keep the homes of a block that do not pass."""
        self.x.append(block.x[failing])
        self.y.append(block.y[failing])
        self.people.append(block.people[failing])


def suggested(
    known: Ground, sites: Sites, left: Left, *, limit: float, least: float, choose: int
) -> tuple[tuple[Suggestion, ...], list[Step]]:
    """Return the places chosen, for entrances and for spaces, and how good the choice is."""
    x, y, people = (np.concatenate([np.empty(0), *parts]) for parts in (left.x, left.y, left.people))
    if not len(x):
        return (), [Step("greenspace.choose.none", {"what": f"new-{what}"}) for what in ("entrance", "space")]
    tried = openings(
        sites,
        np.flatnonzero(sites.hectares >= least),
        to_street=lambda east, north: snap(known.walk, east, north, furthest=BESIDE).gap,
        step=EVERY,
    ).nearer_than(BESIDE)
    names = tuple(name(sites, int(site)) for site in tried.site)
    at_x, at_y = _squares(known, x, y)
    found: list[Suggestion] = []
    steps: list[Step] = [Step("greenspace.choose.places")]
    for what, to_x, to_y, told in (
        ("entrance", tried.x, tried.y, names),
        ("space", at_x, at_y, ("",) * len(at_x)),
    ):
        best, full = _chosen(known, x, y, people, to_x, to_y, limit, choose)
        if full:
            steps.append(Step("greenspace.choose.many", {"count": REACHED}))
        steps.append(_step(best, what, limit))
        chosen = list(best.chosen)
        longitude, latitude = known.projection.degrees(to_x[chosen], to_y[chosen])
        found += [
            Suggestion(f"new-{what}", float(lat), float(lon), told[at])
            for lat, lon, at in zip(latitude, longitude, chosen, strict=True)
        ]
    return tuple(found), steps


def _squares(known: Ground, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return a place on the streets for each square in which homes do not pass: that of its first home."""
    cell = np.column_stack([np.floor(x / SQUARE), np.floor(y / SQUARE)])
    _, first = np.unique(cell, axis=0, return_index=True)
    at = snap(known.walk, x[np.sort(first)], y[np.sort(first)])
    on = at.edge >= 0
    return at.x[on], at.y[on]


def _chosen(
    known: Ground, x: Floats, y: Floats, people: Floats, to_x: Floats, to_y: Floats, limit: float, choose: int
) -> tuple[Cover, bool]:
    """Return the choice, and whether some home had more places in reach than were looked at."""
    if not len(to_x):
        return Cover((), 0.0, 0.0, 0.0, (), 0.0), False
    homes, places = (known.footing.walking(*at).homes for at in ((x, y), (to_x, to_y)))
    near = nearest_k(known.walk, homes, places, count=REACHED, limit=limit).target
    home, rank = np.nonzero(near >= 0)
    best = cover(near[home, rank].astype(np.int64), home.astype(np.int64), people, choose=choose)
    return best, bool((near[:, -1] >= 0).any())


def _step(best: Cover, what: str, limit: float) -> Step:
    if not best.chosen:
        return Step("greenspace.choose.none", {"what": f"new-{what}"})
    facts = {
        "count": len(best.chosen),
        "people": best.people,
        "bound": best.bound,
        "gap": best.gap,
        "greedy": best.greedy_people,
        "limit": limit,
    }
    return Step(f"greenspace.choose.{what}", facts)
