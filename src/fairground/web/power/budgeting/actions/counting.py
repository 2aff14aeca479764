"""Counting: the log is closed and signed, the frozen rule counts, and the chosen projects can be built."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fairground.errors import BadInput
from fairground.web.ballots.actions import close
from fairground.web.ballots.models import Paper
from fairground.web.participation.actions import need
from fairground.web.participation.models import Round
from fairground.web.power.budgeting import bridge
from fairground.web.power.budgeting.actions.projects import record_winners


@transaction.atomic
def count_votes(round: Round, *, by: Any) -> list[str]:
    """Close the vote if it is not closed, count it, and write down the winners; return their ids.

    Counting again gives the same winners: the ballots and the rule can no longer change.
    """
    need(by, "count.run", round)
    paper = Paper.objects.filter(round=round).first()
    if paper is None:
        raise BadInput("There was no vote, so there is nothing to count")
    close(paper=paper, by=by)
    won = bridge.winners(paper)
    record_winners(round, won, by=by)
    return won
