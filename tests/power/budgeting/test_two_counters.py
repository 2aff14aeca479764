"""The fast counter and the plain one share no code, and agree."""

import ast
import inspect
from dataclasses import fields
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from fairground.power.budgeting import METHODS, UTILITIES, Election, PlainCount, Rule, count
from tests.power.budgeting.elections import elections, ids, town, tries

BUDGETING = "fairground.power.budgeting"
WITHOUT_SETS = [method.id for method in METHODS if method.id != "max-welfare"]


def imported(module):
    """Return what a module imports: (module, name), wherever in its code the import stands."""
    nodes = ast.walk(ast.parse(inspect.getsource(import_module(module))))
    found = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return {(node.module, alias.name) for node in found for alias in node.names}


def reached(module):
    """Return the modules of budgeting that a module needs, itself among them."""
    seen, open_ones = set(), {module}
    while open_ones:
        one = open_ones.pop()
        seen.add(one)
        named = {f"{found}.{name}" for found, name in imported(one) if found == BUDGETING}
        named |= {found for found, _ in imported(one) if found.startswith(f"{BUDGETING}.")}
        open_ones |= named - seen
    return seen


@pytest.mark.slow
def test_the_two_counters_share_nothing_but_what_an_election_and_a_rule_are():
    fast, plain = reached(f"{BUDGETING}.counting"), reached(f"{BUDGETING}.plain")
    assert len(fast) > 12
    assert fast & plain == {f"{BUDGETING}.election", f"{BUDGETING}.rules"}
    assert plain - fast == {f"{BUDGETING}.plain"}


def test_the_plain_counter_reads_records_and_calls_nothing_of_theirs():
    """Votes, scores, ties and thresholds it works out itself; a utility is a record of two facts."""
    ours = {(found, name) for found, name in imported(f"{BUDGETING}.plain") if found.startswith("fairground")}
    assert ours == {(f"{BUDGETING}.election", "Election"), (f"{BUDGETING}.rules", "Rule")}
    code = ast.parse(inspect.getsource(import_module(f"{BUDGETING}.plain")))
    read = {"election": set(), "rule": set()}
    for node in ast.walk(code):
        owner = node.value if isinstance(node, ast.Attribute) else None
        name = getattr(owner, "attr", getattr(owner, "id", ""))
        if name in read:
            read[name].add(node.attr)
    assert read["election"] <= {field.name for field in fields(Election)}
    assert read["rule"] <= {field.name for field in fields(Rule)} | {"known_utility"}
    assert len(read["election"]) > 2
    assert len(read["rule"]) > 5


@pytest.mark.parametrize("method", WITHOUT_SETS)
@given(election=elections())
@tries(60)
def test_both_counters_choose_the_same_projects_in_the_same_order(method, election):
    rule = Rule(method)
    assert count(election, rule).winners == PlainCount(election, rule).winners()


@pytest.mark.parametrize("utility", [utility.id for utility in UTILITIES])
@pytest.mark.parametrize("method", ["equal-shares", "bos"])
@given(election=elections(kind="points"))
@tries(30)
def test_both_counters_agree_on_points(method, utility, election):
    rule = Rule(method, utility)
    assert count(election, rule).winners == PlainCount(election, rule).winners()


@pytest.mark.parametrize("completion", ["add1", "add1u", "greedy"])
@pytest.mark.parametrize("stop", [True, False])
@pytest.mark.parametrize("start", ["exact", "floor"])
@given(election=elections(most=4))
@tries(30)
def test_both_counters_agree_on_each_completion(completion, stop, start, election):
    rule = Rule(completion=completion, stop_when_exhausted=stop, start=start, comparison="projects")
    assert count(election, rule).winners == PlainCount(election, rule).winners()


@pytest.mark.parametrize("utility", ["cost", "cardinality", "points"])
@given(election=elections(kind="points", most=8), order=st.permutations(range(8)))
@tries(60)
def test_both_counters_find_the_same_best_set_whatever_the_order_for_ties(utility, election, order):
    names = tuple(f"p{n}" for n in order if n < len(election.projects))
    rule = Rule("max-welfare", utility, order=names)
    assert set(count(election, rule).winners) == set(PlainCount(election, rule).winners())


@given(election=elections(most=8))
@tries(40)
def test_no_set_is_better_than_the_best_set_says_a_solver(election):
    worth = np.array([n * float(p.cost) for n, p in zip(election.votes, election.projects, strict=True)])
    costs = np.array([[float(project.cost) for project in election.projects]])
    limit = LinearConstraint(costs, -np.inf, float(election.budget))
    found = milp(-worth, constraints=limit, bounds=Bounds(0, 1), integrality=np.ones(len(worth)))
    winners = count(election, Rule("max-welfare")).winners
    assert sum(worth[p] for p in winners) == pytest.approx(-found.fun)


def test_of_two_best_sets_the_one_first_in_the_order_for_ties_wins():
    three = town(2, {"a": 1, "b": 2, "c": 1}, (["a"], 3), (["b"], 3), (["c"], 3))
    for order, winners in ((("b",), {"b"}), (("a",), {"a", "c"}), (("c", "b"), {"a", "c"})):
        rule = Rule("max-welfare", order=order)
        assert set(ids(three, count(three, rule).winners)) == winners
        assert set(ids(three, PlainCount(three, rule).winners())) == winners


@given(election=elections(), method=st.sampled_from([method.id for method in METHODS]))
@tries(120)
def test_no_rule_spends_more_than_the_budget(election, method):
    assert count(election, Rule(method)).cost <= election.budget


@pytest.mark.slow
@given(election=elections(), step=st.sampled_from(["1/3", "1/100"]))
@tries(15)
def test_ranges_that_are_proved_at_once_end_where_single_steps_end(election, step):
    from fractions import Fraction

    from fairground.power.budgeting import completion
    from fairground.power.budgeting.equal_shares import field

    rule = Rule(completion="add1", step=Fraction(step))
    seen = field(election, rule)
    one_by_one = completion.add1(seen, rule, reach=1)
    for reach in (2, 16, 300):
        assert completion.add1(seen, rule, reach=reach) == one_by_one
