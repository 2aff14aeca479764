"""Exact Equal Shares pays in equal parts, and its next endowment is the next at which anything changes."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.power.budgeting import PlainCount, Rule, count, payments
from fairground.power.budgeting.endowments import Rise
from fairground.power.budgeting.equal_shares import field
from fairground.power.budgeting.exact_equal_shares import exact_equal_shares
from fairground.questions.power.elections import read
from tests.power.budgeting.elections import elections, ids, town, tries

RULE = Rule("exact-equal-shares")


@pytest.mark.slow
@given(election=elections(most=8), utility=st.sampled_from(["cost", "cardinality"]), step=st.integers(1, 7))
@tries(80)
def test_nothing_changes_before_the_next_endowment_and_something_does_at_it(election, utility, step):
    seen = field(election, Rule("exact-equal-shares", utility))
    start = Fraction(seen.budget, seen.voters)
    rise = Rise(seen, start, limit=sum(seen.costs))
    for _ in range(4):
        now, following = exact_equal_shares(seen, rise.endowment), rise.following()
        assert rise.outcome == now.bought
        if following is None:
            assert set(now.bought.order) == set(seen.open)
            return
        between = rise.endowment + (following - rise.endowment) * Fraction(step, 8)
        assert exact_equal_shares(seen, between).purchases == now.purchases
        assert exact_equal_shares(seen, following).purchases != now.purchases
        assert rise.go_on()


@pytest.mark.parametrize("stop", [True, False])
@pytest.mark.parametrize("start", ["exact", "floor"])
@given(election=elections(most=5), utility=st.sampled_from(["cost", "cardinality"]))
@tries(30)
def test_both_counters_go_to_the_same_endowments_and_end_with_the_same_winners(
    stop, start, election, utility
):
    rule = Rule("exact-equal-shares", utility, completion="add1", stop_when_exhausted=stop, start=start)
    assert count(election, rule).winners == PlainCount(election, rule).winners()


def test_costs_too_large_for_whole_numbers_of_64_bits_are_compared_exactly():
    # Both projects cost the same for each payer but for the last of 15 digits.
    big = 10**14
    town_of_giants = town(2 * big + 6, {"a": big + 3, "b": big}, (["a"], 50_000), (["b"], 50_000))
    rule = Rule("exact-equal-shares", "cardinality", completion="add1")
    assert ids(town_of_giants, count(town_of_giants, rule).winners) == ["b", "a"]


@pytest.mark.slow
@pytest.mark.shared
def test_on_a_real_election_the_kept_rounds_are_those_of_a_count_from_the_start(shared):
    poll = read((shared / "data/pabulib/Poland_Warszawa_2024_Ochota.pb").read_text("utf-8"))
    seen = field(poll.election, RULE)
    rise = Rise(seen, Fraction(seen.budget, seen.voters), limit=seen.budget)
    for number in range(200):
        assert rise.go_on()
        if number % 40 == 0:
            assert rise.outcome == exact_equal_shares(seen, rise.endowment, limit=seen.budget).bought


@given(election=elections(most=8))
@tries(60)
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
