"""Many homes at once, and how unequally they fare."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.measures import concentration_index
from fairground.opportunity.greenspace.coverage import Counts, Keys, Tally, gradient

HOMES = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from([-1, 0, 1]), st.integers(0, 9)), min_size=1, max_size=40
)
DECILES = st.dictionaries(
    st.integers(1, 10),
    st.builds(Counts, st.integers(0, 50), st.integers(0, 50), st.integers(0, 50)),
    min_size=2,
    max_size=10,
)


def tallied(*blocks):
    made = Tally()
    for block in blocks:
        if block:
            keys, verdicts, people = zip(*block, strict=True)
            made.add(Keys.of(keys), np.array(verdicts, np.int8), np.array(people, float))
    return made


def test_people_are_counted_and_not_homes():
    made = tallied([("a", 1, 3), ("a", 0, 1), ("b", -1, 2)])
    assert made.counts == {"a": Counts(3, 1, 0), "b": Counts(0, 0, 2)}
    assert made.counts["a"].share == 0.75
    assert made.counts["b"].share_at_most == 1


@given(HOMES, st.integers(0, 40))
def test_cutting_the_homes_into_blocks_changes_nothing(homes, cut):
    whole, parts = tallied(homes), tallied(homes[:cut], homes[cut:])
    assert whole.counts == parts.counts
    assert whole.total.all == sum(people for _, _, people in homes)


def test_nobody_has_no_share():
    assert Counts().share is None
    assert gradient({1: Counts()}).index is None


def test_where_nobody_passes_the_index_is_not_defined():
    assert gradient({1: Counts(0, 5), 10: Counts(0, 5)}).index is None


@settings(max_examples=80)
@given(DECILES)
def test_the_bounded_index_lies_between_its_limits_and_keeps_the_sign_of_the_index(deciles):
    found = gradient(deciles)
    if found.bounded is None:
        return
    assert -1 <= found.bounded <= 1
    assert found.low is None or found.low <= found.bounded + 1e-9
    assert found.high is None or found.bounded <= found.high + 1e-9
    assert found.index is not None
    assert found.index * found.bounded >= 0


@settings(max_examples=80)
@given(DECILES)
def test_the_index_of_tenths_is_the_index_of_the_people_one_by_one(deciles):
    found = gradient(deciles)
    if found.index is None:
        return
    ranks = [rank for rank, counts in deciles.items() for _ in range(int(counts.all))]
    passed = [
        value
        for counts in deciles.values()
        for value in [1] * int(counts.passing) + [0] * int(counts.failing + counts.unknown)
    ]
    assert found.index == pytest.approx(concentration_index(passed, ranked_by=ranks), abs=1e-9)


def test_a_share_that_rises_with_wealth_has_an_index_above_nought():
    assert gradient({1: Counts(1, 9), 5: Counts(5, 5), 10: Counts(9, 1)}).index > 0
