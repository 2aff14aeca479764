"""What an officer does next in a round, from its first date to the last photograph: words and where to go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from fairground.web.participation.models import Round
from fairground.web.participation.permissions import EARLY, people_who_may
from fairground.web.power.budgeting.models import Project, Standing
from fairground.web.power.budgeting.overview import day_of, steps

Next = tuple[str, str]


def next_steps(round: Round) -> list[Next]:
    """Return what an officer can usefully do now, the first thing first, each with its address."""
    paper = getattr(round, "paper", None)
    found = _voting(round, paper) if paper else _before(round)
    return [(words, reverse(page, args=[round.slug])) for words, page in found]


def moderators(round: Round) -> int:
    """Return how many people may decide whether an idea keeps the rules."""
    return len(people_who_may("ideas.moderate", round))


def quiet(round: Round) -> str:
    """Return what the round waits for when nothing waits for its officers."""
    outcome = getattr(getattr(round, "paper", None), "outcome", None)
    found = [one for one in steps(round) if one.state != "over"]
    if outcome is not None or not found:
        return "Everything is done that was set up."
    told = [
        f"{one.label}: until {day_of(one.last)}."
        if one.state == "open"
        else f"{one.label}: from {day_of(one.first)}."
        for one in found
    ]
    return "The round goes on by itself. " + " ".join(told[:2])


def _before(round: Round) -> Iterator[Next]:
    """Yield what is missing before the vote can be opened."""
    dated = round.dated()
    if not dated:
        yield "Give the phases their days", "budgeting:phases"
    if not round.pots.exists():
        yield "Add a pot of money", "budgeting:pots"
    if "moderation" in dated and moderators(round) < 2:
        yield (
            "Name a second moderator: whoever refuses an idea must not decide its appeal",
            "budgeting:people",
        )
    if round.published_at is not None:
        yield from _ideas(round, dated)
    elif dated:
        yield "Publish the round: until then nobody else sees it", "budgeting:office"


def _ideas(round: Round, dated: Any) -> Iterator[Next]:
    """Yield what is to be done with ideas and projects in a round that everyone can see."""
    projects = round.projects
    ready = projects.filter(feasible=True).exclude(published_at=None).exists()
    if round.stage() not in EARLY and (not ready or projects.filter(published_at=None).exists()):
        yield (
            "Give the phase Vote later days: it has begun, so nothing can be worked out or published now",
            "budgeting:phases",
        )
    if round.ideas.filter(standing=Standing.NEW).exists() and "moderation" in dated:
        yield "Check the new ideas below, and bring together those that are alike", "budgeting:ideas"
    if projects.filter(feasible=None).exists():
        yield "Work out the projects below: can each be done, and what does it cost?", "budgeting:projects"
    if projects.filter(published_at=None).exclude(feasible=None).exists():
        yield "Publish the finished findings, with the button below", "budgeting:office"
    if ready:
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
