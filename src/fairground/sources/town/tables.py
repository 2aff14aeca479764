"""The made-up town's tables and shapes: homes, postcodes, small areas with people, parks, an application."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from shapely.geometry import Point as Dot
from shapely.geometry import Polygon

from fairground.sources.town.bent import Bent, drawn
from fairground.sources.town.houses import House
from fairground.sources.town.plan import Plan, Point

ACROSS = 4  # small areas from west to east
PEOPLE = (1.9, 2.6)  # people in a home, at least and at most, by small area
CHILDREN, OLDER = (0.14, 0.24), (0.12, 0.26)  # shares of people under 16, and of 65 and over


def home_rows(plan: Plan, bent: Bent, homes: Sequence[House]) -> tuple[list[tuple[Any, ...]], Counter[str]]:
    """Return a row for each home (with its headings first), and how many homes each small area has."""
    where = bent.degrees([home.middle for home in homes])
    grid = bent.national(where)
    heads = (
        "UPRN",
        "X_COORDINATE",
        "Y_COORDINATE",
        "LATITUDE",
        "LONGITUDE",
        "ADDRESS",
        "POSTCODE",
        "AREA",
        "AREA_NAME",
        "IMD_DECILE",
        "FICTIONAL",
    )
    named = {_code(n): told for n, told in enumerate(plan.areas)}
    rows: list[tuple[Any, ...]] = [heads]
    count: Counter[str] = Counter()
    for home, (lon, lat), (east, north) in zip(homes, where, grid, strict=True):
        area = area_code(plan, home.middle)
        for n in range(home.homes):
            said = f"Flat {n + 1}, {home.street}" if home.homes > 1 else f"{home.number} {home.street}"
            at = (east, north, f"{lat:.7f}", f"{lon:.7f}")
            rows.append((home.first_id + n, *at, said, home.postcode, area, *named[area], "yes"))
            count[area] += 1
    return rows, count


def area_code(plan: Plan, at: Point) -> str:
    """Return the code of the small area that a point of the plan lies in."""
    width, height = plan.size
    down = len(plan.areas) // ACROSS
    column = min(max(int(at[0] / width * ACROSS), 0), ACROSS - 1)
    row = min(max(int(at[1] / height * down), 0), down - 1)
    return _code(row * ACROSS + column)


def _code(n: int) -> str:
    return f"E999{n + 1:05d}"


def area_rows(plan: Plan, homes: Counter[str], seed: int) -> list[tuple[Any, ...]]:
    """Return a row for each small area: people, children, older people, tenth of deprivation."""
    chance = random.Random(seed + 2)
    heads = ("area", "name", "homes", "people", "under_16", "over_64", "imd_decile", "fictional")
    rows: list[tuple[Any, ...]] = [heads]
    for n, (name, decile) in enumerate(plan.areas):
        people = round(homes[_code(n)] * chance.uniform(*PEOPLE))
        young, old = round(people * chance.uniform(*CHILDREN)), round(people * chance.uniform(*OLDER))
        rows.append((_code(n), name, homes[_code(n)], people, young, old, decile, "yes"))
    return rows


def postcode_rows(plan: Plan, bent: Bent, homes: Iterable[House]) -> list[tuple[Any, ...]]:
    """Return the middle of each postcode's homes in the columns of Code-Point Open."""
    groups: defaultdict[str, list[Point]] = defaultdict(list)
    for home in homes:
        groups[home.postcode] += [home.middle] * home.homes
    middles = [
        (sum(x for x, _ in group) / len(group), sum(y for _, y in group) / len(group))
        for _, group in sorted(groups.items())
    ]
    grid = bent.national(bent.degrees(middles))
    heads = (
        "Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,NHS_regional_HA_code,"
        "NHS_HA_code,Admin_county_code,Admin_district_code,Admin_ward_code"
    )
    rows: list[tuple[Any, ...]] = [tuple(heads.split(","))]
    for postcode, (east, north) in zip(sorted(groups), grid, strict=True):
        rows.append((postcode, 10, east, north, "E92000001", "", "", "", plan.code, ""))
    return rows


def park_shapes(plan: Plan, bent: Bent) -> str:
    """Return the green spaces as GeoJSON, with the size of each and how its way in is known."""
    found = []
    for park in plan.parks:
        ring, metres = _ring(bent, park.ring)
        kind = next(park.tags[key] for key in ("leisure", "landuse") if key in park.tags)
        facts = {"id": park.id, "name": park.name, "kind": kind, "way_in": park.way_in}
        size = {"hectares": round(Polygon(metres).area / 10_000, 2)}
        found.append(_feature("Polygon", [ring], facts | size))
    return _collection(plan, found)


def entrance_shapes(plan: Plan, bent: Bent) -> str:
    """Return the mapped gates of the green spaces as GeoJSON; some are locked."""
    gates = [spot for spot in plan.spots if spot.park]
    where = bent.degrees([gate.at for gate in gates])
    return _collection(
        plan,
        [
            _feature("Point", at, {"park": gate.park, **gate.tags})
            for gate, at in zip(gates, where, strict=True)
        ],
    )


def home_shapes(plan: Plan, rows: Sequence[Sequence[Any]]) -> str:
    """Return the homes as GeoJSON points, one for each row of the table of homes."""
    return _collection(
        plan, [_feature("Point", (float(r[4]), float(r[3])), {"id": r[0], "area": r[7]}) for r in rows[1:]]
    )


def area_shapes(plan: Plan, bent: Bent, rows: Sequence[Sequence[Any]]) -> str:
    """Return the twelve small areas as GeoJSON."""
    width, height = plan.size[0] / ACROSS, plan.size[1] / (len(plan.areas) // ACROSS)
    found = []
    for n, row in enumerate(rows[1:]):
        x, y = (n % ACROSS) * width, (n // ACROSS) * height
        ring, _ = _ring(bent, [(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
        found.append(_feature("Polygon", [ring], dict(zip(rows[0], row, strict=True))))
    return _collection(plan, found)


def application_shapes(plan: Plan, bent: Bent) -> tuple[str, str]:
    """Return the planning application as GeoJSON: its site, and its homes in rows."""
    site = plan.application
    ring, _ = _ring(bent, site.ring)
    reference = {"application": site.tags["ref"], "name": site.name}
    area, (left, low, right, high) = Polygon(site.ring), Polygon(site.ring).bounds
    across = 10
    down = plan.planned_homes // across
    spots = [
        (left + (right - left) * (n % across + 0.5) / across, low + (high - low) * (n // across + 0.5) / down)
        for n in range(plan.planned_homes)
    ]
    homes = [
        _feature("Point", at, {"id": f"plot-{n}", **reference})
        for n, at in enumerate(bent.degrees([spot for spot in spots if area.contains(Dot(spot))]), 1)
    ]
    return _collection(plan, [_feature("Polygon", [ring], reference)]), _collection(plan, homes)


def as_csv(rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as the text of a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _ring(bent: Bent, ring: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    points = [at for at, _ in drawn((*ring, ring[0]))]
    return bent.degrees(points), [bent.metres(at) for at in points]


def _feature(kind: str, coordinates: Any, facts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": facts}


def _collection(plan: Plan, found: list[dict[str, Any]]) -> str:
    whole = {"type": "FeatureCollection", "name": plan.name, "note": plan.note, "features": found}
    return json.dumps(whole, separators=(",", ":"), ensure_ascii=False) + "\n"
