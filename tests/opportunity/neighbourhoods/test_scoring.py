"""Scores: worked by hand, and the laws that any score of this kind must keep."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from fairground.errors import BadInput
from fairground.opportunity.neighbourhoods import preset_of, score
from fairground.opportunity.neighbourhoods.scoring import MET, NAMES, UNKNOWN, UNMET, grades

OURS = preset_of(
    {
        "needs": ["food", "gp", "bank", "pub"],
        "reference": "By hand",
        "need": {"food": {"weight": 3}, "gp": {"weight": 2}, "bank": {"minutes": 5}},
    }
)
far = st.one_of(st.floats(0, 3000), st.just(np.inf))
tables = arrays.arrays(float, (3, 4), elements=far)


def test_a_home_is_scored_as_it_is_by_hand():
    # limits 800, 800, 400, 800; weights 3, 2, 1, 1; whole, 0.01 ** 0.25, a hundredth, whole
    found = score(OURS, np.array([[800.0, 1200.0, 800.0, 0.0]]), np.full((1, 4), np.inf), per_minute=80.0)
    assert found.state.tolist() == [[MET, UNMET, UNMET, MET]]
    assert found.score[0] == pytest.approx((3 + 2 * 0.01**0.25 + 0.01 + 1) / 7)
    assert NAMES[found.grade[0]] == "half the needs"


def test_the_limit_itself_is_within_and_a_hair_more_is_not():
    exact = np.array([[800.0, np.nextafter(800.0, 900.0), 400.0, np.nextafter(800.0, 0.0)]])
    assert score(OURS, exact, exact, per_minute=80.0).state.tolist() == [[MET, UNMET, MET, MET]]


def test_three_of_four_is_most_and_four_of_four_is_all():
    assert [NAMES[row] for row in grades(np.array([4, 3, 2, 1, 0]), 4)] == list(NAMES)


@given(tables, tables)
def test_met_unmet_and_unknown_are_all_and_the_score_is_a_share(sure, perhaps):
    found = score(OURS, sure, perhaps, per_minute=80.0)
    counts = [(found.state == value).sum(axis=1) for value in (MET, UNMET, UNKNOWN)]
    assert (sum(counts) == 4).all()
    assert (found.met == counts[0]).all()
    assert (found.may == counts[0] + counts[2]).all()
    assert ((found.score >= 0) & (found.score <= found.score_if) & (found.score_if <= 1)).all()
    assert ((found.score == 1) == (found.met == 4)).all()


@given(tables, arrays.arrays(float, (3, 4), elements=st.floats(0, 1)))
def test_a_place_more_never_lowers_a_score_or_a_count(sure, nearer):
    before = score(OURS, sure, sure, per_minute=80.0)
    closer = np.minimum(sure, 4000.0) * nearer
    after = score(OURS, closer, closer, per_minute=80.0)
    assert (after.score >= before.score).all()
    assert (after.met >= before.met).all()
    assert (after.grade <= before.grade).all()


@given(tables, st.floats(1, 3))
def test_a_longer_limit_never_lowers_a_count_or_a_score(sure, longer):
    before, after = (score(OURS, sure, sure, per_minute=80.0 * times) for times in (1.0, longer))
    assert (after.met >= before.met).all()
    assert (after.score >= before.score - 1e-12).all()


def test_tables_that_do_not_fit_are_refused():
    with pytest.raises(BadInput):
        score(OURS, np.zeros((2, 3)), np.zeros((2, 3)), per_minute=80.0)
    with pytest.raises(BadInput):
        score(OURS, np.full((1, 4), np.nan), np.zeros((1, 4)), per_minute=80.0)
