"""Paper ballots: printed with codes, typed twice by two people, reconciled with their envelopes, then cast.

Ballots are typed, not totals: the count needs each of them. Two people type each ballot (double
entry), and whatever differs is named until they agree.

Rule 1: a batch has as many ballots as envelopes, each typed twice by two people, with the same marks. An
envelope without a ballot that can count (empty, torn, two ballots, no code) is set aside with a reason, and
somebody else than who set it aside puts the batch into the log.
Rule 2: a code counts once, whether it came on paper or online. Who voted online and on paper is counted
as they voted online; the paper ballot is set aside and the report says how many were.
Rule 3: where there is a roll, a printed ballot is handed to a line of it and counts as that voter's.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.ballots import bridge
from fairground.web.ballots.actions import cast
from fairground.web.ballots.models import Ballot, Batch, Paper, RollEntry, Slip, Typing
from fairground.web.ballots.roll import code_hash, voter_by_code, voter_by_hash
from fairground.web.participation.permissions import may


@dataclass(frozen=True)
class Report:
    """How a batch stands: each list holds the last four letters of codes."""

    envelopes: int
    ballots: int
    typed_once: tuple[str, ...]
    different: tuple[str, ...]
    online: tuple[str, ...]
    set_aside: int = 0

    @property
    def missing(self) -> int:
        """How many envelopes have no ballot (below zero: more ballots than envelopes)."""
        return self.envelopes - self.ballots - self.set_aside

    @property
    def is_whole(self) -> bool:
        """Whether the batch can go into the log."""
        return not (self.missing or self.typed_once or self.different)


def _need_officer(paper: Paper, by: Any) -> None:
    if not may(by, "round.manage", paper.round):
        raise PermissionDenied
    if paper.closed_at:
        raise BadInput("The vote is closed: no paper ballot can be added")


@transaction.atomic
def print_slips(*, paper: Paper, count: int, district: str, by: Any) -> list[tuple[Slip, str]]:
    """Make ballots to hand out and return their codes once, for printing; they are not kept."""
    _need_officer(paper, by)
    known = {name for pot in bridge.specification_of(paper).pots for name in pot.districts}
    if "booth" not in bridge.specification_of(paper).eligibility.ways:
        raise BadInput("This vote has no ballots to hand out", "ways", "booth is not among them")
    if district and district not in known:
        raise BadInput("No pot is for this district", "district", district, ", ".join(sorted(known)))
    first = Slip.objects.filter(paper=paper).count() + 1
    made = []
    for serial in range(first, first + count):
        code = bridge.write_code(secrets.token_bytes(16))
        slip = Slip(paper=paper, serial=serial, code_hash=code_hash(paper, code), district=district)
        made.append((slip, code))
    Slip.objects.bulk_create([slip for slip, _ in made], batch_size=500)
    record("vote.slips.print", by=by, subject=str(paper.round_id), first=first, count=count)
    return made


@transaction.atomic
def hand_out(*, paper: Paper, serial: int, number: str, by: Any) -> None:
    """Write down to which voter of the roll a printed ballot was handed; this cannot be changed later.

    If it could, a ballot that was used already might be used again in another name. The audit event says
    that a ballot was handed out, not which and not to whom.
    """
    _need_officer(paper, by)
    slip = Slip.objects.select_for_update().filter(paper=paper, serial=serial).first()
    if slip is None:
        raise BadInput("There is no ballot with this number", "serial", serial)
    if slip.number:
        raise BadInput("This ballot was handed out already. Take another", "serial", serial)
    entry = RollEntry.objects.filter(paper=paper, number=number.strip()).first()
    if entry is None:
        raise BadInput("Nobody on the roll has this number", "number", number)
    if not entry.old_enough:
        raise BadInput("This voter is too young to vote here", "number", number)
    if entry.district != slip.district:
        theirs = entry.district or "the pots of everybody"
        raise BadInput(f"This voter needs a ballot for {theirs}", "serial", slip.district or "everybody")
    slip.number = entry.number
    slip.save(update_fields=["number"])
    record("vote.slip.hand_out", by=by, subject=str(paper.round_id))


@transaction.atomic
def open_batch(*, paper: Paper, name: str, envelopes: int, by: Any) -> Batch:
    """Begin a batch with the number of its envelopes, counted by hand before any is opened."""
    _need_officer(paper, by)
    if Batch.objects.filter(paper=paper, name=name).exists():
        raise BadInput("A batch of that name is there already", "name", name)
    batch = Batch.objects.create(paper=paper, name=name, envelopes=envelopes, opened_by=by)
    record("vote.batch.open", by=by, subject=str(paper.round_id), batch=name, envelopes=envelopes)
    return batch


@transaction.atomic
def type_ballot(*, batch: Batch, code: str, marks: bridge.AllMarks, by: Any) -> Typing:
    """Keep a paper ballot as `by` typed it; typing one's own again mends it.

    Raises
    ------
    BadInput : the code is nobody's or in another batch, two others typed it, or the marks have a fault.
    """
    paper = batch.paper
    _need_officer(paper, by)
    batch = _unaccepted(batch)
    voter = voter_by_code(paper, code)
    for told in bridge.faults(paper, voter.district, marks).values():
        raise told[0]
    hashed = code_hash(paper, bridge.read_code(code))
    before = list(Typing.objects.filter(paper=paper, code_hash=hashed))
    if any(one.batch_id != batch.pk for one in before):
        raise BadInput("This ballot is in another batch", "code", bridge.read_code(code)[-4:])
    mine = next((one for one in before if one.typed_by_id == by.pk), None)
    if mine is None and len(before) == 2:
        raise BadInput("Two people have typed this ballot already", "code", bridge.read_code(code)[-4:])
    kept = bridge.marks_to_json(marks)
    if mine is None:
        turn = 2 if before and before[0].turn == 1 else 1
        end = bridge.read_code(code)[-4:]
        mine = Typing(
            paper=paper, batch=batch, code_hash=hashed, code_end=end, turn=turn, typed_by=by, marks=kept
        )
    mine.marks = kept
    mine.save()
    record("vote.ballot.type", by=by, subject=str(paper.round_id), batch=batch.name)
    return mine


@transaction.atomic
def take_out(*, batch: Batch, code: str, by: Any) -> None:
    """Forget what `by` typed for a ballot, such as one that lies in another batch.

    Raises
    ------
    BadInput : the batch is in the log, or `by` typed no ballot with this code into it.
    """
    _need_officer(batch.paper, by)
    batch = _unaccepted(batch)
    hashed = code_hash(batch.paper, bridge.read_code(code))
    gone, _ = Typing.objects.filter(batch=batch, code_hash=hashed, typed_by=by).delete()
    if not gone:
        raise BadInput("You typed no ballot with this code into this batch", "code")
    record("vote.ballot.take_out", by=by, subject=str(batch.paper.round_id), batch=batch.name)


@transaction.atomic
def set_aside(*, batch: Batch, number: int, reason: str, by: Any) -> None:
    """Say how many envelopes hold no ballot that can count, and why; none takes it back.

    Raises
    ------
    BadInput : the batch is in the log, there are fewer envelopes, or no reason is given.
    """
    _need_officer(batch.paper, by)
    batch, reason = _unaccepted(batch), reason.strip()
    if not 0 <= number <= batch.envelopes:
        raise BadInput("The batch has fewer envelopes", "number", number, f"0 to {batch.envelopes}")
    if number and not reason:
        raise BadInput("Say why these envelopes hold no ballot that can count", "reason")
    batch.set_aside, batch.set_aside_reason = number, reason if number else ""
    batch.set_aside_by = by if number else None
    batch.save(update_fields=["set_aside", "set_aside_reason", "set_aside_by"])
    facts = {"batch": batch.name, "envelopes": number, "reason": reason}
    record("vote.batch.set_aside", by=by, subject=str(batch.paper.round_id), **facts)


def _unaccepted(batch: Batch) -> Batch:
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.accepted_at:
        raise BadInput("This batch is in the log already", "batch", batch.name)
    return batch


def report_on(batch: Batch) -> Report:
    """Return how a batch stands: what is missing, typed once only, or typed in two ways."""
    typed: dict[str, list[Typing]] = {}
    for one in batch.typings.order_by("turn"):
        typed.setdefault(one.code_hash, []).append(one)
    pairs = {code: found for code, found in typed.items() if len(found) == 2}
    return Report(
        batch.envelopes,
        len(typed),
        tuple(sorted(found[0].code_end for found in typed.values() if len(found) == 1)),
        tuple(sorted(two[0].code_end for two in pairs.values() if two[0].marks != two[1].marks)),
        tuple(sorted(two[0].code_end for code, two in pairs.items() if _voted_online(batch.paper, code))),
        batch.set_aside,
    )


def _voted_online(paper: Paper, hashed: str) -> bool:
    pseudonym = voter_by_hash(paper, hashed).pseudonym
    return Ballot.objects.filter(paper=paper, pseudonym=pseudonym, on_paper=False).exists()


@transaction.atomic
def accept(*, batch: Batch, by: Any) -> Report:
    """Put the ballots of a whole batch into the log, after online voting closes; twice changes nothing."""
    paper = batch.paper
    _need_officer(paper, by)
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.accepted_at:
        return Report(**batch.report)
    if timezone.now() < paper.closes_at:
        raise BadInput(
            "Paper ballots go into the log after online voting closes, so that no one counts twice"
        )
    found = report_on(batch)
    if not found.is_whole:
        raise BadInput("The batch is not whole yet: mend what its report names", "batch", batch.name)
    if batch.set_aside_by_id == by.pk:
        raise BadInput("You set envelopes aside, so somebody else puts this batch into the log")
    for one in batch.typings.filter(turn=1).order_by("code_hash"):
        if not _voted_online(paper, one.code_hash):
            _cast(paper, one)
    batch.report, batch.accepted_by, batch.accepted_at = asdict(found), by, timezone.now()
    batch.save(update_fields=["report", "accepted_by", "accepted_at"])
    record("vote.batch.accept", by=by, subject=str(paper.round_id), batch=batch.name, ballots=found.ballots)
    return found


def _cast(paper: Paper, one: Typing) -> None:
    key = "slip-" + hashlib.sha256(f"{paper.digest}|{one.code_hash}".encode()).hexdigest()[:40]
    voter = voter_by_hash(paper, one.code_hash)
    cast(paper=paper, voter=voter, marks=bridge.marks_from_json(one.marks), key=key, on_paper=True)
