"""What an officer does next in a round, from its first date to the last photograph: words and where to go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from fairground.web.participation.models import Round
from fairground.web.power.budgeting.models import Project, Standing

Next = tuple[str, str]


def next_steps(round: Round) -> list[Next]:
    """Return what an officer can usefully do now, the first thing first, each with its address."""
    paper = getattr(round, "paper", None)
    steps = _voting(round, paper) if paper else _before(round)
    return [(words, reverse(page, args=[round.slug])) for words, page in steps]


def _before(round: Round) -> Iterator[Next]:
    """Yield what is missing before the vote can be opened."""
    dated, projects = round.dated(), round.projects
    if not dated:
        yield "Give the phases their days", "budgeting:phases"
    if not round.pots.exists():
        yield "Add a pot of money", "budgeting:pots"
    if round.published_at is None:
        if dated:
            yield "Publish the round: until then nobody else sees it", "budgeting:office"
        return
    if round.ideas.filter(standing=Standing.NEW).exists() and "moderation" in dated:
        yield "Check the new ideas below, and bring together those that are alike", "budgeting:ideas"
    if projects.filter(feasible=None).exists():
        yield "Work out the projects below: can each be done, and what does it cost?", "budgeting:projects"
    if projects.filter(published_at=None).exclude(feasible=None).exists():
        yield "Publish the finished findings, with the button below", "budgeting:office"
    if projects.filter(feasible=True).exclude(published_at=None).exists():
        if "ballot" not in dated:
            yield "Give the phase Vote its days", "budgeting:phases"
        else:
            yield (
                "Open the vote, once every project that people should vote on is published",
                "budgeting:vote",
            )


def _voting(round: Round, paper: Any) -> Iterator[Next]:
    """Yield what to do while people vote, after the vote, and while the work goes on."""
    outcome, state = getattr(paper, "outcome", None), paper.state()
    if state != "over":
        yield "Run the vote: the roll, letters and ballots on paper", "ballots:desk"
        return
    if outcome is None:
        if paper.batches.filter(accepted_at=None).exists():
            yield "Finish the batches of ballots on paper", "ballots:desk"
        yield "Count the vote", "results:show"
        return
    if outcome.published_at is None:
        yield "Choose whether everyone may have the ballots, to count them again", "results:show"
    if paper.secret_destroyed_at is None:
        yield "Destroy what leads from voters to ballots, once the count is accepted", "ballots:desk"
    chosen = Project.objects.filter(round=round).exclude(won_at=None)
    if chosen.exists() and not all(one.finished for one in chosen.prefetch_related("milestones")):
        yield "Tell how the work on the chosen projects goes", "budgeting:projects"
