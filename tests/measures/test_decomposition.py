"""Between and within, both worked directly, and the Gini's three parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.measures import decompose, generalised_entropy, gini, gini_split
from tests.measures import reference

PEOPLE = st.lists(
    st.tuples(st.floats(1, 1e4), st.integers(1, 50), st.sampled_from("abc")), min_size=1, max_size=20
)
ALPHAS = pytest.mark.parametrize("alpha", [-1, 0, 0.5, 1, 2])


@ALPHAS
@given(people=PEOPLE)
def test_both_parts_are_their_definitions_and_add_up(alpha, people):
    y, w, g = zip(*people, strict=True)
    split = decompose(y, groups=g, weights=w, alpha=alpha)
    assert abs(split.residual) < 1e-12 * max(1, split.total)
    assert split.between == pytest.approx(reference.between(y, w, g, alpha), rel=1e-6, abs=1e-8)
    assert split.within == pytest.approx(reference.within(y, w, g, alpha), rel=1e-6, abs=1e-8)
    assert split.total == generalised_entropy(y, alpha=alpha, weights=w)


@ALPHAS
@given(people=PEOPLE)
def test_neither_part_is_ever_negative(alpha, people):
    y, w, g = zip(*people, strict=True)
    split = decompose(y, groups=g, weights=w, alpha=alpha)
    assert split.between >= 0
    assert split.within >= 0


@given(people=PEOPLE)
def test_the_groups_make_up_the_whole(people):
    y, w, g = zip(*people, strict=True)
    split = decompose(y, groups=g, weights=w)
    assert sum(part.population_share for part in split.groups) == pytest.approx(1)
    assert sum(part.value_share for part in split.groups) == pytest.approx(1)
    assert sum(part.within for part in split.groups) == pytest.approx(split.within, abs=1e-15)
    assert [part.name for part in split.groups] == sorted(set(g))


@given(people=PEOPLE)
def test_the_gini_has_three_parts_by_dagums_own_quantities(people):
    y, w, g = zip(*people, strict=True)
    split = gini_split(y, groups=g, weights=w)
    assert (split.within, split.between, split.overlap) == pytest.approx(
        reference.dagum(y, w, g), rel=1e-6, abs=1e-9
    )
    assert abs(split.residual) < 1e-12
    assert split.total == gini(y, weights=w)


def test_a_worked_example_by_hand():
    """North 1 and 3 (mean 2), south 2 and 6 (mean 4), mean of all 3; 16 ordered pairs, divisor 2 x 16 x 3."""
    split = gini_split([1, 3, 2, 6], groups=["n", "n", "s", "s"])
    assert split.within == pytest.approx(2 * (2 + 4) / 96)
    assert split.between == pytest.approx(2 * 4 * 2 / 96)
    assert split.overlap == pytest.approx(2 * 2 * 1 / 96)


def test_groups_that_do_not_mix_do_not_overlap():
    assert gini_split([1, 2, 7, 8], groups=list("aabb")).overlap == 0


def test_groups_with_equal_means_overlap_in_full():
    split = gini_split([1, 3, 0, 4], groups=list("aabb"))
    assert split.between == 0
    assert split.overlap == pytest.approx(reference.dagum([1, 3, 0, 4], [1] * 4, "aabb")[2])


def test_a_single_group_has_nothing_between():
    split = decompose([1, 2, 3], groups=["all"] * 3)
    assert (split.between, split.within) == (0, pytest.approx(split.total))
    assert gini_split([1, 2, 3], groups=["all"] * 3).within == pytest.approx(gini([1, 2, 3]))


def test_a_group_of_each_place_has_nothing_within():
    split = decompose([1, 2, 3], groups=list("abc"))
    assert split.within == pytest.approx(0, abs=1e-15)


def test_a_group_without_people_is_left_out():
    split = decompose([1, 2, 9], groups=list("aab"), weights=[1, 1, 0])
    assert [part.name for part in split.groups] == ["a"]
    assert split.between == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize("alpha", [0.5, 1, 2])
def test_a_group_of_zeros_adds_nothing_within(alpha):
    split = decompose([0, 0, 3, 5], groups=list("aabb"), alpha=alpha)
    assert split.groups[0].within == 0
    assert abs(split.residual) < 1e-12


@pytest.mark.parametrize(
    ("groups", "fault"),
    [
        (["a"], "differ in number"),
        (["a", "", "b"], "row 2, field 'group'"),
        (["a", "b", None], "row 3"),
        ([1, "1", 2], "written alike"),
    ],
)
def test_a_fault_in_the_groups_is_named(groups, fault):
    with pytest.raises(BadInput, match=fault):
        decompose([1, 2, 3], groups=groups)
