"""Equal Shares decides exactly, also where floating point goes wrong."""

import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.power.budgeting import Ballot, PlainCount, Rule, count, explain, payments, preferences
from fairground.power.budgeting.equal_shares import Run, equal_shares, field, outcomes
from fairground.power.budgeting.vectors import LONG, Offers, Watch, price, sums
from tests.power.budgeting.elections import elections, ids, town, tries


def test_the_worked_example_of_two_groups():
    """Peters and Skowron, equalshares.net: 6 of 10 people may spend 60% of the money, the others 40%."""
    two = town(100, {"a": 30, "b": 30, "c": 40, "d": 30}, (["a", "b", "d"], 6), (["c"], 4))
    assert ids(two, count(two, Rule()).winners) == ["a", "b", "c"]
    assert ids(two, count(two, Rule("greedy")).winners) == ["a", "b", "d"]


def test_a_project_that_its_supporters_can_exactly_afford_wins():
    """Three voters with a third of 1 each have 1: in floating point 3 × (1 / 3 × 0.1 …) is sometimes less."""
    for voters in range(1, 60):
        for cost in (1, 7, 10, 49):
            exact = town(
                Fraction(cost * voters, 3), {"a": Fraction(cost * (voters - voters // 3), 3)}, (["a"], 1)
            )
            assert count(exact, Rule()).winners == (0,)
            even = town(cost, {"a": Fraction(cost * voters, voters + 1)}, (["a"], voters), ([], 1))
            assert count(even, Rule()).winners == (0,)


def test_an_exactly_affordable_project_is_settled_by_exact_arithmetic():
    even = town(1, {"a": Fraction(1, 3), "b": Fraction(2, 3)}, (["a"], 1), (["b"], 2))
    run = Run(field(even, Rule()), Fraction(1), Fraction(1), 3)
    run.count()
    assert run.settled
    assert sorted(run.offers.order) == [0, 1]


def test_a_tie_goes_by_the_order_that_was_fixed_before_the_count():
    tie = town(10, {"a": 10, "b": 10}, (["a", "b"], 4))
    assert ids(tie, count(tie, Rule()).winners) == ["a"]
    assert ids(tie, count(tie, Rule(order=("b", "a"))).winners) == ["b"]


def test_an_order_that_names_an_unknown_project_is_refused():
    with pytest.raises(BadInput, match="'zoo'"):
        count(town(10, {"a": 10}, (["a"], 4)), Rule(order=("zoo",)))


def test_a_voter_who_marked_no_winner_counts_in_the_comparison():
    three = town(10, {"a": 5, "b": 5, "c": 9}, (["a"], 3), (["b"], 2), (["c"], 4), ([], 1))
    found = preferences(three, (0, 1), (2,))
    assert (found.rule, found.greedy, found.neither) == (5, 4, 1)


def test_the_comparison_switches_only_if_more_voters_prefer_greedy():
    two = town(100, {"a": 30, "b": 30, "c": 40, "d": 30}, (["a", "b", "d"], 6), (["c"], 4))
    switched = count(two, Rule(comparison="projects"))
    assert (switched.comparison.rule, switched.comparison.greedy) == (4, 6)
    assert switched.switched
    assert ids(two, switched.winners) == ["a", "b", "d"]
    even = town(100, {"a": 30, "b": 30, "c": 40, "d": 30}, (["a", "b", "d"], 5), (["c"], 5))
    kept = count(even, Rule(comparison="projects"))
    assert not kept.switched
    assert "c" in ids(even, kept.winners)


def test_each_convention_changes_the_seal_of_a_rule():
    rules = [
        Rule(),
        Rule(completion="add1"),
        Rule(completion="add1", start="floor"),
        Rule(completion="add1", step=Fraction(2)),
        Rule(completion="add1", stop_when_exhausted=False),
        Rule(comparison="money"),
        Rule(order=("a",)),
        Rule(minimum_support=Fraction(1, 3)),
    ]
    assert len({rule.seal for rule in rules}) == len(rules)
    assert Rule().seal == Rule().seal


@given(election=elections())
@tries(80)
def test_payments_add_up_to_the_cost_and_nobody_pays_more_than_their_share(election):
    result = count(election, Rule())
    trail = payments(election, result)
    for p, paid in zip(result.winners, trail, strict=True):
        assert sum(group.voters * group.each for group in paid) == election.projects[p].cost
    total = sum(group.voters * group.each for paid in trail for group in paid)
    assert total <= result.endowment * election.voters


@pytest.mark.slow
@given(election=elections())
@tries(60)
def test_a_group_that_could_pay_for_a_project_alone_gets_something(election):
    """Justified representation up to one project: Peters, Pierczyński and Skowron (2021), theorem 4."""
    chosen = set(count(election, Rule(utility="cardinality")).winners)
    share = election.budget / election.voters
    for p, project in enumerate(election.projects):
        if election.votes[p] * share >= project.cost and p not in chosen:
            supporters = [ballot for ballot in election.ballots if p in ballot.projects]
            assert any(chosen & set(ballot.projects) for ballot in supporters)


@given(election=elections())
@tries(60)
def test_every_voter_twice_with_twice_the_money_changes_nothing(election):
    from dataclasses import replace

    doubled = replace(
        election, ballots=tuple(ballot._replace(voters=2 * ballot.voters) for ballot in election.ballots)
    )
    assert count(doubled, Rule()).winners == count(election, Rule()).winners


@given(election=elections(most=4))
@tries(25)
def test_a_cost_or_a_number_of_votes_that_is_said_to_win_wins(election):
    result = count(election, Rule())
    for p in range(len(election.projects)):
        found = explain(election, result, p)
        assert found.won == (p in result.winners)
        if found.cost_to_win:
            assert p in count(election.priced(p, found.cost_to_win.value), Rule()).winners
        if found.votes_to_win:
            joined = election.joined(Ballot((p,), (), int(found.votes_to_win.value)))
            assert p in count(joined, Rule()).winners
        if found.support is not None:
            assert (found.support >= 1) == found.won


def test_very_large_points_are_counted_in_exact_arithmetic_alone():
    large = town(
        10**14, {"a": 10**14, "b": 5 * 10**13}, (["a", "b"], [10**6, 1], 3), (["b"], [7], 3), kind="points"
    )
    seen = field(large, Rule(utility="points"))
    assert Run(seen, Fraction(1), Fraction(1), 1).bits < 0
    assert equal_shares(seen, Fraction(10**14, 6)).order == (1,)


@given(
    election=elections(kind="points"),
    utility=st.sampled_from(["cost", "cardinality", "points"]),
    first=st.integers(0, 5),
    more=st.integers(0, 40),
    step=st.sampled_from([Fraction(1), Fraction(1, 3), Fraction(1, 100)]),
)
@tries(80)
def test_a_row_of_endowments_buys_what_each_buys_alone(election, utility, first, more, step):
    seen = field(election, Rule(utility=utility))
    start, last = Fraction(seen.budget, seen.voters), first + more
    found = list(outcomes(seen, lambda n: start + n * step, first, last, limit=seen.budget))[::-1]
    assert [n for low, high, _ in found for n in range(low, high + 1)] == list(range(first, last + 1))
    for low, high, bought in found:
        for n in range(low, high + 1):
            alone = equal_shares(seen, start + n * step, limit=seen.budget)
            assert (alone.order, alone.over) == (bought.order, bought.over)


def crowded(seed, kind):
    """Make up an election in which many projects are about as good: a little money changes the order."""
    chance = random.Random(seed)
    costs = {f"p{n}": chance.randrange(60, 240) for n in range(14)}
    ballots = []
    for _ in range(60):
        marks = chance.sample(sorted(costs), chance.randint(1, 7))
        points = [[chance.randint(1, 4) for _ in marks]] if kind == "points" else []
        ballots.append((marks, *points, chance.randint(1, 3)))
    return town(900, costs, *ballots, kind=kind)


def check_bounds(run):
    """Hold every bound of a count against exact purses, for the least and the most endowment."""
    offers, scale, voters = run.offers, 2**run.bits, run.field.supporters.voters
    for endowment in (run.least, run.most):
        purse = run.field.purse(endowment)
        for p in offers.order:
            purse.buy(p)
        low, high = purse.bounds(run.bits)
        assert (high <= offers.high).all()
        assert offers.low is None or (low >= offers.low).all()
        for p in set(run.field.open) - set(offers.order):
            rate = purse.rate(p)
            paid = np.inf if rate is None else run.field.rated(p, rate) * scale
            assert offers.lower[p] <= paid
    assert (voters * (offers.high - low)).sum() <= offers.excess + voters.sum()


@pytest.mark.parametrize("utility", ["cost", "points"])
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("step", [Fraction(1, 10), Fraction(-1, 10)])
def test_what_counts_learn_from_one_another_holds_for_exact_purses(step, utility, seed, monkeypatch):
    """The slow twin: after each purchase, what a count goes by against purses in exact fractions.

    Each count has a little more money than the one before (the harder case), or a little less.
    """
    seen = field(crowded(seed, "approval" if utility == "cost" else "points"), Rule(utility=utility))
    runs, learnt, taken = [], [], []

    def note(offers, p, rate):
        before = offers.lower.copy()
        plain(offers, p, rate)
        learnt.append((offers.lower > before).sum() > 1)
        taken.append(offers.marked == len(offers.order))
        check_bounds(runs[-1])

    plain, start = Offers.note, Fraction(seen.budget, seen.voters)
    endowments = sorted(start + n * step for n in range(13))
    whole = Run(seen, endowments[0], endowments[-1], seen.budget)
    monkeypatch.setattr(Offers, "note", note)
    for endowment in endowments[:: 1 if step > 0 else -1]:
        runs.append(whole.part(endowment, endowment))
        runs[-1].count()
    assert sum(learnt) > 20
    assert any(taken) == (step < 0)


def ended(field, rule, bought):
    """Return whether Add1 ends with an outcome, told apart from how the counter does it."""
    left = field.budget - sum(field.costs[p] for p in bought.order)
    rest = set(field.open) - set(bought.order)
    full = rule.stop_when_exhausted and all(field.costs[p] > left for p in rest)
    return bought.over or not rest or full


@pytest.mark.parametrize("stop", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_an_endowment_is_passed_only_if_its_whole_count_would_let_it_be(seed, stop):
    seen, rule = (
        field(crowded(seed, "approval"), Rule(stop_when_exhausted=stop)),
        Rule(stop_when_exhausted=stop),
    )
    start, passed = Fraction(seen.budget, seen.voters), 0
    rows = outcomes(seen, lambda n: start + Fraction(n, 5), 0, 40, limit=seen.budget, watch=Watch(stop))
    for low, high, bought in rows:
        for n in range(low, high + 1):
            alone = equal_shares(seen, start + Fraction(n, 5), limit=seen.budget)
            if bought is None:
                passed += 1
                assert not ended(seen, rule, alone)
            else:
                assert (alone.order, alone.over) == (bought.order, bought.over)
    assert passed


@given(election=elections(kind="points"), endowment=st.fractions(0, 20, max_denominator=50))
@tries(80)
def test_a_price_that_is_rounded_down_or_up_never_passes_the_exact_one(election, endowment):
    seen = field(election, Rule(utility="points"))
    run, purse = Run(seen, endowment, endowment, seen.budget), seen.purse(endowment)
    offers, scale = run.offers, 2**run.bits
    for p in seen.open:
        exact, backers = purse.rate(p), offers.backers[p]
        asked = [
            price(offers.costs[p], backers, held.take(backers.ballots), 0.0, up=up)[0]
            for held, up in ((offers.high, False), (run._purses(endowment, up=False), True))
        ]
        if exact is None:
            assert asked[1] == -1
        else:
            assert asked[0] <= exact * scale
            assert asked[1] == -1 or asked[1] >= exact * scale


def test_sums_over_long_arrays_are_as_exact_as_over_short_ones():
    for length in (3, LONG - 1, LONG, LONG + 1):
        amounts = np.arange(length, dtype=np.float64)
        assert sums(amounts)(amounts) == sum(n * n for n in range(length))
        assert sums(amounts)(amounts < 2) == 1


def even(seed, projects=12):
    """Make up an election where each project has four voters or five: nearly every purchase is a tie."""
    chance = random.Random(seed)
    backers = {f"p{n}": chance.sample(range(20), chance.choice([4, 5, 5])) for n in range(projects)}
    ballots = [([id for id, voters in backers.items() if n in voters], 1) for n in range(20)]
    return town(300, {id: chance.randrange(5, 100) for id in backers}, *ballots)


@pytest.mark.parametrize("seed", range(4))
def test_ties_of_projects_with_as_many_votes_need_no_exact_purses(seed, monkeypatch):
    """Toulouse 2022 has 199 projects, many with as many votes: each step of Add1 met dozens of such ties."""
    settled, plain = [], Run.settle

    def settle(run):
        settled.append(len(run.offers.order))
        return plain(run)

    monkeypatch.setattr(Run, "settle", settle)
    found = count(even(seed), Rule(order=("p7", "p3")))
    assert found.winners == PlainCount(even(seed), Rule(order=("p7", "p3"))).winners()
    assert 0 not in settled
    monkeypatch.setattr(Offers, "_tied", lambda *_: None)
    settled.clear()
    assert count(even(seed), Rule(order=("p7", "p3"))).winners == found.winners
    assert 0 in settled


@st.composite
def tied(draw):
    """Draw an election of projects with as many supporters, some of them twins; points are 1 or 2."""
    voters, most = draw(st.integers(2, 6)), draw(st.integers(2, 7))
    each = draw(st.integers(1, min(3, voters)))
    costs, backers = draw(st.lists(st.integers(1, 6), min_size=most, max_size=most)), []
    for _ in costs:
        backers.append(draw(st.permutations(range(voters)))[:each])
    for twin in draw(st.sets(st.integers(1, most - 1), max_size=3)):
        costs[twin], backers[twin] = costs[twin - 1], backers[twin - 1]
    ballots = []
    for voter in range(voters):
        marks = [p for p, of in enumerate(backers) if voter in of]
        points = [draw(st.integers(1, 2)) for _ in marks]
        ballots.append(([f"p{p}" for p in marks], points, draw(st.integers(1, 2))))
    named = {f"p{p}": cost for p, cost in enumerate(costs)}
    return town(draw(st.integers(1, 20)), named, *ballots, kind="points")


@pytest.mark.parametrize("utility", ["cost", "cardinality", "points", "points-cost"])
@given(
    election=tied(),
    start=st.sampled_from(["exact", "floor"]),
    step=st.sampled_from([Fraction(1), Fraction(1, 3), Fraction(1, 10)]),
    stop=st.booleans(),
    completion=st.sampled_from(["none", "add1", "add1u", "greedy"]),
    ties=st.permutations(["lowest-cost", "most-votes", "highest-cost"]),
)
@tries(20)
def test_both_counters_agree_where_nearly_all_is_tied(election, utility, start, step, stop, completion, ties):
    chosen = {"utility": utility, "completion": completion, "ties": tuple(ties)}
    rule = Rule(start=start, step=step, stop_when_exhausted=stop, **chosen)
    assert count(election, rule).winners == PlainCount(election, rule).winners()


@pytest.mark.parametrize(("budget", "cost", "field"), [(0, 5, "budget"), (9, 0, "cost"), (-1, 5, "budget")])
def test_an_election_on_nothing_is_refused_before_any_counter_sees_it(budget, cost, field):
    with pytest.raises(BadInput, match="above zero") as fault:
        town(budget, {"a": 5, "b": cost}, (["a", "b"], 4))
    assert fault.value.field == field


ALL = [(method, "none") for method in ("greedy", "equal-shares", "exact-equal-shares", "phragmen", "bos")]
ALL += [(m, c) for m in ("equal-shares", "exact-equal-shares") for c in ("add1", "add1u", "greedy")]


@pytest.mark.parametrize(("method", "completion"), ALL)
def test_of_two_projects_that_are_alike_in_all_the_one_listed_first_wins(method, completion):
    alike = town(10, {"a": 6, "b": 6, "c": 4}, (["a", "b"], 6), (["c"], 4))
    for order, first in (((), "a"), (("b",), "b")):
        rule = Rule(method, completion=completion, order=order)
        assert ids(alike, count(alike, rule).winners)[0] in (first, "c")
        assert {"a", "b"} & set(ids(alike, count(alike, rule).winners)) == {first}
        assert count(alike, rule).winners == PlainCount(alike, rule).winners()
