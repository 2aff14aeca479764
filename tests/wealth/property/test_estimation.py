"""Totals from those who answered: worked examples, laws, simulated coverage, and svy to nine digits."""

import json
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import BadInput, NotFound
from fairground.wealth.property.estimation import METHODS, estimate, survey, tipping_point
from fairground.wealth.property.response import response

SVY = json.loads((Path(__file__).parents[2] / "oracles" / "property" / "svy_answers.json").read_text("utf-8"))
OTHERS = 100.0  # what is known of each council that is silent


def as_svy_had_it():
    strata, x, y = [], [], []
    for name, (size, held) in SVY["strata"].items():
        for known, told in held:
            strata.append(name), x.append(known), y.append(float(told))
        for _ in range(size - len(held)):
            strata.append(name), x.append(OTHERS), y.append(None)
    return survey(strata, x, y)


def all_x(s, h=None):
    return s.x.sum() if h is None else s.x[s.stratum == h].sum()


def test_expansion_and_strata_agree_with_svy():
    s, told = as_svy_had_it(), SVY["answers"]
    for method, name in (("expansion", "expansion"), ("stratified", "stratified")):
        found = estimate(s, method, draws=2)
        assert found.total == pytest.approx(told[name]["estimate"], rel=1e-9)
        assert found.error == pytest.approx(told[name]["error"], rel=1e-9)


def test_the_combined_ratio_agrees_with_svy():
    s, told = as_svy_had_it(), SVY["answers"]["ratio"]
    found = estimate(s, "combined-ratio", draws=2)
    assert found.total == pytest.approx(told["estimate"] * all_x(s), rel=1e-9)
    assert found.error == pytest.approx(told["error"] * all_x(s), rel=1e-9)


def test_the_separate_ratio_agrees_with_svy_stratum_by_stratum():
    s = as_svy_had_it()
    told = [SVY["answers"][f"ratio of {name}"] for name in s.strata]
    found = estimate(s, "separate-ratio", draws=2)
    total = sum(one["estimate"] * all_x(s, h) for h, one in enumerate(told))
    error = sqrt(sum((one["error"] * all_x(s, h)) ** 2 for h, one in enumerate(told)))
    assert found.total == pytest.approx(total, rel=1e-9)
    assert found.error == pytest.approx(error, rel=1e-9)


def test_a_worked_example_by_hand():
    """Cochran 5.1 and 5.5: N = 10, of which 4 answered 2, 4, 6, 8: mean 5, s² = 20/3, v = 100."""
    s = survey(["a"] * 10, [1.0] * 10, [2, 4, 6, 8, *[None] * 6])
    found = estimate(s, "stratified", draws=2)
    assert (found.total, found.error) == (50.0, pytest.approx(10.0))
    assert found.jackknife == pytest.approx(10.0)


def made(seed, silent=0.5):
    chance = np.random.default_rng(seed)
    strata = [f"s{n}" for n in chance.integers(0, 4, 120)]
    x = chance.lognormal(2, 1, 120)
    y = chance.poisson(x * 3 * chance.lognormal(0, 0.6, 120)).astype(float)
    told = [None if chance.random() < silent else float(one) for one in y]
    return strata, list(x), told, float(y.sum())


@pytest.mark.slow
@settings(max_examples=25)
@given(st.integers(0, 10**6), st.sampled_from(list(METHODS)), st.floats(0.1, 1000))
def test_units_do_not_matter_and_nothing_is_below_what_was_counted(seed, method, factor):
    strata, x, told, _ = made(seed)
    first = estimate(survey(strata, x, told), method, draws=2)
    again = estimate(survey(strata, [one * factor for one in x], told), method, draws=2)
    assert again.total == pytest.approx(first.total, rel=1e-6)
    assert again.error == pytest.approx(first.error, rel=1e-6)
    counted = sum(one for one in told if one is not None)
    assert counted <= first.low <= first.total + 1e-6 or first.total < counted
    assert first.total <= first.high


@pytest.mark.slow
@settings(max_examples=15)
@given(st.integers(0, 10**6), st.sampled_from(list(METHODS)))
def test_when_everyone_answered_there_is_nothing_to_estimate(seed, method):
    strata, x, told, total = made(seed, silent=0)
    found = estimate(survey(strata, x, told), method, draws=2)
    assert found.total == pytest.approx(total, rel=1e-9)
    assert found.error == pytest.approx(0, abs=1e-6)


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.floats(0.5, 9))
def test_a_ratio_is_exact_where_counts_follow_what_is_known(seed, rate):
    strata, x, told, _ = made(seed)
    exact = [None if one is None else rate * known for one, known in zip(told, x, strict=True)]
    s = survey(strata, x, exact)
    for method in ("combined-ratio", "separate-ratio", "regression"):
        found = estimate(s, method, draws=2)
        assert found.total == pytest.approx(rate * sum(x), rel=1e-6)
        assert found.error == pytest.approx(0, abs=1e-4)


