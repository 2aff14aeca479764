"""The result of one count: the winners, every project, and in steps where the money went.

What `budgeting.count` tells of a file and `results.result` of each pot of a round is told here once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from fairground.evidence import Step
from fairground.power.budgeting import Count, District, Election, Rule, overlooked, payments, spread, unpriced

__all__ = ["tally", "told"]

REASONS = {
    "": "",
    "dearer-than-budget": "costs more than the budget",
    "minimum-score": "below the minimum score",
    "minimum-support": "below the minimum support",
    "rival": "a rival had more votes",
}


@dataclass(frozen=True)
class Line:
    """One project of the count."""

    id: str
    name: str
    cost: Fraction
    votes: int
    won: bool
    reason: str = ""


@dataclass(frozen=True)
class Tally:
    """The result of a count: the winners' ids in order, every project, and the rule with its seal."""

    winners: tuple[str, ...]
    rows: tuple[Line, ...]
    cost: Fraction
    budget: Fraction
    endowment: Fraction | None
    voters: int
    voters_with_nothing: int
    rule: Rule
    seal: str
    districts: tuple[District, ...] = ()


def ids(election: Election, positions: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(election.projects[p].id for p in positions)


def with_nothing(election: Election, winners: tuple[int, ...]) -> int:
    """Return how many voters marked something and got none of it."""
    supporters = election.supporters
    happy = {b for p in winners for b in supporters.ballots[supporters.of(p)].tolist()}
    return election.voters - empty(election) - int(supporters.voters[sorted(happy)].sum())


def empty(election: Election) -> int:
    """Return how many ballots have no mark: they count as ballots, and ask for nothing.

    >>> from fairground.questions.power import elections
    >>> empty(elections.read(elections.EXAMPLE).election)
    0
    """
    supporters = election.supporters
    marked = np.zeros(len(supporters.voters), bool)
    marked[supporters.ballots] = True
    return int(supporters.voters[~marked].sum())


def project_name(election: Election, position: int) -> str:
    project = election.projects[position]
    return f"{project.name} ({project.id})" if project.name else project.id


def tally(election: Election, result: Count) -> Tally:
    """Return the result of a count with every project of the election.

    >>> from fairground.power.budgeting import count
    >>> from fairground.questions.power import budgeting, elections
    >>> election = elections.read(elections.EXAMPLE).election
    >>> tally(election, count(election, budgeting.rule())).voters_with_nothing
    0
    """
    votes = election.votes
    rows = tuple(
        Line(
            project.id,
            project.name,
            project.cost,
            votes[p],
            p in result.winners,
            REASONS[result.barred.get(p, "")],
        )
        for p, project in enumerate(election.projects)
    )
    return Tally(
        ids(election, result.winners),
        rows,
        result.cost,
        election.budget,
        result.endowment,
        election.voters,
        with_nothing(election, result.winners),
        result.rule,
        result.rule.seal,
        spread(election, result.winners),
    )


def told(election: Election, result: Count, found: Tally, *, currency: str) -> Iterator[Step]:
    """Tell a count in steps, headline first.

    >>> from fairground.power.budgeting import count
    >>> from fairground.questions.power import budgeting, elections
    >>> election = elections.read(elections.EXAMPLE).election
    >>> result = count(election, budgeting.rule())
    >>> next(told(election, result, tally(election, result), currency="GBP")).facts["winners"]
    2
    """
    facts: dict[str, Any] = {
        "winners": len(found.winners),
        "projects": len(found.rows),
        "rule": result.rule.known_method.name,
        "cost": found.cost,
        "budget": found.budget,
        "currency": currency,
    }
    yield Step("budgeting.headline", facts)
    yield Step("budgeting.rule", {"seal": found.seal[:16], "utility": result.rule.known_utility.words})
    yield Step("budgeting.ballots", {"voters": found.voters, "different": len(election.ballots)})
    yield from _money(election, result, currency)
    if result.comparison is not None:
        code = "budgeting.compared.switched" if result.switched else "budgeting.compared.kept"
        yield Step(code, {"rule": result.comparison.rule, "greedy": result.comparison.greedy})
    share = Fraction(found.voters_with_nothing, max(found.voters - empty(election), 1))
    yield Step("budgeting.nothing", {"voters": found.voters_with_nothing, "share": share})
    yield from _districts(found)
    yield from _fairness(election, result)


def _districts(found: Tally) -> Iterator[Step]:
    """Tell what each district got against how many people live there."""
    if found.rule.turnout:
        yield Step("budgeting.turnout", {})
    for row in found.districts:
        facts: dict[str, Any] = {"district": row.district, "winners": row.winners, "money": row.money_share}
        if row.people_share is None:
            yield Step("budgeting.district", facts)
        else:
            nothing = {"voters": row.voters, "nothing": row.voters_with_nothing}
            yield Step("budgeting.district.people", facts | nothing | {"people": row.people_share})


def _fairness(election: Election, result: Count) -> Iterator[Step]:
    """Tell whether a group that agrees was left out, and whether the money can be traced to equal purses."""
    groups = overlooked(election, result.winners)
    if groups:
        largest = max(groups, key=lambda group: group.voters)
        facts = {"groups": len(groups), "voters": largest.voters}
        yield Step("budgeting.overlooked", facts | {"project": project_name(election, largest.project)})
    else:
        yield Step("budgeting.overlooked.none", {})
    if result.endowment is not None and not result.switched:
        broken = unpriced(election, result)
        code = "budgeting.unpriced" if broken else "budgeting.priced"
        yield Step(code, {"projects": len(broken)})


def _money(election: Election, result: Count, currency: Any) -> Iterator[Step]:
    """Tell the trail of the money: what each voter had, and who paid what in each round."""
    trail = payments(election, result)
    if result.endowment is not None:
        code = "budgeting.endowment.turnout" if result.rule.turnout else "budgeting.endowment"
        yield Step(code, {"each": result.endowment, "currency": currency})
    if result.steps:
        yield Step(f"budgeting.ended.{result.ended}", {"steps": result.steps})
    for number, p in enumerate(result.winners):
        facts: dict[str, Any] = {
            "round": number + 1,
            "project": project_name(election, p),
            "cost": election.projects[p].cost,
        }
        if number < len(trail):
            paying = [group for group in trail[number] if group.each]
            most = max(group.each for group in paying)
            full = sum(group.voters for group in paying if group.each == most)
            short = sum(group.voters for group in paying) - full
            facts |= {"full": full, "each": most, "short": short, "currency": currency}
            yield Step("budgeting.round.short" if short else "budgeting.round", facts)
        elif trail:
            yield Step("budgeting.round.completed", facts | {"currency": currency})
        else:
            votes = {"votes": election.votes[p], "currency": currency}
            yield Step("budgeting.taken", facts | votes)
