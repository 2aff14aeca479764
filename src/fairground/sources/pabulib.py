"""Reads and writes the files of Pabulib, the public library of participatory budgeting elections.

A `.pb` file has three sections (META, PROJECTS, VOTES; another order is read too), each with a header, cut
by semicolons. The older dialect calls the column `beneficiaries` by the name `target`. Reference: Stolicki,
Szufa and Talmon, "Pabulib: A Participatory Budgeting Library" (2020), arXiv 2012.06539, and https://pabulib.org/format.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from fairground.errors import BadInput, DataProblem
from fairground.evidence import Source
from fairground.sources.cells import Cells, Gathered, cut

__all__ = ["PabulibFile", "parse", "source", "write"]

SECTIONS = ("META", "PROJECTS", "VOTES")
RENAMED = {"target": "beneficiaries"}
MOST_LINES, LONGEST, SHORT = 5_000_000, 2**17, 4_000
HOLLOW = re.compile(r"^[; \t]*;[; \t]*$", re.M)  # an empty row, as a spreadsheet saves it
FORMAT = "https://pabulib.org/format"
Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One section: its header, its rows as they were written, and the line its first row is on."""

    header: Row
    body: str
    first_line: int
    file: str = "election.pb"

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the section, as they were written."""
        return tuple(self.body.split("\n")) if self.body else ()

    @cached_property
    def short(self) -> tuple[Row, ...] | None:
        """The fields of all rows of a short table, where there is nothing odd; else None."""
        width = len(self.header)
        if not self.body or len(self.body) > SHORT or width < 2 or '"' in self.body or self.hollow:
            return None
        rows = tuple([tuple(line.split(";")) for line in self.lines])
        return rows if set(map(len, rows)) == {width} else None

    @cached_property
    def hollow(self) -> bool:
        """Whether a row has nothing in any of its fields."""
        begins = self.body.startswith(";") or "\n;" in self.body
        return begins and HOLLOW.search(self.body) is not None

    @cached_property
    def cells(self) -> Cells | None:
        """The fields of all rows, cut at once; None where only the slow way reads them rightly."""
        return None if self.hollow else cut(self.body, len(self.header))

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each column is; the older names of columns are known by the new ones."""
        names = [title.strip().lower() for title in self.header]
        return {RENAMED.get(name, name): n for n, name in reversed(list(enumerate(names)))}

    def rows(self) -> Iterator[Row]:
        """Return the fields of each row; quoted fields may hold semicolons and line ends."""
        if self.short is not None:
            return iter(self.short)
        if self.cells is not None:
            return (tuple(line.split(";")) for line in self.lines)
        return (row for _, row in self.numbered())

    def numbered(self) -> Iterator[tuple[int, Row]]:
        """Return each row with the line of the file that it begins on; rows without any field are none.

        Raises
        ------
        DataProblem : a quoted field is not closed or very long, or text follows its closing quote; names its
            line.
        """
        if self.short is not None:
            yield from enumerate(self.short, self.first_line)
            return
        reader = csv.reader((f"{line}\n" for line in self.lines), delimiter=";", strict=True)
        start = self.first_line
        try:
            for row in reader:
                if self.lines[start - self.first_line].strip("; \t"):
                    yield start, tuple(row)
                start = self.first_line + reader.line_num
        except csv.Error as fault:
            raise self._broken(start, str(fault)) from fault

    def count(self) -> int:
        """Return how many rows there are."""
        if self.short is not None:
            return len(self.short)
        return sum(1 for _ in self.rows()) if self.cells is None else self.cells.rows

    def different(self, column: int) -> int:
        """Return how many different fields a column has."""
        if self.short is not None or self.cells is None:
            return len({row[column] for row in self.rows()})
        return self.cells.different(column)

    def grouped(self, *columns: int) -> Counter[Row]:
        """Return each different combination of some columns with the number of its rows.

        A column that is not there (-1) is empty in every row.
        """
        if self.short is not None or self.cells is None:
            rows = tuple(self.rows())
            return Counter(zip(*([row[n] if n >= 0 else "" for row in rows] for n in columns), strict=True))
        there = [n for n in columns if n >= 0]
        found = Counter(zip(*(self.cells.column(n) for n in there), strict=True))
        order = [there.index(n) if n >= 0 else -1 for n in columns]
        whole = Counter[Row]()
        for fields, number in found.items():
            texts = [field.decode("utf-8", "surrogatepass") for field in fields]
            whole[tuple(texts[n] if n >= 0 else "" for n in order)] = number
        return whole

    def _broken(self, line: int, why: str) -> DataProblem:
        if "limit" in why:
            return _too_long(self.file, line)
        return DataProblem(
            "A field in quotes is not closed, or text follows its closing quote",
            self.file,
            line,
            value=self.lines[line - self.first_line][:80],
            try_this="close the quotes, and write a quote inside a field twice",
        )

    def column(self, name: str) -> int:
        """Return where a column is, or -1; the older names of columns are known."""
        return self.places.get(name, -1)


