"""Fairness checks agree with all groups tried one by one, with a linear program, and with sums by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.power.budgeting import (
    Ballot,
    Election,
    Project,
    Rule,
    count,
    overlooked,
    spread,
    unpriced,
)
from fairground.power.budgeting.election import Grouped
from tests.power.budgeting import by_hand
from tests.power.budgeting.elections import town, tries

BY = ["money", "projects"]


@st.composite
def tiny(draw):
    """An election of up to four projects and seven voters, some ballots cast by several."""
    costs = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4))
    projects = tuple(Project(f"p{n}", Fraction(cost)) for n, cost in enumerate(costs))
    marks = st.lists(st.integers(0, len(costs) - 1), max_size=len(costs), unique=True)
    voters = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3).filter(lambda all: sum(all) <= 7))
    ballots = tuple(Ballot(tuple(draw(marks)), (), number) for number in voters)
    return Election(Fraction(draw(st.integers(1, 24))), projects, ballots)


@st.composite
def outcomes(draw):
    """An election, and any set of projects that its budget pays for: fair or not."""
    election = draw(tiny())
    chosen = draw(st.sets(st.integers(0, len(election.projects) - 1)))
    while election.cost(chosen) > election.budget:
        chosen.pop()
    return election, tuple(sorted(chosen))


@pytest.mark.slow
@pytest.mark.parametrize("by", BY)
@given(found=outcomes())
@tries(120)
def test_a_project_is_told_as_overlooked_exactly_where_some_group_of_all_groups_is(by, found):
    election, winners = found
    groups = list(by_hand.wronged(election, winners, by))
    told = overlooked(election, winners, by=by)
    assert {row.project for row in told} == {p for p, _ in groups}
    voters, chosen = by_hand.everyone(election), set(winners)
    for row in told:
        fitting = [
            group for p, group in groups
            if p == row.project and len(group) == row.voters
            and max(by_hand.gain(election, voters[v], chosen, by) for v in group) == row.most
        ]  # fmt: skip
        assert fitting, "the group that is told is one of those found by trying all"


@pytest.mark.slow
@pytest.mark.parametrize(("utility", "by"), [("cost", "money"), ("cardinality", "projects")])
@given(election=tiny())
@tries(80)
def test_equal_shares_gives_every_group_of_all_groups_what_it_could_buy_up_to_one_project(
    utility, by, election
):
    """Peters, Pierczyński and Skowron (2021), theorem 1, for every set on which a group agrees."""
    winners = count(election, Rule(utility=utility)).winners
    assert list(by_hand.short_changed(election, winners, by)) == []
    assert list(by_hand.wronged(election, winners, by)) == []


@pytest.mark.slow
@given(
    election=tiny(),
    rule=st.sampled_from(
        [Rule(), Rule(completion="add1"), Rule("exact-equal-shares"), Rule("bos"), Rule(completion="greedy")]
    ),
)
@tries(150)
def test_where_nothing_is_unpriced_a_linear_program_finds_prices(election, rule):
    result = count(election, rule)
    if not unpriced(election, result):
        assert by_hand.has_prices(election, result.winners, result.endowment)


@pytest.mark.slow
@given(election=tiny())
@tries(100)
def test_the_voters_one_by_one_buy_and_keep_what_the_check_of_prices_says(election):
    """With greedy as completion: what was bought by purses is priced, what was added by votes is not."""
    result = count(election, Rule(completion="greedy"))
    winners, purses = by_hand.bought_one_by_one(election)
    assert list(result.winners[: len(winners)]) == winners
    voters = by_hand.everyone(election)
    rich = {
        p for p, project in enumerate(election.projects)
        if p not in result.winners
        and sum(money for money, marked in zip(purses, voters, strict=True) if p in marked) > project.cost
    }  # fmt: skip
    assert set(unpriced(election, result)) == set(result.winners[len(winners) :]) | rich


def test_the_check_of_ejr_plus_worked_by_hand():
    """Ten voters share 100, so four of them speak for 40. Won: a and d, 30 each, by the marks of the same
    two. Four marked only b (30) and four only c (40): each four could pay for it, and have nothing."""
    ten = town(
        100, {"a": 30, "b": 30, "c": 40, "d": 30},
        (["a", "b", "d"], 2), (["b"], 4), (["c"], 4),
    )  # fmt: skip
    a, b, c, d = range(4)
    assert [(row.project, row.voters, row.most) for row in overlooked(ten, (a, d), by="money")] == [
        (b, 4, 0),
        (c, 4, 0),
    ]
    assert overlooked(ten, (a, b, c), by="money") == ()


def test_the_check_of_prices_worked_by_hand():
    """Ten voters with 10 each. Six pay 5 each for a (30) and keep 30 together: b (40) is beyond them. Four
    pay 10 each for c (40). Had b cost 29, they would have 30 for it: more than it costs: no prices hold."""
    ten = town(100, {"a": 30, "b": 40, "c": 40}, (["a", "b"], 6), (["c"], 4))
    result = count(ten, Rule())
    assert [ten.projects[p].id for p in result.winners] == ["a", "c"]
    assert unpriced(ten, result) == ()
    assert by_hand.has_prices(ten, result.winners, Fraction(10))
    dear = ten.priced(1, Fraction(29))
    assert not by_hand.has_prices(dear, result.winners, Fraction(10))
    assert unpriced(dear, result) == (1,)


@st.composite
def of_districts(draw):
    election = draw(tiny())
    home = st.sampled_from(["", "north", "south", "west"])
    projects = tuple(Project(p.id, p.cost, district=draw(home)) for p in election.projects)
    ballots = tuple(ballot._replace(district=draw(home)) for ballot in election.ballots)
    people = tuple(
        (name, draw(st.integers(1, 99))) for name in draw(st.sets(st.sampled_from("xy") | home)) if name
    )
    winners = draw(st.sets(st.integers(0, len(projects) - 1)))
    return Election(election.budget, projects, ballots, population=people), winners


@pytest.mark.slow
@given(found=of_districts())
@tries(150)
def test_the_spread_over_districts_is_what_counting_each_voter_and_each_pound_gives(found):
    election, winners = found
    people = dict(election.population)
    pounds = [
        p.district for n, p in enumerate(election.projects) if n in winners and p.district
        for _ in range(int(p.cost))
    ]  # fmt: skip
    homes = [(b.district, bool(set(b.projects) & winners)) for b in election.ballots for _ in range(b.voters)]
    rows = spread(election, winners)
    named = {p.district for p in election.projects} | {home for home, _ in homes} | set(people)
    assert [row.district for row in rows] == sorted(named - {""})
    for row in rows:
        home = row.district
        assert row.spent == pounds.count(home)
        assert row.money_share * max(len(pounds), 1) == pounds.count(home)
        assert row.voters == sum(where == home for where, _ in homes)
        assert row.voters_with_nothing == homes.count((home, False))
        assert row.winners == sum(election.projects[n].district == home for n in winners)
        assert row.people == people.get(home)
        assert (row.people_share is None) == (home not in people)
    known = [row.people_share for row in rows if row.people_share is not None]
    assert sum(known) == (1 if people else 0)


def test_ballots_kept_as_arrays_tell_the_same_spread_of_money():
    import numpy as np

    arrays = Grouped(np.array([0, 2, 3]), np.array([0, 1, 1]), np.array([6, 4]))
    projects = (Project("a", Fraction(3), district="north"), Project("b", Fraction(1), district="south"))
    (north, south) = spread(Election(Fraction(9), projects, arrays), (0, 1))
    assert (north.money_share, south.money_share) == (Fraction(3, 4), Fraction(1, 4))
    assert (north.voters, north.people_share, north.voters_with_nothing) == (0, None, 0)
