"""How sure a measure is: each draw against its slow twin, laws, and known answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fairground.errors import BadInput
from fairground.measures import (
    bootstrap,
    decompose,
    gini,
    kernels,
    limits_from_published,
    permutation_test,
    theil_t,
    williamson,
)
from tests.measures import reference

Y, W, G = [3, 1, 4, 1.5, 9, 2.5, 6], [2, 7, 1, 8, 2, 8, 1], list("abababb")


def mean(values, /, *, weights=None):
    return float(np.average(values, weights=weights))


@given(seed=st.integers(0, 2**64 - 1), number=st.integers(0, 1000), n=st.integers(1, 2**31))
def test_chance_is_that_of_the_slow_twin(seed, number, n):
    state = kernels.stream(np.uint64(seed), number)
    chance = reference.Chance(seed, number)
    for _ in range(3):
        state, found = kernels.below(np.uint64(state), np.uint64(n))
        assert int(found) == chance.below(n)


def test_splitmix_gives_its_published_first_numbers():
    """The first three outputs for seed 1234567, as in the reference C code's test vectors."""
    state, found = 1234567, []
    for _ in range(3):
        state = (state + reference.Chance.STEP) & reference.MASK
        found.append(int(kernels.mixed(np.uint64(state))))
    assert found == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_draws_below_seven_are_even():
    state, counts = kernels.stream(np.uint64(11), 0), np.zeros(7)
    for _ in range(7000):
        state, found = kernels.below(np.uint64(state), np.uint64(7))
        counts[int(found)] += 1
    assert stats.chisquare(counts).pvalue > 0.01


def test_uniforms_fill_the_line_evenly():
    assert stats.kstest(kernels.uniforms(2000, np.uint64(5), 3), "uniform").pvalue > 0.01


@pytest.mark.parametrize("groups", [None, G])
@pytest.mark.parametrize(("measure", "slow"), [(gini, reference.gini), (mean, reference.mean)])
def test_resampled_limits_are_those_of_the_slow_twin(measure, slow, groups):
    order = sorted(range(7), key=Y.__getitem__)
    y, w, g = ([column[row] for row in order] for column in (Y, W, groups or ["all"] * 7))
    strata = [[row for row in range(7) if g[row] == name] for name in sorted(set(g))]
    drawn = [
        slow(y, [a * b for a, b in zip(w, reference.drawn(strata, 4, number), strict=True)])
        for number in range(99)
    ]
    found = bootstrap(measure, Y, weights=W, groups=groups, resamples=99, seed=4, confidence=0.9)
    assert (found.lower, found.upper) == pytest.approx((sorted(drawn)[4], sorted(drawn)[94]))
    assert found.standard_error == pytest.approx(np.std(drawn, ddof=1))


def test_the_error_of_a_resampled_mean_is_the_textbook_one():
    """Efron and Tibshirani, equation 5.12: the error of a mean is the standard deviation over root n."""
    y = np.arange(50.0)
    found = bootstrap(mean, y, resamples=4000, seed=2)
    assert found.standard_error == pytest.approx(y.std() / 50**0.5, rel=0.05)


def test_strata_take_away_the_doubt_between_them():
    y, g = [1, 1, 1, 9, 9, 9], list("aaabbb")
    assert bootstrap(gini, y, groups=g, resamples=99).standard_error == pytest.approx(0, abs=1e-12)
    assert bootstrap(gini, y, resamples=99).standard_error > 0.01


def test_one_place_has_no_doubt_and_few_places_say_so():
    found = bootstrap(gini, [5], resamples=9)
    assert (found.lower, found.upper, found.standard_error, found.few) == (0, 0, 0, True)
    assert not bootstrap(gini, range(1, 30), resamples=9).few


def test_draws_without_a_value_are_counted_and_left_out():
    found = bootstrap(gini, [0, 0, 3], resamples=200, seed=1)
    assert 0 < found.undefined < 200
    slow = bootstrap(williamson, [0, 0, 3], resamples=200, seed=1)
    assert slow.undefined == found.undefined


