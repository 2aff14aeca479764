"""The homes of the made-up town: houses along lived-in streets, with gaps, and a few blocks of flats."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from shapely import STRtree
from shapely.geometry import LineString, Polygon, box
from shapely.geometry import Point as Dot

from fairground.sources.town.plan import Plan, Point

APART, BACK, WIDE, DEEP = 14.0, 14.0, 9.0, 8.0  # metres
GAP = 0.12  # share of plots left empty
FIRST_ID = 990_000_000_001  # of twelve digits, as UPRNs are; none so high is in use


@dataclass(frozen=True, slots=True)
class House:
    """A building with one or more homes: its corners and its middle in metres of the plan."""

    corners: tuple[Point, ...]
    middle: Point
    number: int
    street: str
    postcode: str
    first_id: int
    homes: int
    addressed: bool


def houses(plan: Plan, lines: Sequence[tuple[str, Sequence[Point]]], seed: int) -> list[House]:
    """Return the houses along the lived-in lines, then the flats; none stands on anything else."""
    chance = random.Random(seed + 1)
    taken = _taken(plan)
    tree = STRtree(taken)
    plots: list[tuple[Polygon, str]] = []
    for block in plan.flats:
        plots.append((_box(block.at, 0.0, 18.0, 16.0), block.name))
    fixed = STRtree([plot for plot, _ in plots])
    for name, line in lines:
        for plot in _beside(LineString(line)):
            clear = not len(tree.query(plot, "intersects")) and not len(fixed.query(plot, "intersects"))
            if chance.random() >= GAP and clear:
                plots.append((plot, name))
    return _addressed(plan, _apart(plots), chance)


def _taken(plan: Plan) -> list[Polygon]:
    """Return what no house may stand on: streets, river, railway, parks, other buildings, the site."""
    width, height = plan.size
    grounds = [Polygon(g.ring) for g in (*plan.parks, *plan.buildings, plan.application)]
    ways = [LineString(s.line).buffer(7.0 if s.homes else 5.0, cap_style="flat") for s in plan.streets]
    shops = [Dot(s.at).buffer(8.0) for s in plan.spots if not s.on]
    water = [box(-50, 475, width + 150, 525), box(1490, -50, 1510, height + 50)]
    return [*grounds, *ways, *shops, *water]


def _beside(line: LineString) -> list[Polygon]:
    found = []
    for n in range(1, int(line.length // APART)):
        at, ahead = line.interpolate(n * APART), line.interpolate(n * APART + 1.0)
        turn = math.atan2(ahead.y - at.y, ahead.x - at.x)
        for side in (BACK, -BACK):
            middle = (at.x - side * math.sin(turn), at.y + side * math.cos(turn))
            found.append(_box(middle, turn, WIDE, DEEP))
    return found


def _box(middle: Point, turn: float, wide: float, deep: float) -> Polygon:
    c, s = math.cos(turn), math.sin(turn)
    corners = [(-wide / 2, -deep / 2), (wide / 2, -deep / 2), (wide / 2, deep / 2), (-wide / 2, deep / 2)]
    return Polygon([(middle[0] + x * c - y * s, middle[1] + x * s + y * c) for x, y in corners])


def _apart(plots: list[tuple[Polygon, str]]) -> list[tuple[Polygon, str]]:
    """Return the plots without those that touch an earlier one."""
    shapes = [plot for plot, _ in plots]
    tree = STRtree(shapes)
    dropped: set[int] = set()
    for n, shape in enumerate(shapes):
        if n not in dropped:
            dropped |= {other for other in tree.query(shape, "intersects").tolist() if other > n}
    return [pair for n, pair in enumerate(plots) if n not in dropped]


def _addressed(plan: Plan, plots: list[tuple[Polygon, str]], chance: random.Random) -> list[House]:
    homes_of = {block.name: block.homes for block in plan.flats}
    numbers: dict[str, int] = {}
    names = sorted({name for _, name in plots})
    found: list[House] = []
    next_id = FIRST_ID
    for shape, name in plots:
        number = numbers[name] = numbers.get(name, 0) + 1
        middle = (round(shape.centroid.x, 2), round(shape.centroid.y, 2))
        corners = tuple((round(x, 2), round(y, 2)) for x, y in shape.exterior.coords[:-1])
        postcode = _postcode(plan.district, names.index(name), number)
        homes = homes_of.get(name, 1)
        found.append(House(corners, middle, number, name, postcode, next_id, homes, chance.random() < 0.8))
        next_id += homes
    return found


def _postcode(district: str, street: int, number: int) -> str:
    """Return a postcode shared by some thirty homes of a street."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    unit = (number - 1) // 30
    return f"{district} {street % 9 + 1}{letters[street // 9]}{letters[unit]}"
