"""The people of a jury and a table plan, from the tables that people send.

A panel has a column of ids. The features that tables are mixed by are named, or are all columns that hold a
few values each; names, addresses and the like are never among them. A plan has the columns round, table, id.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fairground.errors import BadInput
from fairground.evidence import Source
from fairground.power.juries import Pool, TablePlan, Volunteer
from fairground.questions.power.people_tables import PeopleTable, alike
from fairground.questions.power.pool_columns import ADDRESS, IDS

__all__ = ["PanelRead", "plan_csv", "read_panel", "read_plan", "seated"]

MANY = 12  # values, beyond which a column that was not asked for says who somebody is, not what they are like
PERSONAL = re.compile(
    r"(.*name.*|e-?mail.*|phone.*|tel.*|mobile.*|notes?|comments?|table|round|date.*|.* id)"
)


@dataclass(frozen=True)
class PanelRead:
    """The people who are seated, what each is called on the printed plan, and where they came from."""

    people: Pool
    called: dict[str, str]
    source: Source


def read_panel(file: Path | str, by: Sequence[str] = (), left: Sequence[str] = ()) -> PanelRead:
    """Read the people of a jury.

    Parameters
    ----------
    by : the columns that tables are mixed by; empty for every column with 2 to 12 values. left : ids of
        people who are no longer there.

    Raises
    ------
    BadInput : no column of ids, a column that is not there, an id twice or empty; names the row.
    """
    table = PeopleTable.read(file, *by)
    at = table.column(*IDS)
    columns = {name: table.column(name) for name in by} if by else _columns(table, at)
    seen: dict[str, int] = {}
    people, name_at = [], next((n for n, head in enumerate(table.heads) if head in ("name", "full name")), at)
    for number, cells in table.rows:
        id = cells[at].strip()
        if not id or seen.setdefault(id, number) != number:
            what = "Each person needs an id of their own"
            raise BadInput(what, table.heads[at], id, "an id that nobody else has", number, table.name)
        people.append(
            (Volunteer(id, tuple(_plain(cells[n]) for n in columns.values())), cells[name_at].strip() or id)
        )
    stranger = next((id for id in left if id not in seen), None)
    if stranger is not None:
        raise BadInput("Nobody in the table has this id", "left", stranger, file=table.name)
    rest = [(person, name) for person, name in people if person.id not in set(left)]
    pool = Pool(tuple(columns), tuple(person for person, _ in rest))
    return PanelRead(pool, {person.id: name for person, name in rest}, table.source)


def _columns(table: PeopleTable, id_column: int) -> dict[str, int]:
    most, found = min(MANY, max(2, len(table.rows) // 2)), {}
    for at, head in enumerate(table.heads):
        if at == id_column or not head or PERSONAL.fullmatch(head) or ADDRESS.fullmatch(head):
            continue
        if 2 <= len({_plain(cells[at]) for _, cells in table.rows}) <= most:
            found[head] = at
    return found


def _plain(text: str) -> str:
    return alike(text) or "not said"


def read_plan(
    file: Path | str, rounds: int | None = None
) -> tuple[tuple[tuple[tuple[str, ...], ...], ...], Source]:
    """Read a table plan: for each round the ids at each table.

    Parameters
    ----------
    rounds : only so many rounds, the first; None for all.

    Raises
    ------
    BadInput : a column is missing, a cell is no whole number, somebody twice in a round, fewer rounds.
    """
    table = PeopleTable.read(file, "round", "table", "id")
    at = {name: table.column(name) for name in ("round", "table", "id")}
    found: dict[int, dict[int, list[str]]] = {}
    for number, cells in table.rows:
        turn, place = (table.whole(cells[at[name]], name, number) for name in ("round", "table"))
        id = cells[at["id"]].strip()
        tables = found.setdefault(turn, {})
        if not id or any(id in here for here in tables.values()):
            what = f"Each person sits once in round {turn}"
            raise BadInput(what, "id", id, "each id once in a round", number, table.name)
        tables.setdefault(place, []).append(id)
    if rounds is not None and rounds > len(found):
        raise BadInput("The plan has fewer rounds", "held", rounds, f"0 to {len(found)}", file=table.name)
    kept = sorted(found)[:rounds]
    return tuple(tuple(tuple(found[r][t]) for t in sorted(found[r])) for r in kept), table.source


def seated(plan: TablePlan) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return for each round of a plan the ids at each table."""
    ids = [person.id for person in plan.tables.people.volunteers]
    places = range(len(plan.tables.sizes))
    return tuple(
        tuple(tuple(id for id, at in zip(ids, row, strict=True) if at == place) for place in places)
        for row in plan.seats
    )


def plan_csv(rounds: Sequence[Sequence[Sequence[str]]]) -> str:
    """Return rounds as CSV text with the columns round, table and id."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["round", "table", "id"])
    for turn, tables in enumerate(rounds, start=1):
        for place, ids in enumerate(tables, start=1):
            writer.writerows([turn, place, id] for id in ids)
    return out.getvalue()
