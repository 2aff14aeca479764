"""The gap between the best and the worst place, and the limits of a difference."""

from math import sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.wealth.inequality import Reading, regional_gap


def gap(readings, better="higher"):
    return regional_gap(readings, indicator="x", period="2020", better=better)


@st.composite
def readings(draw, limits=True):
    value = draw(st.floats(1, 1000))
    if not limits:
        return value, None, None
    return value, value - draw(st.floats(0, 50)), value + draw(st.floats(0, 50))


SEVERAL = st.lists(readings(), min_size=2, max_size=9).map(
    lambda rows: [Reading(str(n), f"place {n}", *row) for n, row in enumerate(rows)]
)


def test_the_worked_example_of_two_proportions_by_zou_and_donner():
    """56 of 70 and 48 of 80, each with Wilson limits, differ by 0.0524 to 0.3339.

    Source: Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10; Zou and Donner (2008)
    name it as their method on these limits.
    """
    first = Reading("a", "A", 56 / 70, *wilson(56, 70))
    second = Reading("b", "B", 48 / 80, *wilson(48, 80))
    found = gap([first, second])
    assert found.gap == pytest.approx(0.2)
    assert round(found.lower, 4) == 0.0524
    assert round(found.upper, 4) == 0.3339


def wilson(events, n, z=1.959964):
    share, square = events / n, z * z
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    return centre - half, centre + half


@given(SEVERAL)
def test_the_gap_lies_inside_its_limits(rows):
    found = gap(rows)
    assert found.lower <= found.gap <= found.upper


@given(SEVERAL, st.randoms(use_true_random=False))
def test_the_order_of_the_places_does_not_matter(rows, chance):
    shuffled = rows[:]
    chance.shuffle(shuffled)
    assert gap(rows) == gap(shuffled)


@given(SEVERAL)
def test_where_lower_is_better_best_and_worst_change_places_and_the_gap_stays(rows):
    up, down = gap(rows), gap(rows, "lower")
    assume(len({row.value for row in rows}) == len(rows))
    assert (up.gap, up.lower, up.upper, up.ratio) == (down.gap, down.lower, down.upper, down.ratio)
    assert up.rows[0].value == down.rows[-1].value


@given(st.floats(1, 100), st.floats(1, 100), st.floats(0, 9), st.floats(0, 9))
def test_even_limits_give_the_root_of_the_sum_of_squares(a, b, half_a, half_b):
    found = gap([Reading("a", "A", a, a - half_a, a + half_a), Reading("b", "B", b, b - half_b, b + half_b)])
    half = sqrt(half_a**2 + half_b**2)
    assert found.upper - found.gap == pytest.approx(half, abs=1e-9)
    assert found.gap - found.lower == pytest.approx(half, abs=1e-9)


def test_a_gap_of_published_decimals_is_exact():
    assert gap([Reading("a", "A", 63.8), Reading("b", "B", 59.1)]).gap == 4.7


def test_without_limits_on_both_sides_the_gap_has_none():
    found = gap([Reading("a", "A", 3.0, 2.0, 4.0), Reading("b", "B", 1.0)])
    assert (found.lower, found.upper) == (None, None)


def test_there_is_no_ratio_to_nothing_or_less():
    assert gap([Reading("a", "A", 3.0), Reading("b", "B", 0.0)]).ratio is None
    assert gap([Reading("a", "A", 3.0), Reading("b", "B", -1.0)]).ratio is None
    assert gap([Reading("a", "A", 3.0), Reading("b", "B", 1.5)]).ratio == 2.0


def test_places_that_tie_go_by_name():
    found = gap([Reading("b", "Beech", 1.0), Reading("a", "Ash", 1.0)])
    assert (found.best, found.worst, found.gap) == ("Ash", "Beech", 0.0)


def test_one_place_has_no_gap():
    with pytest.raises(BadInput, match="two places"):
        gap([Reading("a", "A", 1.0)])


@pytest.mark.parametrize("row", [(1.0, 2.0, 3.0), (float("nan"), None, None), (float("inf"), 0.0, 1.0)])
def test_a_reading_refuses_nonsense(row):
    with pytest.raises(BadInput):
        Reading("a", "A", *row)
