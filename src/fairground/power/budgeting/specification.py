"""What is frozen when voting opens: the pots of money, the projects, the kind of ballot and the rule.

It is a plain record (JSON) with one way to be written, so its SHA-256, published when voting opens, says
whether anything was changed afterwards. Money is in pence (`amount_pence`, `cost_pence`), or exact in
another currency (`amount`, `cost`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from fractions import Fraction
from typing import Any

from fairground.errors import BadInput
from fairground.power.budgeting.election import Ballot, Election, Project, exact
from fairground.power.budgeting.rules import Rule

BALLOTS = {"approval": "approval", "k-approval": "approval", "points": "points", "ranking": "ranking"}
LISTS = {"ties", "order", "sequence"}
AMOUNTS = {"step", "top_up", "minimum_score", "minimum_support"}


@dataclass(frozen=True)
class Pot:
    """A sum of money: everybody may vote on it, or the voters of some districts."""

    id: str
    amount: Fraction
    name: str = ""
    districts: tuple[str, ...] = ()

    def open_to(self, district: str) -> bool:
        """Return whether voters of a district may vote on this pot."""
        return not self.districts or district in self.districts


@dataclass(frozen=True)
class Specification:
    """What is voted on and how it is counted, as frozen when voting opens.

    Parameters
    ----------
    pot_of : the pot of each project, by the project's id.
    population : how many people live in each district, where the rule corrects for turnout.
    record : the whole frozen record, from which everything else here was read.
    """

    title: str
    currency: str
    kind: str
    pots: tuple[Pot, ...]
    projects: tuple[Project, ...]
    pot_of: Mapping[str, str]
    rule: Rule
    record: Mapping[str, Any] = field(repr=False)
    population: tuple[tuple[str, int], ...] = ()

    @property
    def digest(self) -> str:
        """The SHA-256 of the record: it changes if any pot, project or choice changes."""
        return sealed(self.record)

    def listed(self, pot: Pot) -> tuple[Project, ...]:
        """Return the projects that want money from a pot."""
        return tuple(project for project in self.projects if self.pot_of[project.id] == pot.id)

    def ballots(self, pot: Pot, cast: Iterable[Ballot]) -> tuple[Ballot, ...]:
        """Return ballots on all projects as ballots on one pot, same marks together, in a fixed order.

        Whoever may vote on the pot has a share in it, also if they marked nothing there. The district is
        left out, except where the rule corrects for turnout: no other rule looks at it.
        """
        places = {project.id: n for n, project in enumerate(self.listed(pot))}
        here = [places.get(project.id) for project in self.projects]
        grouped: dict[tuple[tuple[int, ...], tuple[int, ...], str], int] = {}
        for ballot in cast:
            if not pot.open_to(ballot.district):
                continue
            kept = [n for n, p in enumerate(ballot.projects) if here[p] is not None]
            marks = tuple(here[ballot.projects[n]] or 0 for n in kept)
            points = tuple(ballot.points[n] for n in kept) if ballot.points else ()
            if self.kind != "ranking":
                order = sorted(range(len(marks)), key=marks.__getitem__)
                marks, points = tuple(marks[n] for n in order), tuple(points[n] for n in order if points)
            key = (marks, points, ballot.district if self.rule.turnout else "")
            grouped[key] = grouped.get(key, 0) + ballot.voters
        return tuple(Ballot(m, p, voters, home) for (m, p, home), voters in sorted(grouped.items()))

    def election(self, pot: Pot, ballots: Sequence[Ballot]) -> Election:
        """Return the election on one pot, with ballots on its projects."""
        name = f"{self.title}, {pot.name}".strip(", ")
        return Election(pot.amount, self.listed(pot), tuple(ballots), self.kind, name, self.population)


def sealed(record: object) -> str:
    """Return the SHA-256 of a record, written in one way: keys in order, no spaces, letters escaped.

    >>> from fairground.power.budgeting import sealed
    >>> sealed({"b": 1, "a": 2}) == sealed({"a": 2, "b": 1})
    True
    """
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def specification(record: Mapping[str, Any]) -> Specification:
    """Return the specification that a record holds.

    Raises
    ------
    BadInput : something is missing or not as it must be; names the field and the value.

    >>> from fairground.power.budgeting import specification
    >>> found = specification({"title": "Ashby", "pots": [{"id": "town", "amount_pence": 10000}],
    ...     "projects": [{"id": "park", "title": "Park", "cost_pence": 6000, "pot": "town"}],
    ...     "ballot": {"kind": "approval"}, "rule": {"method": "greedy"}})
    >>> found.pots[0].amount, found.rule.method
    (Fraction(100, 1), 'greedy')
    """
    if not isinstance(record, Mapping):
        raise BadInput("A specification must be a record", "specification", type(record).__name__)
    pots = tuple(_pot(row) for row in _rows(record, "pots"))
    known = {pot.id for pot in pots}
    if len(known) < len(pots):
        raise BadInput("Each pot needs an id of its own", "pots", ", ".join(pot.id for pot in pots))
    projects, pot_of = [], {}
    for row in _rows(record, "projects"):
        project = _project(row)
        pot = str(row.get("pot", pots[0].id if len(pots) == 1 else ""))
        if pot not in known:
            raise BadInput(
                f"The pot of project '{project.id}' is not there", "pot", pot, ", ".join(sorted(known))
            )
        projects.append(project)
        pot_of[project.id] = pot
    ballot = record.get("ballot", {})
    kind = str(ballot.get("kind", ballot.get("type", "approval"))) if isinstance(ballot, Mapping) else ""
    if kind not in BALLOTS:
        raise BadInput("There is no such kind of ballot", "ballot", kind, ", ".join(BALLOTS))
    return Specification(
        str(record.get("title", "")),
        str(record.get("currency", "GBP")),
        BALLOTS[kind],
        pots,
        tuple(projects),
        pot_of,
        rule_from(record.get("rule", {})),
        record,
        _population(record.get("population", {})),
    )


def _rows(record: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    rows = record.get(name)
    if not isinstance(rows, list | tuple) or not rows or not all(isinstance(row, Mapping) for row in rows):
        raise BadInput(f"A specification needs a list of {name}", name, "none" if not rows else type(rows))
    return rows


def _population(record: object) -> tuple[tuple[str, int], ...]:
    if not isinstance(record, Mapping) or not all(type(people) is int for people in record.values()):
        raise BadInput("Population is a record of districts and whole numbers", "population", record)
    return tuple(sorted((str(district), people) for district, people in record.items()))


def _money(row: Mapping[str, Any], name: str) -> Fraction:
    if f"{name}_pence" in row:
        return exact(row[f"{name}_pence"], f"{name}_pence") / 100
    return exact(row.get(name, ""), name)


def _pot(row: Mapping[str, Any]) -> Pot:
    amount = _money(row, "amount")
    if amount <= 0:
        raise BadInput("A pot must hold money", "amount", amount, "above 0")
    districts = row.get("districts") or ()
    if not isinstance(districts, list | tuple):
        raise BadInput("The districts of a pot are a list", "districts", districts)
    return Pot(str(row.get("id", "")), amount, str(row.get("name", "")), tuple(map(str, districts)))


def _project(row: Mapping[str, Any]) -> Project:
    title = str(row.get("title", row.get("name", "")))
    texts = (str(row.get(name) or "") for name in ("rivals", "district"))
    return Project(str(row.get("id", "")), _money(row, "cost"), title, *texts)


def rule_from(record: Mapping[str, Any]) -> Rule:
    """Return the rule that a record holds; what it does not say is as in `Rule`.

    Raises
    ------
    BadInput : a choice that we do not know, or a seal that is not the rule's.
    """
    if not isinstance(record, Mapping):
        raise BadInput("A rule must be a record of choices", "rule", type(record).__name__)
    known = {choice.name: choice for choice in fields(Rule)}
    choices: dict[str, Any] = {}
    for name, value in record.items():
        if name == "seal":
            continue
        if name not in known:
            raise BadInput("A rule has no such choice", "rule", name, ", ".join(known))
        default = known[name].default
        if name in AMOUNTS:
            choices[name] = exact(value, name)
        elif name in LISTS and isinstance(value, list | tuple):
            choices[name] = tuple(map(str, value))
        elif default is not MISSING and type(value) is type(default):
            choices[name] = value
        else:
            raise BadInput("A choice of the rule is not as it must be", name, value, type(default).__name__)
    return Rule(**choices)


def rule_record(rule: Rule) -> dict[str, Any]:
    """Return a rule as a record that JSON can hold, with every choice written out and its seal.

    >>> from fairground.power.budgeting import Rule, rule_record
    >>> rule_record(Rule("greedy"))["method"]
    'greedy'
    """
    found: dict[str, Any] = {}
    for choice in fields(rule):
        value = getattr(rule, choice.name)
        found[choice.name] = (
            str(value) if isinstance(value, Fraction) else list(value) if isinstance(value, tuple) else value
        )
    return found | {"seal": rule.seal}
