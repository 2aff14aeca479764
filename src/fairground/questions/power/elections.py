"""From a Pabulib file to an election that can be counted, with every oddity of the file named by its line.

A ballot that marks a project twice counts once. A mark for a project that is not on the list is refused,
because nobody can say what it meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from fairground.errors import BadInput, DataProblem, NotFound
from fairground.power.budgeting import Ballot, Election, Project, Rule, exact
from fairground.power.budgeting.election import MOST_POINTS, Grouped
from fairground.sources.ballot_tables import read_tables as tables
from fairground.sources.pabulib import PabulibFile, Row, parse

__all__ = ["Poll", "read", "read_tables"]

DIGITS = 20
WHOLE = re.compile(r"(?<=[0-9])\.0+$")  # 5.0 is how a table with empty cells saves 5
KINDS = {
    "approval": "approval",
    "choose-1": "approval",
    "cumulative": "points",
    "scoring": "points",
    "ordinal": "ranking",
}
EXAMPLE = """META
key;value
description;A small town, invented
unit;Ashby
budget;100
num_projects;3
num_votes;10
vote_type;approval
rule;equalshares/add1
PROJECTS
project_id;cost;votes;name;selected
park;60;6;Park;0
bench;20;4;Benches;1
slide;30;6;Slide;1
VOTES
voter_id;vote
1;park,slide
2;park,slide
3;park,slide
4;park,slide
5;park,slide
6;park,slide
7;bench
8;bench
9;bench
10;bench
"""


@dataclass(frozen=True)
class Poll:
    """An election with the file it came from, what the file says won, and what was odd about it."""

    election: Election
    file: PabulibFile
    official: tuple[str, ...]
    repeated: int
    empty: int
    currency: str

    @property
    def most(self) -> int | None:
        """How many projects the file says that one ballot may mark."""
        said = self.file.meta.get("max_length", "").strip()
        if self.file.meta["vote_type"].strip().lower() == "choose-1":
            return 1
        return int(said) if _is_whole(said) and not default_score(self.file) else None

    @property
    def named(self) -> str:
        """The rule that the file names, in small letters; empty where it names none."""
        said = self.file.meta.get("rule", "").strip().lower()
        return "" if said == "unknown" else said

    @property
    def overfull(self) -> int:
        """How many ballots mark more projects than `most`.

        >>> read(EXAMPLE.replace("vote_type;approval", "vote_type;choose-1")).overfull
        6
        """
        if self.most is None:
            return 0
        supporters = self.election.supporters
        marked = np.bincount(supporters.ballots, minlength=len(supporters.voters))
        return int(supporters.voters[marked > self.most].sum())


def read(
    text: str,
    *,
    name: str = "election.pb",
    population: Mapping[str, int] | None = None,
    rivals: Sequence[Sequence[str]] = (),
) -> Poll:
    """Return the election in a `.pb` file.

    Parameters
    ----------
    population : people by district, where shares by district are wanted; each ballot keeps its district.
    rivals : groups of project ids of which one can be built, besides those of the column `rivals`.

    Raises
    ------
    DataProblem, BadInput : the file cannot be counted; names file, line, field and value.

    >>> from fairground.questions.power.elections import EXAMPLE, read
    >>> read(EXAMPLE).election.votes
    (6, 4, 6)
    """
    return poll_of(parse(text, name=name), population=population or {}, rivals=rivals)


def read_tables(
    projects: str,
    ballots: str,
    *,
    budget: str,
    kind: str = "approval",
    names: tuple[str, str] = ("projects.csv", "ballots.csv"),
    population: Mapping[str, int] | None = None,
    rivals: Sequence[Sequence[str]] = (),
) -> Poll:
    """Return the election in two CSV tables: see `fairground.sources.ballot_tables` for their columns.

    Raises
    ------
    BadInput : names file, row, field and value.

    >>> from fairground.questions.power.elections import read_tables
    >>> read_tables("project_id,cost\\npark,60\\n", "vote\\npark\\n", budget="100").election.votes
    (1,)
    """
    file = tables(projects, ballots, budget=budget, kind=kind, names=names)
    return poll_of(file, population=population or {}, rivals=rivals)


def poll_of(file: PabulibFile, *, population: Mapping[str, int], rivals: Sequence[Sequence[str]]) -> Poll:
    """Return the election in a file that was read."""
    name = file.name
    kind = KINDS.get(file.meta["vote_type"].strip().lower())
    if kind is None:
        said, line = file.meta["vote_type"], file.lines.get("vote_type")
        raise DataProblem("There is no such type of vote", name, line, "vote_type", said, ", ".join(KINDS))
    projects = _grouped(_projects(file), rivals)
    places = {p.id: n for n, p in enumerate(projects)}
    ballots, repeated, empty = _cast(file, places, kind, bool(population))
    try:
        budget = exact(file.meta["budget"], "budget")
        title, people = file.meta.get("description", name), tuple(sorted(population.items()))
        made = Election(budget, projects, ballots, kind, title, people)
    except BadInput as fault:
        line = file.votes.first_line if fault.field == "ballots" else file.lines.get(fault.field or "")
        raise DataProblem(fault.what, name, line, fault.field, fault.value, fault.allowed) from fault
    return Poll(made, file, _official(file), repeated, empty, file.meta.get("currency", "").strip())


def _cells(row: Row, places: Sequence[int]) -> list[str]:
    return [row[place].strip() if place >= 0 else "" for place in places]


def _projects(file: PabulibFile) -> tuple[Project, ...]:
    found: dict[str, Project] = {}
    names = ("project_id", "cost", "name", "rivals", "district")
    places = [file.projects.column(name) for name in names]
    for line, row in file.projects.numbered():
        id, cost, name, group, home = _cells(row, places)
        try:
            amount = exact(cost, "cost")
        except BadInput as fault:
            raise DataProblem(fault.what, file.name, line, "cost", cost, fault.allowed) from fault
        if amount <= 0:
            raise DataProblem("A cost must be above zero", file.name, line, "cost", cost, "above 0")
        if not id or id in found:
            told, allowed = "Each project needs an id of its own", "an id that no other project has"
            raise DataProblem(told, file.name, line, "project_id", id, allowed)
        found[id] = Project(id, amount, name, group, home)
    return tuple(found.values())


def _grouped(projects: tuple[Project, ...], rivals: Sequence[Sequence[str]]) -> tuple[Project, ...]:
    """Return projects with the groups of rivals that were given beside the file."""
    groups: dict[str, str] = {}
    ids = {project.id for project in projects}
    for group in rivals:
        for id in group:
            if id not in ids:
                raise NotFound("No project has that id", "rivals", id)
            if id in groups:
                raise BadInput("A project can be in one group of rivals", "rivals", id, "each project once")
            groups[id] = " or ".join(group)
    return tuple(replace(p, rivals=groups[p.id]) if p.id in groups else p for p in projects)


def _official(file: PabulibFile) -> tuple[str, ...]:
    places = [file.projects.column(name) for name in ("project_id", "selected")]
    rows = (_cells(row, places) for row in file.projects.rows()) if places[1] >= 0 else ()
    return tuple(id for id, selected in rows if selected in ("1", "2"))


def _cast(
    file: PabulibFile, places: Mapping[str, int], kind: str, homes: bool
) -> tuple[Sequence[Ballot], int, int]:
    """Return the ballots of a file: all at once where they are many and plain, else one by one."""
    plain = file.votes.short is None and not homes and not default_score(file)
    found = file.gathered(tuple(places), ordered=kind != "approval") if plain else None
    if found is None or (found.points is not None and found.points.max(initial=0) > MOST_POINTS):
        return _ballots(file, places, kind, homes)
    points = found.points
    if points is None and kind != "approval":
        counts = np.diff(found.starts)
        points = np.ones(len(found.marks), np.int64)
        if kind == "ranking":
            steps = np.arange(len(points)) - np.repeat(found.starts[:-1], counts)
            points = np.repeat(np.maximum(counts, _longest(file, len(places))), counts) - steps
    ballots = Grouped(found.starts, found.marks, found.voters, points)
    return ballots, found.repeated, found.empty


def _ballots(
    file: PabulibFile, places: Mapping[str, int], kind: str, homes: bool
) -> tuple[tuple[Ballot, ...], int, int]:
    grouped: dict[tuple[tuple[tuple[int, ...], tuple[int, ...]], str], int] = {}
    repeated = empty = 0
    longest = _longest(file, len(places)) if kind == "ranking" else 0
    default, place, cast = default_score(file), places.get, file.grouped(homes=homes)
    pointed = kind == "points" and any(points.strip() for _, points, _ in cast)
    for (marks, points, home), voters in cast.items():
        ids = marks.split(",") if marks.strip() else []
        found: list[Any] = list(map(place, ids))
        if None in found:
            found = [place(id.strip()) for id in ids]
        if None in found:
            raise _unknown(file, marks, points, ids[found.index(None)])
        worth = _points(file, marks, points, len(found), "pointed" if pointed else kind, longest)
        if len(set(found)) < len(found):
            repeated += voters
            first = {mark: n for n, mark in reversed(list(enumerate(found)))}
            keep = sorted(first.values())
            found, worth = [found[n] for n in keep], [worth[n] for n in keep] if worth else []
        empty += voters if not found else 0
        if default:
            rest = sorted(set(range(len(places))) - set(found))
            found, worth = found + rest, worth + [default] * len(rest)
        if kind == "approval":
            found.sort()
        key = _kept(found, worth), home
        grouped[key] = grouped.get(key, 0) + voters
    return tuple(Ballot(m, p, n, home) for ((m, p), home), n in grouped.items()), repeated, empty


def _kept(found: list[int], worth: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return marks and points without the marks that got no points."""
    if 0 not in worth:
        return tuple(found), tuple(worth)
    pairs = [(place, points) for place, points in zip(found, worth, strict=True) if points]
    return tuple(place for place, _ in pairs), tuple(points for _, points in pairs)


