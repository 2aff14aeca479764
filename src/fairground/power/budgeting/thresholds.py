"""Who may win at all, and who wins a tie: settled by the rule before anything is counted.

A project can be too dear, have too few points or supporters, or be beaten by a rival. Only the fast counter
asks here; the plain one (`plain`) has its own words for the same, so that a slip here cannot hide. Reference:
the rules of Świecie 2023 (minimum support) and of the cities in Pabulib (thresholds, rivals).
"""

from __future__ import annotations

from fairground.errors import BadInput
from fairground.power.budgeting.election import Election
from fairground.power.budgeting.rules import Rule


def precedence(election: Election, rule: Rule) -> tuple[int, ...]:
    """Return the rank of each project in a tie: 0 wins before 1. Fixed before anything is counted.

    Raises
    ------
    BadInput : the rule's order names a project that is not there, or one twice.
    """
    listed = {id: place for place, id in enumerate(rule.order)}
    if len(listed) != len(rule.order):
        raise BadInput("The order for ties names a project twice", "order", ", ".join(rule.order))
    for id in rule.order:
        election.position(id)
    votes, unit = election.votes, election.unit

    def key(position: int) -> tuple[int, ...]:
        project = election.projects[position]
        coins = int(project.cost * unit)
        worth = {
            "lowest-cost": coins,
            "highest-cost": -coins,
            "most-votes": -votes[position],
            "fewest-votes": votes[position],
            "listed": position,
        }
        return (listed.get(project.id, len(listed)), *(worth[tie] for tie in rule.ties), position)

    ranks = [0] * len(election.projects)
    for rank, position in enumerate(sorted(range(len(election.projects)), key=key)):
        ranks[position] = rank
    return tuple(ranks)


def barred(election: Election, rule: Rule) -> dict[int, str]:
    """Return the projects that the rule's thresholds bar before the count, each with the reason's code."""
    found: dict[int, str] = {}
    votes, scores, voters = election.votes, election.scores, election.voters
    needed = rule.minimum_support * voters
    for position, project in enumerate(election.projects):
        if project.cost > election.budget:
            found[position] = "dearer-than-budget"
        elif rule.minimum_score and scores[position] < rule.minimum_score:
            found[position] = "minimum-score"
        elif needed and votes[position] * election.budget < needed * project.cost:
            found[position] = "minimum-support"
    if rule.respect_rivals:
        ranks = precedence(election, rule)
        best: dict[str, int] = {}
        for position in sorted(range(len(votes)), key=lambda p: (-scores[p], ranks[p])):
            rivals = election.projects[position].rivals
            if rivals and position not in found and best.setdefault(rivals, position) != position:
                found[position] = "rival"
    return found
