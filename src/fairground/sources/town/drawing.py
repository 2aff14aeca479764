"""Draws the made-up town on its sheet: streets, water, railway, green spaces, shops, homes, the boundary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fairground.sources.town.houses import House
from fairground.sources.town.plan import Plan, Point, Street
from fairground.sources.town.sheet import Sheet

BANK = 15.0  # metres from the middle of the river to its edge


def draw(plan: Plan, lines: Iterable[tuple[Street, Sequence[Point]]], homes: Iterable[House]) -> Sheet:
    """Return the whole map of the town, in metres of the plan."""
    sheet = Sheet()
    for street, line in lines:
        sheet.line(line, street.tags)
    _river(sheet, plan)
    _railway(sheet, plan)
    for ground in (*plan.parks, *plan.buildings):
        sheet.ring(ground.ring, ground.tags)
    for spot in plan.spots:
        sheet.point(spot.at, spot.tags, shared=spot.on)
    _stops(sheet, plan)
    for home in homes:
        _house(sheet, home)
    _boundary(sheet, plan)
    return sheet


def _river(sheet: Sheet, plan: Plan) -> None:
    middle, end = plan.size[1] / 3, plan.size[0] + 150.0
    name = {"name": "River Dogger"}
    sheet.line([(-50.0, middle), (end, middle)], {"waterway": "river", **name})
    south, north = middle - BANK, middle + BANK
    outer = sheet.ring([(-50.0, south), (end, south), (end, north), (-50.0, north)], {})
    eyot = [(1690.0, middle - 8), (1770.0, middle - 8), (1770.0, middle + 8), (1690.0, middle + 8)]
    inner = sheet.ring(eyot, {"place": "islet", "name": "The Eyot"})
    members = [("w", outer, "outer"), ("w", inner, "inner")]
    sheet.relations.append((members, {"type": "multipolygon", "natural": "water", "water": "river", **name}))


def _railway(sheet: Sheet, plan: Plan) -> None:
    middle, top, rails = plan.size[1] / 3, plan.size[1] + 50, {"railway": "rail", "name": "Dogger Line"}
    sheet.line([(1500.0, -50.0), (1500.0, middle - 30)], rails)
    sheet.line([(1500.0, middle - 30), (1500.0, middle + 30)], {**rails, "bridge": "yes", "layer": "1"})
    sheet.line([(1500.0, middle + 30), (1500.0, 850.0), (1500.0, top)], rails)


def _stops(sheet: Sheet, plan: Plan) -> None:
    for route in plan.routes:
        for n, (x, y) in enumerate(route.stops):
            tags = {"highway": "bus_stop", "name": f"Stop {n + 1}", "route_ref": route.id}
            sheet.point((x + 4, y + 4), {**tags, "ref": f"{route.id}-{n + 1}"}, shared=False)
    name, (x, y) = plan.quiet_stop
    sheet.point((x + 4, y + 4), {"highway": "bus_stop", "name": name, "ref": "quiet"}, shared=False)


def _house(sheet: Sheet, home: House) -> None:
    tags = {"building": "house"}
    if home.homes > 1:
        tags = {"building": "apartments", "building:flats": str(home.homes), "name": home.street}
    if home.addressed:
        tags |= {
            "addr:housenumber": str(home.number),
            "addr:street": home.street,
            "addr:postcode": home.postcode,
        }
    sheet.ring(home.corners, tags, curved=False)


def _boundary(sheet: Sheet, plan: Plan) -> None:
    width, height = plan.size
    ring = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
    way = sheet.ring(ring, {"boundary": "administrative", "admin_level": "8"})
    tags = {"type": "boundary", "boundary": "administrative", "admin_level": "8"}
    said = {"name": plan.authority, "ref": plan.code, "note": plan.note}
    sheet.relations.append(([("w", way, "outer")], {**tags, **said}))
    sheet.point(
        (500.0, 745.0),
        {"place": "town", "name": plan.name, "note": plan.note, "fictional": "yes"},
        shared=False,
    )
