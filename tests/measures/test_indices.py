"""What each index must obey, and the additive split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground import measures
from fairground.errors import BadInput

PEOPLE = st.lists(
    st.tuples(st.floats(1, 1e5), st.integers(1, 50), st.sampled_from("abc")), min_size=1, max_size=30
)
INDICES = [measures.gini, measures.theil_t, measures.theil_l, measures.hoover, measures.williamson]


@pytest.mark.parametrize("index", INDICES)
@given(people=PEOPLE)
def test_doubling_every_value_changes_nothing(index, people):
    y, w, _ = zip(*people, strict=True)
    assert index([2 * v for v in y], weights=w) == pytest.approx(index(y, weights=w), abs=1e-9)


@pytest.mark.parametrize("index", INDICES)
@given(people=PEOPLE)
def test_a_weight_counts_as_that_many_rows(index, people):
    y, w, _ = zip(*people, strict=True)
    rows = [v for v, k in zip(y, w, strict=True) for _ in range(k)]
    assert index(rows) == pytest.approx(index(y, weights=w), abs=1e-6)


@pytest.mark.parametrize("alpha", [-1, 0, 0.5, 1, 2])
def test_between_and_within_add_up_to_the_total(alpha):
    y, w, g = [1, 2, 3, 5, 8, 13], [3, 1, 4, 1, 5, 9], list("aabbcc")
    split = measures.decompose(y, groups=g, weights=w, alpha=alpha)
    assert abs(split.residual) < 1e-12
    assert split.total == pytest.approx(measures.generalised_entropy(y, alpha=alpha, weights=w))


def test_the_marginal_place_is_split_pro_rata():
    assert measures.top_bottom_ratio([1, 2, 4], weights=[1, 6, 3]) == pytest.approx(4 / 1.5)


def test_the_gap_names_both_ends():
    found = measures.gap([3, 9, 6], names=["A", "B", "C"])
    assert (found.absolute, found.ratio, found.highest_name, found.lowest_name) == (6, 3, "B", "A")


def test_a_negative_value_names_its_row():
    with pytest.raises(BadInput, match="row 2"):
        measures.gini([1, -1, 3])


def test_a_text_value_names_its_row():
    with pytest.raises(BadInput, match="row 3"):
        measures.gini([1, 2, "x"])
