"""The way to a green space, street by street, on foot and by wheelchair or pushchair, with what stops wheels.

Steps, stiles and raised kerbs on the way on foot are told, and so are the metres of which the map does not
say whether a wheel can pass: whoever cannot see the map, or cannot use the steps, reads the same as it shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from fairground.evidence import Step
from fairground.networks import Route, profile
from fairground.networks.profiles import NO, UNKNOWN, YES, judged
from fairground.opportunity.greenspace import Distances, Sites, WaysIn
from fairground.opportunity.greenspace.finding import walked_to
from fairground.questions.opportunity.green_rows import name
from fairground.questions.opportunity.ground import Ground
from fairground.questions.opportunity.walking import SAME

__all__: list[str] = []

Floats = NDArray[np.float64]
SAID = {YES: "wheels-yes", NO: "wheels-no", UNKNOWN: "wheels-unknown"}
STEPS = "way-steps"
KINDS = {
    "steps": STEPS,
    "crossing": "way-crossing",
    **dict.fromkeys(("footway", "path", "pedestrian", "cycleway", "bridleway", "corridor"), "way-path"),
    **dict.fromkeys(("track", "service"), "way-track"),
    **dict.fromkeys(("residential", "living_street", "unclassified", "road"), "way-street"),
    **dict.fromkeys(("tertiary", "secondary", "primary", "trunk"), "way-main-road"),
    **dict.fromkeys(("tertiary_link", "secondary_link", "primary_link", "trunk_link"), "way-main-road"),
}


@dataclass(frozen=True)
class Leg:
    """One stretch of a way: its street, what it is, its metres, and whether a wheel can use it."""

    street: str
    way_kind: str
    metres: float
    for_wheels: str


def on_foot(known: Ground, ways: WaysIn, x: Floats, y: Floats, way: int) -> dict[str, Any]:
    """Return the walk to a way in: its line, its legs, and what on it is not for wheels.

    x, y : (1,) the door. way : number of the way in; -1 for none.
    """
    found = known.footing.walking(x, y).way_to(ways.x[[way]], ways.y[[way]]) if way >= 0 else None
    if found is None:
        none = {"steps": 0, "steps_metres": 0.0, "stops": 0, "wheel_no_metres": 0.0}
        return {"route": [], "legs": (), "wheel_unknown_metres": 0.0, "walk_unknown_metres": 0.0, **none}
    legs = _legs(known, found, "walk")
    stairs = [leg for leg in legs if leg.way_kind == STEPS]
    return {
        "route": _line(known, found, (x, y), (ways.x[[way]], ways.y[[way]])),
        "legs": legs,
        "steps": len(stairs),
        "steps_metres": sum((leg.metres for leg in stairs), 0.0),
        "stops": _stops(known, found),
        "wheel_no_metres": _metres(legs, NO),
        "wheel_unknown_metres": _metres(legs, UNKNOWN),
        "walk_unknown_metres": float(found.leg_metres[found.leg_unknown].sum()),
    }


def _metres(legs: Sequence[Leg], said: int) -> float:
    return sum((leg.metres for leg in legs if leg.for_wheels == SAID[said]), 0.0)


def on_wheels(
    known: Ground, sites: Sites, ways: WaysIn, found: Distances, x: Floats, y: Floats
) -> dict[str, Any]:
    """Return the way by wheelchair or pushchair: the sure one, else one of which the map does not say enough.

    x, y : (1,) the door. found : what was found of the same door on foot.
    """
    none: dict[str, Any] = {"wheel_route": [], "wheel_route_sure": False, "wheel_space": "", "wheel_legs": ()}
    for unknown in ("bar", "pass"):
        wheeler = known.footing.wheeling(x, y, unknown)
        way = int(walked_to(found, ways, x, y, walk=wheeler, sites=sites)[1][0])
        route = wheeler.way_to(ways.x[[way]], ways.y[[way]]) if way >= 0 else None
        if route is not None:
            return {
                "wheel_route": _line(known, route, (x, y), (ways.x[[way]], ways.y[[way]])),
                "wheel_route_sure": unknown == "bar",
                "wheel_space": name(sites, int(ways.of[way])),
                "wheel_legs": _legs(known, route, "wheel"),
            }
    return none


def told(value: Mapping[str, Any]) -> list[Step]:
    """Return what the way on foot holds that no wheel can use, and of how much nobody knows."""
    if not value["legs"]:
        return []
    other = [leg for leg in value["legs"] if leg.way_kind != STEPS]
    facts = {
        "no": _metres(other, NO),
        "unknown": value["wheel_unknown_metres"],
        "unsure": value["walk_unknown_metres"],
        "steps": value["steps"],
        "metres": value["steps_metres"],
        "stops": value["stops"],
    }
    steps = [Step("greenspace.way.steps" if facts["steps"] else "greenspace.way.no-steps", facts)]
    if facts["unsure"] >= 0.5:
        steps.append(Step("greenspace.way.walk-unknown", facts))
    if facts["stops"]:
        steps.append(Step("greenspace.way.stops", facts))
    if facts["no"] >= 0.5:
        steps.append(Step("greenspace.way.not-for-wheels", facts))
    if facts["unknown"] >= 0.5:
        steps.append(Step("greenspace.way.wheels-unknown", facts))
    return steps


def _legs(known: Ground, route: Route, mode: str) -> tuple[Leg, ...]:
    """Return a way as one leg for each stretch of the same street that is as good for wheels throughout."""
    ways, rows = known.streets.ways, _rows(known, route.leg_way)
    if mode == "wheel":
        said = [SAID[UNKNOWN] if unsure else SAID[YES] for unsure in route.leg_unknown.tolist()]
    else:
        said = [SAID[int(code)] for code in judged(ways, profile("wheel")).verdict[rows].tolist()]
    legs: list[Leg] = []
    for row, metres, wheels in zip(rows.tolist(), route.leg_metres.tolist(), said, strict=True):
        street = ways.tags["name"][row] if "name" in ways.tags else ""
        leg = Leg(street, _kind(known, row), metres, wheels)
        if legs and replace(legs[-1], metres=metres) == leg:
            leg = replace(leg, metres=legs.pop().metres + metres)
        legs.append(leg)
    return tuple(legs)


def _kind(known: Ground, row: int) -> str:
    tags = known.streets.ways.tags
    return KINDS.get(tags["highway"][row] if "highway" in tags else "", "way-other")


def _rows(known: Ground, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rows of ways by their numbers on the map."""
    order = np.argsort(known.streets.ways.id, kind="stable")
    found: NDArray[np.int64] = order[np.searchsorted(known.streets.ways.id, ids, sorter=order)]
    return found


def _stops(known: Ground, route: Route) -> int:
    """Return how many points on a way no wheel can pass, such as a stile or a raised kerb."""
    if not len(known.footing.stops):
        return 0
    near = cKDTree(np.column_stack([route.x, route.y])).query(known.footing.stops)[0]
    return int(np.count_nonzero(near <= SAME))


def _line(known: Ground, route: Route, door: Sequence[Floats], way_in: Sequence[Floats]) -> list[list[float]]:
    """Return a way as a line in longitude and latitude, from door to way in."""
    x, y = (np.concatenate(ends) for ends in zip(door, (route.x, route.y), way_in, strict=True))
    longitude, latitude = known.projection.degrees(x, y)
    return [[round(float(a), 7), round(float(b), 7)] for a, b in zip(longitude, latitude, strict=True)]
