"""Funders' rules: each test both ways, and the closed Community Ownership Fund as it judged."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from fairground.errors import BadInput, NotFound
from fairground.wealth.finance import Facts, Grant, Plan, Rule, Spending, funder, funders, match
from fairground.wealth.finance.funders import TESTS
from tests.wealth.finance.plans import about, hall

GOOD = Facts(
    incorporated="yes", owner="private", holding="freehold", at_risk="yes", housing="no", planning="granted",
    area_listed="yes",
)  # fmt: skip


def asking(capital=8_000_000, running=1_000_000, secured=3_000_000, month=1, **facts) -> Plan:
    """A plan of £100,000 that asks the fund for four fifths and has the rest."""
    return Plan(
        about(years=2),
        spending=(Spending(name="b", kind="purchase", pounds=10_000_000, month=month),),
        grants=(
            Grant(name="f", pounds=capital, funder="cof-4", status="applied"),
            Grant(name="r", pounds=running, funder="cof-4", purpose="running", status="applied"),
            Grant(name="own", pounds=secured, status="secured"),
        ),
        facts=replace(GOOD, **facts),
    )


def judged(plan, id="cof-4"):
    found = match(plan, funder(id))
    return found.result, [one.rule.test for one in found.findings if one.result != "pass"]


def test_a_plan_that_keeps_every_rule_passes():
    assert judged(asking()) == ("pass", [])


@pytest.mark.parametrize(
    ("plan", "result", "test"),
    [
        (asking(incorporated="soon"), "caveat", "fact"),
        (asking(incorporated="no"), "caveat", "fact"),
        (asking(owner="parish"), "caveat", "fact"),
        (asking(owner="public"), "caveat", "fact"),
        (asking(housing="part"), "caveat", "fact"),
        (asking(housing="main"), "fail", "fact"),
        (asking(planning="early"), "caveat", "fact"),
        (asking(planning="not-started"), "caveat", "fact"),
        (asking(at_risk="no"), "fail", "fact"),
        (asking(at_risk="unknown"), "caveat", "fact"),
        (asking(running=0), "caveat", "running-asked"),
        (asking(secured=0), "caveat", "match-secured"),
        (asking(month=13), "caveat", "spent-within"),
        (asking(capital=8_000_001), "fail", "grant-share-at-most"),
        (asking(running=1_600_001), "fail", "running-at-most"),
        (asking(holding="lease", lease_years=14), "caveat", "lease-at-least"),
        (asking(holding="lease"), "caveat", "lease-at-least"),
    ],
    ids=[
        "soon", "not-incorporated", "parish", "public", "some-homes", "mainly-homes", "early", "not-started",
        "safe", "not-said", "no-running", "no-match", "too-slow", "above-four-fifths", "above-a-fifth",
        "short-lease", "lease-of-unknown-length",
    ],
)  # fmt: skip
def test_the_community_ownership_fund_judges_as_its_form_did(plan, result, test):
    assert judged(plan) == (result, [test])


def test_two_million_is_the_most_and_fifty_thousand_for_running():
    large = asking(capital=200_000_000, running=5_000_000, secured=60_000_000)
    large = replace(large, spending=(Spending(name="b", kind="purchase", pounds=260_000_000),))
    assert judged(large) == ("pass", [])
    more = replace(large, grants=(replace(large.grants[0], pounds=200_000_001), *large.grants[1:]))
    assert judged(more) == ("fail", ["grant-at-most"])
    more = replace(
        large, grants=(large.grants[0], replace(large.grants[1], pounds=5_000_001), large.grants[2])
    )
    assert judged(more) == ("fail", ["running-at-most"])


def test_pride_in_place_is_for_named_neighbourhoods_only():
    assert judged(asking(), "pride-in-place")[0] == "pass"
    assert judged(asking(area_listed="no"), "pride-in-place")[0] == "fail"
    assert judged(asking(area_listed="unknown"), "pride-in-place")[0] == "caveat"


def test_community_shares_have_a_largest_holding_a_minimum_and_a_holiday():
    plan = hall(facts=GOOD, shares=replace(hall().shares, holiday=3, largest=10_000_000))
    assert judged(plan, "community-shares") == ("pass", [])
    assert judged(replace(plan, shares=replace(plan.shares, holiday=2)), "community-shares")[1] == [
        "withdrawal-holiday"
    ]
    assert judged(replace(plan, shares=replace(plan.shares, minimum=0)), "community-shares")[1] == [
        "minimum-set"
    ]
    assert judged(replace(plan, facts=replace(GOOD, incorporated="no")), "community-shares")[0] == "fail"
    assert judged(replace(plan, shares=replace(plan.shares, largest=None)), "community-shares")[1] == [
        "holding-at-most"
    ]


def test_a_rule_that_was_not_read_at_its_source_never_fails_a_plan():
    rule = Rule(
        test="fact", fact="at_risk", good=("yes",), result="fail", words="w", reference="r", verified=False
    )
    one = replace(funder("cof-4"), rules=(rule,))
    assert match(asking(at_risk="no"), one).result == "caveat"


def test_where_no_grant_names_the_funder_every_unsure_one_is_asked_for():
    plan = hall(facts=GOOD)
    assert match(plan, funder("cof-4")).findings[0].result == "pass"
    rich = replace(plan, grants=(Grant(name="g", pounds=200_000_001),))
    assert match(rich, funder("cof-4")).findings[0].result == "fail"


def test_every_funder_has_dates_references_and_known_tests():
    for one in funders():
        assert one.status in ("open", "closed")
        assert (one.status == "closed") == (one.end is not None and one.end < date(2026, 1, 1))
        assert one.url.startswith("https://")
        assert all(rule.reference and rule.test in TESTS for rule in one.rules)


def test_an_unknown_funder_and_a_broken_rule_are_refused():
    with pytest.raises(NotFound, match="cof-4"):
        funder("cof-5")
    for wrong in ({"test": "magic"}, {"result": "pass"}, {"words": " "}, {"fact": "cats"}):
        with pytest.raises(BadInput):
            Rule(
                **{
                    "test": "fact",
                    "result": "fail",
                    "words": "w",
                    "reference": "r",
                    "value": Fraction(1),
                    **wrong,
                }
            )
