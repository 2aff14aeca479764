"""Opening the vote: from then on pots, projects and the rule are frozen, and their seal is published."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fairground.errors import BadInput
from fairground.web.ballots.actions import freeze_paper
from fairground.web.ballots.models import Paper
from fairground.web.participation.actions import need
from fairground.web.participation.models import Round
from fairground.web.power.budgeting.actions.projects import told_project
from fairground.web.power.budgeting.paper import specification


@transaction.atomic
def open_voting(round: Round, *, by: Any, choices: dict[str, Any]) -> Paper:
    """Freeze what is voted on; people vote between the days of the phase. Each author is told."""
    need(by, "voting.open", round)
    round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if round.published_at is None:
        raise BadInput("Publish the round first, so that everyone can see what is voted on")
    if "ballot" not in round.dated():
        raise BadInput("The phase Vote has no days yet. Give it its first and last day, then come back")
    paper = freeze_paper(round=round, specification=specification(round, choices), by=by)
    for project in (
        round.projects.filter(feasible=True).exclude(published_at=None).select_related("idea", "round")
    ):
        told_project(
            project, "Your idea is on the ballot", f'People can vote on "{project.title}" now or soon.'
        )
    return paper
