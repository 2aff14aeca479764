"""Why a project won or lost, in numbers that were each checked by counting again.

For a loser: how much of its cost its supporters still had, which winners their money went to, the highest
cost at which it would have won, and how many more voters marking only it it would have needed. Rules are
not always monotone, so a found number is proved by a count, and told apart from "wins at every lower
cost". Reference: Boehmer et al., "Evaluation of Project Performance in Participatory Budgeting" (IJCAI
2024), arXiv 2312.14723.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fairground.power.budgeting.counting import Count, count, opened, purchases
from fairground.power.budgeting.election import Ballot, Election


@dataclass(frozen=True)
class Share:
    """What the supporters of a project paid, all together, to one winner."""

    project: int
    paid: Fraction


@dataclass(frozen=True)
class Found:
    """A value at which a count proved that the project wins; `monotone` if no probe beyond it lost."""

    value: Fraction
    monotone: bool


@dataclass(frozen=True)
class Explanation:
    """Why one project won or lost.

    `support` is what its supporters had, over its cost: when it was bought, or at the end if it lost; None
    for rules without purses. `cost_to_win` and `votes_to_win` are None for winners, and where nothing was
    found.
    """

    project: int
    won: bool
    support: Fraction | None
    shares: tuple[Share, ...]
    cost_to_win: Found | None
    votes_to_win: Found | None


def explain(election: Election, counted: Count, project: int) -> Explanation:
    """Return why a project won or lost in a count of an election.

    Parameters
    ----------
    project : its position in the election's list.

    >>> from fractions import Fraction
    >>> from fairground.power.budgeting import Ballot, Election, Project, Rule, count, explain
    >>> town = Election(Fraction(100), (Project("park", Fraction(60)), Project("slide", Fraction(50))),
    ...     (Ballot((0,), voters=6), Ballot((1,), voters=4)))
    >>> found = explain(town, count(town, Rule()), 1)
    >>> found.support, found.cost_to_win.value, found.votes_to_win.value
    (Fraction(4, 5), Fraction(40, 1), Fraction(2, 1))
    """
    won = project in counted.winners
    support, shares = _money(election, counted, project)
    if won:
        return Explanation(project, True, support, shares, None, None)
    return Explanation(
        project,
        False,
        support,
        shares,
        cost_to_win(election, counted, project),
        votes_to_win(election, counted, project),
    )


def _money(election: Election, counted: Count, project: int) -> tuple[Fraction | None, tuple[Share, ...]]:
    """Follow the purses of a project's supporters through the count."""
    if counted.endowment is None or counted.switched or not election.votes[project]:
        return None, ()
    seen, purse = opened(election, counted)
    shares: list[Share] = []
    for buy in purchases(seen, counted):
        before = purse.funds(project)
        if buy.project == project:
            return before / seen.costs[project], tuple(shares)
        purse.take(buy.project, buy.rate, short_pay=buy.short_pay)
        paid = before - purse.funds(project)
        if paid:
            shares.append(Share(buy.project, paid / seen.unit))
    return purse.funds(project) / seen.costs[project], tuple(shares)


def cost_to_win(election: Election, counted: Count, project: int) -> Found | None:
    """Return the highest whole cost found at which a project that lost would win; None if there is none."""
    unit = 1 if election.projects[project].cost.denominator == 1 else election.unit

    def wins(amount: int) -> bool:
        return project in count(election.priced(project, Fraction(amount, unit)), counted.rule).winners

    top = int(election.projects[project].cost * unit)
    low, high = 0, top
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if wins(middle) else (low, middle)
    if low == 0:
        return None
    probes = {low * part // 8 for part in range(1, 8)} - {0}
    return Found(Fraction(low, unit), all(wins(probe) for probe in sorted(probes)))


def votes_to_win(election: Election, counted: Count, project: int) -> Found | None:
    """Return the fewest voters found who, marking only this project, would make it win; None if none do."""

    def wins(more: int) -> bool:
        points = () if election.kind == "approval" else (_most_points(election),)
        joined = election.joined(Ballot((project,), points, more, home))
        return project in count(joined, counted.rule).winners

    home = _home(election, project)
    high, most = 1, 4 * election.voters
    while not wins(high):
        if high > most:
            return None
        high *= 2
    low, top = high // 2, high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if wins(middle) else (middle, high)
    probes = {high + (top - high) * part // 4 for part in range(1, 4)} - {high}
    return Found(Fraction(high), all(wins(probe) for probe in sorted(probes)))


def _home(election: Election, project: int) -> str:
    """Return the district where most supporters of a project live, or where most voters do."""
    cast: dict[str, int] = {}
    found = [ballot for ballot in election.ballots if project in ballot.projects]
    for ballot in found or election.ballots:
        cast[ballot.district] = cast.get(ballot.district, 0) + ballot.voters
    return max(cast, key=cast.__getitem__)


def _most_points(election: Election) -> int:
    return max((max(ballot.points) for ballot in election.ballots if ballot.points), default=1)
