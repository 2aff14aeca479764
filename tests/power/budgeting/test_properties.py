"""Which outcomes are fair, checked from the outcome alone."""

import pytest
from hypothesis import given

from fairground.power.budgeting import Rule, count, overlooked, unpriced
from tests.power.budgeting.elections import elections, town, tries


@pytest.mark.slow
@pytest.mark.parametrize(("utility", "by"), [("cost", "money"), ("cardinality", "projects")])
@given(election=elections())
@tries(120)
def test_equal_shares_overlooks_no_group(utility, by, election):
    """Peters, Pierczyński and Skowron (2021), theorem 1, for groups that agree on one project."""
    assert overlooked(election, count(election, Rule(utility=utility)).winners, by=by) == ()


@given(election=elections())
@tries(60)
def test_equal_shares_is_priceable(election):
    assert unpriced(election, count(election, Rule())) == ()


def test_greedy_overlooks_a_minority_that_equal_shares_serves():
    two = town(100, {"a": 30, "b": 30, "c": 40, "d": 30}, (["a", "b", "d"], 6), (["c"], 4))
    (group,) = overlooked(two, count(two, Rule("greedy")).winners)
    assert (two.projects[group.project].id, group.voters, group.most) == ("c", 4, 0)


def test_a_winner_of_a_completion_is_not_paid_for_by_equal_purses():
    two = town(100, {"a": 60, "b": 20}, (["a"], 4), (["b"], 6))
    result = count(two, Rule(completion="greedy"))
    assert [two.projects[p].id for p in unpriced(two, result)] == ["a"]
