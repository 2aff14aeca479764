"""Between the rows of a vote and the engine: marks, pseudonyms, codes, hashes, proofs and grouped ballots.

The engine's words for a fault in a ballot come back as they are, beside the pot they belong to.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from fairground.errors import BadInput
from fairground.merkle import Log, is_included, leaf_hash
from fairground.power.budgeting.ballot import BallotForm, Marks, pounds
from fairground.power.budgeting.bundle import ballots_seal
from fairground.power.budgeting.election import Ballot as EngineBallot
from fairground.power.budgeting.receipts import (
    RECEIPT_LENGTH,
    SealedBallot,
    canonical,
    pseudonym,
    read_code,
    shuffled,
    write_code,
)
from fairground.power.budgeting.signatures import ballots_message
from fairground.power.budgeting.specification import sealed as seal_of
from fairground.power.budgeting.specification import specification as engine_reads
from fairground.spreadsheets import heading_row, text_of
from fairground.web.ballots.models import Ballot, Paper, Revision
from fairground.web.ballots.specification import Pot, Specification, read

__all__ = [
    "RECEIPT_LENGTH",
    "BallotForm",
    "Marks",
    "Proof",
    "ballots_to_sign",
    "canonical",
    "cast_ballots",
    "counted_ballots",
    "digest",
    "form_of",
    "frozen",
    "heading_row",
    "marks_from_json",
    "marks_to_json",
    "opening",
    "pounds",
    "proof_of",
    "pseudonym",
    "public_log",
    "read_code",
    "receipt_message",
    "root_message",
    "root_of",
    "root_to_sign",
    "sealed",
    "shuffled",
    "specification_of",
    "text_of",
    "write_code",
]
AllMarks = dict[str, Marks]


def frozen(facts: Any) -> tuple[dict[str, Any], Specification]:
    """Return JSON values as a paper keeps them, and what they say; refuse what no vote can be held on."""
    try:
        plain = json.loads(json.dumps(facts, allow_nan=False))
    except (TypeError, ValueError) as fault:
        raise BadInput("A paper must be plain JSON", "specification", str(fault)) from fault
    specification = read(plain)
    for pot in specification.pots:
        form_of(plain, pot)
    engine_reads(plain)
    return plain, specification


def digest(facts: dict[str, Any]) -> str:
    """Return the SHA-256 of a paper's JSON, in hexadecimal."""
    return seal_of(facts)


def specification_of(paper: Paper) -> Specification:
    """Return what a paper says."""
    return read(paper.specification)


def form_of(facts: dict[str, Any], pot: Pot) -> BallotForm:
    """Return what a ballot for a pot may hold."""
    ballot = facts.get("ballot")
    if not isinstance(ballot, dict):
        raise BadInput(
            "A paper says what a ballot may hold", "ballot", ballot, 'such as {"type": "approval"}'
        )
    return BallotForm(
        str(ballot.get("type", "")),
        most=ballot.get("max_projects"),
        points=ballot.get("points"),
        most_each=ballot.get("max_points"),
        ceiling=pot.amount_pence if ballot.get("within_budget") else None,
    )


def marks_to_json(marks: AllMarks) -> dict[str, Any]:
    """Return marks as a revision keeps them."""
    return {pot: [list(found.projects), list(found.points)] for pot, found in marks.items()}


def marks_from_json(kept: dict[str, Any]) -> AllMarks:
    """Return the marks that a revision keeps."""
    return {pot: Marks(tuple(projects), tuple(points)) for pot, (projects, points) in kept.items()}


def faults(paper: Paper, district: str, marks: AllMarks) -> dict[str, tuple[BadInput, ...]]:
    """Return what is wrong with a ballot, for each pot that has faults."""
    specification = specification_of(paper)
    pots = {pot.id: pot for pot in specification.pots_of(district)}
    found = {
        pot: form_of(paper.specification, pots[pot]).faults(one, costs=specification.costs(pot))
        for pot, one in marks.items()
        if pot in pots
    }
    for pot in set(marks) - set(pots):
        found[pot] = (BadInput("This pot is not on your ballot", "pots", pot, ", ".join(pots)),)
    return {pot: told for pot, told in found.items() if told}


def sealed(paper: Paper, *, tier: str, district: str, marks: AllMarks, nonce: str) -> SealedBallot:
    """Return a ballot in the form in which it enters the log."""
    return SealedBallot(paper.digest, tier, district, tuple(sorted(marks.items())), nonce)


def receipt_message(paper: Paper, *, position: int, leaf: str) -> bytes:
    """Return what the site signs when it takes a ballot."""
    return canonical({"paper": paper.digest, "position": position, "leaf": leaf})


def root_message(paper_digest: str, *, size: int, root: str) -> bytes:
    """Return what the site signs when a vote closes."""
    return canonical({"paper": paper_digest, "size": size, "root": root})


_LOGS: dict[str, Log] = {}  # what this process has read of each log, by the hash of its paper
MOST_LOGS = 16


def _leaves(paper: Paper, start: int = 0) -> tuple[bytes, ...]:
    rows = Revision.objects.filter(paper=paper, position__gte=start).order_by("position")
    return tuple(bytes.fromhex(leaf) for leaf in rows.values_list("leaf", flat=True))


def _log(paper: Paper) -> Log:
    """Return the log, reading only what was added since this process last looked (a log only grows)."""
    before = _LOGS.get(paper.digest, Log(()))
    overlap = before.leaves[-1:]
    more = _leaves(paper, before.size - len(overlap))
    if more[: len(overlap)] != overlap:  # another database was put in place of the one that was read
        before, overlap, more = Log(()), (), _leaves(paper)
    found = before.extended(more[len(overlap) :])
    if len(_LOGS) >= MOST_LOGS and paper.digest not in _LOGS:
        _LOGS.clear()
    _LOGS[paper.digest] = found
    return found


