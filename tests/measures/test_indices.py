"""What each index must obey, and that it agrees with its definition worked the long way."""

from math import log

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fairground import measures
from fairground.errors import BadInput
from tests.measures import reference

PEOPLE = st.lists(st.tuples(st.floats(1, 1e5), st.integers(1, 50)), min_size=1, max_size=20)


def _ge(alpha):
    return (
        lambda y, weights=None: measures.generalised_entropy(y, alpha=alpha, weights=weights),
        lambda y, w: reference.entropy(y, w, alpha),
    )


def _atkinson(epsilon):
    return (
        lambda y, weights=None: measures.atkinson(y, epsilon=epsilon, weights=weights),
        lambda y, w: reference.atkinson(y, w, epsilon),
    )


PAIRS = {
    "gini": (measures.gini, reference.gini),
    "theil_t": (measures.theil_t, lambda y, w: reference.entropy(y, w, 1)),
    "theil_l": (measures.theil_l, lambda y, w: reference.entropy(y, w, 0)),
    "hoover": (measures.hoover, reference.hoover),
    "williamson": (measures.williamson, reference.williamson),
    **{f"ge({a})": _ge(a) for a in (-1, 0.3, 0.7, 2, 3)},
    **{f"atkinson({e})": _atkinson(e) for e in (0.5, 1, 2)},
}
INDICES = [pytest.param(ours, id=name) for name, (ours, _) in PAIRS.items()]


