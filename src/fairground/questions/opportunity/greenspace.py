"""Is green space near enough to one site, by the rule in force and by every other way to measure?

The site is a point, a postcode or a boundary. The answer's value is a mapping whose `metres` is the walk from
the door to the nearest way in of a space that counts, and whose `pass` is true, false or, where no way in is
mapped, null. A wheelchair's answer stands beside the walker's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.evidence import Answer, Method, merged
from fairground.networks import snap
from fairground.opportunity.greenspace import Distances, Rule, Sites, WaysIn, judge, openings, rule
from fairground.opportunity.greenspace.changes import BESIDE, FINER, PATH, STEP
from fairground.opportunity.greenspace.finding import by_size, walked_again
from fairground.opportunity.greenspace.rules import sizes
from fairground.questions.opportunity.green_legs import on_foot, on_wheels
from fairground.questions.opportunity.green_rows import SAID, definitions, name, number, told
from fairground.questions.opportunity.green_steps import about, headline, of_site
from fairground.questions.opportunity.ground import Ground, ground
from fairground.questions.opportunity.walking import FAR, Walker
from fairground.questions.opportunity.whereabouts import Site, doubt_of, places_of
from fairground.sources.catalogue import source

__all__ = ["check"]

Floats = NDArray[np.float64]
LATEST = date.max
METHOD = Method(
    "green-space-near",
    "The exact walk along streets to a way in, beside straight lines to the edge and to a way in",
    "Dijkstra, Numerische Mathematik 1 (1959); Karney, Journal of Geodesy 87 (2013), for lengths",
)


@dataclass(frozen=True)
class Asked:
    """What is asked of a site: the rule, the size floor of the walk, further kinds that count, the day."""

    rule: Rule
    least: float
    include: tuple[str, ...]
    on: date

    @staticmethod
    def of(
        rule_id: str, limit: float | None, min_hectares: float | None, include: Sequence[str], on: date
    ) -> Asked:
        """Return what is asked, with the rule's own numbers where no others are given."""
        judged = rule(rule_id, on=on, limit=limit, hectares=min_hectares)
        return Asked(judged, judged.hectares if min_hectares is not None else 0.0, tuple(include), on)

    @property
    def floors(self) -> tuple[float, ...]:
        """The size floors of the rows: any size, those of the standards, and the rule's own."""
        return tuple(sorted({0.0, *sizes(self.on)[:2], self.rule.hectares, self.least}))


def check(
    streets: str | Path,
    *,
    at: tuple[float, float] | None = None,
    boundary: str | Path = "",
    postcode: str = "",
    postcodes: str | Path = "",
    green: str | Path = "",
    rule_id: str = "ipprn",
    limit: float | None = None,
    min_hectares: float | None = None,
    include: Sequence[str] = (),
    on: date = LATEST,
) -> Answer[dict[str, Any]]:
    """Answer how far one site is from green space that everybody may enter.

    Parameters
    ----------
    streets : an OpenStreetMap extract (PBF). at : latitude and longitude of the site.
    boundary : instead, a GeoJSON or GeoPackage file with the site's boundary; its worst corner is judged.
    postcode : instead, a postcode, found in the file `postcodes`.
    green : a file of green spaces to use instead of those of the street map.
    rule_id, limit, min_hectares : the rule in force, and metres and hectares instead of its own.
    include : kinds that count besides, such as "golf". on : the day whose rules are asked for; the latest.

    Returns
    -------
    Answer : a mapping. "metres" is the walk from the door to the nearest way in, unrounded, or None where
        nothing within 10 km is reachable; "pass" is True, False or None (unknown); "reason" says why; "rows"
        holds every way to measure.

    Raises
    ------
    BadInput : not exactly one site, a place that is not on the map, no such rule or kind.
    DataProblem : a file that is missing or broken.
    """
    site = Site(at, boundary, postcode, postcodes)
    asked = Asked.of(rule_id, limit, min_hectares, include, on)
    known = ground(streets, green)
    x, y, more = places_of(known, site)
    sites, ways = known.sites(asked.include)
    found = measured(known, sites, ways, x, y, asked.floors)
    worst = int(np.argmax(found[asked.least].metres["door"]))
    value = told(sites, ways, found, worst, asked.rule, asked.least, on)
    value |= _whereabouts(known, ways, found[asked.least], x, y, worst, asked.rule.metres)
    alone = measured(known, sites, ways, x[[worst]], y[[worst]], (asked.least,))[asked.least]
    value |= beside(known, sites, ways, alone, x[[worst]], y[[worst]], asked.rule.metres)
    value |= changed(known, sites, x[[worst]], y[[worst]], asked)
    value["place_doubt_metres"] = doubt_of(Path(postcodes)) if postcode else 0.0
    value["rows"] = definitions(sites, found, worst, asked.rule.metres)
    steps = (headline(value), *about(known, asked.include, asked.rule, sites, ways), *of_site(value))
    return Answer(value, METHOD, steps, merged(known.sources, more, (source("ippr-parallel-lives-2023"),)))


