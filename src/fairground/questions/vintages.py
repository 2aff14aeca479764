"""Figures of one date on the places of another: which codes stood when, and sums carried over mergers.

Reads the register of places. Reference: `docs/explanation/places.md`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
from dataclasses import dataclass, replace
from datetime import date

from fairground import places
from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer, Method, Source, Step
from fairground.questions.own_table import number_of
from fairground.sources.catalogue import source
from fairground.spreadsheets import heading_row
from fairground.table_text import listed

__all__ = ["carried_over", "corrected", "formerly"]

EXAMPLE = "code,people\nE07000026,96400\nE07000028,108500\nE07000029,68400\n"
CARRIED = Method(
    "places-carried-over",
    "Amounts added up over the places that were merged",
    "Orders of local government changes, as listed in the register of places",
)
LISTED = Method("places-listed", "Listed from the register of places", "docs/explanation/places.md")
REGISTER = ("mysociety-councils-2025-07", "ons-mye-2024-06")


@dataclass(frozen=True)
class Amount:
    """What one place has, in the unit of the table it came from."""

    code: str
    name: str
    amount: float


@dataclass(frozen=True)
class CarriedOver:
    """A table of amounts on the places of a later day, in the order in which they first appear."""

    to: date | None
    rows: tuple[Amount, ...]


@dataclass(frozen=True)
class FormerPlace:
    """A place that stood on an earlier day."""

    code: str
    name: str
    kind: str
    start: date | None
    end: date | None


@dataclass(frozen=True)
class Formerly:
    """The places that stood, on a day, where one place stands now."""

    code: str
    name: str
    on: date
    rows: tuple[FormerPlace, ...]


@dataclass(frozen=True)
class CorrectedCell:
    """A cell of a published table that we changed, and why."""

    code: str
    field: str
    was: str
    now: str
    reason: str


@dataclass(frozen=True)
class Corrected:
    """Every cell that we changed."""

    rows: tuple[CorrectedCell, ...]


def _register() -> tuple[Source, ...]:
    return tuple(source(one) for one in REGISTER)


def carried_over(
    text: str, *, name: str, code: str = "code", value: str, to: date | None = None
) -> Answer[CarriedOver]:
    """Carry a table of amounts over to the places of a later day.

    Parameters
    ----------
    text : CSV with a header; amounts that may be added (people, pounds), never rates or averages.
    name : what to call the file. code, value : names of columns.
    to : the day whose places are wanted; without it, the places of now.

    Raises
    ------
    BadInput : no such column; a cell is not a number; a code twice; codes of different dates; a place that
        was divided; a part of a merged place is missing. NotFound : a code that no place has ever had.

    >>> from fairground.questions.vintages import EXAMPLE, carried_over
    >>> text = "code,people" + chr(10) + "E08000016,244600" + chr(10)
    >>> carried_over(text, name="table.csv", value="people").value.rows[0].code
    'E08000038'
    """
    amounts = _amounts(text, name, code, value)
    places.same_vintage(amounts)
    moved = places.translated(amounts, to=to)
    rows = tuple(Amount(one, places.known(one).name, amount) for one, amount in moved.items())
    changed = sum(one not in amounts for one in moved)
    digest = hashlib.sha256(text.encode()).hexdigest()
    own = Source.own_file(name, digest)
    facts = {"before": len(amounts), "after": len(rows), "changed": changed, "total": sum(amounts.values())}
    headline = "places.carried.one" if len(rows) == 1 else "places.carried.headline"
    return Answer(
        CarriedOver(to, rows),
        CARRIED,
        (Step(headline, facts), Step("places.carried.total", facts)),
        (own, *_register()),
    )


def _amounts(text: str, file: str, code: str, value: str) -> dict[str, float]:
    text = text.removeprefix("\ufeff")
    top = heading_row(text)
    lines = listed(csv.reader(io.StringIO(text, newline="")), BadInput, file)[top - 1 :]
    heads, blank = lines[0] if lines else [], [""] * (len(lines[0]) if lines else 0)
    numbered = [
        (number, dict(zip(heads, [*row, *blank], strict=False)))
        for number, row in enumerate(lines[1:], start=top + 1)
        if row
    ]
    rows = [row for _, row in numbered]
    for column in (code, value):
        if not rows or column not in rows[0]:
            known = ", ".join(rows[0]) if rows else "nothing: the table has no rows"
            raise BadInput("The table has no such column", "column", column, known, file=file)
    found: dict[str, float] = {}
    for number, row in numbered:
        key = row[code].strip().upper()
        if key in found:
            raise BadInput("This code is there twice", code, row[code], "each code once", number, file)
        try:
            places.known(key)
        except NotFound as unknown:
            raise replace(unknown, field=code, value=row[code], row=number, file=file) from None
        found[key] = _amount(row[value], value, number, file)
    return found


def _amount(text: str, field: str, row: int, file: str) -> float:
    worth = number_of(text)
    amount = math.nan if worth is None else worth
    if not math.isfinite(amount):
        raise BadInput("This cell must be a number", field, text, "digits, such as 24000", row, file)
    return int(amount) if amount.is_integer() else amount


def formerly(place: str, *, on: date) -> Answer[Formerly]:
    """List the places that stood, on an earlier day, where a place stands now.

    Parameters
    ----------
    place : a name, slug or code. on : the earlier day.

    Raises
    ------
    NotFound : nothing has that name. BadInput : several places have it.

    >>> from datetime import date
    >>> from fairground.questions.vintages import formerly
    >>> [row.name for row in formerly("Cumberland", on=date(2020, 1, 1)).value.rows]
    ['Allerdale', 'Carlisle', 'Copeland']
    """
    now = places.get(place)
    before = [places.known(code) for code in places.ancestors(now.code, day=on)]
    before = [one for one in before if one.kind == now.kind]
    rows = tuple(FormerPlace(one.code, one.name, one.kind, one.start, one.end) for one in before)
    code = "places.formerly.same" if before == [now] else "places.formerly.headline"
    facts = {"name": now.name, "count": len(rows), "day": on, "names": ", ".join(row.name for row in rows)}
    return Answer(Formerly(now.code, now.name, on, rows), LISTED, (Step(code, facts),), _register())


def corrected() -> Answer[Corrected]:
    """List every cell of the published tables of places that we changed, with the reason.

    >>> from fairground.questions.vintages import corrected
    >>> len(corrected().value.rows) > 0
    True
    """
    found = places.corrections()
    rows = tuple(
        CorrectedCell(code, c.field, c.was, c.now, c.reason) for c in found for code in c.code.split()
    )
    ids = [one.source for one in found if one.source]
    sources = tuple(source(one) for one in dict.fromkeys([*REGISTER, *ids]))
    facts = {"count": len(rows)}
    return Answer(Corrected(rows), LISTED, (Step("places.corrected.headline", facts),), sources)