def _points(file: PabulibFile, marks: str, points: str, count: int, kind: str, longest: int) -> list[int]:
    if kind == "approval":
        return []
    if not points.strip() and not (kind == "pointed" and count):
        if kind == "ranking":
            return list(range(max(longest, count), max(longest, count) - count, -1))
        return [1] * count
    cells = [WHOLE.sub("", cell.strip()) for cell in points.split(",")]
    worth = [int(cell) if _is_whole(cell) else -1 for cell in cells]
    if len(cells) != count or not all(0 <= each <= MOST_POINTS for each in worth):
        told = "A ballot needs one whole number of points for each project"
        allowed = f"{count} numbers of 0 to {MOST_POINTS:,}, with commas between them"
        raise DataProblem(told, file.name, file.line_of(marks, points), "points", points, allowed)
    return worth


def _is_whole(text: str) -> bool:
    """Return whether a text is a whole number in the digits 0 to 9, and not too long to be points."""
    return text.isascii() and text.isdecimal() and len(text) < DIGITS


def default_score(file: PabulibFile) -> int:
    """Return the points that a scoring ballot gives to each project that is not on it."""
    said = file.meta.get("default_score", "").strip()
    if not said or file.meta["vote_type"].strip().lower() != "scoring":
        return 0
    if not (_is_whole(said) and int(said) <= MOST_POINTS):
        line, allowed = file.lines.get("default_score"), f"0 to {MOST_POINTS:,}, or leave it out"
        raise DataProblem(
            "A default score is a whole number", file.name, line, "default_score", said, allowed
        )
    return int(said)


