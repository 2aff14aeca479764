"""Where a few new places would help most people."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.opportunity.greenspace.covering import cover

CASES = st.tuples(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), min_size=1, max_size=25),
    st.lists(st.integers(0, 9), min_size=10, max_size=10),
    st.integers(1, 3),
)


def asked(pairs, people, choose):
    place, home = (np.array(part) for part in zip(*pairs, strict=True))
    return cover(place, home, np.array(people, float), choose=choose)


def reached(pairs, people, chosen):
    return sum(people[home] for home in {home for place, home in pairs if place in chosen})


@settings(max_examples=60)
@given(CASES)
def test_the_choice_is_as_good_as_the_best_of_all_choices(case):
    pairs, people, choose = case
    found = asked(pairs, people, choose)
    best = max(reached(pairs, people, some) for some in combinations(range(6), choose))
    assert found.people == pytest.approx(best)
    assert found.people == pytest.approx(reached(pairs, people, found.chosen))
    assert found.gap == pytest.approx(0, abs=1e-6)


@pytest.mark.slow
@settings(max_examples=60)
@given(CASES)
def test_the_greedy_choice_is_never_better_and_reaches_at_least_its_promised_share(case):
    found = asked(*case)
    assert found.greedy_people <= found.people + 1e-9
    assert found.greedy_people >= (1 - 1 / np.e) * found.people - 1e-9


def test_greedy_takes_the_middle_and_the_best_pair_leaves_it():
    pairs = [(0, 0), (0, 1), (1, 2), (1, 3), (2, 0), (2, 2), (2, 4)]
    found = asked(pairs, [2, 2, 2, 2, 1], 2)
    assert found.chosen == (0, 1)
    assert (found.people, found.greedy_people) == (8, 7)
    assert 2 in found.greedy


def test_nobody_in_reach_gives_no_place():
    assert cover(np.empty(0, int), np.empty(0, int), np.ones(3), choose=2).chosen == ()


def test_choosing_no_place_or_too_many_is_refused():
    for choose in (0, 21):
        with pytest.raises(BadInput, match="1 to 20"):
            cover(np.array([0]), np.array([0]), np.ones(1), choose=choose)
