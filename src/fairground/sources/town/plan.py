"""The plan of the made-up town: its streets, parks, shops, buses and small areas, read from `town.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Point = tuple[float, float]
Tags = dict[str, str]

LIVED_IN = {"residential", "living_street"}


@dataclass(frozen=True, slots=True)
class Street:
    """A line that people move along, in metres of the plan."""

    name: str
    line: tuple[Point, ...]
    tags: Tags
    layer: int | None
    homes: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """A closed ring: a park, a school, a yard. `way_in` says how a green space is entered."""

    name: str
    ring: tuple[Point, ...]
    tags: Tags
    id: str = ""
    way_in: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A single point: a gate, a crossing, a shop. `on`: it is a point of each way that passes there."""

    at: Point
    tags: Tags
    on: bool = False
    park: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of flats: many homes behind one door."""

    name: str
    homes: int
    at: Point


@dataclass(frozen=True, slots=True)
class Route:
    """A bus route: its stops in order, minutes between buses, and the stops whose times are in the file."""

    id: str
    name: str
    every: int
    first: str
    last: str
    stops: tuple[Point, ...]
    timing_points: tuple[int, ...]
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole town."""

    name: str
    code: str
    authority: str
    note: str
    origin: Point
    size: Point
    district: str
    streets: tuple[Street, ...]
    parks: tuple[Ground, ...]
    buildings: tuple[Ground, ...]
    spots: tuple[Spot, ...]
    flats: tuple[Block, ...]
    areas: tuple[tuple[str, int], ...]
    routes: tuple[Route, ...]
    application: Ground
    planned_homes: int
    quiet_stop: tuple[str, Point]


@cache
def plan() -> Plan:
    """Return the plan of the made-up town.

    >>> plan().name, len(plan().parks), len(plan().areas)
    ('Doggerby', 12, 12)
    """
    told = tomllib.loads(files(__package__).joinpath("town.toml").read_text("utf-8"))
    asked = told["application"]
    return Plan(
        **{name: told[name] for name in ("name", "code", "authority", "note", "district")},
        origin=_point(told["origin"]),
        size=_point(told["size"]),
        streets=tuple(map(_street, told["streets"])),
        parks=tuple(map(_ground, told["parks"])),
        buildings=tuple(map(_ground, told["buildings"])),
        spots=tuple(Spot(**row | {"at": _point(row["at"])}) for row in told["points"]),
        flats=tuple(Block(**row | {"at": _point(row["at"])}) for row in told["flats"]),
        areas=tuple((row["name"], row["decile"]) for row in told["areas"]),
        routes=tuple(map(_route, told["routes"])),
        application=Ground(asked["name"], _line(asked["ring"]), {"ref": asked["reference"]}),
        planned_homes=asked["homes"],
        quiet_stop=(told["quiet_stop"]["name"], _point(told["quiet_stop"]["at"])),
    )


def _point(pair: Any) -> Point:
    return float(pair[0]), float(pair[1])


def _line(pairs: Any) -> tuple[Point, ...]:
    return tuple(map(_point, pairs))


def _street(row: dict[str, Any]) -> Street:
    kind = {"highway": row["highway"]} if "highway" in row else {}
    layer = row.get("layer")
    tags = {"name": row["name"], **kind, **row["tags"], **({} if layer is None else {"layer": str(layer)})}
    lived_in = row.get("homes", row.get("highway") in LIVED_IN)
    return Street(row["name"], _line(row["line"]), tags, layer, lived_in)


def _ground(row: dict[str, Any]) -> Ground:
    return Ground(**row | {"ring": _line(row["ring"]), "tags": {"name": row["name"], **row["tags"]}})


def _route(row: dict[str, Any]) -> Route:
    days = {"days": tuple(row["days"])} if "days" in row else {}
    return Route(**row | {"stops": _line(row["stops"]), "timing_points": tuple(row["timing_points"])} | days)
