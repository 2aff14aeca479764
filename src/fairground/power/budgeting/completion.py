"""What is done with the money that Equal Shares leaves: nothing, more for each voter, or greedy.

Add1 gives each voter one step more and counts again, until the outcome would cost more than the budget;
it may also stop at the first outcome that leaves room for nothing. Reference: equalshares.net,
"Implementation: completion". Where steps are small (Budapest: 22,002), whole ranges of endowments are
proved to give one outcome and passed at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from fairground.power.budgeting.endowments import Rise
from fairground.power.budgeting.equal_shares import Bought, Field, equal_shares, outcomes
from fairground.power.budgeting.rules import Rule
from fairground.power.budgeting.vectors import Watch

REACH = 16


@dataclass(frozen=True)
class Completed:
    """The last outcome within the budget, how many endowments were tried or passed, and why it ended."""

    bought: Bought
    steps: int
    ended: str


def first_endowment(field: Field, rule: Rule) -> Fraction:
    """Return the coins that each voter starts with."""
    exact = Fraction(field.budget, field.voters)
    return exact if rule.start == "exact" else Fraction(floor(exact / field.unit) * field.unit)


def exhausted(field: Field, bought: Bought) -> bool:
    """Return whether no project that anybody marked and that may win still fits the budget."""
    left = field.budget - sum(field.costs[p] for p in bought.order)
    return all(field.costs[p] > left for p in field.open if p not in bought.order)


def add1(field: Field, rule: Rule, *, reach: int = REACH) -> Completed:
    """Return the outcome of Equal Shares with more and more money for each voter.

    Parameters
    ----------
    reach : how many steps are first counted together; it changes the speed, never the outcome.
    """
    start, step = first_endowment(field, rule), rule.step * field.unit
    first = equal_shares(field, start)
    best = Completed(first, 0, _finished(field, rule, first))
    following = _steps(field, rule, start, reach)
    while not best.ended:
        number, last, bought = next(following)
        if bought is not None and bought.over:
            return Completed(equal_shares(field, best.bought.endowment), best.steps, "over")
        ended = "" if bought is None else _finished(field, rule, bought)
        number = number if ended else last
        best = Completed(Bought(bought.order if bought else (), start + number * step), number, ended)
    return best


def _finished(field: Field, rule: Rule, bought: Bought) -> str:
    """Return why no more money is tried after an outcome; empty if more is tried."""
    if len(bought.order) == len(field.open):
        return "all"
    return "exhausted" if rule.stop_when_exhausted and exhausted(field, bought) else ""


def _steps(field: Field, rule: Rule, start: Fraction, reach: int) -> Iterator[tuple[int, int, Bought | None]]:
    """Yield the outcome of all steps, in order, with the first and the last step that has it.

    It is None where it is only known that it is neither over the budget nor the last one.
    """
    number, step, watch = 1, rule.step * field.unit, Watch(rule.stop_when_exhausted)
    while True:
        last = number + reach - 1
        found = outcomes(field, lambda n: start + n * step, number, last, limit=field.budget, watch=watch)
        yield from reversed(list(found))
        number, reach = last + 1, max(reach, last // 8)


def add_opt(field: Field, rule: Rule) -> Completed:
    """Return the outcome of Exact Equal Shares, going straight to each endowment that changes something."""
    best = Completed(Bought((), Fraction(0)), -1, "")
    for bought, ended in climb(field, rule):
        best = replace(best, ended=ended) if bought.over else Completed(bought, best.steps + 1, ended)
    return best


def climb(field: Field, rule: Rule) -> Iterator[tuple[Bought, str]]:
    """Yield the outcome of each endowment of `add_opt`, and why it is the last one (empty where it is not).

    An outcome that would pass the budget is yielded too, as the last one.
    """
    rise = Rise(field, first_endowment(field, rule), limit=field.budget)
    while True:
        now = rise.outcome
        if now.over:
            yield now, "over"
            return
        ended = _finished(field, rule, now)
        if not ended and not rise.go_on():
            ended = "all"
        yield now, ended
        if ended:
            return
