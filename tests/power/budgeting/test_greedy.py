"""Greedy in the variants that cities use."""

from dataclasses import replace
from fractions import Fraction

from fairground.power.budgeting import Rule, count
from tests.power.budgeting.elections import ids, town

FOUR = town(100, {"a": 60, "b": 50, "c": 30, "d": 10}, (["a"], 9), (["b"], 7), (["c"], 5), (["d"], 2))


def test_greedy_skips_what_does_not_fit_and_goes_on():
    assert ids(FOUR, count(FOUR, Rule("greedy")).winners) == ["a", "c", "d"]


def test_greedy_without_skipping_stops_there():
    assert ids(FOUR, count(FOUR, Rule("greedy", skip=False)).winners) == ["a"]


def test_a_minimum_score_bars_projects_below_it():
    assert ids(FOUR, count(FOUR, Rule("greedy", minimum_score=Fraction(5))).winners) == ["a", "c"]


def test_of_rivals_only_the_one_with_most_votes_can_win():
    rivals = {"a", "c"}
    projects = tuple(replace(p, rivals="site" if p.id in rivals else "") for p in FOUR.projects)
    election = replace(FOUR, projects=projects)
    assert ids(election, count(election, Rule("greedy", respect_rivals=True)).winners) == ["a", "d"]


def test_an_order_of_its_own_stands_in_place_of_the_votes():
    assert ids(FOUR, count(FOUR, Rule("greedy", sequence=("d", "b", "c"))).winners) == ["d", "b", "c"]


def test_the_next_project_is_funded_in_part_from_a_reserve_if_enough_is_left():
    custom = Rule("greedy", skip=False, top_up=Fraction(4, 5))
    assert ids(FOUR, count(FOUR, custom).winners) == ["a", "b"]
    assert ids(FOUR, count(FOUR, replace(custom, top_up=Fraction(9, 10))).winners) == ["a"]


def test_minimum_support_bars_what_too_few_voters_want_for_its_cost():
    """Świecie 2023: votes over voters must be at least a third of the cost over the budget."""
    barred = count(FOUR, Rule("greedy", minimum_support=Fraction(1))).barred
    assert [FOUR.projects[p].id for p in barred] == ["a", "b", "c", "d"]
    assert count(FOUR, Rule("greedy", minimum_support=Fraction(1, 3))).barred == {}
