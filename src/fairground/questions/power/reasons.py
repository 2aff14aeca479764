"""Why a project won or lost, in steps: told of a file's project and of each project of a round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fairground.evidence import Step
from fairground.power.budgeting import Count, Election, Explanation
from fairground.questions.power.tally import REASONS, project_name

__all__ = ["why"]


def why(election: Election, result: Count, found: Explanation, *, currency: str) -> Iterator[Step]:
    """Tell in steps why one project won or lost, headline first.

    >>> from fairground.power.budgeting import count, explain
    >>> from fairground.questions.power import budgeting, elections
    >>> election = elections.read(elections.EXAMPLE).election
    >>> result = count(election, budgeting.rule())
    >>> next(why(election, result, explain(election, result, 1), currency="GBP")).code
    'budgeting.explain.won'
    """
    position = found.project
    facts: dict[str, Any] = {
        "project": project_name(election, position),
        "votes": election.votes[position],
        "cost": election.projects[position].cost,
        "currency": currency,
    }
    yield Step("budgeting.explain.won" if found.won else "budgeting.explain.lost", facts)
    if position in result.barred:
        yield Step("budgeting.explain.barred", {"reason": REASONS[result.barred[position]]})
    if found.support is not None:
        code = "budgeting.explain.support.won" if found.won else "budgeting.explain.support.lost"
        yield Step(code, {"support": found.support})
    for share in sorted(found.shares, key=lambda share: -share.paid):
        winner = project_name(election, share.project)
        yield Step("budgeting.explain.share", facts | {"winner": winner, "paid": share.paid})
    yield from _to_win(found, facts)


def _to_win(found: Explanation, facts: dict[str, Any]) -> Iterator[Step]:
    if found.won:
        return
    if found.cost_to_win is None:
        yield Step("budgeting.explain.no-cost", {})
    else:
        yield Step("budgeting.explain.cost", facts | {"least": found.cost_to_win.value})
    if found.votes_to_win is None:
        yield Step("budgeting.explain.no-votes", {})
    else:
        yield Step("budgeting.explain.votes", {"more": found.votes_to_win.value})
    if not all(probe is None or probe.monotone for probe in (found.cost_to_win, found.votes_to_win)):
        yield Step("budgeting.explain.not-monotone", {})
