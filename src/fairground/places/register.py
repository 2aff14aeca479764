"""The register: which places exist on a day, which lie in which, and which replaced which.

From the list of councils kept by mySociety (CC BY 4.0) with our corrections, each with a reason, in
`sources/tables/corrections.csv`; regions and populations from the Office for National Statistics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from fairground import tables
from fairground.errors import BadInput
from fairground.places.place import KINDS, Body, Place, Succession

CODE = re.compile(r"^[EWSNK]\d{8}$")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _tile(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    row, column = text.split()
    return int(row), int(column)


def _place(row: dict[str, str]) -> Place:
    return Place(
        code=row["code"],
        name=row["name"],
        slug=row["slug"],
        kind=row["kind"],
        tier=row["tier"],
        region=row["region"],
        county=row["county"],
        combined_authority=row["combined_authority"],
        population=int(row["population"] or 0),
        start=_day(row["start"]),
        end=_day(row["end"]),
        planned_end=_day(row["planned_end"]),
        tile=_tile(row["tile"]),
        source=row["source"],
    )


@cache
def every() -> Mapping[str, Place]:
    """Return every place that the register knows, ended ones too, by code."""
    return {row["code"]: _place(row) for row in tables.rows("places")}


@cache
def bodies() -> tuple[Body, ...]:
    """Return every council and combined authority, ended ones too."""
    return tuple(
        Body(
            row["key"],
            row["name"],
            row["type"],
            row["area_code"],
            _day(row["start"]),
            _day(row["end"]),
            row["source"],
        )
        for row in tables.rows("bodies")
    )


@cache
def _successions() -> tuple[Succession, ...]:
    return tuple(
        Succession(row["old_code"], row["new_code"], _day(row["date"]), row["kind"], row["source"])
        for row in tables.rows("successions")
    )


def successors(code: str) -> tuple[Succession, ...]:
    """Return what directly replaced a code; empty where nothing has."""
    return tuple(one for one in _successions() if one.old_code == code)


def predecessors(code: str) -> tuple[Succession, ...]:
    """Return what a code directly replaced; empty where it replaced nothing we know of."""
    return tuple(one for one in _successions() if one.new_code == code)


def descendants(code: str) -> tuple[str, ...]:
    """Return the codes that stand today where a code stood, following every succession.

    Source: the register's successions, e.g. Allerdale (E07000026) gives Cumberland (E06000063).
    """
    after = successors(code)
    if not after:
        return (code,)
    return tuple(dict.fromkeys(last for one in after for last in descendants(one.new_code)))


@dataclass(frozen=True)
class Register:
    """The places that exist on one day."""

    day: date | None
    places: tuple[Place, ...]

    def codes(self) -> frozenset[str]:
        """Return the codes of the places that exist on the day."""
        return frozenset(place.code for place in self.places)

    def children(self, code: str, *, kind: str | None = None) -> tuple[Place, ...]:
        """Return the places that lie in a place, in order of code."""
        return tuple(place for place in self.places if _lies_in(place, code) and kind in (None, place.kind))


@cache
def at(day: date | None = None) -> Register:
    """Return the places that exist on a day; without a day, those that have not ended.

    Parameters
    ----------
    day : a date, e.g. date(2021, 6, 1). Planned ends (2027, 2028) are not applied: they are plans.
    """
    held = every().values()
    return Register(day, tuple(p for p in held if (p.exists(day) if day else p.current)))


def _lies_in(place: Place, code: str) -> bool:
    if code == "E92000001":
        return place.kind in KINDS[1:]
    if place.code == code:
        return False
    parents = {place.region, place.county, place.combined_authority}
    if place.county and place.county in every():
        parents.add(every()[place.county].combined_authority)
    return code in parents


def same_vintage(codes: Iterable[str], *, day: date | None = None) -> None:
    """Refuse codes that do not all exist on one day.

    Parameters
    ----------
    codes : GSS codes, one a row of a table. day : the day; without it, today's register.

    Raises
    ------
    BadInput : names the first code of another vintage, its row, and what stands in its place.
    """
    valid = at(day).codes()
    for row, code in enumerate(codes, start=1):
        if code in valid:
            continue
        instead = [last for last in descendants(code) if last != code]
        hint = (
            f"codes of one date; {code} became {', '.join(instead)}" if instead else "codes in the register"
        )
        raise BadInput(
            "This code does not belong to the same date as the others",
            field="code",
            value=code,
            row=row,
            allowed=hint,
        )


def translated(values: Mapping[str, float]) -> dict[str, float]:
    """Return amounts by today's codes, adding up the places that were merged.

    Parameters
    ----------
    values : amounts that may be added (people, pounds), by code of any vintage; never rates or averages.

    Raises
    ------
    BadInput : a place was divided, so its amount cannot be carried over; or a code is not known.
    """
    found: dict[str, float] = {}
    for row, (code, value) in enumerate(values.items(), start=1):
        if code not in every() and not successors(code):
            raise BadInput(
                "No such code", field="code", value=code, row=row, allowed="a code in the register"
            )
        last = descendants(code)
        if len(last) > 1:
            raise BadInput(
                "This place was divided, so its amount cannot be carried over",
                field="code",
                value=code,
                row=row,
                allowed=f"amounts for its parts: {', '.join(last)}",
            )
        found[last[0]] = found.get(last[0], 0) + value
    return found
