"""The gradient from the worst to the best off: worked example, laws, and the sum done the long way."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.measures import concentration_index, gini, slope_index
from tests.measures import reference

PLACES = st.lists(st.tuples(st.floats(1, 100), st.integers(0, 5), st.integers(1, 9)), min_size=1, max_size=12)


@given(places=PLACES)
def test_the_concentration_index_is_its_definition(places):
    y, rank, w = zip(*places, strict=True)
    found = concentration_index(y, ranked_by=rank, weights=w)
    assert found == pytest.approx(reference.concentration(y, rank, w), abs=1e-9)


@given(places=PLACES)
def test_ranked_by_itself_it_is_the_gini_and_no_order_gives_more(places):
    y, rank, w = zip(*places, strict=True)
    assert concentration_index(y, ranked_by=y, weights=w) == pytest.approx(gini(y, weights=w), abs=1e-9)
    assert abs(concentration_index(y, ranked_by=rank, weights=w)) <= gini(y, weights=w) + 1e-9


@given(places=PLACES)
def test_the_opposite_order_changes_the_sign(places):
    y, rank, w = zip(*places, strict=True)
    there = concentration_index(y, ranked_by=rank, weights=w)
    back = concentration_index(y, ranked_by=[-r for r in rank], weights=w)
    assert back == pytest.approx(-there, abs=1e-12)


@given(places=PLACES)
def test_the_slope_is_least_squares_on_peoples_standing(places):
    y, rank, w = zip(*places, strict=True)
    assume(len(set(rank)) > 1)
    slope, worst = reference.line(reference.standing(rank, w), y, w)
    found = slope_index(y, ranked_by=rank, weights=w)
    assert (found.slope, found.worst_end) == pytest.approx((slope, worst), rel=1e-6, abs=1e-6)
    assert found.best_end - found.worst_end == pytest.approx(found.slope)


def test_a_steady_rise_over_ten_tenths_is_read_off_exactly():
    """Tenths stand at 0.05 to 0.95; a line from 50 to 70 years gives a slope of 20 years."""
    years = [50 + 20 * (tenth + 0.5) / 10 for tenth in range(10)]
    found = slope_index(years, ranked_by=range(1, 11))
    assert (found.slope, found.worst_end, found.best_end) == pytest.approx((20, 50, 70))
    assert found.relative == pytest.approx(20 / 60)
    assert found.standard_error == pytest.approx(0, abs=1e-9)


def test_places_that_tie_have_no_gradient():
    assert concentration_index([1, 5, 9], ranked_by=[2, 2, 2]) == 0
    with pytest.raises(BadInput, match="All places tie"):
        slope_index([1, 5, 9], ranked_by=[2, 2, 2])


def test_a_slope_through_two_places_has_no_error():
    assert slope_index([1, 5], ranked_by=[1, 2]).standard_error is None


def test_negative_values_have_a_slope_but_no_relative_one():
    assert slope_index([-3, -2, -1], ranked_by=[1, 2, 3]).relative is None


def test_a_missing_rank_names_its_row():
    with pytest.raises(BadInput, match="row 2, field 'ranked_by'"):
        concentration_index([1, 2], ranked_by=[1, float("nan")])
    with pytest.raises(BadInput, match="differ in number"):
        concentration_index([1, 2], ranked_by=[1])
