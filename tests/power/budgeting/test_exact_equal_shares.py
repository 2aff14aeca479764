"""Exact Equal Shares pays in equal parts, and its next endowment is the next at which anything changes."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.power.budgeting import PlainCount, Rule, count, payments
from fairground.power.budgeting.equal_shares import field
from fairground.power.budgeting.exact_equal_shares import exact_equal_shares
from tests.power.budgeting.elections import elections, ids, town

RULE = Rule("exact-equal-shares")


@given(election=elections(most=8), utility=st.sampled_from(["cost", "cardinality"]), step=st.integers(1, 7))
@settings(max_examples=80, deadline=None)
def test_nothing_changes_before_the_next_endowment_and_something_does_at_it(election, utility, step):
    seen = field(election, Rule("exact-equal-shares", utility))
    start = Fraction(seen.budget, seen.voters)
    now = exact_equal_shares(seen, start, ahead=True)
    if now.step is None:
        assert set(now.bought.order) == set(seen.open)
        return
    between = exact_equal_shares(seen, start + now.step * Fraction(step, 8))
    assert between.purchases == now.purchases
    assert exact_equal_shares(seen, start + now.step).purchases != now.purchases


@given(election=elections(most=8))
@settings(max_examples=60, deadline=None)
def test_all_who_pay_for_a_project_pay_the_same_and_together_its_cost(election):
    found = count(election, RULE)
    assert found.winners == PlainCount(election, RULE).winners()
    for project, paid in zip(found.winners, payments(election, found), strict=True):
        assert len({part.each for part in paid if part.each}) == 1
        assert sum(part.each * part.voters for part in paid) == election.projects[project].cost


def test_supporters_who_cannot_pay_an_equal_part_pay_nothing():
    # 12 voters have 10 each. 8 pay 7.50 for the park; the 3 of them who want the slide have 2.50 left, which
    # is less than an equal part, so the 4 others pay 10 each. Equal Shares takes the 2.50 and 8.125.
    dozen = town(120, {"park": 60, "slide": 40}, (["park", "slide"], 3), (["park"], 5), (["slide"], 4))
    for rule, last in (
        ("exact-equal-shares", {0: 3, 10: 4}),
        ("equal-shares", {Fraction("2.5"): 3, 8.125: 4}),
    ):
        found = count(dozen, Rule(rule))
        assert ids(dozen, found.winners) == ["park", "slide"]
        assert {part.each: part.voters for part in payments(dozen, found)[1]} == last


def test_points_are_refused_because_equal_parts_leave_no_room_for_them():
    with pytest.raises(BadInput, match="marks, not points"):
        Rule("exact-equal-shares", "points")