@dataclass(frozen=True)
class PabulibFile:
    """A `.pb` file: its facts in order, its projects, its votes, and what was odd about it."""

    name: str
    digest: str
    meta: Mapping[str, str]
    projects: Table
    votes: Table
    faults: tuple[str, ...] = field(default=())
    lines: Mapping[str, int] = field(default_factory=dict)

    def number_of_votes(self) -> int:
        """Return how many ballots the file holds."""
        return self.votes.count()

    def gathered(self, ids: Sequence[str], *, ordered: bool = False) -> Gathered | None:
        """Return ballots with the same marks together, all at once.

        None where a ballot has to be read the careful way: `grouped` has it as it was written.

        Parameters
        ----------
        ids : of the projects, none empty, each once.
        ordered : the order of the marks, or their points, are part of the ballot.
        """
        cells, votes = self.votes.cells, self.votes.column("vote")
        points = self.votes.column("points") if ordered else -1
        return None if cells is None else cells.gathered(votes, ids, ordered=ordered, points=points)

    def grouped(self, *, homes: bool = False) -> Counter[Row]:
        """Return each different ballot as written (marks, points, district) with the number of its ballots.

        Parameters
        ----------
        homes : tell ballots of different districts (or neighbourhoods) apart.
        """
        votes = self.votes
        home = max(votes.column("district"), votes.column("neighborhood")) if homes else -1
        return votes.grouped(votes.column("vote"), votes.column("points"), home)

    def line_of(self, marks: str, points: str = "") -> int:
        """Return the first line of the file whose ballot has these marks and points."""
        votes, column = self.votes.column("vote"), self.votes.column("points")
        for number, row in self.votes.numbered():
            if row[votes] == marks and (column < 0 or row[column] == points):
                return number
        return self.votes.first_line


def parse(text: str, *, name: str = "election.pb") -> PabulibFile:
    """Return a `.pb` file from its text, in the current or the older dialect.

    Raises
    ------
    DataProblem : a section, a column or a fact is missing, or a row has the wrong number of fields;
        names file, line, field and value.
    """
    text = text.removeprefix("\ufeff")
    whole = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    _check_size(whole, name)
    starts = _sections(whole, name)
    meta, projects, votes = (_table(whole, starts, section, name) for section in SECTIONS)
    _check_columns(projects, ("project_id", "cost"), name)
    _check_columns(votes, ("vote",), name)
    facts: dict[str, str] = {}
    lines: dict[str, int] = {}
    named = max(2, sum(map(bool, meta.header)))
    for number, row in meta.numbered():
        if len(row) < 2:
            allowed = "a key and a value, cut by a semicolon"
            raise DataProblem("A row of META has no value", name, number, "value", row[0], allowed)
        fact = row[0].strip().lower()
        if fact in facts:
            raise DataProblem("A fact is given twice", name, number, fact, row[1], "each fact once")
        facts[fact], lines[fact] = ";".join((row[1], *row[named:])).rstrip(";"), number
    for needed in ("budget", "vote_type"):
        if needed not in facts:
            raise DataProblem(f"The file does not give its {needed}", name, starts["META"].line, needed)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    made = PabulibFile(name, digest, facts, projects, votes, lines=lines)
    return replace(made, faults=tuple(_faults(made, lines)))


class Start(NamedTuple):
    """Where a section's title is: its line, where that line begins in the text, and where the next begins."""

    line: int
    begins: int
    next: int


