"""The public bundle: all that a stranger needs to count a vote again, in one JSON file.

It holds the specification that was frozen, the ballots (same marks together, nothing about voters), the
winners, the money trail, a privacy report, and, where they were given, the roots and signatures of the
ballot log. Its `digest` covers the whole file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from fairground.errors import BadInput
from fairground.power.budgeting.counting import Count, count, payments
from fairground.power.budgeting.election import Ballot, Election
from fairground.power.budgeting.second import Second, second
from fairground.power.budgeting.signatures import faults
from fairground.power.budgeting.specification import (
    Pot,
    Specification,
    sealed,
    specification,
)

FORMAT = "fairground-budgeting-bundle/1"
PARTS = ("format", "specification", "specification_sha256", "rule_seal", "pots", "privacy", "log", "digest")


@dataclass(frozen=True)
class Privacy:
    """How many ballots there are, how many different ones, and how many that nobody else cast.

    Who knows the exact marks of such a voter can see that the ballot was cast, and nothing more: the bundle
    says nothing else about voters. `small` ballots are shared by fewer than five voters.
    """

    ballots: int
    different: int
    unique: int
    small: int


@dataclass(frozen=True)
class Check:
    """One thing that a bundle says, and what counting it again gives; `same` if they agree."""

    part: str
    said: str
    found: str
    same: bool


@dataclass(frozen=True)
class Part:
    """One pot: its ballots, and what was said to have won, in order, with the money trail.

    `election` is None where nobody voted on the pot.
    """

    pot: Pot
    election: Election | None
    winners: tuple[str, ...]
    trace: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Bundle:
    """A bundle that was read: what it says, not yet checked."""

    specification: Specification
    parts: tuple[Part, ...]
    record: Mapping[str, Any] = field(repr=False)


def privacy(ballots: Sequence[Ballot]) -> Privacy:
    """Return how many ballots of a group are the only ones of their kind.

    >>> from fairground.power.budgeting import Ballot, privacy
    >>> privacy((Ballot((0, 1), voters=6), Ballot((1,))))
    Privacy(ballots=7, different=2, unique=1, small=1)
    """
    marked = [ballot.voters for ballot in ballots if ballot.projects]
    return Privacy(
        sum(ballot.voters for ballot in ballots),
        len(ballots),
        sum(1 for voters in marked if voters == 1),
        sum(voters for voters in marked if voters < 5),
    )


def trace(election: Election, counted: Count) -> list[dict[str, Any]]:
    """Return each winner in order, with its cost, its votes, and who paid how much as text."""
    trail, votes, found = payments(election, counted), election.votes, []
    for number, p in enumerate(counted.winners):
        project = election.projects[p]
        row: dict[str, Any] = {"project": project.id, "cost": str(project.cost), "votes": votes[p]}
        if number < len(trail):
            groups: dict[Fraction, int] = {}
            for group in trail[number]:
                groups[group.each] = groups.get(group.each, 0) + group.voters
            row["paid"] = [
                {"voters": voters, "each": str(each)} for each, voters in sorted(groups.items(), reverse=True)
            ]
        found.append(row)
    return found


def ballots_seal(frozen: Specification, cast: Sequence[Ballot]) -> str:
    """Return the SHA-256 of the ballots of all pots, as a bundle holds them: what is signed at the close."""
    pots = [pot for pot in frozen.pots if frozen.listed(pot)]
    return sealed({pot.id: _ballot_rows(frozen, pot, frozen.ballots(pot, cast)) for pot in pots})


def bundle(frozen: Specification, cast: Sequence[Ballot], *, log: Mapping[str, Any] | None = None) -> str:
    """Return the public bundle of a vote as JSON text.

    Parameters
    ----------
    cast : ballots on all projects of the specification, with the voters' district where pots need it.
    log : the roots and signatures of the ballot log, as the site published them.

    Raises
    ------
    BadInput : the ballots do not fit the specification.

    >>> from fairground.power.budgeting import Ballot, bundle, check, specification
    >>> frozen = specification({"pots": [{"id": "town", "amount": "100"}], "rule": {},
    ...     "projects": [{"id": "park", "cost": "60"}]})
    >>> all(line.same for line in check(bundle(frozen, [Ballot((0,), voters=3)])))
    True
    """
    pots: list[dict[str, Any]] = []
    rows: list[Ballot] = []
    for pot in frozen.pots:
        if not frozen.listed(pot):
            continue
        ballots = frozen.ballots(pot, cast)
        if not ballots:
            pots.append({"pot": pot.id, "ballots": [], "winners": [], "trace": []})
            continue
        election = frozen.election(pot, ballots)
        pots.append(_pot_record(frozen, pot, election))
        rows.extend(ballots)
    record: dict[str, Any] = {
        "format": FORMAT,
        "specification": frozen.record,
        "specification_sha256": frozen.digest,
        "rule_seal": frozen.rule.seal,
        "pots": pots,
        "privacy": _privacy_record(privacy(rows)),
        "log": dict(log or {}),
    }
    record["digest"] = sealed(record)
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _privacy_record(found: Privacy) -> dict[str, int]:
    return {
        "ballots": found.ballots,
        "different": found.different,
        "unique": found.unique,
        "small": found.small,
    }


def _ballot_rows(frozen: Specification, pot: Pot, ballots: Sequence[Ballot]) -> list[dict[str, Any]]:
    ids = [project.id for project in frozen.listed(pot)]
    rows = []
    for ballot in ballots:
        row: dict[str, Any] = {"voters": ballot.voters, "marks": [ids[p] for p in ballot.projects]}
        row |= {"points": list(ballot.points)} if ballot.points else {}
        rows.append(row | ({"district": ballot.district} if ballot.district else {}))
    return rows


def _pot_record(frozen: Specification, pot: Pot, election: Election) -> dict[str, Any]:
    counted = count(election, frozen.rule)
    return {
        "pot": pot.id,
        "ballots": _ballot_rows(frozen, pot, election.ballots),
        "winners": [election.projects[p].id for p in counted.winners],
        "trace": trace(election, counted),
    }


def read_bundle(text: str) -> Bundle:
    """Return what a bundle says, without believing it.

    Raises
    ------
    BadInput : it is not a bundle, or a part of it cannot be read; names the part.
    """
    try:
        record = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as fault:
        raise BadInput(f"This is not JSON ({fault})", "bundle") from fault
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise BadInput("This is not a bundle of a participatory budget", "format", None, FORMAT)
    missing = [part for part in PARTS if part not in record]
    if missing:
        raise BadInput("A part of the bundle is missing", missing[0], None, ", ".join(PARTS))
    frozen = specification(record["specification"])
    pots = {pot.id: pot for pot in frozen.pots}
    try:
        parts = tuple(_part(frozen, pots[row["pot"]], row) for row in record["pots"])
    except (KeyError, TypeError, AttributeError) as fault:
        raise BadInput(f"A pot of the bundle cannot be read ({fault})", "pots") from fault
    return Bundle(frozen, parts, record)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"a key stands twice beside '{pairs[0][0]}', so it could be read in two ways")
    return found


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _part(frozen: Specification, pot: Pot, row: Mapping[str, Any]) -> Part:
    places = {project.id: n for n, project in enumerate(frozen.listed(pot))}
    ballots = []
    for number, ballot in enumerate(row["ballots"], 1):
        unknown = [id for id in ballot["marks"] if id not in places]
        if unknown:
            raise BadInput(f"Ballot {number} of pot '{pot.id}' marks no project of it", "marks", unknown[0])
        points = tuple(ballot.get("points", ()))
        voters = ballot["voters"]
        if not all(type(n) is int and n > 0 for n in (voters, *points)):
            raise BadInput(f"Ballot {number} of pot '{pot.id}' needs whole numbers", "voters", voters)
        marks = tuple(places[id] for id in ballot["marks"])
        ballots.append(Ballot(marks, points, voters, str(ballot.get("district", ""))))
    election = frozen.election(pot, ballots) if ballots else None
    return Part(pot, election, tuple(map(str, row["winners"])), tuple(row["trace"]))


def check(text: str) -> tuple[Check, ...]:
    """Return everything a bundle says beside what counting again gives, by two counters.

    Raises
    ------
    BadInput : it cannot be read as a bundle.
    """
    found = read_bundle(text)
    frozen, record = found.specification, found.record
    said_rule = record["specification"].get("rule", {})
    lines = [
        _line(
            "digest of the file", record["digest"], sealed({k: v for k, v in record.items() if k != "digest"})
        ),
        _line("SHA-256 of the specification", record["specification_sha256"], frozen.digest),
        _line("seal of the rule", record["rule_seal"], frozen.rule.seal),
        _line("seal inside the rule", said_rule.get("seal", frozen.rule.seal), frozen.rule.seal),
    ]
    missing = [pot.id for pot in frozen.pots if frozen.listed(pot)]
    lines.append(_line("pots", ", ".join(part.pot.id for part in found.parts), ", ".join(missing)))
    for part in found.parts:
        lines += _recounted(part, frozen)
    ballots = [ballot for part in found.parts if part.election for ballot in part.election.ballots]
    lines.append(_line("privacy report", record["privacy"], _privacy_record(privacy(ballots))))
    most = max((part.election.voters for part in found.parts if part.election), default=0)
    log = record["log"] if isinstance(record["log"], dict) else {}
    seal = sealed({row["pot"]: row["ballots"] for row in record["pots"]})
    signed = faults(log, record=frozen.record, digest=frozen.digest, ballots=most, seal=seal)
    return (*lines, *(_line(*line) for line in signed))


def _line(part: str, said: object, found: object) -> Check:
    return Check(part, str(said), str(found), said == found)


def _by_second(part: Part, election: Election, other: Second) -> Check:
    """Return what the second counter found; where it counted a sample of the endowments, the line says so."""
    name = f"winners of pot {part.pot.id}, second counter"
    if other.counted < other.endowments:
        name += f" at {other.counted} of {other.endowments} endowments"
    said = ", ".join(sorted(part.winners))
    found = ", ".join(sorted(election.projects[p].id for p in other.winners))
    same = said == found and (other.agree or other.counted == other.endowments)
    return Check(name, said, found if same or said != found else f"{found}, but by another way", same)


def _recounted(part: Part, frozen: Specification) -> list[Check]:
    election, name = part.election, part.pot.id
    if election is None:
        return [_line(f"winners of pot {name}, on which nobody voted", ", ".join(part.winners), "")]
    counted = count(election, frozen.rule)
    other = second(election, counted)
    ids = tuple(election.projects[p].id for p in counted.winners)
    lines = [
        _line(f"winners of pot {name}", ", ".join(part.winners), ", ".join(ids)),
        _by_second(part, election, other),
    ]
    rounds = trace(election, counted)
    for number in range(max(len(rounds), len(part.trace))):
        said = part.trace[number] if number < len(part.trace) else None
        found = rounds[number] if number < len(rounds) else None
        if said != found:
            lines.append(_line(f"round {number + 1} of pot {name}", said, found))
    if len(lines) == 2:
        told = f"{len(rounds)} round{'' if len(rounds) == 1 else 's'}"
        lines.append(_line(f"money trail of pot {name}", told, told))
    return lines
