"""Every place that Fairground knows, past, present and planned, read from its bundled tables.

The tables are `places`, `bodies`, `successions`, `names` and `memberships`; where they differ from what
the publisher wrote, `place_corrections` says how and why. Explained in `docs/explanation/places.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from fairground import tables
from fairground.errors import DataProblem
from fairground.places.place import Body, Place, Succession

ENGLAND, UNITED_KINGDOM, POPULATION_YEAR = "E92000001", "K02000001", 2022


@dataclass(frozen=True)
class Name:
    """One more name for a place: `register`, `statistics`, `official`, `short` or `part` of its name."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True)
class Correction:
    """A fact that the publisher has wrong, what it should be, and why."""

    table: str
    key: str
    field: str
    published: str
    corrected: str
    reason: str
    source: str


@dataclass(frozen=True)
class Tile:
    """Where a region sits on the tile map: rows count down from the north, columns from the west."""

    code: str
    row: int
    column: int


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _place(row: Mapping[str, str], number: int) -> Place:
    try:
        people = int(row["population_2022"]) if row["population_2022"] else None
        start, end = _day(row["start"]), _day(row["end"])
    except ValueError as fault:
        raise DataProblem(f"A cell cannot be read ({fault})", file="places.csv", row=number) from fault
    return Place(
        row["code"],
        row["name"],
        row["slug"],
        row["kind"],
        row["tier"],
        nation=_nation(row),
        region=row["region"] or None,
        county=row["county"] or None,
        population=people,
        population_year=POPULATION_YEAR if people is not None else None,
        start=start,
        end=end,
        planned=row["planned"],
        body=row["body"],
        source=row["source"],
    )


def _nation(row: Mapping[str, str]) -> str | None:
    if row["code"] == UNITED_KINGDOM:
        return None
    return UNITED_KINGDOM if row["kind"] == "nation" else ENGLAND


@cache
def places() -> Mapping[str, Place]:
    """Return every place of every date by its code, without memberships that change over time.

    Raises
    ------
    DataProblem : a cell of the table cannot be read.
    """
    found = (_place(row, number) for number, row in enumerate(tables.rows("places"), start=2))
    return MappingProxyType({place.code: place for place in found})


@cache
def bodies() -> Mapping[str, Body]:
    """Return every body by its key."""
    found = (
        Body(
            row["key"],
            row["official_name"],
            row["type"],
            tuple(row["areas"].split()),
            _day(row["start"]),
            _day(row["end"]),
            row["source"],
        )
        for row in tables.rows("bodies")
    )
    return MappingProxyType({body.key: body for body in found})


@cache
def successions() -> tuple[Succession, ...]:
    """Return every change from one place to another, oldest first."""
    return tuple(
        Succession(
            row["predecessor"],
            row["successor"],
            date.fromisoformat(row["on"]),
            row["kind"],
            row["planned"] == "yes",
            row["source"],
        )
        for row in tables.rows("successions")
    )


@cache
def names() -> tuple[Name, ...]:
    """Return every further name of every place: those of the table, and the official names of bodies."""
    listed = (Name(row["code"], row["name"], row["kind"]) for row in tables.rows("names"))
    official = (Name(code, b.official_name, "official") for b in bodies().values() for code in b.areas)
    return (*listed, *official)


@cache
def memberships() -> Mapping[str, tuple[str, ...]]:
    """Return the codes of the combined authorities that each county or district has ever belonged to."""
    found: dict[str, list[str]] = {}
    for row in tables.rows("memberships"):
        found.setdefault(row["member"], []).append(row["authority"])
    return MappingProxyType({member: tuple(codes) for member, codes in found.items()})


@cache
def corrections() -> tuple[Correction, ...]:
    """Return what Fairground changed in the published tables, each with its reason."""
    return tuple(Correction(**row) for row in tables.rows("place_corrections"))


@cache
def tiles() -> tuple[Tile, ...]:
    """Return the position of each of the nine regions on the tile map."""
    return tuple(Tile(r["code"], int(r["row"]), int(r["column"])) for r in tables.rows("region_tiles"))


@cache
def latest_day() -> date:
    """Return the day of the latest settled change in the tables: the register's own "today".

    The clock is never read, so that the same edition always gives the same answer.
    """
    starts = [p.start for p in places().values() if p.start and p.planned != "start"]
    return max([*starts, *(s.on for s in successions() if not s.planned)])