def _longest(file: PabulibFile, projects: int) -> int:
    """Return how many projects a ranking may hold: its first is worth so many points."""
    said = file.meta.get("max_length", "").strip()
    if said and not (_is_whole(said) and int(said) <= MOST_POINTS):
        line, allowed = file.lines.get("max_length"), f"up to {MOST_POINTS:,}, or leave it out"
        raise DataProblem(
            "The longest ranking is a whole number", file.name, line, "max_length", said, allowed
        )
    return int(said or projects)


def _unknown(file: PabulibFile, marks: str, points: str, id: str) -> DataProblem:
    return DataProblem(
        "A ballot marks a project that is not on the list",
        file.name,
        file.line_of(marks, points),
        "vote",
        id,
        "an id from section PROJECTS",
    )


def rule_of(poll: Poll) -> Rule | None:
    """Return the rule that a file says was used, or None if it does not say one that we know."""
    field = "min_project_score_threshold"
    try:
        threshold = exact(poll.file.meta.get(field, "").strip() or "0", field)
    except BadInput as fault:
        line, said = poll.file.lines.get(field), poll.file.meta[field]
        raise DataProblem(fault.what, poll.file.name, line, field, said, fault.allowed) from fault
    known = {
        "greedy": Rule("greedy", minimum_score=threshold),
        "greedy-no-skip": Rule("greedy", skip=False, minimum_score=threshold),
        "greedy-threshold": Rule("greedy", minimum_score=threshold),
        "greedy-exclusive": Rule("greedy", minimum_score=threshold, respect_rivals=True),
        "greedy-custom": Rule("greedy", skip=False, top_up=Fraction(4, 5), minimum_score=threshold),
        "equalshares": Rule(),
        "equalshares-comparison": Rule(comparison="projects"),
        "equalshares/add1": Rule(completion="add1"),
        "equalshares/add1-comparison": Rule(
            completion="add1", comparison="projects", stop_when_exhausted=False
        ),
    }
    return known.get(poll.named)
