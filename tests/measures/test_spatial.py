"""The Gini between neighbours and between others, against all pairs worked one by one."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.measures import Neighbours, borders, gini, nearest, spatial_gini
from tests.measures import reference

PLACES = st.lists(
    st.tuples(
        st.floats(0, 1e3), st.integers(1, 9), st.sampled_from("abc"), st.integers(0, 99), st.integers(0, 99)
    ),
    min_size=2,
    max_size=12,
    unique_by=lambda place: place[3:],
).filter(lambda rows: sum(row[0] for row in rows) > 1)


def _near_pairs(neighbours: Neighbours) -> set[tuple[int, int]]:
    ends = neighbours.rows.tolist()
    return {
        (i, j)
        for i in range(neighbours.places)
        for j in ends[neighbours.starts[i] : neighbours.starts[i + 1]]
    }


@given(places=PLACES)
def test_region_blocks_agree_with_all_pairs(places):
    y, w, g, _, _ = zip(*places, strict=True)
    found = spatial_gini(y, groups=g, weights=w)
    assert found.near == pytest.approx(reference.gaps(y, w, lambda i, j: g[i] == g[j]), abs=1e-9)
    assert found.far == pytest.approx(reference.gaps(y, w, lambda i, j: g[i] != g[j]), abs=1e-9)


@given(places=PLACES, count=st.integers(1, 3))
def test_nearest_neighbours_agree_with_all_pairs(places, count):
    y, w, _, east, north = zip(*places, strict=True)
    assume(count < len(y))
    neighbours = nearest(east, north, count=count)
    pairs = _near_pairs(neighbours)
    found = spatial_gini(y, neighbours=neighbours, weights=w)
    assert found.near == pytest.approx(reference.gaps(y, w, lambda i, j: (i, j) in pairs), abs=1e-9)


@given(places=PLACES)
def test_the_parts_add_up_to_the_gini_and_lie_between_nothing_and_all(places):
    y, w, g, _, _ = zip(*places, strict=True)
    found = spatial_gini(y, groups=g, weights=w)
    assert found.total == gini(y, weights=w)
    assert found.near + found.far == pytest.approx(found.total)
    assert -1e-12 <= found.near_share <= 1 + 1e-12


@given(places=PLACES)
def test_regions_and_their_borders_written_out_are_the_same(places):
    y, w, g, _, _ = zip(*places, strict=True)
    names = [str(row) for row in range(len(y))]
    inside = [(a, b) for a in names for b in names if a < b and g[int(a)] == g[int(b)]]
    by_pairs = spatial_gini(y, neighbours=borders(names, inside), weights=w)
    blocks = spatial_gini(y, groups=g, weights=w)
    assert (by_pairs.near, by_pairs.far_share) == pytest.approx((blocks.near, blocks.far_share), abs=1e-9)
    assert by_pairs.polarisation == (
        None if blocks.polarisation is None else pytest.approx(blocks.polarisation, rel=1e-6)
    )


def test_the_nearest_are_the_nearest():
    east, north = [0, 1, 3, 7, 20], [0, 0, 1, 0, 0]
    found = _near_pairs(nearest(east, north, count=2))
    for i in range(5):
        apart = sorted(((east[i] - east[j]) ** 2 + (north[i] - north[j]) ** 2, j) for j in range(5) if j != i)
        assert {j for k, j in found if k == i} == {j for _, j in apart[:2]}


def test_places_at_one_point_are_not_their_own_neighbours():
    found = _near_pairs(nearest([1] * 5, [1] * 5, count=2))
    assert all(i != j for i, j in found)
    assert len(found) == 10


def test_a_border_counts_once_in_either_order():
    assert _near_pairs(borders(["A", "B", "C"], [("A", "B"), ("B", "A")])) == {(0, 1), (1, 0)}


def test_neighbours_that_are_alike_and_others_that_are_not_are_more_than_chance():
    y = [1, 2, 1, 2, 1, 9, 8, 9, 8, 9]
    found = spatial_gini(y, groups=["w"] * 5 + ["e"] * 5, permutations=999, seed=3)
    assert found.p_value < 0.02
    assert found.polarisation > 5
    assert found.expected_far_share < found.far_share


@pytest.mark.parametrize("how", ["groups", "neighbours"])
def test_each_random_layout_is_that_of_the_slow_twin(how):
    y, w, g = [1, 2, 7, 8, 3], [1, 2, 1, 3, 1], list("aabbb")
    near = nearest([0, 1, 5, 6, 3], [0] * 5, count=2)
    pairs = _near_pairs(near)
    order = sorted(range(5), key=y.__getitem__)
    labels, ids, far = [g[row] for row in order], list(range(5)), []
    total = reference.gini(y, w)
    for number in range(20):
        chance = reference.Chance(5, number)
        if how == "groups":
            chance.shuffle(labels)
            ys, ws = [y[row] for row in order], [w[row] for row in order]
            inside = reference.gaps(ys, ws, lambda i, j: labels[i] == labels[j])
        else:
            chance.shuffle(ids)
            ys, ws = [y[row] for row in ids], [w[row] for row in ids]
            inside = reference.gaps(ys, ws, lambda i, j: (i, j) in pairs)
        far.append(total - inside)
    asked = {"groups": g} if how == "groups" else {"neighbours": near}
    found = spatial_gini(y, weights=w, permutations=20, seed=5, **asked)
    assert found.expected_far_share == pytest.approx(sum(far) / 20 / total)
    assert found.p_value == pytest.approx((1 + sum(part >= found.far - 1e-12 for part in far)) / 21)


def test_places_all_alike_have_no_parts_and_no_surprise():
    found = spatial_gini([5, 5, 5], groups=list("aab"), permutations=9)
    assert (found.total, found.near_share, found.polarisation, found.p_value) == (0, 0, None, 1)


def test_one_region_has_nothing_far():
    assert spatial_gini([1, 2, 5], groups=["a"] * 3).far_share == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("ask", "fault"),
    [
        (lambda: spatial_gini([1, 2]), "Give neighbours or groups"),
        (lambda: spatial_gini([1, 2], groups=list("ab"), neighbours=borders("ab", [])), "one of the two"),
        (lambda: spatial_gini([1, 2, 3], neighbours=borders("ab", [])), "differ in number"),
        (lambda: spatial_gini([1, -2], groups=list("ab")), "row 2"),
        (lambda: spatial_gini([1, 2], groups=["a", ""]), "row 2"),
        (lambda: spatial_gini([1, 2], groups=list("ab"), permutations=-1), "permutations"),
        (lambda: spatial_gini([1, 2], groups=list("ab"), seed=-1), "seed"),
        (lambda: borders(["A", "A"], []), "row 2, field 'name'"),
        (lambda: borders(["A", "B"], [("A", "B"), ("A", "C")]), "row 2, field 'borders'.*'C'"),
        (lambda: borders(["A", "B"], [("A", "A")]), "cannot border itself"),
        (lambda: nearest([0, 1], [0, 1], count=2), "1 to 1"),
        (lambda: nearest([0, float("nan")], [0, 1], count=1), "row 2, field 'east'"),
        (lambda: nearest([0, 1], [0], count=1), "differ in number"),
    ],
)
def test_bad_input_is_named(ask, fault):
    with pytest.raises(BadInput, match=fault):
        ask()
