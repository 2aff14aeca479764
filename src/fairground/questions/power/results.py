"""The result of a round: each pot counted, each project in plain words, other rules beside it, tiers.

The answer is kept whole by the site, so that what residents were told can be shown years later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from fairground.errors import Impossible
from fairground.evidence import Answer, Source, Step
from fairground.power.budgeting import (
    Ballot,
    Election,
    Pot,
    Privacy,
    Rule,
    Specification,
    count,
    explain,
    privacy,
    second,
    specification,
)
from fairground.questions.power.reasons import why
from fairground.questions.power.tally import empty, tally, told, with_nothing

__all__: list[str] = []

BESIDE = ("equal-shares", "greedy", "bos", "phragmen")
LEAST = 5


@dataclass(frozen=True)
class Outcome:
    """One project: what it costs, how many marked it, whether it won, and why, in steps."""

    pot: str
    id: str
    title: str
    cost: Fraction
    votes: int
    won: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class PotResult:
    """One pot: its money, its voters, what was spent, who got nothing, and its working in steps."""

    id: str
    name: str
    amount: Fraction
    spent: Fraction
    voters: int
    voters_with_nothing: int
    agree: bool
    steps: tuple[Step, ...]
    empty: int = 0


@dataclass(frozen=True)
class Other:
    """What a rule would have chosen in a pot; the one that was fixed beforehand is marked."""

    pot: str
    rule: str
    chosen: bool
    winners: tuple[str, ...]
    spent: Fraction
    voters_with_nothing: int


@dataclass(frozen=True)
class TierVotes:
    """How many of one tier marked a project; None where the tier is too small to be shown."""

    tier: str
    ballots: int
    project: str
    votes: int | None


@dataclass(frozen=True)
class Result:
    """The result of a round, pot by pot; `rows` has every project."""

    title: str
    rows: tuple[Outcome, ...]
    pots: tuple[PotResult, ...]
    others: tuple[Other, ...]
    tiers: tuple[TierVotes, ...]
    privacy: Privacy
    digest: str
    seal: str


def result(
    record: Mapping[str, Any],
    cast: Sequence[Ballot],
    *,
    tiers: Mapping[str, Mapping[str, int]] | None = None,
    sizes: Mapping[str, int] | None = None,
) -> Answer[Result]:
    """Answer what won in each pot of a round, and why.

    Parameters
    ----------
    record : the frozen specification. cast : ballots on all its projects, with districts.
    tiers : for each tier, the votes of each project by its id; sizes : how many ballots each tier has.

    >>> from fairground.power.budgeting import Ballot
    >>> record = {"title": "Ashby", "pots": [{"id": "town", "amount_pence": 10000}], "rule": {},
    ...     "projects": [{"id": "p", "title": "Park", "cost_pence": 6000}]}
    >>> [(row.title, row.won) for row in result(record, [Ballot((0,), voters=3)]).value.rows]
    [('Park', True)]
    """
    frozen = specification(record)
    rows: list[Outcome] = []
    pots: list[PotResult] = []
    others: list[Other] = []
    marked: list[Ballot] = []
    for pot in frozen.pots:
        ballots = frozen.ballots(pot, cast)
        if not frozen.listed(pot) or not ballots:
            continue
        election = _shown(frozen.election(pot, ballots))
        found, outcomes = _pot(frozen, pot, election)
        rows += outcomes
        pots.append(found)
        others += _others(frozen, pot, election)
        marked += ballots
    value = Result(
        frozen.title, tuple(rows), tuple(pots), tuple(others),
        tuple(_tiers(frozen, tiers or {}, sizes or {})), privacy(marked), frozen.digest, frozen.rule.seal,
    )  # fmt: skip
    return Answer(value, frozen.rule.known_method, tuple(_steps(value)), (_source(frozen),))


def _shown(election: Election) -> Election:
    """Return an election whose projects go by their titles, where these are all different."""
    titles = [project.name for project in election.projects]
    if "" in titles or len(set(titles)) < len(titles):
        return election
    projects = tuple(replace(p, id=p.name, name="") for p in election.projects)
    return replace(election, projects=projects)


def _pot(frozen: Specification, pot: Pot, election: Election) -> tuple[PotResult, list[Outcome]]:
    rule, listed = _shown_rule(frozen, pot, election), frozen.listed(pot)
    counted = count(election, rule)
    found = tally(election, counted)
    rows = []
    for position, project in enumerate(listed):
        told_why = tuple(
            why(election, counted, explain(election, counted, position), currency=frozen.currency)
        )
        line = found.rows[position]
        title = project.name or project.id
        rows.append(Outcome(pot.id, project.id, title, project.cost, line.votes, line.won, told_why))
    order = {p: n for n, p in enumerate(counted.winners)}
    rows.sort(key=lambda row: (order.get(_place(listed, row.id), len(listed)), -row.votes, row.title))
    other = second(election, counted)
    steps = list(told(election, counted, found, currency=frozen.currency))
    if other.counted < other.endowments:
        part = {"counted": other.counted, "endowments": other.endowments}
        steps.append(Step("budgeting.verify.part", part))
    return PotResult(
        pot.id, pot.name or frozen.title, pot.amount, found.cost, found.voters, found.voters_with_nothing,
        other.agree, tuple(steps), empty(election),
    ), rows  # fmt: skip


def _place(listed: Sequence[Any], id: str) -> int:
    return next(n for n, project in enumerate(listed) if project.id == id)


def _shown_rule(frozen: Specification, pot: Pot, election: Election) -> Rule:
    """Return the rule with the ids in its lists as the shown election has them."""
    names = {before.id: after.id for before, after in zip(frozen.listed(pot), election.projects, strict=True)}
    rule = frozen.rule

    def here(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names[id] for id in ids if id in names)

    return replace(rule, order=here(rule.order), sequence=here(rule.sequence))


def _others(frozen: Specification, pot: Pot, election: Election) -> Iterator[Other]:
    rule = _shown_rule(frozen, pot, election)
    rules = [rule, *(Rule(method, order=rule.order) for method in BESIDE if method != rule.method)]
    for each in rules:
        try:
            counted = count(election, each)
        except Impossible:
            continue
        names = tuple(election.projects[p].id for p in counted.winners)
        nothing = with_nothing(election, counted.winners)
        yield Other(pot.id, each.known_method.name, each is rule, names, counted.cost, nothing)


def _tiers(
    frozen: Specification, tiers: Mapping[str, Mapping[str, int]], sizes: Mapping[str, int]
) -> Iterator[TierVotes]:
    for tier in sorted(tiers):
        size = sizes.get(tier, 0)
        for project in frozen.projects:
            votes = tiers[tier].get(project.id, 0) if size >= LEAST else None
            yield TierVotes(tier, size, project.name or project.id, votes)


def _steps(value: Result) -> Iterable[Step]:
    won = [row for row in value.rows if row.won]
    yield Step(
        "budgeting.result",
        {
            "winners": len(won),
            "projects": len(value.rows),
            "cost": sum((pot.spent for pot in value.pots), Fraction(0)),
            "budget": sum((pot.amount for pot in value.pots), Fraction(0)),
        },
    )
    agree = all(pot.agree for pot in value.pots)
    yield Step("budgeting.result.agree" if agree else "budgeting.result.differ", {"seal": value.seal[:16]})
    for pot in value.pots:
        facts: dict[str, Any] = {"pot": pot.name, "voters": pot.voters, "nothing": pot.voters_with_nothing}
        facts["share"] = Fraction(pot.voters_with_nothing, max(pot.voters - pot.empty, 1))
        if pot.empty:
            yield Step("budgeting.result.pot-empty", facts | {"empty": pot.empty})
        else:
            yield Step("budgeting.result.pot", facts)
    found = value.privacy
    yield Step("budgeting.result.privacy", {"unique": found.unique, "small": found.small})


def _source(frozen: Specification) -> Source:
    return Source(
        f"vote-{frozen.digest[:16]}", frozen.title, "those who ran the vote",
        f"specification with SHA-256 {frozen.digest}", "as its publisher says", "docs/reference/bundle.md",
    )  # fmt: skip