@pytest.mark.slow
def test_the_three_errors_are_near_one_another_and_the_seed_fixes_the_bootstrap():
    strata, x, told, _ = made(3)
    s = survey(strata, x, told)
    for method in ("stratified", "combined-ratio", "separate-ratio", "regression"):
        found = estimate(s, method, draws=400)
        assert found.jackknife == pytest.approx(found.error, rel=0.4)
        assert found.bootstrap == pytest.approx(found.error, rel=0.3)
        assert estimate(s, method, draws=400) == found


def covered(seed, times, answers, *, weighted=False):
    """Return how often the interval holds the true total of councils like those of the research note."""
    chance = np.random.default_rng(seed)
    strata = np.repeat(np.arange(5), [24, 181, 59, 36, 33])
    x = np.exp(np.array([3.0, 1.0, 2.0, 2.5, 2.2])[strata] + chance.normal(0, 0.8, 333))
    mean = x**0.8 * np.exp(chance.normal(0, 0.9, 333))
    y = chance.poisson(mean / mean.sum() * 75_000).astype(float)
    names, held = [f"s{n}" for n in strata], 0
    for _ in range(times):
        who = answers(chance, y) if answers is not eager else eager(chance, x)
        told = [float(one) if here else None for one, here in zip(y, who, strict=True)]
        strata_of = names
        if weighted:
            strata_of = response([bool(here) for here in who], {"class": names}, {"paid": list(x)}).classes
        found = estimate(survey(strata_of, list(x), told), "separate-ratio", draws=0)
        held += found.low <= y.sum() <= found.high
    return held / times


def eager(chance, x):
    """Answer by what one was paid: not at random, but known of all."""
    return chance.random(len(x)) < 1 / (1 + np.exp(0.3 - 0.6 * (np.log(x) - 1.7)))


@pytest.mark.slow
def test_in_weighting_classes_the_interval_holds_where_those_paid_most_answer_most():
    assert 0.9 <= covered(8, 120, eager, weighted=True) <= 1


@pytest.mark.slow
def test_the_interval_holds_the_truth_about_95_times_in_100_when_silence_is_random():
    def by_chance(chance, y):
        return np.isin(np.arange(len(y)), chance.permutation(len(y))[:154])

    assert 0.91 <= covered(7, 200, by_chance) <= 0.985


@pytest.mark.slow
def test_the_interval_misses_when_those_who_sold_most_are_silent():
    def the_shy(chance, y):
        return chance.random(len(y)) < 0.75 / (1 + (y / np.median(y)) ** 0.7)

    assert covered(7, 60, the_shy) < 0.5


def test_very_few_answers_give_a_wide_but_finite_range():
    s = survey(["a"] * 40, [1.0] * 40, [0.0, 90.0, *[None] * 38])
    found = estimate(s, "stratified", draws=2)
    assert found.low >= 90
    assert found.total < found.high < 1e6


def test_a_tipping_point_makes_the_claim_true():
    strata, x, told, _ = made(5)
    s = survey(strata, x, told)
    counted, predicted, factor = tipping_point(s, 9_000)
    assert counted + factor * predicted == pytest.approx(9_000)
    assert tipping_point(s, estimate(s, draws=0).total)[2] == pytest.approx(1)
    assert tipping_point(s, counted / 2)[2] < 0


def test_a_stratum_with_one_answer_joins_the_one_most_like_it():
    s = survey(["a", "a", "a", "b", "b", "c", "c"], [1, 1, 1, 9, 9, 8, 8], [1, 2, None, 3, 4, 5, None])
    assert s.strata == ("a", "b")
    assert s.merged == (("c", "b"),)


@pytest.mark.parametrize(
    ("strata", "x", "y", "said"),
    [
        (["a"], [1.0, 2.0], [1.0], "needs a stratum"),
        (["a", "a"], [-1.0, 2.0], [1.0, 1.0], "known of all"),
        (["a", "a"], [float("nan"), 2.0], [1.0, 1.0], "known of all"),
        (["a", "a"], [1.0, 2.0], [-1.0, 1.0], "A count"),
        (["a", "a"], [1.0, 2.0], [1.0, None], "Too few"),
    ],
)
def test_what_cannot_be_estimated_is_refused(strata, x, y, said):
    with pytest.raises(BadInput, match=said):
        survey(strata, x, y)


def test_an_unknown_method_or_a_claim_that_is_none_is_refused():
    s = survey(["a"] * 3, [1.0] * 3, [1.0, 2.0, None])
    with pytest.raises(NotFound):
        estimate(s, "guess")
    with pytest.raises(BadInput):
        tipping_point(s, float("nan"))
    with pytest.raises(BadInput, match="Nobody is silent"):
        tipping_point(survey(["a"] * 2, [1.0] * 2, [1.0, 2.0]), 9)
