"""Quantiles by people or by places, and the top fifth over the bottom fifth."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.measures import quantile, quantile_ratio, top_bottom_ratio
from tests.measures import reference

PEOPLE = st.lists(st.tuples(st.integers(1, 100), st.integers(0, 9)), min_size=1, max_size=15).filter(
    lambda rows: sum(k for _, k in rows) > 0
)


def test_the_marginal_place_is_split_pro_rata():
    assert top_bottom_ratio([1, 2, 4], weights=[1, 6, 3]) == pytest.approx(4 / 1.5)


def test_people_and_places_give_different_ratios_and_each_says_which():
    people = quantile_ratio([10, 20, 30, 40], weights=[5, 90, 4, 1])
    places = quantile_ratio([10, 20, 30, 40])
    assert (people.ratio, people.counted) == (1.0, "people")
    assert (places.ratio, places.counted) == (4.0, "places")


@given(people=PEOPLE, share=st.sampled_from([0, 0.1, 0.25, 0.5, 0.9, 1]))
def test_a_quantile_is_the_place_of_that_person_in_the_line(people, share):
    y, w = zip(*people, strict=True)
    assert quantile(y, share=share, weights=w) == reference.quantile(y, w, share)


@given(people=PEOPLE, share=st.sampled_from([0.1, 0.25, 0.5, 0.9, 1]))
def test_a_quantile_is_numpys_inverted_distribution(people, share):
    y, w = zip(*((value, count) for value, count in people if count), strict=True)
    counts = np.cumsum(np.array(w)[np.argsort(y, kind="stable")])
    assume(not np.any(np.abs(counts - share * counts[-1]) < 1e-6))
    assert quantile(y, share=share, weights=w) == np.quantile(y, share, weights=w, method="inverted_cdf")


@given(people=PEOPLE, share=st.floats(0, 0.5))
def test_quantiles_rise_with_the_share(people, share):
    y, w = zip(*people, strict=True)
    assert quantile(y, share=share, weights=w) <= quantile(y, share=share + 0.5, weights=w)


@given(people=PEOPLE)
def test_the_fifths_agree_with_counting_people_one_by_one(people):
    y, w = zip(*((value, 5 * count) for value, count in people), strict=True)
    assert top_bottom_ratio(y, weights=w) == pytest.approx(reference.fifths(y, w, 0.2))


@given(people=PEOPLE, times=st.floats(0.1, 10))
def test_ratios_do_not_depend_on_units(people, times):
    y, w = zip(*people, strict=True)
    scaled = [times * v for v in y]
    assert top_bottom_ratio(scaled, weights=w) == pytest.approx(top_bottom_ratio(y, weights=w))
    assert quantile_ratio(scaled, weights=w).ratio == pytest.approx(quantile_ratio(y, weights=w).ratio)


def test_one_place_is_at_every_quantile():
    assert quantile_ratio([7], weights=[3]).ratio == 1.0
    assert top_bottom_ratio([7]) == 1.0


@pytest.mark.parametrize(
    ("ask", "fault"),
    [
        (lambda: quantile([1, 2], share=1.2), "0 to 1"),
        (lambda: quantile_ratio([1, 2], upper=0.1, lower=0.9), "must be below"),
        (lambda: quantile_ratio([0, 0, 1], lower=0.1), "lower quantile is zero"),
        (lambda: quantile_ratio([1, -2]), "row 2"),
        (lambda: top_bottom_ratio([1, 2], share=0.6), "out of range"),
        (lambda: top_bottom_ratio([0, 0, 1]), "bottom group's mean is zero"),
    ],
)
def test_bad_input_is_named(ask, fault):
    with pytest.raises(BadInput, match=fault):
        ask()
