"""What wins a participatory budget: count a file of ballots, explain a project, compare rules, check a count.

Asks `power.budgeting` about an election in a Pabulib file, and says in words where the money went.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fairground.errors import Impossible
from fairground.evidence import Answer, Method, Step
from fairground.power.budgeting import (
    METHODS,
    Count,
    Explanation,
    Rule,
    exact,
    second,
)
from fairground.power.budgeting import count as counted
from fairground.power.budgeting import explain as explained
from fairground.questions.power.ballot_limits import beyond
from fairground.questions.power.elections import Poll, default_score, rule_of
from fairground.questions.power.reasons import why
from fairground.questions.power.tally import Tally, ids, tally, told, with_nothing
from fairground.sources.pabulib import source

__all__ = ["compare", "count", "explain", "rule", "verify"]


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
    """Two counts of one election by code that shares nothing.

    The second counted `counted` of the `endowments` that the rule goes through: all, if that takes no hours.
    """

    agree: bool
    winners: tuple[str, ...]
    seal: str
    official: tuple[str, ...]
    official_agrees: bool | None
    counted: int = 1
    endowments: int = 1


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
    respect_rivals: bool = False,
    turnout: bool = False,
) -> Rule:
    """Return a rule from what a person typed.

    Parameters
    ----------
    ties : ids of projects in the order in which they win ties, with commas.
    respect_rivals : of rivals, only the one with the best score can win. turnout : shares by district.

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
        respect_rivals=respect_rivals,
        order=tuple(id.strip() for id in ties.split(",") if id.strip()),
        turnout=turnout,
    )


def _method(chosen: Rule) -> Method:
    return chosen.known_method


def count(poll: Poll, chosen: Rule) -> Answer[Tally]:
    """Answer which projects win, round by round.

    Parameters
    ----------
    poll : the election, read with `questions.power.elections.read`.

    >>> from fairground.questions.power import budgeting, elections
    >>> budgeting.count(elections.read(elections.EXAMPLE), budgeting.rule()).value.winners
    ('slide', 'bench')
    """
    result = counted(poll.election, chosen)
    found = tally(poll.election, result)
    steps = _with_oddities(poll, told(poll.election, result, found, currency=poll.currency or "units"))
    if poll.official:
        steps.append(_official(poll, found.winners))
    return Answer(found, _method(chosen), tuple(steps), (source(poll.file),))


def _official(poll: Poll, winners: Sequence[str]) -> Step:
    """Return whether a file's own result is this one, and if not, the rule that the file names."""
    if set(poll.official) == set(winners):
        return Step("budgeting.official.same", {})
    if poll.named:
        return Step("budgeting.official.other-named", {"rule": poll.named})
    return Step("budgeting.official.other", {})


def _with_oddities(poll: Poll, steps: Iterable[Step]) -> list[Step]:
    """Return the steps of a count with what was odd about the file, after the number of ballots."""
    odd = [Step("budgeting.repeated", {"ballots": poll.repeated})] if poll.repeated else []
    odd += [Step("budgeting.empty", {"ballots": poll.empty})] if poll.empty else []
    if poll.overfull:
        odd.append(Step("budgeting.overfull", {"ballots": poll.overfull, "most": poll.most}))
    if not default_score(poll.file):
        odd += beyond(poll.election, poll.file)
    odd += [Step("budgeting.fault", {"fault": fault}) for fault in poll.file.faults]
    found = list(steps)
    after = next(n for n, step in enumerate(found, 1) if step.code == "budgeting.ballots")
    return found[:after] + odd + found[after:]


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
    steps = tuple(why(election, result, found, currency=poll.currency or "units"))
    return Answer(found, _method(chosen), steps, (source(poll.file),))


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
            with_nothing(election, result.winners),
            len(first & set(result.winners)),
        )
        for each, result in results
    )
    winners = {_label(each): ids(election, result.winners) for each, result in results}
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
    fast = counted(election, used)
    found = second(election, fast)
    named = ids(election, fast.winners)
    same = set(named) == set(poll.official) if poll.official else None
    result = Verified(found.agree, named, used.seal, poll.official, same, found.counted, found.endowments)
    facts = {"winners": len(named), "rule": _method(used).name, "seal": used.seal[:16]}
    steps = [Step("budgeting.verify.agree" if found.agree else "budgeting.verify.differ", facts)]
    if found.counted < found.endowments:
        part = {"counted": found.counted, "endowments": found.endowments}
        steps.append(Step("budgeting.verify.part", part))
    if chosen is None and rule_of(poll) is None:
        said = {"rule": poll.named}
        steps.append(Step("budgeting.verify.other-rule" if poll.named else "budgeting.verify.no-rule", said))
    if same is not None:
        steps.append(_official(poll, named))
    return Answer(result, _method(used), tuple(steps), (source(poll.file),))
