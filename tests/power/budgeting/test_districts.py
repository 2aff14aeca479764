"""Shares by district mend turnout, and the spread says who got what against who lives where."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.power.budgeting import (
    Ballot,
    Election,
    PlainCount,
    Project,
    Rule,
    count,
    explain,
    payments,
    spread,
)
from tests.power.budgeting.elections import elections, ids, tries

NORTH, SOUTH = "north", "south"
TWO = Election(
    Fraction(100),
    (Project("park", Fraction(50), district=NORTH), Project("slide", Fraction(50), district=SOUTH),
     Project("pool", Fraction(50), district=NORTH)),
    (Ballot((0, 2), voters=80, district=NORTH), Ballot((1,), voters=20, district=SOUTH)),
    population=((NORTH, 500), (SOUTH, 500)),
)  # fmt: skip


def test_a_district_where_few_vote_gets_its_share_back():
    """Worked by hand: without the correction 20 voters of the south have 20 of 100; with it they have 50."""
    assert ids(TWO, count(TWO, Rule()).winners) == ["park"]
    corrected = count(TWO, Rule(turnout=True))
    assert ids(TWO, corrected.winners) == ["park", "slide"]
    assert [group.each for group in payments(TWO, corrected)[1]] == [Fraction(50, 20)]


def test_the_spread_compares_money_with_people():
    north, south = spread(TWO, count(TWO, Rule()).winners)
    assert (north.people_share, north.money_share, north.voters_with_nothing) == (Fraction(1, 2), 1, 0)
    assert (south.people_share, south.money_share, south.voters_with_nothing) == (Fraction(1, 2), 0, 20)


def test_a_ballot_from_a_district_without_population_is_refused():
    with pytest.raises(BadInput, match=r"'district'.*'south'.*north"):
        count(replace(TWO, population=((NORTH, 5),)), Rule(turnout=True))


def test_only_equal_shares_corrects_for_turnout():
    with pytest.raises(BadInput, match=r"'turnout'.*'greedy'"):
        Rule("greedy", turnout=True)


def test_a_loser_is_explained_with_voters_of_its_own_district():
    found = explain(TWO, count(TWO, Rule(turnout=True)), 2)
    assert (found.support, found.votes_to_win.value, found.cost_to_win.value) == (0, 1, 49)
    voter = Ballot((2,), (), 1, NORTH)
    assert 2 in count(TWO.joined(voter), Rule(turnout=True)).winners


@st.composite
def split(draw):
    """An election whose ballots come from up to three districts."""
    election = draw(elections())
    homes = [draw(st.sampled_from("abc")) for _ in election.ballots]
    ballots = tuple(b._replace(district=home) for b, home in zip(election.ballots, homes, strict=True))
    people = tuple((home, draw(st.integers(1, 9))) for home in "abc")
    return replace(election, ballots=ballots, population=people)


@given(election=split(), completion=st.sampled_from(["none", "add1"]))
@tries(60)
def test_both_counters_agree_on_shares_by_district(election, completion):
    rule = Rule(turnout=True, completion=completion)
    assert count(election, rule).winners == PlainCount(election, rule).winners()


@given(election=split())
@tries(40)
def test_no_district_pays_more_than_its_part_of_the_budget(election):
    from fairground.power.budgeting.districts import district_parts

    parts, groups = district_parts(election)
    each = election.budget / election.voters
    held = sum(parts[g] * each * b.voters for g, b in zip(groups, election.ballots, strict=True))
    assert held == election.budget
    assert count(election, Rule(turnout=True)).cost <= election.budget


@given(election=split())
@tries(40)
def test_equal_turnout_needs_no_correction(election):
    cast = {}
    for ballot in election.ballots:
        cast[ballot.district] = cast.get(ballot.district, 0) + ballot.voters
    even = replace(election, population=tuple((home, 10 * voters) for home, voters in cast.items()))
    assert count(even, Rule(turnout=True)).winners == count(even, Rule()).winners
