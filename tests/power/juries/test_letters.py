"""Letters of the first stage: how many where, against trying all; pools to expect, against exact sums."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fairground.errors import BadInput, Impossible, NotFound
from fairground.power.juries import (
    WAYS,
    Quotas,
    Stratum,
    Target,
    chosen_addresses,
    expect_pool,
    fewest_letters,
    share_letters,
)

HALF = (Target("age", "young", 2, 2), Target("age", "old", 2, 2))


def _place(seed, most=40):
    chance = np.random.default_rng(seed)
    made = []
    for number in range(int(chance.integers(1, 4))):
        young = float(chance.integers(1, 10)) / 10
        made.append(Stratum(
            (f"s{number}",), int(chance.integers(2, most)), float(chance.integers(1, 10)) / 10,
            {("age", "young"): young, ("age", "old"): 1 - young},
        ))  # fmt: skip
    return made


@given(st.integers(0, 10**6), st.sampled_from([way.id for way in WAYS]))
def test_letters_add_up_and_no_part_gets_more_than_it_has_addresses(seed, way):
    strata = _place(seed)
    total = sum(one.addresses for one in strata)
    number = 1 + seed % total
    sent = share_letters(strata, number, way, HALF)
    assert sum(sent) == number
    assert all(0 <= n <= one.addresses for n, one in zip(sent, strata, strict=True))


@given(st.integers(0, 10**6))
def test_equal_letters_are_the_same_part_everywhere_to_within_one(seed):
    strata = _place(seed)
    total = sum(one.addresses for one in strata)
    number = 1 + seed % total
    for n, one in zip(share_letters(strata, number, "equal"), strata, strict=True):
        assert abs(n - number * one.addresses / total) < 1


@given(st.integers(0, 10**6))
@example(2760)
def test_evened_letters_make_addresses_equally_likely_in_the_pool_where_there_are_enough(seed):
    strata = _place(seed, most=4000)
    number = 1 + seed % sum(one.addresses for one in strata)
    sent = share_letters(strata, number, "evened")
    free = [
        (n * one.rate / one.addresses, one.rate / one.addresses)
        for n, one in zip(sent, strata, strict=True) if n < one.addresses
    ]  # fmt: skip
    full = [
        (one.rate, one.rate / one.addresses)
        for n, one in zip(sent, strata, strict=True) if n == one.addresses
    ]  # fmt: skip
    for (a, step), (b, other) in itertools.combinations(free, 2):
        assert abs(a - b) < 2 * (step + other)
    for chance, other in full:  # who gets a letter for certain has no more than the others, but for rounding
        assert all(chance < a + 2 * (step + other) for a, step in free)


@pytest.mark.parametrize("seed", range(25))
def test_the_fewest_letters_are_those_of_trying_all(seed):
    strata = _place(seed, most=14)
    times = 0.5 + seed % 4 / 2
    best = math.inf
    for sent in itertools.product(*(range(one.addresses + 1) for one in strata)):
        total, room = sum(sent), sum(one.addresses for one in strata)
        fair = all(
            n >= 0.5 * one.addresses * total / room - 1e-9 for n, one in zip(sent, strata, strict=True)
        )
        enough = all(
            sum(n * s.rate * s.makeup["age", value] for n, s in zip(sent, strata, strict=True))
            >= times * 2 - 1e-9
            for value in ("young", "old")
        )
        best = min(best, total) if fair and enough else best
    try:
        found = fewest_letters(strata, HALF, times)
    except Impossible:
        assert best == math.inf
        return
    assert found <= best
    assert best == math.inf or best - found <= len(
        strata
    )  # whole letters to each part may need one more each


def test_letters_to_targets_reach_the_scarcest_and_leave_nobody_below_half_the_mean():
    strata = [
        Stratum(("n",), 900, 0.1, {("age", "young"): 0.0, ("age", "old"): 1.0}),
        Stratum(("s",), 100, 0.1, {("age", "young"): 1.0, ("age", "old"): 0.0}),
    ]
    assert share_letters(strata, 160, "targets", HALF) == (80, 80)
    assert share_letters(strata, 600, "targets", HALF) == (500, 100)
    assert share_letters(strata, 20, "targets", HALF) == (10, 10)


def test_what_cannot_be_had_is_named():
    with pytest.raises(Impossible, match=r"age young: 1\.0 volunteers expected, and 3 times 2 wanted"):
        fewest_letters([Stratum(("a",), 20, 0.1, {("age", "young"): 0.5, ("age", "old"): 0.5})], HALF, 3)


@pytest.mark.parametrize(
    ("made", "kind", "what"),
    [
        (lambda: Stratum(("a",), 0, 0.1), BadInput, "no address"),
        (lambda: Stratum(("a",), 5, 0.0), BadInput, "above 0"),
        (lambda: Stratum(("a",), 5, 0.1, people=0), BadInput, "somebody lives"),
        (lambda: Stratum(("a",), 5, 0.1, {("age", "old"): 0.5}), BadInput, "add up to 1"),
        (lambda: share_letters([Stratum(("a",), 5, 0.1)], 6), BadInput, "1 to 5 addresses"),
        (lambda: share_letters([Stratum(("a",), 5, 0.1)], 2, "by hand"), NotFound, "equal, evened, targets"),
        (lambda: share_letters([Stratum(("a",), 5, 0.1)], 2, "targets"), BadInput, "no targets"),
        (lambda: chosen_addresses(5, 6, ["7"]), BadInput, "0 to 5"),
    ],
    ids=["address", "rate", "people", "makeup", "letters", "way", "targets", "lot"],
)
def test_letters_that_cannot_be_are_refused(made, kind, what):
    with pytest.raises(kind, match=what):
        made()


def test_which_addresses_get_a_letter_follows_from_the_public_values():
    first = chosen_addresses(1000, 50, ["9, 18, 26"], ("north", "1"))
    assert first == chosen_addresses(1000, 50, ["9, 18, 26"], ("north", "1"))
    assert first != chosen_addresses(1000, 50, ["9, 18, 27"], ("north", "1"))
    assert first != chosen_addresses(1000, 50, ["9, 18, 26"], ("north", "2"))
    assert len(set(first)) == 50
    assert 1 <= min(first) <= max(first) <= 1000


def _town():
    return (
        Stratum(("n",), 60, 0.5, {("age", "young"): 0.25, ("age", "old"): 0.75}, 2.0),
        Stratum(("s",), 40, 0.25, {("age", "young"): 0.5, ("age", "old"): 0.5}),
    )


def test_the_pool_to_expect_has_the_exact_mean_and_nine_in_ten_lie_between_its_ends():
    strata, sent = _town(), (24, 24)
    found = expect_pool(strata, sent, Quotas(4, HALF), pools=400, drawn=0, seed=3)
    assert found.means.tolist() == [24 * 0.5 * 0.25 + 24 * 0.25 * 0.5, 24 * 0.5 * 0.75 + 24 * 0.25 * 0.5]
    ways = [(n * one.rate, one.makeup["age", "young"]) for n, one in zip(sent, strata, strict=True)]
    spread = math.sqrt(sum(mean * part * (1 - mean / 24 * part) for mean, part in ways))
    assert found.low[0] == pytest.approx(found.means[0] - 1.645 * spread, abs=1.2)
    assert found.high[0] == pytest.approx(found.means[0] + 1.645 * spread, abs=1.2)


@pytest.mark.slow
def test_the_chance_to_fill_a_jury_is_the_exact_one():
    """A jury needs two young and two old people, and each letter brings one of either or nobody."""
    letters, rate, young = 12, 0.5, 0.3
    one = Stratum(("a",), 50, rate, {("age", "young"): young, ("age", "old"): 1 - young})
    exact = sum(
        math.comb(letters, y) * math.comb(letters - y, o) * (rate * young) ** y * (rate * (1 - young)) ** o
        * (1 - rate) ** (letters - y - o)
        for y in range(2, letters + 1) for o in range(2, letters - y + 1)
    )  # fmt: skip
    found = expect_pool([one], [letters], Quotas(4, HALF), pools=600, drawn=0, seed=2)
    share, least, most = found.fills()
    assert least < exact < most
    assert share == found.filled / 600


def test_members_of_the_jury_add_up_over_all_parts_of_the_place():
    found = expect_pool(_town(), (40, 30), Quotas(4, HALF), pools=60, drawn=20)
    assert found.drawn == 20
    assert found.jurors.sum() == pytest.approx(4)


def test_pools_that_never_fill_a_jury_are_said_to_be_none():
    found = expect_pool(_town(), (1, 1), Quotas(4, HALF), pools=20)
    assert (found.filled, found.drawn) == (0, 0)
    assert found.fills()[0] == 0
    with pytest.raises(BadInput, match="1 to 100,000"):
        expect_pool(_town(), (1, 1), Quotas(4, HALF), pools=0)
    with pytest.raises(BadInput, match="over the targets"):
        expect_pool([Stratum(("a",), 9, 0.1)], (1,), Quotas(4, HALF))