def test_a_seed_fixes_the_draws_and_another_changes_them():
    first = bootstrap(gini, Y, resamples=50, seed=1)
    assert bootstrap(gini, Y, resamples=50, seed=1) == first
    assert bootstrap(gini, Y, resamples=50, seed=2) != first


def test_each_shuffle_is_that_of_the_slow_twin():
    names = sorted(set(G))
    labels, drawn = list(G), []
    for number in range(50):
        reference.Chance(6, number).shuffle(labels)
        drawn.append(reference.between(Y, W, labels, 1))
    found = permutation_test(Y, groups=G, weights=W, permutations=50, seed=6)
    assert len(names) == 2
    assert found.between == pytest.approx(reference.between(Y, W, G, 1))
    assert found.expected_share == pytest.approx(sum(drawn) / 50 / theil_t(Y, weights=W))
    assert found.p_value == (1 + sum(part >= found.between - 1e-12 for part in drawn)) / 51


@pytest.mark.parametrize("alpha", [0, 1, 2])
def test_the_part_tested_is_the_part_between(alpha):
    split = decompose(Y, groups=G, weights=W, alpha=alpha)
    found = permutation_test(Y, groups=G, weights=W, alpha=alpha, permutations=9)
    assert found.between == pytest.approx(split.between)
    assert found.share == pytest.approx(split.between / split.total)


def test_the_p_value_nears_the_exact_one_of_all_layouts():
    """Six places in two groups of three: 20 layouts; the real one and its mirror are the most unequal."""
    found = permutation_test([1, 2, 3, 10, 11, 12], groups=list("aaabbb"), permutations=4000, seed=9)
    assert found.p_value == pytest.approx(2 / 20, abs=0.015)


@pytest.mark.parametrize("groups", [["a"] * 7, list("abcdefg")])
def test_one_group_or_a_group_of_each_place_is_no_surprise(groups):
    assert permutation_test(Y, groups=groups, permutations=49).p_value == 1


def test_published_limits_come_back_from_one_figure():
    found = limits_from_published(mean, [60], lower=[58], upper=[63], draws=19999, seed=3)
    assert (found.lower, found.upper) == pytest.approx((58, 63), abs=0.1)
    assert found.value == 60


def test_the_doubt_of_a_difference_is_the_root_of_the_squares():
    def rise(values, /, *, weights=None):
        return float(values[1] - values[0])

    found = limits_from_published(rise, [60, 65], lower=[57, 61], upper=[63, 69], draws=9999, seed=8)
    assert (found.lower, found.upper) == pytest.approx((0, 10), abs=0.2)
    assert found.standard_error == pytest.approx(5 / 1.96, rel=0.03)


def test_figures_without_doubt_give_a_measure_without_doubt():
    found = limits_from_published(gini, Y, lower=Y, upper=Y, weights=W, draws=9)
    assert found.lower == found.upper == found.value


@pytest.mark.parametrize(
    ("ask", "fault"),
    [
        (lambda: bootstrap(gini, [1, -2]), "row 2"),
        (lambda: bootstrap(gini, [1, 2], resamples=0), "field 'resamples'"),
        (lambda: bootstrap(gini, [1, 2], seed=-1), "field 'seed'"),
        (lambda: bootstrap(gini, [1, 2], confidence=1), "Confidence"),
        (lambda: bootstrap(gini, [1, 2], groups=["a"]), "differ in number"),
        (lambda: permutation_test([1, 2], groups=["a", ""]), "row 2"),
        (lambda: permutation_test([1, 0], groups=["a", "b"], alpha=0), "row 2"),
        (
            lambda: limits_from_published(gini, [1, 2], lower=[1, 3], upper=[2, 4]),
            "row 2, field 'lower'.*'3.0'",
        ),
        (lambda: limits_from_published(gini, [1, 2], lower=[1, 1], upper=[0, 4]), "row 1, field 'upper'"),
        (lambda: limits_from_published(gini, [1, 2], lower=[1], upper=[2, 4]), "differ in number"),
    ],
)
def test_bad_input_is_named(ask, fault):
    with pytest.raises(BadInput, match=fault):
        ask()