@pytest.mark.parametrize("name", PAIRS)
@settings(max_examples=30)
@given(people=PEOPLE)
def test_an_index_is_its_definition_worked_the_long_way(name, people):
    y, w = zip(*people, strict=True)
    ours, slow = PAIRS[name]
    assert ours(y, weights=w) == pytest.approx(slow(y, w), rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("index", INDICES)
@settings(max_examples=30)
@given(people=PEOPLE, times=st.floats(0.01, 100))
def test_a_change_of_units_changes_nothing(index, people, times):
    y, w = zip(*people, strict=True)
    assert index([times * v for v in y], weights=w) == pytest.approx(index(y, weights=w), rel=1e-9, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("index", INDICES)
@settings(max_examples=30)
@given(people=PEOPLE)
def test_a_weight_counts_as_that_many_rows(index, people):
    y, w = zip(*people, strict=True)
    rows = [v for v, k in people for _ in range(k)]
    assert index(rows) == pytest.approx(index(y, weights=w), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("index", INDICES)
@settings(max_examples=30)
@given(people=st.lists(st.floats(1, 1e4), min_size=2, max_size=12), part=st.floats(0.1, 0.5))
def test_a_gift_from_a_richer_to_a_poorer_place_never_raises_inequality(index, people, part):
    poor, rich = min(people), max(people)
    assume(rich - poor > 1)
    after = list(people)
    gift = part * (rich - poor)
    after[people.index(poor)] += gift
    after[people.index(rich)] -= gift
    assert index(after) <= index(people) + 1e-12


@pytest.mark.parametrize("index", INDICES)
@settings(max_examples=30)
@given(people=PEOPLE)
def test_the_order_of_rows_changes_nothing(index, people):
    y, w = zip(*people, strict=True)
    assert index(y[::-1], weights=w[::-1]) == pytest.approx(index(y, weights=w), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("index", INDICES)
@settings(max_examples=30)
@given(value=st.floats(1e-3, 1e9), count=st.integers(1, 9))
def test_places_that_are_alike_have_no_inequality(index, value, count):
    assert index([value] * count) == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize("index", INDICES)
def test_places_nearly_alike_keep_their_digits(index):
    """At a millionth from the mean every squared measure is about a million millionth, far above rounding."""
    near, far = index([1 - 1e-6, 1 + 1e-6]), index([1 - 1e-3, 1 + 1e-3])
    power = 1 if far > 1e-4 else 2
    assert near == pytest.approx(far / 1000**power, rel=1e-5)


@given(people=st.lists(st.floats(1, 100), min_size=2, max_size=9))
def test_generalised_entropy_runs_smoothly_through_its_two_limits(people):
    for alpha, limit in ((1, measures.theil_t(people)), (0, measures.theil_l(people))):
        for close in (alpha - 1e-7, alpha + 1e-7):
            assert measures.generalised_entropy(people, alpha=close) == pytest.approx(
                limit, rel=1e-5, abs=1e-12
            )


def test_two_people_with_one_and_three_have_the_textbook_indices():
    """Cowell's definitions by hand: mean 2, relative values 1/2 and 3/2."""
    assert measures.gini([1, 3]) == pytest.approx(1 / 4)
    assert measures.theil_t([1, 3]) == pytest.approx(0.25 * log(0.5) + 0.75 * log(1.5))
    assert measures.theil_l([1, 3]) == pytest.approx(-(log(0.5) + log(1.5)) / 2)
    assert measures.hoover([1, 3]) == pytest.approx(1 / 4)
    assert measures.atkinson([1, 3], epsilon=1) == pytest.approx(1 - (3**0.5) / 2)
    assert measures.atkinson([1, 3], epsilon=2) == pytest.approx(1 - 1.5 / 2)


@given(people=PEOPLE, epsilon=st.sampled_from([0.5, 1, 2]))
def test_the_equal_level_as_good_as_what_there_is_gives_the_same_welfare(people, epsilon):
    y, w = zip(*people, strict=True)
    level = measures.equally_distributed_equivalent(y, epsilon=epsilon, weights=w)
    good = log if epsilon == 1 else lambda v: v ** (1 - epsilon) / (1 - epsilon)
    assert good(level) == pytest.approx(reference.mean([good(v) for v in y], w), rel=1e-9, abs=1e-9)
    assert min(y) * (1 - 1e-9) <= level <= reference.mean(y, w) * (1 + 1e-9)


def test_nine_regions_cannot_pass_eight_ninths():
    assert measures.gini([0] * 8 + [1]) == pytest.approx(8 / 9)


@pytest.mark.parametrize("alpha", [0.3, 0.7, 1, 2])
def test_zeros_are_taken_when_alpha_is_above_zero(alpha):
    assert measures.generalised_entropy([0, 2, 4], alpha=alpha) == pytest.approx(
        reference.entropy([0, 2, 4], [1, 1, 1], alpha)
    )


def test_zeros_are_taken_by_atkinson_below_one():
    assert measures.atkinson([0, 2], epsilon=0.5) == pytest.approx(0.5)


def test_negatives_are_taken_by_the_gap_and_by_williamson():
    assert measures.williamson([-1, 3]) == pytest.approx(2)
    assert measures.gap([-1, 3], names=["A", "B"]).ratio is None


REFUSED = [
    (lambda y: measures.gini(y), [1, -1, 3], "row 2.*'-1.0'.*zero or more"),
    (lambda y: measures.hoover(y), [1, 2, -3], "row 3"),
    (lambda y: measures.theil_t(y), [1, -2], "row 2"),
    (lambda y: measures.theil_l(y), [1, 0], "row 2.*above zero"),
    (lambda y: measures.generalised_entropy(y, alpha=-1), [0, 1], "row 1"),
    (lambda y: measures.atkinson(y, epsilon=1), [3, 0], "row 2"),
    (lambda y: measures.gini(y), [1, float("nan")], "row 2.*missing"),
    (lambda y: measures.gini(y), [1, None], "row 2"),
    (lambda y: measures.gini(y), [1, 2, "x"], "row 3.*'x'"),
    (lambda y: measures.gini(y), [float("inf"), 1], "row 1"),
    (lambda y: measures.gini(y), [], "no values"),
    (lambda y: measures.gini(y), [0, 0], "mean must be above zero"),
    (lambda y: measures.williamson(y), [-1, 1], "mean must be above zero"),
    (lambda y: measures.gini(y, weights=[1, -1]), [1, 2], "row 2, field 'weight'"),
    (lambda y: measures.gini(y, weights=[0, 0]), [1, 2], "All weights are zero"),
    (lambda y: measures.gini(y, weights=[1]), [1, 2], "differ in number"),
    (lambda y: measures.atkinson(y, epsilon=0), [1, 2], "Epsilon"),
    (lambda y: measures.generalised_entropy(y, alpha=float("nan")), [1, 2], "Alpha"),
    (lambda y: measures.generalised_entropy(y, alpha=5000), [1, 2], "too far"),
    (lambda y: measures.gap(y, names=["A"]), [1, 2], "differ in number"),
]


@pytest.mark.parametrize(("ask", "values", "fault"), REFUSED)
def test_bad_input_is_named(ask, values, fault):
    with pytest.raises(BadInput, match=fault):
        ask(values)


def test_the_gap_names_both_ends_and_gives_ties_to_the_first():
    found = measures.gap([3, 9, 6, 9], names=["A", "B", "C", "D"])
    assert (found.absolute, found.ratio, found.highest_name, found.lowest_name) == (6, 3, "B", "A")