def measured(
    known: Ground, sites: Sites, ways: WaysIn, x: Floats, y: Floats, floors: Sequence[float]
) -> dict[float, Distances]:
    """Return how far homes are from spaces of each size floor."""
    walker, line = known.footing.walking(x, y), known.footing.line
    return by_size(sites, ways, x, y, walk=walker, line=line, floors=floors, furthest=FAR)


def _whereabouts(
    known: Ground, ways: WaysIn, found: Distances, x: Floats, y: Floats, worst: int, limit: float
) -> dict[str, Any]:
    """Return where the site and its way in are, and whether the map ends nearer than the limit."""
    longitude, latitude = known.projection.degrees(x[[worst]], y[[worst]])
    way = int(found.way_in["door"][worst])
    into: tuple[Any, Any] = (None, None)
    if way >= 0:
        east, north = known.projection.degrees(ways.x[[way]], ways.y[[way]])
        into = (float(north[0]), float(east[0]))
    return {
        "latitude": float(latitude[0]),
        "longitude": float(longitude[0]),
        "way_in_latitude": into[0],
        "way_in_longitude": into[1],
        "corners": len(x),
        "nearest_metres": number(found.metres["door"].min()),
        **on_foot(known, ways, x[[worst]], y[[worst]], way),
        "edge_of_data": bool(known.to_the_end(x[[worst]], y[[worst]])[0] < limit),
    }


def beside(
    known: Ground, sites: Sites, ways: WaysIn, found: Distances, x: Floats, y: Floats, limit: float
) -> dict[str, Any]:
    """Return the further figures of a home: with inferred ways in, and by wheelchair or pushchair.

    By wheel the rule is met where a way that is surely passable is within the limit; where only one that may
    be passable is, nobody knows.
    """

    def again(counted: WaysIn, walker: Walker) -> Floats:
        return walked_again(found, counted, x, y, walk=walker, sites=sites)

    wheeler, walker = known.footing.wheeling(x, y, "bar"), known.footing.walking(x, y)
    unbarred = known.footing.walking(x, y, barriers=False)
    sure, perhaps = again(ways, wheeler), again(ways, wheeler.over("pass"))
    hidden = np.minimum(perhaps, found.hidden)
    return {
        "with_inferred_metres": number(again(ways.every(), walker)[0]),
        "unbarred_metres": number(again(ways, unbarred)[0]),
        "crossed": bool(snap(known.walk, x, y).crossed[0]),
        "wheel_metres": number(sure[0]),
        "wheel_metres_if_passable": number(perhaps[0]),
        "wheel_pass": SAID[int(judge(sure, limit, hidden=hidden)[0])],
        **on_wheels(known, sites, ways, found, x, y),
    }


def changed(known: Ground, sites: Sites, x: Floats, y: Floats, asked: Asked) -> dict[str, Any]:
    """Return what one new entrance, and one new path, would change for a home: its walk then."""
    circle = shapely.Point(x[0], y[0]).buffer(2 * asked.rule.metres)
    large = np.flatnonzero(sites.hectares >= asked.least)
    near = large[shapely.intersects(circle, sites.shapes[large])]

    def to_street(east: Floats, north: Floats) -> Floats:
        return snap(known.walk, east, north, furthest=PATH).gap

    walker = known.footing.walking(x, y)
    tried = openings(sites, near, to_street=to_street, near=circle)
    value: dict[str, Any] = {}
    for what, furthest in (("entrance", BESIDE), ("path", PATH)):
        some = tried.nearer_than(furthest)
        which = int(walker(x, y, some.x, some.y).which[0])
        if which >= 0:
            about = shapely.Point(some.x[which], some.y[which]).buffer(STEP)
            finer = openings(sites, some.site[[which]], to_street=to_street, step=FINER, near=about)
            some = finer.nearer_than(furthest)
        walked = walker(x, y, some.x, some.y)
        which = int(walked.which[0])
        longitude, latitude = (
            known.projection.degrees(some.x[[which]], some.y[[which]]) if which >= 0 else ([0], [0])
        )
        value |= {
            f"new_{what}_metres": number(walked.metres[0] + walked.door[0]),
            f"new_{what}_space": name(sites, int(some.site[which])) if which >= 0 else "",
            f"new_{what}_latitude": float(latitude[0]) if which >= 0 else None,
            f"new_{what}_longitude": float(longitude[0]) if which >= 0 else None,
        }
    return value
