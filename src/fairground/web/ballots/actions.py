"""Freezing a paper, casting a ballot, closing the log, destroying the secret.

Casting leaves no audit event, unlike every other act: an event has a time, and a time beside a place in the
log would tell who cast which ballot. The log itself is the record (decision 31).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.ballots import bridge
from fairground.web.ballots.models import Ballot, LogHead, Paper, Revision, Secret
from fairground.web.ballots.signing import new_key, sign
from fairground.web.database import leave_no_trace
from fairground.web.participation.models import Round
from fairground.web.participation.permissions import may


class NotOpen(BadInput):
    """The vote has not begun, or is over."""


class NotEligible(BadInput):
    """This person may not vote here; the message says why."""


@dataclass(frozen=True)
class Voter:
    """Whoever casts a ballot, as far as the ballot knows: a pseudonym, how they were known, a district."""

    pseudonym: str
    tier: str
    district: str = ""


@transaction.atomic
def freeze_paper(
    *,
    round: Round,
    specification: Any,
    by: Any,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> Paper:
    """Fix what is voted on; from now on the database refuses a change. Without dates: those of the phase."""
    if not may(by, "voting.open", round):
        raise PermissionDenied
    if Paper.objects.filter(round=round).exists():
        raise BadInput("This round's paper is frozen already. To change it, set up a new round")
    phase = round.dated().get("ballot")
    begins, ends = opens_at or (phase and phase.opens_at), closes_at or (phase and phase.closes_at)
    if not begins or not ends:
        raise BadInput("Give the vote its dates first", "ballot")
    if ends <= begins:
        raise BadInput("The vote must close after it opens", "closes_at", ends.isoformat())
    private, public = new_key()
    dates = {"opens_at": begins.isoformat(), "closes_at": ends.isoformat(), "public_key": public}
    facts, _ = bridge.frozen({**specification, "voting": dates})
    paper = Paper.objects.create(
        round=round,
        specification=facts,
        digest=bridge.digest(facts),
        opens_at=begins,
        closes_at=ends,
        frozen_by=by,
        public_key=public,
    )
    Secret.objects.create(paper=paper, pseudonym_key=secrets.token_hex(32), signing_key=private)
    LogHead.objects.create(paper=paper)
    record("vote.freeze", by=by, subject=str(round.pk), paper=paper.digest)
    return paper


def cast(
    *,
    paper: Paper,
    voter: Voter,
    marks: bridge.AllMarks,
    key: str,
    on_paper: bool = False,
    at: datetime | None = None,
) -> Revision:
    """Put a ballot into the log, or return it if this `key` did so before; a later one takes its place.

    Parameters
    ----------
    key : made with the form, so that sending a form twice casts once.
    at : the moment; now if it is not given.
    """
    if not hasattr(paper, "secret"):
        raise NotOpen("The vote is over. This ballot was not taken")
    whole, signing_key = _whole(paper, voter, marks), paper.secret.signing_key
    _make_durable()
    with transaction.atomic():
        head = LogHead.objects.select_for_update().get(paper=paper)
        before = Revision.objects.filter(paper=paper, key=key).select_related("ballot").first()
        if before:
            return _same(before, voter, whole)
        _need_open(paper, head, on_paper=on_paper, at=at)
        ballot = _ballot_of(paper, voter, on_paper=on_paper)
        return _append(paper, head, ballot, voter, whole, key, signing_key)


def _whole(paper: Paper, voter: Voter, marks: bridge.AllMarks) -> bridge.AllMarks:
    """Return marks for every pot of the voter's ballot, or raise the first fault."""
    for told in bridge.faults(paper, voter.district, marks).values():
        raise told[0]
    pots = bridge.specification_of(paper).pots_of(voter.district)
    if not pots:
        raise NotEligible("No pot of this vote is for your district", "district", voter.district)
    return {pot.id: marks.get(pot.id, bridge.Marks(())) for pot in pots}


def _same(before: Revision, voter: Voter, marks: bridge.AllMarks) -> Revision:
    if before.ballot.pseudonym != voter.pseudonym or bridge.marks_from_json(before.marks) != marks:
        raise BadInput("This form was used before. Look at your ballot again, then cast it", "key")
    return before


def _need_open(paper: Paper, head: LogHead, *, on_paper: bool, at: datetime | None) -> None:
    """Refuse a ballot before the vote opens, after its end (paper: until the log closes), or once closed."""
    now = at or timezone.now()
    if now < paper.opens_at:
        raise NotOpen("The vote is not open yet")
    if head.closed or (now >= paper.closes_at and not on_paper):
        raise NotOpen("The vote is over. This ballot was not taken")


def _ballot_of(paper: Paper, voter: Voter, *, on_paper: bool) -> Ballot:
    """Return the voter's ballot as it is once this revision counts; the caller holds the head of the log."""
    known = {"tier": voter.tier, "district": voter.district}
    found = Ballot.objects.filter(paper=paper, pseudonym=voter.pseudonym).first()
    if found is None:
        new = {**known, "on_paper": on_paper, "last": 1}
        return Ballot.objects.create(paper=paper, pseudonym=voter.pseudonym, **new)
    found.last += 1
    Ballot.objects.filter(pk=found.pk).update(last=found.last, **known)
    return found


