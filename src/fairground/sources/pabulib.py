"""Reads and writes the files of Pabulib, the public library of participatory budgeting elections.

A `.pb` file has three sections (META, PROJECTS, VOTES), each with a header, divided by semicolons. The older
dialect calls the column `beneficiaries` by the name `target`. Reference: Stolicki, Szufa and Talmon,
"Pabulib: A Participatory Budgeting Library" (2020), arXiv 2012.06539, and https://pabulib.org/format.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import methodcaller

from fairground.errors import BadInput, DataProblem
from fairground.evidence import Source

__all__ = ["PabulibFile", "parse", "source", "write"]

SECTIONS = ("META", "PROJECTS", "VOTES")
RENAMED = {"target": "beneficiaries"}
FORMAT = "https://pabulib.org/format"
Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One section: its header, its rows as they were written, and the line its first row is on."""

    header: Row
    lines: tuple[str, ...]
    first_line: int

    def rows(self) -> Iterator[Row]:
        """Return the fields of each row; quoted fields may hold semicolons and line ends."""
        if not any('"' in line for line in self.lines):
            return (tuple(line.split(";")) for line in self.lines)
        return (tuple(row) for row in csv.reader([f"{line}\n" for line in self.lines], delimiter=";"))

    def column(self, name: str) -> int:
        """Return where a column is, or -1; the older names of columns are known."""
        names = [RENAMED.get(title.strip().lower(), title.strip().lower()) for title in self.header]
        return names.index(name) if name in names else -1


@dataclass(frozen=True)
class PabulibFile:
    """A `.pb` file: its facts in order, its projects, its votes, and what was odd about it."""

    name: str
    digest: str
    meta: Mapping[str, str]
    projects: Table
    votes: Table
    faults: tuple[str, ...] = field(default=())

    def number_of_votes(self) -> int:
        """Return how many ballots the file holds."""
        return len(self.votes.lines)

    def grouped(self) -> Counter[tuple[str, str]]:
        """Return each different pair of marks and points, as written, with the number of its ballots."""
        votes, points = self.votes.column("vote"), self.votes.column("points")
        if points < 0 and not any('"' in line for line in self.votes.lines):
            plain = Counter([line.split(";", votes + 1)[votes] for line in self.votes.lines])
            return Counter({(marks, ""): count for marks, count in plain.items()})
        return Counter((row[votes], row[points] if points >= 0 else "") for row in self.votes.rows())

    def line_of(self, marks: str, points: str = "") -> int:
        """Return the first line of the file whose ballot has these marks and points."""
        votes, column = self.votes.column("vote"), self.votes.column("points")
        for number, row in enumerate(self.votes.rows(), self.votes.first_line):
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
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    starts = _sections(lines, name)
    meta = _table(lines, starts, "META", name)
    projects = _table(lines, starts, "PROJECTS", name)
    votes = _table(lines, starts, "VOTES", name)
    _check_columns(projects, ("project_id", "cost"), name)
    _check_columns(votes, ("vote",), name)
    facts: dict[str, str] = {}
    for number, row in enumerate(meta.rows(), meta.first_line):
        if row[0] in facts:
            raise DataProblem("A fact is given twice", name, number, row[0], row[1])
        facts[row[0]] = row[1]
    for needed in ("budget", "vote_type"):
        if needed not in facts:
            raise DataProblem(f"The file does not give its {needed}", name, starts["META"] + 1, needed)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    made = PabulibFile(name, digest, facts, projects, votes)
    return replace(made, faults=tuple(_faults(made)))


def _sections(lines: Sequence[str], name: str) -> dict[str, int]:
    starts: dict[str, int] = {}
    for number, line in enumerate(lines):
        title = line.strip().upper()
        if title in SECTIONS and title not in starts and len(starts) == SECTIONS.index(title):
            starts[title] = number
            if title == "VOTES":
                break
    for wanted in SECTIONS:
        if wanted not in starts:
            raise DataProblem(
                f"The file has no section {wanted} in its place",
                name,
                try_this="a .pb file with META, PROJECTS and VOTES, in that order",
            )
    return starts


def _table(lines: Sequence[str], starts: Mapping[str, int], section: str, name: str) -> Table:
    start = starts[section]
    following = [starts[other] for other in SECTIONS if starts[other] > start]
    end = min(following) if following else len(lines)
    body = lines[start + 1 : end]
    if not body or not body[0].strip():
        raise DataProblem(f"Section {section} has no header", name, start + 2)
    kept = [line for line in body[1:] if line.strip()] if "" in body else body[1:]
    table = Table(tuple(title.strip() for title in body[0].split(";")), tuple(kept), start + 3)
    _check_widths(table, name, section)
    return table


def _check_widths(table: Table, name: str, section: str) -> None:
    width = len(table.header)
    quoted = any('"' in line for line in table.lines)
    if not quoted and set(map(methodcaller("count", ";"), table.lines)) <= {width - 1}:
        return
    for number, row in enumerate(table.rows(), table.first_line):
        if len(row) != width and not (section == "META" and len(row) > width and not any(row[width:])):
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
                "A column is missing", name, table.first_line - 1, column, ";".join(table.header)
            )


def _faults(file: PabulibFile) -> Iterator[str]:
    counts = {"num_votes": len(file.votes.lines), "num_projects": sum(1 for _ in file.projects.rows())}
    for fact, found in counts.items():
        said = file.meta.get(fact, str(found)).strip()
        if said != str(found):
            yield f"{fact} says {said}, but the file has {found}"
    column = file.votes.column("voter_id")
    if column >= 0:
        voters = [line.split(";", column + 1)[column] for line in file.votes.lines]
        repeated = len(voters) - len(set(voters))
        if repeated:
            yield f"{repeated} ballots have a voter_id that an earlier ballot has; each was counted"


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
