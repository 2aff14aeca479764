"""What wins a participatory budget: count a file of ballots, explain a project, compare rules, check a count.

Asks `power.budgeting` about an election in a Pabulib file, and says in words where the money went.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from fairground.errors import Impossible
from fairground.evidence import Answer, Method, Step
from fairground.power.budgeting import (
    METHODS,
    Count,
    Election,
    Explanation,
    PlainCount,
    Rule,
    exact,
    overlooked,
    payments,
    unpriced,
)
from fairground.power.budgeting import count as counted
from fairground.power.budgeting import explain as explained
from fairground.questions.power.elections import Poll, rule_of
from fairground.sources.pabulib import source

__all__ = ["compare", "count", "explain", "rule", "verify"]

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


@dataclass(frozen=True)
class Beside:
    """One rule beside others."""

    rule: str
    winners: int
    spent: Fraction
    voters_with_nothing: int
    shared_with_first: int


@dataclass(frozen=True)
class Compared:
    """What each of several rules would have chosen."""

    rows: tuple[Beside, ...]
    winners: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Verified:
    """Two counts of one election by code that shares nothing."""

    agree: bool
    winners: tuple[str, ...]
    seal: str
    official: tuple[str, ...]
    official_agrees: bool | None


def rule(
    method: str = "equal-shares",
    *,
    completion: str = "none",
    utility: str = "cost",
    start: str = "exact",
    step: object = "1",
    stop_when_exhausted: bool = True,
    comparison: str = "none",
    skip: bool = True,
    minimum_score: object = "0",
    minimum_support: object = "0",
    ties: str = "",
) -> Rule:
    """Return a rule from what a person typed.

    Parameters
    ----------
    ties : ids of projects in the order in which they win ties, with commas.

    Raises
    ------
    BadInput : names the field, the value and what is allowed.

    >>> from fairground.questions.power import budgeting
    >>> budgeting.rule("equal-shares", completion="add1").step
    Fraction(1, 1)
    """
    return Rule(
        method,
        utility,
        completion,
        start,
        exact(step, "step"),
        stop_when_exhausted,
        comparison,
        skip,
        minimum_score=exact(minimum_score, "minimum-score"),
        minimum_support=exact(minimum_support, "minimum-support"),
        order=tuple(id.strip() for id in ties.split(",") if id.strip()),
    )


def _method(chosen: Rule) -> Method:
    return chosen.known_method


def _ids(election: Election, positions: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(election.projects[p].id for p in positions)


def _with_nothing(election: Election, winners: tuple[int, ...]) -> int:
    chosen = set(winners)
    return sum(ballot.voters for ballot in election.ballots if chosen.isdisjoint(ballot.projects))


def _name(election: Election, position: int) -> str:
    project = election.projects[position]
    return f"{project.name} ({project.id})" if project.name else project.id


def count(poll: Poll, chosen: Rule) -> Answer[Tally]:
    """Answer which projects win, round by round.

    Parameters
    ----------
    poll : the election, read with `questions.power.elections.read`.

    >>> from fairground.questions.power import budgeting, elections
    >>> budgeting.count(elections.read(elections.EXAMPLE), budgeting.rule()).value.winners
    ('slide', 'bench')
    """
    election = poll.election
    result = counted(election, chosen)
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
    tally = Tally(
        _ids(election, result.winners),
        rows,
        result.cost,
        election.budget,
        result.endowment,
        election.voters,
        _with_nothing(election, result.winners),
        chosen,
        chosen.seal,
    )
    return Answer(tally, _method(chosen), tuple(_steps(poll, result, tally)), (source(poll.file),))


def _steps(poll: Poll, result: Count, tally: Tally) -> Iterator[Step]:
    election = poll.election
    facts: dict[str, Any] = {
        "winners": len(tally.winners),
        "projects": len(tally.rows),
        "rule": _method(result.rule).name,
        "cost": tally.cost,
        "budget": tally.budget,
        "currency": poll.currency or "units",
    }
    yield Step("budgeting.headline", facts)
    yield Step("budgeting.rule", {"seal": tally.seal[:16], "utility": result.rule.known_utility.words})
    yield Step("budgeting.ballots", {"voters": tally.voters, "different": len(election.ballots)})
    if poll.repeated:
        yield Step("budgeting.repeated", {"ballots": poll.repeated})
    if poll.empty:
        yield Step("budgeting.empty", {"ballots": poll.empty})
    for fault in poll.file.faults:
        yield Step("budgeting.fault", {"fault": fault})
    yield from _money(election, result, facts["currency"])
    if result.comparison is not None:
        code = "budgeting.compared.switched" if result.switched else "budgeting.compared.kept"
        yield Step(code, {"rule": result.comparison.rule, "greedy": result.comparison.greedy})
    share = Fraction(tally.voters_with_nothing, tally.voters)
    yield Step("budgeting.nothing", {"voters": tally.voters_with_nothing, "share": share})
    yield from _fairness(election, result)
    if poll.official:
        same = set(poll.official) == set(tally.winners)
        yield Step("budgeting.official.same" if same else "budgeting.official.other", {})


def _fairness(election: Election, result: Count) -> Iterator[Step]:
    """Tell whether a group that agrees was left out, and whether the money can be traced to equal purses."""
    groups = overlooked(election, result.winners)
    if groups:
        largest = max(groups, key=lambda group: group.voters)
        facts = {"groups": len(groups), "voters": largest.voters}
        yield Step("budgeting.overlooked", facts | {"project": _name(election, largest.project)})
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
        yield Step("budgeting.endowment", {"each": result.endowment, "currency": currency})
    if result.steps:
        yield Step(f"budgeting.ended.{result.ended}", {"steps": result.steps})
    for number, p in enumerate(result.winners):
        facts: dict[str, Any] = {
            "round": number + 1,
            "project": _name(election, p),
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


def explain(poll: Poll, chosen: Rule, project: str) -> Answer[Explanation]:
    """Answer why one project won or lost, each number proved by counting again.

    Raises
    ------
    NotFound : no project has that id.

    >>> from fairground.questions.power import budgeting, elections
    >>> poll = elections.read(elections.EXAMPLE)
    >>> budgeting.explain(poll, budgeting.rule(), "park").value.won
    False
    """
    election = poll.election
    position = election.position(project)
    result = counted(election, chosen)
    found = explained(election, result, position)
    facts: dict[str, Any] = {
        "project": _name(election, position),
        "votes": election.votes[position],
        "cost": election.projects[position].cost,
        "currency": poll.currency or "units",
    }
    steps = [Step("budgeting.explain.won" if found.won else "budgeting.explain.lost", facts)]
    if position in result.barred:
        steps.append(Step("budgeting.explain.barred", {"reason": REASONS[result.barred[position]]}))
    if found.support is not None:
        code = "budgeting.explain.support.won" if found.won else "budgeting.explain.support.lost"
        steps.append(Step(code, {"support": found.support}))
    for share in sorted(found.shares, key=lambda share: -share.paid):
        winner = _name(election, share.project)
        steps.append(Step("budgeting.explain.share", facts | {"winner": winner, "paid": share.paid}))
    steps += _to_win(found, facts)
    return Answer(found, _method(chosen), tuple(steps), (source(poll.file),))


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


def compare(poll: Poll) -> Answer[Compared]:
    """Answer what each rule would choose from the same ballots; only the rule fixed beforehand counts.

    >>> from fairground.questions.power import budgeting, elections
    >>> poll = elections.read(elections.EXAMPLE)
    >>> [row.winners for row in budgeting.compare(poll).value.rows][:2]
    [2, 2]
    """
    election = poll.election
    rules = [Rule("equal-shares"), Rule("equal-shares", completion="add1"), Rule("greedy")]
    rules += [Rule(method) for method in ("bos", "phragmen", "exact-equal-shares", "max-welfare")]
    results: list[tuple[Rule, Count]] = []
    skipped = []
    for each in rules:
        try:
            results.append((each, counted(election, each)))
        except Impossible as fault:
            skipped.append(Step("budgeting.compare.skipped", {"rule": each.method, "why": fault.what}))
    first = set(results[1][1].winners)
    rows = tuple(
        Beside(
            _label(each),
            len(result.winners),
            result.cost / election.budget,
            _with_nothing(election, result.winners),
            len(first & set(result.winners)),
        )
        for each, result in results
    )
    winners = {_label(each): _ids(election, result.winners) for each, result in results}
    facts = {"rules": len(rows), "first": rows[1].rule, "voters": election.voters}
    method = Method("compare-rules", "Each rule on the same ballots", METHODS[3].reference)
    steps = (Step("budgeting.compare", facts), Step("budgeting.compare.note", {}), *skipped)
    return Answer(Compared(rows, winners), method, steps, (source(poll.file),))


def _label(each: Rule) -> str:
    return each.method if each.completion == "none" else f"{each.method}, {each.completion}"


def verify(poll: Poll, chosen: Rule | None = None) -> Answer[Verified]:
    """Answer whether two counters that share no code agree, and whether the file's own result does.

    Parameters
    ----------
    chosen : the rule; if none is given, the one that the file names, else Equal Shares.

    >>> from fairground.questions.power import budgeting, elections
    >>> budgeting.verify(elections.read(elections.EXAMPLE), budgeting.rule()).value.agree
    True
    """
    used = chosen or rule_of(poll) or Rule()
    election = poll.election
    fast = counted(election, used).winners
    plain = PlainCount(election, used).winners()
    agree = set(fast) == set(plain)
    ids = _ids(election, fast)
    same = set(ids) == set(poll.official) if poll.official else None
    result = Verified(agree, ids, used.seal, poll.official, same)
    facts = {"winners": len(ids), "rule": _method(used).name, "seal": used.seal[:16]}
    steps = [Step("budgeting.verify.agree" if agree else "budgeting.verify.differ", facts)]
    if same is not None:
        steps.append(Step("budgeting.official.same" if same else "budgeting.official.other", {}))
    return Answer(result, _method(used), tuple(steps), (source(poll.file),))