def _append(
    paper: Paper,
    head: LogHead,
    ballot: Ballot,
    voter: Voter,
    marks: bridge.AllMarks,
    key: str,
    signing_key: str,
) -> Revision:
    revision = _entry(paper, head.size, ballot, voter, marks, key, signing_key)
    revision.save(force_insert=True)
    LogHead.objects.filter(pk=head.pk).update(size=head.size + 1)
    return revision


def _entry(
    paper: Paper,
    position: int,
    ballot: Ballot,
    voter: Voter,
    marks: bridge.AllMarks,
    key: str,
    signing_key: str,
) -> Revision:
    """Return the entry of the log that a ballot makes, hashed and signed, not yet written."""
    entry = bridge.sealed(
        paper, tier=voter.tier, district=voter.district, marks=marks, nonce=secrets.token_hex(16)
    )
    leaf = entry.leaf.hex()
    message = bridge.receipt_message(paper, position=position, leaf=leaf)
    return Revision(
        paper=paper,
        ballot=ballot,
        number=ballot.last,
        position=position,
        marks=bridge.marks_to_json(marks),
        tier=voter.tier,
        district=voter.district,
        nonce=entry.nonce,
        leaf=leaf,
        receipt=entry.receipt,
        signature=sign(message, private=signing_key),
        key=key,
    )


@transaction.atomic
def cast_made_up(*, paper: Paper, ballots: Sequence[tuple[Voter, bridge.AllMarks]], by: Any) -> int:
    """Put the ballots of an example into its log at once, and return how many; each voter has one.

    Only in a round that says that it is made up, and whatever the hour: its vote may lie in the past.
    """
    if not may(by, "round.manage", paper.round):
        raise PermissionDenied
    head = LogHead.objects.select_for_update().get(paper=paper)
    if not paper.round.fictional or head.closed:
        raise BadInput("Ballots can be made up only in a made-up round whose log is open")
    made = [(voter, _whole(paper, voter, marks)) for voter, marks in ballots]
    rows = [
        Ballot(paper=paper, pseudonym=voter.pseudonym, tier=voter.tier, district=voter.district, last=1)
        for voter, _ in made
    ]
    Ballot.objects.bulk_create(rows, batch_size=500)
    signing_key = paper.secret.signing_key
    entries = [
        _entry(paper, head.size + n, row, voter, marks, f"made-up-{head.size + n}", signing_key)
        for n, (row, (voter, marks)) in enumerate(zip(rows, made, strict=True))
    ]
    Revision.objects.bulk_create(entries, batch_size=500)
    LogHead.objects.filter(pk=head.pk).update(size=head.size + len(entries))
    record("vote.make_up", by=by, subject=str(paper.round_id), ballots=len(entries))
    return len(entries)


def _make_durable() -> None:
    """Have SQLite wait for the disk before it says that a ballot is kept, so that power cuts lose none."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")


@transaction.atomic
def close(*, paper: Paper, by: Any, at: datetime | None = None) -> Paper:
    """Close the log: sign its root and the ballots that count, destroy the key. Twice changes nothing."""
    if not may(by, "count.run", paper.round):
        raise PermissionDenied
    head = LogHead.objects.select_for_update().get(paper=paper)
    paper.refresh_from_db()
    if head.closed:
        return paper
    if (at or timezone.now()) < paper.closes_at:
        raise NotOpen("The vote is still open, and nobody can end it early", "closes_at", paper.closes_at)
    if paper.batches.filter(accepted_at=None).exists():
        raise BadInput("A batch of paper ballots is not finished. Accept it first")
    size, root = bridge.root_to_sign(paper)
    message = bridge.root_message(paper.digest, size=size, root=root)
    signature = sign(message, private=paper.secret.signing_key)
    ballots = sign(bridge.ballots_to_sign(paper), private=paper.secret.signing_key)
    LogHead.objects.filter(pk=head.pk).update(closed=True, ballots_signature=ballots)
    Secret.objects.filter(paper=paper).update(signing_key="")
    paper.size, paper.root, paper.signature, paper.closed_at = size, root, signature, timezone.now()
    paper.save(update_fields=["size", "root", "signature", "closed_at"])
    record("vote.close", by=by, subject=str(paper.round_id), size=size, root=root, signature=signature)
    return paper


def destroy_secret(*, paper: Paper, by: Any) -> None:
    """Destroy what leads from voters to ballots: the secret, the roll, the slips and the typed ballots."""
    if not may(by, "count.run", paper.round):
        raise PermissionDenied
    if not paper.closed_at:
        raise BadInput("Close the vote first. Until then voters may still change their ballots")
    with transaction.atomic():
        Secret.objects.filter(paper=paper).delete()
        for rows in (paper.roll, paper.typings, paper.slips):
            rows.all().delete()
        if Paper.objects.filter(pk=paper.pk, secret_destroyed_at=None).update(
            secret_destroyed_at=timezone.now()
        ):
            record("vote.secret.destroy", by=by, subject=str(paper.round_id))
    leave_no_trace()
