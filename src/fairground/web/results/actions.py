"""Counting a vote, keeping its outcome, publishing its ballots.

A count of many ballots is a job. The outcome is the same whoever counts and however often: it is kept once.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.ballots.actions import close
from fairground.web.ballots.models import Ballot, Paper
from fairground.web.jobs.actions import ask
from fairground.web.jobs.models import Job
from fairground.web.participation.permissions import may
from fairground.web.power.budgeting.actions.projects import record_winners
from fairground.web.results import bridge
from fairground.web.results.models import Outcome

MANY = 2_000


def count(*, paper: Paper, by: Any, many: int = MANY) -> Outcome | Job:
    """Close the vote if that was not done, and count it: at once, or as a job if ballots are many."""
    if not may(by, "count.run", paper.round):
        raise PermissionDenied
    paper = close(paper=paper, by=by)
    found = Outcome.objects.filter(paper=paper).first()
    if found:
        return found
    ballots = Ballot.objects.filter(paper=paper).count()
    if not ballots:
        raise BadInput("Nobody voted, so there is nothing to count")
    if ballots > many:
        return ask("count", by=by, paper=paper.pk)
    return settle(paper=paper, by=by)


def settle(*, paper: Paper, by: Any) -> Outcome:
    """Count a closed vote and keep its outcome; the projects that won are marked as chosen.

    Where the two counters do not agree nothing is marked, and the audit log says so.
    """
    if not paper.closed_at:
        raise BadInput("The vote is not closed yet")
    answer, bundle, winners = bridge.counted(paper)
    with transaction.atomic():
        Paper.objects.select_for_update().get(pk=paper.pk)
        found = Outcome.objects.filter(paper=paper).first()
        if found:
            return found
        agreed = winners is not None
        kept = {"answer": answer, "bundle": bundle, "agreed": agreed}
        outcome = Outcome.objects.create(paper=paper, counted_by=by, **kept)
        record_winners(paper.round, winners or (), by=by, agreed=agreed)
    return outcome


@transaction.atomic
def publish(*, outcome: Outcome, by: Any) -> None:
    """Make the bundle public, after its privacy report was read. It cannot be taken back."""
    if not may(by, "count.run", outcome.paper.round):
        raise PermissionDenied
    changed = Outcome.objects.filter(pk=outcome.pk, published_at=None).update(
        published_at=timezone.now(), published_by=by
    )
    if changed:
        record("vote.publish_ballots", by=by, subject=str(outcome.paper.round_id))