def root_of(paper: Paper) -> tuple[int, str]:
    """Return how many entries the log has, and its root."""
    log = _log(paper)
    return log.size, log.root.hex()


def root_to_sign(paper: Paper) -> tuple[int, str]:
    """Return size and root, worked out anew from the ballots themselves and not from their kept hashes.

    Raises
    ------
    BadInput : a kept hash is not that of its ballot; names the place.
    """
    leaves = []
    for entry in Revision.objects.filter(paper=paper).select_related("paper").order_by("position"):
        leaves.append(leaf_hash(opening(entry).encode()))
        if leaves[-1].hex() != entry.leaf or entry.position != len(leaves) - 1:
            raise BadInput("The log is damaged: an entry does not match its hash", "position", entry.position)
    log = Log(tuple(leaves))
    return log.size, log.root.hex()


def ballots_to_sign(paper: Paper) -> bytes:
    """Return what the site signs for the ballots that will be counted: they can no longer change."""
    seal = ballots_seal(engine_reads(paper.specification), cast_ballots(paper))
    return ballots_message(paper.digest, ballots=seal)


@dataclass(frozen=True)
class Proof:
    """That an entry is in the log: all that a stranger needs to check it."""

    leaf: str
    position: int
    size: int
    path: tuple[str, ...]
    root: str

    @property
    def holds(self) -> bool:
        """Whether the path leads from the leaf to the root."""
        path = tuple(bytes.fromhex(one) for one in self.path)
        leaf, root = bytes.fromhex(self.leaf), bytes.fromhex(self.root)
        return is_included(leaf, position=self.position, size=self.size, proof=path, root=root)


def proof_of(revision: Revision) -> Proof:
    """Return the proof that an entry is in the log as it is now."""
    log = _log(revision.paper)
    path = tuple(one.hex() for one in log.inclusion(revision.position))
    return Proof(revision.leaf, revision.position, log.size, path, log.root.hex())


def opening(revision: Revision) -> str:
    """Return what hashes to an entry of the log: its voter alone may see it, for it says how they voted."""
    marks = marks_from_json(revision.marks)
    facts = {"tier": revision.tier, "district": revision.district, "nonce": revision.nonce}
    return sealed(revision.paper, marks=marks, **facts).entry.decode()


def public_log(paper: Paper) -> dict[str, Any]:
    """Return what anyone may have of the log: hashes in order, root, signature and the key to check it by."""
    log = _log(paper)
    return {
        "paper": paper.digest,
        "size": log.size,
        "root": log.root.hex(),
        "closed": paper.closed_at is not None,
        "signature": paper.signature,
        "public_key": paper.public_key,
        "leaves": [leaf.hex() for leaf in log.leaves],
    }


def last_revisions(paper: Paper) -> QuerySet[Revision]:
    """Return the revision of each ballot that counts: its last."""
    return Revision.objects.filter(paper=paper, number=F("ballot__last")).select_related("ballot")


def counted_ballots(paper: Paper) -> dict[str, list[tuple[Marks, int, str]]]:
    """Return the ballots to count, for each pot: what was marked, by how many, of which tier.

    Only the last revision of each ballot counts. Equal ballots of a tier are one record, sorted, so that the
    order tells nothing of who came when. Whoever may vote on a pot and marked nothing in it is kept as a
    ballot without marks: they had a share of its money.
    """
    pots: dict[str, Counter[tuple[Marks, str]]] = {pot.id: Counter() for pot in specification_of(paper).pots}
    for marks, tier in last_revisions(paper).values_list("marks", "tier"):
        for pot, found in marks_from_json(marks).items():
            pots[pot][found, tier] += 1
    return {
        pot: sorted(
            ((marks, count, tier) for (marks, tier), count in found.items()),
            key=lambda row: (row[2], row[0].projects, row[0].points),
        )
        for pot, found in pots.items()
    }


def cast_ballots(paper: Paper) -> tuple[EngineBallot, ...]:
    """Return the ballots to count as the engine's, on all projects at once: equal ones are one record.

    The first of a ranking gets as many points as a ranking may be long, the next one less (as in Pabulib).
    """
    said, ballot = specification_of(paper), paper.specification["ballot"]
    place, ranked = {project.id: n for n, project in enumerate(said.projects)}, ballot["type"] == "ranking"
    longest = {pot.id: ballot.get("max_projects") or len(said.costs(pot.id)) for pot in said.pots}
    grouped: Counter[tuple[tuple[int, ...], tuple[int, ...], str]] = Counter()
    for kept, district in last_revisions(paper).values_list("marks", "district"):
        marks = sorted(marks_from_json(kept).items())
        projects = tuple(place[id] for _, found in marks for id in found.projects)
        if ranked:
            points = tuple(
                longest.get(pot, 0) - n for pot, found in marks for n in range(len(found.projects))
            )
        else:
            points = tuple(points for _, found in marks for points in found.points)
        grouped[projects, points, district] += 1
    return tuple(EngineBallot(p, points, n, district) for (p, points, district), n in sorted(grouped.items()))


def turnout(paper: Paper) -> dict[str, int]:
    """Return how many ballots there are of each tier."""
    return dict(Counter(Ballot.objects.filter(paper=paper).values_list("tier", flat=True)))
