"""Whether places grow more alike: worked examples, laws, and least squares done the long way."""

from math import exp, log

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from fairground.errors import BadInput
from fairground.measures import beta_convergence, sigma_convergence
from tests.measures import reference

PLACES = st.lists(st.tuples(st.floats(1, 1e3), st.floats(1, 1e3), st.integers(1, 9)), min_size=3, max_size=12)


def _apart(places):
    start, end, weights = zip(*places, strict=True)
    assume(np.std(np.log(start)) > 0.05)
    return start, end, weights


def test_places_that_close_half_the_gap_in_ten_years_do_so_at_seven_percent_a_year():
    """Barro and Sala-i-Martin's law of motion: ln y at the end is a + exp(-bT) ln y at the start."""
    start = [10.0, 20.0, 40.0, 15.0]
    end = [exp(2 + 0.5 * log(value)) for value in start]
    found = beta_convergence(start, end, years=10)
    assert found.speed == pytest.approx(log(2) / 10)
    assert found.half_life == pytest.approx(10)
    assert found.r_squared == pytest.approx(1)


@given(places=PLACES)
def test_beta_is_the_weighted_least_squares_slope(places):
    start, end, weights = _apart(places)
    growth = [log(b / a) / 7 for a, b in zip(start, end, strict=True)]
    slope, intercept = reference.line([log(v) for v in start], growth, weights)
    found = beta_convergence(start, end, years=7, weights=weights)
    assert (found.beta, found.intercept) == pytest.approx((slope, intercept), abs=1e-6)


@given(places=PLACES)
def test_a_change_of_units_moves_neither_beta_nor_sigma(places):
    start, end, weights = _apart(places)
    found = beta_convergence(start, end, years=7, weights=weights)
    cents = beta_convergence([100 * v for v in start], [100 * v for v in end], years=7, weights=weights)
    assert cents.beta == pytest.approx(found.beta, abs=1e-9)
    spread = sigma_convergence([start, end], years=[0, 7], weights=weights).spreads
    assert sigma_convergence([[100 * v for v in start], end], years=[0, 7], weights=weights).spreads == (
        pytest.approx(spread, abs=1e-9)
    )


@given(places=PLACES)
def test_equal_growth_everywhere_is_no_convergence(places):
    start, _, weights = _apart(places)
    end = [1.5 * v for v in start]
    assert beta_convergence(start, end, years=5, weights=weights).beta == pytest.approx(0, abs=1e-12)
    assert sigma_convergence([start, end], years=[0, 5], weights=weights).trend == pytest.approx(0, abs=1e-12)


@given(places=PLACES)
def test_the_spread_is_the_weighted_standard_deviation_of_logarithms(places):
    start, end, weights = zip(*places, strict=True)
    found = sigma_convergence([start, end], years=[2000, 2010], weights=weights)
    assert found.spreads == pytest.approx(
        [reference.spread_of_logs(start, weights), reference.spread_of_logs(end, weights)], abs=1e-7
    )


def test_the_trend_of_the_spread_and_its_test_are_those_of_scipy():
    values = [[10, 40, 20], [15, 45, 20], [24, 54, 31], [20, 30, 31]]
    found = sigma_convergence(values, years=[2000, 2004, 2010, 2020])
    oracle = stats.linregress(found.years, found.spreads)
    assert (found.trend, found.standard_error, found.p_value) == pytest.approx(
        (oracle.slope, oracle.stderr, oracle.pvalue)
    )


def test_the_error_of_beta_is_hc3_by_matrices():
    start, end, w = (
        np.array([10, 20, 40, 15, 33.0]),
        np.array([22, 30, 45, 18, 50.0]),
        np.array([5, 1, 2, 3, 4]),
    )
    x = np.column_stack([np.ones(5), np.log(start)]) * np.sqrt(w)[:, None]
    y = np.log(end / start) / 10 * np.sqrt(w)
    inverse = np.linalg.inv(x.T @ x)
    residual = y - x @ (inverse @ x.T @ y)
    leverage = np.einsum("ij,jk,ik->i", x, inverse, x)
    bread = inverse @ x.T
    cover = bread @ np.diag((residual / (1 - leverage)) ** 2) @ bread.T
    found = beta_convergence(start, end, years=10, weights=w)
    assert found.standard_error == pytest.approx(np.sqrt(cover[1, 1]))


def test_two_years_have_a_trend_but_no_test_of_it():
    found = sigma_convergence([[1, 4], [2, 4]], years=[2000, 2010])
    assert found.converging
    assert (found.standard_error, found.p_value) == (None, None)


def test_a_single_place_has_no_spread():
    assert sigma_convergence([[5], [6]], years=[1, 2]).spreads == (0.0, 0.0)


def test_a_place_that_alone_decides_the_slope_gives_no_error():
    found = beta_convergence([1, 1, 2], [2, 3, 5], years=1)
    assert (found.standard_error, found.p_value) == (None, None)


def test_a_place_that_overshoots_has_no_speed():
    assert beta_convergence([1, 2, 4], [8, 4, 2], years=1).speed is None


def test_a_zero_names_its_row_and_its_year():
    with pytest.raises(BadInput, match=r"row 2, field '2010'.*You gave '0\.0'"):
        sigma_convergence([[1, 2], [3, 0]], years=[2000, 2010])


@pytest.mark.parametrize(
    ("start", "end", "what"),
    [
        ([1, 2], [2, 3], "Too few places"),
        ([2, 2, 2], [2, 3, 4], "began alike"),
        ([1, 2, 3], [1, 2], "differ"),
    ],
)
def test_beta_refuses_what_has_no_slope(start, end, what):
    with pytest.raises(BadInput, match=what):
        beta_convergence(start, end, years=5)


def test_years_must_rise():
    with pytest.raises(BadInput, match="Years must rise"):
        sigma_convergence([[1, 2], [3, 4]], years=[2010, 2000])