def _sections(text: str, name: str) -> dict[str, Start]:
    starts: dict[str, Start] = {}
    number = at = 0
    while at < len(text) and len(starts) < len(SECTIONS):
        end = text.find("\n", at)
        following = len(text) if end < 0 else end + 1
        number += 1
        title = text[at:following].strip().rstrip(";").upper() if following - at < 40 else ""
        if title in SECTIONS and title not in starts:
            starts[title] = Start(number, at, following)
        at = following
    for wanted in SECTIONS:
        if wanted not in starts:
            raise DataProblem(
                f"The file has no section {wanted}",
                name,
                try_this="a .pb file with the sections META, PROJECTS and VOTES",
            )
    return starts


def _table(text: str, starts: Mapping[str, Start], section: str, name: str) -> Table:
    start = starts[section]
    end = min((other.begins for other in starts.values() if other.line > start.line), default=len(text))
    header, _, body = text[start.next : end].partition("\n")
    if not header.strip():
        raise DataProblem(f"Section {section} has no header", name, start.line + 1)
    filled = len(body.rstrip())
    last = body.find("\n", filled)
    body = "" if not filled else body if last < 0 else body[:last]
    table = Table(tuple(title.strip() for title in header.split(";")), body, start.line + 2, name)
    _check_widths(table, name, section)
    return table


def _check_size(text: str, name: str) -> None:
    """Refuse what is no list of ballots before time is lost on it, without looking at every line."""
    lines = text.count("\n")
    if lines > MOST_LINES:
        allowed = f"up to {MOST_LINES:,}"
        raise DataProblem(f"The file has {lines:,} lines, which is too many", name, allowed=allowed)
    for start in range(0, len(text) - LONGEST, LONGEST):
        if text.find("\n", start, start + LONGEST) < 0:
            raise _too_long(name, text.count("\n", 0, start) + 1)


def _too_long(name: str, line: int) -> DataProblem:
    allowed = f"up to {LONGEST:,} characters"
    return DataProblem("A line or a field in quotes is too long", name, line, allowed=allowed)


def _check_widths(table: Table, name: str, section: str) -> None:
    width = len(table.header)
    if table.short is not None or table.cells is not None:
        return
    for number, row in table.numbered():
        if len(row) != width and not (section == "META" and len(row) > width > 1):
            raise DataProblem(
                f"A row of {section} has {len(row)} fields where its header has {width}",
                name,
                number,
                value=";".join(row)[:80],
                try_this="put a field that holds a semicolon in double quotes",
            )


def _check_columns(table: Table, needed: Sequence[str], name: str) -> None:
    for column in needed:
        if table.column(column) < 0:
            raise DataProblem(
                "A column is missing",
                name,
                table.first_line - 1,
                column,
                ";".join(table.header),
                f"a header with {', '.join(needed)}, cut by semicolons",
            )


def _faults(file: PabulibFile, lines: Mapping[str, int]) -> Iterator[str]:
    counts = {"num_votes": file.number_of_votes(), "num_projects": file.projects.count()}
    for fact, found in counts.items():
        said = file.meta.get(fact, str(found)).strip()
        if said != str(found):
            yield f"row {lines[fact]}: {fact} says {said}, but the file has {found}"
    column = file.votes.column("voter_id")
    if column >= 0:
        repeated = file.votes.count() - file.votes.different(column)
        if repeated:
            yield f"ballots with the voter_id of an earlier ballot: {repeated}; each was counted"


def write(file: PabulibFile, *, dialect: str = "current") -> str:
    """Return a file as `.pb` text; reading it again gives every field back.

    Parameters
    ----------
    dialect : "current" (beneficiaries) or "legacy" (target).

    Raises
    ------
    BadInput : there is no such dialect.
    """
    if dialect not in ("current", "legacy"):
        raise BadInput("There is no such dialect", "dialect", dialect, "current, legacy")
    names = RENAMED if dialect == "current" else {new: old for old, new in RENAMED.items()}
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\n")
    out.write("META\nkey;value\n")
    rows.writerows(file.meta.items())
    for title, table in (("PROJECTS", file.projects), ("VOTES", file.votes)):
        out.write(f"{title}\n")
        rows.writerow([names.get(column, column) for column in table.header])
        rows.writerows(table.rows())
    return out.getvalue()


def source(file: PabulibFile) -> Source:
    """Return where a file's numbers come from: the file itself, named by the digest of its text."""
    title = file.meta.get("description", "").strip() or file.name
    return Source(
        f"pb-{file.digest[:16]}",
        title,
        file.meta.get("unit", "").strip() or "the file's owner",
        f"{file.name}, SHA-256 {file.digest}",
        "as its owner says",
        FORMAT,
    )
