"""Reads an election from two CSV tables, one of projects and one of ballots, and names what is wrong by row.

**Projects**: `project_id`, `cost`; may have `name`, `district` (where it would be built) and `rivals`
(projects with the same word cannot both be built). **Ballots**: one row for each ballot, with `vote`: ids,
divided by commas, semicolons or bars (best first in a ranking; empty for a ballot without marks); may have
`voter_id`, `points` (one number for each mark) and `district`. What comes back is a Pabulib file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fairground.errors import BadInput
from fairground.sources.pabulib import PabulibFile, Table
from fairground.table_text import separator

__all__ = ["read_tables"]

KINDS = {"approval": "approval", "points": "scoring", "ranking": "ordinal"}
AMOUNT = re.compile(r"£? ?(\d{1,3}(,\d{3}){1,4}(\.\d{1,4})?|\d{1,15}([.,]\d{1,4})?)", re.ASCII)
DIVIDERS = re.compile("[,;|]")
Row = tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A CSV table: its name, its columns, and each row with its line."""

    name: str
    columns: Row
    rows: tuple[tuple[int, Row], ...]

    def cell(self, row: Row, column: str) -> str:
        """Return a cell by its column, or nothing where there is no such column."""
        return row[self.columns.index(column)].strip() if column in self.columns else ""

    def wrong(self, what: str, line: int, field: str, value: object, allowed: str = "") -> BadInput:
        """Return an error at a cell of this table."""
        return BadInput(what, field, value, allowed, line, self.name)


def read_tables(
    projects: str,
    ballots: str,
    *,
    budget: str,
    kind: str = "approval",
    currency: str = "GBP",
    names: tuple[str, str] = ("projects.csv", "ballots.csv"),
) -> PabulibFile:
    """Return the election of two CSV tables as a Pabulib file.

    Parameters
    ----------
    kind : "approval", "points" or "ranking".
    names : the names of the two files, for messages.

    Raises
    ------
    BadInput : names file, row, field and value.

    >>> made = read_tables("project_id,cost\\npark,60\\n", "vote\\npark\\n", budget="100")
    >>> made.meta["num_votes"], list(made.votes.rows())
    ('1', [('1', 'park')])
    """
    if kind not in KINDS:
        raise BadInput("There is no such kind of ballot", "kind", kind, ", ".join(KINDS))
    if not AMOUNT.fullmatch(budget.strip()):
        raise BadInput("A budget must be a number", "budget", budget, "digits, such as 12500 or 12500.50")
    listed, cast = _sheet(projects, names[0], "project_id", "cost"), _sheet(ballots, names[1], "vote")
    known = _checked_projects(listed)
    rows = tuple(_ballots(cast, known, kind))
    meta = {
        "description": f"{names[0]} and {names[1]}",
        "num_projects": str(len(listed.rows)),
        "num_votes": str(len(rows)),
        "budget": budget.strip(),
        "vote_type": KINDS[kind],
        "currency": currency,
    }
    digest = hashlib.sha256("\0".join((projects, ballots, budget, kind)).encode("utf-8", "surrogatepass"))
    columns = ("voter_id", "vote", "points", "district")
    kept = [n for n, name in enumerate(columns) if n < 2 or name in cast.columns]
    votes = _table([columns[n] for n in kept], [[row[n] for n in kept] for row in rows], names[1])
    return PabulibFile(
        f"{names[0]} and {names[1]}",
        digest.hexdigest(),
        meta,
        _table(listed.columns, [row for _, row in listed.rows], names[0]),
        votes,
    )


def _sheet(text: str, name: str, *needed: str) -> Sheet:
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    head = next((line for line in lines if line.strip()), "")
    reader = csv.reader(lines, delimiter=separator(head), strict=True)
    rows: list[tuple[int, Row]] = []
    start = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((start, tuple(row)))
            start = reader.line_num + 1
    except csv.Error as fault:
        what = "A field in quotes is not closed, or text follows its closing quote"
        raise BadInput(what, row=start, file=name) from fault
    top, first = rows[0] if rows else (1, ())
    columns = tuple(cell.strip().lower() for cell in first)
    for column in needed:
        if column not in columns:
            raise BadInput(
                "A column is missing", column, ", ".join(columns) or None, ", ".join(needed), top, name
            )
    if len(set(columns)) < len(columns):
        raise BadInput("A column stands twice", "columns", ", ".join(columns), "each once", top, name)
    for line, fields in rows[1:]:
        if len(fields) != len(columns):
            what = f"This row has {len(fields)} fields where the first has {len(columns)}"
            raise BadInput(what, "row", ",".join(fields)[:80], "", line, name)
    return Sheet(name, columns, tuple(rows[1:]))


def _checked_projects(sheet: Sheet) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for line, row in sheet.rows:
        id, cost = sheet.cell(row, "project_id"), sheet.cell(row, "cost")
        if not id or DIVIDERS.search(id):
            raise sheet.wrong("A project needs an id", line, "project_id", id, "without , ; or |")
        if id in found:
            raise sheet.wrong(f"The project of row {found[id]} has this id", line, "project_id", id)
        if not AMOUNT.fullmatch(cost) or not cost.strip("£ 0.,"):
            allowed = "above 0, such as 12500 or 12500.50"
            raise sheet.wrong("A cost must be a number", line, "cost", cost, allowed)
        found[id] = line
    if not found:
        raise BadInput("There are no projects", "project_id", None, "a row for each", None, sheet.name)
    return found


def _ballots(sheet: Sheet, known: Mapping[str, int], kind: str) -> Iterator[Row]:
    if not sheet.rows:
        raise BadInput("There are no ballots", "vote", None, "a row for each", None, sheet.name)
    if kind == "points" and "points" not in sheet.columns:
        raise BadInput("A column is missing", "points", ", ".join(sheet.columns), "points", 1, sheet.name)
    seen: dict[str, int] = {}
    for number, (line, row) in enumerate(sheet.rows, 1):
        voter = sheet.cell(row, "voter_id") or str(number)
        if voter in seen:
            raise sheet.wrong(f"The voter of row {seen[voter]} has this id", line, "voter_id", voter)
        seen[voter] = line
        marks = _divided(sheet.cell(row, "vote"))
        for id in marks:
            if id not in known:
                allowed = "an id from the projects"
                raise sheet.wrong(
                    "A ballot marks a project that is not on the list", line, "vote", id, allowed
                )
        points = _divided(sheet.cell(row, "points"))
        if (kind == "points" or points) and not _good_points(points, len(marks)):
            what, allowed = (
                "A ballot needs one whole number of points for each project",
                f"{len(marks)} numbers",
            )
            raise sheet.wrong(what, line, "points", sheet.cell(row, "points"), allowed)
        yield voter, ",".join(marks), ",".join(points), sheet.cell(row, "district")


def _divided(cell: str) -> Sequence[str]:
    return [part.strip() for part in DIVIDERS.split(cell)] if cell else ()


def _good_points(points: Sequence[str], count: int) -> bool:
    return len(points) == count and all(re.fullmatch(r"\d{1,7}", cell, re.ASCII) for cell in points)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> Table:
    """Return rows as a section of a Pabulib file."""
    lines = []
    for row in rows:
        out = io.StringIO()
        csv.writer(out, delimiter=";", lineterminator="").writerow([" ".join(c.split()) for c in row])
        lines.append(out.getvalue())
    return Table(tuple(columns), "\n".join(lines), 2, name)
