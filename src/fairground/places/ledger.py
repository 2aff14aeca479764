"""What is written down about every place, past and present, read from the bundled tables.

From mySociety's list of councils (CC BY 4.0), the Office for National Statistics and legislation; each row
names its source. What we changed in the published list is in `corrections`, each with a reason.
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


@dataclass(frozen=True)
class Correction:
    """A fact that a published list has wrong: what it said, what we hold instead, and why."""

    code: str
    field: str
    was: str
    now: str
    reason: str
    source: str


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _tile(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    row, column = text.split()
    return int(row), int(column)


def _place(row: Mapping[str, str], authority: str) -> Place:
    return Place(
        row["code"],
        row["name"],
        row["slug"],
        row["kind"],
        row["tier"],
        row["region"],
        row["county"],
        combined_authority=authority,
        population=int(row["population"] or 0),
        start=_day(row["start"]),
        end=_day(row["end"]),
        planned_end=_day(row["planned_end"]),
        tile=_tile(row["tile"]),
        source=row["source"],
    )


@cache
def every() -> Mapping[str, Place]:
    """Return every place that the tables know, ended ones too, by code.

    A district in a county belongs to the combined authority of its county.

    Raises
    ------
    DataProblem : a cell cannot be read; names the row.
    """
    rows = tables.rows("places")
    authority = {row["code"]: row["combined_authority"] for row in rows}
    found = {}
    for number, row in enumerate(rows, start=2):
        try:
            joined = row["combined_authority"] or authority.get(row["county"], "")
            found[row["code"]] = _place(row, joined)
        except ValueError as fault:
            raise DataProblem(f"A cell cannot be read ({fault})", file="places.csv", row=number) from fault
    return MappingProxyType(found)


@cache
def bodies() -> tuple[Body, ...]:
    """Return every council and combined authority, ended ones too.

    >>> from fairground import places
    >>> any(body.name.startswith("Stoke-on-Trent") for body in places.bodies())
    True
    """
    members = _members()
    return tuple(
        Body(
            row["key"],
            row["name"],
            row["type"],
            row["area_code"],
            _day(row["start"]),
            _day(row["end"]),
            row["source"],
            members.get(row["area_code"] or row["key"], ()),
        )
        for row in tables.rows("bodies")
    )


def _members() -> dict[str, tuple[str, ...]]:
    """Return the members of each combined authority, by the code of its area or, without one, its key."""
    found: dict[str, tuple[str, ...]] = {}
    for row in tables.rows("memberships"):
        found[row["authority"]] = (*found.get(row["authority"], ()), row["member"])
    return found


@cache
def successions() -> tuple[Succession, ...]:
    """Return every change from one place to another, planned ones too, oldest first."""
    return tuple(
        Succession(
            row["old_code"],
            row["new_code"],
            date.fromisoformat(row["date"]),
            row["kind"],
            row["source"],
            planned=row["planned"] == "yes",
            new_name=row["new_name"],
        )
        for row in tables.rows("successions")
    )


@cache
def memberships() -> Mapping[str, tuple[str, ...]]:
    """Return the combined authorities, past and present, of each council that has ever been in one.

    An authority is named by the code of its area; where no code is known, by the key of the body.
    """
    found: dict[str, list[str]] = {}
    for row in tables.rows("memberships"):
        found.setdefault(row["member"], []).append(row["authority"])
    return MappingProxyType({member: tuple(codes) for member, codes in found.items()})


@cache
def names() -> tuple[tuple[str, str], ...]:
    """Return every further name of every place, as pairs of code and name."""
    return tuple((row["code"], row["name"]) for row in tables.rows("names"))


@cache
def corrections() -> tuple[Correction, ...]:
    """Return what was changed in the published tables, each with its reason and source.

    >>> from fairground import places
    >>> any("Hull and East Yorkshire" in change.now for change in places.corrections())
    True
    """
    return tuple(Correction(**row) for row in tables.rows("corrections"))
