"""Who is left out and what would help: sums that must agree, and the best place against trying them all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from fairground.errors import BadInput
from fairground.opportunity.neighbourhoods import best_place, group_gaps, need_gaps, preset_of, score

OURS = preset_of({"needs": ["food", "gp", "bank", "pub"], "reference": "By hand"})
far = arrays.arrays(float, (6, 4), elements=st.sampled_from([100.0, 700.0, 900.0, 2000.0, np.inf]))
people = arrays.arrays(float, 6, elements=st.integers(0, 9).map(float))


@given(far, far, people)
def test_the_people_of_each_need_add_up_to_all(sure, perhaps, who):
    for gap in need_gaps(OURS, score(OURS, sure, perhaps, per_minute=80.0), who):
        assert gap.met + gap.unmet + gap.unknown == who.sum()
        assert gap.lifted <= gap.unmet + gap.unknown


@given(far, people)
def test_meeting_the_need_lifts_exactly_the_people_it_was_said_to_lift(sure, who):
    before = score(OURS, sure, sure, per_minute=80.0)
    for column, gap in enumerate(need_gaps(OURS, before, who)):
        mended = sure.copy()
        mended[:, column] = 0.0
        after = score(OURS, mended, mended, per_minute=80.0)
        assert who[after.grade < before.grade].sum() == gap.lifted


@given(far, people, st.lists(st.sampled_from(["north", "south", "west"]), min_size=6, max_size=6))
def test_the_sums_over_groups_equal_the_whole(sure, who, groups):
    scores = score(OURS, sure, sure, per_minute=80.0)
    found = group_gaps(scores, who, groups)
    whole = group_gaps(scores, who, ["all"] * 6)
    assert sum(gap.people for gap in found) == who.sum()
    assert sum(gap.half for gap in found) == sum(gap.half for gap in whole)
    assert [gap.share for gap in found] == sorted(gap.share for gap in found)


@pytest.mark.slow
@settings(max_examples=60)
@given(
    arrays.arrays(float, (12, 2), elements=st.integers(0, 1000).map(float)),
    arrays.arrays(float, (7, 2), elements=st.integers(0, 1000).map(float)),
    arrays.arrays(float, 12, elements=st.integers(0, 5).map(float)),
)
def test_the_best_place_is_the_best_of_all_tried_one_by_one(homes, spots, who):
    def walked(candidate, rows):  # round two corners: never shorter than the straight line
        return (np.abs(homes[rows] - spots[candidate]).sum(axis=1) <= 300).astype(float)

    rows = np.arange(12)
    every = [float(who @ walked(candidate, rows)) for candidate in range(7)]
    found = best_place(*homes.T, who, *spots.T, metres=300, within=walked)
    assert found.people == max(every) == found.bound
    assert found.row == -1 if max(every) == 0 else every[found.row] == max(every)


def test_where_not_all_are_tried_the_bound_says_so():
    homes, spots = np.zeros((3, 2)), np.array([[0.0, 0.0], [1.0, 0.0]])
    found = best_place(
        *homes.T, np.ones(3), *spots.T, metres=5, within=lambda spot, rows: np.zeros(len(rows)), tried=1
    )
    assert (found.row, found.people, found.bound) == (-1, 0.0, 3.0)


def test_people_and_homes_must_be_as_many():
    scores = score(OURS, np.zeros((2, 4)), np.zeros((2, 4)), per_minute=80.0)
    with pytest.raises(BadInput):
        need_gaps(OURS, scores, np.ones(3))
    with pytest.raises(BadInput):
        need_gaps(OURS, scores, np.array([1.0, -1.0]))
    with pytest.raises(BadInput):
        group_gaps(scores, np.ones(2), ["a"])
