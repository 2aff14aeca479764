"""Which funders a plan fits: each rule is data with its date and reference, each kind of test one function.

A rule gives "pass", "caveat", "fail" or "unknown" (the plan does not say). A funder gives "fail" where one
rule does, else "caveat" where one is a caveat or unknown, else "pass": as the expression of interest of the
Community Ownership Fund was judged (communitiesuk/funding-service-design-fund-store, eoi_r1_schema.py).
A rule that was not read at its source never makes a funder fail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from fairground import standards
from fairground.errors import BadInput, NotFound
from fairground.tables import toml
from fairground.wealth.finance.entries import UNKNOWN
from fairground.wealth.finance.plan import Facts, Plan

HERE = "fairground.wealth.finance"


@dataclass(frozen=True)
class Rule:
    """One rule of a funder: its test and numbers, what not passing it means, and where it is written."""

    test: str
    result: str
    words: str
    reference: str
    value: Fraction = Fraction(0)
    share: Fraction = Fraction(1)
    fact: str = ""
    good: tuple[str, ...] = ()
    caveat: tuple[str, ...] = ()
    standard: str = ""
    verified: bool = True

    def __post_init__(self) -> None:
        if self.test not in TESTS:
            raise BadInput("There is no such test", "test", self.test, ", ".join(TESTS))
        if self.result not in ("caveat", "fail") or not (self.words.strip() and self.reference.strip()):
            raise BadInput("A rule needs a result, words and a reference", "rule", self.words)
        if self.fact and self.fact not in Facts.__dataclass_fields__:
            raise BadInput(
                "A plan does not say this", "fact", self.fact, ", ".join(Facts.__dataclass_fields__)
            )


@dataclass(frozen=True)
class Funder:
    """Who pays, whether still, since when and until when, on which rules."""

    id: str
    name: str
    status: str
    start: date
    end: date | None
    reference: str
    url: str
    note: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Finding:
    """What one rule says of a plan."""

    rule: Rule
    result: str


@dataclass(frozen=True)
class Match:
    """What a funder's rules say of a plan, all together and one by one."""

    funder: Funder
    result: str
    findings: tuple[Finding, ...]


@cache
def funders() -> tuple[Funder, ...]:
    """Return the funders that travel with Fairground.

    >>> [one.id for one in funders()]
    ['cof-4', 'pride-in-place', 'community-shares']
    """
    return tuple(_funder(id, entry) for id, entry in toml(HERE, "funders.toml").items())


def funder(id: str) -> Funder:
    """Return one funder by its id.

    Raises
    ------
    NotFound : we hold no such funder.
    """
    found = next((one for one in funders() if one.id == id), None)
    if found is None:
        known = tuple(one.id for one in funders())
        raise NotFound("We hold no such funder", "funder", id, ", ".join(known), nearest=known)
    return found


def match(plan: Plan, funder: Funder) -> Match:
    """Return what a funder's rules say of a plan.

    What is asked of the funder are the grants that name it; where none does, every grant not yet secured.
    """
    findings = tuple(Finding(rule, _result(plan, funder, rule)) for rule in funder.rules)
    held = {one.result for one in findings}
    overall = "fail" if "fail" in held else "caveat" if held & {"caveat", "unknown"} else "pass"
    return Match(funder, overall, findings)


def asked(plan: Plan, funder: Funder, purposes: tuple[str, ...]) -> int:
    """Return the pence that a plan asks of a funder for these purposes."""
    named = [one for one in plan.grants if one.funder == funder.id]
    held = named or [one for one in plan.grants if not one.funder and one.status != "secured"]
    return sum(one.pounds for one in held if one.purpose in purposes)


def _result(plan: Plan, funder: Funder, rule: Rule) -> str:
    found = TESTS[rule.test](plan, funder, rule)
    if found in ("fail", "caveat") and not rule.verified:
        return "caveat"
    return found


def _either(good: bool, rule: Rule) -> str:
    return "pass" if good else rule.result


def _grant_at_most(plan: Plan, funder: Funder, rule: Rule) -> str:
    return _either(asked(plan, funder, ("capital", "any")) <= rule.value * 100, rule)


def _grant_share_at_most(plan: Plan, funder: Funder, rule: Rule) -> str:
    return _either(asked(plan, funder, ("capital", "any")) <= rule.value * plan.capital, rule)


def _running_at_most(plan: Plan, funder: Funder, rule: Rule) -> str:
    running, capital = asked(plan, funder, ("running",)), asked(plan, funder, ("capital", "any"))
    return _either(running <= rule.value * 100 and running <= rule.share * capital, rule)


def _running_asked(plan: Plan, funder: Funder, rule: Rule) -> str:
    return _either(asked(plan, funder, ("running",)) > 0, rule)


def _fact(plan: Plan, funder: Funder, rule: Rule) -> str:
    told = getattr(plan.facts, rule.fact)
    if told == UNKNOWN:
        return "unknown"
    return "pass" if told in rule.good else "caveat" if told in rule.caveat else rule.result


def _match_secured(plan: Plan, funder: Funder, rule: Rule) -> str:
    """Pass where secured grants and the money at the start cover what the funder does not pay."""
    sure = plan.about.opening + sum(
        one.pounds for one in plan.grants if one.status == "secured" and one.funder != funder.id
    )
    return _either(sure >= plan.capital - asked(plan, funder, ("capital", "any")), rule)


def _spent_within(plan: Plan, funder: Funder, rule: Rule) -> str:
    named = [one.month for one in plan.grants if one.funder in (funder.id, "")]
    last = max((one.month + one.months - 1 for one in plan.spending), default=1)
    return _either(last - min(named, default=1) < rule.value, rule)


def _lease_at_least(plan: Plan, funder: Funder, rule: Rule) -> str:
    if plan.facts.holding != "lease":
        return "unknown" if plan.facts.holding == UNKNOWN else "pass"
    return (
        "unknown" if plan.facts.lease_years is None else _either(plan.facts.lease_years >= rule.value, rule)
    )


def _holding_at_most(plan: Plan, funder: Funder, rule: Rule) -> str:
    most = 100 * int(standards.get(HERE, rule.standard).on(plan.about.start))
    return "unknown" if plan.shares.largest is None else _either(plan.shares.largest <= most, rule)


def _withdrawal_holiday(plan: Plan, funder: Funder, rule: Rule) -> str:
    return _either(not plan.shares.expected or plan.shares.holiday >= rule.value, rule)


def _minimum_set(plan: Plan, funder: Funder, rule: Rule) -> str:
    return _either(not plan.shares.expected or plan.shares.minimum > 0, rule)


TESTS: dict[str, Callable[[Plan, Funder, Rule], str]] = {
    "grant-at-most": _grant_at_most,
    "grant-share-at-most": _grant_share_at_most,
    "running-at-most": _running_at_most,
    "running-asked": _running_asked,
    "fact": _fact,
    "match-secured": _match_secured,
    "spent-within": _spent_within,
    "lease-at-least": _lease_at_least,
    "holding-at-most": _holding_at_most,
    "withdrawal-holiday": _withdrawal_holiday,
    "minimum-set": _minimum_set,
}


def _funder(id: str, entry: Mapping[str, Any]) -> Funder:
    rules = tuple(_rule(one) for one in entry["rules"])
    names = ("name", "status", "reference", "url", "note")
    return Funder(
        id=id, start=entry["from"], end=entry.get("to"), rules=rules, **{n: entry[n] for n in names}
    )


def _rule(entry: Mapping[str, Any]) -> Rule:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    for name in ("value", "share"):
        if name in values:
            values[name] = Fraction(str(values[name]))
    return Rule(**values)
