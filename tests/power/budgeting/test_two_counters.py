"""The fast counter and the plain one share no code, and agree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.power.budgeting import METHODS, UTILITIES, PlainCount, Rule, count
from tests.power.budgeting.elections import elections

WITHOUT_SETS = [method.id for method in METHODS if method.id != "max-welfare"]


@pytest.mark.parametrize("method", WITHOUT_SETS)
@given(election=elections())
@settings(max_examples=60, deadline=None)
def test_both_counters_choose_the_same_projects_in_the_same_order(method, election):
    rule = Rule(method)
    assert count(election, rule).winners == PlainCount(election, rule).winners()


@pytest.mark.parametrize("utility", [utility.id for utility in UTILITIES])
@pytest.mark.parametrize("method", ["equal-shares", "bos"])
@given(election=elections(kind="points"))
@settings(max_examples=30, deadline=None)
def test_both_counters_agree_on_points(method, utility, election):
    rule = Rule(method, utility)
    assert count(election, rule).winners == PlainCount(election, rule).winners()


@pytest.mark.parametrize("completion", ["add1", "add1u", "greedy"])
@pytest.mark.parametrize("stop", [True, False])
@pytest.mark.parametrize("start", ["exact", "floor"])
@given(election=elections(most=4))
@settings(max_examples=30, deadline=None)
def test_both_counters_agree_on_each_completion(completion, stop, start, election):
    rule = Rule(completion=completion, stop_when_exhausted=stop, start=start, comparison="projects")
    assert count(election, rule).winners == PlainCount(election, rule).winners()


@given(election=elections(), skip=st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_best_set_is_as_good_as_the_best_of_the_table(election, skip):
    rule = Rule("max-welfare", skip=skip)

    def worth(winners):
        return sum(election.votes[p] * election.projects[p].cost for p in winners)

    assert worth(count(election, rule).winners) == worth(PlainCount(election, rule).winners())


@given(election=elections(), method=st.sampled_from([method.id for method in METHODS]))
@settings(max_examples=120, deadline=None)
def test_no_rule_spends_more_than_the_budget(election, method):
    assert count(election, Rule(method)).cost <= election.budget


@given(election=elections(), step=st.sampled_from(["1/3", "1/100"]))
@settings(max_examples=15, deadline=None)
def test_ranges_that_are_proved_at_once_end_where_single_steps_end(election, step):
    from fractions import Fraction

    from fairground.power.budgeting import completion
    from fairground.power.budgeting.equal_shares import field

    rule = Rule(completion="add1", step=Fraction(step))
    seen = field(election, rule)
    one_by_one = completion.add1(seen, rule, patience=10**9)
    in_ranges = completion.add1(seen, rule, patience=0)
    assert (in_ranges.bought, in_ranges.ended, in_ranges.steps) == (
        one_by_one.bought,
        one_by_one.ended,
        one_by_one.steps,
    )
