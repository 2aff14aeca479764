"""Sets two places side by side: green space and what a day needs, for whole places or for two doors.

The numbers are those of the two answers that each place already has; nothing is worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Step, merged

__all__ = ["Side", "compare"]

SHARE, METRES, MINUTES, NEEDS = "per cent", "metres", "minutes", "needs"
METHOD = Method(
    "side-by-side",
    "Both places answered in the same way, by the same rule and definition, and set side by side",
    "The methods of the two answers: green space near enough; neighbourhood needs",
)
Figures = Iterator[tuple[str, str, float | None]]


@dataclass(frozen=True)
class Side:
    """One place: its name, its answer about green space and its answer about what a day needs.

    Both answers are about the whole place (`green_coverage.coverage`, `neighbourhoods.score`) or both about
    one door (`greenspace.check`, `near_spot.check`).
    """

    name: str
    green: Answer[Any]
    near: Answer[Any]


@dataclass(frozen=True)
class ComparedRow:
    """One figure of both places, its unit, and how much more the second has."""

    name: str
    unit: str
    first_place: float | None
    second_place: float | None
    second_less_first: float | None


@dataclass(frozen=True)
class Comparison:
    """Two places side by side. first, second : their names. of : "places" or "doors"."""

    first: str
    second: str
    of: str
    rows: tuple[ComparedRow, ...]


def compare(first: Side, second: Side) -> Answer[Comparison]:
    """Set two places side by side.

    Parameters
    ----------
    first, second : each with its two answers, asked by the same rule and definition.

    Returns
    -------
    Answer : a row for each figure: shares in per cent, metres or minutes; None where nothing can be reached.

    Raises
    ------
    BadInput : one is a whole place and the other a door, or they were not asked in the same way.
    """
    kinds = {_is_door(side) for side in (first, second)}
    if len(kinds) != 1:
        raise BadInput("A door is compared with a door, and a whole place with a whole place", "second")
    door = kinds.pop()
    figures = _of_door if door else _of_place
    pairs = list(zip(figures(first), figures(second), strict=False))
    if [a[:2] for a, _ in pairs] != [b[:2] for _, b in pairs] or _asked(first) != _asked(second):
        raise BadInput("Both places must be asked in the same way", "second", second.name)
    rows = tuple(ComparedRow(name, unit, a, b, _difference(a, b)) for (name, unit, a), (_, _, b) in pairs)
    value = Comparison(first.name, second.name, "doors" if door else "places", rows)
    sources = merged(*(answer.sources for side in (first, second) for answer in (side.green, side.near)))
    return Answer(value, METHOD, (_headline(value), *_rules(first)), sources)


def _is_door(side: Side) -> bool:
    return isinstance(side.green.value, dict)


def _asked(side: Side) -> tuple[Any, ...]:
    mode = getattr(side.near.value, "mode", "walk")
    return side.near.value.preset, mode, tuple(step for step in side.green.steps if ".said" in step.code)


def _difference(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else second - first


def _of_place(side: Side) -> Figures:
    """Yield the figures of a whole place: shares of homes and people in per cent."""
    green, near = side.green.value, side.near.value
    yield "Homes near enough to green space, for sure", SHARE, _percent(green.share)
    yield "The same, at most", SHARE, _percent(green.share_at_most)
    on_wheels = green.wheel_passing / green.people if green.people else None
    yield "The same, by wheelchair or pushchair, for sure", SHARE, _percent(on_wheels)
    ways = {"walk": "on foot", "wheel": "by wheelchair or pushchair", "cycle": "by bicycle"}
    way, beside = ways[near.mode], ways[near.beside]
    yield f"People with at least half of their needs in reach, {way}", SHARE, _percent(near.half_share)
    yield f"The same, {beside}, for sure", SHARE, _percent(near.beside_half_share)
    yield f"The gap between {way} and {beside}", "points", _percent(near.gap)
    yield "Needs in reach, on average", NEEDS, near.mean_needs_met
    for row in near.rows:
        yield f"{row.name} in reach, {way}", SHARE, _percent(row.share)
        yield f"{row.name} in reach, {beside}, for sure", SHARE, _percent(row.beside_share)


def _of_door(side: Side) -> Figures:
    """Yield the figures of one door: metres to green space, minutes to each need."""
    green, near = side.green.value, side.near.value
    yield "Green space, on foot", METRES, green["metres"]
    yield "Green space, by wheelchair or pushchair", METRES, green["wheel_metres"]
    yield "Green space, in a straight line to the edge", METRES, green["edge_metres"]
    yield "Needs in reach on foot", NEEDS, float(near.met)
    yield "Needs in reach by wheelchair or pushchair, for sure", NEEDS, float(near.wheel_met)
    for row in near.rows:
        yield f"{row.name}, on foot", MINUTES, row.on_foot
        yield f"{row.name}, by wheelchair or pushchair", MINUTES, row.on_wheels


def _percent(share: float | None) -> float | None:
    return None if share is None else 100.0 * share


def _headline(value: Comparison) -> Step:
    numbers = {row.name: row for row in value.rows}
    facts: dict[str, Any] = {"first": value.first, "second": value.second}
    if value.of == "doors":
        needs = numbers["Needs in reach on foot"]
        wheels = numbers["Needs in reach by wheelchair or pushchair, for sure"]
        facts |= {"a": needs.first_place, "b": needs.second_place}
        return Step("compare.doors", facts | {"c": wheels.first_place, "d": wheels.second_place})
    green, half = value.rows[0], value.rows[3]
    facts |= {"a": (green.first_place or 0.0) / 100, "b": (green.second_place or 0.0) / 100}
    facts |= {"c": (half.first_place or 0.0) / 100, "d": (half.second_place or 0.0) / 100}
    return Step("compare.places", facts)


def _rules(side: Side) -> tuple[Step, ...]:
    """Return by which rule and definition both were asked."""
    kept = ("greenspace.rule.said", "greenspace.any-size.said", "greenspace.rule.reading",
            "greenspace.any-size.reading", "neighbourhoods.definition", "neighbourhoods.limit")  # fmt: skip
    told = tuple(step for step in (*side.green.steps, *side.near.steps) if step.code in kept)
    return (*told, Step("compare.unreached"), Step("compare.unknown"))
